//! Diagnostics as JSON, for programs.

use serde::Serialize;

use crate::text::Language;

use super::collection::Diagnostics;
use super::diagnostic::Diagnostic;
use super::escape::escape;

/// One diagnostic as it is written; the order of the fields is the order of the keys.
#[derive(Serialize)]
struct Row<'a> {
    code: &'a str,
    severity: &'a str,
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    text: Option<String>,
    message: String,
    help: String,
}

impl<'a> Row<'a> {
    fn of(diagnostic: &'a Diagnostic, language: Language) -> Self {
        let place = diagnostic.place.as_ref();
        Self {
            code: diagnostic.code.id(),
            severity: diagnostic.severity().name(),
            file: place.map(|place| escape(&place.file)),
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            text: place.map(|place| escape(&place.text)),
            message: diagnostic.message(language),
            help: diagnostic.help(language),
        }
    }
}

/// All diagnostics as one JSON array, one object a line; `[]` when there is none.
///
/// Keys: `code`, `severity` (`error` or `warning`), `file`, `line`, `column`, `text`, `message`, `help`. What has no place
/// has `null` there. Control and direction characters are escaped as in the plain form.
pub fn json(diagnostics: &Diagnostics, language: Language) -> String {
    let rows: Vec<String> = diagnostics
        .iter()
        .filter_map(|diagnostic| serde_json::to_string(&Row::of(diagnostic, language)).ok())
        .collect();
    if rows.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", rows.join(",\n")) }
}
