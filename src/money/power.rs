//! Prices converted by powers `base^(log2 ratio)`, correctly rounded without floats.
//!
//! This is the differential-price formula for drugs (药品差比价规则, NDRC 2011 No. 2452): a price is multiplied by
//! one such factor for content, one for fill volume and one for pack count. Most factors are irrational, so each
//! result is held between two bounds that are brought closer until both round to the same step.

use std::fmt;

use num_bigint::{BigInt, BigUint};
use num_traits::ToPrimitive;

use super::coprime::{Fraction, rational_product};
use super::decimal::from_parts;
use super::interval::Interval;
use super::proportion::Proportion;
use super::quantities::{Ratio, UnitPrice};
use super::round::{Rounding, divide_rounded};

/// Why a price cannot be converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConversionFault {
    /// A base is zero or negative, so that it has no such power.
    BaseNotPositive,
    /// The result needs more than 28 digits.
    TooLarge,
    /// No precision tried shows which way the result rounds.
    Undecided,
}

impl fmt::Display for ConversionFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BaseNotPositive => "the base of a conversion factor is not positive",
            Self::TooLarge => "the converted price needs more than 28 digits",
            Self::Undecided => "the digits computed do not decide which way the converted price rounds",
        })
    }
}

impl std::error::Error for ConversionFault {}

/// The precisions tried, in bits after the point. A usual price takes some 30 bits, so the first leaves about 100 to
/// decide; the second leaves as many for the longest result there can be.
const PRECISIONS: [u64; 6] = [128, 256, 512, 1024, 2048, 4096];

/// More decimals than any number here can hold.
const MOST_DIGITS: u32 = 28;

/// `price / (base1^(log2 ratio1) × base2^(log2 ratio2) × …)`, correctly rounded: from a quoted pack to the
/// representative specification, where each ratio is the pack's over the representative's.
///
/// # Errors
/// [`ConversionFault`]; [`ConversionFault::Undecided`] is not known to be possible for numbers of a tender's length.
pub fn power_factor_quotient(
    price: UnitPrice,
    factors: &[(Ratio, Proportion)],
    rounding: Rounding,
) -> Result<UnitPrice, ConversionFault> {
    let inverse: Vec<_> = factors.iter().map(|(base, ratio)| (*base, ratio.inverse())).collect();
    power_factor_product(price, &inverse, rounding)
}

/// `price × base1^(log2 ratio1) × base2^(log2 ratio2) × …`, correctly rounded: from the representative specification
/// to the award price of another one.
///
/// # Errors
/// As [`power_factor_quotient`].
pub fn power_factor_product(
    price: UnitPrice,
    factors: &[(Ratio, Proportion)],
    rounding: Rounding,
) -> Result<UnitPrice, ConversionFault> {
    converted(price, factors, rounding, &PRECISIONS)
}

fn converted(
    price: UnitPrice,
    factors: &[(Ratio, Proportion)],
    rounding: Rounding,
    precisions: &[u64],
) -> Result<UnitPrice, ConversionFault> {
    if rounding.digits > MOST_DIGITS {
        return Err(ConversionFault::TooLarge);
    }
    let factors = factors.iter().map(|(base, ratio)| Ok((fraction_of(*base)?, terms(*ratio))));
    let mut factors: Vec<_> = factors.collect::<Result<_, _>>()?;
    factors.retain(|(_, ratio)| ratio.0 != ratio.1);
    if factors.is_empty() || price.is_zero() {
        return price.rounded(rounding).map_err(|_| ConversionFault::TooLarge);
    }
    let above = BigInt::from(price.decimal().mantissa()) * BigInt::from(10).pow(rounding.digits);
    let below = BigInt::from(10).pow(price.decimal().scale());
    let steps = match rational_product(&factors) {
        Some((up, down)) => {
            divide_rounded(&(above * BigInt::from(up)), &(below * BigInt::from(down)), rounding.mode)
        }
        None => bounded_steps(&above, &below, &factors, rounding, precisions)?,
    };
    let steps = steps.to_i128().ok_or(ConversionFault::TooLarge)?;
    from_parts(steps, rounding.digits).map(UnitPrice::from_decimal).map_err(|_| ConversionFault::TooLarge)
}

/// The whole number that `above / below × Π base^(log2 ratio)` rounds to, found by bounds.
fn bounded_steps(
    above: &BigInt,
    below: &BigInt,
    factors: &[(Fraction, Fraction)],
    rounding: Rounding,
    precisions: &[u64],
) -> Result<BigInt, ConversionFault> {
    for &bits in precisions {
        let half_ln_two = Interval::half_ln_two(bits);
        let Some((whole, rest)) = exponent(factors, &half_ln_two, bits).power_of_two(&half_ln_two) else {
            continue;
        };
        let shift = whole.magnitude().to_u64().ok_or(ConversionFault::TooLarge)?;
        let (above, below) = if whole < BigInt::ZERO {
            (above.clone(), below << shift)
        } else {
            (above << shift, below.clone())
        };
        let below = below * rest.unit();
        let (low, high) = rest.ends();
        // Rounding never goes down when its argument goes up: ends that agree settle all between them.
        let low = divide_rounded(&(&above * low), &below, rounding.mode);
        let high = divide_rounded(&(&above * high), &below, rounding.mode);
        if low == high {
            return Ok(low);
        }
        if low.to_i128().is_none() {
            return Err(ConversionFault::TooLarge);
        }
    }
    Err(ConversionFault::Undecided)
}

/// `Σ log2 base × log2 ratio`, the logarithm to base two of all factors together.
fn exponent(factors: &[(Fraction, Fraction)], half_ln_two: &Interval, bits: u64) -> Interval {
    factors.iter().fold(Interval::zero(bits), |sum, (base, ratio)| {
        let base = Interval::log2(&base.0, &base.1, half_ln_two);
        sum.plus(&base.times(&Interval::log2(&ratio.0, &ratio.1, half_ln_two)))
    })
}

/// A base as a fraction.
fn fraction_of(base: Ratio) -> Result<Fraction, ConversionFault> {
    let base = Proportion::from_ratio(base).ok_or(ConversionFault::BaseNotPositive)?;
    Ok(terms(base))
}

/// A proportion as whole numbers of any length.
fn terms(proportion: Proportion) -> Fraction {
    (BigUint::from(proportion.numerator()), BigUint::from(proportion.denominator()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::RoundingMode;

    fn price(text: &str) -> UnitPrice {
        UnitPrice::parse(text).unwrap()
    }

    fn content(ratio: &str) -> [(Ratio, Proportion); 1] {
        [(Ratio::parse("1.7").unwrap(), Proportion::parse(ratio).unwrap())]
    }

    #[test]
    fn too_few_bits_leave_the_result_undecided_never_wrong() {
        // 1 × 1.7^(log2 3) = 2.31868…
        let at = |bits: &[u64]| converted(price("1"), &content("3"), Rounding::half_up(8), bits);
        let decided = at(&PRECISIONS).unwrap();
        assert_eq!(at(&[16]), Err(ConversionFault::Undecided));
        assert_eq!(at(&[16, 64]), Ok(decided));
        for bits in 3..200 {
            let result = at(&[bits]);
            assert!(
                result == Ok(decided) || result == Err(ConversionFault::Undecided),
                "{bits} bits: {result:?}"
            );
        }
    }

    #[test]
    fn a_result_just_beside_a_tie_needs_and_gets_more_bits() {
        // The factor differs from one by about 1e-30.
        let tiny = Proportion::new(10_u128.pow(30) + 1, 10_u128.pow(30)).unwrap();
        let above = [(Ratio::parse("1.7").unwrap(), tiny)];
        let below = [(Ratio::parse("1.7").unwrap(), tiny.inverse())];
        let even = Rounding { digits: 4, mode: RoundingMode::HalfEven };
        assert_eq!(converted(price("0.12345"), &above, even, &[64]), Err(ConversionFault::Undecided));
        assert_eq!(converted(price("0.12345"), &above, even, &PRECISIONS), Ok(price("0.1235")));
        assert_eq!(converted(price("0.12345"), &below, even, &PRECISIONS), Ok(price("0.1234")));
        let up = Rounding { digits: 4, mode: RoundingMode::Up };
        assert_eq!(converted(price("0.1234"), &above, up, &PRECISIONS), Ok(price("0.1235")));
        assert_eq!(converted(price("0.1234"), &below, up, &PRECISIONS), Ok(price("0.1234")));
    }
}
