//! Bars in rows from a common zero line: scenarios, what rules cost, frontiers.

use super::page::{Anchor, Ink};
use super::sheet::{BODY, MARGIN, SMALL, Sheet, WIDTH, part};
use crate::money::Money;

/// Right end of the names.
const NAMES: f64 = 300.0;
/// Room to the right of the bars, for what is said of each.
const SAID: f64 = 150.0;
/// Room for a figure at the end of a bar.
const FIGURE: f64 = 170.0;
/// Height of a row.
const ROW: f64 = 24.0;

/// One row.
pub(super) struct Row {
    /// What it is about.
    pub(super) name: String,
    /// Length of the bar, to the left when it is below zero; `None` without a bar.
    pub(super) value: Option<Money>,
    /// The figure at the end of the bar.
    pub(super) figure: String,
    /// What is said at the right edge.
    pub(super) said: String,
    /// The colour of the bar.
    pub(super) ink: Ink,
}

/// Draws the rows one under the other.
pub(super) fn draw_rows(sheet: &mut Sheet, rows: &[Row]) {
    let zero = Money::ZERO;
    let values = || rows.iter().filter_map(|row| row.value);
    let above = values().max().unwrap_or(zero).max(zero);
    let below = zero.minus(values().min().unwrap_or(zero).min(zero)).unwrap_or(zero);
    let whole = above.plus(below).unwrap_or(above);
    let left = NAMES + if below.is_zero() { 0.0 } else { FIGURE };
    let right = WIDTH - MARGIN - SAID - FIGURE;
    let origin = left + (right - left) * part(below, whole);
    let top = sheet.y;
    for row in rows {
        let y = sheet.y + ROW / 2.0;
        let style = (BODY, false, Ink::DARK);
        sheet.fitted(&row.name, (NAMES - 10.0, y + 4.5), style, Anchor::End, NAMES - MARGIN - 10.0);
        let bold = (BODY, true, Ink::DARK);
        match row.value {
            Some(value) if value < zero => {
                let length = zero.minus(value).map_or(0.0, |size| part(size, whole));
                let end = origin - (right - left) * length;
                sheet.bar((end.min(origin - 1.0), y - 7.5), (origin, y + 7.5), row.ink);
                sheet.fitted(&row.figure, (end - 8.0, y + 4.5), bold, Anchor::End, FIGURE - 8.0);
            }
            Some(value) => {
                let end = origin + (right - left) * part(value, whole);
                if value > zero {
                    sheet.bar((origin, y - 7.5), (end.max(origin + 1.0), y + 7.5), row.ink);
                }
                sheet.fitted(&row.figure, (end + 8.0, y + 4.5), bold, Anchor::Start, FIGURE - 8.0);
            }
            None => {
                sheet.fitted(
                    &row.figure,
                    (origin + 8.0, y + 4.5),
                    (BODY, false, Ink::ACCENT),
                    Anchor::Start,
                    right - origin,
                );
            }
        }
        sheet.fitted(
            &row.said,
            (WIDTH - MARGIN, y + 4.5),
            (SMALL, false, Ink::GREY),
            Anchor::End,
            SAID - 8.0,
        );
        sheet.y += ROW;
    }
    sheet.line((origin, top), (origin, sheet.y), Ink::MIDDLE, false);
}
