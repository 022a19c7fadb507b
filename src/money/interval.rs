//! Proven bounds on logarithms and powers of two, in binary fixed point over whole numbers of any length.
//!
//! Every step rounds its lower end down and its upper end up, and every series is cut with a bound on what is left
//! out. The true value therefore lies between the ends, whatever the precision; more bits only bring them closer.

use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive};

/// A real number that lies between `low / 2^bits` and `high / 2^bits`.
#[derive(Debug, Clone)]
pub(super) struct Interval {
    low: BigInt,
    high: BigInt,
    bits: u64,
}

impl Interval {
    /// Zero, with `bits` bits after the point.
    pub(super) fn zero(bits: u64) -> Self {
        Self { low: BigInt::ZERO, high: BigInt::ZERO, bits }
    }

    /// `above / below`, where `below > 0`.
    fn quotient(above: &BigInt, below: &BigInt, bits: u64) -> Self {
        let scaled = above << bits;
        Self { low: scaled.div_floor(below), high: Integer::div_ceil(&scaled, below), bits }
    }

    pub(super) fn plus(&self, other: &Self) -> Self {
        Self { low: &self.low + &other.low, high: &self.high + &other.high, bits: self.bits }
    }

    pub(super) fn negated(self) -> Self {
        Self { low: -self.high, high: -self.low, bits: self.bits }
    }

    /// The product: its ends are among the four products of the ends.
    pub(super) fn times(&self, other: &Self) -> Self {
        if !self.low.is_negative() && !other.low.is_negative() {
            let high = ceil_shift(&(&self.high * &other.high), self.bits);
            return Self { low: (&self.low * &other.low) >> self.bits, high, bits: self.bits };
        }
        let corners = [
            &self.low * &other.low,
            &self.low * &other.high,
            &self.high * &other.low,
            &self.high * &other.high,
        ];
        let [first, ..] = &corners;
        let low = corners.iter().fold(first, |least, corner| least.min(corner));
        let high = corners.iter().fold(first, |most, corner| most.max(corner));
        Self { low: low >> self.bits, high: ceil_shift(high, self.bits), bits: self.bits }
    }

    /// `self / other`, where neither is negative and `other > 0`.
    fn over_positive(&self, other: &Self) -> Self {
        Self {
            low: (&self.low << self.bits).div_floor(&other.high),
            high: Integer::div_ceil(&(&self.high << self.bits), &other.low),
            bits: self.bits,
        }
    }

    /// `self / divisor`, where `divisor > 0`.
    fn divided(&self, divisor: &BigInt) -> Self {
        Self {
            low: self.low.div_floor(divisor),
            high: Integer::div_ceil(&self.high, divisor),
            bits: self.bits,
        }
    }

    fn plus_whole(&self, whole: &BigInt) -> Self {
        let whole = whole << self.bits;
        Self { low: &self.low + &whole, high: &self.high + whole, bits: self.bits }
    }

    /// Half of `ln 2`, which is `artanh(1/3)`.
    pub(super) fn half_ln_two(bits: u64) -> Self {
        artanh(&Self::quotient(&BigInt::one(), &BigInt::from(3), bits))
    }

    /// `log2(above / below)`, where both are positive.
    ///
    /// With `above / below = 2^k × m` and `1/2 < m < 2`, it is `k + ln m / ln 2`, and `ln m = 2 artanh z` for
    /// `z = (m - 1) / (m + 1)`, so that `|z| < 1/3`. The caller gives [`Interval::half_ln_two`], computed once.
    pub(super) fn log2(above: &BigUint, below: &BigUint, half_ln_two: &Self) -> Self {
        let k = BigInt::from(above.bits()) - BigInt::from(below.bits());
        let shift = k.magnitude().to_u64().unwrap_or(0);
        let (above, below) = if k.is_negative() {
            (BigInt::from(above << shift), BigInt::from(below.clone()))
        } else {
            (BigInt::from(above.clone()), BigInt::from(below << shift))
        };
        let difference = &above - &below;
        let z = Self::quotient(&difference.abs(), &(above + below), half_ln_two.bits);
        let fraction = artanh(&z).over_positive(half_ln_two);
        let fraction = if difference.is_negative() { fraction.negated() } else { fraction };
        fraction.plus_whole(&k)
    }

    /// `2^self` as `2^n × e`: the whole number `n` and the bounds of `e`, which is at least one.
    ///
    /// `None` when the ends are more than a quarter apart: then they say nothing worth knowing.
    pub(super) fn power_of_two(&self, half_ln_two: &Self) -> Option<(BigInt, Self)> {
        if (&self.high - &self.low) << 2_u32 > BigInt::one() << self.bits {
            return None;
        }
        let whole = &self.low >> self.bits;
        let exponent = self.plus_whole(&-&whole).times(&half_ln_two.plus(half_ln_two));
        Some((whole, exponential(&exponent)))
    }

    /// The lower and the upper end, each to be divided by `2^bits`.
    pub(super) fn ends(&self) -> (&BigInt, &BigInt) {
        (&self.low, &self.high)
    }

    /// `2^bits`.
    pub(super) fn unit(&self) -> BigInt {
        BigInt::one() << self.bits
    }
}

/// `value / 2^bits`, rounded up.
fn ceil_shift(value: &BigInt, bits: u64) -> BigInt {
    -(-value >> bits)
}

/// `artanh z = z + z^3/3 + z^5/5 + …` for `0 <= z <= 1/3`.
///
/// After the power `p = z^(2j+1)` is reached, the terms from it on are at most `p × (1 + 1/9 + 1/81 + …) = 9p/8`. The
/// series is cut when `p` is at most two units of the last place, so four units cover the rest. Powers do get that
/// small: a step takes `p` to at most `p/9 + 2` units.
fn artanh(z: &Interval) -> Interval {
    let square = z.times(z);
    let mut power = z.clone();
    let mut odd = BigInt::one();
    let mut sum = Interval::zero(z.bits);
    while power.high > BigInt::from(2) {
        sum = sum.plus(&power.divided(&odd));
        power = power.times(&square);
        odd += 2;
    }
    sum.high += 4;
    sum
}

/// `exp y = 1 + y + y²/2 + …` for `0 <= y < 1`.
///
/// From the second term on, each is at most half the one before, so all from the term `t` on are at most `2t`. The
/// series is cut when `t` is at most two units of the last place, so four units cover the rest.
fn exponential(y: &Interval) -> Interval {
    let mut term = y.clone();
    let mut place = BigInt::one();
    let mut sum = Interval::zero(y.bits).plus_whole(&BigInt::one());
    while term.high > BigInt::from(2) {
        sum = sum.plus(&term);
        place += 1;
        term = term.times(y).divided(&place);
    }
    sum.high += 4;
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Digits of a published constant, as bounds one unit of the last digit apart.
    fn holds(value: &Interval, digits: &str) {
        let whole: BigInt = digits.replace('.', "").parse().unwrap();
        let places = u32::try_from(digits.split_once('.').unwrap().1.len()).unwrap();
        let tens = BigInt::from(10).pow(places);
        let (low, high) = value.ends();
        assert!(low * &tens <= (&whole + 1) * value.unit(), "low end above {digits}");
        assert!(high * &tens >= whole * value.unit(), "high end below {digits}");
    }

    fn power(value: &Interval) -> Option<(BigInt, Interval)> {
        value.power_of_two(&Interval::half_ln_two(value.bits))
    }

    fn width_in_units(value: &Interval) -> BigInt {
        value.ends().1 - value.ends().0
    }

    fn log2(above: u32, below: u32, bits: u64) -> Interval {
        Interval::log2(&BigUint::from(above), &BigUint::from(below), &Interval::half_ln_two(bits))
    }

    #[test]
    fn logarithms_hold_the_known_digits_and_are_narrow() {
        for bits in [32, 64, 256, 512] {
            // Digits by other software.
            for (above, below, digits) in [
                (3, 1, "1.584962500721156181453738943947816508759814407692481060455752654541098227"),
                (5, 1, "2.321928094887362347870319429489390175864831393024580612054756395815934776"),
                (10, 1, "3.321928094887362347870319429489390175864831393024580612054756395815934776"),
            ] {
                let value = log2(above, below, bits);
                holds(&value, digits);
                holds(&log2(below, above, bits).negated(), digits);
                assert!(width_in_units(&value) < BigInt::from(2_000), "{bits} bits: {value:?}");
            }
        }
    }

    #[test]
    fn logarithms_of_powers_of_two_hold_the_whole_number() {
        for (above, below, whole) in [(1, 1, 0), (2, 1, 1), (1, 2, -1), (1024, 1, 10), (3, 24, -3)] {
            let value = log2(above, below, 128);
            let exact = BigInt::from(whole) << 128_u32;
            assert!(value.low <= exact && exact <= value.high, "{above}/{below}");
        }
    }

    #[test]
    fn powers_hold_the_known_digits() {
        // The square roots of 2 and of 1/2.
        let half = Interval::quotient(&BigInt::from(1), &BigInt::from(2), 256);
        let (whole, value) = power(&half).unwrap();
        assert_eq!(whole, BigInt::from(0));
        holds(&value, "1.414213562373095048801688724209698078569671875376948073176679737990732478");
        let (whole, value) = power(&half.negated()).unwrap();
        assert_eq!(whole, BigInt::from(-1));
        holds(&value, "1.414213562373095048801688724209698078569671875376948073176679737990732478");
        assert!(width_in_units(&value) < BigInt::from(1_000));
    }

    /// Whether both can hold the same number; `fine` has more bits.
    fn agree(coarse: &Interval, fine: &Interval) -> bool {
        let more = fine.bits.checked_sub(coarse.bits).unwrap();
        (&coarse.low << more) <= fine.high && fine.low <= (&coarse.high << more)
    }

    #[test]
    fn few_bits_never_exclude_what_many_bits_show() {
        for (above, below) in
            [(3, 1), (1, 3), (17, 10), (39, 20), (127, 64), (65, 128), (1_000_001, 1_000_000)]
        {
            let fine = log2(above, below, 1024);
            let (whole, fine_power) = power(&fine).unwrap();
            for bits in 8..300 {
                let coarse = log2(above, below, bits);
                assert!(agree(&coarse, &fine), "log2 {above}/{below} with {bits} bits");
                assert!(agree(&coarse.times(&coarse), &fine.times(&fine)), "square of log2, {bits} bits");
                // 2^(log2 x) is x; the whole part may differ next to a whole number.
                let Some((coarse_whole, coarse_power)) = power(&coarse) else { continue };
                if coarse_whole == whole {
                    assert!(agree(&coarse_power, &fine_power), "2^(log2 {above}/{below}) with {bits} bits");
                }
            }
        }
    }

    #[test]
    fn products_lie_between_their_ends_whatever_the_signs() {
        let value = |low: i32, high: i32| Interval { low: low.into(), high: high.into(), bits: 2 };
        for (a, b, low, high) in [
            ((5, 6), (7, 9), 8, 14),
            ((-6, -5), (7, 9), -14, -8),
            ((-6, -5), (-9, -7), 8, 14),
            ((-1, 6), (-9, 7), -14, 11),
        ] {
            let product = value(a.0, a.1).times(&value(b.0, b.1));
            assert_eq!(product.ends(), (&BigInt::from(low), &BigInt::from(high)), "{a:?} {b:?}");
        }
    }

    #[test]
    fn ends_too_far_apart_say_nothing() {
        let wide = Interval { low: BigInt::from(0), high: BigInt::from(5), bits: 4 };
        assert!(power(&wide).is_none());
        let narrow = Interval { low: BigInt::from(0), high: BigInt::from(4), bits: 4 };
        assert!(power(&narrow).is_some());
    }
}
