//! The proposed award, what it saves, who has an interest, and who signs.

use std::collections::{BTreeMap, BTreeSet};

use super::paper::{Block, Column, Group};
use super::words::{Words, dash};
use crate::diagnostics::escape;
use crate::report::reading::{count, percent, plain_money, plain_volume, won_price};
use crate::tender::{ControllerId, Outcome, SupplierId};
use crate::text::text;

/// Part 7: every winner with its price and volume.
pub(super) fn winners(words: &Words<'_>) -> Vec<Block> {
    let subject = words.subject;
    let mut groups = Vec::new();
    for lot in subject.lots {
        let mut rows = Vec::new();
        for winner in &lot.award.winners {
            let Some((bid, ..)) = lot.bid(winner.bid) else { continue };
            let [price, comparable] = lot.won_at(winner, &subject.screened().rules);
            let volume = lot.winner_volume(winner);
            rows.push(vec![
                subject.supplier(&bid.supplier_id),
                price.map_or_else(dash, |price| won_price(lot.screened, price)),
                comparable.map_or_else(dash, |price| won_price(lot.screened, price)),
                volume.map_or_else(dash, |volume| plain_volume(volume.agreed_volume)),
                volume.map_or_else(dash, |volume| plain_money(volume.value)),
                lot.award.term_years.map_or_else(dash, |years| years.to_string()),
            ]);
        }
        if !rows.is_empty() {
            groups.push(Group { title: subject.lot_label(lot), rows });
        }
    }
    let currency = subject.currency();
    let head = |key: &str| subject.say(key, &[("currency", &currency)]);
    let mut blocks = vec![Block::Table {
        caption: words.fill("award.caption", &[("count", &count(Group::rows(&groups)))]),
        columns: vec![
            Column::words(words.own("opening.supplier"), 1),
            Column::number(head("winners.price")),
            Column::number(head("winners.comparable")),
            Column::number(head("winners.volume")),
            Column::number(head("winners.value")),
            Column::number(head("lot.term")),
        ],
        groups,
    }];
    let open = subject.lots.iter().filter(|lot| lot.award.outcome != Outcome::Awarded);
    let open: Vec<String> = open.map(|lot| escape(lot.lot().id.as_str())).collect();
    if !open.is_empty() {
        let lots = open.join(subject.word("comma"));
        blocks.push(Block::Text { text: words.fill("award.open", &[("lots", &lots)]) });
    }
    blocks
}

/// Part 9: the savings of the whole tender against each baseline.
pub(super) fn savings(words: &Words<'_>) -> Block {
    let subject = words.subject;
    let share = |ratio: Option<_>| ratio.map_or_else(dash, |ratio| percent(ratio, 1));
    // Amounts to their last digit leave no room for a name beside them; it stands above.
    let groups = subject.savings.totals.iter().map(|saving| {
        let known = saving.saving.is_some();
        let money = |amount| if known { plain_money(amount) } else { dash() };
        let baseline = format!("report.summary.against.{}", saving.baseline.name());
        let row = vec![
            money(saving.reference_value),
            money(saving.covered_value),
            saving.saving.map_or_else(dash, plain_money),
            share(saving.cut),
            share(saving.simple_cut),
            share(saving.coverage),
            format!("{} / {}", saving.winners_covered, saving.winners),
        ];
        Group { title: text(subject.language, &baseline).to_owned(), rows: vec![row] }
    });
    let currency = subject.currency();
    let numbers = ["reference", "covered", "saving", "cut", "simple", "coverage", "winners"];
    let numbers =
        numbers.map(|key| Column::number(subject.say(&format!("savings.{key}"), &[("currency", &currency)])));
    Block::Table {
        caption: subject.word("savings.caption").to_owned(),
        columns: numbers.into_iter().collect(),
        groups: groups.collect(),
    }
}

/// Part 10: who is owned by whom, and lines for the signatories.
pub(super) fn conflicts(words: &Words<'_>) -> Vec<Block> {
    let subject = words.subject;
    let bids = subject.lots.iter().flat_map(|lot| lot.screened.each_bid());
    let bidders: BTreeSet<&SupplierId> = bids.map(|(bid, ..)| &bid.supplier_id).collect();
    let mut owned: BTreeMap<&ControllerId, Vec<String>> = BTreeMap::new();
    let mut unknown = 0_usize;
    for id in bidders {
        match subject.screened().suppliers.get(id).and_then(|supplier| supplier.controller.as_ref()) {
            Some(controller) => owned.entry(controller).or_default().push(subject.supplier(id)),
            None => unknown = unknown.saturating_add(1),
        }
    }
    owned.retain(|_, suppliers| suppliers.len() > 1);
    let mut blocks = Vec::new();
    let mut say = |text: String| blocks.push(Block::Text { text });
    if unknown > 0 {
        say(words.fill("conflicts.unknown", &[("count", &count(unknown))]));
    }
    if owned.is_empty() {
        say(words.own("conflicts.none").to_owned());
    } else {
        say(words.own("conflicts.found").to_owned());
        let items = owned.iter().map(|(controller, suppliers)| {
            let suppliers = suppliers.join(subject.word("comma"));
            let values = [("controller", &*escape(controller.as_str())), ("suppliers", &*suppliers)];
            words.fill("conflicts.controller", &values)
        });
        blocks.push(Block::List { items: items.collect() });
    }
    blocks.push(Block::Text { text: words.own("conflicts.declaration").to_owned() });
    blocks.push(Block::Lines { count: 3 });
    blocks
}

/// Part 11: who signs.
pub(super) fn signatures(words: &Words<'_>) -> Vec<Block> {
    let own = |key: &str| words.own(&format!("sign.{key}")).to_owned();
    let roles = ["chair", "member", "member", "member", "member", "supervisor"].map(own);
    let heads = ["role", "name", "signature", "date"].map(own);
    vec![Block::Text { text: own("text") }, Block::Signatures { heads, roles: roles.into() }]
}
