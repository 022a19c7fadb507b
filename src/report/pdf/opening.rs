//! The first parts: what the report is about, what came out, and how.

use std::collections::BTreeSet;

use super::paper::{Block, Column, Group};
use super::words::{Words, dash};
use crate::diagnostics::{Diagnostics, escape};
use crate::report::figures::{Totals, widest};
use crate::report::html::{act, rules_title, waits_for};
use crate::report::reading::{count, headline_money, percent};
use crate::rules::{Status, rule_title};
use crate::tender::{Outcome, TenderKind};
use crate::text::text;

/// What must be known before any figure is read.
pub(super) fn banners(words: &Words<'_>) -> Vec<Block> {
    let (subject, rules) = (words.subject, &words.subject.screened().rules);
    let mut blocks = Vec::new();
    let mut banner = |strong: &str, text: String| {
        blocks.push(Block::Banner { strong: subject.word(strong).to_owned(), text });
    };
    if subject.screened().notice.is_illustrative() {
        banner("illustrative", subject.word("illustrative_text").to_owned());
    }
    let unverified = rules.unverified().len();
    if unverified > 0 {
        banner("unverified", subject.say("unverified_text", &[("count", &count(unverified))]));
    }
    let overrides: Vec<String> = rules
        .overrides()
        .map(|parameter| {
            let own = parameter.overridden_from.as_deref().unwrap_or_default();
            let values = [("name", &*parameter.name), ("value", &*escape(&parameter.value)), ("own", own)];
            subject.say("override", &values)
        })
        .collect();
    if !overrides.is_empty() {
        banner("overrides", overrides.join(subject.word("comma")));
    }
    blocks
}

/// Part 1.
pub(super) fn identification(words: &Words<'_>, award_digest: &str) -> Vec<Block> {
    let subject = words.subject;
    let screened = subject.screened();
    let (notice, rules) = (&screened.notice, &screened.rules);
    let bids: Vec<_> = subject.lots.iter().flat_map(|lot| lot.screened.each_bid()).collect();
    let suppliers: BTreeSet<_> = bids.iter().map(|(bid, ..)| &bid.supplier_id).collect();
    let kind = match notice.kind {
        TenderKind::Drug => "drug",
        TenderKind::Consumable => "consumable",
    };
    let facts = [
        ("tender", escape(&notice.id)),
        ("title", subject.title()),
        ("kind", words.own(&format!("kind.{kind}")).to_owned()),
        ("announced", notice.announced.to_string()),
        ("currency", subject.currency()),
        ("lots", count(subject.lots.len())),
        ("bids", count(bids.len())),
        ("suppliers", count(suppliers.len())),
        ("rules", format!("{} ({})", escape(&rules_title(subject)), escape(&rules.id))),
        ("in_force", rules.in_force.to_string()),
        ("source", notice.source.as_deref().map_or_else(dash, escape)),
        ("award", award_digest.to_owned()),
    ];
    let rows = facts.map(|(key, value)| [words.own(&format!("fact.{key}")).to_owned(), value]);
    let note = Block::Text { text: words.own("digest_note").to_owned() };
    vec![Block::Facts { headline: false, rows: rows.into() }, note]
}

/// Part 2.
pub(super) fn outcome(words: &Words<'_>) -> Result<Vec<Block>, Diagnostics> {
    let subject = words.subject;
    let totals = Totals::of(subject.lots)?;
    let currency = &subject.screened().notice.currency;
    let headline = |amount| headline_money(amount, currency, subject.language);
    let baseline = widest(subject.savings);
    let saving = subject.savings.totals.iter().find(|saving| Some(saving.baseline) == baseline);
    let mut rows = Vec::new();
    if let Some(saving) = saving {
        let against = text(subject.language, &format!("report.summary.against.{}", saving.baseline.name()));
        let reference = headline(saving.reference_value);
        let share = |ratio: Option<_>| ratio.map_or_else(dash, |ratio| percent(ratio, 2));
        let winners =
            [("covered", &*saving.winners_covered.to_string()), ("winners", &*saving.winners.to_string())];
        rows.extend([
            [
                saving.saving.map_or_else(dash, headline),
                subject.say("figure.saving", &[("against", against), ("reference", &reference)]),
            ],
            [
                share(saving.cut),
                subject.say("figure.cut", &[("against", against), ("simple", &share(saving.simple_cut))]),
            ],
            [share(saving.coverage), subject.say("figure.coverage", &winners)],
        ]);
    } else {
        rows.push([dash(), subject.word("figure.saving_unknown").to_owned()]);
    }
    let bids: usize = subject.lots.iter().map(|lot| lot.screened.bids.len()).sum();
    let won: usize = subject.lots.iter().map(|lot| lot.award.winners.len()).sum();
    let awarded = subject.lots.iter().filter(|lot| lot.award.outcome == Outcome::Awarded).count();
    let value = if totals.lots_open > 0 { "figure.value_open" } else { "figure.value" };
    rows.extend([
        [format!("{} / {}", count(won), count(bids)), subject.word("figure.winners").to_owned()],
        [
            format!("{} / {}", count(awarded), count(subject.lots.len())),
            subject.word("figure.lots").to_owned(),
        ],
        [headline(totals.award_value), subject.word(value).to_owned()],
    ]);
    Ok(vec![Block::Facts { headline: true, rows }, waiting(words)])
}

/// What waits for a human.
fn waiting(words: &Words<'_>) -> Block {
    let subject = words.subject;
    let open = subject.lots.iter().filter(|lot| lot.award.outcome != Outcome::Awarded);
    let items: Vec<String> = open
        .map(|lot| format!("{}{}{}", subject.lot_label(lot), subject.word("colon"), waits_for(subject, lot)))
        .collect();
    if items.is_empty() {
        Block::Text { text: subject.word("settled").to_owned() }
    } else {
        Block::List { items }
    }
}

/// Part 3: the rules in their order, and what humans decided.
pub(super) fn process(words: &Words<'_>) -> Vec<Block> {
    let subject = words.subject;
    let rules = &subject.screened().rules;
    let cited = rules.citations();
    let rows = (1_u32..).zip(&rules.rules).map(|(number, id)| {
        let found = cited.iter().find(|(rule, ..)| *rule == *id);
        let status = found.map_or_else(String::new, |(.., status)| words.status(*status));
        let source = found.map_or_else(String::new, |(_, cite, _)| words.source(cite));
        vec![number.to_string(), rule_title(subject.language, id).to_owned(), status, source]
    });
    let rules_table = Block::Table {
        caption: subject.word("rules.caption").to_owned(),
        columns: vec![
            Column::number(subject.word("rules.step")),
            Column::words(subject.word("rules.rule"), 1),
            Column::narrow(subject.word("rules.status")),
            Column::narrow(subject.word("rules.source")),
        ],
        groups: Group::only(rows.collect()),
    };
    let said = Block::Text { text: words.own("process.text").to_owned() };
    vec![said, rules_table, decisions(words)]
}

fn decisions(words: &Words<'_>) -> Block {
    let subject = words.subject;
    let said = |value: Option<&str>| value.map_or_else(dash, escape);
    let rows: Vec<Vec<String>> = subject
        .lots
        .iter()
        .flat_map(|lot| lot.lot().decisions.iter().map(move |decision| (lot, decision)))
        .map(|(lot, decision)| {
            vec![
                subject.lot_label(lot),
                subject.supplier(&decision.supplier_id),
                act(subject, lot, decision.act),
                said(decision.by.as_deref()),
                said(decision.on.map(|day| day.to_string()).as_deref()),
                said(decision.why.as_deref()),
                said(decision.document.as_deref()),
            ]
        })
        .collect();
    if rows.is_empty() {
        return Block::Text { text: subject.word("acts.no_decision").to_owned() };
    }
    let head = |key: &str| subject.word(&format!("acts.{key}"));
    Block::Table {
        caption: subject.word("acts.caption").to_owned(),
        columns: vec![
            Column::words(head("lot"), 2),
            Column::words(head("supplier"), 2),
            Column::words(head("act"), 1),
            Column::words(head("by"), 1),
            Column::narrow(head("on")),
            Column::words(head("why"), 2),
            Column::words(head("document"), 2),
        ],
        groups: Group::only(rows),
    }
}

impl Words<'_> {
    /// Whether a source was read.
    pub(super) fn status(&self, status: Status) -> String {
        self.subject.word(&format!("rules.{}", status.name())).to_owned()
    }
}
