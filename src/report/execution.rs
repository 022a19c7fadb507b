//! The folder on execution: fulfilment as a table, the other tables, everything for programs, and the chart.

use super::files::ReportFiles;
use super::manifest::{MANIFEST, manifest};
use super::tables::{Tables, execution_tables};
use super::{chart, files};
use crate::Evaluation;
use crate::savings::execution::Execution;
use crate::tender::InputFile;
use crate::text::Language;

/// The tables on execution and every file about it, in memory; [`super::folder::write`] puts them in their place.
/// `bought` is the file that the purchases were read from.
pub fn execution(
    evaluation: &Evaluation,
    execution: &Execution,
    bought: &InputFile,
    language: Language,
) -> (Tables, ReportFiles) {
    let tables = execution_tables(evaluation, execution, language);
    let mut all = ReportFiles::new();
    all.add("execution.json", tables.json());
    all.add("execution.txt", tables.page(language));
    for (name, file) in [
        ("fulfilment", "fulfilment.csv"),
        ("outside", "outside.csv"),
        ("savings", "savings.csv"),
        ("not_reported", "not-reported.csv"),
    ] {
        if let Some(csv) = tables.csv_of(name) {
            all.add(file, csv);
        }
    }
    if let Some(svg) = chart::fulfilment(evaluation, execution, language) {
        all.add("fulfilment.svg", svg);
    }
    // Whatever the file was called and wherever it lay, the copy has one name.
    let copy = InputFile {
        name: "actual.csv".to_owned(),
        sha256: files::sha256(&bought.bytes),
        bytes: bought.bytes.clone(),
    };
    all.add("inputs/actual.csv", copy.bytes.to_vec());
    let screened = evaluation.award.screened();
    let inputs: Vec<InputFile> = screened.inputs.iter().cloned().chain([copy]).collect();
    let listed = manifest(&inputs, &screened.rules.id, &screened.rules.sha256, &all);
    all.add(MANIFEST, listed);
    (tables, all)
}
