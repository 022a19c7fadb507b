//! The savings waterfall: spending before, the steps of price, quantity and mix in this order, and spending after.
//!
//! Amounts stand in full over the bars, so that whoever adds the steps gets the difference to the last cent; under each
//! step stands its index, and the indices multiply.

mod of_award;
mod of_effects;

use super::measure::{lines, text_width};
use super::page::{Anchor, Ink};
use super::sheet::{BODY, MARGIN, SMALL, Sheet, WIDTH, number, part};
use crate::money::{Fraction, Money, Rounding};
use crate::report::reading::{percent, plain_money};
use crate::savings::effects::{Levels, Steps};
use crate::text::{Language, fill, text};

pub(in crate::report) use of_award::chart as of_award;
pub(in crate::report) use of_effects::chart as of_effects;

/// Height of the tallest bar.
const TALL: f64 = 230.0;
/// Bars.
const BARS: usize = 5;
/// Width of a bar.
const WIDE: f64 = 104.0;
/// Smallest size of an amount that is long.
const SMALLEST: f64 = 7.0;
/// Lines of a name under a bar, at most.
const NAME_LINES: usize = 3;

/// One bar.
struct Bar {
    /// Its lower and its upper end.
    span: (Money, Money),
    /// Where the spending stands after it.
    level: Money,
    /// What stands over it.
    amount: String,
    /// What it is.
    name: String,
    /// Its index, for a step.
    index: Option<String>,
    ink: Ink,
}

/// What the bars are called, and how.
pub(super) struct Words {
    /// Names of before, price, quantity, mix and after.
    pub(super) names: [String; BARS],
    /// Whether the mix is known; else its place stays empty.
    pub(super) with_mix: bool,
    /// Whether less quantity counts as spending that fell; else it is shown in a colour of its own.
    pub(super) quantity_is_change: bool,
    pub(super) language: Language,
}

/// An amount that is added or taken away, with its sign.
pub(in crate::report) fn signed(amount: Money) -> String {
    let figure = plain_money(amount);
    match figure.strip_prefix('-') {
        Some(less) => format!("−{less}"),
        None if amount.is_zero() => figure,
        None => format!("+{figure}"),
    }
}

/// An index and what it changes: `× 0.650000 (−35.0%)`.
fn index(value: &Fraction, language: Language) -> Option<String> {
    let printed = value.rounded(Rounding::half_up(4))?;
    let values = [("index", &*printed.to_string()), ("change", &*change(value)?)];
    Some(fill(language, "charts.waterfall.index", &values))
}

/// What an index changes, in percent with its sign.
pub(in crate::report) fn change(value: &Fraction) -> Option<String> {
    let shown = percent(value.minus(&Fraction::one()).rounded(Rounding::half_up(4))?, 1);
    Some(match (shown.strip_prefix('-'), *value == Fraction::one()) {
        (_, true) => shown,
        (Some(less), _) => format!("−{less}"),
        (None, _) => format!("+{shown}"),
    })
}

/// The bars of the levels, from the left.
fn bars(levels: &Levels, steps: &Steps, words: &Words) -> Vec<Bar> {
    let [before, price, quantity, mix, after] = words.names.clone();
    let mut level = steps.before;
    let whole = |amount: Money, name: String, ink| Bar {
        span: (Money::ZERO, amount),
        level: amount,
        amount: plain_money(amount),
        name,
        index: None,
        ink,
    };
    let mut bars = vec![whole(steps.before, before, Ink::BEFORE)];
    let indices = levels.indices();
    for (place, ((step, name), value)) in
        steps.each().into_iter().zip([price, quantity, mix]).zip(&indices).enumerate()
    {
        let from = level;
        level = level.plus(step).unwrap_or(level);
        let known = words.with_mix || place < 2;
        let ink = match (place, step < Money::ZERO) {
            (1, _) if !words.quantity_is_change => Ink::HALF,
            (_, true) => Ink::SAVED,
            (_, false) => Ink::ACCENT,
        };
        bars.push(Bar {
            span: (from.min(level), from.max(level)),
            level,
            amount: if known { signed(step) } else { "—".to_owned() },
            name,
            index: value.as_ref().filter(|_| known).and_then(|value| index(value, words.language)),
            ink,
        });
    }
    bars.push(whole(steps.after, after, Ink::WON));
    bars
}

/// The size at which a text fits, from that of a body text down.
fn size_for(text: &str, room: f64) -> f64 {
    let mut size = BODY;
    while size > SMALLEST && text_width(text, size, true) > room {
        size -= 0.5;
    }
    size
}

/// Draws the bars, with their amounts, names and indices.
pub(super) fn plot(sheet: &mut Sheet, levels: &Levels, steps: &Steps, words: &Words) {
    let bars = bars(levels, steps, words);
    let tallest = bars.iter().map(|bar| bar.span.1).max().unwrap_or(Money::ZERO);
    let base = sheet.y + TALL + 26.0;
    let column = (WIDTH - 2.0 * MARGIN) / number(BARS);
    let room = column - 10.0;
    let y = |amount: Money| base - TALL * part(amount, tallest);
    let size = bars.iter().map(|bar| size_for(&bar.amount, room)).fold(BODY, f64::min);
    let mut deepest = 0_usize;
    for (place, bar) in bars.iter().enumerate() {
        let middle = MARGIN + column * (number(place) + 0.5);
        let (left, right) = (middle - WIDE / 2.0, middle + WIDE / 2.0);
        let (low, high) = (y(bar.span.0), y(bar.span.1));
        if bar.span.0 == bar.span.1 {
            sheet.line((left, high), (right, high), Ink::MIDDLE, false);
        } else {
            sheet.bar((left, high), (right, low.max(high + 1.0)), bar.ink);
        }
        sheet.fitted(&bar.amount, (middle, high - 7.0), (size, true, Ink::DARK), Anchor::Middle, column);
        if place < BARS.saturating_sub(1) {
            let level = y(bar.level);
            sheet.line((right, level), (right + column - WIDE, level), Ink::MIDDLE, false);
        }
        let name = lines(&bar.name, SMALL, true, room);
        let index = bar.index.as_deref().map(|index| lines(index, SMALL, false, room)).unwrap_or_default();
        let said = name.into_iter().take(NAME_LINES).map(|line| (line, true));
        let said: Vec<(String, bool)> = said.chain(index.into_iter().map(|line| (line, false))).collect();
        for (row, (line, bold)) in said.iter().enumerate() {
            let at = (middle, base + 18.0 + 16.0 * number(row));
            sheet.fitted(line, at, (SMALL, *bold, Ink::DARK), Anchor::Middle, room);
        }
        deepest = deepest.max(said.len());
    }
    sheet.line((MARGIN, base), (WIDTH - MARGIN, base), Ink::MIDDLE, false);
    sheet.y = base + 18.0 + 16.0 * number(deepest);
}

/// Every bar in words, for the text alternative.
pub(super) fn in_words(levels: &Levels, steps: &Steps, words: &Words) -> String {
    let said = bars(levels, steps, words).into_iter().map(|bar| {
        let key = if bar.index.is_some() { "charts.waterfall.word_step" } else { "charts.waterfall.word" };
        let index = bar.index.unwrap_or_default();
        fill(words.language, key, &[("name", &bar.name), ("amount", &bar.amount), ("index", &index)])
    });
    said.collect::<Vec<_>>().join(text(words.language, "charts.waterfall.join"))
}
