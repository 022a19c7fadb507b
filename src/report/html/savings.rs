//! Tables of savings: every figure with the price it is measured against.

use maud::{Markup, html};

use super::framed;
use super::subject::{Subject, money_cell, number_cell};
use crate::money::Ratio;
use crate::report::reading::percent;
use crate::savings::BaselineSaving;
use crate::text::text;

/// The tender's savings against each baseline.
pub(super) fn totals(subject: &Subject<'_>) -> Markup {
    table(subject, subject.word("savings.caption"), &subject.savings.totals)
}

/// Savings against each baseline.
pub(super) fn table(subject: &Subject<'_>, caption: &str, savings: &[BaselineSaving]) -> Markup {
    let heads = ["reference", "covered", "saving", "cut", "simple", "coverage", "winners"];
    let currency = subject.currency();
    let table = html! {
        table .savings {
            caption { (caption) }
            thead {
                tr {
                    th scope="col" { (subject.word("savings.baseline")) }
                    @for head in heads {
                        th .n scope="col" { (subject.say(&format!("savings.{head}"), &[("currency", &currency)])) }
                    }
                }
            }
            tbody { @for saving in savings { (row(subject, saving)) } }
        }
    };
    framed(caption, &table)
}

fn row(subject: &Subject<'_>, saving: &BaselineSaving) -> Markup {
    let against = text(subject.language, &format!("report.summary.against.{}", saving.baseline.name()));
    let known = saving.saving.is_some();
    let winners = format!("{} / {}", saving.winners_covered, saving.winners);
    html! {
        tr {
            th scope="row" { (against) }
            (money_cell(known.then_some(saving.reference_value)))
            (money_cell(known.then_some(saving.covered_value)))
            (money_cell(saving.saving))
            (share_cell(saving.cut))
            (share_cell(saving.simple_cut))
            (share_cell(saving.coverage))
            td .n { (winners) }
        }
    }
}

/// A cell with a share in percent.
pub(super) fn share_cell(share: Option<Ratio>) -> Markup {
    number_cell(share.map(|share| (share.to_string(), percent(share, 1))))
}
