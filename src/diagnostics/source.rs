//! A file's text, and places in it.

use std::ops::Range;
use std::sync::Arc;

/// Characters of a line kept on each side of the offending text.
const CONTEXT: usize = 120;
/// Characters kept of the offending text itself.
const SPAN: usize = 400;

/// A file of the tender folder as text, with the starts of its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    name: Arc<str>,
    text: Arc<str>,
    line_starts: Arc<[usize]>,
}

impl Source {
    /// The file `name` (relative to the tender folder) with its decoded text.
    ///
    /// A line ends at LF, CR LF or CR.
    pub fn new(name: &str, text: String) -> Self {
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter_map(|(at, byte)| {
            let next = at.saturating_add(1);
            let ends = *byte == b'\n' || (*byte == b'\r' && bytes.get(next) != Some(&b'\n'));
            ends.then_some(next)
        });
        let line_starts = std::iter::once(0).chain(ends).collect();
        Self { name: name.into(), line_starts, text: text.into() }
    }

    /// The file's name, relative to the tender folder.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a range of bytes; empty when it is not one of the text.
    pub fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or("")
    }

    /// The 1-based line that holds the byte at `offset`.
    pub fn line_at(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset)
    }

    /// The place of a range of bytes.
    pub fn place(&self, range: Range<usize>) -> Place {
        let line = self.line_at(range.start);
        let line_start = self.line_starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let next_line = self.line_starts.get(line).copied().unwrap_or(self.text.len());
        let whole = self.slice(line_start..next_line).trim_end_matches(['\r', '\n']);
        let in_line = range.start.saturating_sub(line_start).min(whole.len());
        let before = whole.get(..in_line).unwrap_or("");
        let after_start = whole.get(in_line..).unwrap_or("");
        let offending = self.slice(range);
        let on_line = offending.split(['\r', '\n']).next().unwrap_or("");
        let (skipped, lead) = last_characters(before, CONTEXT);
        let length = on_line.chars().count().min(SPAN);
        let kept = after_start.chars().take(length.saturating_add(CONTEXT));
        let lead_length = lead.chars().count();
        Place {
            file: Arc::clone(&self.name),
            line,
            column: skipped.saturating_add(lead_length).saturating_add(1),
            text: offending.chars().take(SPAN).collect(),
            excerpt: lead.chars().chain(kept).collect(),
            span: lead_length..lead_length.saturating_add(length),
            cut_before: skipped > 0,
            cut_after: after_start.chars().nth(length.saturating_add(CONTEXT)).is_some(),
        }
    }
}

/// The last `count` characters of `text`, and how many stand before them.
fn last_characters(text: &str, count: usize) -> (usize, &str) {
    let total = text.chars().count();
    let skipped = total.saturating_sub(count);
    let start = text.char_indices().nth(skipped).map_or(text.len(), |(at, _)| at);
    (skipped, text.get(start..).unwrap_or(""))
}

/// A place in a file, with what a reader needs to find it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// File, relative to the tender folder.
    pub file: Arc<str>,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The offending text; very long text is cut.
    pub text: Box<str>,
    /// The line, or the part of a long line around the offending text.
    pub excerpt: Box<str>,
    /// The offending text within the excerpt, in characters; may be empty.
    pub span: Range<usize>,
    /// Whether the excerpt leaves out the start of the line.
    pub cut_before: bool,
    /// Whether the excerpt leaves out the end of the line.
    pub cut_after: bool,
}

impl Place {
    /// The place of a whole file: its first line, no text.
    pub fn file(name: &str) -> Self {
        Source::new(name, String::new()).place(0..0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_come_from_offsets_with_any_line_end() {
        for end in ["\n", "\r\n", "\r"] {
            let source = Source::new("a.csv", format!("编号,价{end}甲乙,1,200{end}"));
            let at = source.text().find("1,200").unwrap();
            let place = source.place(at..at + 5);
            assert_eq!((place.line, place.column, &*place.text), (2, 4, "1,200"));
            assert_eq!((&*place.excerpt, place.span), ("甲乙,1,200", 3..8));
            let place = source.place(0..6);
            assert_eq!((place.line, place.column, &*place.excerpt), (1, 1, "编号,价"));
            let end_of_text = source.place(source.text().len()..source.text().len());
            assert_eq!((end_of_text.line, end_of_text.column), (3, 1));
        }
    }

    #[test]
    fn a_span_over_lines_shows_its_first_line() {
        let source = Source::new("a.csv", "x,\"one\ntwo\"\n".to_owned());
        let place = source.place(2..11);
        assert_eq!((&*place.excerpt, place.span), ("x,\"one", 2..6));
        assert_eq!(&*place.text, "\"one\ntwo\"");
    }

    #[test]
    fn long_lines_are_cut_around_the_text() {
        let source = Source::new("a.csv", format!("{}X{}", "价".repeat(500), "b".repeat(500)));
        let place = source.place(1500..1501);
        assert_eq!((place.column, place.cut_before, place.cut_after), (501, true, true));
        assert_eq!((place.excerpt.chars().count(), place.span), (CONTEXT * 2 + 1, CONTEXT..CONTEXT + 1));
    }
}
