//! The same tender gives the same bytes in every file of its report, wherever, whenever and however often it is evaluated.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A ranked tender with second chances, one under other rules with a draw left open, and one decided by least cost.
const TENDERS: [(&str, &[&str]); 3] = [
    ("tests/tenders/drug-9b", &[]),
    ("tests/tenders/drug-9a", &["--rules", "cn-drug-round-10"]),
    ("tests/tenders/stents-9c", &["--rules", "generic-optimised", "--without-overrides"]),
];

fn home(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// The files of the report that the program writes from `here`, in an environment of its own.
fn report(
    tender: &Path,
    words: &[&str],
    here: &Path,
    environment: &[(&str, &str)],
) -> BTreeMap<PathBuf, Vec<u8>> {
    let place = TempDir::new().unwrap();
    let out = place.path().join("report");
    let mut command = Command::new(env!("CARGO_BIN_EXE_jicai"));
    command.arg("evaluate").arg(tender).args(words).arg("--out").arg(&out).current_dir(here);
    command.env_remove("JICAI_LANG").envs(environment.iter().copied()).stdin(Stdio::null());
    let done = command.output().unwrap();
    assert!(done.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&done.stderr));
    files(&out)
}

/// Names the files that differ.
fn same(one: &BTreeMap<PathBuf, Vec<u8>>, other: &BTreeMap<PathBuf, Vec<u8>>, what: &str) {
    let all = one.keys().chain(other.keys());
    let differ: Vec<&PathBuf> = all.filter(|name| one.get(*name) != other.get(*name)).collect();
    assert!(differ.is_empty(), "{what}: {differ:?}");
    assert!(one.len() > 20, "{what}");
}

#[test]
fn locale_time_zone_and_run_change_no_byte() {
    let environments: [&[(&str, &str)]; 5] = [
        &[],
        &[("LANG", "zh_CN.GB18030"), ("LC_ALL", "zh_CN.GB18030"), ("TZ", "Asia/Shanghai")],
        &[
            ("LANG", "de_DE.UTF-8"),
            ("LC_ALL", "de_DE.UTF-8"),
            ("LC_NUMERIC", "de_DE.UTF-8"),
            ("TZ", "UTC-14"),
        ],
        &[("LANG", "tr_TR.UTF-8"), ("LC_ALL", "C"), ("TZ", "America/St_Johns"), ("RUST_BACKTRACE", "full")],
        &[
            ("LANG", ""),
            ("LC_ALL", "POSIX"),
            ("TZ", ""),
            ("HOME", "/"),
            ("USER", "somebody"),
            ("COLUMNS", "40"),
        ],
    ];
    for (name, words) in TENDERS {
        let first = report(&home(name), words, &home(""), &[]);
        for environment in environments {
            same(
                &first,
                &report(&home(name), words, &home(""), environment),
                &format!("{name} {environment:?}"),
            );
        }
    }
}

#[test]
fn another_folder_changes_no_byte() {
    for (name, words) in TENDERS {
        let first = report(&home(name), words, &home(""), &[]);
        let place = TempDir::new().unwrap();
        let moved = place.path().join("elsewhere, 另一处/the tender");
        fs::create_dir_all(&moved).unwrap();
        // Copied last first, so that the folder lists its files in another order where the system keeps one.
        let mut entries: Vec<PathBuf> =
            fs::read_dir(home(name)).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort_by(|one, other| other.cmp(one));
        for file in entries {
            fs::copy(&file, moved.join(file.file_name().unwrap())).unwrap();
        }
        same(&first, &report(&moved, words, place.path(), &[]), name);
        same(&first, &report(Path::new("the tender/."), words, moved.parent().unwrap(), &[]), name);
    }
}

#[test]
fn eight_runs_at_once_change_no_byte() {
    for (name, words) in TENDERS {
        let first = report(&home(name), words, &home(""), &[]);
        std::thread::scope(|scope| {
            let run = || report(&home(name), words, &home(""), &[]);
            let running: Vec<_> = (0..8).map(|_| scope.spawn(run)).collect();
            running.into_iter().for_each(|one| same(&first, &one.join().unwrap(), name));
        });
    }
}

/// What the tests would miss if they looked at nothing: another text of the tender does change the bytes.
#[test]
fn another_title_is_noticed() {
    let place = TempDir::new().unwrap();
    for entry in fs::read_dir(home("tests/tenders/drug-9b")).unwrap() {
        let file = entry.unwrap().path();
        let text = fs::read_to_string(&file).unwrap().replace("Worked example", "worked example");
        fs::write(place.path().join(file.file_name().unwrap()), text).unwrap();
    }
    let first = report(&home("tests/tenders/drug-9b"), &[], &home(""), &[]);
    assert!(first != report(place.path(), &[], &home(""), &[]));
}
