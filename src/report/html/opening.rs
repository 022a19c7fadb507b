//! The first page: title, status, headline figures, what a human must do, warnings.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::subject::Subject;
use crate::certify::{Proof, Tie, TieDecides};
use crate::diagnostics::{Diagnostic, Diagnostics, escape};
use crate::report::conflict;
use crate::report::figures::{LotFigures, Totals, widest};
use crate::report::reading::{count, headline_money, money, percent, plain_price};
use crate::report::summary::way_out;
use crate::savings::BaselineSaving;
use crate::tender::Outcome;
use crate::text::{Language, fill, text};

/// Title, tender, rules, day.
pub(super) fn header(subject: &Subject<'_>) -> Markup {
    let screened = subject.screened();
    let notice = &screened.notice;
    let values = [
        ("id", &*escape(&notice.id)),
        ("rules", &*escape(&rules_title(subject))),
        ("rules_id", &*escape(&screened.rules.id)),
        ("announced", &*notice.announced.to_string()),
    ];
    let source = notice.source.as_deref().map(escape);
    html! {
        header {
            p .kicker { (subject.word("title")) }
            h1 { (subject.title()) }
            p .meta { (subject.say("meta", &values)) }
            @if let Some(source) = source {
                p .meta { (subject.say("data_source", &[("source", &source)])) }
            }
        }
    }
}

pub(in crate::report) fn rules_title(subject: &Subject<'_>) -> String {
    let rules = &subject.screened().rules;
    match subject.language {
        crate::text::Language::English => rules.title.clone(),
        crate::text::Language::Chinese => rules.title_zh.clone(),
    }
}

/// What must be known before any figure is read.
pub(super) fn status(subject: &Subject<'_>) -> Markup {
    let rules = &subject.screened().rules;
    let unverified = rules.unverified().len();
    let overrides: Vec<_> = rules.overrides().collect();
    html! {
        @if subject.screened().notice.is_illustrative() {
            p .banner { strong { (subject.word("illustrative")) } " " (subject.word("illustrative_text")) }
        }
        @if unverified > 0 {
            p .banner {
                strong { (subject.word("unverified")) } " "
                (subject.say("unverified_text", &[("count", &count(unverified))])) " "
                a href="#rules" { (subject.word("see_rules")) }
            }
        }
        @if !overrides.is_empty() {
            p .banner {
                strong { (subject.word("overrides")) } " "
                @for (at, parameter) in overrides.iter().enumerate() {
                    @if at > 0 { (subject.word("comma")) }
                    (subject.say("override", &[
                        ("name", &parameter.name),
                        ("value", &escape(&parameter.value)),
                        ("own", parameter.overridden_from.as_deref().unwrap_or_default()),
                    ]))
                }
            }
        }
    }
}

/// A figure with what it says.
fn card(figure: &str, label: &str) -> Markup {
    html! { div .card { dt { (label) } dd { (figure) } } }
}

/// The headline figures, each with what it is measured against, and the outcome in one line.
pub(super) fn figures(subject: &Subject<'_>) -> Result<Markup, Diagnostics> {
    let totals = Totals::of(subject.lots)?;
    let baseline = widest(subject.savings);
    let saving = subject.savings.totals.iter().find(|saving| Some(saving.baseline) == baseline);
    let bids: usize = subject.lots.iter().map(|lot| lot.screened.bids.len()).sum();
    let winners: usize = subject.lots.iter().map(|lot| lot.award.winners.len()).sum();
    let awarded = subject.lots.iter().filter(|lot| lot.award.outcome == Outcome::Awarded).count();
    let currency = &subject.screened().notice.currency;
    let value_label = if totals.lots_open > 0 { "figure.value_open" } else { "figure.value" };
    Ok(html! {
        section #figures {
            h2 { (subject.word("section.figures")) }
            dl .cards {
                @if let Some(saving) = saving {
                    (saving_cards(subject, saving))
                } @else {
                    (card("—", subject.word("figure.saving_unknown")))
                }
                (card(&format!("{} / {}", count(winners), count(bids)), subject.word("figure.winners")))
                (card(&format!("{} / {}", count(awarded), count(subject.lots.len())), subject.word("figure.lots")))
                (card(&headline_money(totals.award_value, currency, subject.language), subject.word(value_label)))
            }
            @if let Some(published) = subject.published {
                p { (subject.say("published", &[
                    ("agree", &published.agree().to_string()),
                    ("lots", &published.lots.len().to_string()),
                    ("options", &published.options_of_draws().to_string()),
                    ("differ", &published.differ().to_string()),
                ])) }
            }
        }
    })
}

fn saving_cards(subject: &Subject<'_>, saving: &BaselineSaving) -> Markup {
    let against = text(subject.language, &format!("report.summary.against.{}", saving.baseline.name()));
    let currency = &subject.screened().notice.currency;
    let share = |ratio: Option<_>| ratio.map_or_else(|| "—".to_owned(), |ratio| percent(ratio, 1));
    let amount = saving
        .saving
        .map_or_else(|| "—".to_owned(), |amount| headline_money(amount, currency, subject.language));
    let reference = headline_money(saving.reference_value, currency, subject.language);
    let winners =
        [("covered", &*saving.winners_covered.to_string()), ("winners", &*saving.winners.to_string())];
    html! {
        (card(&amount, &subject.say("figure.saving", &[("against", against), ("reference", &reference)])))
        (card(&share(saving.cut), &subject.say("figure.cut", &[("against", against), ("simple", &share(saving.simple_cut))])))
        (card(&share(saving.coverage), &subject.say("figure.coverage", &winners)))
    }
}

/// What waits for a human.
pub(super) fn to_do(subject: &Subject<'_>) -> Markup {
    let waiting: Vec<&LotFigures<'_>> =
        subject.lots.iter().filter(|lot| lot.award.outcome != Outcome::Awarded).collect();
    html! {
        section #to-do {
            h2 { (subject.word("section.outcome")) }
            @if waiting.is_empty() {
                p { (subject.word("settled")) }
            } @else {
                ul {
                    @for lot in &waiting {
                        li { (subject.lot_link(lot)) ": " (waits_for(subject, lot)) }
                    }
                }
                @for key in ways_out(&waiting) {
                    p { (text(subject.language, key)) }
                }
            }
        }
    }
}

/// What a lot that is not settled waits for.
pub(in crate::report) fn waits_for(subject: &Subject<'_>, lot: &LotFigures<'_>) -> String {
    match (&lot.award.outcome, &lot.award.proof) {
        (Outcome::DrawRequired, _) => {
            let ties: Vec<String> =
                lot.award.ties.iter().map(|tie| tie_in_words(subject, lot, tie)).collect();
            ties.join(" ")
        }
        (Outcome::AnswerRequired, _) => text(subject.language, "report.outcome.answer_required").to_owned(),
        (Outcome::Unproved, Proof::Bound { cost, bound }) => {
            let currency = &subject.screened().notice.currency;
            let shown = |amount| money(amount, currency, subject.language);
            subject.say("unproved_bound", &[("cost", &shown(*cost)), ("bound", &shown(*bound))])
        }
        (Outcome::Unproved, Proof::Rules | Proof::Exact { .. }) => subject.word("unproved").to_owned(),
        (Outcome::Awarded | Outcome::NoAward | Outcome::Unproved, _) => {
            let found = conflict::of_lot(subject.award, lot.lot().id.as_str(), subject.language);
            if found.is_empty() {
                let is_open = lot.award.outcome == Outcome::Unproved;
                return subject.word(if is_open { "unproved_nothing" } else { "no_award" }).to_owned();
            }
            let said: Vec<String> = found.iter().map(|own| in_one(own, subject.language)).collect();
            said.join(" ")
        }
    }
}

/// A conflict in one paragraph.
fn in_one(found: &conflict::ConflictWords, language: Language) -> String {
    let semicolon = text(language, "report.conflict.join");
    let values = [
        ("heading", &*found.heading),
        ("parts", &*found.parts.join(semicolon)),
        ("note", found.note.as_deref().unwrap_or_default()),
        ("ways_heading", &*found.ways_heading),
        ("ways", &*found.ways.join(semicolon)),
    ];
    let key = if found.ways.is_empty() { "report.conflict.all" } else { "report.conflict.all_with_ways" };
    fill(language, key, &values).replace(" .", ".").replace("  ", " ").trim().to_owned()
}

/// A tie in one sentence.
pub(super) fn tie_in_words(subject: &Subject<'_>, lot: &LotFigures<'_>, tie: &Tie) -> String {
    let price = tie.bids.first().and_then(|bid| lot.bid(*bid)?.1.comparable_price);
    let (key, places) = match &tie.decides {
        TieDecides::Places { places } => ("tie.places", places.to_string()),
        TieDecides::Order => ("tie.order", String::new()),
        TieDecides::Award { .. } => ("tie.award", String::new()),
    };
    let values = [
        ("count", &*tie.bids.len().to_string()),
        ("price", &*price.map(plain_price).unwrap_or_default()),
        ("places", &*places),
    ];
    subject.say(key, &values)
}

/// The warnings, without lines of files: those depend on the order of rows.
pub(super) fn warnings(subject: &Subject<'_>) -> Markup {
    let mut sorted: Vec<&Diagnostic> = subject.warnings.iter().collect();
    let file = |warning: &Diagnostic| warning.place.as_ref().map(|place| place.file.clone());
    sorted.sort_by_cached_key(|warning| (warning.code.id(), file(warning), warning.args.clone()));
    html! {
        @if !sorted.is_empty() {
            section #warnings {
                h2 { (subject.word("section.warnings")) }
                ul {
                    @for warning in sorted {
                        li { code { (warning.code.id()) } " " (warning.message(subject.language)) }
                    }
                }
            }
        }
    }
}

/// The texts that say how the open ties are settled.
fn ways_out(waiting: &[&LotFigures<'_>]) -> BTreeSet<&'static str> {
    waiting
        .iter()
        .filter(|lot| lot.award.outcome == Outcome::DrawRequired)
        .flat_map(|lot| &lot.award.ties)
        .map(way_out)
        .collect()
}
