//! The report folder appears whole or not at all.
//!
//! A report is built in a folder of another name beside the target, every byte of it is brought to the medium, and then
//! the two are swapped in one step (Linux: `renameat2` with `RENAME_EXCHANGE`). Where the system cannot swap, the old
//! report steps aside first; a run that is killed just then leaves it whole under its other name, and the next run puts
//! it back. Only an empty folder or one that holds a report and nothing else is ever replaced.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::{Disk, LocalDisk, lock};
use super::files::ReportFiles;
use super::standing::{Standing, standing, write_fault};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};

/// Writes a report to the folder `target`, whole or not at all. Missing parents are made; a report that is there is
/// replaced; a symbolic link is followed and stays.
///
/// # Errors
/// As [`check`], and `E0604` to `E0606` when the system refuses; then whatever was there is as it was.
pub fn write(files: &ReportFiles, target: &Path) -> Result<(), Diagnostics> {
    write_on(&LocalDisk, files, target)
}

/// Whether a report could be written to `target`; touches nothing, so that a run can ask before its work.
///
/// # Errors
/// `E0601` when it is not a folder, `E0602` when it is a folder that holds something else than a report, `E0603` when a
/// file lies in it that no report wrote, `E0604` to `E0606` when the system refuses to tell.
pub fn check(target: &Path) -> Result<(), Diagnostics> {
    let target = Target::of(target)?;
    standing(&target.path).map(|_| ())
}

fn write_on(disk: &impl Disk, files: &ReportFiles, target: &Path) -> Result<(), Diagnostics> {
    let target = Target::of(target)?;
    let mut made = Vec::new();
    let done = make_parents(disk, &target.parent, &mut made)
        .map_err(|fault| write_fault(&target.parent, &fault))
        .and_then(|()| replace(disk, files, &target));
    if done.is_err() {
        for folder in made.iter().rev() {
            // The error that stopped the work is the one to report.
            let _ = disk.remove_empty(folder);
        }
    }
    done
}

/// Where the report goes, after symbolic links.
struct Target {
    path: PathBuf,
    parent: PathBuf,
    name: std::ffi::OsString,
}

/// Whether a folder beside the target is a new report in the making or an old one that stepped aside.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    New,
    Old,
}

impl Beside {
    fn mark(self) -> &'static str {
        match self {
            Self::New => ".jicai-new-",
            Self::Old => ".jicai-old-",
        }
    }
}

impl Target {
    fn of(given: &Path) -> Result<Self, Diagnostics> {
        let not_a_folder = || {
            Diagnostics::from(Diagnostic::new(Code::ReportNotAFolder).with("folder", given.to_string_lossy()))
        };
        let path = match fs::canonicalize(given) {
            Ok(path) => path,
            // A link to nothing: to follow it would make a folder somewhere else.
            Err(_) if given.is_symlink() => return Err(not_a_folder()),
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => given.to_owned(),
            Err(fault) => return Err(write_fault(given, &fault)),
        };
        let name = path.file_name().ok_or_else(not_a_folder)?.to_owned();
        let parent = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        Ok(Self { path: parent.join(&name), parent, name })
    }

    /// The name of a folder beside the target: hidden, this program's, and this process's.
    fn beside(&self, which: Beside) -> PathBuf {
        let mut name = std::ffi::OsString::from(".");
        name.push(&self.name);
        name.push(which.mark());
        name.push(std::process::id().to_string());
        self.parent.join(name)
    }

    /// What a folder of this name beside the target is, if a run left it there.
    fn leftover(&self, name: &std::ffi::OsStr) -> Option<Beside> {
        let rest = name.as_encoded_bytes().strip_prefix(b".")?;
        let rest = rest.strip_prefix(self.name.as_encoded_bytes())?;
        [Beside::New, Beside::Old].into_iter().find(|which| {
            rest.strip_prefix(which.mark().as_bytes())
                .is_some_and(|process| !process.is_empty() && process.iter().all(u8::is_ascii_digit))
        })
    }
}

/// Makes the folders that lead to `folder`, and notes in `made` those that were not there.
fn make_parents(disk: &impl Disk, folder: &Path, made: &mut Vec<PathBuf>) -> io::Result<()> {
    let missing: Vec<&Path> =
        folder.ancestors().take_while(|path| !path.as_os_str().is_empty() && !path.exists()).collect();
    for path in missing.into_iter().rev() {
        match disk.create_folder(path) {
            Err(fault) if fault.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => continue,
            done => done?,
        }
        made.push(path.to_owned());
        match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => disk.sync_folder(parent)?,
            _ => disk.sync_folder(Path::new("."))?,
        }
    }
    Ok(())
}

fn replace(disk: &impl Disk, files: &ReportFiles, target: &Target) -> Result<(), Diagnostics> {
    let _held = lock(&target.parent);
    clear_leftovers(disk, target).map_err(|fault| write_fault(&target.parent, &fault))?;
    let before = standing(&target.path)?;
    let new = target.beside(Beside::New);
    let done = build(disk, files, &new).and_then(|()| put_in_place(disk, &new, target, before));
    if done.is_err() && new.exists() {
        // The error that stopped the work is the one to report; the next run removes what is left.
        let _ = disk.remove_tree(&new);
    }
    done.map_err(|fault| write_fault(&target.path, &fault))
}

/// Puts back an old report that a killed run left aside, and removes whatever else killed runs left.
fn clear_leftovers(disk: &impl Disk, target: &Target) -> io::Result<()> {
    let mut leftovers = Vec::new();
    for entry in fs::read_dir(&target.parent)? {
        let entry = entry?;
        if let Some(which) = target.leftover(&entry.file_name())
            && entry.file_type()?.is_dir()
        {
            leftovers.push((entry.path(), which));
        }
    }
    leftovers.sort_by(|one, other| one.0.cmp(&other.0));
    for (path, which) in leftovers {
        if which == Beside::Old && !target.path.exists() {
            disk.rename(&path, &target.path)?;
        } else {
            disk.remove_tree(&path)?;
        }
    }
    Ok(())
}

/// Writes every file below `folder`, down to the medium.
fn build(disk: &impl Disk, files: &ReportFiles, folder: &Path) -> io::Result<()> {
    let folders: Vec<PathBuf> = files.folders().into_iter().map(|name| below(folder, name)).collect();
    disk.create_folder(folder)?;
    for path in &folders {
        disk.create_folder(path)?;
    }
    for (name, bytes) in files.iter() {
        disk.write(&below(folder, name), bytes)?;
    }
    for path in folders.iter().rev() {
        disk.sync_folder(path)?;
    }
    disk.sync_folder(folder)
}

fn below(folder: &Path, name: &str) -> PathBuf {
    name.split('/').fold(folder.to_owned(), |path, part| path.join(part))
}

fn put_in_place(disk: &impl Disk, new: &Path, target: &Target, before: Standing) -> io::Result<()> {
    let old = match before {
        Standing::Absent => {
            disk.rename(new, &target.path)?;
            None
        }
        Standing::Replaceable if disk.exchange(new, &target.path)? => Some(new.to_owned()),
        Standing::Replaceable => {
            let old = target.beside(Beside::Old);
            disk.rename(&target.path, &old)?;
            if let Err(fault) = disk.rename(new, &target.path) {
                disk.rename(&old, &target.path)?;
                return Err(fault);
            }
            Some(old)
        }
    };
    disk.sync_folder(&target.parent)?;
    if let Some(old) = old {
        // The new report is in place; an old one that cannot be removed now goes with the next run.
        let _ = disk.remove_tree(&old);
    }
    Ok(())
}

#[cfg(test)]
#[path = "folder_tests.rs"]
mod tests;
