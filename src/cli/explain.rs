//! `jicai explain`: a code, a rule, or a lot and a bid of a tender.

mod tender;

use std::fmt::Write as _;
use std::path::Path;

use clap::ArgMatches;

use super::answer::{pair, paragraph, section, table};
use super::{Answer, rules, usage, word};
use crate::diagnostics::Code;
use crate::rules::{RuleSet, case_file, rule_ids, rule_title};
use crate::text::{Language, find, text};

/// Explains an error code or a rule, or lists them all.
pub(super) fn explain(matches: &ArgMatches, language: Language) -> Answer {
    if matches.get_flag("all") {
        return Answer::done(list(language));
    }
    let given = word(matches, "subject").trim();
    if matches.contains_id("lot") {
        return tender::of_tender(given, matches, language);
    }
    if let Some(code) = Code::from_id(given) {
        return Answer::done(of_code(code, language));
    }
    let asked = given.to_lowercase();
    if asked == BASELINES {
        return Answer::done(of_baselines(language));
    }
    if asked == DRAW {
        return Answer::done(of_draw(language));
    }
    match rule_ids().find(|id| *id == asked) {
        Some(id) => of_rule(id, language),
        None if Path::new(given).is_dir() => usage::plain_refusal("explain.which_lot", language),
        None => {
            let known: Vec<&str> =
                Code::ALL.iter().map(|code| code.id()).chain(rule_ids()).chain([BASELINES, DRAW]).collect();
            usage::unknown("explain.unknown", given, &known, language)
        }
    }
}

/// The subject that is neither a code nor a rule: why two figures of one saving differ.
const BASELINES: &str = "baselines";

/// How a draw from a public seed goes, and how to repeat it.
const DRAW: &str = "draw";

fn of_draw(language: Language) -> String {
    let title = paragraph(text(language, "cli.draw.about"), 0);
    format!("{title}\n{}", paragraph(text(language, "cli.draw.explained"), 0))
}

fn of_baselines(language: Language) -> String {
    let title = paragraph(text(language, "savings.stents.title"), 0);
    format!("{title}\n{}", paragraph(text(language, "savings.stents.text"), 0))
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
        page.push_str(&section(title, language));
        page.push_str(&paragraph(of(code, part, language), 2));
    }
    page
}

fn of_rule(id: &str, language: Language) -> Answer {
    let mut page = paragraph(&titled(id, language), 0);
    if let Some(checks) = find(language, &format!("cli.checks.{id}")) {
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
    if !users.is_empty() {
        page.push('\n');
        page.push_str(&paragraph(&pair(used_by, &users.join(", "), language), 0));
    }
    if let Some(file) = case_file(id) {
        page.push_str(&section(text(language, "cli.explain.cases"), language));
        page.push_str(&cases(file));
    }
    Answer::done(page)
}

/// A case file without its title, after two blanks; its own lines, but none wider than the page.
fn cases(file: &str) -> String {
    let body = file.split_once('\n').map_or("", |(_, body)| body).trim();
    let mut shown = String::new();
    let mut running = String::new();
    let flush = |running: &mut String, shown: &mut String| {
        if !running.is_empty() {
            shown.push_str(&paragraph(running, 2));
            running.clear();
        }
    };
    for line in body.lines() {
        let set = line.is_empty() || line.starts_with(['|', '#', '`', '[', '-']) || line.contains(" = ");
        if set {
            flush(&mut running, &mut shown);
            shown.push_str(&paragraph(line, if line.is_empty() { 0 } else { 2 }));
            if line.is_empty() {
                shown.push('\n');
            }
        } else {
            if !running.is_empty() {
                running.push(' ');
            }
            running.push_str(line);
        }
    }
    flush(&mut running, &mut shown);
    shown
}

/// A rule's id with its title.
pub(super) fn titled(id: &str, language: Language) -> String {
    pair(id, rule_title(language, id), language)
}

fn list(language: Language) -> String {
    let heading = |key: &str| text(language, &format!("cli.explain.{key}"));
    let message = |code: &Code| (code.id().to_owned(), of(*code, "message", language).to_owned());
    let mut codes: Vec<(String, String)> = Code::ALL.iter().map(message).collect();
    codes.sort();
    let rules = rule_ids().map(|id| (id.to_owned(), rule_title(language, id).to_owned()));
    let codes = section(heading("codes"), language) + &table(&codes);
    let rules = section(heading("rules"), language) + &table(&rules.collect::<Vec<_>>());
    format!("{}{rules}", codes.trim_start())
}
