//! Every bid with what became of it, and the step that decided it.

use super::Report;
use super::cell::{Cell, Kind};
use super::sheet::Sheet;
use crate::certify::BidStatus;
use crate::compare::ComparableBid;
use crate::diagnostics::escape;
use crate::report::figures::LotFigures;
use crate::report::published::deciding;
use crate::rules::sentence;
use crate::screen::ScreenedBid;
use crate::tender::Bid;

const HEADS: [&str; 18] = [
    "lot_id",
    "lot",
    "supplier_id",
    "supplier",
    "bid_id",
    "product",
    "spec",
    "price",
    "comparable_price",
    "rank",
    "status",
    "state",
    "state_reason",
    "reason",
    "price_to_win",
    "price_may_win",
    "price_to_win_note",
    "price_to_win_change",
];

/// Bids by lot and bid id.
pub(super) fn sheet(report: &Report<'_>) -> Sheet {
    let rows = report.lots.iter().flat_map(|lot| {
        let mut bids: Vec<_> = lot.screened.each_bid().zip(&lot.award.statuses).enumerate().collect();
        bids.sort_by_key(|(_, ((bid, ..), _))| &bid.id);
        bids.into_iter().map(|(at, (bid, status))| row(report, lot, at, bid, *status)).collect::<Vec<_>>()
    });
    Sheet::table(report.words.sheet("bids"), report.words.heads(&HEADS), rows.collect())
}

fn row(
    report: &Report<'_>,
    lot: &LotFigures<'_>,
    at: usize,
    (bid, comparable, screened): (&Bid, &ComparableBid, &ScreenedBid),
    status: BidStatus,
) -> Vec<Cell> {
    let words = report.words;
    let reason = deciding(screened, status);
    let needed = lot.price_to_win(at);
    let mut row = words.lot(lot).to_vec();
    row.extend(words.bid(bid));
    row.extend([
        Cell::shown_if(bid.product.as_deref()),
        Cell::shown_if(bid.spec.as_deref()),
        Cell::number_if(Kind::Price, bid.price),
        Cell::number_if(Kind::Price, comparable.comparable_price),
        Cell::number_if(Kind::Count, lot.rank(at)),
        Cell::text(words.report(&format!("status.{}", status.name()))),
        Cell::text(words.text(&format!("state.{}", bid.state.name()))),
        Cell::shown_if(bid.reason.as_deref()),
        reason.map_or(Cell::Blank, |reason| Cell::text(escape(&sentence(words.language, reason)))),
        Cell::number_if(Kind::Price, needed.price),
        Cell::number_if(Kind::Price, needed.may_win),
        needed.note.map_or(Cell::Blank, |note| {
            Cell::text(words.report(&format!("price_to_win.word.{}", note.name())))
        }),
        Cell::number_if(Kind::Price, needed.change),
    ]);
    row
}
