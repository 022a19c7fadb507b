//! Who wins, at which price, how much.

use super::Report;
use super::cell::{Cell, Kind};
use super::sheet::Sheet;
use crate::certify::Winner;
use crate::report::figures::{LotFigures, UnitAndClass, has_units_or_classes};

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

/// What follows them where the rule set divides lots or puts winners in classes.
const UNITS_AND_CLASSES: [&str; 2] = ["bidding_unit", "class"];

/// Winners by lot and rank; with a draw open, those that win whatever is drawn, without volumes.
pub(super) fn sheet(report: &Report<'_>) -> Sheet {
    let rows = report.lots.iter().flat_map(|lot| {
        lot.award.winners.iter().filter_map(|winner| row(report, lot, winner)).collect::<Vec<_>>()
    });
    let divided = has_units_or_classes(report.lots);
    let heads = HEADS.iter().chain(UNITS_AND_CLASSES.iter().filter(|_| divided)).copied();
    let rows = rows.map(|(mut row, further)| {
        row.extend(further.into_iter().filter(|_| divided).map(Cell::shown_if));
        row
    });
    Sheet::table(
        report.words.sheet("winners"),
        report.words.heads(&heads.collect::<Vec<_>>()),
        rows.collect(),
    )
}

fn row(report: &Report<'_>, lot: &LotFigures<'_>, winner: &Winner) -> Option<(Vec<Cell>, UnitAndClass)> {
    let (bid, ..) = lot.bid(winner.bid)?;
    let [price, comparable] = lot.won_at(winner, &report.award.screened().rules);
    let volume = lot.winner_volume(winner);
    let words = report.words;
    let mut row = words.lot(lot).to_vec();
    row.push(Cell::text(words.report(&format!("outcome.{}", lot.award.outcome.name()))));
    row.push(Cell::number_if(Kind::Count, lot.rank(winner.bid)));
    row.extend(words.bid(bid));
    row.extend([
        Cell::shown_if(bid.product.as_deref()),
        Cell::shown_if(bid.spec.as_deref()),
        Cell::number_if(Kind::Price, price),
        Cell::number_if(Kind::Price, comparable),
        Cell::number_if(Kind::Volume, volume.map(|volume| volume.agreed_volume)),
        Cell::number_if(Kind::Money, volume.map(|volume| volume.value)),
    ]);
    Some((row, lot.unit_and_class(winner)))
}
