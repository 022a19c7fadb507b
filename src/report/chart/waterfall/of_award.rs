//! The waterfall of an award: from the reported volume at the price before to the agreed volume at the award.

use super::super::draw::draw;
use super::super::sheet::Sheet;
use super::super::svg::Alternative;
use super::super::{notes, subject_lines};
use super::{Words, change, in_words, plot};
use crate::certify::CertifiedAward;
use crate::money::{Fraction, Rounding};
use crate::report::reading::{count, percent, unit};
use crate::savings::effects::AwardEffects;
use crate::text::{Language, fill, text};

/// The chart; `None` when an amount cannot be held.
pub(in crate::report) fn chart(
    award: &CertifiedAward,
    effects: &AwardEffects,
    language: Language,
) -> Option<String> {
    let levels = &effects.total;
    let steps = levels.steps()?;
    let words = words(effects, language);
    let title = finding(effects, language)?;
    let with_mix = effects.with_mix();
    let values = [
        ("currency", &*unit(&award.screened().notice.currency, language)),
        ("against", against(effects, language)),
        ("lots", &*count(effects.lots.len())),
        ("all", &*count(award.lots().count())),
        ("known", &*count(with_mix)),
    ];
    let say = |key: &str| fill(language, &format!("charts.waterfall.{key}"), &values);
    let mut subtitle = subject_lines(award, language);
    subtitle.push(say("award_subtitle"));
    let mut sheet = Sheet::new(&title, &subtitle);
    plot(&mut sheet, levels, &steps, &words);
    let mix = match with_mix {
        0 => "award_no_mix",
        some if some < effects.lots.len() => "award_some_mix",
        _ => "award_mix",
    };
    let quantity = if steps.quantity.is_zero() { "award_all_agreed" } else { "award_quantity" };
    let mut foot: Vec<String> = ["order", quantity, mix].map(say).to_vec();
    foot.extend(notes(award, language));
    let description = format!("{title}. {}", in_words(levels, &steps, &words));
    let alternative =
        Alternative { id: "waterfall", title: &title, description: &description, language: language.code() };
    Some(draw(&sheet.finish(&foot), &alternative))
}

fn against(effects: &AwardEffects, language: Language) -> &'static str {
    text(language, &format!("report.summary.against.{}", effects.baseline.name()))
}

fn words(effects: &AwardEffects, language: Language) -> Words {
    let name = |key: &str| {
        fill(language, &format!("charts.waterfall.{key}"), &[("against", against(effects, language))])
    };
    Words {
        names: ["award_before", "price", "award_quantity_name", "mix", "award_after"].map(name),
        with_mix: effects.with_mix() > 0,
        quantity_is_change: false,
        language,
    }
}

/// What prices do to the spending on the reported volume, and how much of it is agreed; `None` when an index is unknown.
pub(in crate::report) fn finding(effects: &AwardEffects, language: Language) -> Option<String> {
    let [price, quantity, mix] = effects.total.indices();
    let (price, quantity) = (price?, quantity?);
    let moved = change(&price)?;
    let share = percent(quantity.rounded(Rounding::half_up(4))?, 1);
    let mix = mix.filter(|_| effects.with_mix() > 0).as_ref().and_then(change);
    let key = match (price <= Fraction::one(), quantity == Fraction::one()) {
        (true, true) => "award_less_all",
        (true, false) => "award_less",
        (false, true) => "award_more_all",
        (false, false) => "award_more",
    };
    let values = [
        ("change", moved.trim_start_matches(['+', '−'])),
        ("against", against(effects, language)),
        ("share", &*share),
    ];
    let said = fill(language, &format!("charts.waterfall.{key}"), &values);
    Some(match mix {
        Some(mix) => fill(language, "charts.waterfall.award_with_mix", &[("said", &said), ("mix", &mix)]),
        None => said,
    })
}
