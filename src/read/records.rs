//! Comma-separated text to cells with their byte offsets.
//!
//! Written here because positions are needed: which bytes of the file a cell is. The form is RFC 4180, with any line end, and
//! strict about quotes.

use std::ops::Range;

/// Where a cell is in the text, without its quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CellSpan {
    pub start: u32,
    pub end: u32,
    /// Whether it is quoted; then its text may hold doubled quotes.
    pub quoted: bool,
}

impl CellSpan {
    /// The bytes of the cell's content.
    pub fn range(self) -> Range<usize> {
        let at = |offset: u32| usize::try_from(offset).unwrap_or(usize::MAX);
        at(self.start)..at(self.end)
    }

    /// The bytes of the cell with its quotes.
    pub fn outer(self) -> Range<usize> {
        let Range { start, end } = self.range();
        let quote = usize::from(self.quoted);
        start.saturating_sub(quote)..end.saturating_add(quote)
    }
}

/// What is wrong with the form of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FormFault {
    /// A quote that opens a cell and is never closed.
    Unclosed(Range<usize>),
    /// A quote inside a cell that does not begin with one, or text after a closing quote.
    Stray(Range<usize>),
}

/// The cells of a text, row by row.
#[derive(Debug, Default)]
pub(super) struct Records {
    pub cells: Vec<CellSpan>,
    /// For each row the number of cells up to its end.
    pub row_ends: Vec<usize>,
    pub faults: Vec<FormFault>,
}

impl Records {
    /// The rows, each with its cells.
    pub fn rows(&self) -> impl Iterator<Item = &[CellSpan]> {
        let starts = std::iter::once(0).chain(self.row_ends.iter().copied());
        starts.zip(self.row_ends.iter().copied()).filter_map(|(start, end)| self.cells.get(start..end))
    }
}

/// Splits `text` into cells. A line end at the very end of the text begins no further row.
pub(super) fn split(text: &str) -> Records {
    let mut scanner = Scanner { bytes: text.as_bytes(), at: 0, records: Records::default() };
    while scanner.at < scanner.bytes.len() {
        scanner.row();
    }
    scanner.records
}

struct Scanner<'t> {
    bytes: &'t [u8],
    at: usize,
    records: Records,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn advance(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    fn row(&mut self) {
        loop {
            self.cell();
            match self.peek() {
                Some(b',') => self.advance(),
                Some(b'\r') => {
                    self.advance();
                    if self.peek() == Some(b'\n') {
                        self.advance();
                    }
                    break;
                }
                Some(_) => {
                    self.advance();
                    break;
                }
                None => break,
            }
        }
        self.records.row_ends.push(self.records.cells.len());
    }

    fn cell(&mut self) {
        if self.peek() == Some(b'"') { self.quoted() } else { self.bare() }
    }

    fn bare(&mut self) {
        let start = self.at;
        self.skip_to_delimiter();
        let content = self.bytes.get(start..self.at).unwrap_or(&[]);
        if let Some(quote) = content.iter().position(|byte| *byte == b'"') {
            let quote = start.saturating_add(quote);
            self.records.faults.push(FormFault::Stray(quote..quote.saturating_add(1)));
        }
        self.push(start, self.at, false);
    }

    fn quoted(&mut self) {
        let open = self.at;
        self.advance();
        let start = self.at;
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.advance();
                    if self.peek() != Some(b'"') {
                        break;
                    }
                    self.advance();
                }
                Some(_) => self.advance(),
                None => {
                    self.records.faults.push(FormFault::Unclosed(open..self.at));
                    self.push(start, self.at, false);
                    return;
                }
            }
        }
        self.push(start, self.at.saturating_sub(1), true);
        let after = self.at;
        self.skip_to_delimiter();
        if self.at > after {
            self.records.faults.push(FormFault::Stray(after..self.at));
        }
    }

    fn skip_to_delimiter(&mut self) {
        while self.peek().is_some_and(|byte| !matches!(byte, b',' | b'\r' | b'\n')) {
            self.advance();
        }
    }

    fn push(&mut self, start: usize, end: usize, quoted: bool) {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.records.cells.push(CellSpan { start: offset(start), end: offset(end), quoted });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<&str>> {
        let records = split(text);
        assert_eq!(records.faults, []);
        records.rows().map(|row| row.iter().map(|cell| &text[cell.range()]).collect()).collect()
    }

    #[test]
    fn rows_and_cells_with_any_line_end() {
        for end in ["\n", "\r\n", "\r"] {
            assert_eq!(cells(&format!("a,b{end}1,{end}")), [["a", "b"], ["1", ""]]);
            assert_eq!(cells(&format!("a{end}{end}b")), [["a"], [""], ["b"]]);
            assert_eq!(cells(&format!("\"x,{end}y\",z")), [[format!("x,{end}y").as_str(), "z"]]);
        }
        assert!(cells("").is_empty());
        assert_eq!(cells("\"a \"\"b\"\"\",\"\""), [["a \"\"b\"\"", ""]]);
    }

    #[test]
    fn loose_quotes_are_faults_with_a_place() {
        assert_eq!(split("a,\"b\nc").faults, [FormFault::Unclosed(2..6)]);
        assert_eq!(split("a,\"b\"c,d").faults, [FormFault::Stray(5..6)]);
        assert_eq!(split("a,5\" tube").faults, [FormFault::Stray(3..4)]);
        assert_eq!(split("a, \"b\"").faults, [FormFault::Stray(3..4)]);
    }
}
