//! Where the files of this repository lie.

use std::path::{Path, PathBuf};

/// A path within the repository.
pub fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
