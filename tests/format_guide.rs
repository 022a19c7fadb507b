//! The format guide says what is read, in both languages.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jicai::read::TableKind;

const GUIDES: [(&str, &str); 2] =
    [("docs/format.md", "## A complete small example"), ("docs/format.zh.md", "## 一个完整的小例子")];

fn text(path: impl AsRef<Path>) -> String {
    fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The rows of the column table under `## file`: name, Chinese name, whether it is required.
fn columns(guide: &str, file: &str) -> Vec<(String, String, bool)> {
    guide
        .lines()
        .skip_while(|line| *line != format!("## {file}"))
        .skip(1)
        .take_while(|line| !line.starts_with("## ") && !line.starts_with("### "))
        .filter_map(|line| {
            let cells: Vec<&str> = line.strip_prefix("| `")?.split(" | ").collect();
            let required = match *cells.get(2)? {
                "yes" => true,
                "no" => false,
                _ => return None,
            };
            Some((cells[0].trim_end_matches('`').to_owned(), cells[1].to_owned(), required))
        })
        .collect()
}

/// The indented blocks after `heading`, each under a line that is only a file name.
fn files(guide: &str, heading: &str) -> BTreeMap<String, String> {
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let mut current = None;
    for line in
        guide.lines().skip_while(|line| *line != heading).skip(1).take_while(|line| !line.starts_with("## "))
    {
        let name =
            line.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')).filter(|name| name.contains('.'));
        if let Some(name) = name {
            current = Some(name.to_owned());
        } else if let (Some(row), Some(name)) = (line.strip_prefix("    "), &current) {
            let file = files.entry(name.clone()).or_default();
            file.push_str(row);
            file.push('\n');
        }
    }
    files
}

#[test]
fn every_column_is_described_and_every_described_column_is_read() {
    for (path, _) in GUIDES {
        let guide = text(path);
        for table in TableKind::ALL {
            let mut described = columns(&guide, table.file());
            let mut read: Vec<(String, String, bool)> = table
                .fields()
                .iter()
                .map(|field| (field.name.to_owned(), field.chinese.to_owned(), field.required))
                .collect();
            described.sort();
            read.sort();
            assert_eq!(described, read, "{path}, {}", table.file());
        }
    }
}

#[test]
fn the_small_example_is_the_one_that_is_evaluated() {
    for (path, heading) in GUIDES {
        let files = files(&text(path), heading);
        assert_eq!(files.len(), 6, "{path}");
        for (name, content) in files {
            assert_eq!(content, text(format!("tests/tenders/small-example/{name}")), "{path}, {name}");
        }
    }
}
