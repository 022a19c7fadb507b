//! A table of text: named columns, and cells that know where they stand.

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostics::{Place, Source};

use super::columns::{Column, TableKind};
use super::records::CellSpan;

/// A table as the file holds it. Every row has a cell under every heading.
#[derive(Debug, Clone)]
pub struct Table {
    pub(super) kind: TableKind,
    pub(super) source: Source,
    /// The column of each heading, in the order of the file.
    pub(super) columns: Vec<Column>,
    /// The heading row, then all rows, cell by cell.
    pub(super) cells: Vec<CellSpan>,
}

impl Table {
    /// Which table it is.
    pub fn kind(&self) -> TableKind {
        self.kind
    }

    /// The file.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Whether the file has this column.
    pub fn has(&self, column: Column) -> bool {
        self.columns.contains(&column)
    }

    /// The heading of a column as the file writes it; the English name when the file does not have it.
    pub fn heading(&self, column: Column) -> &str {
        let written =
            self.columns.iter().position(|known| *known == column).and_then(|at| self.cells.get(at));
        match written {
            Some(cell) => self.source.slice(cell.range()).trim(),
            None => {
                let fields = self.kind.fields().iter();
                fields.clone().find(|field| field.column == column).map_or("", |field| field.name)
            }
        }
    }

    /// The rows below the headings, in the order of the file.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let width = self.columns.len().max(1);
        self.cells.chunks_exact(width).skip(1).map(|cells| Row { table: self, cells })
    }

    /// The place of the heading row.
    pub fn place(&self) -> Place {
        let width = self.columns.len();
        self.source.place(extent(self.cells.get(..width).unwrap_or(&[])))
    }
}

/// From the first byte of the first cell to the last byte of the last.
pub(super) fn extent(cells: &[CellSpan]) -> Range<usize> {
    match (cells.first(), cells.last()) {
        (Some(first), Some(last)) => first.outer().start..last.outer().end,
        _ => 0..0,
    }
}

/// One row of a table.
#[derive(Debug, Clone, Copy)]
pub struct Row<'t> {
    table: &'t Table,
    cells: &'t [CellSpan],
}

impl<'t> Row<'t> {
    /// The table that it is a row of.
    pub fn table(self) -> &'t Table {
        self.table
    }

    /// The cell in a column; `None` when the file does not have the column.
    pub fn cell(self, column: Column) -> Option<Cell<'t>> {
        let at = self.table.columns.iter().position(|known| *known == column)?;
        self.cells.get(at).map(|span| Cell { table: self.table, column, span: *span })
    }

    /// The line that it begins on, from 1.
    pub fn line(self) -> usize {
        self.table.source.line_at(extent(self.cells).start)
    }

    /// The place of the whole row.
    pub fn place(self) -> Place {
        self.table.source.place(extent(self.cells))
    }
}

/// One cell.
#[derive(Debug, Clone, Copy)]
pub struct Cell<'t> {
    table: &'t Table,
    column: Column,
    span: CellSpan,
}

impl<'t> Cell<'t> {
    /// Its text, exactly as in the file: blanks around it are part of it.
    pub fn text(self) -> Cow<'t, str> {
        content(&self.table.source, self.span)
    }

    /// Whether it holds nothing but blanks.
    pub fn is_blank(self) -> bool {
        self.table.source.slice(self.span.range()).trim().is_empty()
    }

    /// The heading of its column, as the file writes it.
    pub fn heading(self) -> &'t str {
        self.table.heading(self.column)
    }

    /// Its place.
    pub fn place(self) -> Place {
        self.table.source.place(self.span.range())
    }
}

/// The text of a cell, with doubled quotes made single.
pub(super) fn content(source: &Source, span: CellSpan) -> Cow<'_, str> {
    let raw = source.slice(span.range());
    if span.quoted && raw.contains("\"\"") { raw.replace("\"\"", "\"").into() } else { raw.into() }
}
