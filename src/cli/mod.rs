//! The commands, one file each.
//!
//! A command makes an [`Answer`] from its arguments; what is printed, and where to, is decided in one place. Results go
//! to standard output, everything else to standard error. Nothing is coloured.

mod answer;
mod award_of;
mod check;
mod command_line;
mod compare;
mod completions;
mod draw;
mod effects;
mod evaluate;
mod execution;
mod exit;
mod explain;
mod help;
mod new;
mod payers;
mod policy;
mod progress;
mod project;
mod report;
mod retention;
mod rules;
mod schema;
mod settlement;
mod tables;
mod usage;
mod verify;

use std::ffi::{OsStr, OsString};

use clap::ArgMatches;

pub use answer::Answer;
pub use command_line::{LANGUAGE_VARIABLE, language};
pub use exit::Exit;

use crate::read::TextEncoding;
use crate::text::{Language, fill, text};

/// Carries out a command line; `arguments` begin with the program's name.
pub fn run(arguments: &[OsString], language: Language) -> Answer {
    let mut line = command_line::command_line(language);
    match line.try_get_matches_from_mut(arguments) {
        Ok(matches) => command(&matches, language),
        Err(fault) => usage::refused(&fault, &named(arguments, &line), language),
    }
}

/// What to say when [`language`] finds no language in the environment.
pub fn unknown_language(set: &str) -> Answer {
    usage::unknown("usage.environment", set, &[], Language::default())
}

/// What to say when the program stops at `place` in its own source.
pub fn stopped(place: Option<&str>, language: Language) -> Answer {
    let place = place.unwrap_or_else(|| text(language, "cli.usage.stopped_somewhere"));
    let message = fill(language, "cli.usage.stopped", &[("place", place)]);
    Answer { results: String::new(), messages: format!("{message}\n"), exit: Exit::Internal }
}

fn command(matches: &ArgMatches, language: Language) -> Answer {
    match matches.subcommand() {
        Some(("evaluate", of)) => evaluate::evaluate(of, language),
        Some(("check", of)) => check::check(of, language),
        Some(("compare", of)) => compare::compare(of, language),
        Some(("verify", of)) => verify::verify(of, language),
        Some(("draw", of)) => draw::draw(of, language),
        Some(("explain", of)) => explain::explain(of, language),
        Some(("report", of)) if of.get_flag("policy") => policy::policy(of, language),
        Some(("report", of)) => report::report(of, language),
        Some(("new", of)) => new::new(of, language),
        Some(("completions", of)) => completions::completions(of, language),
        Some(("effects", of)) => effects::effects(of, language),
        Some(("execution", of)) => execution::execution(of, language),
        Some(("payers", of)) => payers::payers(of, language),
        Some(("project", of)) => project::project(of, language),
        Some(("retention", of)) => retention::retention(of, language),
        Some(("schema", of)) => schema::schema(of, language),
        Some(("settlement", of)) => settlement::settlement(of, language),
        Some(("rules", of)) => match of.subcommand() {
            Some(("diff", of)) => rules::diff(of, language),
            Some(("show", of)) => rules::show(word(of, "id"), language),
            _ => rules::list(language),
        },
        Some(("help", of)) => {
            let words: Vec<String> = of.get_many("command").into_iter().flatten().cloned().collect();
            help::help(&words, language)
        }
        _ => help::help(&[], language),
    }
}

/// The commands that a line names, as in `jicai rules show`.
fn named(arguments: &[OsString], line: &clap::Command) -> String {
    let mut path = vec!["jicai".to_owned()];
    let mut at = line;
    for word in arguments.iter().skip(1).filter_map(|word| word.to_str()) {
        if let Some(below) = at.find_subcommand(word) {
            path.push(word.to_owned());
            at = below;
        }
    }
    path.join(" ")
}

/// A text argument; empty when it is absent.
fn word<'a>(matches: &'a ArgMatches, name: &str) -> &'a str {
    matches.get_one::<String>(name).map_or("", String::as_str)
}

fn wants_json(matches: &ArgMatches) -> bool {
    word(matches, "format") == "json"
}

/// How the tender is to be read.
fn encoding(matches: &ArgMatches, language: Language) -> Result<Option<TextEncoding>, Answer> {
    match matches.get_one::<String>("encoding") {
        None => Ok(None),
        Some(label) => match TextEncoding::from_label(label) {
            Some(encoding) => Ok(Some(encoding)),
            None => {
                let known = ["utf-8", "gb18030", "gbk", "gb2312", "utf-16le", "utf-16be", "big5"];
                Err(usage::unknown("usage.encoding", label, &known, language))
            }
        },
    }
}

/// A path as it is shown.
fn shown(path: &OsStr) -> String {
    crate::diagnostics::escape(&path.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_internal_fault_is_said_in_one_line() {
        for language in Language::ALL {
            for place in [Some("src/x.rs:7"), None] {
                let answer = stopped(place, language);
                assert_eq!((answer.exit.code(), answer.results.as_str()), (70, ""));
                assert_eq!(answer.messages.matches('\n').count(), 1);
                assert!(answer.messages.contains(place.unwrap_or("")));
            }
        }
    }
}
