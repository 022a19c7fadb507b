//! Draws that are open, and what humans decided, with the reference of the document.

use maud::{Markup, html};

use super::framed;
use super::opening::tie_in_words;
use super::subject::Subject;
use crate::certify::Tie;
use crate::diagnostics::escape;
use crate::report::draw::options;
use crate::report::figures::LotFigures;
use crate::tender::{Act, Decision, Outcome};

/// The section on draws and human decisions.
pub(super) fn acts(subject: &Subject<'_>) -> Markup {
    let open: Vec<(&LotFigures<'_>, &Tie)> =
        subject.lots.iter().flat_map(|lot| lot.award.ties.iter().map(move |tie| (lot, tie))).collect();
    let decided: Vec<(&LotFigures<'_>, &Decision)> = subject
        .lots
        .iter()
        .flat_map(|lot| lot.lot().decisions.iter().map(move |decision| (lot, decision)))
        .collect();
    html! {
        section #acts {
            h2 { (subject.word("section.acts")) }
            @if open.is_empty() {
                p { (subject.word("acts.no_draw")) }
            } @else {
                h3 { (subject.word("acts.open")) }
                ul {
                    @for (lot, tie) in open {
                        li { (subject.lot_link(lot)) ": " (tie_in_words(subject, lot, tie)) " "
                            @if lot.award.outcome == Outcome::DrawRequired {
                                strong { (subject.word("acts.needed")) } (results(subject, lot, tie))
                            } @else {
                                (subject.word("acts.settled")) (subject.word("colon")) (tied(subject, lot, &tie.bids))
                            } }
                    }
                }
            }
            @if decided.is_empty() {
                p { (subject.word("acts.no_decision")) }
            } @else {
                (decisions(subject, &decided))
            }
        }
    }
}

/// The suppliers of some bids.
fn tied(subject: &Subject<'_>, lot: &LotFigures<'_>, bids: &[usize]) -> String {
    let bids = bids.iter().filter_map(|bid| Some(subject.supplier(&lot.bid(*bid)?.0.supplier_id)));
    bids.collect::<Vec<_>>().join(subject.word("comma"))
}

/// The results that a draw can have, or their number.
fn results(subject: &Subject<'_>, lot: &LotFigures<'_>, tie: &Tie) -> Markup {
    let options = options(lot, tie);
    let names = |set: &[usize]| tied(subject, lot, set);
    html! {
        p { (names(&tie.bids)) }
        p { (subject.say("acts.options", &[("count", &options.count.to_string())])) }
        @if let Some(listed) = options.listed {
            ol { @for set in &listed { li { (names(set)) } } }
        }
    }
}

fn decisions(subject: &Subject<'_>, decided: &[(&LotFigures<'_>, &Decision)]) -> Markup {
    let label = subject.word("acts.caption");
    let heads = ["lot", "supplier", "region", "act", "by", "on", "why", "document"];
    let table = html! {
        table .sortable .decisions {
            caption { (label) }
            thead { tr { @for head in heads { th scope="col" { (subject.word(&format!("acts.{head}"))) } } } }
            tbody {
                @for (lot, decision) in decided {
                    tr {
                        td { (subject.lot_link(lot)) }
                        td { (subject.supplier(&decision.supplier_id)) }
                        td { (decision.region.as_ref().map(|region| subject.region(region)).unwrap_or_default()) }
                        td { (act(subject, lot, decision.act)) }
                        @for said in [&decision.by, &decision.on.map(|day| day.to_string()), &decision.why, &decision.document] {
                            td { (said.as_deref().map_or_else(|| "—".to_owned(), escape)) }
                        }
                    }
                }
            }
        }
    };
    framed(label, &table)
}

pub(in crate::report) fn act(subject: &Subject<'_>, lot: &LotFigures<'_>, act: Act) -> String {
    match act {
        Act::Draw(_) if lot.screened.places.is_none() => subject.word("act.draw_award").to_owned(),
        Act::Draw(place) => subject.say("act.draw", &[("place", &place.to_string())]),
        Act::Disqualified => subject.word("act.disqualified").to_owned(),
        Act::Withdrawn => subject.word("act.withdrawn").to_owned(),
        Act::Negotiated => subject.word("act.negotiated").to_owned(),
        Act::NoAward => subject.word("act.no_award").to_owned(),
    }
}
