//! Exact fractions: how many times the representative specification a pack holds.

use std::cmp::Ordering;
use std::fmt;

use num_bigint::BigInt;
use num_integer::Integer;

use super::decimal::from_parts;
use super::parse::{NumberFault, parse_decimal};
use super::quantities::{Quantity, Ratio};
use super::round::Rounding;

/// Decimals allowed in a proportion written as a decimal, as for [`Ratio`].
const DECIMALS: u32 = 10;

/// A positive fraction in lowest terms, such as 2, 0.5 or 1/3.
///
/// A ratio of contents is often no decimal at all (10 mg against 30 mg), so it is kept as a fraction and never rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Proportion {
    numerator: u128,
    denominator: u128,
}

impl Proportion {
    /// One: the representative specification itself.
    pub const ONE: Self = Self { numerator: 1, denominator: 1 };

    /// `numerator / denominator` in lowest terms; `None` when either is zero.
    pub fn new(numerator: u128, denominator: u128) -> Option<Self> {
        let common = numerator.gcd(&denominator);
        let numerator = numerator.checked_div(common).filter(|part| *part > 0)?;
        let denominator = denominator.checked_div(common).filter(|part| *part > 0)?;
        Some(Self { numerator, denominator })
    }

    /// The same number as `ratio`; `None` when that is zero or negative.
    pub fn from_ratio(ratio: Ratio) -> Option<Self> {
        let decimal = ratio.decimal().normalize();
        let denominator = 10_u128.checked_pow(decimal.scale())?;
        Self::new(u128::try_from(decimal.mantissa()).ok()?, denominator)
    }

    /// Reads `2`, `0.5` (up to 10 decimals) or `1/3` (two whole numbers), each in the strict form of tender files.
    ///
    /// # Errors
    /// The [`NumberFault`] that names what is wrong with the form; zero above or below the bar is [`NumberFault::Zero`].
    pub fn parse(text: &str) -> Result<Self, NumberFault> {
        let Some((above, below)) = text.split_once('/') else {
            let ratio = Ratio::parse_positive(text)?;
            return Self::from_ratio(ratio).ok_or(NumberFault::TooLarge);
        };
        let whole = |part: &str| match parse_decimal(part, 0) {
            Ok(value) => u128::try_from(value.mantissa()).map_err(|_| NumberFault::TooLarge),
            Err(NumberFault::Empty) => Err(NumberFault::NotANumber),
            Err(fault) => Err(fault),
        };
        Self::new(whole(above)?, whole(below)?).ok_or(NumberFault::Zero)
    }

    /// The number above the bar, in lowest terms.
    pub fn numerator(self) -> u128 {
        self.numerator
    }

    /// The number below the bar, in lowest terms.
    pub fn denominator(self) -> u128 {
        self.denominator
    }

    /// Whether it is exactly one.
    pub fn is_one(self) -> bool {
        self == Self::ONE
    }

    /// `1 / self`, exactly.
    #[must_use]
    pub fn inverse(self) -> Self {
        Self { numerator: self.denominator, denominator: self.numerator }
    }

    /// The decimals and digits that write it in full, when it has a finite decimal form.
    fn as_decimal(self) -> Option<rust_decimal::Decimal> {
        let (twos, fives, rest) = twos_and_fives(self.denominator);
        let scale = twos.max(fives);
        let steps = 10_u128.checked_pow(scale)?.checked_div(self.denominator)?.checked_mul(self.numerator)?;
        if rest == 1 { from_parts(i128::try_from(steps).ok()?, scale).ok() } else { None }
    }
}

/// How often 2 and 5 divide `number`, and what is left.
fn twos_and_fives(mut number: u128) -> (u32, u32, u128) {
    let mut counts = [0_u32; 2];
    for (count, prime) in counts.iter_mut().zip([2_u128, 5]) {
        while number > 1 && number.is_multiple_of(prime) {
            number = number.div_euclid(prime);
            *count = count.saturating_add(1);
        }
    }
    let [twos, fives] = counts;
    (twos, fives, number)
}

impl PartialOrd for Proportion {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Proportion {
    fn cmp(&self, other: &Self) -> Ordering {
        let product = |above: u128, below: u128| BigInt::from(above) * BigInt::from(below);
        product(self.numerator, other.denominator).cmp(&product(other.numerator, self.denominator))
    }
}

impl fmt::Display for Proportion {
    /// As a decimal when it has at most 10 decimals, else as a fraction; [`Proportion::parse`] reads both.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_decimal() {
            Some(decimal) if decimal.scale() <= DECIMALS => f.pad(&super::format::plain(decimal, 0)),
            _ => f.pad(&format!("{}/{}", self.numerator, self.denominator)),
        }
    }
}

impl Quantity {
    /// `self × by`, rounded; `None` when the result cannot be held.
    ///
    /// Volumes convert linearly: one tablet of 20 mg is two of 10 mg.
    pub fn converted(self, by: &Proportion, rounding: Rounding) -> Option<Self> {
        let value = self.decimal();
        let above = BigInt::from(value.mantissa()) * BigInt::from(by.numerator);
        let below = BigInt::from(10).pow(value.scale()) * BigInt::from(by.denominator);
        rounding.quotient(&above, &below).map(Self::from_decimal)
    }

    /// `self × by` in full; `None` when it has no finite decimal form or needs more than 28 digits.
    pub fn converted_exactly(self, by: &Proportion) -> Option<Self> {
        let value = self.decimal().normalize();
        let above = BigInt::from(value.mantissa()) * BigInt::from(by.numerator);
        let below = BigInt::from(10).pow(value.scale()) * BigInt::from(by.denominator);
        // A finite decimal that can be held at all has at most 28 decimals.
        let (steps, rest) = (above * BigInt::from(10).pow(28)).div_rem(&below);
        if rest != BigInt::ZERO {
            return None;
        }
        exact_steps(steps, 28).map(Self::from_decimal)
    }
}

/// `steps / 10^scale` in full, if it can be held; `steps` may be longer than 128 bits as long as it ends in zeros.
fn exact_steps(mut steps: BigInt, mut scale: u32) -> Option<rust_decimal::Decimal> {
    let ten = BigInt::from(10);
    while scale > 0 && steps.is_multiple_of(&ten) {
        steps /= &ten;
        scale = scale.saturating_sub(1);
    }
    from_parts(i128::try_from(steps).ok()?, scale).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proportion(text: &str) -> Proportion {
        Proportion::parse(text).unwrap()
    }

    fn quantity(text: &str) -> Quantity {
        Quantity::parse(text).unwrap()
    }

    #[test]
    fn decimals_and_fractions_are_read_in_lowest_terms_and_printed_so_that_they_can_be_read_again() {
        for (text, numerator, denominator, printed) in [
            ("2", 2, 1, "2"),
            ("0.5", 1, 2, "0.5"),
            ("2.50", 5, 2, "2.5"),
            ("1/3", 1, 3, "1/3"),
            ("4/6", 2, 3, "2/3"),
            ("6/4", 3, 2, "1.5"),
            ("3/3", 1, 1, "1"),
            ("0.0000000001", 1, 10_000_000_000, "0.0000000001"),
            ("1/2048", 1, 2048, "1/2048"),
            (
                "99999999999999/99999999999998",
                99_999_999_999_999,
                99_999_999_999_998,
                "99999999999999/99999999999998",
            ),
        ] {
            let read = proportion(text);
            assert_eq!((read.numerator(), read.denominator()), (numerator, denominator), "{text}");
            assert_eq!(read.to_string(), printed, "{text}");
            assert_eq!(Proportion::parse(printed), Ok(read), "{text}");
        }
        assert!(proportion("4/4").is_one() && !proportion("4/5").is_one());
        assert_eq!(proportion("4/6").inverse(), proportion("1.5"));
    }

    #[test]
    fn the_strict_form_names_what_is_wrong() {
        for (text, fault) in [
            ("", NumberFault::Empty),
            (" ", NumberFault::Empty),
            ("0", NumberFault::Zero),
            ("0.0", NumberFault::Zero),
            ("0/3", NumberFault::Zero),
            ("3/0", NumberFault::Zero),
            ("0/0", NumberFault::Zero),
            ("/", NumberFault::NotANumber),
            ("1/", NumberFault::NotANumber),
            ("/3", NumberFault::NotANumber),
            ("1/2/3", NumberFault::NotANumber),
            ("1 / 3", NumberFault::NotANumber),
            ("1.5/3", NumberFault::TooManyDecimals { allowed: 0 }),
            ("0.00000000001", NumberFault::TooManyDecimals { allowed: 10 }),
            ("-1/3", NumberFault::Sign),
            ("1/-3", NumberFault::Sign),
            ("1／3", NumberFault::FullWidth),
            ("1e1/3", NumberFault::Exponent),
            ("1,000/3", NumberFault::ThousandsMark),
            ("50%", NumberFault::Percent),
            ("123456789012345/2", NumberFault::TooLarge),
            ("2:1", NumberFault::NotANumber),
        ] {
            assert_eq!(Proportion::parse(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn they_are_ordered_by_value() {
        let mut sorted = ["2", "1/3", "0.3333333333", "1", "0.3333333334"].map(proportion);
        sorted.sort();
        assert_eq!(sorted, ["0.3333333333", "1/3", "0.3333333334", "1", "2"].map(proportion));
        let (most, less) = (u128::MAX, u128::MAX - 1);
        assert!(Proportion::new(most, less) > Proportion::new(1, 1));
        assert!(Proportion::new(less, most) < Proportion::new(1, 1));
    }

    #[test]
    fn a_ratio_that_is_not_positive_is_no_proportion() {
        assert_eq!(Proportion::from_ratio(Ratio::ZERO), None);
        assert_eq!(Proportion::from_ratio(Ratio::ZERO.minus(Ratio::ONE).unwrap()), None);
        assert_eq!(Proportion::from_ratio(Ratio::parse("1.70").unwrap()), Some(proportion("17/10")));
    }

    #[test]
    fn volumes_convert_linearly() {
        let rounding = Rounding::half_up(4);
        assert_eq!(quantity("150").converted(&proportion("2"), rounding), Some(quantity("300")));
        assert_eq!(quantity("100").converted(&proportion("1/3"), rounding), Some(quantity("33.3333")));
        assert_eq!(quantity("200").converted(&proportion("1/3"), rounding), Some(quantity("66.6667")));
        assert_eq!(quantity("1").converted(&proportion("0.0000000001"), rounding), Some(Quantity::ZERO));
        let vast = Proportion::new(u128::MAX, 1).unwrap();
        assert_eq!(quantity("1").converted(&vast, rounding), None);
    }

    #[test]
    fn an_exact_conversion_is_exact_or_none() {
        assert_eq!(quantity("100").converted_exactly(&proportion("1/3")), None);
        assert_eq!(quantity("99").converted_exactly(&proportion("1/3")), Some(quantity("33")));
        assert_eq!(quantity("0").converted_exactly(&proportion("1/3")), Some(Quantity::ZERO));
        assert_eq!(quantity("0.5").converted_exactly(&proportion("1/8")), Some(quantity("0.0625")));
        assert_eq!(
            quantity("99999999999999").converted_exactly(&Proportion::ONE),
            Some(quantity("99999999999999"))
        );
        assert_eq!(quantity("0.0001").converted_exactly(&Proportion::new(1, 10_u128.pow(25)).unwrap()), None);
    }
}
