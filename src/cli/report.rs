//! `jicai report`.

use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::{Answer, Exit, encoding, shown};
use crate::diagnostics::{Diagnostics, plain};
use crate::evaluate as evaluate_tender;
use crate::read::ReadOptions;
use crate::report;
use crate::tender::Outcome;
use crate::text::{Language, fill};

/// Evaluates a tender and writes a letter for each unsuccessful bid.
pub(super) fn report(matches: &ArgMatches, language: Language) -> Answer {
    let encoding = match encoding(matches, language) {
        Ok(encoding) => encoding,
        Err(answer) => return answer,
    };
    let tender = matches.get_one::<PathBuf>("tender").map_or(Path::new(""), PathBuf::as_path);
    let options = ReadOptions { encoding, ..ReadOptions::default() };
    match write_letters(tender, &options, matches.get_one::<PathBuf>("out"), language) {
        Ok((outcome, results, warnings)) => Answer {
            results,
            messages: if warnings.is_empty() { String::new() } else { plain(&warnings, language, false) },
            exit: Exit::of_outcome(outcome),
        },
        Err(errors) => Answer {
            results: String::new(),
            messages: plain(&errors, language, false),
            exit: Exit::of_diagnostics(&errors),
        },
    }
}

fn write_letters(
    tender: &Path,
    options: &ReadOptions,
    out: Option<&PathBuf>,
    language: Language,
) -> Result<(Outcome, String, Diagnostics), Diagnostics> {
    if let Some(folder) = out {
        report::folder::check(folder)?;
    }
    let done = evaluate_tender(tender, options)?;
    let files = report::letters(&done.award, &done.allocation, &done.savings, &done.warnings, language);
    let folder = match out {
        Some(folder) => folder.clone(),
        None => Path::new("reports").join(format!("{}-letters", done.award.screened().notice.id)),
    };
    report::folder::write(&files, &folder)?;
    let letters = files.iter().filter(|(name, _)| name.starts_with("letter-")).count().to_string();
    let values = [("count", &*letters), ("folder", &*shown(folder.as_os_str()))];
    let results = format!("{}\n", fill(language, "cli.report.written", &values));
    Ok((done.award.outcome(), results, done.warnings))
}
