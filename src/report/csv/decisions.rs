//! decisions.csv: every step of the evaluation of every bid.

use super::super::figures::LotFigures;
use super::{Cell, Heading, names, number, table, text, yes_or_no};
use crate::certify::{BidStatus, CertifiedAward};
use crate::tender::{Bid, PriceToWin, PriceToWinNote, Reason};

pub(super) const HEADER: [Heading; 16] = [
    text("lot_id"),
    text("supplier_id"),
    text("bid_id"),
    text("status"),
    number("rank"),
    number("comparable_price"),
    number("step"),
    text("rule"),
    text("verdict"),
    text("numbers_compared"),
    text("citation"),
    yes_or_no("illustrative"),
    number("price_to_win"),
    number("price_may_win"),
    text("price_to_win_note"),
    number("price_to_win_change"),
];

/// One row for each bid and recorded step, by lot and bid; a bid without any step has one row.
pub(in crate::report) fn decisions_csv(award: &CertifiedAward, lots: &[LotFigures<'_>]) -> Vec<u8> {
    let illustrative = award.screened().notice.is_illustrative();
    let mut rows = Vec::new();
    for lot in lots {
        let mut bids: Vec<_> = lot.screened.each_bid().zip(&lot.award.statuses).enumerate().collect();
        bids.sort_by_key(|(_, ((bid, ..), _))| &bid.id);
        for (at, ((bid, comparable, screened), status)) in bids {
            let step_row = |step: Option<(usize, &Reason)>| {
                let head = head(lot, bid, *status, lot.rank(at), comparable.comparable_price);
                joined(head, step_cells(step), Cell::yes_or_no(illustrative), needed(lot.price_to_win(at)))
            };
            rows.extend(screened.reasons.iter().enumerate().map(|step| step_row(Some(step))));
            if screened.reasons.is_empty() {
                rows.push(step_row(None));
            }
        }
    }
    table(names(&HEADER), rows)
}

fn head(
    lot: &LotFigures<'_>,
    bid: &Bid,
    status: BidStatus,
    rank: Option<u32>,
    comparable_price: Option<impl ToString>,
) -> [Cell; 6] {
    [
        Cell::text(lot.lot().id.as_str()),
        Cell::text(bid.supplier_id.as_str()),
        Cell::text(bid.id.as_str()),
        Cell::text(status.name()),
        Cell::number_if(rank),
        Cell::number_if(comparable_price),
    ]
}

fn step_cells(step: Option<(usize, &Reason)>) -> [Cell; 5] {
    let Some((at, reason)) = step else { return [const { Cell::Blank }; 5] };
    let facts: Vec<String> =
        reason.facts.iter().map(|fact| format!("{}={}", fact.name, fact.value)).collect();
    [
        Cell::number(at.saturating_add(1)),
        Cell::text(reason.rule),
        Cell::text(reason.verdict.name()),
        Cell::text(facts.join("; ")),
        Cell::text(&reason.cite),
    ]
}

fn needed(needed: PriceToWin) -> [Cell; 4] {
    [
        Cell::number_if(needed.price),
        Cell::number_if(needed.may_win),
        Cell::text_if(needed.note.map(PriceToWinNote::name)),
        Cell::number_if(needed.change),
    ]
}

fn joined(head: [Cell; 6], step: [Cell; 5], last: Cell, needed: [Cell; 4]) -> [Cell; 16] {
    let [lot, supplier, bid, status, rank, price] = head;
    let [number, rule, verdict, facts, cite] = step;
    let [win, may, note, change] = needed;
    [
        lot, supplier, bid, status, rank, price, number, rule, verdict, facts, cite, last, win, may, note,
        change,
    ]
}
