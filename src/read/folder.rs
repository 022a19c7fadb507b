//! Which files a tender folder holds, and their bytes.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place, nearest};

use super::columns::TableKind;

/// The file that states the tender.
pub(super) const NOTICE: &str = "tender.toml";

/// Endings of spreadsheets that look as if they were part of the tender.
const SPREADSHEETS: [&str; 6] = ["xlsx", "xls", "xlsm", "ods", "et", "tsv"];

/// The files of the format.
fn known_files() -> impl Iterator<Item = &'static str> {
    std::iter::once(NOTICE).chain(TableKind::ALL.into_iter().map(TableKind::file))
}

/// What stands in the folder that concerns a tender.
#[derive(Debug)]
pub(super) struct Folder {
    /// Files of the format that are there.
    pub present: BTreeSet<&'static str>,
    /// Errors and warnings about files.
    pub found: Diagnostics,
}

/// Looks through `folder`. Folders in it, hidden files, notes and pictures are left alone.
pub(super) fn survey(folder: &Path) -> Folder {
    match names(folder) {
        Ok(names) => sort_out(&names),
        Err(fault) => Folder { present: BTreeSet::new(), found: fault.into() },
    }
}

/// The names in the folder in the order of the alphabet, each with whether it is a regular file.
fn names(folder: &Path) -> Result<Vec<(String, bool)>, Diagnostic> {
    let shown = folder.display().to_string();
    let about = |code: Code| Diagnostic::new(code).with("folder", shown.clone());
    let refused = |fault: &io::Error| {
        Diagnostic::new(Code::FileUnreadable).with("file", shown.clone()).with("reason", reason(fault))
    };
    let kind = fs::metadata(folder).map_err(|fault| match fault.kind() {
        io::ErrorKind::NotFound => about(Code::FolderMissing),
        _ => refused(&fault),
    })?;
    if !kind.is_dir() {
        return Err(about(Code::NotAFolder));
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(|fault| refused(&fault))? {
        let entry = entry.map_err(|fault| refused(&fault))?;
        let is_file = fs::metadata(entry.path()).is_ok_and(|kind| kind.is_file());
        names.push((entry.file_name().to_string_lossy().into_owned(), is_file));
    }
    names.sort();
    Ok(names)
}

fn sort_out(names: &[(String, bool)]) -> Folder {
    let mut folder = Folder { present: BTreeSet::new(), found: Diagnostics::new() };
    for (name, is_file) in names {
        let known = known_files().find(|known| known == name);
        match known {
            Some(known) if *is_file => {
                folder.present.insert(known);
            }
            Some(known) => {
                // Marked as present: it is not missing, it is the wrong thing.
                folder.present.insert(known);
                folder.found.push(about_file(Code::NotAFile, name));
            }
            None => folder.found.extend(stranger(name, *is_file)),
        }
    }
    let required = known_files().filter(|file| *file == NOTICE || is_required_table(file));
    for file in required.filter(|file| !folder.present.contains(file)) {
        let near = nearest(file, names.iter().map(|(name, _)| name.as_str()));
        let fault = about_file(Code::FileMissing, file);
        let is_other = |near: &&str| !folder.present.contains(near);
        folder.found.push(match near.filter(is_other) {
            Some(near) => fault.with("near", near),
            None => fault,
        });
    }
    folder
}

fn is_required_table(file: &str) -> bool {
    TableKind::ALL.into_iter().any(|table| table.required() && table.file() == file)
}

/// What is to be said of a file whose name is not one of the format.
fn stranger(name: &str, is_file: bool) -> Option<Diagnostic> {
    if name.starts_with('.') || name.starts_with("~$") || !is_file {
        return None;
    }
    let lower = name.to_lowercase();
    let (_, extension) = lower.rsplit_once('.')?;
    if SPREADSHEETS.contains(&extension) {
        return Some(about_file(Code::FileIgnored, name));
    }
    // Beside the tender, not part of it: what was bought after the award.
    if lower == TableKind::Actual.file() {
        return None;
    }
    let known = known_files().find(|known| *known == lower);
    if extension != "csv" && known.is_none() {
        return None;
    }
    let fault = about_file(Code::FileUnknown, name);
    let tables = known_files().filter(|known| *known != NOTICE);
    Some(match known.or_else(|| nearest(&lower, tables)) {
        Some(near) => fault.with("near", near),
        None => fault,
    })
}

fn about_file(code: Code, name: &str) -> Diagnostic {
    Diagnostic::at(code, Place::file(name))
}

/// The bytes of a file of the folder. What is no regular file is refused before it is opened: a pipe would never end.
pub(super) fn bytes(folder: &Path, name: &str, limit: u64) -> Result<Vec<u8>, Diagnostic> {
    let refused = |fault: io::Error| about_file(Code::FileUnreadable, name).with("reason", reason(&fault));
    let path = folder.join(name);
    if !fs::metadata(&path).map_err(refused)?.is_file() {
        return Err(about_file(Code::NotAFile, name));
    }
    let file = File::open(path).map_err(refused)?;
    let mut bytes = Vec::new();
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(refused)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= limit) {
        Ok(bytes)
    } else {
        let mebibytes = limit.div_euclid(1 << 20).to_string();
        Err(about_file(Code::FileTooLarge, name).with("limit", mebibytes))
    }
}

/// The kind of failure, without words that differ from machine to machine.
fn reason(fault: &io::Error) -> String {
    fault.kind().to_string()
}
