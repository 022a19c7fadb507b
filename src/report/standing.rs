//! What stands where a report is to go, and what the system says when it refuses.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::manifest::{MANIFEST, listed_files};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};

/// Files that a desktop leaves in folders without being asked.
const LEFT_BY_DESKTOPS: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// What stands where a report is to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nothing.
    Absent,
    /// An empty folder, or a report and nothing else.
    Replaceable,
}

/// What stands at `target`; an error when it must not be replaced.
pub(super) fn standing(target: &Path) -> Result<Standing, Diagnostics> {
    let named = |code| Diagnostic::new(code).with("folder", target.to_string_lossy());
    let refused = |fault: io::Error| write_fault(target, &fault);
    match fs::symlink_metadata(target) {
        Err(fault) if fault.kind() == ErrorKind::NotFound => return Ok(Standing::Absent),
        Err(fault) => return Err(refused(fault)),
        Ok(found) if !found.is_dir() => return Err(named(Code::ReportNotAFolder).into()),
        Ok(_) => {}
    }
    if fs::read_dir(target).map_err(refused)?.next().is_none() {
        return Ok(Standing::Replaceable);
    }
    let listed = match fs::read(target.join(MANIFEST)) {
        Ok(bytes) => listed_files(&bytes),
        Err(fault) if fault.kind() == ErrorKind::PermissionDenied => return Err(refused(fault)),
        Err(_) => None,
    };
    let listed = listed.ok_or_else(|| named(Code::ReportFolderForeign))?;
    match stranger(target, "", &listed).map_err(refused)? {
        Some(file) => Err(named(Code::ReportFolderHoldsMore).with("file", file).into()),
        None => Ok(Standing::Replaceable),
    }
}

/// The first name below `folder` that is neither listed nor a folder of something listed.
fn stranger(folder: &Path, prefix: &str, listed: &BTreeSet<String>) -> io::Result<Option<String>> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let file_name = entry.file_name();
        let name = format!("{prefix}{}", file_name.to_string_lossy());
        let kind = entry.file_type()?;
        let inside = format!("{name}/");
        let of_ours = listed.iter().any(|file| file.starts_with(&inside));
        let found = if kind.is_dir() && of_ours {
            stranger(&entry.path(), &inside, listed)?
        } else {
            let known = listed.contains(&name) || LEFT_BY_DESKTOPS.iter().any(|left| file_name == *left);
            (!(kind.is_file() && known)).then_some(name)
        };
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// What to say when the system refuses something at `path`.
pub(super) fn write_fault(path: &Path, fault: &io::Error) -> Diagnostics {
    let code = match fault.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Code::ReportNotPermitted,
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Code::ReportDiskFull,
        ErrorKind::NotADirectory => Code::ReportNotAFolder,
        _ => Code::ReportNotWritten,
    };
    Diagnostic::new(code).with("folder", path.to_string_lossy()).with("reason", fault.to_string()).into()
}
