//! The catalogue of errors: every code that reading and checking a tender can raise, with a folder that raises it.
//!
//! The cases stand in the Markdown files beside this one. A case is a heading followed by fenced blocks:
//!
//! - `csv NAME` or `toml NAME`: the file replaces that of the base folder (`base.md`);
//! - `delete`, `folder`: files taken away, or made a folder, one a line;
//! - `bytes NAME`: the file's bytes in hexadecimal;
//! - `limits`: limits as TOML;
//! - `errors`: every diagnostic expected, as `CODE file:line:column`; a file without a place has `CODE -`.
//!
//! Every case runs in six forms of its files: UTF-8 with and without a byte order mark, CR LF line ends, GB18030, and UTF-16
//! with and without a mark. Codes, lines and columns are the same in all of them.

mod cases;
mod folder;
mod properties;

use std::collections::BTreeSet;
use std::path::Path;

use cases::{Case, base, cases};
use folder::{Form, written};
use jicai::diagnostics::{Code, Diagnostics, json, plain};
use jicai::read::{ReadOptions, TextEncoding, read};
use jicai::tender::Tender;
use jicai::text::Language;
use jicai::validate::validate;

/// The tender in a folder, or everything said of it.
fn examined(folder: &Path, options: &ReadOptions) -> Result<(Tender, Diagnostics), Diagnostics> {
    read(folder, options).and_then(|tables| validate(&tables))
}

fn said(folder: &Path, options: &ReadOptions) -> Diagnostics {
    match examined(folder, options) {
        Ok((_, warnings)) => warnings,
        Err(found) => found,
    }
}

fn listed(found: &Diagnostics) -> Vec<String> {
    let line = |place: &jicai::diagnostics::Place| format!("{}:{}:{}", place.file, place.line, place.column);
    found
        .iter()
        .map(|one| format!("{} {}", one.code.id(), one.place.as_ref().map_or_else(|| "-".to_owned(), line)))
        .collect()
}

/// What is said of a case in a form, when it is not what the case expects.
fn difference(case: &Case, form: Form) -> Option<String> {
    let folder = written(&base(), case, form);
    let found = listed(&said(folder.path(), &case.options()));
    let lines = || found.iter().map(|line| format!("{line}\n")).collect::<String>();
    (found != case.errors).then(|| format!("{} in {form:?} says\n{}", case.title, lines()))
}

#[test]
fn every_case_raises_what_it_says_in_every_form() {
    let wrong: Vec<String> = cases()
        .iter()
        .flat_map(|case| Form::ALL.into_iter().filter_map(|form| difference(case, form)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_base_folder_is_without_fault() {
    for form in Form::ALL {
        assert_eq!(difference(&Case::default(), form), None);
    }
}

#[test]
fn every_code_of_these_stages_has_a_case() {
    let shown: BTreeSet<String> = cases()
        .iter()
        .flat_map(|case| &case.errors)
        .filter_map(|line| line.get(..5))
        .map(str::to_owned)
        .collect();
    // These three are about the folder itself and have tests of their own below.
    let apart = ["E0001", "E0002", "E0004"];
    // Conversion is the work of a later stage.
    let later = ["E0391", "E0392", "E0393"];
    // Scenarios are asked for beside a tender; tests/whatif.rs has their cases.
    let scenarios = ["E0240", "E0241", "E0242", "E0243", "E0244", "E0245", "E0246"];
    for code in Code::ALL.iter().map(|code| code.id()) {
        let group = code.get(1..3).unwrap_or("");
        if ["00", "01", "02", "03"].contains(&group)
            && !apart.contains(&code)
            && !later.contains(&code)
            && !scenarios.contains(&code)
        {
            assert!(shown.contains(code), "{code} has no case");
        }
    }
}

#[test]
fn every_text_of_every_case_is_complete() {
    for case in cases() {
        let folder = written(&base(), &case, Form::Utf8);
        let found = said(folder.path(), &case.options());
        for language in Language::ALL {
            for text in [plain(&found, language, false), json(&found, language)] {
                assert!(!text.contains('⟦'), "{text}");
                let open =
                    ["{column}", "{key}", "{known}", "{near}", "{right}", "{first}", "{lot}", "{limit}"];
                let open = open.into_iter().chain(["{text}", "{file}", "{expected}", "{found}", "{reason}"]);
                let open =
                    open.chain(["{allowed}", "{supplier}", "{likely}", "{encoding}", "{count}", "{bytes}"]);
                for name in open.chain(["{chinese}", "{folder}"]) {
                    assert!(!text.contains(name), "{name} in {text}");
                }
            }
        }
    }
}

#[test]
fn the_folder_itself_may_be_missing_a_file_or_closed() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let codes = |path: &Path| listed(&said(path, &ReadOptions::default()));
    assert_eq!(codes(&here.join("no-such-tender")), ["E0001 -"]);
    assert_eq!(codes(&here.join("Cargo.toml")), ["E0002 -"]);
    assert_eq!(codes(Path::new("a\0b")), ["E0004 -"]);
}

#[test]
fn an_encoding_can_be_named() {
    let case = Case::default();
    let folder = written(&base(), &case, Form::Gb18030);
    let named = |label| ReadOptions { encoding: TextEncoding::from_label(label), ..case.options() };
    assert!(said(folder.path(), &named("gbk")).is_empty());
    let wrong = listed(&said(folder.path(), &named("utf-8")));
    // The first bytes of 山西 happen to be a letter in UTF-8.
    assert_eq!(wrong, ["E0101 demand.csv:2:4"]);
    assert_eq!(TextEncoding::from_label("klingon"), None);
}

#[test]
fn the_order_of_rows_leaves_no_trace() {
    let state = |reversed: bool| {
        let case = Case { reversed, ..full() };
        let folder = written(&base(), &case, Form::Utf8);
        let (tender, warnings) = examined(folder.path(), &case.options()).unwrap();
        assert!(warnings.is_empty());
        let lots: Vec<String> = tender.lots.iter().map(|lot| format!("{lot:?}")).collect();
        // Places name lines, which are all that may differ.
        let without_places = |text: &str| -> String {
            text.split("place: Place {")
                .map(|part| part.split_once('}').map_or(part, |(_, rest)| rest))
                .collect()
        };
        (lots.iter().map(|lot| without_places(lot)).collect::<Vec<_>>(), tender.suppliers)
    };
    assert_eq!(state(false), state(true));
}

/// A tender with every table.
fn full() -> Case {
    cases().into_iter().find(|case| case.title == "Every table").unwrap()
}

#[test]
fn example_tenders_are_without_fault() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for group in ["tenders", "tests/tenders"] {
        let Ok(folders) = std::fs::read_dir(here.join(group)) else { continue };
        for folder in folders.map(|entry| entry.unwrap().path()) {
            if folder.join("tender.toml").is_file() {
                let found = said(&folder, &ReadOptions::default());
                assert!(found.is_empty(), "{}", plain(&found, Language::English, false));
            }
        }
    }
}
