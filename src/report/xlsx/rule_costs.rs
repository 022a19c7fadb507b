//! What each rule costs.

use super::Report;
use super::cell::{Cell, Kind};
use super::sheet::Sheet;
use crate::diagnostics::escape;
use crate::report::whatif::{Told, rule_name};
use crate::tender::LotId;

const HEADS: [&str; 11] = [
    "rule",
    "rule_costs",
    "cost_with",
    "cost_without",
    "lots_compared",
    "lots_changed",
    "changed_lots",
    "awarded_only_without",
    "awarded_only_with",
    "not_relaxed",
    "source",
];

/// One row for each rule, the dearest first; no sheet where none was asked for.
pub(super) fn sheet(report: &Report<'_>, told: &Told) -> Option<Sheet> {
    let words = report.words;
    let rows = told.rule_costs.as_ref()?.iter().map(|row| {
        vec![
            Cell::text(rule_name(row, words.language)),
            Cell::number_if(Kind::Money, row.costs),
            Cell::number_if(Kind::Money, row.with),
            Cell::number_if(Kind::Money, row.without),
            Cell::number(Kind::Count, row.compared),
            Cell::number(Kind::Count, row.changed.len()),
            Cell::text(ids(&row.changed)),
            Cell::text(ids(&row.gained)),
            Cell::text(ids(&row.lost)),
            Cell::shown_if(row.fault),
            Cell::shown(&row.cite),
        ]
    });
    Some(Sheet::table(words.sheet("rule_costs"), words.heads(&HEADS), rows.collect()))
}

fn ids(lots: &[LotId]) -> String {
    let ids: Vec<&str> = lots.iter().map(LotId::as_str).collect();
    escape(&ids.join(", "))
}
