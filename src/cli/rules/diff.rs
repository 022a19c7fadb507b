//! `jicai rules diff`.

use clap::ArgMatches;
use serde::Serialize;

use super::super::answer::{pair, paragraph, section};
use super::super::explain::titled;
use super::super::{Answer, wants_json, word};
use super::{any, in_force, title};
use crate::rules::{ArgumentDiff, RuleDiff, RuleSet, RuleSetDiff, Stated};
use crate::text::{Language, fill, text};

/// Shows what differs between two rule sets.
pub(in crate::cli) fn diff(matches: &ArgMatches, language: Language) -> Answer {
    let read = |name| any(word(matches, name), language);
    let (before, after) = match read("before").and_then(|before| Ok((before, read("after")?))) {
        Ok(both) => both,
        Err(answer) => return answer,
    };
    let found = RuleSetDiff::between(&before, &after);
    Answer::done(if wants_json(matches) {
        as_json(&before, &after, &found)
    } else {
        page(&before, &after, &found, language)
    })
}

fn say(key: &str, language: Language) -> &'static str {
    text(language, &format!("cli.rules_diff.{key}"))
}

fn page(before: &RuleSet, after: &RuleSet, found: &RuleSetDiff, language: Language) -> String {
    let mut page = String::new();
    for (mark, set) in [("A", before), ("B", after)] {
        let shown = format!("{} — {} ({})", set.id, title(set, language), in_force(set, language));
        page.push_str(&hanging(&pair(mark, &shown, language), 0));
    }
    let changed = || found.rules.iter().filter(|rule| !rule.is_only_cited_otherwise());
    for (key, there) in [("changed", [true, true]), ("removed", [true, false]), ("added", [false, true])] {
        let is = |rule: &&RuleDiff| rule.cites.each_ref().map(Option::is_some) == there;
        let mut rules = changed().filter(is).peekable();
        if rules.peek().is_some() {
            page.push_str(&section(say(key, language), language));
        }
        for rule in rules {
            page.push_str(&rule_entry(rule, language));
        }
    }
    let names = |rules: &mut dyn Iterator<Item = &'static str>| {
        rules.collect::<Vec<_>>().join(text(language, "report.summary.comma"))
    };
    let cited =
        names(&mut found.rules.iter().filter(|rule| rule.is_only_cited_otherwise()).map(|rule| rule.id));
    for (key, names) in [("cited", cited), ("alike", names(&mut found.alike.iter().copied()))] {
        if !names.is_empty() {
            page.push_str(&section(say(key, language), language));
            page.push_str(&paragraph(&names, 2));
        }
    }
    page
}

/// A paragraph whose later lines are set in by two.
fn hanging(text: &str, indent: usize) -> String {
    let whole = paragraph(text, indent.saturating_add(2));
    let first = whole.trim_start();
    format!("{}{first}", " ".repeat(indent))
}

fn rule_entry(rule: &RuleDiff, language: Language) -> String {
    let mut entry = hanging(&titled(rule.id, language), 2);
    if !rule.is_grouped_alike() && rule.cites.iter().all(Option::is_some) {
        let key = if rule.any[1].is_some() { "grouped" } else { "alone" };
        entry.push_str(&hanging(say(key, language), 4));
    }
    let only = rule.cites.iter().any(Option::is_none);
    if only && rule.any.iter().any(Option::is_some) {
        entry.push_str(&hanging(text(language, "report.explained.any_of"), 4));
    }
    for argument in &rule.arguments {
        entry.push_str(&argument_entry(argument, only, language));
    }
    if only {
        for cite in rule.cites.iter().flatten() {
            entry.push_str(&hanging(&pair(text(language, "cli.rules.source"), cite, language), 4));
        }
    }
    entry
}

/// An argument with its values side by side; with its value alone when the rule is in one set only.
fn argument_entry(argument: &ArgumentDiff, only: bool, language: Language) -> String {
    let rows = argument.changed_rows();
    if rows.is_empty() {
        return String::new();
    }
    let none = say("none", language);
    let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| none.to_owned());
    let rows: Vec<String> = rows
        .iter()
        .map(|(count, [before, after])| {
            let values = if only {
                shown(before.as_ref().map_or(after, |_| before))
            } else {
                format!("{} → {}", shown(before), shown(after))
            };
            if count.is_empty() { values } else { format!("{count}: {values}") }
        })
        .collect();
    let unit = argument.stated.iter().flatten().next().map_or("", |stated| stated.unit.as_str());
    let by_line = !only && rows.len() > 1;
    let inline = if by_line { String::new() } else { rows.join(", ") };
    let values = [("argument", argument.argument.as_str()), ("unit", unit), ("rows", inline.as_str())];
    let mut entry = hanging(fill(language, "cli.rules_diff.argument", &values).trim_end(), 4);
    for row in rows.iter().filter(|_| by_line) {
        entry.push_str(&hanging(row, 6));
    }
    let [before, after] =
        argument.stated.each_ref().map(|stated| stated.as_ref().map(|stated| cite(stated, language)));
    if !only && before == after {
        entry.push_str(&hanging(&pair(text(language, "cli.rules.source"), &shown(&before), language), 6));
    } else if !only {
        for (mark, cite) in [("A", before), ("B", after)] {
            if let Some(cite) = cite {
                entry.push_str(&hanging(&pair(mark, &cite, language), 6));
            }
        }
    }
    entry
}

fn cite(stated: &Stated, language: Language) -> String {
    let values = [("cite", stated.cite.as_str()), ("status", super::status(stated.status, language))];
    fill(language, "cli.rules_diff.cite", &values)
}

#[derive(Serialize)]
struct DiffFile<'a> {
    schema: &'static str,
    before: &'a str,
    after: &'a str,
    rules: Vec<RuleRow<'a>>,
    alike: &'a [&'static str],
}

#[derive(Serialize)]
struct RuleRow<'a> {
    rule: &'a str,
    change: &'static str,
    cite: &'a [Option<String>; 2],
    any: &'a [Option<String>; 2],
    arguments: Vec<ArgumentRow<'a>>,
}

#[derive(Serialize)]
struct ArgumentRow<'a> {
    argument: &'a str,
    name: [Option<&'a str>; 2],
    unit: [Option<&'a str>; 2],
    cite: [Option<&'a str>; 2],
    status: [Option<&'static str>; 2],
    rows: Vec<CountRow>,
}

#[derive(Serialize)]
struct CountRow {
    count: Option<String>,
    value: [Option<String>; 2],
}

/// Two values in a list are the one before and the one after.
fn as_json(before: &RuleSet, after: &RuleSet, found: &RuleSetDiff) -> String {
    let file = DiffFile {
        schema: "jicai-rules-diff-1",
        before: &before.id,
        after: &after.id,
        rules: found.rules.iter().map(rule_row).collect(),
        alike: &found.alike,
    };
    // Structs of texts and lists always serialise.
    format!("{}\n", serde_json::to_string_pretty(&file).unwrap_or_default())
}

fn rule_row(rule: &RuleDiff) -> RuleRow<'_> {
    let change = match &rule.cites {
        [None, _] => "added",
        [_, None] => "removed",
        _ if rule.is_only_cited_otherwise() => "cited_otherwise",
        _ => "changed",
    };
    RuleRow {
        rule: rule.id,
        change,
        cite: &rule.cites,
        any: &rule.any,
        arguments: rule.arguments.iter().map(argument_row).collect(),
    }
}

fn argument_row(argument: &ArgumentDiff) -> ArgumentRow<'_> {
    let stated = argument.stated.each_ref().map(Option::as_ref);
    ArgumentRow {
        argument: &argument.argument,
        name: stated.map(|stated| stated.map(|stated| stated.name.as_str())),
        unit: stated.map(|stated| stated.map(|stated| stated.unit.as_str())),
        cite: stated.map(|stated| stated.map(|stated| stated.cite.as_str())),
        status: stated.map(|stated| stated.map(|stated| stated.status.name())),
        rows: argument
            .changed_rows()
            .into_iter()
            .map(|(count, value)| CountRow { count: Some(count).filter(|count| !count.is_empty()), value })
            .collect(),
    }
}
