//! Two bars for one page: what the agreed volume cost before, and what it costs now.

use super::draw::draw;
use super::page::{Anchor, Ink};
use super::sheet::{Sheet, WIDTH, part};
use super::svg::Alternative;
use crate::money::Money;

/// Height of a bar and of its row.
const BAR: f64 = 34.0;
const ROW: f64 = 46.0;
/// Left end of the bars, right end of the longest.
const LEFT: f64 = 250.0;
const RIGHT: f64 = WIDTH - 270.0;
/// Font size: about 10 points where the page is as wide as A4.
const SIZE: f64 = 19.0;

/// A bar: its name, its amount, the amount as it is shown.
pub(in crate::report) struct StripBar<'a> {
    pub name: &'a str,
    pub amount: Money,
    pub shown: &'a str,
}

/// Before and after, with what lies between them named.
pub(in crate::report) fn chart(
    bars: &[StripBar<'_>; 2],
    between: &str,
    title: &str,
    language: &str,
) -> String {
    let [before, after] = bars;
    let longest = before.amount.max(after.amount);
    let end = |amount: Money| LEFT + (RIGHT - LEFT) * part(amount, longest);
    let mut sheet = Sheet { shapes: Vec::new(), y: 4.0 };
    for (bar, ink) in bars.iter().zip([Ink::BEFORE, Ink::WON]) {
        let (top, middle) = (sheet.y, sheet.y + BAR / 2.0 + SIZE * 0.35);
        let style = (SIZE, false, Ink::DARK);
        sheet.fitted(bar.name, (LEFT - 12.0, middle), style, Anchor::End, LEFT - 16.0);
        sheet.bar((LEFT, top), (end(bar.amount).max(LEFT + 2.0), top + BAR), ink);
        sheet.y += ROW;
    }
    let (first, second) = (4.0 + BAR / 2.0 + SIZE * 0.35, 4.0 + ROW + BAR / 2.0 + SIZE * 0.35);
    let bold = (SIZE, true, Ink::DARK);
    sheet.label(before.shown, (end(before.amount) + 10.0, first), bold, Anchor::Start);
    if before.amount > after.amount {
        let from = end(after.amount).max(LEFT + 2.0);
        sheet.bar((from, 4.0 + ROW), (end(before.amount), 4.0 + ROW + BAR), Ink::SAVED);
        let room = end(before.amount) - from - 12.0;
        sheet.fitted(between, (from + 10.0, second), (SIZE, false, Ink::DARK), Anchor::Start, room);
    }
    let level = end(before.amount).max(end(after.amount)) + 10.0;
    sheet.label(after.shown, (level, second), bold, Anchor::Start);
    let description =
        format!("{}: {}. {}: {}. {between}", before.name, before.shown, after.name, after.shown);
    let alternative = Alternative { id: "strip", title, description: &description, language };
    draw(&sheet.finish(&[]), &alternative)
}
