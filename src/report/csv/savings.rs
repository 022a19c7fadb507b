//! savings.csv: savings of each lot and of the tender against each baseline.

use super::super::figures::LotFigures;
use super::{Cell, table};
use crate::certify::CertifiedAward;
use crate::savings::{BaselineSaving, Savings};

const HEADER: [&str; 12] = [
    "scope",
    "lot_id",
    "baseline",
    "reference_value",
    "covered_value",
    "saving",
    "weighted_cut",
    "simple_cut",
    "coverage",
    "winners_covered",
    "winners",
    "illustrative",
];

/// Rows by lot and baseline, then the totals; a saving without a known baseline is blank, never zero.
pub(in crate::report) fn savings_csv(
    award: &CertifiedAward,
    lots: &[LotFigures<'_>],
    savings: &Savings,
) -> Vec<u8> {
    let illustrative = award.screened().notice.is_illustrative();
    let of_lots = lots.iter().flat_map(|lot| {
        lot.savings.iter().map(|saving| row("lot", Some(lot.lot().id.as_str()), saving, illustrative))
    });
    let totals = savings.totals.iter().map(|saving| row("total", None, saving, illustrative));
    table(HEADER, of_lots.chain(totals))
}

fn row(scope: &str, lot_id: Option<&str>, saving: &BaselineSaving, illustrative: bool) -> [Cell; 12] {
    [
        Cell::text(scope),
        Cell::text_if(lot_id),
        Cell::text(saving.baseline.name()),
        Cell::number_if(saving.saving.map(|_| saving.reference_value)),
        Cell::number(saving.covered_value),
        Cell::number_if(saving.saving),
        Cell::number_if(saving.cut),
        Cell::number_if(saving.simple_cut),
        Cell::number_if(saving.coverage),
        Cell::number(saving.winners_covered),
        Cell::number(saving.winners),
        Cell::yes_or_no(illustrative),
    ]
}
