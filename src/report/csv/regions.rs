//! regions.csv: who supplies which region, as what.

use super::super::figures::LotFigures;
use super::{Cell, Heading, names, number, table, text, yes_or_no};
use crate::allocate::{Basis, RegionVolume};
use crate::certify::CertifiedAward;

pub(super) const HEADER: [Heading; 10] = [
    text("lot_id"),
    text("region"),
    text("role"),
    text("supplier_id"),
    text("bid_id"),
    number("agreed_volume"),
    number("value"),
    text("allocation_basis"),
    yes_or_no("assumption"),
    yes_or_no("illustrative"),
];

/// Rows by lot, region and role; a backup has the volume 0.
pub(in crate::report) fn regions_csv(award: &CertifiedAward, lots: &[LotFigures<'_>]) -> Vec<u8> {
    let illustrative = award.screened().notice.is_illustrative();
    let mut rows = Vec::new();
    for lot in lots {
        let mut regions: Vec<_> =
            lot.allocation.regions.iter().filter_map(|row| Some((row, lot.bid(row.bid)?.0))).collect();
        regions.sort_by_key(|(row, bid)| (&row.region, row.role, &bid.id));
        rows.extend(regions.into_iter().map(|(region, bid)| {
            let RegionVolume { region, role, agreed_volume, value, .. } = region;
            [
                Cell::text(lot.lot().id.as_str()),
                Cell::text(region.as_str()),
                Cell::text(role.name()),
                Cell::text(bid.supplier_id.as_str()),
                Cell::text(bid.id.as_str()),
                Cell::number(agreed_volume),
                Cell::number(value),
                Cell::text(lot.allocation.basis.name()),
                Cell::yes_or_no(lot.allocation.basis == Basis::SimulatedDraft),
                Cell::yes_or_no(illustrative),
            ]
        }));
    }
    table(names(&HEADER), rows)
}
