//! Lines and columns of a terminal, where a Chinese character takes two columns.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::diagnostics::wrap;
use crate::text::{Language, fill};

/// Columns of the page.
pub(in crate::report) const PAGE: usize = 80;

/// Text under construction; no line is wider than the page.
pub(in crate::report) struct Page {
    /// Its language.
    pub language: Language,
    text: String,
}

impl Page {
    pub(in crate::report) fn new(language: Language) -> Self {
        Self { language, text: String::new() }
    }

    pub(in crate::report) fn into_text(self) -> String {
        format!("{}\n", self.text.trim_end())
    }

    /// One line; what does not fit is cut.
    pub(in crate::report) fn line(&mut self, line: &str) {
        self.text.push_str(shortened(line, PAGE).trim_end());
        self.text.push('\n');
    }

    /// An empty line, once.
    pub(in crate::report) fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// A sentence of the catalogue, over as many lines as it needs; the second and later ones are set in.
    pub(in crate::report) fn say(&mut self, key: &str, values: &[(&str, &str)]) {
        let sentence = fill(self.language, key, values);
        self.wrapped(&sentence, 0, 2);
    }

    /// A text set in by some steps, its later lines by one more.
    pub(in crate::report) fn item(&mut self, depth: usize, text: &str) {
        let indent = depth.saturating_mul(2);
        self.wrapped(text, indent, indent.saturating_add(2));
    }

    fn wrapped(&mut self, text: &str, first: usize, later: usize) {
        let room = PAGE.saturating_sub(later);
        let lines = wrap(text, room).into_iter().flat_map(|line| broken(&line, room));
        for (number, line) in lines.enumerate() {
            let indent = if number == 0 { first } else { later };
            self.line(&format!("{}{line}", " ".repeat(indent)));
        }
    }
}

/// A line that is still too wide, such as one long path, broken wherever it must.
fn broken(line: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0_usize;
    for character in line.chars() {
        let width = character.width().unwrap_or(0);
        if used.saturating_add(width) > room {
            lines.push(String::new());
            used = 0;
        }
        used = used.saturating_add(width);
        if let Some(last) = lines.last_mut() {
            last.push(character);
        }
    }
    lines
}

/// `text` in at most `room` columns, its end replaced by `…` when it is longer.
pub(in crate::report) fn shortened(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let mut used = 1_usize;
    let mut short: String = text
        .chars()
        .take_while(|character| {
            used = used.saturating_add(character.width().unwrap_or(0));
            used <= room
        })
        .collect();
    short.push('…');
    short
}

/// On which side of its column a cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Side {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// Rows of cells under each other, at most as wide as the page: the first column gives way.
///
/// `least` is what the first column keeps at least, as long as the others leave it.
pub(in crate::report) fn aligned(rows: &[Vec<String>], sides: &[Side], least: usize) -> Vec<String> {
    let mut widths: Vec<usize> = sides
        .iter()
        .enumerate()
        .map(|(column, _)| {
            rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
        })
        .collect();
    let others: usize = widths.iter().skip(1).sum();
    let gaps = widths.len().saturating_sub(1);
    let left_with = |gap: usize| PAGE.saturating_sub(others).saturating_sub(gaps.saturating_mul(gap));
    let gap = if left_with(2) >= least { 2 } else { 1 };
    if let Some(first) = widths.first_mut() {
        *first = (*first).min(left_with(gap));
    }
    rows.iter()
        .map(|row| {
            let cells: Vec<String> = row
                .iter()
                .zip(sides)
                .zip(&widths)
                .map(|((cell, side), width)| placed(&shortened(cell, *width), *side, *width))
                .collect();
            shortened(cells.join(&" ".repeat(gap)).trim_end(), PAGE)
        })
        .collect()
}

fn placed(cell: &str, side: Side, width: usize) -> String {
    let blank = " ".repeat(width.saturating_sub(cell.width()));
    match side {
        Side::Left => format!("{cell}{blank}"),
        Side::Right => format!("{blank}{cell}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn columns_stand_under_each_other_in_both_scripts() {
        let rows = [row(&["阿卡波糖", "7", "1.00"]), row(&["Acarbose", "12", "10.00"])];
        let shown = aligned(&rows, &[Side::Left, Side::Right, Side::Right], 8);
        assert_eq!(shown, ["阿卡波糖   7   1.00", "Acarbose  12  10.00"]);
    }

    #[test]
    fn the_first_column_gives_way_and_no_line_is_too_wide() {
        let long = "注射用头孢哌酮钠舒巴坦钠".repeat(9);
        let rows = [row(&[&long, &"1".repeat(30)]), row(&["x", &"2".repeat(90)])];
        for row in &rows {
            for line in aligned(std::slice::from_ref(row), &[Side::Left, Side::Right], 12) {
                assert!(line.width() <= PAGE, "{line}");
            }
        }
        let lines = aligned(&rows[..1], &[Side::Left, Side::Right], 12);
        assert!(
            lines[0].contains("…") && lines[0].ends_with(" 111111111111111111111111111111"),
            "{}",
            lines[0]
        );
    }

    #[test]
    fn a_long_path_is_broken_and_loses_nothing() {
        let path = "价x/".repeat(60);
        let lines = broken(&path, 78);
        assert!(lines.len() > 2 && lines.iter().all(|line| line.width() <= 78), "{lines:?}");
        assert_eq!(lines.concat(), path);
        assert_eq!(broken("", 78), [""]);
    }

    #[test]
    fn a_cut_text_never_splits_a_wide_character() {
        assert_eq!(shortened("价格一二", 8), "价格一二");
        assert_eq!(shortened("价格一二", 7), "价格一…");
        assert_eq!(shortened("价格一二", 6), "价格…");
    }
}
