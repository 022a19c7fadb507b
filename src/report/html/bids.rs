//! The bids of a lot, each with every recorded step.

use maud::{Markup, html};

use super::subject::{Subject, number_cell, price_cell};
use super::{anchor, framed};
use crate::certify::BidStatus;
use crate::compare::ComparableBid;
use crate::diagnostics::escape;
use crate::report::figures::LotFigures;
use crate::report::needed::sentences;
use crate::report::published::deciding;
use crate::rules::{rule_title, sentence};
use crate::tender::{Bid, Reason, Verdict};

/// A bid with its place in the lot's list.
pub(in crate::report) type Placed<'a> = (usize, &'a Bid, &'a ComparableBid, BidStatus);

/// The bids by price, those without one last; equal ones by id.
pub(in crate::report) fn in_order<'a>(lot: &LotFigures<'a>) -> Vec<Placed<'a>> {
    let each = lot.screened.each_bid().zip(&lot.award.statuses).enumerate();
    let mut bids: Vec<Placed<'a>> =
        each.map(|(at, ((bid, comparable, _), status))| (at, bid, comparable, *status)).collect();
    bids.sort_by_key(|(_, bid, comparable, _)| {
        (comparable.comparable_price.is_none(), comparable.comparable_price, &bid.id)
    });
    bids
}

/// The bids of a lot.
pub(super) fn table(subject: &Subject<'_>, lot: &LotFigures<'_>) -> Markup {
    let label = subject.say("bids.of_lot", &[("lot", &subject.lot_label(lot))]);
    let table = html! {
        table .sortable .bids {
            caption { (label) }
            thead {
                tr {
                    th .n scope="col" { (subject.word("bids.rank")) }
                    th scope="col" { (subject.word("bids.supplier")) }
                    th .n scope="col" { (subject.word("bids.price")) }
                    th .n scope="col" { (subject.word("bids.comparable")) }
                    th scope="col" { (subject.word("bids.result")) }
                    th scope="col" { (subject.word("bids.reasons")) }
                }
            }
            tbody { @for placed in in_order(lot) { (row(subject, lot, placed)) } }
        }
    };
    framed(&label, &table)
}

fn row(subject: &Subject<'_>, lot: &LotFigures<'_>, (at, bid, comparable, status): Placed<'_>) -> Markup {
    let unit = lot.bid(at).and_then(|(.., screened)| screened.unit);
    let shown = |rank: u32| unit.map_or_else(|| rank.to_string(), |unit| format!("{} {rank}", unit.name()));
    let rank = lot.rank(at).map(|rank| (rank.to_string(), shown(rank)));
    let product = [&bid.product, &bid.spec];
    let product: Vec<String> = product.into_iter().flatten().map(|text| escape(text)).collect();
    html! {
        tr #(anchor::bid(&bid.id)) data-status=(status.name()) {
            (number_cell(rank))
            th scope="row" {
                (subject.supplier(&bid.supplier_id))
                @if !product.is_empty() { small { (product.join(" · ")) } }
            }
            (price_cell(bid.price))
            (price_cell(comparable.comparable_price))
            td { (subject.status(status)) }
            td {
                (because(subject, lot, at, status))
                @if let Some(needed) = sentences(subject.language, lot.price_to_win(at), status) {
                    small .needed { (needed) }
                }
                (steps(subject, lot, at))
            }
        }
    }
}

/// The step that decided a bid, in one sentence.
pub(super) fn because(subject: &Subject<'_>, lot: &LotFigures<'_>, at: usize, status: BidStatus) -> Markup {
    let reason = lot.bid(at).and_then(|(_, _, screened)| deciding(screened, status));
    html! {
        @if let Some(reason) = reason {
            (in_words(subject, reason)) " " (subject.source(&reason.cite))
        }
    }
}

fn in_words(subject: &Subject<'_>, reason: &Reason) -> String {
    escape(&sentence(subject.language, reason))
}

/// Every step with the numbers compared, in the order in which the office takes them. The rule of a step that is kept is plain from its sentence;
/// of the others it is named.
fn steps(subject: &Subject<'_>, lot: &LotFigures<'_>, at: usize) -> Markup {
    let reasons = lot.bid(at).map(|(_, _, screened)| screened.reasons.as_slice()).unwrap_or_default();
    html! {
        @if !reasons.is_empty() {
            details {
                summary { (subject.say("bids.steps", &[("count", &reasons.len().to_string())])) }
                ol {
                    @for reason in reasons {
                        li .fail[reason.verdict == Verdict::Fail] {
                            b { (verdict(subject, reason.verdict)) }
                            @if reason.verdict != Verdict::Pass {
                                " " (rule_title(subject.language, reason.rule)) (subject.word("colon"))
                            }
                            " " (in_words(subject, reason)) " " (subject.source(&reason.cite))
                            @if is_alternative(reason) { " " (subject.word("any_of")) }
                        }
                    }
                }
            }
        }
    }
}

/// Whether the rule is one of several of which any one suffices.
fn is_alternative(reason: &Reason) -> bool {
    reason.facts.iter().any(|fact| fact.name == "any_of")
}

/// A verdict as a mark and a word.
fn verdict(subject: &Subject<'_>, verdict: Verdict) -> &'static str {
    subject.word(match verdict {
        Verdict::Pass => "verdict.pass",
        Verdict::Fail => "verdict.fail",
        Verdict::NotApplicable => "verdict.not_applicable",
    })
}
