//! The rule set as it was in force for the tender: parameters, tables and rules, with where each is written down.

use super::Report;
use super::cell::Cell;
use super::sheet::Sheet;
use crate::report::limits::{LimitRow, limits};
use crate::rules::{CitedTable, Parameter, Status, rule_title};

const HEADS: [&str; 8] = [
    "rule_kind",
    "rule_name",
    "rule_count",
    "rule_value",
    "rule_unit",
    "rule_own_value",
    "rule_status",
    "citation",
];

/// Parameters by name, then tables, one row for each of their rows, then the rules in their order, then limits.
pub(super) fn sheet(report: &Report<'_>) -> Sheet {
    let words = report.words;
    let rules = &report.award.screened().rules;
    let mut rows: Vec<Vec<Cell>> = rules.parameters.iter().map(|one| parameter(report, one)).collect();
    rows.extend(rules.tables.iter().flat_map(|one| table(report, one)));
    rows.extend(rules.rules.iter().map(|id| rule(report, id)));
    rows.extend(limits(rules, words.language).iter().map(|row| limit(report, row)));
    Sheet::table(words.sheet("rules"), words.heads(&HEADS), rows)
}

fn status(report: &Report<'_>, status: Status) -> Cell {
    Cell::text(report.words.text(&format!("status.{}", status.name())))
}

fn parameter(report: &Report<'_>, parameter: &Parameter) -> Vec<Cell> {
    vec![
        Cell::text(report.words.text("rules.parameter")),
        Cell::shown(&parameter.name),
        Cell::Blank,
        Cell::shown(&parameter.value),
        Cell::shown(&parameter.unit),
        Cell::shown_if(parameter.overridden_from.as_deref()),
        status(report, parameter.status),
        Cell::shown(&parameter.cite),
    ]
}

fn table(report: &Report<'_>, table: &CitedTable) -> Vec<Vec<Cell>> {
    let row = |(count, value): &(String, String)| {
        vec![
            Cell::text(report.words.text("rules.table")),
            Cell::shown(&table.name),
            Cell::shown(count),
            Cell::shown(value),
            Cell::shown(&table.unit),
            Cell::Blank,
            status(report, table.status),
            Cell::shown(&table.cite),
        ]
    };
    table.rows.iter().map(row).collect()
}

fn rule(report: &Report<'_>, id: &str) -> Vec<Cell> {
    let words = report.words;
    let citations = report.award.screened().rules.citations();
    let cited = citations.into_iter().find(|(cited, ..)| *cited == id);
    vec![
        Cell::text(words.text("rules.rule")),
        Cell::shown(id),
        Cell::Blank,
        Cell::text(rule_title(words.language, id)),
        Cell::Blank,
        Cell::Blank,
        cited.map_or(Cell::Blank, |(.., of)| status(report, of)),
        cited.map_or(Cell::Blank, |(_, cite, _)| Cell::shown(cite)),
    ]
}

fn limit(report: &Report<'_>, row: &LimitRow<'_>) -> Vec<Cell> {
    vec![
        Cell::text(report.words.text("rules.limit")),
        Cell::text(&row.says),
        Cell::Blank,
        Cell::text(&row.scope),
        Cell::Blank,
        Cell::Blank,
        Cell::Blank,
        Cell::shown_if(row.cite),
    ]
}
