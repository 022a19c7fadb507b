//! scenarios.csv, rule_costs.csv, frontier.csv.

use super::Told;
use super::ends::{Ends, RuleRow};
use crate::certify::CertifiedAward;
use crate::report::csv::{Cell, Heading, names, number, table, text, yes_or_no};
use crate::tender::LotId;

const SCENARIOS: [Heading; 22] = [
    text("scenario"),
    text("title"),
    text("title_zh"),
    text("rules"),
    text("outcome"),
    number("lots"),
    number("lots_awarded"),
    number("lots_open"),
    number("suppliers"),
    number("winning_bids"),
    text("largest_supplier"),
    number("largest_share"),
    number("agreed_volume"),
    number("value"),
    number("cost"),
    text("baseline"),
    number("reference_value"),
    number("saving"),
    number("cut"),
    number("lots_changed"),
    text("changed_lots"),
    yes_or_no("illustrative"),
];

/// The tables with their columns.
pub(in crate::report) fn headings() -> Vec<(&'static str, &'static [Heading])> {
    vec![("scenarios.csv", &SCENARIOS), ("rule_costs.csv", &RULE_COSTS), ("frontier.csv", &FRONTIER)]
}

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
    table(names(&SCENARIOS), rows)
}

const RULE_COSTS: [Heading; 13] = [
    text("rule"),
    text("limit"),
    number("cost_with"),
    number("cost_without"),
    number("rule_costs"),
    number("lots_compared"),
    number("lots_changed"),
    text("changed_lots"),
    text("awarded_only_without"),
    text("awarded_only_with"),
    text("not_relaxed"),
    text("citation"),
    yes_or_no("illustrative"),
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
    table(names(&RULE_COSTS), rows)
}

const FRONTIER: [Heading; 10] = [
    text("frontier"),
    number("limit"),
    text("outcome"),
    number("lots"),
    number("lots_awarded"),
    number("cost"),
    number("suppliers"),
    number("winning_bids"),
    number("largest_share"),
    yes_or_no("illustrative"),
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
            Cell::number_if(ends.cost_of_awarded()),
            Cell::number(ends.suppliers),
            Cell::number(ends.winning_bids),
            Cell::number_if(ends.largest.as_ref().map(|(_, share)| *share)),
            Cell::text(illustrative.to_string()),
        ]
    };
    let by_suppliers =
        told.by_suppliers.iter().map(|(limit, ends)| row("max_suppliers", limit.to_string(), ends));
    let by_share = told.by_share.iter().map(|(limit, ends)| row("max_share", limit.to_string(), ends));
    table(names(&FRONTIER), by_suppliers.chain(by_share))
}

fn ids(lots: &[LotId]) -> String {
    lots.iter().map(LotId::as_str).collect::<Vec<_>>().join("; ")
}
