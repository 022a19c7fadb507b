//! Amounts in few digits, for what is no more than a projection.

use super::reading::{Scaled, grouped, in_unit, padded};
use crate::money::{Money, Ratio, Rounding};
use crate::text::{Language, fill, text};

/// Amounts in one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct About {
    /// The numbers, all with as many decimals.
    pub cells: Vec<String>,
    /// The unit with its currency.
    pub unit: String,
}

/// Powers of ten that have a word, with its key.
fn words(language: Language) -> [(u32, &'static str); 2] {
    match language {
        Language::English => [(9, "projection.number.largest"), (6, "projection.number.large")],
        Language::Chinese => [(8, "projection.number.largest"), (4, "projection.number.large")],
    }
}

/// Amounts in the largest word that their largest reaches, with so many decimals that it has `significant` digits; in
/// whole units of the currency and cents without a word.
pub(super) fn about(amounts: &[Money], significant: u32, currency: &str, language: Language) -> About {
    let largest = amounts.iter().filter_map(|amount| size(*amount)).max().unwrap_or(Ratio::ZERO);
    let reaches =
        |power: u32| Ratio::from_steps(10_i128.saturating_pow(power), 0).is_ok_and(|step| largest >= step);
    let word = words(language).into_iter().find(|(power, _)| reaches(*power));
    let power = word.map_or(0, |(power, _)| power);
    let whole = (0..30).take_while(|more| reaches(power.saturating_add(*more))).count();
    let decimals = significant.saturating_sub(u32::try_from(whole).unwrap_or(significant));
    let decimals = if word.is_some() { decimals } else { decimals.min(2) };
    let cell = |amount: &Money| {
        let own = amount.decimals();
        let scaled = Ratio::from_steps(amount.in_steps(own)?, own.checked_add(power)?).ok()?;
        Some(grouped(&padded(scaled.rounded(Rounding::half_up(decimals)).ok()?, decimals)))
    };
    let cells = amounts.iter().map(|amount| cell(amount).unwrap_or_else(|| amount.to_string())).collect();
    let unit = word.map_or("", |(_, key)| text(language, key)).to_owned();
    let unit = in_unit(&Scaled { unit, cells: Vec::new(), rounded: true }, currency, language);
    About { cells, unit }
}

/// One amount in three digits: `81.8 billion CNY`, `818 亿元`.
pub(super) fn about_money(amount: Money, currency: &str, language: Language) -> String {
    let About { cells, unit } = about(&[amount], 3, currency, language);
    let number = cells.into_iter().next().unwrap_or_default();
    fill(language, "report.number.headline", &[("about", ""), ("number", &number), ("unit", &unit)])
        .trim()
        .to_owned()
}

/// An amount without its sign, as a plain number.
fn size(amount: Money) -> Option<Ratio> {
    let steps = amount.in_steps(amount.decimals())?.checked_abs()?;
    Ratio::from_steps(steps, amount.decimals()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_digits_in_the_largest_word() {
        for (amount, english, chinese) in [
            ("81791118860.12", "81.8 billion CNY", "818 亿元"),
            ("3923723291.09", "3.92 billion CNY", "39.2 亿元"),
            ("999999999.99", "1,000 million CNY", "10.00 亿元"),
            ("4503686.33", "4.50 million CNY", "450 万元"),
            ("450.5", "451 CNY", "451 元"),
            ("0", "0.00 CNY", "0.00 元"),
        ] {
            let amount = Money::parse(amount).unwrap();
            assert_eq!(about_money(amount, "CNY", Language::English), english);
            assert_eq!(about_money(amount, "CNY", Language::Chinese), chinese);
        }
        let loss = Money::ZERO.minus(Money::parse("1234567890").unwrap()).unwrap();
        assert_eq!(about_money(loss, "CNY", Language::English), "-1.23 billion CNY");
    }

    #[test]
    fn amounts_together_have_one_unit() {
        let amounts = ["105583514457.29", "229124124.76"].map(|text| Money::parse(text).unwrap());
        let found = about(&amounts, 4, "CNY", Language::English);
        assert_eq!((found.cells, found.unit.as_str()), (vec!["105.6".into(), "0.2".into()], "billion CNY"));
    }
}
