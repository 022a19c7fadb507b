//! The files of a report, in memory.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

/// Every file of a report by its name relative to the report folder, with forward slashes.
///
/// A report exists whole in memory before the first byte of it goes to disk.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReportFiles {
    files: BTreeMap<String, Vec<u8>>,
}

impl ReportFiles {
    /// None.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file, or replaces the one of that name.
    pub fn add(&mut self, name: &str, bytes: impl Into<Vec<u8>>) {
        self.files.insert(name.to_owned(), bytes.into());
    }

    /// The bytes of a file.
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(Vec::as_slice)
    }

    /// Names and bytes, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
    }

    /// Folders below the report folder that the files need, parents first.
    pub(super) fn folders(&self) -> Vec<&str> {
        let mut folders: Vec<&str> = self
            .files
            .keys()
            .flat_map(|name| name.match_indices('/').filter_map(|(at, _)| name.get(..at)))
            .collect();
        folders.sort_unstable();
        folders.dedup();
        folders
    }
}

/// SHA-256 in lower-case hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_come_parents_first() {
        let mut files = ReportFiles::new();
        for name in ["a/b/c.svg", "a/d.svg", "e.json"] {
            files.add(name, "x");
        }
        assert_eq!(files.folders(), ["a", "a/b"]);
    }

    #[test]
    fn the_digest_is_the_published_one() {
        // FIPS 180-4, the one-block example.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(b"abc"), abc);
    }
}
