//! Files of letters for charts as pictures and for the report on paper.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};

/// Noto Sans CJK SC, cut down to GB 2312 and the signs of charts; SIL Open Font License 1.1, see the folder.
const REGULAR: &[u8] = include_bytes!("../../assets/fonts/NotoSansCJKsc-Regular-subset.otf");
const BOLD: &[u8] = include_bytes!("../../assets/fonts/NotoSansCJKsc-Bold-subset.otf");
/// What the fonts in the program are called.
const OWN: &str = "Noto Sans CJK SC (GB 2312)";
/// Largest font file that is read, in bytes.
const LARGEST: u64 = 100_000_000;
/// Most missing characters that are named.
const NAMED: usize = 20;

/// Fonts as they stand in files, with the name by which faults speak of them.
pub(super) struct FontFiles {
    pub(super) files: Vec<Cow<'static, [u8]>>,
    pub(super) name: String,
}

impl FontFiles {
    /// The file, which may be a collection, or the fonts in the program.
    ///
    /// # Errors
    /// `E0621` when the file cannot be read or is too large.
    pub(super) fn of(file: Option<&Path>) -> Result<Self, Diagnostics> {
        let Some(file) = file else {
            return Ok(Self { files: vec![REGULAR.into(), BOLD.into()], name: OWN.to_owned() });
        };
        let name = file.to_string_lossy().into_owned();
        let length = fs::metadata(file).map_err(|fault| unusable(&name, &fault.to_string()))?.len();
        if length > LARGEST {
            return Err(unusable(&name, ""));
        }
        let bytes = fs::read(file).map_err(|fault| unusable(&name, &fault.to_string()))?;
        Ok(Self { files: vec![bytes.into()], name })
    }
}

/// The fault of a file that holds no font that can be used.
pub(super) fn unusable(name: &str, reason: &str) -> Diagnostics {
    let fault = Diagnostic::new(Code::FontNotUsable).with("font", name);
    if reason.is_empty() { fault.into() } else { fault.with("reason", reason).into() }
}

/// The fault of a font that lacks characters of a file; it names the first of them.
pub(super) fn lacks(file: &str, font: &str, missing: &BTreeSet<char>) -> Diagnostic {
    let named: Vec<String> =
        missing.iter().take(NAMED).map(|letter| format!("{letter} (U+{:04X})", u32::from(*letter))).collect();
    Diagnostic::new(Code::GlyphMissing)
        .with("chart", file)
        .with("font", font)
        .with("characters", named.join(", "))
}
