//! Files to tables of text with positions.
//!
//! Nothing is understood here: a table is cells under known headings, each with its place. What the cells mean is the work
//! of `validate`.

mod check;
pub mod columns;
mod encoding;
mod folder;
mod kind;
mod records;
mod table;

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::diagnostics::{Code, Diagnostic, Diagnostics, Source};
use crate::tender::InputFile;

pub use columns::{Column, Field, Holds, TableKind};
pub use encoding::TextEncoding;
pub use table::{Cell, Row, Table};

use encoding::{Decoded, decode};
use folder::{Folder, NOTICE};

/// How much is read before a file is taken for something else than a tender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file.
    pub file_bytes: u64,
    /// Rows of a table.
    pub rows: usize,
    /// Characters of a cell.
    pub cell_characters: usize,
}

impl Default for Limits {
    /// 256 MiB, five million rows, and the 32,767 characters that a spreadsheet's cell can hold.
    fn default() -> Self {
        Self { file_bytes: 256 << 20, rows: 5_000_000, cell_characters: 32_767 }
    }
}

/// How a folder is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReadOptions {
    /// The encoding of the CSV files, when it is not to be told from their bytes.
    pub encoding: Option<TextEncoding>,
    /// How much is read.
    pub limits: Limits,
}

/// A tender folder as tables of text.
#[derive(Debug, Clone)]
pub struct TenderTables {
    /// `tender.toml`.
    pub notice: Source,
    /// `lots.csv`.
    pub lots: Table,
    /// `bids.csv`.
    pub bids: Table,
    /// `demand.csv`.
    pub demand: Table,
    /// `suppliers.csv`.
    pub suppliers: Option<Table>,
    /// `picks.csv`.
    pub picks: Option<Table>,
    /// `decisions.csv`.
    pub decisions: Option<Table>,
    /// `expected.csv`.
    pub expected: Option<Table>,
    /// `baselines.csv`.
    pub baselines: Option<Table>,
    /// `tiers.csv`.
    pub tiers: Option<Table>,
    /// `regional_prices.csv`.
    pub regional_prices: Option<Table>,
    /// `packages.csv`.
    pub packages: Option<Table>,
    /// Every file read, by name.
    pub inputs: Vec<InputFile>,
    /// What a reader should know; none is an error.
    pub warnings: Diagnostics,
}

impl TenderTables {
    /// The tables that are there.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        let needed = [&self.lots, &self.bids, &self.demand];
        let optional = [&self.suppliers, &self.picks, &self.decisions, &self.expected, &self.baselines];
        let offers = [&self.tiers, &self.regional_prices, &self.packages];
        needed.into_iter().chain(optional.into_iter().chain(offers).flatten())
    }
}

/// Reads every file of the tender folder.
///
/// # Errors
/// All faults of all files: missing, unknown and unreadable files, bytes that are no text, and tables without the form of
/// the format. Warnings stand among them.
pub fn read(folder: &Path, options: &ReadOptions) -> Result<TenderTables, Diagnostics> {
    let Folder { present, found } = folder::survey(folder);
    let mut reading = Reading { folder, options, inputs: Vec::new(), found };
    let refused: Vec<std::sync::Arc<str>> = reading
        .found
        .iter()
        .filter_map(|fault| fault.place.as_ref())
        .map(|place| place.file.clone())
        .collect();
    let there = |name: &str| present.contains(name) && !refused.iter().any(|file| &**file == name);
    let notice = there(NOTICE).then(|| reading.source(NOTICE, None)).flatten();
    let mut table = |kind: TableKind| there(kind.file()).then(|| reading.table(kind)).flatten();
    let [
        lots,
        bids,
        demand,
        suppliers,
        picks,
        decisions,
        expected,
        baselines,
        tiers,
        regional_prices,
        packages,
    ] = TableKind::ALL.map(&mut table);
    let Reading { mut inputs, found, .. } = reading;
    inputs.sort_by(|one, other| one.name.cmp(&other.name));
    match (notice, lots, bids, demand) {
        (Some(notice), Some(lots), Some(bids), Some(demand)) if !found.has_errors() => Ok(TenderTables {
            notice,
            lots,
            bids,
            demand,
            suppliers,
            picks,
            decisions,
            expected,
            baselines,
            tiers,
            regional_prices,
            packages,
            inputs,
            warnings: found,
        }),
        _ => Err(found),
    }
}

/// Reads one more text file of the tender folder, such as a rule set of its own.
///
/// # Errors
/// The path leads out of the folder, the file cannot be read, or its bytes are no text.
pub fn text_file(
    folder: &Path,
    name: &str,
    options: &ReadOptions,
) -> Result<(Source, InputFile), Diagnostics> {
    let inside = Path::new(name).components().all(|part| matches!(part, std::path::Component::Normal(_)));
    if !inside {
        return Err(Diagnostic::new(Code::FileUnreadable).with("file", name).with("reason", "..").into());
    }
    let mut reading = Reading { folder, options, inputs: Vec::new(), found: Diagnostics::new() };
    let source = reading.source(name, None);
    match (source, reading.inputs.pop()) {
        (Some(source), Some(input)) => Ok((source, input)),
        _ => Err(reading.found),
    }
}

/// Reads a table that is no part of a tender folder, from any file.
///
/// # Errors
/// The file cannot be read, its bytes are no text, or it has not the form of the table.
pub fn table_file(path: &Path, kind: TableKind, options: &ReadOptions) -> Result<Table, Diagnostics> {
    table_and_input(path, kind, options).map(|(table, _)| table)
}

/// The same with the file as it was read.
///
/// # Errors
/// As [`table_file`].
pub fn table_and_input(
    path: &Path,
    kind: TableKind,
    options: &ReadOptions,
) -> Result<(Table, InputFile), Diagnostics> {
    let (source, input) = any_file(path, options.encoding, options)?;
    Ok((check::table(kind, source, options.limits)?, input))
}

/// Reads a text file from anywhere; the diagnostics name it as the user does.
///
/// # Errors
/// The file cannot be read, or its bytes are no text.
pub fn any_text_file(path: &Path, options: &ReadOptions) -> Result<(Source, InputFile), Diagnostics> {
    any_file(path, None, options)
}

fn any_file(
    path: &Path,
    encoding: Option<TextEncoding>,
    options: &ReadOptions,
) -> Result<(Source, InputFile), Diagnostics> {
    let name = path.to_string_lossy();
    // A path that is absolute replaces the folder it is joined to.
    let mut reading =
        Reading { folder: Path::new(""), options, inputs: Vec::new(), found: Diagnostics::new() };
    let source = reading.source(&name, encoding);
    match (source, reading.inputs.pop()) {
        (Some(source), Some(input)) => Ok((source, input)),
        _ => Err(reading.found),
    }
}

struct Reading<'f> {
    folder: &'f Path,
    options: &'f ReadOptions,
    inputs: Vec<InputFile>,
    found: Diagnostics,
}

impl Reading<'_> {
    fn table(&mut self, kind: TableKind) -> Option<Table> {
        let source = self.source(kind.file(), self.options.encoding)?;
        match check::table(kind, source, self.options.limits) {
            Ok(table) => Some(table),
            Err(faults) => {
                self.found.append(faults);
                None
            }
        }
    }

    fn source(&mut self, name: &str, encoding: Option<TextEncoding>) -> Option<Source> {
        let bytes = match folder::bytes(self.folder, name, self.options.limits.file_bytes) {
            Ok(bytes) => bytes,
            Err(fault) => {
                self.found.push(fault);
                return None;
            }
        };
        let sha256 = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let decoded = decode(&bytes, encoding);
        self.inputs.push(InputFile { name: name.to_owned(), sha256, bytes: bytes.into() });
        match decoded {
            Decoded::Text(text, likely) => {
                let source = Source::new(name, text);
                if let Some(likely) = likely {
                    let doubt = Diagnostic::at(Code::EncodingDoubtful, source.place(0..0));
                    self.found.push(doubt.with("likely", likely));
                }
                Some(source)
            }
            Decoded::Malformed(fault) => {
                let end = fault.offset.saturating_add('\u{fffd}'.len_utf8());
                let place = Source::new(name, fault.text).place(fault.offset..end);
                let diagnostic = Diagnostic::at(Code::BytesMalformed, place)
                    .with("bytes", fault.bytes)
                    .with("encoding", fault.encoding)
                    .with("count", fault.count.to_string());
                self.found.push(diagnostic);
                None
            }
            Decoded::NotText => {
                self.found.push(Diagnostic::at(Code::NotText, Source::new(name, String::new()).place(0..0)));
                None
            }
        }
    }
}
