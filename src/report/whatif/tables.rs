//! scenarios.csv, rule_costs.csv, frontier.csv.

use super::Told;
use super::ends::{Ends, RuleRow};
use crate::certify::CertifiedAward;
use crate::report::csv::{Cell, table};
use crate::tender::LotId;

const SCENARIOS: [&str; 22] = [
    "scenario",
    "title",
    "title_zh",
    "rules",
    "outcome",
    "lots",
    "lots_awarded",
    "lots_open",
    "suppliers",
    "winning_bids",
    "largest_supplier",
    "largest_share",
    "agreed_volume",
    "value",
    "cost",
    "baseline",
    "reference_value",
    "saving",
    "cut",
    "lots_changed",
    "changed_lots",
    "illustrative",
];

/// The award itself and each scenario.
pub(super) fn scenarios(told: &Told, award: &CertifiedAward) -> Vec<u8> {
    let illustrative = award.screened().notice.is_illustrative();
    let rows = told.scenarios.iter().map(|row| {
        let ends = &row.ends;
        let largest = ends.largest.as_ref();
        let saving = ends.saving.as_ref().filter(|saving| saving.saving.is_some());
        [
            Cell::text(&row.name),
            Cell::text_if(row.title.as_ref()),
            Cell::text_if(row.title_zh.as_ref()),
            Cell::text(&row.rules),
            Cell::text(ends.outcome.name()),
            Cell::number(ends.lots.len()),
            Cell::number(ends.awarded()),
            Cell::number(ends.lots_open),
            Cell::number(ends.suppliers),
            Cell::number(ends.winning_bids),
            Cell::text_if(
                largest.and_then(|(supplier, _)| supplier.as_ref()).map(|supplier| supplier.as_str()),
            ),
            Cell::number_if(largest.map(|(_, share)| *share)),
            Cell::number(ends.volume),
            Cell::number(ends.value),
            Cell::number(ends.cost),
            Cell::text_if(saving.map(|saving| saving.baseline.name())),
            Cell::number_if(saving.map(|saving| saving.reference_value)),
            Cell::number_if(saving.and_then(|saving| saving.saving)),
            Cell::number_if(saving.and_then(|saving| saving.cut)),
            Cell::number(row.changed.len()),
            Cell::text(ids(&row.changed)),
            Cell::text(illustrative.to_string()),
        ]
    });
    table(SCENARIOS, rows)
}

const RULE_COSTS: [&str; 13] = [
    "rule",
    "limit",
    "cost_with",
    "cost_without",
    "rule_costs",
    "lots_compared",
    "lots_changed",
    "changed_lots",
    "awarded_only_without",
    "awarded_only_with",
    "not_relaxed",
    "citation",
    "illustrative",
];

/// Each rule with what it costs, the dearest first.
pub(super) fn rule_costs(rows: &[RuleRow], award: &CertifiedAward) -> Vec<u8> {
    let illustrative = award.screened().notice.is_illustrative();
    let rows = rows.iter().map(|row| {
        [
            Cell::text(row.rule),
            Cell::text(&row.limit),
            Cell::number_if(row.with),
            Cell::number_if(row.without),
            Cell::number_if(row.costs),
            Cell::number(row.compared),
            Cell::number(row.changed.len()),
            Cell::text(ids(&row.changed)),
            Cell::text(ids(&row.gained)),
            Cell::text(ids(&row.lost)),
            Cell::text_if(row.fault),
            Cell::text(&row.cite),
            Cell::text(illustrative.to_string()),
        ]
    });
    table(RULE_COSTS, rows)
}

const FRONTIER: [&str; 10] = [
    "frontier",
    "limit",
    "outcome",
    "lots",
    "lots_awarded",
    "cost",
    "suppliers",
    "winning_bids",
    "largest_share",
    "illustrative",
];

/// Every point of both frontiers.
pub(super) fn frontier(told: &Told, award: &CertifiedAward) -> Vec<u8> {
    let illustrative = award.screened().notice.is_illustrative();
    let row = |name: &str, limit: String, ends: &Ends| {
        [
            Cell::text(name),
            Cell::number(limit),
            Cell::text(ends.outcome.name()),
            Cell::number(ends.lots.len()),
            Cell::number(ends.awarded()),
            Cell::number(ends.cost),
            Cell::number(ends.suppliers),
            Cell::number(ends.winning_bids),
            Cell::number_if(ends.largest.as_ref().map(|(_, share)| *share)),
            Cell::text(illustrative.to_string()),
        ]
    };
    let by_suppliers =
        told.by_suppliers.iter().map(|(limit, ends)| row("max_suppliers", limit.to_string(), ends));
    let by_share = told.by_share.iter().map(|(limit, ends)| row("max_share", limit.to_string(), ends));
    table(FRONTIER, by_suppliers.chain(by_share))
}

fn ids(lots: &[LotId]) -> String {
    lots.iter().map(LotId::as_str).collect::<Vec<_>>().join("; ")
}
