//! What matters most: the saving of all years when one factor alone moves to its low and to its high value.

use super::draw::draw;
use super::page::{Anchor, Ink};
use super::scale::{Scale, in_one_unit, trimmed};
use super::sheet::{BODY, MARGIN, SMALL, Sheet, WIDTH};
use super::svg::Alternative;
use super::{notes, subject_lines};
use crate::certify::CertifiedAward;
use crate::money::{Money, Ratio};
use crate::report::about::{About, about};
use crate::report::tables::shown_value;
use crate::savings::projection::{Assumption, Effect, Factor, Projection};
use crate::text::{Language, fill, text};

/// Left and right end of the scale; names stand to its left, and labels may reach over it on both sides.
const LEFT: f64 = 344.0;
const RIGHT: f64 = WIDTH - MARGIN - 96.0;
/// Height of a row and of its bar.
const ROW: f64 = 54.0;
const BAR: f64 = 22.0;
/// What the texts of the chart begin with.
const TEXTS: &str = "projection.factors.";

/// The chart; `None` when no factor moves the saving.
pub(super) fn chart(award: &CertifiedAward, projection: &Projection, language: Language) -> Option<String> {
    let moving: Vec<&Effect> = projection.effects.iter().filter(|effect| !effect.swing().is_zero()).collect();
    let largest = moving.first()?;
    let notice = &award.screened().notice;
    let About { cells, unit } = about(&[largest.swing()], 3, &notice.currency, language);
    let swing = cells.into_iter().next()?;
    let years = projection.years.to_string();
    let values = [
        ("factor", name(largest.factor, language)),
        ("range", &*widest(largest.factor, projection, language)),
        ("swing", &swing),
        ("unit", &unit),
        ("years", &years),
        ("baseline", &super::super::projection::against(projection, language)),
    ];
    let title = fill(language, &format!("{TEXTS}title"), &values);
    let mut subtitle = subject_lines(award, language);
    subtitle.push(fill(language, &format!("{TEXTS}subtitle"), &values));
    let mut sheet = Sheet::new(&title, &subtitle);
    legend(&mut sheet, language);
    bars(&mut sheet, &moving, projection, &notice.currency, language)?;
    let mut foot = vec![fill(language, &format!("{TEXTS}note"), &values)];
    foot.extend(still(projection, language));
    foot.extend(notes(award, language));
    let said = moving.iter().map(|effect| in_words(effect, projection, &notice.currency, language));
    let description = format!("{title}. {}", said.collect::<Vec<_>>().join(" "));
    let alternative =
        Alternative { id: "factors", title: &title, description: &description, language: language.code() };
    Some(draw(&sheet.finish(&foot), &alternative))
}

fn name(factor: Factor, language: Language) -> &'static str {
    text(language, &format!("savings.word.{}", factor.name()))
}

/// The factors that move nothing, in one sentence.
fn still(projection: &Projection, language: Language) -> Option<String> {
    let still = projection.effects.iter().filter(|effect| effect.swing().is_zero());
    let names: Vec<&str> = still.map(|effect| name(effect.factor, language)).collect();
    let names = names.join(text(language, "report.summary.comma"));
    (!names.is_empty()).then(|| fill(language, &format!("{TEXTS}still"), &[("factors", &names)]))
}

/// A factor in the first and in the last year; only uptake can differ.
fn ends(factor: Factor, projection: &Projection) -> Option<(&Assumption, &Assumption)> {
    let all = projection.assumptions.each();
    let mut own =
        all.iter().filter(|(of, year, _)| *of == factor && year.is_none_or(|year| year <= projection.years));
    let first = own.next().map(|(.., assumption)| *assumption)?;
    Some((first, own.next_back().map_or(first, |(.., assumption)| *assumption)))
}

/// Its range in words.
fn between(low: Ratio, high: Ratio, language: Language) -> String {
    let [low, high] = [low, high].map(shown_value);
    fill(language, &format!("{TEXTS}range"), &[("low", &low), ("high", &high)])
}

/// From the least to the greatest value of any year.
fn widest(factor: Factor, projection: &Projection, language: Language) -> String {
    ends(factor, projection).map_or_else(String::new, |(first, last)| {
        between(first.low.min(last.low), first.high.max(last.high), language)
    })
}

/// The range of the first year, and that of the last when it is another.
fn range(factor: Factor, projection: &Projection, language: Language) -> String {
    let Some((first, last)) = ends(factor, projection) else { return String::new() };
    let [first, last] = [first, last].map(|of| between(of.low, of.high, language));
    if first == last {
        return first;
    }
    fill(language, &format!("{TEXTS}ranges"), &[("first", &first), ("last", &last)])
}

fn in_words(effect: &Effect, projection: &Projection, currency: &str, language: Language) -> String {
    let (cells, unit) = in_one_unit(&[effect.at_low, effect.at_high], currency, language);
    let [low, high] = [0, 1].map(|place| cells.get(place).cloned().unwrap_or_default());
    let values = [
        ("factor", name(effect.factor, language)),
        ("range", &*range(effect.factor, projection, language)),
        ("low", &low),
        ("high", &high),
        ("unit", &unit),
    ];
    fill(language, &format!("{TEXTS}word"), &values)
}

/// Which end is which.
fn legend(sheet: &mut Sheet, language: Language) {
    let y = sheet.y + 12.0;
    let mut x = MARGIN;
    for (ink, key) in [(Ink::BEFORE, "at_low"), (Ink::WON, "at_high")] {
        sheet.bar((x, y - 10.0), (x + 22.0, y), ink);
        let label = text(language, &format!("{TEXTS}{key}"));
        sheet.label(label, (x + 29.0, y), (SMALL, false, Ink::DARK), Anchor::Start);
        x += 29.0 + super::measure::text_width(label, SMALL, false) + 26.0;
    }
    sheet.y = y + 24.0;
}

/// One row for each factor: the bar begins at the central path and ends at each end.
fn bars(
    sheet: &mut Sheet,
    moving: &[&Effect],
    projection: &Projection,
    currency: &str,
    language: Language,
) -> Option<()> {
    let central = projection.central.whole.saving;
    let amounts: Vec<Money> =
        moving.iter().flat_map(|effect| [effect.at_low, effect.at_high]).chain([central]).collect();
    let scale = Scale::of(amounts.iter().copied())?;
    let x = |amount: Money| LEFT + (RIGHT - LEFT) * scale.at(amount);
    let (cells, unit) = in_one_unit(&amounts, currency, language);
    let top = sheet.y + 22.0;
    let rows = super::sheet::number(moving.len());
    let base = top + rows * ROW;
    let (marks, mark_unit) = in_one_unit(&scale.marks, currency, language);
    for (mark, cell) in scale.marks.iter().zip(&marks) {
        sheet.line((x(*mark), top), (x(*mark), base), Ink::GRID, false);
        let style = (SMALL, false, Ink::GREY);
        sheet.label(trimmed(cell), (x(*mark), base + 16.0), style, Anchor::Middle);
    }
    sheet.label(&mark_unit, (MARGIN, base + 16.0), (SMALL, false, Ink::GREY), Anchor::Start);
    for (row, (effect, cells)) in moving.iter().zip(cells.chunks(2)).enumerate() {
        let middle = top + (super::sheet::number(row) + 0.5) * ROW;
        let room = LEFT - MARGIN - 90.0;
        let label = name(effect.factor, language);
        sheet.fitted(label, (MARGIN, middle - 3.0), (BODY, true, Ink::DARK), Anchor::Start, room);
        let values = range(effect.factor, projection, language);
        sheet.fitted(&values, (MARGIN, middle + 13.0), (SMALL, false, Ink::GREY), Anchor::Start, room);
        let ends = [(effect.at_low, Ink::BEFORE), (effect.at_high, Ink::WON)];
        for ((amount, ink), cell) in ends.into_iter().zip(cells) {
            let (from, to) = (x(central.min(amount)), x(central.max(amount)));
            sheet.bar((from, middle - BAR / 2.0), (to, middle + BAR / 2.0), ink);
            let (at, anchor) =
                if amount < central { (from - 6.0, Anchor::End) } else { (to + 6.0, Anchor::Start) };
            if amount != central {
                sheet.fitted(cell, (at, middle + 4.0), (SMALL, true, Ink::DARK), anchor, 92.0);
            }
        }
    }
    sheet.line((x(central), top - 4.0), (x(central), base), Ink::DARK, false);
    let of_central = cells.last().cloned().unwrap_or_default();
    let values = [("amount", of_central.as_str()), ("unit", &unit)];
    let label = fill(language, &format!("{TEXTS}central"), &values);
    sheet.label(&label, (x(central), top - 9.0), (SMALL, false, Ink::DARK), Anchor::Middle);
    sheet.y = base + 30.0;
    Some(())
}
