//! Number formats and cell styles.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use super::cell::{Cell, Kind};

/// Most decimals that a format shows; the cell keeps them all.
const DECIMALS_SHOWN: usize = 10;
/// Colours that stay apart in grey print: heads on dark blue, input on pale yellow, alarms in dark red.
const HEAD: Color = Color::RGB(0x1f_4e_78);
const INPUT: Color = Color::RGB(0xff_f2_cc);
const ALARM: Color = Color::RGB(0x9c_00_06);

/// What a cell looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Style {
    /// Text that wraps.
    Text,
    /// Text that must not become a formula when somebody edits the cell.
    Quoted,
    /// Head of a sheet.
    Title,
    /// Head of a part.
    Section,
    /// Head of a column.
    Head,
    /// What a reader must see first.
    Alarm,
    /// A remark.
    Note,
    /// A number: what it is, how many decimals, whether it is input, whether it is marked as not exact.
    Number(Kind, usize, bool, bool),
}

/// The formats of a workbook, each made once.
pub(super) struct Formats {
    made: BTreeMap<(Style, bool), Format>,
    /// Whether numbers stand at the left, as in a list of names and values.
    pub(super) left: bool,
}

impl Formats {
    /// None yet.
    pub(super) fn new() -> Self {
        Self { made: BTreeMap::new(), left: false }
    }

    /// The format of a style.
    pub(super) fn of(&mut self, style: Style) -> &Format {
        let left = self.left;
        self.made.entry((style, left)).or_insert_with(|| make(style, left))
    }
}

fn make(style: Style, left: bool) -> Format {
    let plain = Format::new().set_align(FormatAlign::Top);
    match style {
        Style::Text => plain.set_text_wrap(),
        Style::Quoted => plain.set_text_wrap().set_quote_prefix(),
        Style::Title => plain.set_bold().set_font_size(15),
        Style::Section => plain.set_bold().set_font_size(12).set_border_bottom(FormatBorder::Thin),
        Style::Head => Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter)
            .set_font_color(Color::White)
            .set_background_color(HEAD)
            .set_border(FormatBorder::Thin),
        Style::Alarm => plain.set_bold().set_text_wrap().set_font_color(ALARM),
        Style::Note => plain.set_italic(),
        Style::Number(kind, decimals, input, marked) => {
            let number = plain.set_num_format(number_format(kind, decimals, marked));
            let number = match (left, kind) {
                (true, _) => number.set_align(FormatAlign::Left),
                (false, Kind::Count) => number.set_align(FormatAlign::Center),
                (false, _) => number,
            };
            if input { number.set_background_color(INPUT).set_unlocked() } else { number }
        }
    }
}

/// Decimals that every number of a kind shows.
fn least_decimals(kind: Kind) -> usize {
    match kind {
        Kind::Count | Kind::Volume => 0,
        Kind::Money | Kind::Share => 2,
        Kind::Price => 4,
    }
}

/// Decimals that a decimal needs when it is shown as a number of this kind.
pub(super) fn decimals(cell: &Cell) -> Option<(Kind, usize)> {
    let (kind, text) = cell.decimal()?;
    if matches!(cell, Cell::Quotient(..)) {
        return Some((kind, least_decimals(kind)));
    }
    let fraction = text.split_once('.').map_or(0, |(_, fraction)| fraction.trim_end_matches('0').len());
    let fraction = if kind == Kind::Share { fraction.saturating_sub(2) } else { fraction };
    Some((kind, fraction.max(least_decimals(kind)).min(DECIMALS_SHOWN)))
}

/// The number format that shows `decimals` decimals, with `≈` before a number that is not exact.
fn number_format(kind: Kind, decimals: usize, marked: bool) -> String {
    let zeros = "0".repeat(decimals);
    let point = if decimals == 0 { "" } else { "." };
    let shown = match kind {
        Kind::Count => format!("0{point}{zeros}"),
        Kind::Share => format!("0{point}{zeros}%"),
        Kind::Price | Kind::Money | Kind::Volume => format!("#,##0{point}{zeros}"),
    };
    if marked { format!("\"≈\"{shown};\"≈\"-{shown}") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_show_what_the_field_prints() {
        assert_eq!(number_format(Kind::Price, 4, false), "#,##0.0000");
        assert_eq!(number_format(Kind::Volume, 0, false), "#,##0");
        assert_eq!(number_format(Kind::Share, 2, false), "0.00%");
        assert_eq!(number_format(Kind::Money, 2, true), "\"≈\"#,##0.00;\"≈\"-#,##0.00");
    }

    #[test]
    fn a_number_shows_its_own_decimals_and_no_more_than_ten() {
        let of = |kind, text: &str| decimals(&Cell::number(kind, text)).unwrap().1;
        assert_eq!((of(Kind::Price, "0.3000"), of(Kind::Price, "0.04840")), (4, 4));
        assert_eq!((of(Kind::Price, "0.000012345"), of(Kind::Money, "0.123456789012")), (9, 10));
        assert_eq!((of(Kind::Share, "0.66631"), of(Kind::Share, "0.5")), (3, 2));
        assert_eq!(decimals(&Cell::text("0.5")), None);
    }
}
