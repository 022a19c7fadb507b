//! report.html: the committee's report on one page.
//!
//! One file that needs no network and no script: style and script stand in it, a content security policy allows these
//! two by their digests and nothing else, and every value from a tender goes in as text. The script sorts and filters
//! long tables; without it the tables are whole. Whatever is said here was recorded by a stage before.
//!
//! | file | what |
//! | --- | --- |
//! | `shell` | the document around a body: policy, style, script |
//! | `subject` | what the page is about, and how things are named |
//! | `anchor` | ids that a link can name |
//! | `opening` | title, status, headline figures, what a human must do, warnings |
//! | `savings` | tables of savings |
//! | `waterfall` | the steps from the reported volume before to the agreed volume at the award |
//! | `lots` | the tables of lots and of all bids |
//! | `lot` | one lot: figures, winners, regions |
//! | `bids` | the bids of a lot with every step |
//! | `acts` | draws and human decisions |
//! | `rules` | rules, parameters, tables and their sources |
//! | `checking` | digests, and how to check the report |

mod acts;
mod anchor;
mod bids;
mod checking;
mod lot;
mod lots;
mod opening;
mod rules;
mod savings;
mod shell;
mod subject;
mod waterfall;

use maud::{Markup, PreEscaped, html};

use super::chart::{Charts, WhatIfCharts};
use super::whatif::{Told, sections};
#[cfg(feature = "pdf")]
pub(super) use acts::act;
#[cfg(feature = "pdf")]
pub(super) use bids::in_order;
#[cfg(feature = "pdf")]
pub(super) use opening::{rules_title, waits_for};
pub(super) use shell::{Shell, document};
pub(super) use subject::{Subject, money_cell, number_cell};

/// The page on an award. `award_digest` is the SHA-256 of award.json.
pub(super) fn report_html(
    subject: &Subject<'_>,
    charts: &Charts,
    what_if: (&Told, &WhatIfCharts),
    award_digest: &str,
) -> Result<String, crate::diagnostics::Diagnostics> {
    let word = |key| subject.word(key);
    let body = html! {
        a .skip href="#main" { (word("skip")) }
        (opening::header(subject))
        (contents(subject, what_if.0))
        main #main tabindex="-1" {
            (opening::status(subject))
            (opening::figures(subject)?)
            (opening::to_do(subject))
            (opening::warnings(subject))
            section #prices {
                h2 { (word("section.prices")) }
                (ladder(charts, subject))
            }
            section #savings {
                h2 { (word("section.savings")) }
                (figure(charts.savings.as_deref(), subject))
                (savings::totals(subject))
                (figure(charts.waterfall.as_deref(), subject))
                (waterfall::steps(subject, charts.effects.as_ref()))
            }
            section #supply {
                h2 { (word("section.supply")) }
                (figure(charts.suppliers.as_deref(), subject))
                (figure(charts.regions.as_deref(), subject))
            }
            (sections(subject, what_if.0, what_if.1))
            (lots::lots(subject))
            (lots::bids(subject))
            section #each-lot {
                h2 { (word("section.each_lot")) }
                @for (lot, ladder) in subject.lots.iter().zip(&charts.lots) {
                    (lot::lot(subject, lot, ladder.as_ref().map(|ladder| ladder.svg.as_str())))
                }
            }
            (acts::acts(subject))
            (rules::rules(subject))
            (checking::checking(subject, award_digest))
        }
    };
    let title = format!("{} · {}", subject.title(), word("title"));
    Ok(document(&Shell { language: subject.language, title: &title, with_script: true }, &body))
}

/// A drawing of this program, in a frame that can be scrolled where it is too narrow.
pub(super) fn figure(svg: Option<&str>, subject: &Subject<'_>) -> Markup {
    html! {
        @if let Some(svg) = svg {
            figure .scroll tabindex="0" role="group" aria-label=(subject.word("chart")) { (PreEscaped(svg)) }
        }
    }
}

/// The price ladder; for print in parts, where it is taller than a sheet. The parts show the same drawing again.
fn ladder(charts: &Charts, subject: &Subject<'_>) -> Markup {
    let parted = parted(&charts.price_ladder).filter(|_| !charts.ladder_sheets.is_empty());
    let Some((whole, frame)) = parted else { return figure(Some(&charts.price_ladder), subject) };
    html! {
        figure .scroll .parted tabindex="0" role="group" aria-label=(subject.word("chart")) {
            (PreEscaped(whole))
            @for (from, tall) in &charts.ladder_sheets {
                svg .part aria-hidden="true" viewBox={ "0 " (from) " " (frame) " " (tall) } { use href="#ladder-all"; }
            }
        }
    }
}

/// A drawing whose shapes stand in a group that can be shown again, and its width. What the drawing's root says of letters and
/// colours moves to that group.
fn parted(svg: &str) -> Option<(String, &str)> {
    let (head, rest) = svg.split_once("</desc>\n")?;
    let shapes = rest.strip_suffix("</svg>\n")?;
    let inherited = head.get(head.find("font-family=")?..head.find("aria-labelledby=")?)?.trim_end();
    let width = head.split_once(" width=\"")?.1.split('"').next()?;
    let whole = format!("{head}</desc>\n<g id=\"ladder-all\" {inherited}>\n{shapes}</g>\n</svg>\n");
    Some((whole, width))
}

/// A table in a frame that can be scrolled where it is too narrow.
pub(super) fn framed(label: &str, table: &Markup) -> Markup {
    html! { div .scroll tabindex="0" role="region" aria-label=(label) { (table) } }
}

fn contents(subject: &Subject<'_>, told: &Told) -> Markup {
    let asked = [
        ("scenarios", !told.scenarios.is_empty()),
        ("rule-costs", told.rule_costs.is_some()),
        ("frontier", !told.by_suppliers.is_empty()),
    ];
    let asked = asked.into_iter().filter(|(_, shown)| *shown).map(|(section, _)| section);
    let first = ["prices", "savings", "supply"].into_iter();
    let sections = first.chain(asked).chain(["lots", "bids", "each-lot", "acts", "rules", "checking"]);
    html! {
        nav aria-label=(subject.word("contents")) {
            @for section in sections {
                a href={ "#" (section) } { (subject.word(&format!("section.{}", section.replace('-', "_")))) }
            }
        }
    }
}
