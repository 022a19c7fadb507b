//! One row, cell by cell: text to values, every fault with its place.

use std::borrow::Cow;

use crate::diagnostics::{Code, Diagnostic, Diagnostics, is_hidden, nearest};
use crate::money::{NumberFault, Proportion};
use crate::read::{Cell, Column, Row};
use crate::tender::Date;

use super::dates::corrected_date;
use super::numbers::{corrected, number_code};

/// A row under examination. A fault gives no value, and is kept.
pub(super) struct RowReader<'t, 'd> {
    /// The row.
    pub row: Row<'t>,
    faults: &'d mut Diagnostics,
}

impl<'t, 'd> RowReader<'t, 'd> {
    pub fn new(row: Row<'t>, faults: &'d mut Diagnostics) -> Self {
        Self { row, faults }
    }

    /// The cell, when the column is there and the cell is not blank.
    fn filled(&self, column: Column) -> Option<Cell<'t>> {
        self.row.cell(column).filter(|cell| !cell.is_blank())
    }

    /// Keeps a fault of a cell; of the whole row when the table has no such column.
    pub fn fault(&mut self, column: Column, code: Code) {
        self.fault_with(column, code, |fault| fault);
    }

    /// The same with more to say.
    pub fn fault_with(&mut self, column: Column, code: Code, more: impl FnOnce(Diagnostic) -> Diagnostic) {
        let place = self.row.cell(column).map_or_else(|| self.row.place(), Cell::place);
        let heading = self.row.table().heading(column);
        self.faults.push(more(Diagnostic::at(code, place).with("column", heading)));
    }

    /// An id that must be there.
    pub fn id(&mut self, column: Column) -> Option<Cow<'t, str>> {
        if self.filled(column).is_none() {
            self.fault(column, Code::ValueMissing);
        }
        self.id_or_blank(column)
    }

    /// An id that may be left blank.
    pub fn id_or_blank(&mut self, column: Column) -> Option<Cow<'t, str>> {
        let id = self.filled(column)?.text();
        if id.chars().any(is_hidden) {
            self.fault(column, Code::IdHidden);
            return None;
        }
        if id.trim() != id {
            let right = id.trim().to_owned();
            self.fault_with(column, Code::IdBlanks, |fault| fault.with("right", right));
            return None;
        }
        Some(id)
    }

    /// Text, without the blanks around it; `None` when blank.
    pub fn text(&mut self, column: Column) -> Option<String> {
        Some(self.filled(column)?.text().trim().to_owned())
    }

    /// A number in the form that `parse` takes; `None` when blank.
    pub fn number<T>(&mut self, column: Column, parse: fn(&str) -> Result<T, NumberFault>) -> Option<T> {
        let text = self.filled(column)?.text();
        let fault = match parse(&text) {
            Ok(value) => return Some(value),
            Err(fault) => fault,
        };
        let right = corrected(&text, fault, |candidate| parse(candidate).is_ok());
        self.fault_with(column, number_code(fault), |diagnostic| {
            let diagnostic = match fault {
                NumberFault::TooManyDecimals { allowed } => diagnostic.with("allowed", allowed.to_string()),
                _ => diagnostic,
            };
            match right {
                Some(right) => diagnostic.with("right", right),
                None => diagnostic,
            }
        });
        None
    }

    /// A number that must be there.
    pub fn required_number<T>(
        &mut self,
        column: Column,
        parse: fn(&str) -> Result<T, NumberFault>,
    ) -> Option<T> {
        if self.filled(column).is_none() {
            self.fault(column, Code::ValueMissing);
        }
        self.number(column, parse)
    }

    /// A ratio to the representative specification; 1 when blank.
    pub fn proportion(&mut self, column: Column) -> Proportion {
        self.number(column, Proportion::parse).unwrap_or(Proportion::ONE)
    }

    /// A whole number from 1; `None` when blank.
    pub fn count(&mut self, column: Column) -> Option<u32> {
        let text = self.filled(column)?.text();
        let value = whole_number(&text);
        if value.is_none() {
            self.fault(column, Code::CountMalformed);
        }
        value
    }

    /// A day; `None` when blank.
    pub fn date(&mut self, column: Column) -> Option<Date> {
        let text = self.filled(column)?.text();
        let date = Date::parse(&text);
        if date.is_none() {
            let right = corrected_date(&text).map(|date| date.to_string());
            self.fault_with(column, Code::DateMalformed, |fault| match right {
                Some(right) => fault.with("right", right),
                None => fault,
            });
        }
        date
    }

    /// One of a list of words, English in any case or Chinese; `None` when blank.
    pub fn word<T: Copy>(&mut self, column: Column, words: &[(T, &[&'static str])], code: Code) -> Option<T> {
        let text = self.filled(column)?.text();
        let value = word(&text, words);
        if value.is_none() {
            self.unknown_word(column, code, words.iter().flat_map(|(_, words)| words.iter().copied()));
        }
        value
    }

    /// Keeps the fault that a cell holds none of the `known` words.
    pub fn unknown_word(
        &mut self,
        column: Column,
        code: Code,
        known: impl Iterator<Item = &'static str> + Clone,
    ) {
        let text = self.filled(column).map(Cell::text).unwrap_or_default();
        let near = nearest(text.trim(), known.clone()).map(str::to_owned);
        let list = known.collect::<Vec<_>>().join(", ");
        self.fault_with(column, code, |fault| {
            let fault = fault.with("known", list);
            match near {
                Some(near) => fault.with("near", near),
                None => fault,
            }
        });
    }
}

/// The value that a word stands for.
pub(super) fn word<T: Copy>(text: &str, words: &[(T, &[&'static str])]) -> Option<T> {
    let text = text.trim().to_lowercase();
    words.iter().find(|(_, words)| words.contains(&text.as_str())).map(|(value, _)| *value)
}

/// Digits only, from 1.
pub(super) fn whole_number(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|value| digits && *value > 0)
}
