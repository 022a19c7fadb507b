//! The summary on the terminal: at most 80 columns, and nothing that is not in the files.

mod answers;
pub(super) mod columns;
mod human;
mod lots;
mod money_lines;

pub use answers::answers;
pub(in crate::report) use human::way_out;

use columns::{Page, shortened};

use super::published::{Agreement, Difference, Published, PublishedLot};
use super::reading::{count, lot_name, supplier_name, tender_title};
use crate::allocate::Allocation;
use crate::certify::CertifiedAward;
use crate::diagnostics::{Diagnostics, escape};
use crate::rules::sentence;
use crate::savings::Savings;
use crate::screen::ScreenedLot;
use crate::tender::Outcome;
use crate::text::{Language, fill, text};

/// Columns that a title may take, over several lines.
const TITLE: usize = 200;
/// Columns that a name may take inside a sentence.
const NAME: usize = 36;

/// The award in a page of text, ending in a line end.
///
/// `published` is the comparison with the published result, where the tender states one; `folder` is the name of the
/// report folder, once it is written.
pub fn summary(
    award: &CertifiedAward,
    allocation: &Allocation,
    savings: &Savings,
    published: Option<&Published>,
    warnings: &Diagnostics,
    folder: Option<&str>,
    language: Language,
) -> String {
    let mut page = Page::new(language);
    heading(&mut page, award);
    outcome(&mut page, award);
    lots::table(&mut page, award, allocation, savings);
    human::to_do(&mut page, award);
    money_lines::savings(&mut page, award, allocation, savings);
    money_lines::spending(&mut page, award, allocation);
    if let Some(published) = published {
        agreement(&mut page, award, published);
    }
    ending(&mut page, warnings, folder);
    page.into_text()
}

/// A lot as sentences name it: its id, and its name when that says more.
fn lot_label(lot: &ScreenedLot, language: Language, room: usize) -> String {
    let lot = &lot.comparable.lot;
    let (id, name) = (escape(lot.id.as_str()), lot_name(lot, language));
    if id == name { shortened(&name, room) } else { shortened(&format!("{id} {name}"), room) }
}

/// A supplier as sentences name it: its name, and its id when that says more.
fn supplier_label(award: &CertifiedAward, id: &crate::tender::SupplierId, language: Language) -> String {
    let (shown, name) = (escape(id.as_str()), supplier_name(&award.screened().suppliers, id, language));
    if shown == name {
        shortened(&name, NAME)
    } else {
        let values = [("name", &*shortened(&name, NAME)), ("id", &*shortened(&shown, NAME))];
        fill(language, "report.summary.supplier", &values)
    }
}

fn heading(page: &mut Page, award: &CertifiedAward) {
    let screened = award.screened();
    let (notice, rules, language) = (&screened.notice, &screened.rules, page.language);
    let unverified = rules.unverified();
    if !unverified.is_empty() {
        page.say("report.summary.unverified", &[("count", &count(unverified.len()))]);
        page.blank();
    }
    page.item(0, &shortened(&tender_title(notice, language), TITLE));
    let title = match language {
        Language::English => &rules.title,
        Language::Chinese => &rules.title_zh,
    };
    let values = [
        ("title", &*shortened(&escape(title), TITLE)),
        ("id", &*shortened(&escape(&rules.id), NAME)),
        ("announced", &*notice.announced.to_string()),
    ];
    page.say("report.summary.rules", &values);
    if let Some(own) = &rules.instead_of {
        page.say("report.summary.instead_of", &[("own", &*shortened(&escape(own), NAME))]);
    }
    if notice.is_illustrative() {
        page.say("report.summary.illustrative", &[]);
    }
    let overrides: Vec<String> = rules
        .overrides()
        .map(|parameter| format!("{} = {}", escape(&parameter.name), escape(&parameter.value)))
        .map(|shown| shortened(&shown, NAME))
        .collect();
    if !overrides.is_empty() {
        page.say(
            "report.summary.overrides",
            &[("list", &overrides.join(text(language, "report.summary.comma")))],
        );
    }
    page.blank();
}

fn outcome(page: &mut Page, award: &CertifiedAward) {
    let ended = |outcome: Outcome| count(award.lots().filter(|(_, lot)| lot.outcome == outcome).count());
    let language = page.language;
    let outcomes = [
        Outcome::Awarded,
        Outcome::DrawRequired,
        Outcome::AnswerRequired,
        Outcome::NoAward,
        Outcome::Unproved,
    ];
    let parts: Vec<String> = outcomes
        .into_iter()
        .filter(|outcome| {
            *outcome == Outcome::Awarded || award.lots().any(|(_, lot)| lot.outcome == *outcome)
        })
        .map(|outcome| {
            let word = text(language, &format!("report.outcome.{}", outcome.name()));
            fill(language, "report.summary.outcome_part", &[("outcome", word), ("count", &ended(outcome))])
        })
        .collect();
    let bids: usize = award.lots().map(|(lot, _)| lot.bids.len()).sum();
    let winners: usize = award.lots().map(|(_, lot)| lot.winners.len()).sum();
    let values = [
        ("lots", &*count(award.lots().count())),
        ("parts", &*parts.join(text(language, "report.summary.outcome_join"))),
        ("bids", &*count(bids)),
        ("winners", &*count(winners)),
    ];
    page.say("report.summary.outcome", &values);
    page.blank();
}

/// Our result beside the published one.
fn agreement(page: &mut Page, award: &CertifiedAward, published: &Published) {
    let agree = published.agree().saturating_add(published.options_of_draws());
    let values = [("agree", &*count(agree)), ("lots", &*count(published.lots.len()))];
    page.say("report.summary.published", &values);
    if published.options_of_draws() > 0 {
        page.say("report.summary.published_options", &[("count", &count(published.options_of_draws()))]);
    }
    for lot in published.lots.iter().filter(|lot| lot.agreement == Agreement::Differs) {
        difference(page, award, lot);
    }
    page.blank();
}

fn difference(page: &mut Page, award: &CertifiedAward, differing: &PublishedLot) {
    let language = page.language;
    let known = award.lots().find(|(lot, _)| lot.comparable.lot.id == differing.lot_id);
    let label = known.map(|(lot, _)| lot_label(lot, language, NAME));
    page.item(1, &label.unwrap_or_else(|| escape(differing.lot_id.as_str())));
    for Difference { supplier_id, published_winner, status, reason, .. } in &differing.differences {
        let theirs =
            if *published_winner { "report.summary.published_won" } else { "report.summary.published_lost" };
        let ours = status.map_or("no_bid", crate::certify::BidStatus::name);
        let reason = reason.as_ref().map(|reason| sentence(language, reason)).unwrap_or_default();
        let values = [
            ("supplier", &*supplier_label(award, supplier_id, language)),
            ("published", text(language, theirs)),
            ("here", text(language, &format!("report.status.{ours}"))),
            ("reason", &*escape(&reason)),
        ];
        let key =
            if reason.is_empty() { "report.summary.difference_plain" } else { "report.summary.difference" };
        page.item(2, &fill(language, key, &values));
    }
}

fn ending(page: &mut Page, warnings: &Diagnostics, folder: Option<&str>) {
    if warnings.warnings() > 0 {
        page.say("report.summary.warnings", &[("count", &count(warnings.warnings()))]);
    }
    if let Some(folder) = folder {
        page.say("report.summary.written", &[("folder", &escape(folder))]);
    }
}
