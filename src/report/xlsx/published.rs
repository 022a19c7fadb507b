//! Our winners beside the published ones.

use super::Report;
use super::cell::Cell;
use super::sheet::Sheet;
use crate::certify::BidStatus;
use crate::diagnostics::escape;
use crate::report::published::{Difference, PublishedLot};
use crate::report::reading::lot_name;
use crate::rules::sentence;
use crate::tender::BidId;

const HEADS: [&str; 8] =
    ["lot_id", "lot", "agreement", "supplier_id", "supplier", "bid_id", "published", "here"];

/// One row for each lot that agrees and for each supplier on which the two differ; no sheet without a published result.
pub(super) fn sheet(report: &Report<'_>) -> Option<Sheet> {
    let words = report.words;
    let lots = &report.published?.lots;
    let rows = lots.iter().flat_map(|lot| {
        let head = head(report, lot);
        if lot.differences.is_empty() {
            let mut row = head.to_vec();
            row.resize(HEADS.len().saturating_add(1), Cell::Blank);
            return vec![row];
        }
        lot.differences.iter().map(|difference| row(report, &head, difference)).collect()
    });
    let mut heads = words.heads(&HEADS);
    heads.extend(words.heads(&["reason"]));
    Some(Sheet::table(words.sheet("published"), heads, rows.collect()))
}

fn head(report: &Report<'_>, lot: &PublishedLot) -> [Cell; 3] {
    let words = report.words;
    let known = report.lots.iter().find(|known| known.lot().id == lot.lot_id);
    [
        Cell::shown(lot.lot_id.as_str()),
        known.map_or(Cell::Blank, |known| Cell::text(lot_name(known.lot(), words.language))),
        Cell::text(words.text(&format!("agreement.{}", lot.agreement.name()))),
    ]
}

fn row(report: &Report<'_>, head: &[Cell], difference: &Difference) -> Vec<Cell> {
    let words = report.words;
    let published = if difference.published_winner { "published_won" } else { "published_lost" };
    let status = difference.status.map_or("no_bid", BidStatus::name);
    let reason = difference.reason.as_ref().map(|reason| escape(&sentence(words.language, reason)));
    let mut row = head.to_vec();
    row.extend(words.supplier(&difference.supplier_id));
    row.extend([
        Cell::shown_if(difference.bid_id.as_ref().map(BidId::as_str)),
        Cell::text(words.report(&format!("summary.{published}"))),
        Cell::text(words.report(&format!("status.{status}"))),
        reason.map_or(Cell::Blank, Cell::text),
    ]);
    row
}
