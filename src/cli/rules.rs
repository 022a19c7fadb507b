//! `jicai rules`.

mod diff;

pub(super) use diff::diff;

use std::collections::BTreeMap;
use std::path::Path;

use super::answer::{pair, paragraph, section, table};
use super::explain::titled;
use super::{Answer, Exit, usage};
use crate::diagnostics::{Diagnostics, plain};
use crate::read::{ReadOptions, text_file};
use crate::rules::{CitedTable, Parameter, RuleSet, RulesInstead, Status};
use crate::text::{Language, fill, text};

/// Every built-in rule set with its title.
pub(super) fn list(language: Language) -> Answer {
    let mut rows = Vec::new();
    for id in RuleSet::built_in_ids() {
        match read(id, language) {
            Ok(rules) => rows.push((
                id.to_owned(),
                format!("{}\n{}", title(&rules, language), in_force(&rules, language)),
            )),
            Err(answer) => return answer,
        }
    }
    Answer::done(table(&rows))
}

/// One rule set with its numbers and their sources.
pub(super) fn show(id: &str, language: Language) -> Answer {
    match any(id, language) {
        Ok(rules) => Answer::done(page(&rules, language)),
        Err(answer) => answer,
    }
}

/// Whether a name on the command line is a file and not a built-in rule set's id.
fn is_file(name: &str) -> bool {
    name.ends_with(".toml") || name.contains(['/', '\\'])
}

/// A rule set to put in the place of a tender's own: a built-in one by its id, or a file.
pub(super) fn instead(
    name: &str,
    without_overrides: bool,
    language: Language,
) -> Result<RulesInstead, Answer> {
    if !is_file(name) {
        return known(name, language).map(|()| RulesInstead {
            name: name.to_owned(),
            text: None,
            without_overrides,
        });
    }
    let (name, text) = text_of(name, language)?;
    Ok(RulesInstead { name, text: Some(text), without_overrides })
}

/// A rule set by its id or from a file.
pub(super) fn any(name: &str, language: Language) -> Result<RuleSet, Answer> {
    if !is_file(name) {
        return known(name, language).and_then(|()| read(name, language));
    }
    let (name, text) = text_of(name, language)?;
    RuleSet::from_toml(&name, &text, None, &BTreeMap::new()).map_err(|faults| refused(&faults, language))
}

fn known(id: &str, language: Language) -> Result<(), Answer> {
    let known: Vec<&str> = RuleSet::built_in_ids().collect();
    if known.contains(&id) { Ok(()) } else { Err(usage::unknown("rules.unknown", id, &known, language)) }
}

/// The name and text of a rule-set file.
fn text_of(path: &str, language: Language) -> Result<(String, String), Answer> {
    let path = Path::new(path);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    match text_file(folder, &name, &ReadOptions::default()) {
        Ok((source, _)) => Ok((name, source.text().to_owned())),
        Err(faults) => Err(refused(&faults, language)),
    }
}

fn refused(faults: &Diagnostics, language: Language) -> Answer {
    let exit = Exit::of_diagnostics(faults);
    Answer { results: String::new(), messages: plain(faults, language, false), exit }
}

/// A built-in rule set; that it cannot be read is an internal error.
pub(super) fn read(id: &str, language: Language) -> Result<RuleSet, Answer> {
    RuleSet::built_in(id, None, &BTreeMap::new()).map_err(|diagnostics| Answer {
        results: String::new(),
        messages: plain(&diagnostics, language, false),
        exit: Exit::Internal,
    })
}

fn title(rules: &RuleSet, language: Language) -> &str {
    match language {
        Language::English => &rules.title,
        Language::Chinese => &rules.title_zh,
    }
}

fn in_force(rules: &RuleSet, language: Language) -> String {
    let from = rules.in_force.to_string();
    match rules.until {
        None => fill(language, "cli.rules.in_force", &[("from", &from)]),
        Some(until) => {
            fill(language, "cli.rules.in_force_until", &[("from", &from), ("to", &until.to_string())])
        }
    }
}

fn page(rules: &RuleSet, language: Language) -> String {
    let say = |key: &str| text(language, &format!("cli.rules.{key}"));
    let mut page = paragraph(&format!("{} — {}", rules.id, title(rules, language)), 0);
    page.push_str(&paragraph(&in_force(rules, language), 0));
    page.push_str(&paragraph(&pair(say("source"), &rules.cite, language), 0));
    page.push_str(&paragraph(&pair(say("digest"), &rules.sha256, language), 0));
    let all = rules.parameters.len().saturating_add(rules.tables.len()).saturating_add(rules.rules.len());
    let counts = [("all", all.to_string()), ("unverified", rules.unverified().len().to_string())];
    let counts = counts.each_ref().map(|(name, count)| (*name, count.as_str()));
    page.push_str(&paragraph(&fill(language, "cli.rules.count", &counts), 0));
    page.push_str(&section(say("parameters"), language));
    for parameter in &rules.parameters {
        page.push_str(&parameter_entry(parameter, language));
    }
    if !rules.tables.is_empty() {
        page.push_str(&section(say("tables"), language));
    }
    for cited in &rules.tables {
        page.push_str(&table_entry(cited, language));
    }
    page.push_str(&section(say("steps"), language));
    for (number, rule) in (1_usize..).zip(&rules.rules) {
        page.push_str(&paragraph(&format!("{number}. {}", titled(rule, language)), 2));
    }
    page
}

fn status(status: Status, language: Language) -> &'static str {
    match status {
        Status::Verified => text(language, "cli.rules.verified"),
        Status::Unverified => text(language, "cli.rules.unverified"),
    }
}

fn parameter_entry(parameter: &Parameter, language: Language) -> String {
    let head = format!("{} = {} ({})", parameter.name, parameter.value, parameter.unit);
    entry(&head, parameter.status, &parameter.cite, "", language)
}

fn table_entry(cited: &CitedTable, language: Language) -> String {
    let rows: Vec<String> = cited.rows.iter().map(|(count, value)| format!("{count}: {value}")).collect();
    let head = format!("{} ({})", cited.name, cited.unit);
    entry(&head, cited.status, &cited.cite, &paragraph(&rows.join(", "), 6), language)
}

/// A name with its status, then `below`, then the source.
fn entry(head: &str, of: Status, cite: &str, below: &str, language: Language) -> String {
    let source = paragraph(&pair(text(language, "cli.rules.source"), cite, language), 6);
    format!("{}{below}{source}", paragraph(&format!("{head}, {}", status(of, language)), 2))
}
