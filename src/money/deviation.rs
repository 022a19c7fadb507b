//! Mean prices less a multiple of the standard deviation, exact to the last digit kept.
//!
//! A standard deviation is a square root, which no decimal holds. It is never computed as such: the whole number below
//! `a - √b` is `a - ⌈√b⌉`, so every step of the rounding is a comparison of whole numbers.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

use super::decimal::from_parts;
use super::quantities::{Ratio, UnitPrice};
use super::round::{Rounding, RoundingMode};

/// What the sum of squared differences from the mean is divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviationDivisor {
    /// The number of prices.
    All,
    /// One less than the number of prices.
    OneLess,
}

impl DeviationDivisor {
    /// The words in a rule set.
    pub const WORDS: &'static [(&'static str, Self)] = &[("n", Self::All), ("n-1", Self::OneLess)];

    /// The word in a rule set.
    pub fn name(self) -> &'static str {
        Self::WORDS.iter().find(|(_, divisor)| *divisor == self).map_or("", |(word, _)| word)
    }
}

impl UnitPrice {
    /// The mean of `prices` less `deviations` times their standard deviation, rounded once; it may be negative. `None` when
    /// there are too few prices for the divisor or the result cannot be held.
    ///
    /// With whole prices `p`, their sum `S` and `V = n Σp² - S²`, the variance is `V / nm` for the divisor `m`, so that the
    /// result is `(S m - √(k² V n m)) / nm`.
    pub fn mean_less_deviations(
        prices: &[Self],
        deviations: Ratio,
        divisor: DeviationDivisor,
        rounding: Rounding,
    ) -> Option<Self> {
        let digits = prices.iter().map(|price| price.decimals()).max()?;
        let n = BigInt::from(prices.len());
        let m = match divisor {
            DeviationDivisor::All => n.clone(),
            DeviationDivisor::OneLess => &n - 1,
        };
        if m.is_zero() {
            return None;
        }
        let steps = prices
            .iter()
            .map(|price| price.in_steps(digits).map(BigInt::from))
            .collect::<Option<Vec<_>>>()?;
        let sum: BigInt = steps.iter().sum();
        let squares: BigInt = steps.iter().map(|step| step * step).sum();
        let spread = &n * squares - &sum * &sum;
        let factor_digits = deviations.decimals();
        let factor = BigInt::from(deviations.in_steps(factor_digits)?);
        let tens = |digits: u32| BigInt::from(10).pow(digits);
        let shift = tens(rounding.digits);
        let above = sum * &m * tens(factor_digits) * &shift;
        let square = &factor * &factor * spread * &n * &m * &shift * &shift;
        let below = n * m * tens(factor_digits) * tens(digits);
        let rounded = divide_root_rounded(&above, &square, &below, rounding.mode);
        from_parts(rounded.to_i128()?, rounding.digits).ok().map(Self::from_decimal)
    }

    /// The standard deviation of `prices`, rounded; `None` as for [`Self::mean_less_deviations`].
    pub fn standard_deviation(
        prices: &[Self],
        divisor: DeviationDivisor,
        rounding: Rounding,
    ) -> Option<Self> {
        let least = prices.iter().min()?;
        // Prices moved so that they lie around zero have no mean and the same deviation.
        let digits = prices.iter().map(|price| price.decimals()).max()?;
        let n = i128::try_from(prices.len()).ok()?;
        let steps = prices
            .iter()
            .map(|price| price.minus(*least).ok()?.in_steps(digits)?.checked_mul(n))
            .collect::<Option<Vec<_>>>()?;
        let sum = steps.iter().try_fold(0_i128, |sum, step| sum.checked_add(*step))?;
        let mean = sum.checked_div(n)?;
        let squares: BigInt = steps.iter().map(|step| BigInt::from(*step) - mean).map(|d| &d * &d).sum();
        let m = match divisor {
            DeviationDivisor::All => n,
            DeviationDivisor::OneLess => n.checked_sub(1)?,
        };
        if m <= 0 {
            return None;
        }
        let tens = |digits: u32| BigInt::from(10).pow(digits);
        let shift = tens(rounding.digits);
        let below = BigInt::from(m) * n * tens(digits);
        let square = squares * m * &shift * &shift;
        let negative = divide_root_rounded(&BigInt::ZERO, &square, &below, rounding.mode);
        from_parts((-negative).to_i128()?, rounding.digits).ok().map(Self::from_decimal)
    }
}

/// The integer nearest to `(above - √square) / below` by `mode`; `square` is not negative, `below` is positive.
fn divide_root_rounded(above: &BigInt, square: &BigInt, below: &BigInt, mode: RoundingMode) -> BigInt {
    let floor = (above - root_up(square)).div_floor(below);
    let root = above - &floor * below;
    // The fraction is (root - √square) / below, between 0 and 1.
    let exact = &root * &root == *square;
    let doubled: BigInt = &root * 2 - below;
    let four_squares: BigInt = square * 4;
    let against_half = match doubled.is_negative() {
        true => std::cmp::Ordering::Less,
        false => (&doubled * &doubled).cmp(&four_squares),
    };
    let negative = floor.is_negative();
    let up = match mode {
        RoundingMode::Down => negative && !exact,
        RoundingMode::Up => !negative && !exact,
        RoundingMode::HalfUp => against_half.is_gt() || (against_half.is_eq() && !negative),
        RoundingMode::HalfEven => against_half.is_gt() || (against_half.is_eq() && floor.is_odd()),
    };
    if up { floor + 1 } else { floor }
}

/// The least whole number whose square is at least `square`.
fn root_up(square: &BigInt) -> BigInt {
    let root = square.sqrt();
    if &root * &root == *square { root } else { root + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prices(texts: &[&str]) -> Vec<UnitPrice> {
        texts.iter().map(|text| UnitPrice::parse(text).unwrap()).collect()
    }

    fn lowered(texts: &[&str], deviations: &str, divisor: DeviationDivisor, rounding: Rounding) -> String {
        let deviations = Ratio::parse(deviations).unwrap();
        let found = UnitPrice::mean_less_deviations(&prices(texts), deviations, divisor, rounding);
        found.map_or("-".to_owned(), |price| price.to_string())
    }

    #[test]
    fn both_divisors_and_whole_deviations() {
        // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, deviation 2 by n; by n - 1 √(32/7) = 2.13808993...
        let all = ["2", "4", "4", "4", "5", "5", "7", "9"];
        let (n, less) = (DeviationDivisor::All, DeviationDivisor::OneLess);
        let four = Rounding::half_up(4);
        assert_eq!(lowered(&all, "1", n, four), "3.0000");
        assert_eq!(lowered(&all, "1", less, four), "2.8619");
        assert_eq!(lowered(&all, "2", less, four), "0.7238");
        assert_eq!(lowered(&all, "3", n, four), "-1.0000");
        assert_eq!(UnitPrice::standard_deviation(&prices(&all), n, four).unwrap().to_string(), "2.0000");
        assert_eq!(UnitPrice::standard_deviation(&prices(&all), less, four).unwrap().to_string(), "2.1381");
    }

    #[test]
    fn every_mode_is_right_on_the_last_digit() {
        // 1 and 2: mean 1.5, deviation 0.5 by n. 1, 2 and 3: √(2/3) = 0.81649658..., so 2 - it is 1.18350341...
        let mode = |mode| Rounding { digits: 4, mode };
        let n = DeviationDivisor::All;
        for (rounding, expected) in [
            (RoundingMode::HalfUp, "1.1835"),
            (RoundingMode::HalfEven, "1.1835"),
            (RoundingMode::Down, "1.1835"),
            (RoundingMode::Up, "1.1836"),
        ] {
            assert_eq!(lowered(&["1", "2", "3"], "1", n, mode(rounding)), expected, "{rounding:?}");
        }
        // 2 - 3 × 0.81649658 = -0.44948974...
        for (rounding, expected) in [
            (RoundingMode::HalfUp, "-0.4495"),
            (RoundingMode::Down, "-0.4494"),
            (RoundingMode::Up, "-0.4495"),
        ] {
            assert_eq!(lowered(&["1", "2", "3"], "3", n, mode(rounding)), expected, "{rounding:?}");
        }
        // Exactly between two steps: 0.00005 and 0.00015, mean 0.0001, deviation 0.00005.
        let half = ["0.00005", "0.00015"];
        assert_eq!(lowered(&half, "1", n, Rounding::half_up(4)), "0.0001");
        assert_eq!(lowered(&half, "1", n, mode(RoundingMode::HalfEven)), "0.0000");
        assert_eq!(lowered(&half, "3", n, Rounding::half_up(4)), "-0.0001");
        assert_eq!(lowered(&half, "3", n, mode(RoundingMode::HalfEven)), "0.0000");
    }

    #[test]
    fn without_deviations_it_is_the_mean_and_one_price_has_no_deviation_by_n_less_one() {
        let three = ["0.2000", "0.8000", "0.9001"];
        assert_eq!(lowered(&three, "0", DeviationDivisor::All, Rounding::half_up(4)), "0.6334");
        assert_eq!(lowered(&["0.2"], "1", DeviationDivisor::All, Rounding::half_up(4)), "0.2000");
        assert_eq!(lowered(&["0.2"], "1", DeviationDivisor::OneLess, Rounding::half_up(4)), "-");
        assert_eq!(lowered(&[], "1", DeviationDivisor::All, Rounding::half_up(4)), "-");
    }
}
