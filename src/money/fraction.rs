//! Exact quotients, for indices and shares that no decimal holds.

use std::cmp::Ordering;
use std::fmt;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};
use rust_decimal::Decimal;

use super::decimal::{Inexact, from_parts};
use super::proportion::Proportion;
use super::quantities::{Money, Quantity, Ratio, UnitPrice};
use super::round::Rounding;

/// A number of any sign as a fraction in lowest terms. Sums, products and quotients of fractions are exact; only
/// [`Fraction::rounded`] and [`Fraction::to_money`] round.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fraction {
    above: BigInt,
    /// Above zero.
    below: BigInt,
}

impl Fraction {
    fn reduced(above: BigInt, below: BigInt) -> Option<Self> {
        if below.is_zero() {
            return None;
        }
        let sign = if below.is_negative() { BigInt::from(-1) } else { BigInt::from(1) };
        let common = above.gcd(&below) * sign;
        Some(Self { above: above / &common, below: below / common })
    }

    fn from_decimal(value: Decimal) -> Self {
        let above = BigInt::from(value.mantissa());
        let below = BigInt::from(10).pow(value.scale());
        let whole = || Self { above: BigInt::ZERO, below: BigInt::from(1) };
        Self::reduced(above, below).unwrap_or_else(whole)
    }

    /// Nothing.
    pub fn zero() -> Self {
        Self::from(Ratio::ZERO)
    }

    /// One.
    pub fn one() -> Self {
        Self::from(Ratio::ONE)
    }

    /// `count` as a fraction.
    pub fn whole(count: u32) -> Self {
        Self { above: BigInt::from(count), below: BigInt::from(1) }
    }

    /// Whether it is exactly zero.
    pub fn is_zero(&self) -> bool {
        self.above.is_zero()
    }

    /// Whether it is below zero.
    pub fn is_negative(&self) -> bool {
        self.above.is_negative()
    }

    /// Sum.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let above = &self.above * &other.below + &other.above * &self.below;
        Self::reduced(above, &self.below * &other.below).unwrap_or_else(Self::zero)
    }

    /// Difference.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        let above = &self.above * &other.below - &other.above * &self.below;
        Self::reduced(above, &self.below * &other.below).unwrap_or_else(Self::zero)
    }

    /// Product.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        Self::reduced(&self.above * &other.above, &self.below * &other.below).unwrap_or_else(Self::zero)
    }

    /// Quotient; `None` when `other` is zero.
    pub fn over(&self, other: &Self) -> Option<Self> {
        Self::reduced(&self.above * &other.below, &self.below * &other.above)
    }

    /// Sum of many.
    pub fn total(parts: impl IntoIterator<Item = Self>) -> Self {
        parts.into_iter().fold(Self::zero(), |sum, part| sum.plus(&part))
    }

    /// To the steps of `rounding`; `None` when that cannot be held.
    pub fn rounded(&self, rounding: Rounding) -> Option<Ratio> {
        rounding.quotient(&self.above, &self.below).map(Ratio::from_decimal)
    }

    /// As a price, to the steps of `rounding`; `None` when that cannot be held.
    pub fn to_price(&self, rounding: Rounding) -> Option<UnitPrice> {
        rounding.quotient(&self.above, &self.below).map(UnitPrice::from_decimal)
    }

    /// As a volume, to the steps of `rounding`; `None` when that cannot be held.
    pub fn to_quantity(&self, rounding: Rounding) -> Option<Quantity> {
        rounding.quotient(&self.above, &self.below).map(Quantity::from_decimal)
    }

    /// As an amount of money, to the steps of `rounding`; `None` when that cannot be held.
    pub fn to_money(&self, rounding: Rounding) -> Option<Money> {
        rounding.quotient(&self.above, &self.below).map(Money::from_decimal)
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.above * &other.below).cmp(&(&other.above * &self.below))
    }
}

impl fmt::Display for Fraction {
    /// In full: `39/50`, or `2` when it is whole.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.below == BigInt::from(1) {
            f.pad(&self.above.to_string())
        } else {
            f.pad(&format!("{}/{}", self.above, self.below))
        }
    }
}

macro_rules! from_numbers {
    ($($number:ident),*) => {
        $(impl From<$number> for Fraction {
            fn from(value: $number) -> Self {
                Self::from_decimal(value.decimal())
            }
        })*
    };
}

from_numbers!(Money, Quantity, Ratio, UnitPrice);

impl From<Proportion> for Fraction {
    fn from(value: Proportion) -> Self {
        Self::reduced(BigInt::from(value.numerator()), BigInt::from(value.denominator()))
            .unwrap_or_else(Self::one)
    }
}

/// Splits an amount of money in proportion to weights that are zero or more, by the largest remainder; equal remainders
/// go to the earlier weight. Steps are cents, or finer when the amount is. The parts add up to it exactly; parts of a
/// negative amount are those of the positive one with the sign turned.
///
/// # Errors
/// [`Inexact`] when every weight is zero while the amount is not, a weight is below zero, or a part cannot be held.
pub fn split_money(total: Money, weights: &[Fraction]) -> Result<Vec<Money>, Inexact> {
    let digits = total.decimals().max(2);
    let signed = BigInt::from(total.in_steps(digits).ok_or(Inexact)?);
    let money = |part: &BigInt| {
        let part = if signed.is_negative() { -part } else { part.clone() };
        from_parts(part.to_i128().ok_or(Inexact)?, digits).map(Money::from_decimal)
    };
    split_steps(&signed.abs(), weights)?.iter().map(money).collect()
}

/// Splits a volume in proportion to weights that are zero or more, by the largest remainder, in steps of `10^-digits`;
/// equal remainders go to the earlier weight. The parts add up to it exactly.
///
/// # Errors
/// [`Inexact`] when the volume is finer than the steps, every weight is zero while it is not, a weight is below zero, or a
/// part cannot be held.
pub fn split_volume(total: Quantity, weights: &[Fraction], digits: u32) -> Result<Vec<Quantity>, Inexact> {
    let steps = BigInt::from(total.in_steps(digits).ok_or(Inexact)?);
    let volume = |part: &BigInt| Quantity::from_steps(part.to_i128().ok_or(Inexact)?, digits);
    split_steps(&steps, weights)?.iter().map(volume).collect()
}

/// Whole steps in proportion to weights.
fn split_steps(steps: &BigInt, weights: &[Fraction]) -> Result<Vec<BigInt>, Inexact> {
    let sum = Fraction::total(weights.iter().cloned());
    if weights.iter().any(Fraction::is_negative) || (sum.is_zero() && !steps.is_zero()) {
        return Err(Inexact);
    }
    let mut parts = Vec::with_capacity(weights.len());
    let mut remainders = Vec::with_capacity(weights.len());
    for (place, weight) in weights.iter().enumerate() {
        let share = weight.over(&sum).unwrap_or_else(Fraction::zero);
        let (part, rest) = (steps * &share.above).div_rem(&share.below);
        remainders.push((Fraction::reduced(rest, share.below).ok_or(Inexact)?, place));
        parts.push(part);
    }
    let left = (steps - parts.iter().sum::<BigInt>()).to_usize().ok_or(Inexact)?;
    remainders.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    for (_, place) in remainders.iter().take(left) {
        if let Some(part) = parts.get_mut(*place) {
            part.inc();
        }
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(text: &str) -> Fraction {
        Fraction::from(Ratio::parse(text).unwrap())
    }

    fn split(total: Money, weights: &[&str]) -> Vec<String> {
        let weights: Vec<Fraction> = weights.iter().map(|text| ratio(text)).collect();
        split_money(total, &weights).unwrap().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_volume_is_split_by_exact_weights_and_adds_up() {
        let thirds = [ratio("1").over(&ratio("3")).unwrap(), ratio("2").over(&ratio("3")).unwrap()];
        let parts = split_volume(Quantity::parse("200").unwrap(), &thirds, 2).unwrap();
        assert_eq!(parts.iter().map(ToString::to_string).collect::<Vec<_>>(), ["66.67", "133.33"]);
        assert!(split_volume(Quantity::parse("0.001").unwrap(), &thirds, 2).is_err());
        assert!(split_volume(Quantity::parse("1").unwrap(), &[ratio("0")], 0).is_err());
        let half = ratio("0.5").to_quantity(Rounding::half_up(0));
        assert_eq!(half.map(|half| half.to_string()).as_deref(), Some("1"));
    }

    #[test]
    fn arithmetic_is_exact() {
        let third = Fraction::one().over(&Fraction::whole(3)).unwrap();
        assert_eq!(third.plus(&third).plus(&third), Fraction::one());
        assert_eq!(third.minus(&Fraction::one()).to_string(), "-2/3");
        assert_eq!(ratio("0.78").times(&ratio("0.47")).times(&ratio("1.73")).to_string(), "317109/500000");
        assert_eq!(Fraction::one().over(&Fraction::zero()), None);
        assert_eq!(third.rounded(Rounding::half_up(4)).unwrap().to_string(), "0.3333");
        assert!(third < ratio("0.3334") && third > ratio("0.3333"));
    }

    #[test]
    fn parts_add_up_and_equal_remainders_go_to_the_earlier() {
        let amount = |text: &str| Money::parse(text).unwrap();
        assert_eq!(split(amount("0.01"), &["1", "1"]), ["0.01", "0.00"]);
        assert_eq!(split(amount("100"), &["1", "1", "1"]), ["33.34", "33.33", "33.33"]);
        let debt = Money::ZERO.minus(amount("100")).unwrap();
        assert_eq!(split(debt, &["1", "1", "1"]), ["-33.34", "-33.33", "-33.33"]);
        assert_eq!(split(amount("0.001"), &["1", "2"]), ["0.00", "0.001"]);
        assert!(split_money(amount("1"), &[ratio("0")]).is_err());
        assert!(split_money(amount("1"), &[ratio("2"), Fraction::zero().minus(&ratio("1"))]).is_err());
        assert_eq!(split_money(Money::ZERO, &[ratio("0")]), Ok(vec![Money::ZERO]));
    }
}
