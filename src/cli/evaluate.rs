//! `jicai evaluate`.

use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::progress::Progress;
use super::rules::instead;
use super::{Answer, Exit, encoding, shown, wants_json, word};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, json, plain};
use crate::price_to_win;
use crate::read::ReadOptions;
use crate::report;
use crate::rules::RulesInstead;
#[cfg(feature = "cbc")]
use crate::solve::Cbc;
#[cfg(feature = "highs")]
use crate::solve::Highs;
use crate::solve::{Effort, Engine};
use crate::text::Language;
use crate::whatif::{Ask, Scenario};
use crate::{Evaluation, evaluate_and_ask};

/// The file of the report that `--format json` prints.
const AWARD: &str = "award.json";

/// Evaluates a tender, writes its report and says what came out.
pub(super) fn evaluate(matches: &ArgMatches, language: Language) -> Answer {
    let encoding = match encoding(matches, language) {
        Ok(encoding) => encoding,
        Err(answer) => return answer,
    };
    let tender = matches.get_one::<PathBuf>("tender").map_or(Path::new(""), PathBuf::as_path);
    let options = ReadOptions { encoding, ..ReadOptions::default() };
    let wants_json = wants_json(matches);
    let instead = match word(matches, "rules") {
        "" => None,
        name => match instead(name, matches.get_flag("without-overrides"), language) {
            Ok(instead) => Some(instead),
            Err(answer) => return answer,
        },
    };
    let wanted = Wanted {
        instead: instead.as_ref(),
        out: matches.get_one::<PathBuf>("out"),
        png: matches.get_flag("png"),
        pdf: matches.get_flag("pdf"),
        font: matches.get_one::<PathBuf>("font"),
        json: wants_json,
        digest: matches.get_one::<String>("expect-rules").map(String::as_str),
        scenarios: matches.get_many::<String>("scenario").into_iter().flatten().map(String::as_str).collect(),
        rule_costs: matches.get_flag("rule-costs"),
        frontier: matches.get_flag("frontier"),
        time_limit: matches.get_one::<u32>("time-limit").copied(),
        solver: matches.get_one::<String>("solver").map(String::as_str),
    };
    let (results, diagnostics, exit) = match evaluate_and_write(tender, &options, &wanted, language) {
        Ok((evaluation, results)) => {
            let exit = Exit::of_outcome(evaluation.award.outcome());
            (results, evaluation.warnings, exit)
        }
        Err(errors) => {
            let exit = Exit::of_diagnostics(&errors);
            (String::new(), errors, exit)
        }
    };
    let messages = match (diagnostics.is_empty(), wants_json) {
        (true, _) => String::new(),
        (false, true) => json(&diagnostics, language),
        (false, false) => plain(&diagnostics, language, false),
    };
    Answer { results, messages, exit }
}

/// What the command line asks of the report.
struct Wanted<'a> {
    /// The SHA-256 of the only rule set that may be used.
    digest: Option<&'a str>,
    instead: Option<&'a RulesInstead>,
    out: Option<&'a PathBuf>,
    png: bool,
    pdf: bool,
    font: Option<&'a PathBuf>,
    json: bool,
    scenarios: Vec<&'a str>,
    rule_costs: bool,
    frontier: bool,
    /// Seconds for the search of one lot.
    time_limit: Option<u32>,
    /// The heavier solver.
    solver: Option<&'a str>,
}

fn evaluate_and_write(
    tender: &Path,
    options: &ReadOptions,
    wanted: &Wanted<'_>,
    language: Language,
) -> Result<(Evaluation, String), Diagnostics> {
    if let Some(folder) = wanted.out {
        report::folder::check(folder)?;
    }
    let font = wanted.font.map(PathBuf::as_path);
    let fonts = if wanted.png { Some(report::png::Fonts::of(font)?) } else { None };
    let ask = Ask {
        scenarios: scenarios(tender, options, &wanted.scenarios)?,
        rule_costs: wanted.rule_costs,
        frontier: wanted.frontier,
    };
    let heavier = wanted.solver.map(|name| heavier(name, wanted.time_limit)).transpose()?;
    let progress = Progress::new(wanted.time_limit, language);
    let effort = Effort { watch: &progress, heavier: heavier.as_deref() };
    let (evaluation, answers) = evaluate_and_ask(tender, options, wanted.instead, &ask, &effort)?;
    price_to_win::of_watched(&evaluation.award, &|done, all| progress.prices(done, all));
    drop(progress);
    let letters = if wanted.pdf { Some(report::pdf::Fonts::of(font)?) } else { None };
    let Evaluation { award, allocation, savings, warnings } = &evaluation;
    let rules = &award.screened().rules;
    if let Some(expected) = wanted.digest.filter(|expected| !rules.sha256.eq_ignore_ascii_case(expected)) {
        let refused = Diagnostic::new(Code::RulesNotExpected).with("rules", rules.id.as_str());
        return Err(refused.with("found", rules.sha256.as_str()).with("expected", expected).into());
    }
    let mut files = report::report_with(award, allocation, savings, warnings, &answers, language)?;
    if let Some(fonts) = fonts {
        report::png::add_pictures(&mut files, &fonts)?;
    }
    if let Some(fonts) = letters {
        report::pdf::add_paper(&mut files, award, allocation, savings, warnings, &fonts, language)?;
    }
    let folder = match wanted.out {
        Some(folder) => folder.clone(),
        None => Path::new("reports").join(folder_name(&evaluation)),
    };
    report::folder::write(&files, &folder)?;
    let results = if wanted.json {
        files.get(AWARD).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
    } else {
        let published = report::published(award, allocation, savings);
        let folder = shown(folder.as_os_str());
        let further = report::answers(award, allocation, savings, &answers, &folder, language)?;
        let written = further.is_none().then_some(folder.as_str());
        let own =
            report::summary(award, allocation, savings, published.as_ref(), warnings, written, language);
        match further {
            Some(further) => format!("{own}\n{further}"),
            None => own,
        }
    };
    Ok((evaluation, results))
}

/// The heavier solver of that name, where the program is built with it.
fn heavier(name: &str, most_seconds: Option<u32>) -> Result<Box<dyn Engine + Sync>, Diagnostics> {
    match name {
        #[cfg(feature = "cbc")]
        "cbc" => Ok(Box::new(Cbc { most_seconds })),
        #[cfg(feature = "highs")]
        "highs" => Ok(Box::new(Highs { most_seconds })),
        _ => {
            // Without a solver there is nothing to limit.
            let _ = most_seconds;
            Err(Diagnostic::new(Code::SolverNotBuilt).with("solver", name).into())
        }
    }
}

/// The scenarios of the command line; no two may have the same name.
pub(super) fn scenarios(
    tender: &Path,
    options: &ReadOptions,
    words: &[&str],
) -> Result<Vec<Scenario>, Diagnostics> {
    let mut found: Vec<Scenario> = Vec::new();
    let mut faults = Diagnostics::new();
    for word in words {
        match Scenario::named(word, tender, options) {
            Ok(scenario) if found.iter().any(|known| known.name == scenario.name) => {
                faults.push(Diagnostic::new(Code::ScenarioTwice).with("name", scenario.name.as_str()));
            }
            Ok(scenario) => found.push(scenario),
            Err(more) => faults.append(more),
        }
    }
    if faults.is_empty() { Ok(found) } else { Err(faults) }
}

/// The default name of the report folder: the tender's id, and the rule set's when it is not the tender's own.
fn folder_name(evaluation: &Evaluation) -> String {
    let screened = evaluation.award.screened();
    match &screened.rules.instead_of {
        None => screened.notice.id.clone(),
        // The id of a rule set of the user's own may hold what no folder's name may.
        Some(_) => {
            let plain = |letter: char| {
                if letter.is_alphanumeric() || "-_.".contains(letter) { letter } else { '-' }
            };
            let rules: String = screened.rules.id.chars().map(plain).collect();
            format!("{}@{rules}", screened.notice.id)
        }
    }
}
