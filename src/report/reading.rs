//! Exact numbers in the form that people read; the files hold them in full.
//!
//! Whatever loses digits here is marked with `≈`.

use crate::compare::ComparableBid;
use crate::diagnostics::escape;
use crate::money::{Money, Quantity, Ratio, Rounding, UnitPrice};
use crate::screen::ScreenedLot;
use crate::tender::{Bid, Lot, Notice, Region, Supplier, SupplierId};
use crate::text::{Language, fill, find, keys_under, text};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The mark of a figure that is not shown in full.
const ABOUT: &str = "≈";

/// What the keys of the names of regions begin with.
const REGIONS: &str = "regions.";

/// A step of the words for large numbers: from which power of ten, and the word's key.
type Step = (u32, &'static str);

/// Million in English; 万 and 亿 in Chinese.
fn volume_steps(language: Language) -> &'static [Step] {
    match language {
        Language::English => &[(6, "report.number.million")],
        Language::Chinese => &[(8, "report.number.hundred_million"), (4, "report.number.ten_thousand")],
    }
}

/// No words in English; 万 and 亿 in Chinese.
fn money_steps(language: Language) -> &'static [Step] {
    match language {
        Language::English => &[],
        Language::Chinese => volume_steps(Language::Chinese),
    }
}

/// An amount of money: `CNY 1,234,567.89`, `1.23 亿元`.
pub fn money(value: Money, currency: &str, language: Language) -> String {
    let number = bare_money(value, language);
    let unit = unit(currency, language);
    let after_word = currency == "CNY" && !number.ends_with(|last: char| last.is_ascii_digit());
    let key = if after_word { "report.number.money_after_word" } else { "report.number.money" };
    let (about, number) = number.strip_prefix(ABOUT).map_or(("", number.as_str()), |number| (ABOUT, number));
    fill(language, key, &[("about", about), ("number", number), ("currency", &unit)])
}

/// A currency as people write it.
pub fn unit(currency: &str, language: Language) -> String {
    if currency == "CNY" { text(language, "report.number.yuan").to_owned() } else { escape(currency) }
}

/// An amount of money without its currency.
pub fn bare_money(value: Money, language: Language) -> String {
    exact_steps(value.decimals(), |digits| value.in_steps(digits))
        .and_then(|value| in_words(value, money_steps(language), 2, true, language))
        .unwrap_or_else(|| value.to_string())
}

/// A volume: `5,320`, `≈ 8.40 million`, `8.4 亿`.
pub fn volume(value: Quantity, language: Language) -> String {
    exact_steps(value.decimals(), |digits| value.in_steps(digits))
        .and_then(|value| in_words(value, volume_steps(language), 2, false, language))
        .unwrap_or_else(|| value.to_string())
}

/// A share or a cut in percent with `digits` decimals, half up: `66.6%`. Not marked when rounded, as offices print it.
pub fn percent(value: Ratio, digits: u32) -> String {
    let hundredfold = value
        .in_steps(value.decimals())
        .and_then(|steps| Ratio::from_steps(steps.checked_mul(100)?, value.decimals()).ok())
        .and_then(|value| value.rounded(Rounding::half_up(digits)).ok());
    match hundredfold {
        Some(value) => format!("{}%", grouped(&padded(value, digits))),
        None => value.to_string(),
    }
}

/// A price per unit in full, with thousands marks.
pub fn plain_price(value: UnitPrice) -> String {
    grouped(&value.to_string())
}

/// A price that a winner of a lot is paid: in full when a bid of the lot states it, and a mean of several to as many decimals
/// as they have, marked where that loses some.
pub fn won_price(lot: &ScreenedLot, price: UnitPrice) -> String {
    let of_bid = |(bid, comparable, _): (&Bid, &ComparableBid, _)| {
        let bands = bid.bands.iter().map(|band| band.price);
        let stated = bands.chain(bid.regional.iter().filter_map(|row| row.price)).chain(bid.price);
        stated.chain(comparable.comparable_price).map(UnitPrice::decimals).max()
    };
    let digits = lot.each_bid().filter_map(of_bid).max().unwrap_or(0).max(LEAST_DECIMALS);
    match price.rounded(Rounding::half_up(digits)) {
        Ok(rounded) if price.decimals() > digits => format!("{ABOUT}{}", plain_price(rounded)),
        _ => plain_price(price),
    }
}

/// Decimals that a price is shown with at least, where it has them.
const LEAST_DECIMALS: u32 = 4;

/// An amount of money in full, with thousands marks and without its currency.
pub fn plain_money(value: Money) -> String {
    grouped(&value.to_string())
}

/// A volume in full, with thousands marks.
pub fn plain_volume(value: Quantity) -> String {
    grouped(&value.to_string())
}

/// A column of figures in one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scaled {
    /// The unit, marked when some figure of the column is not shown in full.
    pub unit: String,
    /// The figures; `None` where there is none.
    pub cells: Vec<Option<String>>,
    /// Whether some figure is not shown in full.
    pub rounded: bool,
}

/// The unit of a column of money with its currency: `≈million CNY`, `≈亿元`.
pub fn in_unit(column: &Scaled, currency: &str, language: Language) -> String {
    let values = [("word", &*column.unit), ("currency", &*unit(currency, language))];
    let key = if currency == "CNY" { "report.number.unit_yuan" } else { "report.number.unit" };
    fill(language, key, &values).trim().to_owned()
}

/// An amount of money in few digits, for a headline: `≈13,157.45 million CNY`, `≈131.57 亿元`.
pub fn headline_money(value: Money, currency: &str, language: Language) -> String {
    let column = money_column(std::iter::once(Some(value)), language);
    let unit_and_currency = in_unit(&column, currency, language);
    let number = column.cells.into_iter().flatten().next().unwrap_or_else(|| value.to_string());
    let about = if column.rounded { ABOUT } else { "" };
    let values =
        [("about", about), ("number", &*number), ("unit", unit_and_currency.trim_start_matches(ABOUT))];
    fill(language, "report.number.headline", &values).trim().to_owned()
}

/// A column of volumes.
pub fn volume_column(volumes: impl Iterator<Item = Option<Quantity>>, language: Language) -> Scaled {
    let values = volumes.map(|volume| exact_steps(volume?.decimals(), |digits| volume?.in_steps(digits)));
    column(values.collect(), volume_steps(language), false, language)
}

/// A column of amounts of money.
pub fn money_column(amounts: impl Iterator<Item = Option<Money>>, language: Language) -> Scaled {
    let values = amounts.map(|amount| exact_steps(amount?.decimals(), |digits| amount?.in_steps(digits)));
    column(values.collect(), volume_steps(language), true, language)
}

/// A column in the largest word that its largest figure reaches, above zero or below, with two decimals, or four for what is below one.
fn column(values: Vec<Option<Ratio>>, steps: &[Step], pad: bool, language: Language) -> Scaled {
    let size = |value: &Ratio| (*value).max(Ratio::ZERO.minus(*value).unwrap_or(*value));
    let largest = values.iter().flatten().map(size).max().unwrap_or(Ratio::ZERO);
    let word = steps.iter().find(|(power, _)| {
        Ratio::from_steps(10_i128.saturating_pow(*power), 0).is_ok_and(|step| largest >= step)
    });
    let power = word.map_or(0, |(power, _)| *power);
    let mut rounded = false;
    let cells = values
        .into_iter()
        .map(|value| {
            let value = value?;
            let own = value.decimals();
            let scaled = Ratio::from_steps(value.in_steps(own)?, own.checked_add(power)?).ok()?;
            let below_one =
                scaled < Ratio::ONE && Ratio::ZERO.minus(Ratio::ONE).is_ok_and(|least| scaled > least);
            let small = below_one && !scaled.is_zero() && power > 0;
            let digits = if small { 4 } else { 2 };
            let shown = scaled.rounded(Rounding::half_up(digits)).ok()?;
            rounded |= shown != scaled;
            let pad = power > 0 || pad;
            Some(grouped(&if pad { padded(shown, digits) } else { shown.to_string() }))
        })
        .collect();
    let about = if rounded { ABOUT } else { "" };
    let word = word.map_or("", |(_, key)| text(language, key));
    Scaled { unit: format!("{about}{}", word.replace("{number}", "").trim()), cells, rounded }
}

/// A count with thousands marks.
pub fn count(value: usize) -> String {
    grouped(&value.to_string())
}

/// A number of the field as a plain number, digit for digit.
fn exact_steps(decimals: u32, steps: impl Fn(u32) -> Option<i128>) -> Option<Ratio> {
    Ratio::from_steps(steps(decimals)?, decimals).ok()
}

/// `value` in the largest word that it reaches, with at most (or exactly, without a word) `digits` decimals.
fn in_words(value: Ratio, steps: &[Step], digits: u32, pad: bool, language: Language) -> Option<String> {
    let own = value.decimals();
    let steps_of_value = value.in_steps(own)?;
    let reaches =
        |power: u32| Some(steps_of_value.checked_abs()? >= 10_i128.checked_pow(power.checked_add(own)?)?);
    let word = steps.iter().find(|(power, _)| reaches(*power) == Some(true));
    let power = word.map_or(0, |(power, _)| *power);
    let scaled = Ratio::from_steps(steps_of_value, own.checked_add(power)?).ok()?;
    let shown = scaled.rounded(Rounding::half_up(digits)).ok()?;
    let about = if shown == scaled { "" } else { ABOUT };
    let number = if pad && word.is_none() { padded(shown, digits) } else { shown.to_string() };
    let number = format!("{about}{}", grouped(&number));
    Some(match word {
        Some((_, key)) => fill(language, key, &[("number", &number)]),
        None => number,
    })
}

/// With exactly `digits` decimals; the value has no more.
pub(super) fn padded(value: Ratio, digits: u32) -> String {
    let text = value.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let wanted = usize::try_from(digits).unwrap_or(0);
    if wanted == 0 { whole.to_owned() } else { format!("{whole}.{fraction:0<wanted$}") }
}

/// Thousands separated: `1,234,567.89`.
pub(super) fn grouped(number: &str) -> String {
    let (sign, unsigned) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, fraction) =
        unsigned.split_once('.').map_or((unsigned, None), |(whole, part)| (whole, Some(part)));
    let last = whole.len();
    let mut shown = sign.to_owned();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && last.saturating_sub(place).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    if let Some(fraction) = fraction {
        shown.push('.');
        shown.push_str(fraction);
    }
    shown
}

/// A tender's title in a language, safe to show.
pub fn tender_title(notice: &Notice, language: Language) -> String {
    chosen(&notice.title, notice.title_zh.as_deref(), language)
}

/// A lot's name in a language, safe to show.
pub fn lot_name(lot: &Lot, language: Language) -> String {
    chosen(&lot.name, lot.name_zh.as_deref(), language)
}

/// A supplier's name in a language, safe to show; its id when it has no name.
pub fn supplier_name(
    suppliers: &BTreeMap<SupplierId, Supplier>,
    id: &SupplierId,
    language: Language,
) -> String {
    let known = suppliers.get(id);
    let plain = known.and_then(|supplier| supplier.name.as_deref()).unwrap_or(id.as_str());
    let chinese = known.and_then(|supplier| supplier.name_zh.as_deref());
    chosen(plain, chinese, language)
}

/// A region's name in a language, safe to show: of a region with a place on the tile map the language's own name.
pub fn region_name(region: &Region, language: Language) -> String {
    let own = region_key(region).and_then(|key| find(language, &format!("{REGIONS}{key}")));
    own.map_or_else(|| escape(region.as_str()), str::to_owned)
}

/// The key of a region's name in the catalogue, when its text is one of the names that some language has for it.
pub fn region_key(region: &Region) -> Option<&'static str> {
    /// Every name with its key.
    static NAMES: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
        let names = Language::ALL.into_iter().flat_map(|language| {
            let keys = keys_under(language, REGIONS).into_iter();
            keys.filter_map(move |key| Some((find(language, &format!("{REGIONS}{key}"))?, key)))
        });
        names.collect()
    });
    NAMES.get(region.as_str()).copied()
}

fn chosen(plain: &str, chinese: Option<&str>, language: Language) -> String {
    match (language, chinese) {
        (Language::Chinese, Some(chinese)) => escape(chinese),
        _ => escape(plain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(text: &str) -> Quantity {
        Quantity::parse(text).unwrap()
    }

    fn amount(text: &str) -> Money {
        Money::parse(text).unwrap()
    }

    #[test]
    fn volumes_in_words_are_marked_when_they_lose_digits() {
        for (exact, english, chinese) in [
            ("0", "0", "0"),
            ("999.5", "999.5", "999.5"),
            ("9999", "9,999", "9,999"),
            ("10000", "10,000", "1 万"),
            ("123456", "123,456", "≈12.35 万"),
            ("999999.99", "999,999.99", "≈100 万"),
            ("1000000", "1 million", "100 万"),
            ("8400000", "8.4 million", "840 万"),
            ("123456789", "≈123.46 million", "≈1.23 亿"),
            ("4250000000", "4,250 million", "42.5 亿"),
        ] {
            assert_eq!(volume(quantity(exact), Language::English), english, "{exact}");
            assert_eq!(volume(quantity(exact), Language::Chinese), chinese, "{exact}");
        }
    }

    #[test]
    fn money_has_two_decimals_in_english_and_words_in_chinese() {
        for (exact, english, chinese) in [
            ("0", "CNY 0.00", "0.00 元"),
            ("1234.5", "CNY 1,234.50", "1,234.50 元"),
            ("0.005", "≈CNY 0.01", "≈0.01 元"),
            ("134623829.7544", "≈CNY 134,623,829.75", "≈1.35 亿元"),
            ("52000000", "CNY 52,000,000.00", "5,200 万元"),
        ] {
            assert_eq!(money(amount(exact), "CNY", Language::English), english);
            assert_eq!(money(amount(exact), "CNY", Language::Chinese), chinese);
        }
        assert_eq!(money(amount("10"), "USD", Language::Chinese), "10.00 USD");
    }

    #[test]
    fn a_column_has_one_unit_and_marks_it_when_a_figure_loses_digits() {
        let volumes = || [Some(quantity("8400000")), None, Some(quantity("5320"))].into_iter();
        let column = volume_column(volumes(), Language::English);
        assert_eq!((column.unit.as_str(), column.rounded), ("≈million", true));
        assert_eq!(column.cells, [Some("8.40".to_owned()), None, Some("0.0053".to_owned())]);
        let column = volume_column(volumes(), Language::Chinese);
        assert_eq!((column.unit.as_str(), column.rounded), ("万", false));
        let exact = money_column([Some(amount("52000000"))].into_iter(), Language::Chinese);
        assert_eq!((exact.unit.as_str(), exact.rounded), ("万", false));
        assert_eq!(exact.cells, [Some("5,200.00".to_owned())]);
        let english = money_column([Some(amount("52000000"))].into_iter(), Language::English);
        assert_eq!(english.unit, "million");
    }

    #[test]
    fn percentages_keep_their_decimals() {
        let ratio = |text: &str| Ratio::parse(text).unwrap();
        assert_eq!(percent(ratio("0.66649"), 1), "66.6%");
        assert_eq!(percent(ratio("0.5"), 1), "50.0%");
        assert_eq!(percent(ratio("0.9996"), 1), "100.0%");
        assert_eq!(percent(ratio("12.5"), 0), "1,250%");
        let negative = ratio("0").minus(ratio("0.0825")).unwrap();
        assert_eq!(percent(negative, 1), "-8.3%");
    }
}
