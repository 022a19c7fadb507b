//! `jicai evaluate`.

use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::{Answer, Exit, encoding, shown, wants_json};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, json, plain};
use crate::read::ReadOptions;
use crate::report;
use crate::text::Language;
use crate::{Evaluation, evaluate as evaluate_tender};

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
    let out = matches.get_one::<PathBuf>("out");
    let rules = matches.get_one::<String>("expect-rules").map(String::as_str);
    let (results, diagnostics, exit) =
        match evaluate_and_write(tender, &options, (out, rules), wants_json, language) {
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

fn evaluate_and_write(
    tender: &Path,
    options: &ReadOptions,
    (out, expected_rules): (Option<&PathBuf>, Option<&str>),
    wants_json: bool,
    language: Language,
) -> Result<(Evaluation, String), Diagnostics> {
    if let Some(folder) = out {
        report::folder::check(folder)?;
    }
    let evaluation = evaluate_tender(tender, options)?;
    let Evaluation { award, allocation, savings, warnings } = &evaluation;
    let rules = &award.screened().rules;
    if let Some(expected) = expected_rules.filter(|expected| !rules.sha256.eq_ignore_ascii_case(expected)) {
        let refused = Diagnostic::new(Code::RulesNotExpected).with("rules", rules.id.as_str());
        return Err(refused.with("found", rules.sha256.as_str()).with("expected", expected).into());
    }
    let files = report::report(award, allocation, savings, warnings, language)?;
    let folder = match out {
        Some(folder) => folder.clone(),
        None => Path::new("reports").join(&award.screened().notice.id),
    };
    report::folder::write(&files, &folder)?;
    let results = if wants_json {
        files.get(AWARD).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
    } else {
        let published = report::published(award, allocation, savings);
        let folder = shown(folder.as_os_str());
        report::summary(award, allocation, savings, published.as_ref(), warnings, Some(&folder), language)
    };
    Ok((evaluation, results))
}
