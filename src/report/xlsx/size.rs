//! Widths of columns and heights of rows, so that nothing is cut off on the screen or on paper.
//!
//! Heights are stated, because not every program works them out when it opens a file.

use unicode_width::UnicodeWidthStr;

use super::cell::Cell;
use super::sheet::Sheet;

/// Widths of columns, in digits; a Chinese character is as wide as two.
const NARROWEST: usize = 6;
const WIDEST_HEAD: usize = 14;
const WIDEST: usize = 28;
/// A column of sentences, which are longer than [`SENTENCE`], and the column of values of a summary.
const WIDEST_OF_SENTENCES: usize = 46;
const SENTENCE: usize = 84;
const WIDEST_OF_SUMMARY: usize = 80;
/// Height of a line in points; a Chinese line needs a little more than a Latin one.
pub(super) const LINE: u16 = 17;
/// Height of the tallest row that the format has, in points.
const TALLEST: usize = 405;

/// Widths and heights of a sheet.
pub(super) struct Sizes {
    /// Width of each column, in digits.
    pub(super) columns: Vec<u16>,
    /// Rows with more than one line, and their heights in points.
    pub(super) rows: Vec<(usize, u16)>,
}

impl Sizes {
    /// The sizes of a sheet that shows `rows` of its table, and one more column when exact values stand beside them.
    pub(super) fn of(sheet: &Sheet, rows: &[Vec<Cell>], with_exact: bool) -> Self {
        let mut columns = widths(sheet, rows);
        columns.extend(with_exact.then_some(WIDEST_OF_SENTENCES));
        let head = sheet.above.len();
        let heads: Vec<Cell> = sheet.heads.iter().cloned().map(Cell::Head).collect();
        let exact = rows.iter().map(|row| with_exact.then(|| sheet.exact_values(row)).flatten());
        let lines_of_rows = rows.iter().zip(exact).map(|(row, exact)| {
            let beside = exact.map_or(1, |exact| lines(&exact, WIDEST_OF_SENTENCES));
            lines_of(row, &columns).max(beside)
        });
        let above = sheet.above.iter().map(|row| lines_of(row, &columns));
        let all = above.chain([lines_of(&heads, &columns)]).chain(lines_of_rows).enumerate();
        let tall = all.filter(|(at, lines)| *lines > 1 || (*at == head && !heads.is_empty()));
        let rows = tall
            .map(|(at, lines)| {
                (at, narrow(lines.saturating_mul(usize::from(LINE)).saturating_add(2).min(TALLEST)))
            })
            .collect();
        Self { columns: columns.into_iter().map(narrow).collect(), rows }
    }
}

fn narrow(size: usize) -> u16 {
    u16::try_from(size).unwrap_or(u16::MAX)
}

fn widths(sheet: &Sheet, rows: &[Vec<Cell>]) -> Vec<usize> {
    let mut widths: Vec<usize> = sheet.heads.iter().map(|head| head_width(head)).collect();
    for (column, cell) in sheet.above.iter().chain(rows).flat_map(|row| row.iter().enumerate()) {
        let needed = match cell {
            Cell::Text(text) | Cell::Alarm(text) => text.width().saturating_add(2),
            Cell::Head(text) => head_width(text),
            Cell::Blank | Cell::Title(_) | Cell::Section(_) | Cell::Note(_) => 0,
            // Room for marks between thousands, a sign and a percent sign.
            _ => cell
                .decimal()
                .map_or(0, |(_, text)| text.len().min(24).saturating_mul(5).div_ceil(4).saturating_add(3)),
        };
        if widths.len() <= column {
            widths.resize(column.saturating_add(1), 0);
        }
        if let Some(width) = widths.get_mut(column) {
            *width = needed.max(*width);
        }
    }
    let widest = |width: usize| match (sheet.heads.is_empty(), width > SENTENCE) {
        (true, _) => WIDEST_OF_SUMMARY,
        (false, true) => WIDEST_OF_SENTENCES,
        (false, false) => WIDEST,
    };
    widths.into_iter().map(|width| width.clamp(NARROWEST, widest(width))).collect()
}

/// A head may break into lines, but not inside a short word.
fn head_width(head: &str) -> usize {
    let longest = head.split(' ').map(UnicodeWidthStr::width).max().unwrap_or(0);
    longest.saturating_add(5).min(WIDEST_HEAD)
}

fn lines_of(row: &[Cell], columns: &[usize]) -> usize {
    let lines = row.iter().zip(columns).map(|(cell, width)| match cell {
        Cell::Text(text) | Cell::Alarm(text) => lines(text, *width),
        // A bold letter is wider, and the button of the filter takes room.
        Cell::Head(text) => lines(text, width.saturating_sub(3)),
        Cell::Title(_) => 2,
        _ => 1,
    });
    lines.max().unwrap_or(1)
}

/// Lines that a text takes in a column; a line breaks between words, so not all of it is used.
fn lines(text: &str, width: usize) -> usize {
    let usable = width.saturating_sub(1).max(1);
    let needed = text.width();
    if needed <= usable { 1 } else { needed.saturating_mul(9).div_ceil(usable.saturating_mul(8)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_twice_as_wide_and_long_text_wraps() {
        let rows = vec![vec![Cell::text("药".repeat(10)), Cell::text("x".repeat(100)), Cell::Blank]];
        let heads = ["名称", "a head of many words", "c"].map(str::to_owned).to_vec();
        let sheet = Sheet::table("s", heads, rows);
        let sizes = Sizes::of(&sheet, &sheet.rows, false);
        assert_eq!(sizes.columns, [22, 46, 6]);
        assert_eq!(sizes.rows, [(0, 19), (1, 53)]);
    }
}
