//! The annexes: supply by region, the numbers of the rules, sources, digests.

use super::paper::{Block, Column, Group};
use super::words::{Words, dash};
use crate::allocate::Basis;
use crate::diagnostics::escape;
use crate::report::limits::limits;
use crate::report::reading::{count, plain_money, plain_volume};
use crate::tender::Role;

/// Annex A.
pub(super) fn regions(words: &Words<'_>) -> Vec<Block> {
    let subject = words.subject;
    let mut groups = Vec::new();
    for lot in subject.lots {
        let mut rows = Vec::new();
        let mut found: Vec<_> = lot.allocation.regions.iter().collect();
        found.sort_by_key(|row| (&row.region, row.role, lot.bid(row.bid).map(|(bid, ..)| &bid.id)));
        for row in found {
            let Some((bid, ..)) = lot.bid(row.bid) else { continue };
            let has_volume = matches!(row.role, Role::Main | Role::OwnBrand);
            let if_known = |shown: String| if has_volume { shown } else { String::new() };
            rows.push(vec![
                subject.region(&row.region),
                subject.supplier(&bid.supplier_id),
                subject.role(row.role),
                if_known(plain_volume(row.agreed_volume)),
                if_known(plain_money(row.value)),
            ]);
        }
        groups.push(Group { title: subject.lot_label(lot), rows });
    }
    let currency = subject.currency();
    let head = |key: &str| subject.say(key, &[("currency", &currency)]);
    let mut blocks = Vec::new();
    if subject.lots.iter().any(|lot| lot.allocation.basis == Basis::SimulatedDraft) {
        blocks.push(Block::Text { text: subject.word("regions.assumed").to_owned() });
    }
    blocks.push(Block::Table {
        caption: subject.say("notice.supply_caption", &[("count", &count(Group::rows(&groups)))]),
        columns: vec![
            Column::words(head("regions.region"), 1),
            Column::words(words.own("opening.supplier"), 1),
            Column::narrow(head("notice.column.role")),
            Column::number(head("regions.volume")),
            Column::number(head("regions.value")),
        ],
        groups,
    });
    blocks
}

/// Annex B.
pub(super) fn rules(words: &Words<'_>) -> Vec<Block> {
    let subject = words.subject;
    let rules = &subject.screened().rules;
    let head = |key: &str| subject.word(&format!("rules.{key}"));
    let parameters = rules.parameters.iter().map(|parameter| {
        let own = parameter.overridden_from.as_deref();
        let own = own.map(|own| format!(" ({})", subject.say("rules.overridden", &[("own", own)])));
        vec![
            parameter.name.clone(),
            format!("{}{}", escape(&parameter.value), own.unwrap_or_default()),
            parameter.unit.to_string(),
            words.status(parameter.status),
            words.source(&parameter.cite),
        ]
    });
    let tables = rules.tables.iter().map(|table| {
        let rows = table.rows.iter().map(|(count, value)| format!("{count} → {value}"));
        vec![
            table.name.clone(),
            rows.collect::<Vec<_>>().join("; "),
            table.unit.to_string(),
            words.status(table.status),
            words.source(&table.cite),
        ]
    });
    let limits = limits(rules, subject.language)
        .into_iter()
        .map(|row| vec![row.says, row.scope, row.cite.map_or_else(dash, |cite| words.source(cite))]);
    let limits: Vec<Vec<String>> = limits.collect();
    let limited = (!limits.is_empty()).then(|| Block::Table {
        caption: subject.word("limits.caption").to_owned(),
        columns: vec![
            Column::words(subject.word("limits.limit"), 3),
            Column::words(subject.word("limits.scope"), 2),
            Column::narrow(head("source")),
        ],
        groups: Group::only(limits),
    });
    let numbers = Block::Table {
        caption: head("parameters").to_owned(),
        columns: vec![
            Column::words(head("parameter"), 2),
            Column::words(head("value"), 3),
            Column::narrow(head("unit")),
            Column::narrow(head("status")),
            Column::narrow(head("source")),
        ],
        groups: Group::only(parameters.chain(tables).collect()),
    };
    std::iter::once(numbers).chain(limited).collect()
}

/// Annex C.
pub(super) fn sources(words: &Words<'_>) -> Vec<Block> {
    let items = words.subject.sources().iter().map(|source| escape(source));
    vec![Block::Numbered { items: items.collect() }]
}

/// Annex D.
pub(super) fn digests(words: &Words<'_>, award_digest: &str) -> Vec<Block> {
    let subject = words.subject;
    let screened = subject.screened();
    let inputs = screened.inputs.iter().map(|input| vec![escape(&input.name), input.sha256.clone()]);
    let rules = subject.say("checking.rules", &[("id", &escape(&screened.rules.id))]);
    let rest =
        [vec![rules, screened.rules.sha256.clone()], vec!["award.json".to_owned(), award_digest.to_owned()]];
    let steps = ["one", "two", "three"].map(|step| subject.word(&format!("checking.{step}")).to_owned());
    vec![
        Block::Text { text: subject.word("checking.text").to_owned() },
        Block::Numbered { items: steps.into() },
        Block::Table {
            caption: subject.word("checking.caption").to_owned(),
            columns: vec![Column::words(subject.word("checking.file"), 1), Column::narrow("SHA-256")],
            groups: Group::only(inputs.chain(rest).collect()),
        },
        Block::Text { text: subject.say("checking.program", &[("version", env!("CARGO_PKG_VERSION"))]) },
    ]
}
