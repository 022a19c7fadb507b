//! The scenarios beside the rule set's own award.

use super::Report;
use super::cell::{Cell, Kind};
use super::sheet::Sheet;
use crate::diagnostics::escape;
use crate::report::whatif::{Told, scenario_title};
use crate::tender::LotId;

const HEADS: [&str; 12] = [
    "scenario",
    "rules",
    "outcome",
    "cost",
    "saving",
    "cut",
    "winning_suppliers",
    "winning_bids",
    "largest_share",
    "lots_awarded",
    "lots_changed",
    "changed_lots",
];

/// One row for each scenario, the award itself first; no sheet where none was asked for.
pub(super) fn sheet(report: &Report<'_>, told: &Told) -> Option<Sheet> {
    if told.scenarios.is_empty() {
        return None;
    }
    let words = report.words;
    let rows = told.scenarios.iter().map(|row| {
        let ends = &row.ends;
        let saving = ends.saving.as_ref();
        let changed: Vec<&str> = row.changed.iter().map(LotId::as_str).collect();
        vec![
            Cell::text(scenario_title(row, words.language)),
            Cell::shown(&row.rules),
            Cell::text(words.report(&format!("outcome.{}", ends.outcome.name()))),
            Cell::number(Kind::Money, ends.cost),
            Cell::number_if(Kind::Money, saving.and_then(|saving| saving.saving)),
            Cell::number_if(Kind::Share, saving.and_then(|saving| saving.cut)),
            Cell::number(Kind::Count, ends.suppliers),
            Cell::number(Kind::Count, ends.winning_bids),
            Cell::number_if(Kind::Share, ends.largest.as_ref().map(|(_, share)| *share)),
            Cell::number(Kind::Count, ends.awarded()),
            Cell::number(Kind::Count, row.changed.len()),
            Cell::text(escape(&changed.join(", "))),
        ]
    });
    Some(Sheet::table(words.sheet("scenarios"), words.heads(&HEADS), rows.collect()))
}
