//! Who wins, at which price, how much.

use super::Report;
use super::cell::{Cell, Kind};
use super::sheet::Sheet;
use crate::certify::Winner;
use crate::report::figures::LotFigures;

const HEADS: [&str; 13] = [
    "lot_id",
    "lot",
    "outcome",
    "rank",
    "supplier_id",
    "supplier",
    "bid_id",
    "product",
    "spec",
    "price",
    "comparable_price",
    "agreed_volume",
    "value",
];

/// Winners by lot and rank; with a draw open, those that win whatever is drawn, without volumes.
pub(super) fn sheet(report: &Report<'_>) -> Sheet {
    let rows = report.lots.iter().flat_map(|lot| {
        lot.award.winners.iter().filter_map(|winner| row(report, lot, winner)).collect::<Vec<_>>()
    });
    Sheet::table(report.words.sheet("winners"), report.words.heads(&HEADS), rows.collect())
}

fn row(report: &Report<'_>, lot: &LotFigures<'_>, winner: &Winner) -> Option<Vec<Cell>> {
    let (bid, comparable, _) = lot.bid(winner.bid)?;
    let volume = lot.winner_volume(winner);
    let words = report.words;
    let mut row = words.lot(lot).to_vec();
    row.push(Cell::text(words.report(&format!("outcome.{}", lot.award.outcome.name()))));
    row.push(Cell::number_if(Kind::Count, lot.rank(winner.bid)));
    row.extend(words.bid(bid));
    row.extend([
        Cell::shown_if(bid.product.as_deref()),
        Cell::shown_if(bid.spec.as_deref()),
        Cell::number_if(Kind::Price, bid.price),
        Cell::number_if(Kind::Price, comparable.comparable_price),
        Cell::number_if(Kind::Volume, volume.map(|volume| volume.agreed_volume)),
        Cell::number_if(Kind::Money, volume.map(|volume| volume.value)),
    ]);
    Some(row)
}
