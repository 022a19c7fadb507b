//! Prices converted by the differential-price formula, against an oracle that uses no logarithm and no precision.
//!
//! The oracle compares whole numbers only. For a ratio above one, the fractions `p/q` with `2^p <= ratio^q` are lower
//! bounds of `log2 ratio`, the others upper bounds; and `base^(p/q)` lies above `t` when `base^p > t^q`. So a converted
//! price can be compared with the two ties beside a result without computing either.

use jicai::money::{ConversionFault, Proportion, Ratio, Rounding, RoundingMode, UnitPrice};
use jicai::money::{power_factor_product, power_factor_quotient};
use num_bigint::BigUint;
use proptest::prelude::*;

fn price(text: &str) -> UnitPrice {
    UnitPrice::parse(text).unwrap()
}

fn factors(pairs: &[(&str, &str)]) -> Vec<(Ratio, Proportion)> {
    pairs
        .iter()
        .map(|(base, ratio)| (Ratio::parse(base).unwrap(), Proportion::parse(ratio).unwrap()))
        .collect()
}

fn product(from: &str, pairs: &[(&str, &str)], rounding: Rounding) -> String {
    power_factor_product(price(from), &factors(pairs), rounding).unwrap().to_string()
}

fn quotient(from: &str, pairs: &[(&str, &str)], rounding: Rounding) -> String {
    power_factor_quotient(price(from), &factors(pairs), rounding).unwrap().to_string()
}

const MODES: [RoundingMode; 4] =
    [RoundingMode::HalfUp, RoundingMode::HalfEven, RoundingMode::Down, RoundingMode::Up];

fn to(digits: u32, mode: RoundingMode) -> Rounding {
    Rounding { digits, mode }
}

#[test]
fn the_published_table_of_factors() {
    for (base, two, three, four, half) in [
        ("1.7", "1.7000", "2.3187", "2.8900", "0.588235"),
        ("1.9", "1.9000", "2.7658", "3.6100", "0.526316"),
        ("1.95", "1.9500", "2.8820", "3.8025", "0.512821"),
    ] {
        for (ratio, digits, factor) in
            [("2", 4, two), ("3", 4, three), ("4", 4, four), ("0.5", 6, half), ("1/2", 6, half)]
        {
            assert_eq!(product("1", &[(base, ratio)], Rounding::half_up(digits)), factor, "{base} {ratio}");
            let inverse = Proportion::parse(ratio).unwrap().inverse();
            let inverse = [(Ratio::parse(base).unwrap(), inverse)];
            let same = power_factor_quotient(price("1"), &inverse, Rounding::half_up(digits)).unwrap();
            assert_eq!(same.to_string(), factor, "1 / {base}^-{ratio}");
        }
    }
}

#[test]
fn a_bid_of_twice_the_content_comes_to_its_comparable_price() {
    assert_eq!(quotient("0.8840", &[("1.7", "2")], Rounding::half_up(4)), "0.5200");
    assert_eq!(product("0.5200", &[("1.7", "2")], Rounding::half_up(4)), "0.8840");
}

#[test]
fn factors_multiply() {
    let all = [("1.7", "2"), ("1.9", "4"), ("1.95", "0.5")];
    // 1.7 × 3.61 / 1.95 = 3.147179…
    assert_eq!(product("1", &all, Rounding::half_up(6)), "3.147179");
}

#[test]
fn equal_specifications_keep_their_price_but_for_the_rounding() {
    let same = [("1.7", "1"), ("1.9", "3/3"), ("1.95", "1.0")];
    assert_eq!(product("0.12345", &same, Rounding::half_up(4)), "0.1235");
    assert_eq!(quotient("0.12345", &same, to(4, RoundingMode::Down)), "0.1234");
    assert_eq!(quotient("0.12345", &[], to(4, RoundingMode::HalfEven)), "0.1234");
    assert_eq!(quotient("0", &[("1.7", "3")], to(4, RoundingMode::Up)), "0.0000");
}

#[test]
fn exact_ties_go_by_the_mode_wherever_the_factor_is_a_fraction() {
    let tied: [&[(&str, &str)]; 6] = [
        // 0.1 × 1.25 = 0.125: ratio two; base two; both; base four; factors that cancel to it, by ratio and by base.
        &[("1.25", "2")],
        &[("2", "1.25")],
        &[("2", "2"), ("1.25", "2"), ("2", "0.5")],
        &[("4", "1.25"), ("0.5", "1.25")],
        &[("1.25", "6"), ("1.25", "1/3")],
        &[("1.7", "3"), ("1.7", "1/3"), ("1.25", "2")],
    ];
    for pairs in tied {
        for (from, half_up, half_even, down, up) in [
            ("0.1", "0.1300", "0.1200", "0.1200", "0.1300"),
            ("0.3", "0.3800", "0.3800", "0.3700", "0.3800"),
            ("0.4", "0.5000", "0.5000", "0.5000", "0.5000"),
        ] {
            for (mode, expected) in MODES.into_iter().zip([half_up, half_even, down, up]) {
                assert_eq!(product(from, pairs, to(2, mode)), expected, "{from} {pairs:?} {mode:?}");
            }
        }
    }
    // A tie in a quotient, and one step of the input to each side of it.
    for (from, mode, expected) in [
        ("0.00085", RoundingMode::HalfUp, "0.0005"),
        ("0.00085", RoundingMode::Down, "0.0005"),
        ("0.000085", RoundingMode::HalfUp, "0.0001"),
        ("0.000085", RoundingMode::HalfEven, "0.0000"),
        ("0.000085", RoundingMode::Down, "0.0000"),
        ("0.000085", RoundingMode::Up, "0.0001"),
        ("0.0000849999", RoundingMode::HalfUp, "0.0000"),
        ("0.0000850001", RoundingMode::HalfEven, "0.0001"),
    ] {
        assert_eq!(quotient(from, &[("1.7", "2")], to(4, mode)), expected, "{from} {mode:?}");
    }
}

#[test]
fn results_within_1e36th_of_a_tie_are_rounded_to_the_right_side() {
    // Found with continued fractions and checked with 120 digits by other software: each result is a tie but for less
    // than 1e-23, far below what any float can tell.
    let (content, fill) = ([("1.7", "3")], [("1.9", "1/3")]);
    let all = [("1.7", "5/3"), ("1.9", "3"), ("1.95", "7")];
    let even = to(4, RoundingMode::HalfEven);
    for (from, pairs, above) in [
        ("6544801865893.8311566955", &content[..], "15175723396200.8615"),
        ("3508342819922.8360255983", &all, "93536054908413.0973"),
    ] {
        assert_eq!(product(from, pairs, even), above);
    }
    assert_eq!(quotient("6292221833320.3133654044", &all, even), "236008150139.6043");
    let up = Rounding::half_up(4);
    assert_eq!(product("2319482954164.7882478767", &fill, up), "838643105127.7973");
    assert_eq!(quotient("9585141209168.4454513984", &content, up), "4133763408360.8979");
    assert_eq!(quotient("3184387290824.8822621747", &fill, up), "8807241120049.2282");
    assert_eq!(quotient("979535461327.7770546767", &all, up), "36740337252.5604");
}

#[test]
fn what_cannot_be_converted_is_refused_by_name() {
    let zero = [(Ratio::ZERO, Proportion::parse("2").unwrap())];
    assert_eq!(
        power_factor_product(price("1"), &zero, Rounding::half_up(4)),
        Err(ConversionFault::BaseNotPositive)
    );
    let below_zero = [(Ratio::ZERO.minus(Ratio::ONE).unwrap(), Proportion::ONE)];
    assert_eq!(
        power_factor_quotient(price("1"), &below_zero, Rounding::half_up(4)),
        Err(ConversionFault::BaseNotPositive)
    );
    let vast = factors(&[("99999999999999", "99999999999999")]);
    assert_eq!(power_factor_product(price("1"), &vast, Rounding::half_up(4)), Err(ConversionFault::TooLarge));
    let vast = factors(&[("99999999999999", "1024")]);
    assert_eq!(power_factor_product(price("1"), &vast, Rounding::half_up(4)), Err(ConversionFault::TooLarge));
    let content = factors(&[("1.7", "3")]);
    assert_eq!(
        power_factor_product(price("1"), &content, Rounding::half_up(u32::MAX)),
        Err(ConversionFault::TooLarge)
    );
}

#[test]
fn a_vanishing_price_is_zero_only_when_the_mode_allows_it() {
    let tiny = [("99999999999999", "1/99999999999999")];
    assert_eq!(product("1", &tiny, Rounding::half_up(4)), "0.0000");
    assert_eq!(product("1", &tiny, to(4, RoundingMode::Down)), "0.0000");
    assert_eq!(product("1", &tiny, to(4, RoundingMode::Up)), "0.0001");
}

#[test]
fn a_negative_price_mirrors_the_positive_one() {
    let content = factors(&[("1.7", "3")]);
    for mode in MODES {
        let positive = power_factor_product(price("1"), &content, to(4, mode)).unwrap();
        let negative = UnitPrice::ZERO.minus(price("1")).unwrap();
        let negative = power_factor_product(negative, &content, to(4, mode)).unwrap();
        assert_eq!(negative.plus(positive), Ok(UnitPrice::ZERO), "{mode:?}");
    }
}

// The oracle.

type Fraction = (BigUint, BigUint);

/// What whole numbers say about a claimed result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Holds,
    Fails,
    CannotTell,
}

/// Fractions `p/q` below and above `log2 ratio`, for a ratio above one, found by the Stern-Brocot tree: the first pair
/// with a denominator of 2000 or more, so that they lie less than 1/2000 apart, and mostly much less.
fn log2_bounds(ratio: &Fraction) -> [(u32, u32); 2] {
    let (mut low, mut high) = ((0, 1), (1, 0));
    while low.1.max(high.1) < 2_000 {
        let (p, q) = (low.0 + high.0, low.1 + high.1);
        if &ratio.1.pow(q) << p <= ratio.0.pow(q) { low = (p, q) } else { high = (p, q) }
    }
    [low, high]
}

/// Whether `value × base^(p/q) ≥ tie`, for fractions.
fn reaches(value: &Fraction, base: &Fraction, (p, q): (u32, u32), tie: &Fraction) -> bool {
    let left = value.0.pow(q) * base.0.pow(p) * tie.1.pow(q);
    let right = value.1.pow(q) * base.1.pow(p) * tie.0.pow(q);
    left >= right
}

/// Whether `steps / 1000` is `value × base^(log2 ratio)` rounded to the nearest step, half a step up, for a ratio above one.
fn nearest(value: &Fraction, base: &Fraction, ratio: &Fraction, steps: u64) -> Verdict {
    let mut bounds = log2_bounds(ratio);
    if base.0 < base.1 {
        bounds.reverse();
    }
    let [low, high] = bounds;
    let upper = fraction(2 * steps + 1, 2_000);
    let above_lower =
        |exponent| steps == 0 || reaches(value, base, exponent, &fraction(2 * steps - 1, 2_000));
    if above_lower(low) && !reaches(value, base, high, &upper) {
        Verdict::Holds
    } else if !above_lower(high) || reaches(value, base, low, &upper) {
        Verdict::Fails
    } else {
        Verdict::CannotTell
    }
}

fn fraction(above: u64, below: u64) -> Fraction {
    (BigUint::from(above), BigUint::from(below))
}

/// A base in hundredths, a ratio and a price in ten-thousandths, as the types of the product.
fn typed(base: u64, ratio: (u64, u64), value: u64) -> (Vec<(Ratio, Proportion)>, UnitPrice) {
    let base = Ratio::from_steps(i128::from(base), 2).unwrap();
    let ratio = Proportion::new(ratio.0.into(), ratio.1.into()).unwrap();
    (vec![(base, ratio)], UnitPrice::from_steps(i128::from(value), 4).unwrap())
}

fn steps_of(result: UnitPrice, digits: u32) -> u64 {
    u64::try_from(result.in_steps(digits).unwrap()).unwrap()
}

#[test]
fn the_oracle_tells_right_from_wrong_by_one_step() {
    for (base, product, quotient) in [(170, 2_319, 431), (190, 2_766, 362), (195, 2_882, 347)] {
        let (one, three) = (fraction(1, 1), fraction(3, 1));
        let (factors, price) = typed(base, (3, 1), 10_000);
        let result = power_factor_product(price, &factors, Rounding::half_up(3)).unwrap();
        assert_eq!(steps_of(result, 3), product);
        let result = power_factor_quotient(price, &factors, Rounding::half_up(3)).unwrap();
        assert_eq!(steps_of(result, 3), quotient);
        for (base, steps) in [(fraction(base, 100), product), (fraction(100, base), quotient)] {
            assert_eq!(nearest(&one, &base, &three, steps), Verdict::Holds, "{base:?}");
            assert_eq!(nearest(&one, &base, &three, steps - 1), Verdict::Fails, "{base:?}");
            assert_eq!(nearest(&one, &base, &three, steps + 1), Verdict::Fails, "{base:?}");
        }
    }
}

/// 2.6598 / 1.2 is 2.2165, exactly between two steps.
#[test]
fn the_oracle_knows_that_half_a_step_goes_up() {
    let (value, ratio) = (fraction(26_598, 10_000), fraction(2, 1));
    let (factors, price) = typed(120, (40, 20), 26_598);
    let quotient = power_factor_quotient(price, &factors, Rounding::half_up(3)).unwrap();
    assert_eq!(steps_of(quotient, 3), 2_217);
    assert_ne!(nearest(&value, &fraction(100, 120), &ratio, 2_217), Verdict::Fails);
    assert_ne!(nearest(&value, &fraction(100, 120), &ratio, 2_216), Verdict::Holds);
    // 0.0050 × 1.1 is 0.0055: the same with the product.
    assert_eq!(nearest(&fraction(50, 10_000), &fraction(110, 100), &ratio, 6), Verdict::Holds);
    assert_eq!(nearest(&fraction(50, 10_000), &fraction(110, 100), &ratio, 5), Verdict::Fails);
}

/// Ratios above one, up to five.
fn ratios() -> impl Strategy<Value = (u64, u64)> {
    (2_u64..60, 1_u64..60)
        .prop_filter("above one, up to five", |(above, below)| below < above && *above <= 5 * below)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// What the oracle cannot tell is not counted as a case.
    #[test]
    fn products_and_quotients_are_the_nearest_step(base in 101_u64..250, ratio in ratios(), value in 1_u64..30_000) {
        let (factors, price) = typed(base, ratio, value);
        let (value, ratio) = (fraction(value, 10_000), fraction(ratio.0, ratio.1));
        let product = power_factor_product(price, &factors, Rounding::half_up(3)).unwrap();
        let quotient = power_factor_quotient(price, &factors, Rounding::half_up(3)).unwrap();
        for (result, base) in [(product, fraction(base, 100)), (quotient, fraction(100, base))] {
            let steps = steps_of(result, 3);
            let verdict = nearest(&value, &base, &ratio, steps);
            prop_assume!(verdict != Verdict::CannotTell);
            prop_assert_eq!(verdict, Verdict::Holds);
            // One step off is seen.
            prop_assert_eq!(nearest(&value, &base, &ratio, steps + 1), Verdict::Fails);
            if steps > 0 {
                prop_assert_eq!(nearest(&value, &base, &ratio, steps - 1), Verdict::Fails);
            }
        }
    }

    #[test]
    fn modes_bracket_each_other_and_nearest_is_one_of_them(
        base in 10_u64..400, ratio in (1_u64..60, 1_u64..60), value in 1_u64..30_000, digits in 0_u32..8,
    ) {
        let (factors, price) = typed(base, ratio, value);
        let by = |mode| steps_of(power_factor_quotient(price, &factors, to(digits, mode)).unwrap(), digits);
        let (down, up) = (by(RoundingMode::Down), by(RoundingMode::Up));
        prop_assert!(up == down || up == down + 1);
        for nearest in [by(RoundingMode::HalfUp), by(RoundingMode::HalfEven)] {
            prop_assert!(nearest == down || nearest == up);
        }
    }

    /// `a^(log2 x) × b^(log2 x) = (ab)^(log2 x)`, `a^(log2 x) × a^(log2 y) = a^(log2 xy)` and `a^(log2 b) = b^(log2 a)`.
    #[test]
    fn powers_obey_their_laws(
        a in 10_u64..400, b in 10_u64..400, x in (1_u64..60, 1_u64..60), y in (1_u64..60, 1_u64..60), value in 1_u64..30_000,
    ) {
        let ratio = |steps: u64, digits| Ratio::from_steps(i128::from(steps), digits).unwrap();
        let proportion = |(above, below): (u64, u64)| Proportion::new(above.into(), below.into()).unwrap();
        let price = UnitPrice::from_steps(i128::from(value), 4).unwrap();
        for mode in MODES {
            let by = |factors: &[_]| power_factor_product(price, factors, to(6, mode)).unwrap();
            let one = by(&[(ratio(a * b, 4), proportion(x))]);
            prop_assert_eq!(by(&[(ratio(a, 2), proportion(x)), (ratio(b, 2), proportion(x))]), one);
            let one = by(&[(ratio(a, 2), proportion((x.0 * y.0, x.1 * y.1)))]);
            prop_assert_eq!(by(&[(ratio(a, 2), proportion(x)), (ratio(a, 2), proportion(y))]), one);
            let one = by(&[(ratio(a, 2), proportion((b, 100)))]);
            prop_assert_eq!(by(&[(ratio(b, 2), proportion((a, 100)))]), one);
        }
    }

    #[test]
    fn there_and_back_is_the_same_price(
        base in 101_u64..400, ratio in (1_u64..60, 1_u64..60), value in 1_u64..30_000,
    ) {
        let (factors, price) = typed(base, ratio, value);
        let there = power_factor_quotient(price, &factors, Rounding::half_up(12)).unwrap();
        let back = power_factor_product(there, &factors, Rounding::half_up(4)).unwrap();
        prop_assert_eq!(back, price);
    }
}
