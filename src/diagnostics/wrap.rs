//! Lines of a bounded width, for text in which Chinese has no blanks to break at.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns of a terminal that a character takes.
pub(crate) fn width(character: char) -> usize {
    character.width().unwrap_or(0)
}

/// Characters that must not begin a line.
const CLOSING: &str = "，。、；：？！）》」』】”’%),.;:?!";

/// `text` broken into lines of at most `limit` columns, at blanks and around wide characters; its own line ends stay.
pub(crate) fn wrap(text: &str, limit: usize) -> Vec<String> {
    text.lines().flat_map(|line| wrap_line(line, limit)).collect()
}

fn wrap_line(line: &str, limit: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut current = String::new();
    for piece in pieces(line) {
        let fits = current.width().saturating_add(piece.trim_end().width()) <= limit;
        if !fits && !current.is_empty() {
            lines.push(current.trim_end().to_owned());
            current.clear();
        }
        current.push_str(piece);
    }
    lines.push(current.trim_end().to_owned());
    lines
}

/// The unbreakable pieces of a line, each with the blanks that follow it.
fn pieces(line: &str) -> Vec<&str> {
    let mut cuts = Vec::new();
    let mut before: Option<char> = None;
    for (at, character) in line.char_indices() {
        if before.is_some_and(|before| may_break(before, character)) {
            cuts.push(at);
        }
        before = Some(character);
    }
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain(std::iter::once(line.len()));
    starts.zip(ends).filter_map(|(start, end)| line.get(start..end)).collect()
}

fn may_break(before: char, after: char) -> bool {
    if after == ' ' || CLOSING.contains(after) {
        return false;
    }
    before == ' ' || ((width(before) == 2 || width(after) == 2) && !"“‘（《「『【(".contains(before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_breaks_at_blanks_and_chinese_between_characters() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("价格不能为零。", 6), ["价格不", "能为", "零。"]);
        assert_eq!(wrap("a very-long-word", 4), ["a", "very-long-word"]);
        assert_eq!(wrap("one\ntwo", 80), ["one", "two"]);
    }
}
