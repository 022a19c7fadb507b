//! The few things that writing a report asks of the disk.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// What writing a report asks of the disk; the tests put one in its place that fails at a chosen step.
pub(super) trait Disk {
    /// Makes one folder, which must not exist.
    fn create_folder(&self, path: &Path) -> io::Result<()>;
    /// Writes a file that must not exist, down to the medium.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Brings a folder's list of names down to the medium.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;
    /// Gives a folder another name.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Swaps two folders in one step; `false`, and nothing done, where the system cannot.
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<bool>;
    /// Removes a folder that is empty.
    fn remove_empty(&self, path: &Path) -> io::Result<()>;
    /// Removes a folder with all that is in it.
    fn remove_tree(&self, path: &Path) -> io::Result<()>;
}

/// The disk of this machine.
pub(super) struct LocalDisk;

impl Disk for LocalDisk {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = File::options().write(true).create_new(true).open(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        // Only Unix lets a program open a folder for this.
        if !cfg!(unix) {
            return Ok(());
        }
        match File::open(path)?.sync_all() {
            // Some network file systems have no such call for folders.
            Err(fault)
                if matches!(fault.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) =>
            {
                Ok(())
            }
            done => done,
        }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    #[cfg(target_os = "linux")]
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<bool> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
            Ok(()) => Ok(true),
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => Ok(false),
            Err(fault) => Err(fault.into()),
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn exchange(&self, _one: &Path, _other: &Path) -> io::Result<bool> {
        Ok(false)
    }

    fn remove_empty(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }

    fn remove_tree(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir_all(path)
    }
}

/// Keeps other runs from writing into `folder` until it is dropped, also when this run is killed.
///
/// `None` where the file system has no such lock; then two runs at once may disturb each other's unfinished folders, but
/// never a finished report.
#[cfg(unix)]
pub(super) fn lock(folder: &Path) -> Option<File> {
    let file = File::open(folder).ok()?;
    rustix::fs::flock(&file, rustix::fs::FlockOperation::LockExclusive).ok()?;
    Some(file)
}

/// See the one for Unix; elsewhere there is no such lock.
#[cfg(not(unix))]
pub(super) fn lock(_folder: &Path) -> Option<File> {
    None
}
