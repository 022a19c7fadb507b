//! The cases of the Markdown files.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jicai::read::{Limits, ReadOptions};

/// One case: what differs from the base folder, and what is said of it.
#[derive(Debug, Clone, Default)]
pub struct Case {
    pub title: String,
    /// Text files by name.
    pub files: BTreeMap<String, String>,
    /// Files given as bytes.
    pub bytes: BTreeMap<String, Vec<u8>>,
    pub deleted: Vec<String>,
    pub folders: Vec<String>,
    pub limits: Option<Limits>,
    pub errors: Vec<String>,
    /// Whether the rows of every table are written last to first.
    pub reversed: bool,
}

impl Case {
    pub fn options(&self) -> ReadOptions {
        ReadOptions { encoding: None, limits: self.limits.unwrap_or_default() }
    }

    fn block(&mut self, kind: &str, name: &str, text: String) {
        let lines = || text.lines().map(str::to_owned).collect::<Vec<_>>();
        match kind {
            "csv" | "toml" => {
                self.files.insert(name.to_owned(), text.clone());
            }
            "bytes" => {
                let bytes = text.split_whitespace().map(|byte| u8::from_str_radix(byte, 16).unwrap());
                self.bytes.insert(name.to_owned(), bytes.collect());
            }
            "delete" => self.deleted = lines(),
            "folder" => self.folders = lines(),
            "errors" => self.errors = lines(),
            "limits" => self.limits = Some(limits(&text)),
            other => panic!("{other} is no kind of block"),
        }
    }
}

fn limits(text: &str) -> Limits {
    let table: toml::Table = text.parse().unwrap();
    let number = |key: &str| table.get(key).and_then(toml::Value::as_integer);
    let mut limits = Limits::default();
    if let Some(bytes) = number("file_bytes") {
        limits.file_bytes = u64::try_from(bytes).unwrap();
    }
    if let Some(rows) = number("rows") {
        limits.rows = usize::try_from(rows).unwrap();
    }
    if let Some(characters) = number("cell_characters") {
        limits.cell_characters = usize::try_from(characters).unwrap();
    }
    limits
}

fn parsed(markdown: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut lines = markdown.lines();
    while let Some(line) = lines.next() {
        if let Some(title) = line.strip_prefix("## ") {
            cases.push(Case { title: title.to_owned(), ..Case::default() });
        } else if let Some(info) = line.strip_prefix("```") {
            let text: String =
                lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
            let (kind, name) = info.split_once(' ').unwrap_or((info, ""));
            // A last line that ends in `␄` ends without a line end.
            let text = text.strip_suffix("␄\n").map(str::to_owned).unwrap_or(text);
            cases.last_mut().unwrap().block(kind, name, text.replace("␠", " ").replace("␀", "\u{200b}"));
        }
    }
    cases
}

fn here() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errors")
}

/// The folder that every case starts from.
pub fn base() -> Case {
    parsed(&fs::read_to_string(here().join("base.md")).unwrap()).remove(0)
}

/// Every case, by file.
pub fn cases() -> Vec<Case> {
    let mut files: Vec<_> = fs::read_dir(here()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let is_group = |path: &std::path::PathBuf| {
        path.extension().is_some_and(|end| end == "md") && !path.ends_with("base.md")
    };
    let cases: Vec<Case> = files
        .iter()
        .filter(|path| is_group(path))
        .flat_map(|path| parsed(&fs::read_to_string(path).unwrap()))
        .collect();
    assert!(cases.len() > 40, "{} cases", cases.len());
    cases
}
