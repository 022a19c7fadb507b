//! The waterfall of a change of spending between two periods.

use super::super::draw::draw;
use super::super::sheet::Sheet;
use super::super::svg::Alternative;
use super::{Words, change, in_words, plot};
use crate::money::{Fraction, Rounding};
use crate::report::reading::{count, percent};
use crate::savings::effects::Effects;
use crate::text::{Language, fill, text};

/// The chart; `None` when an effect of the total is unknown.
pub(in crate::report) fn chart(
    effects: &Effects,
    rows: (usize, usize),
    language: Language,
) -> Option<String> {
    let total = &effects.total;
    let levels = total.levels()?;
    let steps = levels.steps()?;
    let title = finding(effects, language)?;
    let share = |value: Option<&Fraction>| {
        let share = value.and_then(|value| value.rounded(Rounding::half_up(4)));
        share.map_or_else(|| "—".to_owned(), |share| percent(share, 1))
    };
    let values = [
        ("lots", &*count(effects.lots.len())),
        ("rows_before", &*count(rows.0)),
        ("rows_after", &*count(rows.1)),
        ("matched_before", &*share(total.matched_before.as_ref())),
        ("matched_after", &*share(total.matched_after.as_ref())),
        ("index", text(language, &format!("savings.word.{}", effects.index.name()))),
        ("basis", text(language, &format!("savings.word.{}", effects.basis.name()))),
    ];
    let mut sheet = Sheet::new(&title, &[fill(language, "charts.waterfall.effects_subtitle", &values)]);
    let name = |key: &str| text(language, &format!("charts.waterfall.{key}")).to_owned();
    let words = Words {
        names: ["before", "price", "quantity", "mix", "after"].map(name),
        with_mix: true,
        quantity_is_change: true,
        language,
    };
    plot(&mut sheet, &levels, &steps, &words);
    let notes = ["effects_n", "order", "effects_source"]
        .map(|key| fill(language, &format!("charts.waterfall.{key}"), &values));
    let description = format!("{title}. {}", in_words(&levels, &steps, &words));
    let alternative =
        Alternative { id: "effects", title: &title, description: &description, language: language.code() };
    Some(draw(&sheet.finish(&notes), &alternative))
}

/// What happened to spending and what made it so, in one sentence; `None` when an effect is unknown.
pub(in crate::report) fn finding(effects: &Effects, language: Language) -> Option<String> {
    let total = &effects.total;
    let whole = total.change.as_ref()?;
    let moved = change(whole)?;
    let key = match whole.cmp(&Fraction::one()) {
        std::cmp::Ordering::Less => "effects_fell",
        std::cmp::Ordering::Equal => "effects_equal",
        std::cmp::Ordering::Greater => "effects_rose",
    };
    let values = [
        ("change", moved.trim_start_matches(['+', '−'])),
        ("price", &*change(total.price.as_ref()?)?),
        ("quantity", &*change(total.quantity.as_ref()?)?),
        ("mix", &*change(total.structure.as_ref()?)?),
    ];
    Some(fill(language, &format!("charts.waterfall.{key}"), &values))
}
