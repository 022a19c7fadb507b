//! Projections, from a tender and its assumptions to the files.
//!
//! The tender of most tests is the worked example of one drug: one agreed year is 39,600,000 at the mean price before and
//! 13,216,000 at the award; its term is three years.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    clippy::as_conversions,
    clippy::arithmetic_side_effects,
    reason = "a test stops at the first surprise"
)]

mod draws;
mod faults;
mod files;
mod paths;
mod sums;

#[path = "../common/asked.rs"]
mod asked;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use asked::answer;
use jicai::cli::Answer;
use jicai::text::Language;
use tempfile::TempDir;

/// A path of the repository.
pub fn here(path: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path).to_str().unwrap().to_owned()
}

/// What the program answers.
/// The tender of most tests.
pub fn drug() -> String {
    here("tests/tenders/drug-9a")
}

/// Assumptions in which nothing is uncertain, with some parts replaced.
pub fn assumptions(replaced: &[(&str, &str)]) -> String {
    let own = [
        ("uptake", "from_year = \"1\"\ndistribution = \"fixed\"\ncentral = \"1.1\""),
        ("outside_share", "distribution = \"fixed\"\ncentral = \"0.1\""),
        ("outside_price", "distribution = \"fixed\"\ncentral = \"0.9\""),
        ("renewal_cut", "distribution = \"fixed\"\ncentral = \"0.04\""),
        ("need_growth", "distribution = \"fixed\"\ncentral = \"0.03\""),
        ("discount", "rate = \"0.05\""),
    ];
    let mut text = String::from("[assumptions]\nid = \"own\"\ntitle = \"Own\"\ntitle_zh = \"自定\"\n");
    let source = "cite = \"made up\"\nstatus = \"verified\"\n";
    text.push_str(source);
    for (name, body) in own {
        let body = replaced.iter().find(|(of, _)| *of == name).map_or(body, |(_, body)| body);
        let head = if name == "uptake" { format!("[[{name}]]") } else { format!("[{name}]") };
        text.push_str(&format!("{head}\n{body}\n{source}"));
    }
    text
}

/// What a run has written.
pub struct Run {
    _folder: TempDir,
    /// What was said.
    pub answer: Answer,
    /// What was written.
    pub files: BTreeMap<String, String>,
}

/// Runs `project` and reads what it wrote.
pub fn project(given: &str, assumptions: Option<&str>, more: &[&str], language: Language) -> Run {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("out");
    let file = folder.path().join("own.toml");
    let mut line = vec!["project", given, "--out", out.to_str().unwrap()];
    if let Some(text) = assumptions {
        fs::write(&file, text).unwrap();
        line.extend(["--assumptions", file.to_str().unwrap()]);
    }
    line.extend(more);
    let answer = answer(&line, language);
    let files = read_all(&out);
    Run { _folder: folder, answer, files }
}

/// Every file below a folder by its name.
pub fn read_all(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        let Ok(entries) = fs::read_dir(&at) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    files
}

/// The rows of projection.csv by column.
pub fn rows(csv: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let head: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let row = |row: csv::StringRecord| head.iter().cloned().zip(row.iter().map(str::to_owned)).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// A cell of the row with this scope, year and measure, without a payer and a lot.
pub fn cell(
    rows: &[BTreeMap<String, String>],
    (scope, year, measure): (&str, &str, &str),
    column: &str,
) -> String {
    let own = rows.iter().find(|row| {
        row["scope"] == scope && row["year"] == year && row["measure"] == measure && row["payer"].is_empty()
    });
    own.unwrap_or_else(|| panic!("no row {scope} {year} {measure}"))[column].clone()
}
