//! Units of parameters and tables, and the form of their values.

use crate::diagnostics::Code;
use crate::money::{Ratio, Rounding, RoundingMode, UnitPrice};
use crate::tender::Date;

/// The value of a limit that does not bind.
pub(super) const NO_LIMIT: &str = "none";

/// Most decimals that a rounding may keep: as many as a price in a file may have.
const MOST_DIGITS: u32 = 10;

/// What kind of number or word a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// A multiple or a base: a plain number.
    Ratio,
    /// A part of a whole: at most 1.
    Share,
    /// Parts of a whole, in order, parted by commas: together at most 1.
    Shares,
    /// Parts of a whole, one for each place in an order, parted by commas: each at most 1.
    SharesByPlace,
    /// A price per unit, in the tender's currency.
    Price,
    /// A whole number of bidders, suppliers or picks.
    Count,
    /// A whole number of places.
    Places,
    /// Whole years.
    Years,
    /// A whole number of regions.
    Regions,
    /// A day.
    Day,
    /// A group of lots, as `lots.csv` names it.
    Group,
    /// A mode and a number of decimals, such as `half_up 4`.
    Rounding,
    /// One of the words that the rule knows.
    Choice,
    /// Some of the words that the rule knows, in order, parted by commas.
    List,
}

impl Unit {
    const WORDS: [(&'static str, Self); 14] = [
        ("ratio", Self::Ratio),
        ("share", Self::Share),
        ("shares", Self::Shares),
        ("shares_by_place", Self::SharesByPlace),
        ("price", Self::Price),
        ("count", Self::Count),
        ("places", Self::Places),
        ("years", Self::Years),
        ("regions", Self::Regions),
        ("day", Self::Day),
        ("group", Self::Group),
        ("rounding", Self::Rounding),
        ("choice", Self::Choice),
        ("list", Self::List),
    ];

    /// Units that the values of a table may have.
    pub(super) const OF_TABLES: [&'static str; 4] = ["places", "share", "years", "regions"];

    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::WORDS.into_iter().find(|(word, _)| *word == name).map(|(_, unit)| unit)
    }

    pub(super) fn names() -> [&'static str; 14] {
        Self::WORDS.map(|(word, _)| word)
    }

    pub(super) fn name(self) -> &'static str {
        Self::WORDS.into_iter().find(|(_, unit)| *unit == self).map_or("", |(word, _)| word)
    }

    /// What is wrong with a value of this unit, whatever rule uses it.
    pub(super) fn fault(self, value: &str) -> Option<Code> {
        let fits = match self {
            Self::Ratio => Ratio::parse(value).is_ok(),
            Self::Share => match Ratio::parse(value) {
                Ok(share) if share > Ratio::ONE => return Some(Code::RulesShareAboveOne),
                parsed => parsed.is_ok(),
            },
            Self::Shares => {
                let sum = parts(value).and_then(|parts| Ratio::total(parts).ok());
                if sum.is_some_and(|sum| sum > Ratio::ONE) {
                    return Some(Code::RulesShareAboveOne);
                }
                share_list(value).is_some()
            }
            Self::SharesByPlace => {
                if parts(value).is_some_and(|parts| parts.iter().any(|part| *part > Ratio::ONE)) {
                    return Some(Code::RulesShareAboveOne);
                }
                shares_by_place(value).is_some()
            }
            Self::Price => UnitPrice::parse(value).is_ok(),
            Self::Count | Self::Places | Self::Years | Self::Regions => whole(value).is_some(),
            Self::Rounding => rounding(value).is_some(),
            Self::Day => Date::parse(value).is_some(),
            Self::Choice | Self::List | Self::Group => !value.trim().is_empty(),
        };
        (!fits).then_some(Code::RulesValueUnfit)
    }
}

fn parts(value: &str) -> Option<Vec<Ratio>> {
    value.split(',').map(|part| Ratio::parse(part.trim()).ok()).collect()
}

/// Parts of a whole, such as `0.5, 0.3`; none of them is nothing, and together they are at most the whole.
pub(super) fn share_list(value: &str) -> Option<Vec<Ratio>> {
    let whole = |parts: &Vec<Ratio>| Ratio::total(parts.iter().copied()).is_ok_and(|sum| sum <= Ratio::ONE);
    parts(value).filter(|parts| parts.iter().all(|part| !part.is_zero())).filter(whole)
}

/// Parts of a whole by place in an order, such as `1, 0.95, 0.9`; a part may be nothing, none is more than the whole.
pub(super) fn shares_by_place(value: &str) -> Option<Vec<Ratio>> {
    parts(value).filter(|parts| parts.iter().all(|part| *part <= Ratio::ONE))
}

/// A whole number, written plainly.
pub(super) fn whole(value: &str) -> Option<u32> {
    let plain = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    let leading_zero = value.len() > 1 && value.starts_with('0');
    if plain && !leading_zero { value.parse().ok() } else { None }
}

/// A rounding, such as `half_up 4`.
pub(super) fn rounding(value: &str) -> Option<Rounding> {
    let (mode, digits) = value.split_once(' ')?;
    let digits = whole(digits).filter(|digits| *digits <= MOST_DIGITS)?;
    Some(Rounding { digits, mode: RoundingMode::from_name(mode)? })
}
