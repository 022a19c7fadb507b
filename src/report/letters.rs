//! Letters to unsuccessful bidders: one for each bid that lost or was excluded, and one file with all of them to print.
//!
//! A letter says what was recorded: the rule that decided first, then every step with the numbers compared and where
//! the rule is written down. What only the office can say is left blank and marked: how to object, who signs, the date.

use maud::{Markup, html};

use super::figures::{self, LotFigures};
use super::files::ReportFiles;
use super::html::{Shell, Subject, document};
use super::manifest::{MANIFEST, manifest};
use super::needed::sentences;
use super::published::deciding;
use super::reading::{lot_name, plain_price, won_price};
use crate::allocate::Allocation;
use crate::certify::{BidStatus, CertifiedAward};
use crate::diagnostics::{Diagnostics, escape};
use crate::rules::{rule_title, sentence};
use crate::savings::Savings;
use crate::tender::{Reason, Verdict};
use crate::text::Language;

/// The letters of an award, in memory; [`super::folder::write`] puts them in their place.
///
/// A bid that waits for a draw has no letter yet.
pub fn letters(
    award: &CertifiedAward,
    allocation: &Allocation,
    savings: &Savings,
    warnings: &Diagnostics,
    language: Language,
) -> ReportFiles {
    let lots = figures::lots(award, allocation, savings);
    let subject = Subject::new(award, &lots, savings, None, warnings, language);
    let mut files = ReportFiles::new();
    let mut all = Vec::new();
    for lot in &lots {
        for (at, status) in lot.award.statuses.iter().enumerate() {
            if !matches!(status, BidStatus::Lost | BidStatus::Excluded) {
                continue;
            }
            let body = letter(&subject, lot, at, *status);
            let number = all.len().saturating_add(1);
            let id = lot.bid(at).map_or("", |(bid, ..)| bid.id.as_str());
            files.add(&file_name(number, id), page(&subject, &body));
            all.push(body);
        }
    }
    let together = html! { @for letter in &all { (letter) } };
    files.add("all-letters.html", page(&subject, &together));
    let screened = award.screened();
    let manifest = manifest(&screened.inputs, &screened.rules.id, &screened.rules.sha256, &files);
    files.add(MANIFEST, manifest);
    files
}

/// A file name by number, with as much of the bid's id as every file system takes.
fn file_name(number: usize, id: &str) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    let id: String = id.chars().map(plain).take(60).collect();
    format!("letter-{number:04}-{id}.html")
}

fn page(subject: &Subject<'_>, letters: &Markup) -> String {
    let title = format!("{} · {}", subject.word("letter.title"), subject.title());
    document(
        &Shell { language: subject.language, title: &title, with_script: false },
        &html! { main { (letters) } },
    )
}

fn letter(subject: &Subject<'_>, lot: &LotFigures<'_>, at: usize, status: BidStatus) -> Markup {
    let Some((bid, comparable, screened)) = lot.bid(at) else { return html! {} };
    let notice = &subject.screened().notice;
    let dash = || "—".to_owned();
    let product: Vec<String> =
        [&bid.product, &bid.spec].into_iter().flatten().map(|text| escape(text)).collect();
    let facts = [
        ("tender", format!("{} ({})", subject.title(), escape(&notice.id))),
        ("lot", format!("{} {}", escape(lot.lot().id.as_str()), lot_name(lot.lot(), subject.language))),
        ("bid", escape(bid.id.as_str())),
        ("product", if product.is_empty() { dash() } else { product.join(" · ") }),
        ("price", bid.price.map_or_else(dash, plain_price)),
        ("comparable", comparable.comparable_price.map_or_else(dash, plain_price)),
        ("result", subject.word(&format!("letter.result_{}", status.name())).to_owned()),
    ];
    let supplier = subject.supplier(&bid.supplier_id);
    let currency = subject.currency();
    html! {
        article .letter {
            @if notice.is_illustrative() {
                p .banner { strong { (subject.word("illustrative")) } " " (subject.word("illustrative_text")) }
            }
            @if !subject.screened().rules.unverified().is_empty() {
                p .banner { strong { (subject.word("unverified")) } " " (subject.word("letter.unverified")) }
            }
            h1 { (subject.word("letter.title")) }
            p { (subject.say("letter.to", &[("supplier", &supplier)])) }
            dl .facts {
                @for (key, value) in &facts {
                    div { dt { (subject.say(&format!("letter.{key}"), &[("currency", &currency)])) } dd { (value) } }
                }
            }
            @if let Some(reason) = deciding(screened, status) {
                h2 { (subject.word("letter.deciding")) }
                (step(subject, reason))
            }
            @if let Some(needed) = sentences(subject.language, lot.price_to_win(at), status) { p { (needed) } }
            h2 { (subject.word("letter.steps")) }
            ol { @for reason in &screened.reasons { li { (step(subject, reason)) } } }
            h2 { (subject.word("letter.winners")) }
            (winners(subject, lot))
            h2 { (subject.word("letter.objection")) }
            p .blank { (subject.word("letter.objection_blank")) }
            p { (subject.word("letter.office")) " " span .blank { (subject.word("notice.blank")) } }
            p { (subject.word("letter.day")) " " span .blank { (subject.word("notice.blank")) } }
        }
    }
}

/// A step: the rule, what it said, the numbers compared, and where it is written down.
fn step(subject: &Subject<'_>, reason: &Reason) -> Markup {
    let verdict = subject.word(match reason.verdict {
        Verdict::Pass => "verdict.pass",
        Verdict::Fail => "verdict.fail",
        Verdict::NotApplicable => "verdict.not_applicable",
    });
    html! {
        p {
            b { (verdict) " " (rule_title(subject.language, reason.rule)) }
            (subject.word("colon"))
            (escape(&sentence(subject.language, reason)))
        }
        p .meta { (subject.say("letter.source", &[("source", &escape(&reason.cite))])) }
    }
}

/// The winners of the lot at their prices, as the public notice has them.
fn winners(subject: &Subject<'_>, lot: &LotFigures<'_>) -> Markup {
    let won = lot.award.winners.iter().filter_map(|winner| {
        let (bid, ..) = lot.bid(winner.bid)?;
        let [_, comparable] = lot.won_at(winner, &subject.screened().rules);
        Some((subject.supplier(&bid.supplier_id), comparable.map(|price| won_price(lot.screened, price))))
    });
    let won: Vec<(String, Option<String>)> = won.collect();
    html! {
        @if won.is_empty() {
            p { (subject.word("letter.no_winner")) }
        } @else {
            ul {
                @for (name, price) in won {
                    li { (subject.say("letter.winner", &[
                        ("supplier", &name),
                        ("price", price.as_deref().unwrap_or("—")),
                        ("currency", &subject.currency()),
                    ])) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_file_name_is_plain_whatever_the_id() {
        assert_eq!(file_name(3, "L01/qilu"), "letter-0003-L01-qilu.html");
        assert_eq!(file_name(12, "../采"), "letter-0012-----.html");
    }
}
