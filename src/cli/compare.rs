//! `jicai compare`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::evaluate::scenarios;
use super::rules::instead;
use super::{Answer, Exit, encoding, usage, word};
use crate::diagnostics::{Diagnostics, json, plain};
use crate::read::ReadOptions;
use crate::report::{self, ReportFiles, changes};
use crate::rules::RulesInstead;
use crate::solve::Effort;
use crate::tender::{Supplier, SupplierId};
use crate::text::Language;
use crate::whatif::{Ask, Run};
use crate::{evaluate_and_ask, evaluate_under};

/// Shows what differs between two reports, or between two runs of a tender.
pub(super) fn compare(matches: &ArgMatches, language: Language) -> Answer {
    let paths: Vec<&PathBuf> = matches.get_many::<PathBuf>("award").into_iter().flatten().collect();
    let rules: Vec<&String> = matches.get_many::<String>("rules").into_iter().flatten().collect();
    let scenarios: Vec<&str> =
        matches.get_many::<String>("scenario").into_iter().flatten().map(String::as_str).collect();
    let found = match (paths.as_slice(), rules.as_slice()) {
        ([tender], []) if !scenarios.is_empty() => {
            match of_scenarios(tender, &scenarios, matches, language) {
                Ok(found) => found,
                Err(answer) => return answer,
            }
        }
        ([before, after], []) => changes::of_folders(before, after),
        ([tender], [_] | [_, _]) => match runs(tender, &rules, matches, language) {
            Ok(found) => found,
            Err(answer) => return answer,
        },
        _ => return usage::plain_refusal("compare.what", language),
    };
    match found {
        Ok(found) => Answer::done(match word(matches, "format") {
            "json" => found.json(),
            "csv" => found.csv(language),
            _ => found.page(language),
        }),
        Err(faults) => {
            let exit = Exit::of_diagnostics(&faults);
            let as_json = word(matches, "format") == "json";
            let messages = if as_json { json(&faults, language) } else { plain(&faults, language, false) };
            Answer { results: String::new(), messages, exit }
        }
    }
}

/// A tender under two rule sets; with one given, under its own first.
fn runs(
    tender: &Path,
    rules: &[&String],
    matches: &ArgMatches,
    language: Language,
) -> Result<Result<changes::Changes, Diagnostics>, Answer> {
    let options = ReadOptions { encoding: encoding(matches, language)?, ..ReadOptions::default() };
    let without = matches.get_flag("without-overrides");
    let mut sets = Vec::new();
    for name in rules {
        sets.push(Some(instead(name, without, language)?));
    }
    if sets.len() < 2 {
        sets.insert(0, None);
    }
    let [Some(before), Some(after)] = [sets.first(), sets.get(1)] else {
        return Err(usage::plain_refusal("compare.what", language));
    };
    let name = tender.to_string_lossy();
    let run = |set: &Option<RulesInstead>| run(tender, &options, set.as_ref(), language);
    Ok(run(before).and_then(|before| {
        let (before, suppliers) = before;
        let (after, _) = run(after)?;
        Ok(changes::of_reports([&before, &after], [&name, &name])?.with_names(&suppliers))
    }))
}

/// A tender under two scenarios; with one given, beside its own award.
fn of_scenarios(
    tender: &Path,
    words: &[&str],
    matches: &ArgMatches,
    language: Language,
) -> Result<Result<changes::Changes, Diagnostics>, Answer> {
    let options = ReadOptions { encoding: encoding(matches, language)?, ..ReadOptions::default() };
    let mut words = words.to_vec();
    if words.len() < 2 {
        words.insert(0, "own");
    }
    let [_, _] = words.as_slice() else { return Err(usage::plain_refusal("compare.what", language)) };
    let run = || {
        let scenarios = scenarios(tender, &options, &words)?;
        let ask = Ask { scenarios, ..Ask::default() };
        let (own, answers) = evaluate_and_ask(tender, &options, None, &ask, &Effort::default())?;
        let mut reports = Vec::new();
        for scenario in &answers.scenarios {
            let Run { award, allocation, savings } = &scenario.run;
            reports.push(report::report(award, allocation, savings, &Diagnostics::new(), language)?);
        }
        let names: Vec<&str> = words.iter().map(|word| &**word).collect();
        match (reports.as_slice(), names.as_slice()) {
            ([before, after], [first, second]) => {
                let changes = changes::of_reports([before, after], [first, second])?;
                Ok(changes.with_names(&own.award.screened().suppliers))
            }
            _ => Err(Diagnostics::new()),
        }
    };
    Ok(run())
}

fn run(
    tender: &Path,
    options: &ReadOptions,
    instead: Option<&RulesInstead>,
    language: Language,
) -> Result<(ReportFiles, BTreeMap<SupplierId, Supplier>), Diagnostics> {
    let done = evaluate_under(tender, options, instead)?;
    let files = report::report(&done.award, &done.allocation, &done.savings, &done.warnings, language)?;
    Ok((files, done.award.screened().suppliers.clone()))
}
