//! The shape of the files that are read and written, for programs.
//!
//! Nothing is written down twice: columns come from the lists that reading and writing use, and the JSON Schemas are
//! derived from the very types that are written.

mod json;
mod words;

use schemars::JsonSchema;
use serde_json::Value;

use super::csv;
use super::json::AwardFile;
use super::manifest::Manifest;
use super::whatif;
use crate::read::{Field, Holds, TableKind};
use crate::validate::{NoticeKey, notice_keys, words_of};

pub(super) use words::*;

/// What stands before the name of a report's file where a tender folder has one of that name.
const REPORT: &str = "report/";

/// Which way a file goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It is part of a tender folder.
    Read,
    /// It stands alone; the user names it.
    ReadAlone,
    /// It is part of a report folder.
    Written,
}

impl Way {
    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::ReadAlone => "read_alone",
            Self::Written => "written",
        }
    }
}

/// A file with its shape.
#[derive(Debug, Clone, PartialEq)]
pub struct FileShape {
    /// What it is asked for by: its name, or a usual one; with `report/` before it where a tender folder has a file of
    /// that name, too.
    pub asked: String,
    /// Its name, or a usual one.
    pub name: &'static str,
    /// Which way it goes.
    pub way: Way,
    /// Whether the folder cannot do without it.
    pub required: bool,
    /// What it holds.
    pub shape: Shape,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A table, or keys with values.
    Columns(Vec<ColumnShape>),
    /// JSON, by its JSON Schema of draft 2020-12.
    Json(Value),
}

/// A column of a table, or a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnShape {
    /// Its name.
    pub name: &'static str,
    /// Its Chinese name, where it has one.
    pub chinese: Option<&'static str>,
    /// What it holds: a word of the list in the catalogue.
    pub holds: &'static str,
    /// Whether it cannot be left out.
    pub required: bool,
    /// Other headings that name it.
    pub synonyms: Vec<&'static str>,
    /// The words that it may hold, when these are few.
    pub words: Vec<&'static str>,
}

/// Every file whose shape is known, those that are read first.
pub fn files() -> Vec<FileShape> {
    let table = |kind: TableKind, way| {
        let columns = kind.fields().iter().map(|field| read(kind, field)).collect();
        file(kind.file(), way, kind.required() && way == Way::Read, Shape::Columns(columns))
    };
    let notice = file("tender.toml", Way::Read, true, Shape::Columns(notice_keys().map(key).collect()));
    let json = |name, schema| file(name, Way::Written, true, Shape::Json(schema));
    let mut files = vec![notice];
    files.extend(TableKind::ALL.map(|kind| table(kind, Way::Read)));
    files.extend(TableKind::ALONE.map(|kind| table(kind, Way::ReadAlone)));
    files.push(json("award.json", of_type::<AwardFile<'_>>("award.json")));
    files.push(json("manifest.json", of_type::<Manifest<'_>>("manifest.json")));
    files.extend(csv::headings().into_iter().map(|(name, headings)| written(name, headings, true)));
    files.extend(whatif::headings().into_iter().map(|(name, headings)| written(name, headings, false)));
    files
}

fn file(name: &'static str, way: Way, required: bool, shape: Shape) -> FileShape {
    let both = way == Way::Written && TableKind::ALL.iter().any(|kind| kind.file() == name);
    let asked = if both { format!("{REPORT}{name}") } else { name.to_owned() };
    FileShape { asked, name, way, required, shape }
}

fn of_type<T: JsonSchema>(title: &str) -> Value {
    json::schema::<T>(title)
}

fn read(kind: TableKind, field: &Field) -> ColumnShape {
    ColumnShape {
        name: field.name,
        chinese: Some(field.chinese),
        holds: holds(field.holds),
        required: field.required,
        synonyms: field.synonyms.to_vec(),
        words: words_of(kind, field),
    }
}

fn key(key: NoticeKey) -> ColumnShape {
    ColumnShape {
        name: key.name,
        chinese: None,
        holds: key.holds.map_or("table", holds),
        required: key.required,
        synonyms: Vec::new(),
        words: key.words,
    }
}

fn written(name: &'static str, headings: &[csv::Heading], required: bool) -> FileShape {
    let column = |heading: &csv::Heading, required| ColumnShape {
        name: heading.name,
        chinese: None,
        holds: heading.kind.name(),
        required,
        synonyms: Vec::new(),
        words: Vec::new(),
    };
    let always = headings.iter().map(|heading| column(heading, true));
    let at_times = csv::headings_where_needed(name).iter().map(|heading| column(heading, false));
    let columns = always.chain(at_times).collect();
    file(name, Way::Written, required, Shape::Columns(columns))
}

/// The word for what a cell holds.
fn holds(holds: Holds) -> &'static str {
    match holds {
        Holds::Id => "id",
        Holds::Text => "text",
        Holds::Price => "price",
        Holds::Money => "money",
        Holds::Volume => "volume",
        Holds::Ratio => "ratio",
        Holds::Score => "score",
        Holds::Count => "count",
        Holds::Boolean => "boolean",
        Holds::Date => "date",
        Holds::Month => "month",
        Holds::Word => "word",
    }
}
