//! `jicai explain`.

use std::fmt::Write as _;

use clap::ArgMatches;

use super::answer::{paragraph, table};
use super::{Answer, rules, usage, word};
use crate::diagnostics::Code;
use crate::rules::{RuleSet, rule_ids};
use crate::text::{Language, find, text};

/// Explains an error code or a rule, or lists them all.
pub(super) fn explain(matches: &ArgMatches, language: Language) -> Answer {
    if matches.get_flag("all") {
        return Answer::done(list(language));
    }
    let given = word(matches, "subject").trim();
    if let Some(code) = Code::from_id(given) {
        return Answer::done(of_code(code, language));
    }
    let asked = given.to_lowercase();
    match rule_ids().into_iter().find(|id| *id == asked) {
        Some(id) => of_rule(id, language),
        None => {
            let known: Vec<&str> = Code::ALL.iter().map(|code| code.id()).chain(rule_ids()).collect();
            usage::unknown("explain.unknown", given, &known, language)
        }
    }
}

/// A text of a code as it stands in the catalogue; the values that it is filled with differ from case to case.
fn of(code: Code, part: &str, language: Language) -> &'static str {
    text(language, &code.text_key(part))
}

fn of_code(code: Code, language: Language) -> String {
    let sections =
        [("message", "message"), ("meaning", "explanation"), ("wrong", "example"), ("help", "help")];
    let severity = text(language, &format!("errors.word.{}", code.severity().name()));
    let mut page = paragraph(&format!("{severity} {}", code.id()), 0);
    for (title, part) in sections {
        let title = text(language, &format!("cli.explain.{title}"));
        let _ = write!(page, "\n{title}:\n{}", paragraph(of(code, part, language), 2));
    }
    page
}

fn of_rule(id: &str, language: Language) -> Answer {
    let mut page = paragraph(&titled(id, language), 0);
    if let Some(checks) = find(language, &format!("rules.{id}.checks")) {
        let _ = write!(page, "\n{}", paragraph(checks, 0));
    }
    let mut users = Vec::new();
    for set in RuleSet::built_in_ids() {
        match rules::read(set, language) {
            Ok(read) if read.rules.contains(&id) => users.push(set),
            Ok(_) => {}
            Err(answer) => return answer,
        }
    }
    let used_by = text(language, "cli.explain.used_by");
    page.push('\n');
    page.push_str(&paragraph(&format!("{used_by}: {}", users.join(", ")), 0));
    Answer::done(page)
}

/// A rule's id with its title.
pub(super) fn titled(id: &str, language: Language) -> String {
    match find(language, &format!("rules.{id}.title")) {
        Some(title) => format!("{id}: {title}"),
        None => id.to_owned(),
    }
}

fn list(language: Language) -> String {
    let heading = |key: &str| text(language, &format!("cli.explain.{key}"));
    let codes =
        Code::ALL.iter().map(|code| (code.id().to_owned(), of(*code, "message", language).to_owned()));
    let rules = rule_ids().into_iter().map(|id| {
        let title = find(language, &format!("rules.{id}.title")).unwrap_or_default();
        (id.to_owned(), title.to_owned())
    });
    format!(
        "{}:\n{}\n{}:\n{}",
        heading("codes"),
        table(&codes.collect::<Vec<_>>()),
        heading("rules"),
        table(&rules.collect::<Vec<_>>())
    )
}
