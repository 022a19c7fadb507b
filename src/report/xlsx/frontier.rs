//! Cost by the number of suppliers of a lot, and by the largest share of one supplier.

use super::Report;
use super::cell::{Cell, Kind};
use super::sheet::Sheet;
use crate::report::whatif::{Ends, Told};

const HEADS: [&str; 8] = [
    "max_suppliers",
    "max_share",
    "outcome",
    "cost",
    "lots_awarded",
    "winning_suppliers",
    "winning_bids",
    "largest_share",
];

/// One row for each point, those by suppliers first; no sheet where none was asked for.
pub(super) fn sheet(report: &Report<'_>, told: &Told) -> Option<Sheet> {
    if told.by_suppliers.is_empty() && told.by_share.is_empty() {
        return None;
    }
    let words = report.words;
    let row = |limit: [Cell; 2], ends: &Ends| {
        let mut row = limit.to_vec();
        row.extend([
            Cell::text(words.report(&format!("outcome.{}", ends.outcome.name()))),
            Cell::number_if(Kind::Money, ends.cost_of_awarded()),
            Cell::number(Kind::Count, ends.awarded()),
            Cell::number(Kind::Count, ends.suppliers),
            Cell::number(Kind::Count, ends.winning_bids),
            Cell::number_if(Kind::Share, ends.largest.as_ref().map(|(_, share)| *share)),
        ]);
        row
    };
    let by_suppliers = told.by_suppliers.iter();
    let by_suppliers = by_suppliers
        .map(|(limit, ends)| row([Cell::number(Kind::Count, *limit), Cell::shown_if(None)], ends));
    let by_share = told.by_share.iter();
    let by_share =
        by_share.map(|(limit, ends)| row([Cell::shown_if(None), Cell::number(Kind::Share, *limit)], ends));
    let rows = by_suppliers.chain(by_share).collect();
    Some(Sheet::table(words.sheet("frontier"), words.heads(&HEADS), rows))
}
