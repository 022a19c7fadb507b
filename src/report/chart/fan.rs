//! The saving of a projection from the first to each year: the half of the draws in the middle, nine of ten, the median,
//! and the central path.

use super::draw::draw;
use super::page::{Anchor, Ink, Shape};
use super::scale::{Scale, in_one_unit, trimmed};
use super::sheet::{BODY, MARGIN, SMALL, Sheet, WIDTH, number};
use super::svg::Alternative;
use super::{notes, subject_lines};
use crate::certify::CertifiedAward;
use crate::money::Money;
use crate::report::about::{About, about};
use crate::savings::projection::{Figures, Projection};
use crate::text::{Language, fill, text};

/// Height of the scale.
const TALL: f64 = 300.0;
/// Left and right end of the years.
const LEFT: f64 = MARGIN + 78.0;
const RIGHT: f64 = WIDTH - MARGIN - 190.0;
/// Least distance between two labels at the right.
const APART: f64 = 18.0;
/// Years above which a year is only its number.
const NUMBERED: usize = 8;
/// Places among the nine figures.
const CENTRAL: usize = 1;
const P5: usize = 4;
const P25: usize = 5;
const P50: usize = 6;
const P75: usize = 7;
const P95: usize = 8;

/// The chart; `None` without years.
pub(super) fn chart(award: &CertifiedAward, projection: &Projection, language: Language) -> Option<String> {
    let years = projection.cumulative().ok()?;
    let last = years.last()?.all();
    let notice = &award.screened().notice;
    let ends = [P5, P50, P95].map(|place| figure(&last, place));
    let About { cells, unit } = about(&ends, 3, &notice.currency, language);
    let [p5, p50, p95] = <[String; 3]>::try_from(cells).ok()?;
    let count = projection.years.to_string();
    let values = [
        ("years", count.as_str()),
        ("p5", &p5),
        ("p50", &p50),
        ("p95", &p95),
        ("unit", &unit),
        ("baseline", &super::super::projection::against(projection, language)),
        ("draws", &projection.draws.to_string()),
        ("seed", &crate::diagnostics::escape(&projection.seed)),
    ];
    let title = fill(language, "projection.fan.title", &values);
    let mut subtitle = subject_lines(award, language);
    subtitle.push(fill(language, "projection.fan.subtitle", &values));
    let mut sheet = Sheet::new(&title, &subtitle);
    let all: Vec<[Money; 9]> =
        std::iter::once([Money::ZERO; 9]).chain(years.iter().map(Figures::all)).collect();
    plot(&mut sheet, &all, &notice.currency, language)?;
    let mut foot = vec![fill(language, "projection.fan.note", &values)];
    foot.extend(notes(award, language));
    let description = format!("{title}. {}", in_words(&years, &notice.currency, language));
    let alternative =
        Alternative { id: "fan", title: &title, description: &description, language: language.code() };
    Some(draw(&sheet.finish(&foot), &alternative))
}

fn figure(figures: &[Money; 9], place: usize) -> Money {
    figures.get(place).copied().unwrap_or(Money::ZERO)
}

/// Every year in words.
fn in_words(years: &[Figures], currency: &str, language: Language) -> String {
    let amounts: Vec<Money> =
        years.iter().flat_map(|year| [P5, P50, P95].map(|place| figure(&year.all(), place))).collect();
    let (cells, unit) = in_one_unit(&amounts, currency, language);
    let said = cells.chunks(3).enumerate().filter_map(|(place, cells)| match cells {
        [p5, p50, p95] => Some(fill(
            language,
            "projection.fan.word",
            &[
                ("year", &place.saturating_add(1).to_string()),
                ("p5", p5),
                ("p50", p50),
                ("p95", p95),
                ("unit", &unit),
            ],
        )),
        _ => None,
    });
    said.collect::<Vec<_>>().join(" ")
}

/// Scale, bands, lines and labels, from the start (nothing saved) to the last year.
fn plot(sheet: &mut Sheet, all: &[[Money; 9]], currency: &str, language: Language) -> Option<()> {
    let shown = [CENTRAL, P5, P95];
    let scale = Scale::of(all.iter().flat_map(|year| shown.map(|place| figure(year, place))))?;
    let (top, base) = (sheet.y + 26.0, sheet.y + 26.0 + TALL);
    let steps = number(all.len().saturating_sub(1)).max(1.0);
    let x = |place: usize| LEFT + (RIGHT - LEFT) * number(place) / steps;
    let y = |amount: Money| base - (base - top) * scale.at(amount);
    axis(sheet, &scale, (top, base), currency, language);
    let line = |place: usize| -> Vec<(f64, f64)> {
        all.iter().enumerate().map(|(at, year)| (x(at), y(figure(year, place)))).collect()
    };
    for (upper, lower, ink) in [(P95, P5, Ink::SAVED), (P75, P25, Ink::HALF)] {
        let back = line(lower).into_iter().rev();
        let corners = line(upper).into_iter().chain(back).collect();
        sheet.shapes.push(Shape::Area { corners, ink });
    }
    let stroke = |sheet: &mut Sheet, place: usize, ink, width, dashed| {
        for pair in line(place).windows(2) {
            if let [from, to] = pair {
                sheet.shapes.push(Shape::Line { from: *from, to: *to, ink, width, dashed });
            }
        }
    };
    stroke(sheet, P50, Ink::WON, 3, false);
    stroke(sheet, CENTRAL, Ink::DARK, 2, true);
    ends(sheet, all.last()?, y, currency, language);
    for (place, _) in all.iter().enumerate() {
        let name = match place {
            0 => text(language, "projection.fan.start").to_owned(),
            _ if all.len() > NUMBERED => place.to_string(),
            _ => fill(language, "projection.fan.year", &[("year", &place.to_string())]),
        };
        sheet.line((x(place), base), (x(place), base + 5.0), Ink::MIDDLE, false);
        sheet.label(&name, (x(place), base + 20.0), (SMALL, false, Ink::GREY), Anchor::Middle);
    }
    sheet.y = base + 34.0;
    Some(())
}

/// Round marks with their amounts, and the unit over them.
fn axis(sheet: &mut Sheet, scale: &Scale, (top, base): (f64, f64), currency: &str, language: Language) {
    let (cells, unit) = in_one_unit(&scale.marks, currency, language);
    for (mark, cell) in scale.marks.iter().zip(&cells) {
        let y = base - (base - top) * scale.at(*mark);
        let ink = if mark.is_zero() { Ink::MIDDLE } else { Ink::GRID };
        sheet.line((LEFT, y), (RIGHT, y), ink, false);
        let style = (SMALL, false, Ink::GREY);
        sheet.fitted(trimmed(cell), (LEFT - 8.0, y + 4.0), style, Anchor::End, LEFT - MARGIN - 8.0);
    }
    sheet.label(&unit, (MARGIN, top - 12.0), (SMALL, false, Ink::GREY), Anchor::Start);
}

/// The labels at the right, each beside the end of its line and none over another.
fn ends(sheet: &mut Sheet, last: &[Money; 9], y: impl Fn(Money) -> f64, currency: &str, language: Language) {
    let named = [
        (P95, "projection.fan.p95"),
        (P75, "projection.fan.p75"),
        (P50, "projection.fan.p50"),
        (CENTRAL, "projection.fan.central"),
        (P25, "projection.fan.p25"),
        (P5, "projection.fan.p5"),
    ];
    let amounts = named.map(|(place, _)| figure(last, place));
    let (cells, _) = in_one_unit(&amounts, currency, language);
    let mut labels: Vec<(f64, usize, String)> = named
        .iter()
        .zip(&cells)
        .zip(amounts)
        .map(|(((place, key), cell), amount)| (y(amount), *place, fill(language, key, &[("amount", cell)])))
        .collect();
    labels.sort_by(|one, other| one.0.total_cmp(&other.0));
    // Pushed apart about their common middle, so that none wanders far from its line.
    let wanted: Vec<f64> = labels.iter().map(|(y, ..)| *y).collect();
    let places = spread(&wanted);
    for ((from, place, label), to) in labels.iter().zip(places) {
        sheet.line((RIGHT + 3.0, *from), (RIGHT + 16.0, to), Ink::MIDDLE, false);
        let bold = *place == P50;
        let ink = if bold { Ink::WON } else { Ink::DARK };
        let size = if bold { BODY } else { SMALL };
        let room = WIDTH - MARGIN - RIGHT - 20.0;
        sheet.fitted(label, (RIGHT + 20.0, to + 4.0), (size, bold, ink), Anchor::Start, room);
    }
}

/// Places at least [`APART`] from each other, each cluster about the middle of where its members want to be.
fn spread(wanted: &[f64]) -> Vec<f64> {
    // Clusters as (sum of wanted starts, count); merged while they overlap.
    let mut clusters: Vec<(f64, usize)> = Vec::new();
    for want in wanted {
        let mut own = (*want, 1_usize);
        while let Some((sum, count)) = clusters.last().copied() {
            let half = |count: usize| (number(count) - 1.0) / 2.0 * APART;
            let (before, middle) = (sum / number(count), own.0 / number(own.1));
            if before + half(count) + APART <= middle - half(own.1) {
                break;
            }
            clusters.pop();
            own = (own.0 + sum, own.1.saturating_add(count));
        }
        clusters.push(own);
    }
    let places = clusters.iter().flat_map(|(sum, count)| {
        let middle = sum / number(*count);
        let first = middle - (number(*count) - 1.0) / 2.0 * APART;
        (0..*count).map(move |at| first + number(at) * APART)
    });
    places.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_never_lie_over_each_other_and_stay_where_there_is_room() {
        assert_eq!(spread(&[0.0, 100.0]), [0.0, 100.0]);
        for wanted in [vec![5.0; 6], vec![0.0, 1.0, 2.0, 40.0, 41.0, 90.0], vec![0.0, 17.0, 34.0, 51.0]] {
            let places = spread(&wanted);
            assert_eq!(places.len(), wanted.len());
            assert!(places.windows(2).all(|pair| pair[1] - pair[0] >= APART - 1e-9), "{places:?}");
        }
    }
}
