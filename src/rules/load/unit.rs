//! Units of parameters and tables, and the form of their values.

use crate::diagnostics::Code;
use crate::money::{Ratio, Rounding, RoundingMode, UnitPrice};
use crate::rules::{Band, ScoreStep};
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
    /// Least and greatest parts of a whole by rank, such as `0.4-0.6, 0.3-0.4`.
    ShareBands,
    /// Points by multiples of the lowest price, such as `1.05 60, 1.2 40`.
    ScoreSteps,
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
    const WORDS: &'static [(&'static str, Self)] = &[
        ("ratio", Self::Ratio),
        ("share", Self::Share),
        ("shares", Self::Shares),
        ("shares_by_place", Self::SharesByPlace),
        ("share_bands", Self::ShareBands),
        ("score_steps", Self::ScoreSteps),
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
    pub(super) const OF_TABLES: &'static [&'static str] =
        &["places", "share", "share_bands", "years", "regions"];

    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(word, _)| *word == name).map(|(_, unit)| *unit)
    }

    pub(super) fn names() -> Vec<&'static str> {
        Self::WORDS.iter().map(|(word, _)| *word).collect()
    }

    pub(super) fn name(self) -> &'static str {
        Self::WORDS.iter().find(|(_, unit)| *unit == self).map_or("", |(word, _)| word)
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
            Self::ShareBands => share_bands(value).is_some(),
            Self::ScoreSteps => score_steps(value).is_some(),
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

/// Bands such as `0.4-0.6, 0.3-0.4`, each from its least to its greatest part of a whole.
pub(super) fn share_bands(value: &str) -> Option<Vec<Band>> {
    let part = |text: &str| Ratio::parse(text).ok().filter(|part| *part <= Ratio::ONE);
    let band = |text: &str| {
        let (least, most) = text.trim().split_once('-')?;
        Some(Band { least: part(least)?, most: part(most)? }).filter(|band| band.least <= band.most)
    };
    value.split(',').map(band).collect()
}

/// Steps such as `1.05 60, 1.2 40`: multiples of the lowest price that rise from 1 or more, points that fall.
pub(super) fn score_steps(value: &str) -> Option<Vec<ScoreStep>> {
    let step = |text: &str| {
        let (up_to, points) = text.trim().split_once(' ')?;
        Some(ScoreStep { up_to: Ratio::parse(up_to).ok()?, points: Ratio::parse(points.trim()).ok()? })
    };
    let steps: Vec<ScoreStep> = value.split(',').map(step).collect::<Option<_>>()?;
    let rises = steps.is_sorted_by(|one, other| one.up_to < other.up_to && one.points > other.points);
    let starts = steps.first().is_some_and(|step| step.up_to >= Ratio::ONE);
    (rises && starts).then_some(steps)
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
