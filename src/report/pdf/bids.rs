//! The bids: as read, set aside, compared, not successful.

use super::paper::{Block, Column, Group};
use super::words::{Words, dash};
use crate::certify::BidStatus;
use crate::diagnostics::escape;
use crate::report::figures::LotFigures;
use crate::report::html::in_order;
use crate::report::published::deciding;
use crate::report::reading::{count, plain_price};
use crate::rules::{rule_title, sentence};
use crate::screen::Standing;
use crate::tender::{Bid, Reason};
use crate::text::text;

/// Part 4: every bid as it was filed, by supplier, so that nothing of the result shows in the order.
pub(super) fn opening(words: &Words<'_>) -> Vec<Block> {
    let subject = words.subject;
    let mut groups = Vec::new();
    for lot in subject.lots {
        let mut rows = Vec::new();
        let mut bids: Vec<&Bid> = lot.screened.each_bid().map(|(bid, ..)| bid).collect();
        bids.sort_by_key(|bid| (&bid.supplier_id, &bid.id));
        for bid in bids {
            let ceiling = bid.ceiling_price.or(lot.lot().ceiling_price);
            rows.push(vec![
                subject.supplier(&bid.supplier_id),
                product(bid),
                ceiling.map_or_else(dash, plain_price),
                bid.price.map_or_else(dash, plain_price),
                words.own(&format!("state.{}", bid.state.name())).to_owned(),
            ]);
        }
        groups.push(Group { title: subject.lot_label(lot), rows });
    }
    let head = |key: &str| words.own(&format!("opening.{key}"));
    vec![Block::Table {
        caption: words.fill("opening.caption", &[("count", &count(Group::rows(&groups)))]),
        columns: vec![
            Column::words(head("supplier"), 3),
            Column::words(head("product"), 3),
            Column::number(head("ceiling")),
            Column::number(head("price")),
            Column::narrow(head("state")),
        ],
        groups,
    }]
}

fn product(bid: &Bid) -> String {
    let said: Vec<String> =
        [&bid.product, &bid.spec].into_iter().flatten().map(|said| escape(said)).collect();
    if said.is_empty() { dash() } else { said.join(" · ") }
}

/// Part 5: bids that no price of theirs could save.
pub(super) fn preliminary(words: &Words<'_>) -> Vec<Block> {
    let subject = words.subject;
    let mut groups = Vec::new();
    for lot in subject.lots {
        let mut rows = Vec::new();
        for (at, bid, _, status) in in_order(lot) {
            let Some((.., screened)) = lot.bid(at) else { continue };
            if let Standing::Excluded { .. } = screened.standing {
                let why = deciding(screened, status).map_or_else(dash, |reason| in_words(words, reason));
                rows.push(vec![subject.supplier(&bid.supplier_id), why]);
            }
        }
        if !rows.is_empty() {
            groups.push(Group { title: subject.lot_label(lot), rows });
        }
    }
    if groups.is_empty() {
        return vec![Block::Text { text: words.own("preliminary.none").to_owned() }];
    }
    vec![reasons_table(words, "preliminary.caption", groups)]
}

/// Part 6: every bid with its rank and result.
pub(super) fn comparison(words: &Words<'_>) -> Block {
    let subject = words.subject;
    let mut groups = Vec::new();
    for lot in subject.lots {
        let mut rows = Vec::new();
        for (at, bid, comparable, status) in in_order(lot) {
            rows.push(vec![
                lot.rank(at).map_or_else(dash, |rank| rank.to_string()),
                subject.supplier(&bid.supplier_id),
                bid.price.map_or_else(dash, plain_price),
                comparable.comparable_price.map_or_else(dash, plain_price),
                result(words, status).to_owned(),
            ]);
        }
        groups.push(Group { title: subject.lot_label(lot), rows });
    }
    Block::Table {
        caption: words.fill("comparison.caption", &[("count", &count(Group::rows(&groups)))]),
        columns: vec![
            Column::number(words.own("comparison.rank")),
            Column::words(words.own("opening.supplier"), 1),
            Column::number(words.own("opening.price")),
            Column::number(subject.word("bids.comparable")),
            Column::narrow(words.own("comparison.result")),
        ],
        groups,
    }
}

fn result(words: &Words<'_>, status: BidStatus) -> &'static str {
    text(words.subject.language, &format!("report.status.{}", status.name()))
}

/// Part 8: every bid that did not win, with the rule that decided.
pub(super) fn rejections(words: &Words<'_>) -> Vec<Block> {
    let subject = words.subject;
    let (mut groups, mut waits) = (Vec::new(), false);
    for lot in subject.lots {
        let mut rows = Vec::new();
        for (at, bid, _, status) in in_order(lot) {
            if status == BidStatus::Won {
                continue;
            }
            let is_settled = matches!(status, BidStatus::Lost | BidStatus::Excluded);
            waits |= !is_settled;
            let why = deciding_words(words, lot, at, status);
            let why = if is_settled { why } else { format!("{}: {why}", result(words, status)) };
            rows.push(vec![subject.supplier(&bid.supplier_id), why]);
        }
        if !rows.is_empty() {
            groups.push(Group { title: subject.lot_label(lot), rows });
        }
    }
    if groups.is_empty() {
        return vec![Block::Text { text: words.own("rejections.none").to_owned() }];
    }
    let mut blocks = Vec::new();
    if waits {
        blocks.push(Block::Text { text: words.own("rejections.waiting").to_owned() });
    }
    blocks.push(reasons_table(words, "rejections.caption", groups));
    blocks
}

fn deciding_words(words: &Words<'_>, lot: &LotFigures<'_>, at: usize, status: BidStatus) -> String {
    let reason = lot.bid(at).and_then(|(.., screened)| deciding(screened, status));
    reason.map_or_else(dash, |reason| in_words(words, reason))
}

/// The rule, what was compared, and the number of its source.
fn in_words(words: &Words<'_>, reason: &Reason) -> String {
    let language = words.subject.language;
    let said = escape(&sentence(language, reason));
    let colon = words.subject.word("colon");
    format!("{}{colon}{said} {}", rule_title(language, reason.rule), words.source(&reason.cite))
}

fn reasons_table(words: &Words<'_>, caption: &str, groups: Vec<Group>) -> Block {
    Block::Table {
        caption: words.fill(caption, &[("count", &count(Group::rows(&groups)))]),
        columns: vec![
            Column::words(words.own("opening.supplier"), 2),
            Column::words(words.own("preliminary.reason"), 5),
        ],
        groups,
    }
}
