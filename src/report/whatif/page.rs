//! The sections of report.html.

use maud::{Markup, html};

use super::Told;
use super::ends::{Ends, RuleRow, ScenarioRow};
use crate::diagnostics::escape;
use crate::money::Ratio;
use crate::report::chart::WhatIfCharts;
use crate::report::html::{Subject, figure, framed, money_cell, number_cell};
use crate::report::reading::{count, percent};
use crate::rules::rule_title;
use crate::tender::LotId;
use crate::text::{Language, fill, text};

/// The sections of what was asked; nothing where nothing was.
pub(in crate::report) fn sections(subject: &Subject<'_>, told: &Told, charts: &WhatIfCharts) -> Markup {
    html! {
        @if !told.scenarios.is_empty() {
            section #scenarios {
                h2 { (subject.word("section.scenarios")) }
                p { (subject.word("whatif.scenarios_note")) }
                (figure(charts.scenarios.as_deref(), subject))
                (scenarios(subject, &told.scenarios))
            }
        }
        @if let Some(rows) = &told.rule_costs {
            section #rule-costs {
                h2 { (subject.word("section.rule_costs")) }
                p { (subject.word("whatif.rule_costs_note")) }
                (figure(charts.rule_costs.as_deref(), subject))
                (rule_costs(subject, rows))
            }
        }
        @if !told.by_suppliers.is_empty() {
            section #frontier {
                h2 { (subject.word("section.frontier")) }
                p { (subject.word("whatif.frontier_note")) }
                (figure(charts.by_suppliers.as_deref(), subject))
                (frontier(subject, told))
                (figure(charts.by_share.as_deref(), subject))
            }
        }
    }
}

/// The scenario's title in a language.
pub(in crate::report) fn scenario_title(row: &ScenarioRow, language: Language) -> String {
    let standard = ["own", "cheapest", "status-quo"].into_iter().find(|name| *name == row.name);
    if let Some(name) = standard {
        return text(language, &format!("report.scenario.{}", name.replace('-', "_"))).to_owned();
    }
    let stated = match language {
        Language::English => row.title.as_ref(),
        Language::Chinese => row.title_zh.as_ref().or(row.title.as_ref()),
    };
    escape(stated.unwrap_or(&row.name))
}

fn heads(subject: &Subject<'_>, keys: &[&str]) -> Markup {
    let currency = subject.currency();
    html! {
        thead {
            tr {
                @for (at, key) in keys.iter().enumerate() {
                    th .n[at > 0] scope="col" { (subject.say(&format!("whatif.{key}"), &[("currency", &currency)])) }
                }
            }
        }
    }
}

fn share_cell(share: Option<Ratio>) -> Markup {
    number_cell(share.map(|share| (share.to_string(), percent(share, 1))))
}

fn count_cell(value: usize) -> Markup {
    number_cell(Some((value.to_string(), count(value))))
}

fn lots_cell(lots: &[LotId]) -> Markup {
    let ids: Vec<String> = lots.iter().map(|lot| escape(lot.as_str())).collect();
    html! { td .n { (count(lots.len())) @if !lots.is_empty() { small { (ids.join(", ")) } } } }
}

fn scenarios(subject: &Subject<'_>, rows: &[ScenarioRow]) -> Markup {
    let label = subject.word("whatif.scenarios_caption").to_owned();
    let keys = [
        "scenario",
        "cost",
        "saving",
        "cut",
        "suppliers",
        "winning_bids",
        "largest_share",
        "lots_awarded",
        "lots_changed",
    ];
    let table = html! {
        table .scenarios {
            caption { (label) }
            (heads(subject, &keys))
            tbody {
                @for row in rows {
                    tr data-scenario=(row.name) {
                        th scope="row" { (scenario_title(row, subject.language)) small { (escape(&row.rules)) } }
                        (money_cell(Some(row.ends.cost)))
                        (money_cell(row.ends.saving.as_ref().and_then(|saving| saving.saving)))
                        (share_cell(row.ends.saving.as_ref().and_then(|saving| saving.cut)))
                        (count_cell(row.ends.suppliers))
                        (count_cell(row.ends.winning_bids))
                        (share_cell(row.ends.largest.as_ref().map(|(_, share)| *share)))
                        (count_cell(row.ends.awarded()))
                        (lots_cell(&row.changed))
                    }
                }
            }
        }
    };
    framed(&label, &table)
}

/// A rule, or one of the limits within which an award costs least, as people read it.
pub(in crate::report) fn rule_name(row: &RuleRow, language: Language) -> String {
    let of =
        |key: &str, name: &str| fill(language, &format!("page.whatif.{key}"), &[("name", &escape(name))]);
    match row.limit.strip_prefix("limit ") {
        Some(name) => of("of_limit", name),
        None if row.limit.is_empty() => rule_title(language, row.rule).to_owned(),
        None => of("of_parameter", &row.limit),
    }
}

fn rule_costs(subject: &Subject<'_>, rows: &[RuleRow]) -> Markup {
    let label = subject.word("whatif.rule_costs_caption").to_owned();
    let keys =
        ["rule", "rule_costs", "cost_with", "cost_without", "compared", "lots_changed", "gained", "lost"];
    let table = html! {
        table .rule-costs {
            caption { (label) }
            (heads(subject, &keys))
            tbody {
                @for row in rows {
                    tr data-rule=(row.rule) {
                        th scope="row" {
                            (rule_name(row, subject.language)) " " (subject.source(&row.cite))
                            @if let Some(fault) = row.fault { small { (subject.say("whatif.not_relaxed", &[("code", fault)])) } }
                        }
                        (money_cell(row.costs))
                        (money_cell(row.with))
                        (money_cell(row.without))
                        (count_cell(row.compared))
                        (lots_cell(&row.changed))
                        (lots_cell(&row.gained))
                        (lots_cell(&row.lost))
                    }
                }
            }
        }
    };
    framed(&label, &table)
}

fn frontier(subject: &Subject<'_>, told: &Told) -> Markup {
    let label = subject.word("whatif.frontier_caption").to_owned();
    let keys = ["limit", "cost", "lots_awarded", "suppliers", "winning_bids", "largest_share"];
    let by_suppliers = told.by_suppliers.iter().map(|(limit, ends)| (limit_of(subject, *limit), ends));
    let by_share = told
        .by_share
        .iter()
        .map(|(limit, ends)| (subject.say("whatif.share_limit", &[("share", &percent(*limit, 0))]), ends));
    let rows: Vec<(String, &Ends)> = by_suppliers.chain(by_share).collect();
    let table = html! {
        table .frontier {
            caption { (label) }
            (heads(subject, &keys))
            tbody {
                @for (limit, ends) in &rows {
                    tr {
                        th scope="row" { (limit) }
                        (money_cell(ends.cost_of_awarded()))
                        (count_cell(ends.awarded()))
                        (count_cell(ends.suppliers))
                        (count_cell(ends.winning_bids))
                        (share_cell(ends.largest.as_ref().map(|(_, share)| *share)))
                    }
                }
            }
        }
    };
    framed(&label, &table)
}

fn limit_of(subject: &Subject<'_>, suppliers: u32) -> String {
    subject.say("whatif.supplier_limit", &[("count", &suppliers.to_string())])
}
