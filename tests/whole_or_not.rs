//! The report folder is there whole or as it was: the program itself is stopped while it writes, meets a full disk, and a disk
//! that takes nothing. (`src/report/folder_tests.rs` stops the writer at every single step.)
#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

fn tender(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tenders").join(name)
}

/// Runs a line of the shell, with the program as `$0` and further words as `$1`, `$2` and so on.
fn shell(line: &str, words: &[&Path]) -> Output {
    let mut command = Command::new("bash");
    command.args(["-c", line, env!("CARGO_BIN_EXE_jicai")]).args(words).env_remove("JICAI_LANG");
    command.stdin(Stdio::null()).output().unwrap()
}

/// Evaluates without any obstacle.
fn evaluate(name: &str, out: &Path) {
    let done = shell(r#""$0" evaluate "$1" --out "$2""#, &[&tender(name), out]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// Every file below a folder.
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

fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    names.map(|name| name.to_string_lossy().into_owned()).collect()
}

/// Limits in blocks of 1024 bytes below which some file of a report cannot be written: one for each size that breaks at
/// another file.
fn limits(report: &Path) -> Vec<u64> {
    let mut sizes: Vec<u64> = files(report).values().map(|bytes| bytes.len() as u64 / 1024).collect();
    sizes.sort_unstable();
    sizes.dedup();
    let few = sizes.len() / 8 + 1;
    sizes.into_iter().step_by(few).collect()
}

#[test]
fn a_program_that_is_stopped_while_it_writes_leaves_the_old_report() {
    let place = TempDir::new().unwrap();
    let (old, out) = (place.path().join("old"), place.path().join("out/report"));
    evaluate("drug-9a", &out);
    evaluate("drug-9b", &old);
    let before = files(&out);
    let limits = limits(&old);
    assert!(limits.len() > 4, "{limits:?}");
    for limit in limits {
        // A write beyond the limit ends the program with a signal, in the middle of a file.
        let line = format!(r#"ulimit -c 0; ulimit -f {limit}; exec "$0" evaluate "$1" --out "$2""#);
        let done = shell(&line, &[&tender("drug-9b"), &out]);
        assert!(done.status.signal().is_some(), "{limit}: {:?}", done.status);
        assert!(files(&out) == before, "limit {limit}");
    }
    // The next run clears what the stopped ones left, and puts the new report in place.
    evaluate("drug-9b", &out);
    assert_eq!(names(out.parent().unwrap()), ["report"]);
    assert!(files(&out) == files(&old));
}

#[test]
fn a_write_that_is_refused_is_an_error_and_leaves_nothing_behind() {
    let place = TempDir::new().unwrap();
    let (old, out) = (place.path().join("old"), place.path().join("out/report"));
    evaluate("drug-9a", &out);
    evaluate("drug-9b", &old);
    let before = files(&out);
    for limit in limits(&old) {
        // The same limit, but the program is told instead of ended.
        let line = format!(r#"trap '' XFSZ; ulimit -f {limit}; exec "$0" evaluate "$1" --out "$2""#);
        let done = shell(&line, &[&tender("drug-9b"), &out]);
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.code().is_some_and(|code| code > 1), "{limit}: {:?} {said}", done.status);
        assert!(said.contains("E06"), "{said}");
        assert!(files(&out) == before, "limit {limit}");
        assert_eq!(names(out.parent().unwrap()), ["report"], "limit {limit}");
    }
}

/// Whether this machine lets a test mount a disk of its own.
fn can_mount(place: &Path) -> bool {
    let tried = Command::new("unshare")
        .args(["-rm", "mount", "-t", "tmpfs", "tmpfs"])
        .arg(place)
        .stdin(Stdio::null())
        .output();
    let can = tried.is_ok_and(|tried| tried.status.success());
    if !can {
        println!("not tried: this machine does not let a test mount a disk");
    }
    can
}

/// Puts a report of drug-9a on a disk of its own, prepared as `$4` says, evaluates drug-9b over it, and gives the exit code
/// with a copy of what is on the disk then.
fn on_a_disk_of_its_own(options: &str, then: &str) -> Option<(i32, TempDir, BTreeMap<PathBuf, Vec<u8>>)> {
    let place = TempDir::new().unwrap();
    let (disk, old, copy) = (place.path().join("disk"), place.path().join("old"), place.path().join("copy"));
    fs::create_dir(&disk).unwrap();
    fs::create_dir(&copy).unwrap();
    if !can_mount(&disk) {
        return None;
    }
    evaluate("drug-9a", &old);
    let line = format!(
        r#"unshare -rm bash -c 'mount -t tmpfs -o {options} tmpfs "$3" && cp -r "$2" "$3/report" && {then}
           "$0" evaluate "$1" --out "$3/report" > /dev/null 2> "$4/said"; code=$?; cp -r "$3/." "$4"; exit $code' \
           "$0" "$@""#
    );
    let done = shell(&line, &[&tender("drug-9b"), &old, &disk, &copy]);
    let before = files(&old);
    Some((done.status.code().unwrap(), place, before))
}

#[test]
fn a_full_disk_and_one_that_takes_nothing_leave_the_old_report() {
    let probe = TempDir::new().unwrap();
    evaluate("drug-9a", &probe.path().join("one"));
    let needs: u64 = files(&probe.path().join("one")).values().map(|file| file.len() as u64 / 4096 + 2).sum();
    // Room for the old report and for a part of the new one.
    let sizes = [8, 40, 160].map(|more| (format!("size={}k", 4 * needs + more), "true;"));
    for (options, then) in sizes.into_iter().chain([("size=64m".to_owned(), r#"mount -o remount,ro "$3";"#)])
    {
        let Some((code, place, before)) = on_a_disk_of_its_own(&options, then) else { return };
        let copy = place.path().join("copy");
        let said = fs::read_to_string(copy.join("said")).unwrap();
        assert!(code > 1 && said.contains("E06"), "{options}: {code} {said}");
        assert!(files(&copy.join("report")) == before, "{options}: {said}");
        let mut left = names(&copy);
        left.sort();
        assert_eq!(left, ["report", "said"], "{options}");
    }
}
