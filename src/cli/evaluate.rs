//! `jicai evaluate`.

use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::{Answer, Exit, encoding, shown, wants_json};
use crate::diagnostics::{Diagnostics, json, plain};
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
    let wanted = Wanted {
        out: matches.get_one::<PathBuf>("out"),
        png: matches.get_flag("png"),
        font: matches.get_one::<PathBuf>("font"),
        json: wants_json,
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
    out: Option<&'a PathBuf>,
    png: bool,
    font: Option<&'a PathBuf>,
    json: bool,
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
    let evaluation = evaluate_tender(tender, options)?;
    let Evaluation { award, allocation, savings, warnings } = &evaluation;
    let mut files = report::report(award, allocation, savings, warnings, language)?;
    if let Some(fonts) = fonts {
        report::png::add_pictures(&mut files, award, &fonts)?;
    }
    let folder = match wanted.out {
        Some(folder) => folder.clone(),
        None => Path::new("reports").join(&award.screened().notice.id),
    };
    report::folder::write(&files, &folder)?;
    let results = if wanted.json {
        files.get(AWARD).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
    } else {
        let published = report::published(award, allocation, savings);
        let folder = shown(folder.as_os_str());
        report::summary(award, allocation, savings, published.as_ref(), warnings, Some(&folder), language)
    };
    Ok((evaluation, results))
}
