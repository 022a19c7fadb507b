//! Tables of savings: every figure with the price it is measured against.

use maud::{Markup, html};

use super::framed;
use super::subject::{Subject, money_cell, number_cell};
use crate::diagnostics::escape;
use crate::money::Ratio;
use crate::report::figures::LotFigures;
use crate::report::reading::percent;
use crate::savings::{BaselineSaving, CutOf, Saving};
use crate::text::{fill, text};

/// Those with the highest or the lowest cut that a cell names; how many more there are stands beside them.
const NAMED: usize = 3;

/// The tender's savings against each baseline, the built-in ones first.
pub(super) fn totals(subject: &Subject<'_>) -> Markup {
    let built_in =
        subject.savings.totals.iter().map(|saving| row(subject, built_in_name(subject, saving), saving));
    let stated = subject.savings.stated.iter();
    let stated = stated
        .map(|stated| row(subject, stated_name(subject, &stated.total, &stated.sources), &stated.total));
    table(subject, subject.word("savings.caption"), &built_in.chain(stated).collect::<Vec<_>>())
}

/// A lot's savings against each baseline.
pub(super) fn of_lot(subject: &Subject<'_>, caption: &str, lot: &LotFigures<'_>) -> Markup {
    let built_in = lot.savings.iter().map(|saving| row(subject, built_in_name(subject, saving), saving));
    let stated = lot.stated.iter().filter_map(|stated| {
        let saving = stated.lots.get(lot.place)?;
        Some(row(subject, stated_name(subject, saving, &stated.sources), saving))
    });
    table(subject, caption, &built_in.chain(stated).collect::<Vec<_>>())
}

fn built_in_name(subject: &Subject<'_>, saving: &BaselineSaving) -> Markup {
    let against = text(subject.language, &format!("report.summary.against.{}", saving.baseline.name()));
    html! { (against) }
}

/// A further baseline by its name, with where its prices come from.
fn stated_name(subject: &Subject<'_>, saving: &Saving<String>, sources: &[String]) -> Markup {
    let name = [("name", &*escape(&saving.baseline))];
    html! {
        (fill(subject.language, "report.summary.against_stated", &name))
        @for source in sources { small { (escape(source)) } }
    }
}

fn table(subject: &Subject<'_>, caption: &str, rows: &[Markup]) -> Markup {
    let heads = [
        "reference",
        "covered",
        "saving",
        "base",
        "cut",
        "simple",
        "highest",
        "lowest",
        "coverage",
        "winners",
    ];
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
            tbody { @for row in rows { (row) } }
        }
    };
    framed(caption, &table)
}

fn row<B>(subject: &Subject<'_>, against: Markup, saving: &Saving<B>) -> Markup {
    let known = saving.saving.is_some();
    let winners = format!("{} / {}", saving.winners_covered, saving.winners);
    html! {
        tr {
            th scope="row" { (against) }
            (money_cell(known.then_some(saving.reference_value)))
            (money_cell(known.then_some(saving.covered_value)))
            (money_cell(saving.saving))
            (money_cell(saving.base_saving))
            (share_cell(saving.cut))
            (share_cell(saving.simple_cut))
            (extreme_cell(subject, saving.highest.as_ref()))
            (extreme_cell(subject, saving.lowest.as_ref()))
            (share_cell(saving.coverage))
            td .n { (winners) }
        }
    }
}

/// A cell with a share in percent.
pub(super) fn share_cell(share: Option<Ratio>) -> Markup {
    number_cell(share.map(|share| (share.to_string(), percent(share, 1))))
}

/// A cell with the highest or the lowest cut, and whose it is.
fn extreme_cell(subject: &Subject<'_>, cut: Option<&CutOf>) -> Markup {
    let Some(cut) = cut else { return number_cell(None) };
    let named = cut.winners.iter().take(NAMED);
    let more = cut.winners.len().saturating_sub(NAMED);
    html! {
        td .n data-value=(cut.cut) {
            (percent(cut.cut, 1))
            @for (lot, supplier) in named {
                small { (escape(lot.as_str())) " " (subject.supplier(supplier)) }
            }
            @if more > 0 { small { (subject.say("savings.more", &[("count", &more.to_string())])) } }
        }
    }
}
