//! Case files: Markdown tables and TOML blocks, read into cases.

use std::fs;
use std::path::{Path, PathBuf};

/// The case file of one rule.
pub struct CaseFile {
    pub path: PathBuf,
    pub rule: String,
    /// The TOML before the first case, which holds for all.
    pub settings: toml::Table,
    pub cases: Vec<Case>,
}

/// One case.
#[derive(Clone)]
pub struct Case {
    pub title: String,
    pub settings: toml::Table,
    pub tables: Vec<Rows>,
}

/// A Markdown table.
#[derive(Clone)]
pub struct Rows {
    pub headings: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Rows {
    /// The columns that go into a file, or those that are expected.
    pub fn columns(&self, expected: bool) -> Vec<(usize, &str)> {
        self.headings
            .iter()
            .enumerate()
            .filter_map(|(at, heading)| match heading.strip_prefix('→') {
                Some(name) => expected.then_some((at, name.trim())),
                None => (!expected).then_some((at, heading.as_str())),
            })
            .collect()
    }

    pub fn has(&self, heading: &str) -> bool {
        self.headings.iter().any(|known| known == heading)
    }

    pub fn cell(&self, row: usize, heading: &str) -> Option<&str> {
        let at = self.headings.iter().position(|known| known == heading)?;
        Some(self.rows[row][at].as_str())
    }
}

impl Case {
    fn table(&self, is: impl Fn(&Rows) -> bool) -> Option<&Rows> {
        self.tables.iter().find(|table| is(table))
    }

    pub fn bids(&self) -> &Rows {
        let is_bids = |table: &Rows| table.has("supplier_id") && table.has("price");
        self.table(is_bids).unwrap_or_else(|| panic!("{}: no table of bids", self.title))
    }

    pub fn demand(&self) -> Option<&Rows> {
        self.table(|table| table.has("volume"))
    }

    pub fn decisions(&self) -> Option<&Rows> {
        self.table(|table| table.has("act"))
    }

    pub fn picks(&self) -> Option<&Rows> {
        self.table(|table| table.has("role"))
    }

    /// What is expected of the lot.
    pub fn lot(&self) -> Option<&Rows> {
        self.table(|table| table.columns(false).is_empty())
    }

    /// Whether some bid or the lot is expected to have this value.
    pub fn expects(&self, name: &str, value: &str) -> bool {
        self.tables.iter().any(|table| {
            let column = table.columns(true).into_iter().find(|(_, heading)| *heading == name);
            column.is_some_and(|(at, _)| {
                table.rows.iter().any(|row| row[at].split(' ').any(|word| word == value))
            })
        })
    }

    /// The case as often as it has expectations, each time with another one made wrong.
    pub fn with_one_expectation_changed(&self) -> Vec<Self> {
        let mut changed = Vec::new();
        for (number, table) in self.tables.iter().enumerate() {
            for (column, _) in table.columns(true) {
                for row in 0..table.rows.len() {
                    let mut case = self.clone();
                    case.tables[number].rows[row][column].push('1');
                    changed.push(case);
                }
            }
        }
        if self.settings.contains_key("refused") {
            let mut case = self.clone();
            case.settings.insert("refused".to_owned(), "E0000".into());
            changed.push(case);
        }
        assert!(!changed.is_empty(), "{} expects nothing", self.title);
        changed
    }
}

/// Reads a case file; a file that is not in the form fails the test.
pub fn read_case_file(path: &Path) -> CaseFile {
    let text = fs::read_to_string(path).unwrap();
    let mut sections = text.split("\n## ");
    let head = sections.next().unwrap_or("");
    let rule =
        head.lines().next().and_then(|line| line.strip_prefix("# ")).expect("a title").trim().to_owned();
    let clause = head.lines().skip(1).find(|line| !line.trim().is_empty());
    assert!(clause.is_some_and(|line| !line.starts_with("```")), "{rule} does not say its clause");
    let cases = sections.map(|section| {
        let (title, body) = section.split_once('\n').unwrap_or((section, ""));
        Case { title: title.trim().to_owned(), settings: settings(body), tables: tables(body) }
    });
    CaseFile { path: path.to_owned(), rule, settings: settings(head), cases: cases.collect() }
}

/// The TOML block of a part of the file.
fn settings(part: &str) -> toml::Table {
    let mut blocks = part.split("```toml\n").skip(1).map(|block| block.split("```").next().unwrap_or(""));
    let block = blocks.next().unwrap_or("");
    assert!(blocks.next().is_none(), "two TOML blocks in one part");
    block.parse().unwrap_or_else(|fault| panic!("{fault}"))
}

/// The Markdown tables of a part of the file.
fn tables(part: &str) -> Vec<Rows> {
    let mut tables: Vec<Rows> = Vec::new();
    // Lines since the table began: the first is its headings, the second its rule.
    let mut lines = 0;
    for line in part.lines().map(str::trim) {
        let Some(cells) = line.strip_prefix('|') else {
            lines = 0;
            continue;
        };
        let cells = cells.strip_suffix('|').unwrap_or_else(|| panic!("no end: {line}"));
        let cells: Vec<String> = cells.split('|').map(|cell| cell.trim().to_owned()).collect();
        match lines {
            0 => tables.push(Rows { headings: cells, rows: Vec::new() }),
            1 => assert!(cells.iter().all(|cell| cell.trim_matches('-').is_empty()), "{line}"),
            _ => {
                let table = tables.last_mut().unwrap();
                assert_eq!(cells.len(), table.headings.len(), "cells of {line}");
                table.rows.push(cells);
            }
        }
        lines += 1;
    }
    tables
}
