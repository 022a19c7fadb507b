//! Draws that are still to be held.

use super::Report;
use super::cell::{Cell, Kind};
use super::sheet::Sheet;
use crate::certify::{Tie, TieDecides};
use crate::report::draw::options;
use crate::report::figures::LotFigures;
use crate::tender::Outcome;

const HEADS: [&str; 8] =
    ["lot_id", "lot", "draw_decides", "draw_places", "supplier_id", "supplier", "bid_id", "draw_options"];

/// One row for each tied bid; no sheet when no draw is open.
pub(super) fn sheet(report: &Report<'_>) -> Option<Sheet> {
    let open = report.lots.iter().filter(|lot| lot.award.outcome == Outcome::DrawRequired);
    let ties = open.flat_map(|lot| lot.award.ties.iter().map(move |tie| (lot, tie)));
    let rows: Vec<Vec<Cell>> = ties.flat_map(|(lot, tie)| rows(report, lot, tie)).collect();
    let words = report.words;
    (!rows.is_empty()).then(|| Sheet::table(words.sheet("draws"), words.heads(&HEADS), rows))
}

fn rows(report: &Report<'_>, lot: &LotFigures<'_>, tie: &Tie) -> Vec<Vec<Cell>> {
    let words = report.words;
    let (decides, places) = match &tie.decides {
        TieDecides::Places { places } => ("places", Some(*places)),
        TieDecides::Order => ("order", None),
        TieDecides::Award { .. } => ("award", None),
    };
    let count = options(lot, tie).count.to_string();
    let bids = tie.bids.iter().filter_map(|at| Some(lot.bid(*at)?.0));
    bids.map(|bid| {
        let mut row = words.lot(lot).to_vec();
        row.push(Cell::text(words.text(&format!("draw.{decides}"))));
        row.push(Cell::number_if(Kind::Count, places));
        row.extend(words.bid(bid));
        row.push(Cell::number(Kind::Count, &count));
        row
    })
    .collect()
}
