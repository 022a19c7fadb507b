//! A cell, and what kind of number it holds.

use crate::diagnostics::{escape, shorten};
use crate::report::csv::begins_formula;

/// Characters that a text cell may have; Excel allows 32,767 halves of a character pair.
const LONGEST: usize = 16_000;
/// Digits that a spreadsheet keeps of a number (IEEE 754 double precision: every decimal of 15 digits survives).
const DIGITS_KEPT: usize = 15;

/// What a number is, which decides how it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// How many, or which place.
    Count,
    /// A price per unit.
    Price,
    /// An amount of money.
    Money,
    /// A volume in units.
    Volume,
    /// A share or a cut, shown in percent.
    Share,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    /// Unknown, or without meaning here.
    Blank,
    /// Text, safe to show.
    Text(String),
    /// The head of a sheet.
    Title(String),
    /// The head of a part of a sheet.
    Section(String),
    /// The head of a column, above the table.
    Head(String),
    /// What a reader must see first.
    Alarm(String),
    /// A remark that runs over the cells to its right.
    Note(String),
    /// A number as exact decimal text.
    Number(Kind, String),
    /// A number that a reader may change, or may fill in where it is not known.
    Input(Kind, Option<String>),
    /// A formula with its exact result; `None` where it gives no number.
    Formula(Kind, String, Option<String>),
    /// A formula whose exact result has no end; the result is given to 16 decimals.
    Quotient(Kind, String, Option<String>),
}

impl Cell {
    /// Text of a file, made safe to show.
    pub(super) fn shown(text: &str) -> Self {
        Self::Text(shorten(&escape(text), LONGEST))
    }

    /// As [`Self::shown`], blank without a text.
    pub(super) fn shown_if(text: Option<&str>) -> Self {
        text.map_or(Self::Blank, Self::shown)
    }

    /// Text of the catalogue, or text that is safe already.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(shorten(&text.into(), LONGEST))
    }

    /// A number.
    pub(super) fn number(kind: Kind, value: impl ToString) -> Self {
        Self::Number(kind, value.to_string())
    }

    /// A number, blank where it is unknown.
    pub(super) fn number_if(kind: Kind, value: Option<impl ToString>) -> Self {
        value.map_or(Self::Blank, |value| Self::number(kind, value))
    }

    /// A formula with its exact result.
    pub(super) fn formula(kind: Kind, formula: impl Into<String>, result: Option<impl ToString>) -> Self {
        Self::Formula(kind, formula.into(), result.map(|result| result.to_string()))
    }

    /// The exact decimal in the cell and what it is, if it holds a number.
    pub(super) fn decimal(&self) -> Option<(Kind, &str)> {
        match self {
            Self::Number(kind, text)
            | Self::Input(kind, Some(text))
            | Self::Formula(kind, _, Some(text))
            | Self::Quotient(kind, _, Some(text)) => Some((*kind, text)),
            _ => None,
        }
    }

    /// The exact decimal, if a spreadsheet cannot keep all of its digits.
    pub(super) fn beyond_a_spreadsheet(&self) -> Option<&str> {
        let (_, text) = self.decimal().filter(|_| !matches!(self, Self::Quotient(..)))?;
        (significant_digits(text) > DIGITS_KEPT).then_some(text)
    }

    /// Whether a spreadsheet might take the text for a formula when somebody edits the cell.
    pub(super) fn looks_like_a_formula(&self) -> bool {
        matches!(self, Self::Text(text) if begins_formula(text))
    }
}

/// Digits of a decimal between its first and its last digit that is not zero.
fn significant_digits(text: &str) -> usize {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let whole = digits.trim_start_matches('0');
    whole.trim_end_matches('0').len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifteen_digits_are_kept_and_sixteen_are_not() {
        for (text, digits) in
            [("0", 0), ("0.0001", 1), ("1200.00", 2), ("-123456789012.345", 15), ("1000000000000001", 16)]
        {
            assert_eq!(significant_digits(text), digits, "{text}");
        }
        let kept = Cell::number(Kind::Money, "123456789012.345");
        assert_eq!(kept.beyond_a_spreadsheet(), None);
        let lost = Cell::formula(Kind::Money, "A1*B1", Some("1234567890123.456"));
        assert_eq!(lost.beyond_a_spreadsheet(), Some("1234567890123.456"));
        assert_eq!(Cell::Blank.beyond_a_spreadsheet(), None);
    }

    #[test]
    fn hidden_characters_show_and_long_text_is_cut() {
        assert_eq!(Cell::shown("a\u{202e}b"), Cell::Text("a\\u{202e}b".to_owned()));
        let Cell::Text(long) = Cell::shown(&"药".repeat(40_000)) else { unreachable!() };
        assert_eq!(long.chars().count(), LONGEST + 1);
        assert!(Cell::shown("=1+1").looks_like_a_formula() && !Cell::shown("1+1").looks_like_a_formula());
    }
}
