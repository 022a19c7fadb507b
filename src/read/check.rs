//! From the cells of a file to a table: headings, and the form of every row.

use crate::diagnostics::{Code, Diagnostic, Diagnostics, Source, nearest};

use super::Limits;
use super::columns::{Column, Field, Holds, TableKind};
use super::records::{CellSpan, FormFault, Records, split};
use super::table::{Table, content, extent};

/// Words that open a row of totals, without blanks and in small letters.
const TOTALS: &[&str] = &[
    "合计",
    "总计",
    "小计",
    "共计",
    "累计",
    "总和",
    "total",
    "totals",
    "sum",
    "subtotal",
    "sub-total",
    "grandtotal",
];

/// Characters that some programs put between cells instead of commas.
const OTHER_SEPARATORS: &[char] = &[';', '\t', '|', '，', '；'];

/// The table in `source`, or every fault of its form.
pub(super) fn table(kind: TableKind, source: Source, limits: Limits) -> Result<Table, Diagnostics> {
    let records = split(source.text());
    let mut check = Check { kind, source: &source, limits, faults: Diagnostics::new() };
    let columns = check.headings(&records);
    check.form(&records);
    let mut cells = Vec::new();
    // A loose quote shifts what follows; faults of rows would only be echoes of it.
    if let (Some(columns), true) = (&columns, records.faults.is_empty()) {
        cells = check.rows(&records, columns);
    }
    let faults = check.faults;
    match columns {
        Some(columns) if faults.is_empty() => Ok(Table { kind, source, columns, cells }),
        _ => Err(faults),
    }
}

struct Check<'s> {
    kind: TableKind,
    source: &'s Source,
    limits: Limits,
    faults: Diagnostics,
}

impl Check<'_> {
    fn fault(&mut self, code: Code, range: std::ops::Range<usize>) {
        self.faults.push(Diagnostic::at(code, self.source.place(range)));
    }

    fn is_blank(&self, cell: CellSpan) -> bool {
        self.source.slice(cell.range()).trim().is_empty()
    }

    fn form(&mut self, records: &Records) {
        for fault in &records.faults {
            match fault {
                FormFault::Unclosed(range) => self.fault(Code::QuoteUnclosed, range.clone()),
                FormFault::Stray(range) => self.fault(Code::QuoteStray, range.clone()),
            }
        }
    }

    /// The column of every heading; `None` when one has none.
    fn headings(&mut self, records: &Records) -> Option<Vec<Column>> {
        if self.source.text().trim().is_empty() {
            self.fault(Code::FileEmpty, 0..0);
            return None;
        }
        let headings = records.rows().next().unwrap_or(&[]);
        if headings.iter().all(|heading| self.is_blank(*heading)) {
            self.fault(Code::HeadingsBlank, extent(headings));
            return None;
        }
        if let [only] = headings
            && self.source.slice(only.range()).contains(OTHER_SEPARATORS)
        {
            self.fault(Code::SeparatorWrong, only.range());
            return None;
        }
        let mut columns: Vec<Column> = Vec::new();
        for heading in headings {
            if let Some(field) = self.heading(*heading) {
                if columns.contains(&field.column) {
                    let place = self.source.place(heading.range());
                    self.faults.push(Diagnostic::at(Code::ColumnTwice, place).with("column", field.name));
                }
                columns.push(field.column);
            }
        }
        self.missing(&columns, headings);
        (columns.len() == headings.len()).then_some(columns)
    }

    fn heading(&mut self, heading: CellSpan) -> Option<&'static Field> {
        let written = content(self.source, heading);
        if written.trim().is_empty() {
            self.fault(Code::ColumnUnnamed, heading.range());
            return None;
        }
        let field = self.kind.field(&written);
        if field.is_none() {
            let place = self.source.place(heading.range());
            let mut fault = Diagnostic::at(Code::ColumnUnknown, place);
            if let Some(near) = near_heading(self.kind, written.trim()) {
                fault = fault.with("near", near);
            }
            let known: Vec<&str> = self.kind.fields().iter().map(|field| field.name).collect();
            self.faults.push(fault.with("known", known.join(", ")));
        }
        field
    }

    fn missing(&mut self, columns: &[Column], headings: &[CellSpan]) {
        for field in self.kind.fields().iter().filter(|field| field.required) {
            if !columns.contains(&field.column) {
                let place = self.source.place(extent(headings));
                let fault = Diagnostic::at(Code::ColumnMissing, place);
                self.faults.push(fault.with("column", field.name).with("chinese", field.chinese));
            }
        }
    }

    /// The cells of the heading row and of all rows that hold something.
    fn rows(&mut self, records: &Records, columns: &[Column]) -> Vec<CellSpan> {
        let all: Vec<&[CellSpan]> = records.rows().collect();
        let filled = all.iter().rposition(|row| !row.iter().all(|cell| self.is_blank(*cell)));
        let rows = all.get(..filled.map_or(0, |last| last.saturating_add(1))).unwrap_or(&[]);
        let (headings, rows) = rows.split_first().map_or((&[][..], &[][..]), |(first, rest)| (*first, rest));
        if rows.is_empty() && self.kind.required() {
            self.fault(Code::RowsNone, extent(headings));
        }
        if let Some(beyond) = rows.get(self.limits.rows) {
            let place = self.source.place(extent(beyond));
            let limit = self.limits.rows.to_string();
            self.faults.push(Diagnostic::at(Code::RowsTooMany, place).with("limit", limit));
            return Vec::new();
        }
        for row in rows {
            self.row(row, columns);
        }
        std::iter::once(headings).chain(rows.iter().copied()).flatten().copied().collect()
    }

    fn row(&mut self, row: &[CellSpan], columns: &[Column]) {
        if row.iter().all(|cell| self.is_blank(*cell)) {
            self.fault(Code::RowBlank, extent(row));
            return;
        }
        if let Some(total) = self.total(row, columns) {
            self.fault(Code::RowTotal, total.range());
            return;
        }
        let counts = |fault: Diagnostic| {
            fault.with("found", row.len().to_string()).with("expected", columns.len().to_string())
        };
        if let Some(extra) = row.get(columns.len()) {
            let place = self.source.place(extra.range());
            self.faults.push(counts(Diagnostic::at(Code::CellsTooMany, place)));
        } else if row.len() < columns.len() {
            let end = extent(row).end;
            self.faults.push(counts(Diagnostic::at(Code::CellsTooFew, self.source.place(end..end))));
        }
        for cell in row {
            if self.source.slice(cell.range()).chars().nth(self.limits.cell_characters).is_some() {
                let place = self.source.place(cell.range());
                let limit = self.limits.cell_characters.to_string();
                self.faults.push(Diagnostic::at(Code::CellTooLong, place).with("limit", limit));
            }
        }
    }

    /// The cell that makes the row one of totals: the first one, or one where an id or a name belongs.
    fn total(&self, row: &[CellSpan], columns: &[Column]) -> Option<CellSpan> {
        row.iter().enumerate().find_map(|(at, cell)| {
            let column = columns.get(at).copied();
            let names = at == 0 || column.is_some_and(|column| self.names(column));
            let words: String =
                content(self.source, *cell).chars().filter(|character| !character.is_whitespace()).collect();
            let words = words.trim_end_matches([':', '：']).to_lowercase();
            (names && TOTALS.contains(&words.as_str())).then_some(*cell)
        })
    }

    fn names(&self, column: Column) -> bool {
        let field = self.kind.fields().iter().find(|field| field.column == column);
        field.is_some_and(|field| field.holds == Holds::Id) || matches!(column, Column::Name | Column::NameZh)
    }
}

/// The known heading nearest to one that is not known; a unit in brackets behind it is left out of the comparison.
fn near_heading(kind: TableKind, written: &str) -> Option<&'static str> {
    let bare = written.split(['(', '（', '[', '【']).next().unwrap_or(written).trim();
    let known = || kind.fields().iter().flat_map(Field::headings);
    kind.field(bare)
        .and_then(|field| field.headings().find(|heading| *heading == bare.to_lowercase()))
        .or_else(|| nearest(written, known()))
        .or_else(|| nearest(bare, known()))
}
