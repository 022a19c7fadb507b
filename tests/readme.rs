//! What the README promises: every command of it runs, and every file it names is there.
//!
//! The commands run in a copy of the example tenders, with the built program in place of `cargo run --release --` and of
//! an installed `jicai`. `cargo test` is left out: it is what runs this.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const PAGES: [&str; 2] = ["README.md", "README.zh.md"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn page(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// The lines of the blocks marked `sh`.
fn commands(page: &str) -> Vec<&str> {
    let mut inside = false;
    page.lines()
        .filter(|line| {
            let fence = line.starts_with("```");
            inside = if fence { *line == "```sh" } else { inside };
            inside && !fence && !line.trim().is_empty()
        })
        .collect()
}

/// What is given to the program; `None` for the one command that is not run.
fn arguments(command: &str) -> Option<Vec<&str>> {
    if command == "cargo test" {
        return None;
    }
    let given = command.strip_prefix("cargo run --release --").or_else(|| command.strip_prefix("jicai"));
    Some(given.unwrap_or_else(|| panic!("no way to run {command:?} here")).split_whitespace().collect())
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

fn run(arguments: &[&str], folder: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jicai"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_remove("JICAI_LANG")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

#[test]
fn every_command_runs() {
    let place = tempfile::TempDir::new().unwrap();
    copy(&root().join("tenders"), &place.path().join("tenders"));
    let page = page("README.md");
    let commands = commands(&page);
    assert!(commands.contains(&"cargo run --release -- evaluate tenders/cn-drug-expansion-2019"));
    assert!(commands.contains(&"cargo test"));
    for command in commands {
        let Some(arguments) = arguments(command) else { continue };
        let output = run(&arguments, place.path());
        let messages = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{command}: {messages}");
        if command.ends_with("cn-drug-expansion-2019") {
            let summary = String::from_utf8_lossy(&output.stdout);
            assert!(summary.contains("25 of 25 lots agree with the published result"), "{summary}");
        }
    }
}

#[test]
fn both_languages_give_the_same_commands() {
    let [english, chinese] = PAGES.map(page);
    assert_eq!(commands(&english), commands(&chinese));
    let tables = |page: &str| page.lines().filter(|line| line.starts_with('|')).count();
    assert_eq!(tables(&english), tables(&chinese));
}

#[test]
fn every_file_that_is_linked_is_there() {
    for name in PAGES {
        let page = page(name);
        let links = page.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let mut inside = links.filter(|link| !link.contains("://") && !link.starts_with('#')).peekable();
        assert!(inside.peek().is_some());
        for link in inside {
            assert!(root().join(link).exists(), "{link} in {name}");
        }
    }
}

#[test]
fn the_table_of_files_is_what_is_written() {
    let place = tempfile::TempDir::new().unwrap();
    let tender = root().join("tenders/cn-drug-expansion-2019");
    let output = run(&["evaluate", tender.to_str().unwrap(), "--out", "report"], place.path());
    assert_eq!(output.status.code(), Some(0));
    let report = place.path().join("report");
    let mut written = BTreeSet::new();
    let mut folders = vec![report.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&report).unwrap().to_str().unwrap().replace('\\', "/");
                // Folders whose files the table names together.
                written.insert(match name.split_once('/') {
                    Some(("inputs", _)) => "inputs/*".to_owned(),
                    Some(("charts", file)) => format!("charts/*.{}", file.rsplit('.').next().unwrap_or("")),
                    _ => name,
                });
            }
        }
    }
    for name in PAGES {
        let page = page(name);
        let named = page.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
        let named = named.filter(|name| name.contains(['.', '*']));
        let named: BTreeSet<String> = named.map(str::to_owned).collect();
        assert_eq!(named, written, "{name}");
    }
}
