//! What was bought month by month beside even use of the agreed volume, and how far each region has come.

use super::draw::draw;
use super::page::{Anchor, Ink, Shape};
use super::sheet::{BODY, MARGIN, SMALL, Sheet, WIDTH, number};
use super::svg::Alternative;
use super::{notes, subject_lines};
use crate::Evaluation;
use crate::diagnostics::escape;
use crate::money::{Fraction, Ratio, Rounding};
use crate::report::reading::{percent, region_name};
use crate::report::tables::execution_finding;
use crate::savings::execution::{Execution, Fulfilment, Scope};
use crate::tender::Month;
use crate::text::{Language, fill, text};

/// Height of the picture of months.
const TALL: f64 = 250.0;
/// Left end of the picture of months.
const LEFT: f64 = 72.0;
/// Right end of it.
const RIGHT: f64 = WIDTH - MARGIN - 96.0;
/// Height of a region's row.
const ROW: f64 = 21.0;
/// Left and right end of the bars of regions.
const BARS: (f64, f64) = (220.0, WIDTH - MARGIN - 180.0);
/// Regions with a bar of their own; a chart of more cannot be read.
const SHOWN: usize = 60;

/// The chart; `None` when no region counts or nothing is agreed.
pub(in crate::report) fn chart(
    evaluation: &Evaluation,
    execution: &Execution,
    language: Language,
) -> Option<String> {
    let total = execution.fulfilment.iter().find(|row| row.scope == Scope::Total)?;
    let (reached, expected) = (total.fulfilment?, total.expected?);
    let regions: Vec<&Fulfilment> =
        execution.fulfilment.iter().filter(|row| row.scope == Scope::Region).take(SHOWN).collect();
    let title = execution_finding(execution, language);
    let counted = regions.iter().filter(|row| row.fulfilment.is_some()).count();
    let by = if total.agreed_volume.is_some() { "by_volume" } else { "by_value" };
    let values = [
        ("start", &*execution.start.to_string()),
        ("through", &*execution.through.to_string()),
        ("rows", &*execution.rows.to_string()),
        ("regions", &*counted.to_string()),
        ("by", text(language, &format!("charts.fulfilment.{by}"))),
    ];
    let subtitle = fill(language, "charts.fulfilment.subtitle", &values);
    let mut lines = subject_lines(&evaluation.award, language);
    lines.push(subtitle.clone());
    let mut sheet = Sheet::new(&title, &lines);
    months(&mut sheet, execution, (reached, expected), language);
    bars(&mut sheet, &regions, language);
    let words = regions.iter().filter_map(|row| in_words(row, language));
    let description = format!("{title}. {subtitle} {}", words.collect::<Vec<_>>().join(" "));
    let alternative =
        Alternative { id: "fulfilment", title: &title, description: &description, language: language.code() };
    Some(draw(&sheet.finish(&notes(&evaluation.award, language)), &alternative))
}

fn in_words(row: &Fulfilment, language: Language) -> Option<String> {
    let region = region_name(row.region.as_ref()?, language);
    let share = percent(row.fulfilment?, 1);
    Some(fill(language, "charts.fulfilment.word", &[("region", &region), ("share", &share)]))
}

/// A share as a length on paper.
fn length(share: &Fraction) -> f64 {
    let steps = share.rounded(Rounding::half_up(6)).and_then(|share| share.in_steps(6));
    steps.and_then(|steps| i32::try_from(steps).ok()).map_or(0.0, |steps| f64::from(steps) / 1e6)
}

fn of(share: Ratio) -> f64 {
    length(&Fraction::from(share))
}

fn months(sheet: &mut Sheet, execution: &Execution, (reached, expected): (Ratio, Ratio), language: Language) {
    let shares: Vec<f64> = execution.by_month.iter().map(|(_, share)| length(share)).collect();
    let years = execution.elapsed.div_ceil(Month::OF_A_YEAR);
    let all = usize::try_from(years.saturating_mul(Month::OF_A_YEAR)).unwrap_or(usize::MAX);
    let top = shares.iter().copied().fold(1.0, f64::max) * 1.12;
    let base = sheet.y + TALL;
    let x = |month: usize| LEFT + (RIGHT - LEFT) * number(month) / number(all.max(1));
    let y = |share: f64| base - TALL * share / top;
    for quarter in [25, 50, 75, 100].into_iter().filter_map(|steps| Ratio::from_steps(steps, 2).ok()) {
        let (level, ink) = (y(of(quarter)), if quarter == Ratio::ONE { Ink::ACCENT } else { Ink::GRID });
        sheet.line((LEFT, level), (RIGHT, level), ink, false);
        let style = (SMALL, false, Ink::GREY);
        sheet.label(&percent(quarter, 0), (LEFT - 8.0, level + 4.0), style, Anchor::End);
    }
    sheet.line((LEFT, base), (RIGHT, base), Ink::MIDDLE, false);
    for month in 1..=all {
        let at = (x(month), base + 16.0);
        if all <= 12 || month.is_multiple_of(6) {
            sheet.label(&month.to_string(), at, (SMALL, false, Ink::GREY), Anchor::Middle);
        }
    }
    sheet.label(
        text(language, "charts.fulfilment.months"),
        (LEFT, base + 34.0),
        (SMALL, false, Ink::GREY),
        Anchor::Start,
    );
    sheet.line((x(0), y(0.0)), (x(all), y(1.0)), Ink::MIDDLE, true);
    let mut before = (x(0), y(0.0));
    for (at, share) in shares.iter().enumerate() {
        let here = (x(at.saturating_add(1)), y(*share));
        sheet.shapes.push(Shape::Line { from: before, to: here, ink: Ink::WON, width: 3, dashed: false });
        before = here;
    }
    let words = |key: &str, share: Ratio| {
        fill(language, &format!("charts.fulfilment.{key}"), &[("share", &percent(share, 1))])
    };
    let style = (BODY, true, Ink::WON);
    sheet.label(&words("bought", reached), (before.0 + 8.0, before.1 - 6.0), style, Anchor::Start);
    let (at, level) = (before.0, y(of(expected)));
    let style = (SMALL, false, Ink::GREY);
    sheet.label(&words("even", expected), (at + 8.0, level + 16.0), style, Anchor::Start);
    sheet.label(
        text(language, "charts.fulfilment.agreed"),
        (LEFT + 8.0, y(1.0) - 6.0),
        (SMALL, false, Ink::ACCENT),
        Anchor::Start,
    );
    sheet.y = base + 46.0;
}

/// A bar for each region, with a tick at even use and a line at all that is agreed.
fn bars(sheet: &mut Sheet, regions: &[&Fulfilment], language: Language) {
    let known = || regions.iter().filter_map(|row| row.fulfilment);
    if known().count() == 0 {
        return;
    }
    sheet.y += 10.0;
    let head = text(language, "charts.fulfilment.regions");
    sheet.label(head, (MARGIN, sheet.y + 8.0), (BODY, true, Ink::DARK), Anchor::Start);
    sheet.y += 20.0;
    let top = known().map(of).fold(1.0, f64::max);
    let (left, right) = BARS;
    let x = |share: f64| left + (right - left) * share / top;
    let from = sheet.y;
    for row in regions {
        let y = sheet.y + ROW / 2.0;
        let name = row.region.as_ref().map_or_else(String::new, |region| region_name(region, language));
        let style = (BODY, false, Ink::DARK);
        sheet.fitted(&escape(&name), (left - 10.0, y + 4.5), style, Anchor::End, left - MARGIN - 10.0);
        match row.fulfilment {
            None => {
                let unknown = text(language, "charts.fulfilment.unknown");
                sheet.label(unknown, (left + 6.0, y + 4.5), (SMALL, false, Ink::GREY), Anchor::Start);
            }
            Some(share) => {
                sheet.bar((left, y - 7.0), (x(of(share)).max(left + 1.0), y + 7.0), Ink::WON);
                let figure = percent(share, 1);
                let end = x(of(share)).max(x(1.0)) + 8.0;
                sheet.label(&figure, (end, y + 4.5), (BODY, true, Ink::DARK), Anchor::Start);
                if let Some(standing) = row.standing {
                    let word = text(language, &format!("savings.word.{}", standing.name()));
                    let at = (WIDTH - MARGIN, y + 4.5);
                    sheet.label(word, at, (SMALL, false, Ink::GREY), Anchor::End);
                }
                if let Some(expected) = row.expected {
                    let tick = x(of(expected));
                    sheet.bar((tick - 1.0, y - 9.0), (tick + 1.0, y + 9.0), Ink::BEFORE);
                }
            }
        }
        sheet.y += ROW;
    }
    sheet.line((x(1.0), from), (x(1.0), sheet.y), Ink::ACCENT, false);
    let legend = text(language, "charts.fulfilment.legend");
    sheet.label(legend, (left, sheet.y + 14.0), (SMALL, false, Ink::GREY), Anchor::Start);
    sheet.y += 20.0;
}
