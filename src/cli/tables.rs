//! What the commands that print tables have in common: their formats, their payer profiles, and refusals of values.

use std::path::Path;

use clap::ArgMatches;

use super::{Answer, Exit, word};
use crate::Evaluation;
use crate::allocate::Basis;
use crate::diagnostics::{Diagnostic, Diagnostics, json, plain};
use crate::money::{Money, Ratio, UnitPrice};
use crate::read::{ReadOptions, any_text_file};
use crate::report::tables::{Tables, Value};
use crate::savings::payers::Profile;
use crate::tender::Date;
use crate::text::{Language, fill, text};

/// The built-in profile that counts when none is named.
pub(super) const PROFILE: &str = "cn-jiangxi-2022";

/// Tables in the format asked for, with warnings.
pub(super) fn printed(
    tables: &Tables,
    warnings: &Diagnostics,
    matches: &ArgMatches,
    language: Language,
) -> Answer {
    let results = match word(matches, "format") {
        "json" => tables.json(),
        "csv" => tables.csv(),
        _ => tables.page(language),
    };
    let messages = if warnings.is_empty() { String::new() } else { said(warnings, matches, language) };
    Answer { results, messages, exit: Exit::Done }
}

/// Tables that rest on an evaluated tender: what a reader should know of it stands above all, and the run ends as the
/// evaluation would.
pub(super) fn of_tender(
    mut tables: Tables,
    evaluation: &Evaluation,
    matches: &ArgMatches,
    language: Language,
) -> Answer {
    let mut notes = standing(evaluation, language);
    notes.append(&mut tables.notes);
    let open = evaluation.allocation.lots.iter().filter(|lot| lot.basis == Basis::Open).count();
    tables.facts.push(("lots_open", Value::number(open)));
    tables.notes = notes;
    let exit = Exit::of_outcome(evaluation.award.outcome());
    Answer { exit, ..printed(&tables, &evaluation.warnings, matches, language) }
}

/// What an award rests on that nobody has read, proved or seen.
fn standing(evaluation: &Evaluation, language: Language) -> Vec<String> {
    let screened = evaluation.award.screened();
    let lots = &evaluation.allocation.lots;
    let count = |basis: Basis| lots.iter().filter(|lot| lot.basis == basis).count();
    let mut notes = Vec::new();
    if screened.notice.is_illustrative() {
        notes.push(text(language, "report.summary.illustrative").to_owned());
    }
    let unverified = screened.rules.unverified().len();
    if unverified > 0 {
        let key = "report.summary.unverified";
        notes.push(fill(language, key, &[("count", &unverified.to_string())]));
    }
    let simulated = count(Basis::SimulatedDraft);
    if simulated > 0 {
        let values = [("count", &*simulated.to_string()), ("lots", &*lots.len().to_string())];
        notes.push(fill(language, "report.summary.assumed", &values));
    }
    let open = count(Basis::Open);
    if open > 0 {
        notes.push(fill(language, "savings.open", &[("count", &open.to_string())]));
    }
    notes
}

/// What was wrong, and nothing else.
pub(super) fn refused(found: &Diagnostics, matches: &ArgMatches, language: Language) -> Answer {
    Answer {
        results: String::new(),
        messages: said(found, matches, language),
        exit: Exit::of_diagnostics(found),
    }
}

fn said(found: &Diagnostics, matches: &ArgMatches, language: Language) -> String {
    if word(matches, "format") == "json" { json(found, language) } else { plain(found, language, false) }
}

/// One fault without a place.
pub(super) fn one(fault: Diagnostic) -> Diagnostics {
    fault.into()
}

/// The payer profile of an id or a file.
pub(super) fn profile(named: &str) -> Result<Profile, Diagnostics> {
    if !named.ends_with(".toml") {
        return Profile::built_in(named);
    }
    let (source, _) = any_text_file(Path::new(named), &ReadOptions::default())?;
    Profile::from_toml(&source)
}

/// A value of the command line that cannot be understood.
pub(super) fn wrong_value(key: &str, option: &str, given: &str, language: Language) -> Answer {
    let given = super::answer::quoted(given);
    let message = fill(language, &format!("cli.{key}"), &[("given", &given), ("option", option)]);
    Answer::refused(language, &message, &[text(language, "cli.value.help").to_owned()], Exit::Usage)
}

/// An amount of money on the command line.
pub(super) fn money(matches: &ArgMatches, name: &str, language: Language) -> Result<Option<Money>, Answer> {
    let Some(given) = matches.get_one::<String>(name) else { return Ok(None) };
    let option = format!("--{name}");
    Money::parse(given).map(Some).map_err(|_| wrong_value("value.number", &option, given, language))
}

/// A price above zero on the command line.
pub(super) fn price(
    matches: &ArgMatches,
    name: &str,
    language: Language,
) -> Result<Option<UnitPrice>, Answer> {
    let Some(given) = matches.get_one::<String>(name) else { return Ok(None) };
    let option = format!("--{name}");
    UnitPrice::parse_positive(given)
        .map(Some)
        .map_err(|_| wrong_value("value.number", &option, given, language))
}

/// A part of one on the command line.
pub(super) fn share(matches: &ArgMatches, name: &str, language: Language) -> Result<Option<Ratio>, Answer> {
    let Some(given) = matches.get_one::<String>(name) else { return Ok(None) };
    let option = format!("--{name}");
    match Ratio::parse(given) {
        Ok(share) if share <= Ratio::ONE => Ok(Some(share)),
        Ok(_) => Err(wrong_value("value.share", &option, given, language)),
        Err(_) => Err(wrong_value("value.number", &option, given, language)),
    }
}

/// A day on the command line.
pub(super) fn date(given: &str, language: Language) -> Result<Date, Answer> {
    Date::parse(given).ok_or_else(|| wrong_value("value.date", "", given, language))
}
