//! The program run in this process, and what it printed.

use jicai::cli::{Answer, run};
use jicai::text::Language;
use serde_json::Value;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use unicode_width::UnicodeWidthStr;

pub const EXPANSION: &str = "tenders/cn-drug-expansion-2019";

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub fn path(inside: &str) -> String {
    root().join(inside).to_str().unwrap().to_owned()
}

pub fn jicai(arguments: &[&str], language: Language) -> Answer {
    let all = std::iter::once("jicai").chain(arguments.iter().copied());
    run(&all.map(OsString::from).collect::<Vec<_>>(), language)
}

/// The results of a command that has nothing to complain of.
pub fn shown(arguments: &[&str], language: Language) -> String {
    let answer = jicai(arguments, language);
    assert!([0, 1].contains(&answer.exit.code()), "{arguments:?}: {}", answer.messages);
    fits(&answer.results);
    fits(&answer.messages);
    answer.results
}

pub fn fits(page: &str) {
    for line in page.lines() {
        // An address is one word, and is never broken.
        let address = line.trim_start().starts_with("https://") && !line.trim_start().contains(' ');
        assert!(line.width() <= 80 || address, "{} columns: {line}", line.width());
    }
    assert!(!page.contains('⟦') && !page.contains("{}"), "{page}");
}

/// The text without line breaks and indents.
pub fn flat(page: &str) -> String {
    page.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&jicai(arguments, Language::English).results).unwrap()
}

pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

pub fn change(folder: &Path, file: &str, from: &str, to: &str) {
    let text = fs::read_to_string(folder.join(file)).unwrap();
    assert!(text.contains(from), "{from} in {file}");
    fs::write(folder.join(file), text.replace(from, to)).unwrap();
}

/// The rule set that a guide prints, letter by letter.
pub fn printed(guide: &str) -> String {
    let text = fs::read_to_string(root().join(guide)).unwrap();
    let mut blocks = text.split("```toml\n").skip(1);
    let block = blocks.next().unwrap().split("```").next().unwrap().to_owned();
    assert!(blocks.next().is_none(), "one TOML block");
    block
}

pub fn shown_json(arguments: &[&str]) -> String {
    jicai(arguments, Language::English).results
}
