//! What each lot was asked for, and what was agreed.

use super::Report;
use super::cell::{Cell, Kind};
use super::sheet::Sheet;
use crate::certify::Proof;
use crate::diagnostics::Diagnostics;
use crate::report::figures::LotFigures;

const HEADS: [&str; 20] = [
    "lot_id",
    "lot",
    "unit",
    "outcome",
    "bidders",
    "places",
    "winners",
    "ceiling_price",
    "reference_price",
    "base_volume",
    "agreed_share",
    "agreed_volume",
    "value",
    "cost",
    "term_years",
    "allocation_basis",
    "least_spending",
    "greatest_spending",
    "proof",
    "bound",
];

/// One row for each lot, by id.
pub(super) fn sheet(report: &Report<'_>) -> Result<Sheet, Diagnostics> {
    let rows = report.lots.iter().map(|lot| row(report, lot)).collect::<Result<Vec<_>, _>>()?;
    Ok(Sheet::table(report.words.sheet("volumes"), report.words.heads(&HEADS), rows))
}

fn row(report: &Report<'_>, lot: &LotFigures<'_>) -> Result<Vec<Cell>, Diagnostics> {
    let words = report.words;
    let (stated, range) = (lot.lot(), lot.allocation.range);
    let (proof, bound) = match lot.award.proof {
        Proof::Rules => ("rules", None),
        Proof::Exact { cost } => ("exact", Some(cost)),
        Proof::Bound { bound, .. } => ("bound", Some(bound)),
        Proof::Nothing => ("nothing", None),
    };
    let mut row = words.lot(lot).to_vec();
    row.extend([
        Cell::shown_if(stated.unit.as_deref()),
        Cell::text(words.report(&format!("outcome.{}", lot.award.outcome.name()))),
        Cell::number(Kind::Count, lot.screened.bidders),
        Cell::number_if(Kind::Count, lot.screened.places),
        Cell::number(Kind::Count, lot.award.winners.len()),
        Cell::number_if(Kind::Price, stated.ceiling_price),
        Cell::number_if(Kind::Price, stated.reference_price),
        Cell::number(Kind::Volume, lot.screened.comparable.base_volume),
        Cell::number_if(Kind::Share, lot.award.agreed_share),
        Cell::number_if(Kind::Volume, lot.agreed_volume()),
        Cell::number_if(Kind::Money, lot.value()),
        Cell::number_if(Kind::Money, lot.cost()?),
        Cell::number_if(Kind::Count, lot.award.term_years),
        Cell::text(words.basis(lot.allocation.basis)),
        Cell::number_if(Kind::Money, range.map(|range| range.least)),
        Cell::number_if(Kind::Money, range.map(|range| range.greatest)),
        Cell::text(words.text(&format!("proof.{proof}"))),
        Cell::number_if(Kind::Money, bound),
    ]);
    Ok(row)
}
