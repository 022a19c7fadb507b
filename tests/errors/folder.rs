//! A case as a folder on disk, in one of the forms that offices use.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::cases::Case;

/// How the text files are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Utf8,
    Utf8WithMark,
    CarriageReturns,
    Gb18030,
    Utf16WithMark,
    Utf16,
}

impl Form {
    pub const ALL: [Self; 6] = [
        Self::Utf8,
        Self::Utf8WithMark,
        Self::CarriageReturns,
        Self::Gb18030,
        Self::Utf16WithMark,
        Self::Utf16,
    ];

    fn bytes(self, text: &str) -> Vec<u8> {
        let little_endian = || text.encode_utf16().flat_map(u16::to_le_bytes);
        match self {
            Self::Utf8 => text.as_bytes().to_vec(),
            Self::Utf8WithMark => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            Self::CarriageReturns => text.replace('\n', "\r\n").into_bytes(),
            Self::Gb18030 => encoding_rs::GB18030.encode(text).0.into_owned(),
            Self::Utf16WithMark => [0xff, 0xfe].into_iter().chain(little_endian()).collect(),
            Self::Utf16 => little_endian().collect(),
        }
    }
}

/// The base folder with the changes of the case.
pub fn written(base: &Case, case: &Case, form: Form) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let write = |path: &Path, bytes: &[u8]| fs::write(path, bytes).unwrap();
    for (name, text) in base.files.iter().chain(&case.files) {
        let text = if case.reversed && name.ends_with(".csv") { reversed(text) } else { text.clone() };
        write(&path(name), &form.bytes(&text));
    }
    for (name, bytes) in &case.bytes {
        write(&path(name), bytes);
    }
    for name in case.deleted.iter().chain(&case.folders) {
        let _ = fs::remove_file(path(name));
    }
    for name in &case.folders {
        fs::create_dir_all(path(name)).unwrap();
    }
    folder
}

/// The headings, then the rows last to first.
fn reversed(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    if let Some(rows) = lines.get_mut(1..) {
        rows.reverse();
    }
    lines.join("\n") + "\n"
}
