//! Kills and faults at every step of the writing.

use std::cell::Cell;
use std::collections::BTreeMap;

use tempfile::TempDir;

use super::*;
use crate::report::manifest::{MANIFEST, manifest};

/// What a failing disk does from its chosen step on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fails {
    /// Only that step; the program goes on and may clean up.
    Once,
    /// That step and all later ones, as if the program had been killed there.
    ForGood,
}

/// The local disk with a limit: after `good` steps it fails; a write that fails has written half.
struct FailingDisk {
    good: Cell<usize>,
    fails: Fails,
    exchanges: bool,
    fault: io::ErrorKind,
}

impl FailingDisk {
    fn new(good: usize, fails: Fails, exchanges: bool) -> Self {
        Self { good: Cell::new(good), fails, exchanges, fault: io::ErrorKind::StorageFull }
    }

    fn step(&self) -> io::Result<()> {
        match self.good.get() {
            0 => {
                if self.fails == Fails::Once {
                    self.good.set(usize::MAX);
                }
                Err(self.fault.into())
            }
            left => {
                self.good.set(left.saturating_sub(1));
                Ok(())
            }
        }
    }
}

impl Disk for FailingDisk {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        LocalDisk.create_folder(path)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if let Err(fault) = self.step() {
            LocalDisk.write(path, &bytes[..bytes.len() / 2])?;
            return Err(fault);
        }
        LocalDisk.write(path, bytes)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        LocalDisk.sync_folder(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        LocalDisk.rename(from, to)
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<bool> {
        if !self.exchanges {
            return Ok(false);
        }
        self.step()?;
        LocalDisk.exchange(one, other)
    }

    fn remove_empty(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        LocalDisk.remove_empty(path)
    }

    fn remove_tree(&self, path: &Path) -> io::Result<()> {
        if let Err(fault) = self.step() {
            // Killed in the middle of it: one file is gone.
            if let Some(entry) = fs::read_dir(path)?.flatten().find(|entry| entry.path().is_file()) {
                fs::remove_file(entry.path())?;
            }
            return Err(fault);
        }
        LocalDisk.remove_tree(path)
    }
}

fn report(text: &str) -> ReportFiles {
    let mut files = ReportFiles::new();
    files.add("award.json", text);
    files.add("charts/price-ladder.svg", format!("<svg>{text}</svg>"));
    let manifest = manifest(&[], "round", "00", &files);
    files.add(MANIFEST, manifest);
    files
}

fn on_disk(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, prefix: &str, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type().unwrap().is_dir() {
                walk(&entry.path(), &format!("{name}/"), found);
            } else {
                found.insert(name, fs::read(entry.path()).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, "", &mut found);
    found
}

fn is(folder: &Path, files: &ReportFiles) -> bool {
    let expected: BTreeMap<String, Vec<u8>> =
        files.iter().map(|(name, bytes)| (name.to_owned(), bytes.to_vec())).collect();
    folder.is_dir() && on_disk(folder) == expected
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn code(done: Result<(), Diagnostics>) -> &'static str {
    done.unwrap_err().iter().next().unwrap().code.id()
}

#[test]
fn a_report_is_written_and_replaced() {
    let home = TempDir::new().unwrap();
    let target = home.path().join("a/b/report");
    for text in ["old", "new", "new"] {
        write(&report(text), &target).unwrap();
        assert!(is(&target, &report(text)));
        assert_eq!(names(&home.path().join("a/b")), ["report"]);
    }
}

#[test]
fn a_kill_at_any_step_leaves_a_whole_report() {
    for exchanges in [true, false] {
        let (old, new) = (report("old"), report("new"));
        let mut ends = Vec::new();
        for good in 0..40 {
            let home = TempDir::new().unwrap();
            let target = home.path().join("report");
            write(&old, &target).unwrap();
            let done = write_on(&FailingDisk::new(good, Fails::ForGood, exchanges), &new, &target);
            let aside = names(home.path()).into_iter().find(|name| name.contains(".jicai-old-"));
            let whole = if target.exists() { target.clone() } else { home.path().join(aside.unwrap()) };
            assert!(is(&whole, &old) || is(&whole, &new), "step {good}, exchange {exchanges}");
            assert!(!exchanges || target.exists(), "the report was gone for a moment at step {good}");
            ends.push((done.is_ok(), is(&whole, &new)));
            let latest = report("latest");
            write(&latest, &target).unwrap();
            assert!(is(&target, &latest));
            assert_eq!(names(home.path()), ["report"], "step {good}, exchange {exchanges}");
        }
        assert_eq!(ends.first(), Some(&(false, false)));
        assert_eq!(ends.last(), Some(&(true, true)));
    }
}

#[test]
fn a_fault_at_any_step_is_cleaned_up() {
    for exchanges in [true, false] {
        for good in 0..40 {
            let home = TempDir::new().unwrap();
            let target = home.path().join("report");
            let (old, new) = (report("old"), report("new"));
            write(&old, &target).unwrap();
            match write_on(&FailingDisk::new(good, Fails::Once, exchanges), &new, &target) {
                Ok(()) => assert!(is(&target, &new)),
                Err(refused) => {
                    assert_eq!(code(Err(refused)), "E0605");
                    assert!(is(&target, &old) || is(&target, &new), "step {good}");
                    let left = names(home.path());
                    assert!(
                        left.iter().all(|name| name == "report" || name.contains(".jicai-old-")),
                        "{left:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_fault_in_a_first_report_leaves_nothing() {
    for good in 0..12 {
        let home = TempDir::new().unwrap();
        let target = home.path().join("made/too/report");
        let done = write_on(&FailingDisk::new(good, Fails::Once, true), &report("new"), &target);
        assert!(done.is_err() && !target.exists(), "step {good}");
        assert!(names(home.path()).is_empty(), "step {good}: {:?}", names(home.path()));
    }
}

#[test]
fn an_old_report_that_stepped_aside_comes_back_when_the_next_run_fails_too() {
    let home = TempDir::new().unwrap();
    let target = home.path().join("report");
    write(&report("old"), &target).unwrap();
    fs::rename(&target, home.path().join(".report.jicai-old-77")).unwrap();
    let disk = FailingDisk::new(1, Fails::ForGood, true);
    assert!(write_on(&disk, &report("new"), &target).is_err());
    assert!(is(&target, &report("old")));
}

#[test]
fn folders_of_other_people_are_not_touched() {
    let home = TempDir::new().unwrap();
    let documents = home.path().join("Documents");
    fs::create_dir(&documents).unwrap();
    write(&report("into an empty folder"), &documents).unwrap();
    fs::write(documents.join("charts/mine.txt"), "mine").unwrap();
    assert_eq!(code(check(&documents)), "E0603");
    let done = write(&report("new"), &documents);
    let message = done.as_ref().unwrap_err().iter().next().unwrap().message(crate::text::Language::English);
    assert!(message.contains("charts/mine.txt"), "{message}");
    assert_eq!(code(done), "E0603");
    fs::remove_file(documents.join("charts/mine.txt")).unwrap();
    fs::write(documents.join(".DS_Store"), "").unwrap();
    assert!(check(&documents).is_ok());
    for other in ["{}", "no json", r#"{"schema":"jicai-award-1","files":[]}"#] {
        fs::write(documents.join(MANIFEST), other).unwrap();
        let before = on_disk(&documents);
        assert_eq!(code(write(&report("new"), &documents)), "E0602", "{other}");
        assert_eq!(on_disk(&documents), before);
    }
    assert_eq!(names(home.path()), ["Documents"]);
}

#[test]
fn a_folder_in_place_of_a_listed_file_is_not_ours() {
    let home = TempDir::new().unwrap();
    let target = home.path().join("report");
    write(&report("old"), &target).unwrap();
    fs::remove_file(target.join("award.json")).unwrap();
    fs::create_dir(target.join("award.json")).unwrap();
    assert_eq!(code(write(&report("new"), &target)), "E0603");
}

#[test]
fn only_leftovers_of_this_target_go() {
    let home = TempDir::new().unwrap();
    let mine = [".round.jicai-new-1", ".round.jicai-old-22"];
    let others = [".round.jicai-new-", ".round.jicai-new-x1", ".round2.jicai-new-1", "round.jicai-new-1"];
    for name in mine.iter().chain(&others) {
        fs::create_dir(home.path().join(name)).unwrap();
    }
    fs::write(home.path().join(".round.jicai-new-9"), "a file").unwrap();
    let target = home.path().join("round");
    fs::create_dir(&target).unwrap();
    write(&report("new"), &target).unwrap();
    let left = names(home.path());
    assert!(mine.iter().all(|name| !left.contains(&(*name).to_owned())), "{left:?}");
    assert!(others.iter().all(|name| left.contains(&(*name).to_owned())), "{left:?}");
    assert!(left.contains(&".round.jicai-new-9".to_owned()));
}

#[test]
fn files_in_the_way_are_named() {
    let home = TempDir::new().unwrap();
    let file = home.path().join("file");
    fs::write(&file, "text").unwrap();
    for target in [file.clone(), file.join("report"), file.join("deep/report"), PathBuf::from("")] {
        assert_eq!(code(write(&report("new"), &target)), "E0601", "{}", target.display());
        assert_eq!(code(check(&target)), "E0601", "{}", target.display());
    }
    assert_eq!(fs::read(&file).unwrap(), b"text");
}

#[test]
fn what_the_system_refuses_has_its_code() {
    for (kind, expected) in [
        (io::ErrorKind::PermissionDenied, "E0604"),
        (io::ErrorKind::ReadOnlyFilesystem, "E0604"),
        (io::ErrorKind::StorageFull, "E0605"),
        (io::ErrorKind::QuotaExceeded, "E0605"),
        (io::ErrorKind::Other, "E0606"),
    ] {
        let home = TempDir::new().unwrap();
        let disk = FailingDisk { fault: kind, ..FailingDisk::new(3, Fails::Once, true) };
        assert_eq!(code(write_on(&disk, &report("new"), &home.path().join("report"))), expected);
        assert!(names(home.path()).is_empty());
    }
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_and_stays_a_link() {
    use std::os::unix::fs::symlink;
    let home = TempDir::new().unwrap();
    let (real, link) = (home.path().join("real"), home.path().join("link"));
    write(&report("old"), &real).unwrap();
    symlink(&real, &link).unwrap();
    write(&report("new"), &link).unwrap();
    assert!(link.is_symlink() && is(&real, &report("new")));
    assert_eq!(names(home.path()), ["link", "real"]);
    let broken = home.path().join("broken");
    symlink(home.path().join("nothing"), &broken).unwrap();
    assert_eq!(code(write(&report("new"), &broken)), "E0601");
    symlink(&real, real.join("charts/loop")).unwrap();
    assert_eq!(code(write(&report("latest"), &real)), "E0603");
}

#[test]
fn two_runs_at_once_leave_one_whole_report() {
    let home = TempDir::new().unwrap();
    let target = home.path().join("report");
    write(&report("old"), &target).unwrap();
    std::thread::scope(|scope| {
        for text in ["one", "other"] {
            let target = &target;
            scope.spawn(move || write(&report(text), target).unwrap());
        }
    });
    assert!(is(&target, &report("one")) || is(&target, &report("other")));
    assert_eq!(names(home.path()), ["report"]);
}
