//! Who supplies which region, as what.

use super::Report;
use super::cell::{Cell, Kind};
use super::sheet::Sheet;

const HEADS: [&str; 10] = [
    "lot_id",
    "lot",
    "region",
    "role",
    "supplier_id",
    "supplier",
    "bid_id",
    "agreed_volume",
    "value",
    "allocation_basis",
];

/// Rows by lot, region and role; a backup has the volume 0.
pub(super) fn sheet(report: &Report<'_>) -> Sheet {
    let words = report.words;
    let mut rows = Vec::new();
    for lot in report.lots {
        let mut regions: Vec<_> =
            lot.allocation.regions.iter().filter_map(|row| Some((row, lot.bid(row.bid)?.0))).collect();
        regions.sort_by_key(|(row, bid)| (&row.region, row.role, &bid.id));
        for (region, bid) in regions {
            let mut row = words.lot(lot).to_vec();
            row.push(Cell::shown(region.region.as_str()));
            row.push(Cell::text(words.role(region.role)));
            row.extend(words.bid(bid));
            row.extend([
                Cell::number(Kind::Volume, region.agreed_volume),
                Cell::number(Kind::Money, region.value),
                Cell::text(words.basis(lot.allocation.basis)),
            ]);
            rows.push(row);
        }
    }
    Sheet::table(words.sheet("regions"), words.heads(&HEADS), rows)
}
