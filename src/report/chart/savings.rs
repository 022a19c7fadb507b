//! What the award costs beside what its volumes would have cost: one pair of bars for each known baseline.

use super::draw::draw;
use super::page::{Anchor, Ink};
use super::sheet::{BODY, MARGIN, SMALL, Sheet, WIDTH, number, part};
use super::svg::Alternative;
use super::{notes, subject_lines};
use crate::certify::CertifiedAward;
use crate::money::Money;
use crate::report::figures::widest;
use crate::report::reading::{Scaled, in_unit, money_column, percent};
use crate::savings::{BaselineSaving, Savings};
use crate::text::{Language, fill, text};

/// What is said under a group: against which price, and how much of it is known.
const GROUP: &str = "charts.savings.group";
const KNOWN: &str = "charts.savings.group_known";
/// Height of the tallest bar.
const TALL: f64 = 210.0;

/// The chart; `None` when no baseline is known.
pub(super) fn chart(award: &CertifiedAward, savings: &Savings, language: Language) -> Option<String> {
    let known: Vec<&BaselineSaving> =
        savings.totals.iter().filter(|saving| saving.saving.is_some()).collect();
    let headline =
        widest(savings).and_then(|widest| known.iter().find(|saving| saving.baseline == widest))?;
    let amounts = known
        .iter()
        .flat_map(|saving| [Some(saving.reference_value), saving.saving, Some(saving.covered_value)]);
    let column = money_column(amounts, language);
    let unit = in_unit(&column, &award.screened().notice.currency, language);
    let title = title(headline, &column, &unit, &known, language);
    let mut subtitle = subject_lines(award, language);
    subtitle.push(fill(language, "charts.savings.subtitle", &[("unit", &*unit)]));
    let mut sheet = Sheet::new(&title, &subtitle);
    bars(&mut sheet, &known, &column, language);
    let notes = notes(award, language);
    let described: Vec<String> =
        known.iter().flat_map(|saving| [GROUP, KNOWN].map(|key| in_words(saving, key, language))).collect();
    let description = format!("{title}. {}", described.join("; "));
    let alternative =
        Alternative { id: "savings", title: &title, description: &description, language: language.code() };
    Some(draw(&sheet.finish(&notes), &alternative))
}

/// The cells of a baseline: before, saving, award.
fn cells(column: &Scaled, at: usize) -> [&str; 3] {
    let first = at.saturating_mul(3);
    [0, 1, 2].map(|offset| {
        column.cells.get(first.saturating_add(offset)).and_then(Option::as_deref).unwrap_or_default()
    })
}

fn is_dearer(saving: &BaselineSaving) -> bool {
    saving.covered_value > saving.reference_value
}

fn share(saving: &BaselineSaving, language: Language) -> String {
    let cut = saving.cut.map_or_else(String::new, |cut| percent(cut, 1));
    let key = if is_dearer(saving) { "charts.savings.more" } else { "charts.savings.less" };
    fill(language, key, &[("cut", cut.trim_start_matches('-'))])
}

fn against(saving: &BaselineSaving, language: Language) -> &'static str {
    text(language, &format!("report.summary.against.{}", saving.baseline.name()))
}

fn title(
    headline: &BaselineSaving,
    column: &Scaled,
    unit: &str,
    known: &[&BaselineSaving],
    language: Language,
) -> String {
    let at = known.iter().position(|saving| saving.baseline == headline.baseline).unwrap_or_default();
    let [before, _, after] = cells(column, at);
    let values = [
        ("before", before),
        ("after", after),
        ("unit", unit.trim_start_matches('≈')),
        ("against", against(headline, language)),
        ("share", &*share(headline, language)),
    ];
    fill(language, "charts.savings.title", &values)
}

fn in_words(saving: &BaselineSaving, key: &str, language: Language) -> String {
    let coverage = saving.coverage.map_or_else(String::new, |coverage| percent(coverage, 1));
    let values = [
        ("against", against(saving, language)),
        ("share", &*share(saving, language)),
        ("coverage", &*coverage),
        ("covered", &*saving.winners_covered.to_string()),
        ("winners", &*saving.winners.to_string()),
    ];
    fill(language, key, &values)
}

/// Groups side by side, each of three bars: before, what is saved, the award.
fn bars(sheet: &mut Sheet, known: &[&BaselineSaving], column: &Scaled, language: Language) {
    let tallest = known
        .iter()
        .flat_map(|saving| [saving.reference_value, saving.covered_value])
        .max()
        .unwrap_or(Money::ZERO);
    let base = sheet.y + TALL + 34.0;
    let group = ((WIDTH - 2.0 * MARGIN) / number(known.len())).min(420.0);
    let wide = (group - 60.0) / 3.0;
    let words = [
        text(language, "charts.savings.before"),
        text(language, "charts.savings.saved"),
        text(language, "charts.savings.award"),
    ];
    for (at, saving) in known.iter().enumerate() {
        let left = MARGIN + group * number(at) + 8.0;
        let (before, after) = (part(saving.reference_value, tallest), part(saving.covered_value, tallest));
        let spans = [(0.0, before), (before.min(after), before.max(after)), (0.0, after)];
        let middle = if is_dearer(saving) { Ink::ACCENT } else { Ink::SAVED };
        let inks = [Ink::BEFORE, middle, Ink::WON];
        let figures = cells(column, at);
        for (place, ((low, high), ink)) in spans.into_iter().zip(inks).enumerate() {
            let x = left + number(place) * (wide + 14.0);
            let top = base - TALL * high;
            sheet.bar((x, top), (x + wide, base - TALL * low), ink);
            let figure = figures.get(place).copied().unwrap_or_default();
            let figure = if place == 1 { signed(figure) } else { figure.to_owned() };
            let style = (BODY, true, Ink::DARK);
            sheet.fitted(&figure, (x + wide / 2.0, top - 6.0), style, Anchor::Middle, wide + 12.0);
            let word = match (place, is_dearer(saving)) {
                (1, true) => text(language, "charts.savings.dearer"),
                _ => words.get(place).copied().unwrap_or_default(),
            };
            let style = (SMALL, false, Ink::GREY);
            sheet.fitted(word, (x + wide / 2.0, base + 16.0), style, Anchor::Middle, wide + 12.0);
            if place < 2 {
                let level = base - TALL * if place == 0 { before } else { after };
                sheet.line((x + wide, level), (x + wide + 14.0, level), Ink::MIDDLE, false);
            }
        }
        sheet.line((left - 4.0, base), (left + 3.0 * wide + 32.0, base), Ink::MIDDLE, false);
        caption(sheet, saving, (left, base + 36.0), group - 20.0, language);
    }
    sheet.y = base + 36.0 + 4.0 * 16.0;
}

/// A saving is taken away, what is dearer is added.
fn signed(figure: &str) -> String {
    figure.strip_prefix('-').map_or_else(|| format!("−{figure}"), |more| format!("+{more}"))
}

/// What the group is measured against, in at most four lines.
fn caption(sheet: &mut Sheet, saving: &BaselineSaving, (x, y): (f64, f64), room: f64, language: Language) {
    let lines = |key, bold| super::measure::lines(&in_words(saving, key, language), SMALL, bold, room);
    let head = lines(GROUP, true).into_iter().map(|line| (line, true));
    let known = lines(KNOWN, false).into_iter().map(|line| (line, false));
    for (row, (line, bold)) in head.chain(known).take(4).enumerate() {
        sheet.label(&line, (x, y + number(row) * 16.0), (SMALL, bold, Ink::DARK), Anchor::Start);
    }
}
