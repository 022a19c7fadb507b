//! The four kinds of number of the field, each with its own type.

use std::cmp::Ordering;
use std::fmt;

use num_bigint::BigInt;
use num_integer::Integer;
use rust_decimal::Decimal;

use super::decimal::{self, Inexact};
use super::format::plain;
use super::parse::{NumberFault, parse_decimal};
use super::round::Rounding;

macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident, decimals in files: $decimals:literal, printed with at least: $printed:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(Decimal);

        impl $name {
            /// Nothing.
            pub const ZERO: Self = Self(Decimal::ZERO);

            /// Decimals that a file can state.
            pub const DECIMALS: u32 = $decimals;

            /// Reads a number in the strict form of tender files: digits and one point, zero or more.
            ///
            /// # Errors
            /// The [`NumberFault`] that names what is wrong with the form.
            pub fn parse(text: &str) -> Result<Self, NumberFault> {
                parse_decimal(text, Self::DECIMALS).map(Self)
            }

            /// Like [`Self::parse`], and zero is refused too.
            ///
            /// # Errors
            /// As [`Self::parse`], and [`NumberFault::Zero`].
            pub fn parse_positive(text: &str) -> Result<Self, NumberFault> {
                let value = Self::parse(text)?;
                if value.is_zero() { Err(NumberFault::Zero) } else { Ok(value) }
            }

            /// Whether it is exactly zero.
            pub fn is_zero(self) -> bool {
                self.0.is_zero()
            }

            /// Exact sum.
            ///
            /// # Errors
            /// [`Inexact`] when the sum needs more than 28 digits.
            pub fn plus(self, other: Self) -> Result<Self, Inexact> {
                decimal::add(self.0, other.0).map(Self)
            }

            /// Exact difference; it may be negative.
            ///
            /// # Errors
            /// [`Inexact`] when the difference needs more than 28 digits.
            pub fn minus(self, other: Self) -> Result<Self, Inexact> {
                decimal::subtract(self.0, other.0).map(Self)
            }

            /// Exact sum of many.
            ///
            /// # Errors
            /// [`Inexact`] when a partial sum needs more than 28 digits.
            pub fn total(parts: impl IntoIterator<Item = Self>) -> Result<Self, Inexact> {
                parts.into_iter().try_fold(Self::ZERO, Self::plus)
            }

            /// Exact product with a plain ratio.
            ///
            /// # Errors
            /// [`Inexact`] when the product needs more than 28 digits.
            pub fn scaled(self, by: Ratio) -> Result<Self, Inexact> {
                decimal::multiply(self.0, by.0).map(Self)
            }

            /// Brought to the steps of `rounding`.
            ///
            /// # Errors
            /// [`Inexact`] when the result cannot be held.
            pub fn rounded(self, rounding: Rounding) -> Result<Self, Inexact> {
                rounding.apply(self.0).map(Self)
            }

            /// `self / whole`, rounded; `None` when `whole` is zero.
            pub fn share_of(self, whole: Self, rounding: Rounding) -> Option<Ratio> {
                quotient(self.0, whole.0, rounding).map(Ratio)
            }

            /// How many steps of `10^-digits` it is; `None` when it is finer than that.
            pub fn in_steps(self, digits: u32) -> Option<i128> {
                decimal::mantissa_at(self.0, digits)
            }

            /// `steps × 10^-digits`.
            ///
            /// # Errors
            /// [`Inexact`] when it cannot be held.
            pub fn from_steps(steps: i128, digits: u32) -> Result<Self, Inexact> {
                decimal::from_parts(steps, digits).map(Self)
            }

            /// Decimals needed to write it in full.
            pub fn decimals(self) -> u32 {
                self.0.normalize().scale()
            }

            /// The decimal inside, for the arithmetic of this module.
            #[allow(dead_code, reason = "not every kind of number is taken apart inside the module")]
            pub(super) fn decimal(self) -> Decimal {
                self.0
            }

            /// From the arithmetic of this module.
            #[allow(dead_code, reason = "not every kind of number is built inside the module")]
            pub(super) fn from_decimal(value: Decimal) -> Self {
                Self(value)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&plain(self.0, $printed))
            }
        }
    };
}

quantity!(
    /// An amount of money in the tender's currency.
    Money, decimals in files: 10, printed with at least: 2
);
quantity!(
    /// A price per unit, in the tender's currency; up to 10 decimals.
    UnitPrice, decimals in files: 10, printed with at least: 4
);
quantity!(
    /// A volume in units; up to 4 decimals.
    Quantity, decimals in files: 4, printed with at least: 0
);
quantity!(
    /// A number without unit: a share, a cut, a multiple, a conversion ratio.
    Ratio, decimals in files: 10, printed with at least: 0
);

impl UnitPrice {
    /// What `volume` units cost.
    ///
    /// # Errors
    /// [`Inexact`] when the product needs more than 28 digits.
    pub fn times(self, volume: Quantity) -> Result<Money, Inexact> {
        decimal::multiply(self.0, volume.0).map(Money)
    }

    /// The cut from `baseline` to this price, `1 - self / baseline`, rounded; `None` when the baseline is zero.
    pub fn cut_from(self, baseline: Self, rounding: Rounding) -> Option<Ratio> {
        quotient(decimal::subtract(baseline.0, self.0).ok()?, baseline.0, rounding).map(Ratio)
    }

    /// Which of two prices is the smaller part of its own baseline: the order of `price / baseline`, without rounding.
    /// No baseline is zero.
    pub fn compare_parts(one: (Self, Self), other: (Self, Self)) -> Ordering {
        let product = |a: Self, b: Self| {
            let scale = a.0.scale().saturating_add(b.0.scale());
            (BigInt::from(a.0.mantissa()) * BigInt::from(b.0.mantissa()), scale)
        };
        let (left, left_scale) = product(one.0, other.1);
        let (right, right_scale) = product(other.0, one.1);
        (left * BigInt::from(10).pow(right_scale)).cmp(&(right * BigInt::from(10).pow(left_scale)))
    }

    /// The mean of the cuts of many `(price, baseline)` pairs, rounded once at the end; `None` when there are none or a
    /// baseline is zero.
    pub fn mean_cut(pairs: &[(Self, Self)], rounding: Rounding) -> Option<Ratio> {
        let (mut above, mut below) = (BigInt::from(0), BigInt::from(1));
        for (price, baseline) in pairs {
            let digits = price.decimals().max(baseline.decimals());
            let (price, baseline) =
                (BigInt::from(price.in_steps(digits)?), BigInt::from(baseline.in_steps(digits)?));
            above = above * &baseline + (&baseline - price) * &below;
            below *= baseline;
            let common = above.gcd(&below);
            if common == BigInt::from(0) {
                return None;
            }
            above /= &common;
            below /= common;
        }
        rounding.quotient(&above, &(below * BigInt::from(pairs.len()))).map(Ratio)
    }

    /// The mean of several prices, rounded; `None` when there are none.
    pub fn mean(prices: &[Self], rounding: Rounding) -> Option<Self> {
        let count = Decimal::from(u64::try_from(prices.len()).ok()?);
        let total = Self::total(prices.iter().copied()).ok()?;
        quotient(total.0, count, rounding).map(Self)
    }
}

impl Quantity {
    /// `self × count`.
    ///
    /// # Errors
    /// [`Inexact`] when the product needs more than 28 digits.
    pub fn times_count(self, count: u32) -> Result<Self, Inexact> {
        decimal::multiply(self.0, Decimal::from(count)).map(Self)
    }

    /// `self / count`, rounded; `None` for a count of zero.
    pub fn mean_over(self, count: u32, rounding: Rounding) -> Option<Self> {
        quotient(self.0, Decimal::from(count), rounding).map(Self)
    }

    /// The same number without its unit, for a volume that counts how many units another number stands for.
    pub fn as_ratio(self) -> Ratio {
        Ratio(self.0)
    }
}

impl Money {
    /// The mean price when `self` buys `volume` units, rounded; `None` when the volume is zero.
    pub fn per_unit(self, volume: Quantity, rounding: Rounding) -> Option<UnitPrice> {
        quotient(self.0, volume.0, rounding).map(UnitPrice)
    }

    /// What an amount for the volume `of` comes to for the volume `at`, rounded; `None` when `of` is zero.
    pub fn at_volume(self, at: Quantity, of: Quantity, rounding: Rounding) -> Option<Self> {
        let above = BigInt::from(self.0.mantissa()) * BigInt::from(at.0.mantissa());
        let below = BigInt::from(of.0.mantissa());
        let (up, down) = (of.0.scale(), self.0.scale().checked_add(at.0.scale())?);
        let power = |scale: u32| BigInt::from(10).pow(scale);
        rounding.quotient(&(above * power(up)), &(below * power(down))).map(Self)
    }
}

impl Ratio {
    /// One.
    pub const ONE: Self = Self(Decimal::ONE);

    /// The mean of several ratios, rounded; `None` when there are none.
    pub fn mean(ratios: &[Self], rounding: Rounding) -> Option<Self> {
        let count = Decimal::from(u64::try_from(ratios.len()).ok()?);
        let total = Self::total(ratios.iter().copied()).ok()?;
        quotient(total.0, count, rounding).map(Self)
    }

    /// As a percentage with two decimals, as offices print it: `66.63%`. For reading, not for computing.
    pub fn percent(self) -> String {
        let hundred = Decimal::ONE_HUNDRED;
        match decimal::multiply(self.0, hundred).and_then(|value| Rounding::half_up(2).apply(value)) {
            Ok(value) => format!("{}%", plain(value, 2)),
            Err(Inexact) => self.to_string(),
        }
    }
}

/// `numerator / denominator`, rounded; `None` when the denominator is zero or the result cannot be held.
fn quotient(numerator: Decimal, denominator: Decimal, rounding: Rounding) -> Option<Decimal> {
    let scaled =
        |value: Decimal, other: Decimal| BigInt::from(value.mantissa()) * BigInt::from(10).pow(other.scale());
    rounding.quotient(&scaled(numerator, denominator), &scaled(denominator, numerator))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn price(text: &str) -> UnitPrice {
        UnitPrice::parse(text).unwrap()
    }

    #[test]
    fn the_strict_form_names_what_is_wrong() {
        for (text, fault) in [
            ("", NumberFault::Empty),
            ("1,200", NumberFault::ThousandsMark),
            ("1_200", NumberFault::ThousandsMark),
            ("12%", NumberFault::Percent),
            ("1e3", NumberFault::Exponent),
            ("-1", NumberFault::Sign),
            ("+1", NumberFault::Sign),
            ("０．０４", NumberFault::FullWidth),
            ("1.2.3", NumberFault::NotANumber),
            (".5", NumberFault::NotANumber),
            ("5.", NumberFault::NotANumber),
            ("1 2", NumberFault::NotANumber),
            ("0.12345678901", NumberFault::TooManyDecimals { allowed: 10 }),
            ("123456789012345", NumberFault::TooLarge),
        ] {
            assert_eq!(UnitPrice::parse(text), Err(fault), "{text}");
        }
        assert_eq!(UnitPrice::parse_positive("0.00"), Err(NumberFault::Zero));
        assert_eq!(Quantity::parse("1.23456"), Err(NumberFault::TooManyDecimals { allowed: 4 }));
    }

    #[test]
    fn money_is_exact_and_printed_in_full() {
        let value = price("0.0001").times(Quantity::parse("3").unwrap()).unwrap();
        assert_eq!(value.to_string(), "0.0003");
        let value = price("0.3").times(Quantity::parse("1840").unwrap()).unwrap();
        assert_eq!(value.to_string(), "552.00");
    }

    #[test]
    fn cuts_are_rounded_by_the_rule_given() {
        let cut = price("0.56").cut_from(price("1.6"), Rounding::half_up(4)).unwrap();
        assert_eq!((cut.to_string().as_str(), cut.percent().as_str()), ("0.65", "65.00%"));
        let cut = price("2").cut_from(price("1"), Rounding::half_up(4)).unwrap();
        assert_eq!(cut.percent(), "-100.00%");
        assert_eq!(price("1").cut_from(price("0"), Rounding::half_up(4)), None);
    }

    #[test]
    fn a_mean_cut_is_rounded_once() {
        let pairs = |texts: &[(&str, &str)]| -> Vec<(UnitPrice, UnitPrice)> {
            texts.iter().map(|(one, other)| (price(one), price(other))).collect()
        };
        let mean =
            |texts: &[(&str, &str)], digits| UnitPrice::mean_cut(&pairs(texts), Rounding::half_up(digits));
        // 2/3 and 2/3 and 0: 4/9. Rounding each cut first would give (0.7 + 0.7 + 0) / 3 = 0.47, so 0.5.
        let thirds = [("1", "3"), ("0.1", "0.3"), ("2", "2")];
        assert_eq!(mean(&thirds, 1).unwrap().to_string(), "0.4");
        assert_eq!(mean(&thirds, 4).unwrap().to_string(), "0.4444");
        assert_eq!(mean(&[("3", "2"), ("1", "2")], 4).unwrap().to_string(), "0");
        assert_eq!(mean(&[], 4), None);
        assert_eq!(mean(&[("1", "0")], 4), None);
        assert_eq!(mean(&[("1", "2"), ("0", "0")], 4), None);
    }
}
