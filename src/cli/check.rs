//! `jicai check`.

use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::{Answer, Exit, encoding, wants_json};
use crate::diagnostics::{json, plain};
use crate::evaluate;
use crate::read::ReadOptions;
use crate::report;
use crate::text::Language;

/// Does all of an evaluation short of writing, and says what is wrong.
pub(super) fn check(matches: &ArgMatches, language: Language) -> Answer {
    let encoding = match encoding(matches, language) {
        Ok(encoding) => encoding,
        Err(answer) => return answer,
    };
    let tender = matches.get_one::<PathBuf>("tender").map_or(Path::new(""), PathBuf::as_path);
    let found = evaluate(tender, &ReadOptions { encoding, ..ReadOptions::default() }).and_then(|done| {
        report::report(&done.award, &done.allocation, &done.savings, &done.warnings, language)?;
        Ok(done.warnings)
    });
    let strict = matches.get_flag("strict");
    let (diagnostics, exit) = match found {
        Ok(warnings) if strict && !warnings.is_empty() => (warnings, Exit::InvalidInput),
        Ok(warnings) => (warnings, Exit::Done),
        Err(errors) => {
            let exit = Exit::of_diagnostics(&errors);
            (errors, exit)
        }
    };
    if wants_json(matches) {
        return Answer { results: json(&diagnostics, language), messages: String::new(), exit };
    }
    Answer { results: String::new(), messages: plain(&diagnostics, language, false), exit }
}
