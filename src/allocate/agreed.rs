//! Agreed volumes: the committed share of the base volume, for the lot and for each region.

use std::collections::BTreeMap;

use crate::money::{Inexact, Quantity, Ratio, Rounding, split_largest_remainder};
use crate::tender::Region;

/// The agreed volume of a lot and its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Agreed {
    /// Of the whole lot.
    pub(super) total: Quantity,
    /// Of each region, by name; they add up to the total.
    pub(super) regions: BTreeMap<Region, Quantity>,
}

/// The `share` of every region's base volume.
///
/// Where the rule set rounds volumes, the total is rounded by its rule and the regions follow by the largest remainder
/// (equal remainders in the order of the regions' names, one step at most), so that nothing is lost between them.
///
/// # Errors
/// [`Inexact`] when a number needs more than 28 digits.
pub(super) fn agreed(
    base: &BTreeMap<Region, Quantity>,
    share: Ratio,
    rounding: Option<Rounding>,
) -> Result<Agreed, Inexact> {
    let exact = base.values().map(|volume| volume.scaled(share)).collect::<Result<Vec<_>, _>>()?;
    let exact_total = Quantity::total(exact.iter().copied())?;
    let (total, parts) = match rounding {
        None => (exact_total, exact),
        Some(rounding) => {
            let total = exact_total.rounded(rounding)?;
            (total, split_largest_remainder(total, &exact, rounding.digits)?)
        }
    };
    Ok(Agreed { total, regions: base.keys().cloned().zip(parts).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(text: &str) -> Quantity {
        Quantity::parse(text).unwrap()
    }

    fn agreed_of(volumes: &[(&str, &str)], share: &str, rounding: Option<Rounding>) -> (String, Vec<String>) {
        let base = volumes.iter().map(|(name, volume)| (Region::new(*name), quantity(volume))).collect();
        let agreed = agreed(&base, Ratio::parse(share).unwrap(), rounding).unwrap();
        (agreed.total.to_string(), agreed.regions.values().map(Quantity::to_string).collect())
    }

    #[test]
    fn four_fifths_of_the_worked_example() {
        let base = [
            ("P1", "1200"),
            ("P2", "900"),
            ("P3", "800"),
            ("P4", "600"),
            ("P5", "500"),
            ("P6", "300"),
            ("P7", "200"),
        ];
        let (total, parts) = agreed_of(&base, "0.8", Some(Rounding::half_up(0)));
        assert_eq!(total, "3600");
        assert_eq!(parts, ["960", "720", "640", "480", "400", "240", "160"]);
    }

    #[test]
    fn the_total_is_rounded_and_the_regions_follow_it() {
        // 0.5 × (1 + 1 + 1) is 1.5: rounded to 2, though every part alone would be rounded to 1.
        let base = [("P1", "1"), ("P2", "1"), ("P3", "1")];
        let (total, parts) = agreed_of(&base, "0.5", Some(Rounding::half_up(0)));
        assert_eq!((total.as_str(), parts), ("2", vec!["1".to_owned(), "1".to_owned(), "0".to_owned()]));
        // 0.6 × (2 + 4) is 3.6: rounded to 4; the larger remainder (2.4 × 4/3.6) comes first.
        let (total, parts) = agreed_of(&[("P1", "2"), ("P2", "4")], "0.6", Some(Rounding::half_up(0)));
        assert_eq!((total.as_str(), parts), ("4", vec!["1".to_owned(), "3".to_owned()]));
    }

    #[test]
    fn without_a_rounding_rule_nothing_is_rounded() {
        let (total, parts) = agreed_of(&[("P1", "1"), ("P2", "0.5")], "0.33", None);
        assert_eq!((total.as_str(), parts), ("0.495", vec!["0.33".to_owned(), "0.165".to_owned()]));
    }

    #[test]
    fn no_base_volume_gives_no_agreed_volume() {
        let (total, parts) = agreed_of(&[("P1", "0")], "0.8", Some(Rounding::half_up(0)));
        assert_eq!((total.as_str(), parts), ("0", vec!["0".to_owned()]));
    }
}
