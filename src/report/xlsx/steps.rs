//! Every step of the evaluation of every bid.

use super::Report;
use super::cell::{Cell, Kind};
use super::sheet::Sheet;
use crate::diagnostics::escape;
use crate::rules::{rule_title, sentence};
use crate::tender::Reason;

const HEADS: [&str; 9] =
    ["lot_id", "supplier_id", "supplier", "bid_id", "step", "rule", "verdict", "reason", "citation"];

/// Steps by lot, bid and the order in which the office takes them.
pub(super) fn sheet(report: &Report<'_>) -> Sheet {
    let words = report.words;
    let mut rows = Vec::new();
    for lot in report.lots {
        let mut bids: Vec<_> = lot.screened.each_bid().collect();
        bids.sort_by_key(|(bid, ..)| &bid.id);
        for (bid, _, screened) in bids {
            let head: Vec<Cell> =
                [Cell::shown(lot.lot().id.as_str())].into_iter().chain(words.bid(bid)).collect();
            let step = |(number, reason): (usize, &Reason)| {
                let mut row = head.clone();
                row.extend([
                    Cell::number(Kind::Count, number),
                    Cell::text(rule_title(words.language, reason.rule)),
                    Cell::text(words.text(&format!("verdict.{}", reason.verdict.name()))),
                    Cell::text(escape(&sentence(words.language, reason))),
                    Cell::shown(&reason.cite),
                ]);
                row
            };
            rows.extend((1_usize..).zip(&screened.reasons).map(step));
        }
    }
    Sheet::table(words.sheet("steps"), words.heads(&HEADS), rows)
}
