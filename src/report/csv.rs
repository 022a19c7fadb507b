//! Flat tables for a spreadsheet: winners.csv, decisions.csv, regions.csv, savings.csv.
//!
//! UTF-8 with a byte order mark, without which Excel takes Chinese for another encoding. Lines end in LF, as in every
//! other file of a report: Excel and LibreOffice read both ends, while a version control system that converts CR LF
//! would change the bytes that the manifest names. Column names are fixed and English, whatever the language.

mod decisions;
mod regions;
mod savings;
mod winners;

pub(super) use decisions::decisions_csv;
pub(super) use regions::regions_csv;
pub(super) use savings::savings_csv;
pub(super) use winners::winners_csv;

use csv::{Terminator, WriterBuilder};

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Characters that make a spreadsheet take a cell for a formula or skip to its next character, with their full-width
/// and small forms.
const STARTS_FORMULA: [char; 15] =
    ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫'];

/// What a column of a written table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    YesOrNo,
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::YesOrNo => "boolean",
        }
    }
}

/// A column of a written table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
}

/// A column of text.
pub(super) const fn text(name: &'static str) -> Heading {
    Heading { name, kind: Kind::Text }
}

/// A column of numbers.
pub(super) const fn number(name: &'static str) -> Heading {
    Heading { name, kind: Kind::Number }
}

/// A column of `true` and `false`.
pub(super) const fn yes_or_no(name: &'static str) -> Heading {
    Heading { name, kind: Kind::YesOrNo }
}

/// Columns that stand at the end of a table only where they are needed.
pub(super) fn headings_where_needed(file: &str) -> &'static [Heading] {
    if file == "winners.csv" { &winners::UNITS_AND_CLASSES } else { &[] }
}

/// The names of columns.
pub(super) fn names<const WIDTH: usize>(headings: &[Heading; WIDTH]) -> [&'static str; WIDTH] {
    headings.map(|heading| heading.name)
}

/// The tables of every report with their columns.
pub(super) fn headings() -> Vec<(&'static str, &'static [Heading])> {
    vec![
        ("winners.csv", &winners::HEADER),
        ("decisions.csv", &decisions::HEADER),
        ("regions.csv", &regions::HEADER),
        ("savings.csv", &savings::HEADER),
    ]
}

/// One cell.
pub(super) enum Cell {
    /// Text that came from a file or from a rule set.
    Text(String),
    /// A number; its sign is no formula.
    Number(String),
    /// Unknown, or without meaning in this row.
    Blank,
}

impl Cell {
    pub(super) fn text(text: impl AsRef<str>) -> Self {
        Self::Text(harmless(text.as_ref()))
    }

    pub(super) fn text_if(text: Option<impl AsRef<str>>) -> Self {
        text.map_or(Self::Blank, Self::text)
    }

    pub(super) fn number(number: impl ToString) -> Self {
        Self::Number(number.to_string())
    }

    pub(super) fn number_if(number: Option<impl ToString>) -> Self {
        number.map_or(Self::Blank, Self::number)
    }

    fn yes_or_no(yes: bool) -> Self {
        Self::Text(yes.to_string())
    }

    fn shown(&self) -> &str {
        match self {
            Self::Text(shown) | Self::Number(shown) => shown,
            Self::Blank => "",
        }
    }
}

/// `text` as a spreadsheet must take it for text: with an apostrophe before what would begin a formula.
pub(super) fn harmless(text: &str) -> String {
    if begins_formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// Whether a spreadsheet may take `text` for a formula, also when only spaces and characters without width stand before
/// what begins one.
pub(super) fn begins_formula(text: &str) -> bool {
    let passed_over = |character: char| {
        let without_width = matches!(character, '\0' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
        without_width || (character.is_whitespace() && !STARTS_FORMULA.contains(&character))
    };
    let first = text.trim_start_matches(passed_over).chars().next();
    first.is_some_and(|first| STARTS_FORMULA.contains(&first))
}

/// A table with its header as the bytes of a file.
pub(super) fn table<const WIDTH: usize>(
    header: [&str; WIDTH],
    rows: impl IntoIterator<Item = [Cell; WIDTH]>,
) -> Vec<u8> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::Any(b'\n'))
        .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    // Writing to memory does not fail, and every row has the header's width by its type.
    let _ = writer.write_record(header);
    for row in &rows.into_iter().collect::<Vec<_>>() {
        let _ = writer.write_record(row.iter().map(Cell::shown));
    }
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_text_and_numbers_stay() {
        for start in STARTS_FORMULA {
            let cell = format!("{start}HYPERLINK(\"x\")");
            assert_eq!(harmless(&cell), format!("'{cell}"), "{start:?}");
            assert_eq!(harmless(&format!("\u{200b} {cell}")), format!("'\u{200b} {cell}"), "{start:?}");
        }
        for plain in ["", "甲=乙", "a-b", "'=1", "5", "齐鲁制药"] {
            assert_eq!(harmless(plain), plain);
        }
        assert_eq!(Cell::number("-0.05").shown(), "-0.05");
        assert_eq!(Cell::text("-0.05").shown(), "'-0.05");
    }

    #[test]
    fn a_table_reads_back_whatever_is_in_it() {
        let hostile = "a,\"b\";\r\n=1\u{202e}\0";
        let bytes =
            table(["name", "n"], [[Cell::text(hostile), Cell::number(-3)], [Cell::Blank, Cell::Blank]]);
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.starts_with("\u{feff}name,n\n") && text.ends_with('\n'));
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let rows: Vec<Vec<String>> =
            reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        assert_eq!(rows, [[hostile, "-3"], ["", ""]]);
    }
}
