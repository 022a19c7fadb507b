//! Pages set by typst, from files in memory, with fonts of our own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, pdf};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::report::font::{self, FontFiles, unusable};

/// The layout.
const LAYOUT: &str = include_str!("report.typ");

/// Where pages get their letters from.
#[derive(Debug)]
pub struct Fonts {
    faces: Vec<Font>,
    name: String,
}

impl Fonts {
    /// The fonts in `file`, which may be a collection, or those in the program.
    ///
    /// # Errors
    /// `E0621` when the file cannot be read or holds no font.
    pub fn of(file: Option<&Path>) -> Result<Self, Diagnostics> {
        let FontFiles { files, name } = FontFiles::of(file)?;
        let faces: Vec<Font> =
            files.into_iter().flat_map(|file| Font::iter(Bytes::new(file.into_owned()))).collect();
        if faces.is_empty() {
            return Err(unusable(&name, ""));
        }
        Ok(Self { faces, name })
    }

    /// Names of the families, each once, in the order of the faces.
    pub(super) fn families(&self) -> Vec<String> {
        let mut families: Vec<String> = Vec::new();
        for face in &self.faces {
            let family = face.info().family.clone();
            if !families.contains(&family) {
                families.push(family);
            }
        }
        families
    }

    /// The fault that names the characters of `texts` that no face has.
    fn lacks<'a>(&self, file: &str, texts: impl Iterator<Item = &'a str>) -> Option<Diagnostic> {
        let known = |letter: char| {
            let found = |face: &Font| face.info().coverage.contains(u32::from(letter));
            letter.is_control() || self.faces.iter().any(found)
        };
        let missing: BTreeSet<char> = texts.flat_map(str::chars).filter(|letter| !known(*letter)).collect();
        (!missing.is_empty()).then(|| font::lacks(file, &self.name, &missing))
    }
}

/// Sets the pages. `paper` is the content as JSON, `charts` the drawings by name.
///
/// The same content and fonts give the same bytes: there is no clock and no random number in it.
///
/// # Errors
/// `E0623` when the font lacks a character, `E0692` when the pages cannot be set.
pub(super) fn typeset(
    paper: &str,
    charts: &BTreeMap<&str, &[u8]>,
    fonts: &Fonts,
    ident: &str,
) -> Result<Vec<u8>, Diagnostics> {
    let drawn = charts.values().filter_map(|svg| std::str::from_utf8(svg).ok());
    if let Some(fault) = fonts.lacks("report.pdf", drawn.chain([paper])) {
        return Err(fault.into());
    }
    let files = Files::of(paper, charts, fonts).ok_or_else(|| not_made("path"))?;
    let failed = |faults: typst::ecow::EcoVec<typst::diag::SourceDiagnostic>| {
        let said: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
        not_made(&said.join("; "))
    };
    let pages = typst::compile::<PagedDocument>(&files).output.map_err(failed)?;
    let options = PdfOptions {
        ident: Smart::Custom(ident.to_owned()),
        creator: Smart::Custom(Some(format!("jicai {}", env!("CARGO_PKG_VERSION")))),
        ..PdfOptions::default()
    };
    pdf(&pages, &options).map_err(failed)
}

fn not_made(reason: &str) -> Diagnostics {
    Diagnostic::new(Code::PaperNotMade).with("reason", reason).into()
}

/// Every file that the typesetter sees.
struct Files {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    faces: Vec<Font>,
    layout: Source,
    files: Vec<(FileId, Bytes)>,
}

impl Files {
    fn of(paper: &str, charts: &BTreeMap<&str, &[u8]>, fonts: &Fonts) -> Option<Self> {
        let layout = Source::new(id("report.typ")?, LAYOUT.to_owned());
        let mut files = vec![(id("paper.json")?, Bytes::from_string(paper.to_owned()))];
        for (name, svg) in charts {
            files.push((id(name)?, Bytes::new(svg.to_vec())));
        }
        Some(Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts.faces)),
            faces: fonts.faces.clone(),
            layout,
            files,
        })
    }
}

/// The typesetter's name of a file in memory.
fn id(name: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).ok()?).intern())
}

impl World for Files {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.layout.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.layout.id() { Ok(self.layout.clone()) } else { Err(FileError::NotSource) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let found = self.files.iter().find(|(file, _)| *file == id);
        found.map(|(_, bytes)| bytes.clone()).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.faces.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
