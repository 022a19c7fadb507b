//! The rules that were used, with their numbers and where they are written down.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::subject::Subject;
use super::{anchor, framed};
use crate::diagnostics::escape;
use crate::report::limits::limits;
use crate::rules::{Citation, Status, rule_title};

/// The section on rules and sources.
pub(super) fn rules(subject: &Subject<'_>) -> Markup {
    html! {
        section #rules {
            h2 { (subject.word("section.rules")) }
            (steps(subject))
            (parameters(subject))
            @if !subject.screened().rules.tables.is_empty() { (tables(subject)) }
            @if !subject.screened().rules.limits.is_empty() { (limited(subject)) }
            h3 #sources { (subject.word("rules.sources")) }
            ol .sources {
                @for (at, source) in subject.sources().iter().enumerate() {
                    li #(anchor::source(at.saturating_add(1))) { (escape(source)) }
                }
            }
        }
    }
}

/// The rules in the order in which the office applies them.
fn steps(subject: &Subject<'_>) -> Markup {
    let rules = &subject.screened().rules;
    let known: BTreeMap<&str, Citation<'_>> =
        rules.citations().into_iter().map(|rule| (rule.0, rule)).collect();
    let label = subject.word("rules.caption");
    let table = html! {
        table .rules {
            caption { (label) }
            thead {
                tr {
                    @for head in ["step", "rule", "status", "source"] {
                        th scope="col" { (subject.word(&format!("rules.{head}"))) }
                    }
                }
            }
            tbody {
                @for (at, id) in rules.rules.iter().enumerate() {
                    // A rule that is used twice has one anchor, where it stands first.
                    @let number = at.saturating_add(1);
                    @let first = rules.rules.iter().position(|other| other == id) == Some(at);
                    tr id=[first.then(|| anchor::rule(id))] {
                        td .n { (number) }
                        th scope="row" { (rule_title(subject.language, id)) small { (id) } }
                        @if let Some((_, cite, status)) = known.get(id) {
                            td { (verified(subject, *status)) }
                            td { (subject.source(cite)) }
                        } @else {
                            td {} td {}
                        }
                    }
                }
            }
        }
    };
    framed(label, &table)
}

fn verified(subject: &Subject<'_>, status: Status) -> Markup {
    html! { span class={ "mark " (status.name()) } { (subject.word(&format!("rules.{}", status.name()))) } }
}

fn parameters(subject: &Subject<'_>) -> Markup {
    let label = subject.word("rules.parameters");
    let heads = ["parameter", "value", "unit", "own_value", "status", "source"];
    let table = html! {
        table .parameters {
            caption { (label) }
            thead { tr { @for head in heads { th scope="col" { (subject.word(&format!("rules.{head}"))) } } } }
            tbody {
                @for parameter in &subject.screened().rules.parameters {
                    tr {
                        th scope="row" { code { (parameter.name) } }
                        td { (escape(&parameter.value)) }
                        td { (parameter.unit) }
                        td {
                            @if let Some(own) = &parameter.overridden_from {
                                (subject.say("rules.overridden", &[("own", own)]))
                            }
                        }
                        td { (verified(subject, parameter.status)) }
                        td { (subject.source(&parameter.cite)) }
                    }
                }
            }
        }
    };
    framed(label, &table)
}

fn tables(subject: &Subject<'_>) -> Markup {
    let label = subject.word("rules.tables");
    let table = html! {
        table .rule-tables {
            caption { (label) }
            thead {
                tr {
                    @for head in ["table", "unit", "rows", "status", "source"] {
                        th scope="col" { (subject.word(&format!("rules.{head}"))) }
                    }
                }
            }
            tbody {
                @for cited in &subject.screened().rules.tables {
                    tr {
                        th scope="row" { code { (cited.name) } }
                        td { (cited.unit) }
                        td { @for (count, value) in &cited.rows { span .pair { (count) " → " (value) } " " } }
                        td { (verified(subject, cited.status)) }
                        td { (subject.source(&cited.cite)) }
                    }
                }
            }
        }
    };
    framed(label, &table)
}

/// The limits within which the award costs least.
fn limited(subject: &Subject<'_>) -> Markup {
    let label = subject.word("limits.caption");
    let table = html! {
        table .limits {
            caption { (label) }
            thead {
                tr {
                    @for head in ["limits.limit", "limits.scope", "rules.source"] {
                        th scope="col" { (subject.word(head)) }
                    }
                }
            }
            tbody {
                @for row in limits(&subject.screened().rules, subject.language) {
                    tr {
                        th scope="row" { (row.says) }
                        td { (row.scope) }
                        td { @if let Some(cite) = row.cite { (subject.source(cite)) } @else { "—" } }
                    }
                }
            }
        }
    };
    framed(label, &table)
}
