//! Computed tables that a command prints: as a page, as CSV or as JSON.
//!
//! The three hold the same numbers digit for digit. Unknown is blank in CSV, `null` in JSON and `-` on the page.

mod effects;
mod execution;
mod payers;
mod projection;
mod retention;
mod settlement;

use csv::{Terminator, WriterBuilder};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use unicode_width::UnicodeWidthStr;

use super::csv::harmless;
use crate::diagnostics::{escape, wrap};
use crate::text::{Language, fill, text};

pub use effects::{effects_tables, published_tables};
pub use execution::{execution_tables, finding as execution_finding};
pub use payers::{Illustration, bill_tables, profile_tables, split_tables};
pub(super) use projection::{counts, drawn_from, for_page, payer_name, shown_value};
pub use projection::{projection_page, projection_tables};
pub use retention::retention_tables;
pub use settlement::settlement_tables;

/// Columns of the page.
const PAGE: usize = 80;

/// One value of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text from a file.
    Text(String),
    /// A word of ours, by its name in files; the page shows it in the reader's language.
    Word(&'static str),
    /// A number, in full.
    Number(String),
    /// Not known.
    Unknown,
}

impl Value {
    /// A number, or unknown.
    pub fn number_if(number: Option<impl ToString>) -> Self {
        number.map_or(Self::Unknown, |number| Self::Number(number.to_string()))
    }

    /// A number.
    pub fn number(number: impl ToString) -> Self {
        Self::Number(number.to_string())
    }

    /// Text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn in_file(&self) -> &str {
        match self {
            Self::Text(text) | Self::Number(text) => text,
            Self::Word(word) => word,
            Self::Unknown => "",
        }
    }

    /// As it stands on a page.
    pub(super) fn shown(&self, language: Language) -> String {
        match self {
            Self::Text(text) => escape(text),
            Self::Number(number) => number.clone(),
            Self::Word(word) => text(language, &format!("savings.word.{word}")).to_owned(),
            Self::Unknown => "-".to_owned(),
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unknown => serializer.serialize_none(),
            known => serializer.serialize_str(known.in_file()),
        }
    }
}

/// Tables with what is to be said beside them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tables {
    /// Name and number of the form, for programs.
    pub schema: &'static str,
    /// Heading of the page.
    pub title: String,
    /// What the tables rest on, by name.
    pub facts: Vec<(&'static str, Value)>,
    /// The tables; CSV holds the first.
    pub tables: Vec<Table>,
    /// Sentences below the tables.
    pub notes: Vec<String>,
}

/// One table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name in JSON; its heading on the page is `savings.table.NAME`.
    pub name: &'static str,
    /// Names of its columns; their headings are `savings.column.NAME`.
    pub columns: Vec<&'static str>,
    /// Rows as wide as the columns.
    pub rows: Vec<Vec<Value>>,
    /// Whether it stands on the page too, and under which heading when not under its own.
    pub on_page: OnPage,
}

/// How a table stands on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OnPage {
    /// Only in the files.
    No,
    /// Under its own heading.
    Yes,
    /// Under its own heading, and not in JSON, which holds the same in another table.
    Only,
    /// In parts: each value of the first column is the heading of its rows.
    ByFirstColumn,
}

impl Tables {
    /// The first table as CSV, with a byte order mark.
    pub fn csv(&self) -> String {
        csv_of(self.tables.first())
    }

    /// The table of a name as CSV; `None` when there is none.
    pub fn csv_of(&self, name: &str) -> Option<String> {
        let table = self.tables.iter().find(|table| table.name == name)?;
        Some(csv_of(Some(table)))
    }

    /// The tables that stand on a page under their own headings.
    pub(super) fn on_page(&self) -> impl Iterator<Item = &Table> {
        self.tables.iter().filter(|table| matches!(table.on_page, OnPage::Yes | OnPage::Only))
    }

    /// Everything as JSON.
    pub fn json(&self) -> String {
        super::json::pretty(self)
    }

    /// The page: no line is wider than 80 columns, and no digit is left out.
    pub fn page(&self, language: Language) -> String {
        let mut page = Vec::new();
        page.extend(wrap(&self.title, PAGE));
        page.push(String::new());
        for (name, value) in &self.facts {
            page.extend(named(name, value, 0, language));
        }
        for table in &self.tables {
            match table.on_page {
                OnPage::No => {}
                OnPage::Yes | OnPage::Only => page
                    .extend(table.under(text(language, &format!("savings.table.{}", table.name)), language)),
                OnPage::ByFirstColumn => {
                    for (heading, part) in table.parts(language) {
                        page.extend(part.under(&heading, language));
                    }
                }
            }
        }
        if !self.notes.is_empty() {
            page.push(String::new());
        }
        for note in &self.notes {
            page.extend(wrap(note, PAGE));
        }
        let mut shown = String::new();
        for line in page {
            shown.push_str(line.trim_end());
            shown.push('\n');
        }
        shown
    }
}

/// A table as CSV, with a byte order mark.
fn csv_of(table: Option<&Table>) -> String {
    let start = "\u{feff}".as_bytes().to_vec();
    let mut writer = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(start);
    if let Some(table) = table {
        // Writing to memory does not fail, and the rows are as wide as the heading.
        let _ = writer.write_record(&table.columns);
        for row in &table.rows {
            let cells = row.iter().map(|value| match value {
                Value::Text(text) => harmless(text),
                other => other.in_file().to_owned(),
            });
            let _ = writer.write_record(cells);
        }
    }
    String::from_utf8_lossy(&writer.into_inner().unwrap_or_default()).into_owned()
}

/// A name with its value, over as many lines as it needs.
fn named(name: &str, value: &Value, indent: usize, language: Language) -> Vec<String> {
    let heading = text(language, &format!("savings.column.{name}"));
    let shown = value.shown(language);
    let line = fill(language, "savings.pair", &[("name", heading), ("value", &shown)]);
    let before = " ".repeat(indent);
    wrap(&line, PAGE.saturating_sub(indent)).iter().map(|line| format!("{before}{line}")).collect()
}

impl Table {
    /// A blank line, a heading and the rows.
    fn under(&self, heading: &str, language: Language) -> Vec<String> {
        let mut lines = vec![String::new()];
        lines.extend(wrap(heading, PAGE));
        lines.extend(self.lines(language));
        lines
    }

    /// The rows of each value of the first column that stand together, without that column.
    fn parts(&self, language: Language) -> Vec<(String, Self)> {
        let columns: Vec<&'static str> = self.columns.iter().skip(1).copied().collect();
        let same = |one: &Vec<Value>, other: &Vec<Value>| one.first() == other.first();
        let part = |rows: &[Vec<Value>]| {
            let heading = rows.first().and_then(|row| row.first()).map(|value| value.shown(language));
            let rows = rows.iter().map(|row| row.iter().skip(1).cloned().collect()).collect();
            let part = Self { name: self.name, columns: columns.clone(), rows, on_page: OnPage::Yes };
            (heading.unwrap_or_default(), part)
        };
        self.rows.chunk_by(same).map(part).collect()
    }

    /// Rows under headings where the page is wide enough for them, else each value on a line of its own.
    fn lines(&self, language: Language) -> Vec<String> {
        let headings: Vec<String> = self
            .columns
            .iter()
            .map(|name| text(language, &format!("savings.column.{name}")).to_owned())
            .collect();
        let rows: Vec<Vec<String>> =
            self.rows.iter().map(|row| row.iter().map(|value| value.shown(language)).collect()).collect();
        let all = || std::iter::once(&headings).chain(&rows);
        let widths: Vec<usize> = (0..headings.len())
            .map(|at| all().filter_map(|row| row.get(at)).map(|cell| cell.width()).max().unwrap_or(0))
            .collect();
        let gaps = widths.len().saturating_sub(1).saturating_mul(2);
        if widths.iter().sum::<usize>().saturating_add(gaps) > PAGE {
            return self.blocks(language);
        }
        let number = |at: usize| {
            let mut cells = self.rows.iter().filter_map(|row| row.get(at));
            cells.all(|value| matches!(value, Value::Number(_) | Value::Unknown))
        };
        let line = |row: &Vec<String>| {
            let cells = row.iter().zip(&widths).enumerate().map(|(at, (cell, width))| {
                let blank = " ".repeat(width.saturating_sub(cell.width()));
                if number(at) { format!("{blank}{cell}") } else { format!("{cell}{blank}") }
            });
            cells.collect::<Vec<_>>().join("  ")
        };
        all().map(line).collect()
    }

    fn blocks(&self, language: Language) -> Vec<String> {
        let mut lines = Vec::new();
        for row in &self.rows {
            let values = self.columns.iter().zip(row).enumerate();
            for (at, (name, value)) in values.filter(|(_, (_, value))| **value != Value::Unknown) {
                lines.extend(named(name, value, if at == 0 { 0 } else { 2 }, language));
            }
        }
        lines
    }
}

/// Names with values as an object in their order.
struct Ordered<'a>(Vec<(&'a str, &'a Value)>);

impl Serialize for Ordered<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl Serialize for Tables {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("schema", self.schema)?;
        for (name, value) in &self.facts {
            map.serialize_entry(name, value)?;
        }
        for table in self.tables.iter().filter(|table| table.on_page != OnPage::Only) {
            let rows: Vec<Ordered<'_>> = table
                .rows
                .iter()
                .map(|row| Ordered(table.columns.iter().copied().zip(row).collect()))
                .collect();
            map.serialize_entry(table.name, &rows)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_keeps_to_its_width_and_every_digit() {
        let long = "9".repeat(60);
        let table = |columns: Vec<&'static str>, row: Vec<Value>| Table {
            name: "effects",
            columns,
            rows: vec![row],
            on_page: OnPage::Yes,
        };
        let wide = table(
            vec!["lot_id", "price", "structure"],
            vec![Value::text("=A"), Value::number(&long), Value::Unknown],
        );
        let tables = Tables {
            schema: "x-1",
            title: "t".repeat(70),
            facts: vec![("index", Value::Word("paasche"))],
            tables: vec![wide],
            notes: vec!["a note ".repeat(30)],
        };
        for language in Language::ALL {
            let page = tables.page(language);
            assert!(page.lines().all(|line| line.width() <= PAGE), "{page}");
            assert!(page.contains(&long) && !page.contains('⟦'), "{page}");
        }
        assert_eq!(tables.csv(), format!("\u{feff}lot_id,price,structure\n'=A,{long},\n"));
        assert!(tables.json().contains("\"structure\": null"));
    }
}
