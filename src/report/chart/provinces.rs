//! Where the provinces stand on the tile map.
//!
//! The columns and rows are a drawing of this program that keeps neighbours together; they say nothing of borders.

use crate::report::reading::region_key;
use crate::tender::Region;

/// Columns and rows of the map.
pub(super) const SIZE: (u8, u8) = (10, 8);

/// Key of the name in the catalogue, column and row.
const PLACES: [(&str, u8, u8); 31] = [
    ("anhui", 6, 4),
    ("beijing", 7, 2),
    ("chongqing", 4, 4),
    ("fujian", 6, 6),
    ("gansu", 2, 3),
    ("guangdong", 5, 6),
    ("guangxi", 4, 6),
    ("guizhou", 4, 5),
    ("hainan", 5, 7),
    ("hebei", 6, 2),
    ("heilongjiang", 9, 0),
    ("henan", 6, 3),
    ("hubei", 5, 4),
    ("hunan", 5, 5),
    ("jiangsu", 7, 4),
    ("jiangxi", 6, 5),
    ("jilin", 9, 1),
    ("liaoning", 8, 1),
    ("neimenggu", 5, 2),
    ("ningxia", 3, 3),
    ("qinghai", 1, 3),
    ("shaanxi", 4, 3),
    ("shandong", 7, 3),
    ("shanghai", 8, 4),
    ("shanxi", 5, 3),
    ("sichuan", 3, 4),
    ("tianjin", 8, 2),
    ("xinjiang", 0, 3),
    ("xizang", 1, 4),
    ("yunnan", 3, 5),
    ("zhejiang", 7, 5),
];

/// Column and row of a region; `None` when it is not on the map.
pub(super) fn place(region: &Region) -> Option<(u8, u8)> {
    let key = match region_key(region)? {
        // The Corps has no tile of its own; a tender that joins it to the province means the province's tile.
        "with_corps" => "xinjiang",
        key => key,
    };
    PLACES.iter().find(|(known, ..)| *known == key).map(|(_, column, row)| (*column, *row))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Language, find};

    #[test]
    fn every_tile_has_a_name_and_a_place_of_its_own() {
        let mut taken: Vec<(u8, u8)> = PLACES.iter().map(|(_, column, row)| (*column, *row)).collect();
        taken.sort_unstable();
        taken.dedup();
        assert_eq!(taken.len(), PLACES.len());
        assert!(taken.iter().all(|(column, row)| *column < SIZE.0 && *row < SIZE.1));
        for language in Language::ALL {
            for (key, column, row) in PLACES {
                let name = find(language, &format!("regions.{key}")).unwrap();
                assert_eq!(place(&Region::new(name)), Some((column, row)), "{name}");
            }
        }
        assert_eq!(place(&Region::new("P1")), None);
    }
}
