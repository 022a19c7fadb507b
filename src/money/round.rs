//! Rounding: by a named mode to a stated number of decimals, and nowhere else.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};
use rust_decimal::Decimal;

use super::decimal::{Inexact, from_parts};

/// How a value between two steps is brought to one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RoundingMode {
    /// To the nearest step; exactly between two, away from zero (四舍五入).
    HalfUp,
    /// To the nearest step; exactly between two, to the even one.
    HalfEven,
    /// Towards zero.
    Down,
    /// Away from zero.
    Up,
}

impl RoundingMode {
    /// The words in a rule set.
    pub const WORDS: &'static [(&'static str, Self)] =
        &[("half_up", Self::HalfUp), ("half_even", Self::HalfEven), ("down", Self::Down), ("up", Self::Up)];

    /// The mode by its name in a rule set: `half_up`, `half_even`, `down` or `up`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(word, _)| *word == name).map(|(_, mode)| *mode)
    }

    /// The name in a rule set.
    pub fn name(self) -> &'static str {
        Self::WORDS.iter().find(|(_, mode)| *mode == self).map_or("", |(word, _)| word)
    }
}

/// A rounding rule: how many decimals are kept, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rounding {
    /// Decimals kept.
    pub digits: u32,
    /// What happens between two steps.
    pub mode: RoundingMode,
}

impl Rounding {
    /// Half up to `digits` decimals.
    pub const fn half_up(digits: u32) -> Self {
        Self { digits, mode: RoundingMode::HalfUp }
    }

    /// `numerator / denominator` rounded; `None` when the denominator is zero or the result cannot be held.
    pub(super) fn quotient(self, numerator: &BigInt, denominator: &BigInt) -> Option<Decimal> {
        if denominator.is_zero() {
            return None;
        }
        let scaled = numerator * BigInt::from(10).pow(self.digits);
        let steps = divide_rounded(&scaled, denominator, self.mode);
        from_parts(steps.to_i128()?, self.digits).ok()
    }

    /// `value` brought to this rule's steps.
    pub(super) fn apply(self, value: Decimal) -> Result<Decimal, Inexact> {
        let denominator = BigInt::from(10).pow(value.scale());
        self.quotient(&BigInt::from(value.mantissa()), &denominator).ok_or(Inexact)
    }
}

/// The integer nearest to `numerator / denominator` by `mode`. The denominator is not zero.
pub(super) fn divide_rounded(numerator: &BigInt, denominator: &BigInt, mode: RoundingMode) -> BigInt {
    let negative = numerator.is_negative() != denominator.is_negative();
    let (whole, rest) = numerator.abs().div_rem(&denominator.abs());
    let twice = &rest * BigInt::from(2);
    let step_up = match mode {
        RoundingMode::Down => false,
        RoundingMode::Up => !rest.is_zero(),
        RoundingMode::HalfUp => twice >= denominator.abs(),
        RoundingMode::HalfEven => twice > denominator.abs() || (twice == denominator.abs() && whole.is_odd()),
    };
    let mut magnitude = whole;
    if step_up {
        magnitude.inc();
    }
    if negative { -magnitude } else { magnitude }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounded(text: &str, digits: u32, mode: RoundingMode) -> String {
        let value = Decimal::from_str_exact(text).unwrap();
        Rounding { digits, mode }.apply(value).unwrap().to_string()
    }

    #[test]
    fn every_mode_on_both_sides_of_half() {
        for (text, half_up, half_even, down, up) in [
            ("0.04995", "0.05", "0.05", "0.0499", "0.05"),
            ("0.12345", "0.1235", "0.1234", "0.1234", "0.1235"),
            ("0.12355", "0.1236", "0.1236", "0.1235", "0.1236"),
            ("0.123449999", "0.1234", "0.1234", "0.1234", "0.1235"),
            ("-0.12345", "-0.1235", "-0.1234", "-0.1234", "-0.1235"),
            ("0.1234", "0.1234", "0.1234", "0.1234", "0.1234"),
        ] {
            assert_eq!(rounded(text, 4, RoundingMode::HalfUp), half_up, "{text} half up");
            assert_eq!(rounded(text, 4, RoundingMode::HalfEven), half_even, "{text} half even");
            assert_eq!(rounded(text, 4, RoundingMode::Down), down, "{text} down");
            assert_eq!(rounded(text, 4, RoundingMode::Up), up, "{text} up");
        }
    }
}
