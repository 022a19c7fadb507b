//! The draws: against closed forms, against an own count of them, and on any number of threads.

use std::num::NonZeroUsize;

use jicai::diagnostics::Source;
use jicai::evaluate;
use jicai::read::ReadOptions;
use jicai::savings::projection::{Assumptions, Projection, Wanted, basis, project as project_basis};
use jicai::text::Language;
use sha2::{Digest, Sha256};

use crate::{assumptions, cell, drug, project, rows};

/// What one agreed year saves when all of it is bought and nothing outside.
const YEAR: f64 = 26_384_000.0;
const DRAWS: f64 = 10_000.0;

/// Nothing is bought outside and need stays: the saving of a year is uptake × 26,384,000.
fn only_uptake(uptake: &str) -> String {
    assumptions(&[
        ("uptake", &format!("from_year = \"1\"\n{uptake}")),
        ("outside_share", "distribution = \"fixed\"\ncentral = \"0\""),
        ("need_growth", "distribution = \"fixed\"\ncentral = \"0\""),
    ])
}

/// Mean, standard error, and the five percentiles of the first year's saving over [`YEAR`].
fn drawn(text: &str, seed: &str) -> [f64; 7] {
    let run = project(
        &drug(),
        Some(text),
        &["--years", "1", "--seed", seed, "--format", "json"],
        Language::English,
    );
    assert_eq!(run.answer.exit.code(), 0, "{}", run.answer.messages);
    let json: serde_json::Value = serde_json::from_str(&run.answer.results).unwrap();
    let error: f64 = json["standard_error"].as_str().unwrap().parse().unwrap();
    let rows = rows(&run.files["projection.csv"]);
    let of = |column| cell(&rows, ("year", "1", "saving"), column).parse::<f64>().unwrap() / YEAR;
    [of("mean"), error / YEAR, of("p5"), of("p25"), of("p50"), of("p75"), of("p95")]
}

/// A distribution in closed form.
struct Closed {
    mean: f64,
    deviation: f64,
    quantile: fn(f64) -> f64,
    density: fn(f64) -> f64,
}

/// How many standard errors the worst of mean and percentiles lies from the closed form. The standard error of a
/// percentile is the root of p (1 - p) / n over the density there.
fn worst(found: &[f64; 7], closed: &Closed) -> f64 {
    let [mean, _, percentiles @ ..] = found;
    let of_mean = (mean - closed.mean).abs() / (closed.deviation / DRAWS.sqrt());
    let of_percentiles = percentiles.iter().zip([0.05, 0.25, 0.5, 0.75, 0.95]).map(|(found, p)| {
        let wanted = (closed.quantile)(p);
        let error = (p * (1.0 - p) / DRAWS).sqrt() / (closed.density)(wanted);
        (found - wanted).abs() / error
    });
    of_percentiles.fold(of_mean, f64::max)
}

/// From 1 over 1.2 to 1.6.
fn triangular() -> Closed {
    Closed {
        mean: 3.8 / 3.0,
        deviation: ((1.0 + 1.44 + 2.56 - 1.2 - 1.6 - 1.92) / 18.0_f64).sqrt(),
        quantile: |p| {
            if p < 0.2 / 0.6 { 1.0 + (p * 0.6 * 0.2).sqrt() } else { 1.6 - ((1.0 - p) * 0.6 * 0.4).sqrt() }
        },
        density: |x| if x < 1.2 { 2.0 * (x - 1.0) / 0.12 } else { 2.0 * (1.6 - x) / 0.24 },
    }
}

/// From 1 to 1.6.
fn uniform() -> Closed {
    Closed {
        mean: 1.3,
        deviation: 0.6 / 12.0_f64.sqrt(),
        quantile: |p| 1.0 + 0.6 * p,
        density: |_| 1.0 / 0.6,
    }
}

const TRIANGULAR: &str = "distribution = \"triangular\"\nlow = \"1\"\ncentral = \"1.2\"\nhigh = \"1.6\"";
const UNIFORM: &str = "distribution = \"uniform\"\nlow = \"1\"\ncentral = \"1.2\"\nhigh = \"1.6\"";

#[test]
fn one_uncertain_factor_agrees_with_its_closed_form() {
    // Four standard errors: a sound sampler passes all of six figures but once in thousands of seeds, and seeds are fixed.
    for seed in ["1", "2", "2024", "种子"] {
        let found = drawn(&only_uptake(TRIANGULAR), seed);
        assert!(worst(&found, &triangular()) < 4.0, "{seed}: {found:?}");
        assert!((found[1] * DRAWS.sqrt() / triangular().deviation - 1.0).abs() < 0.03);
        let found = drawn(&only_uptake(UNIFORM), seed);
        assert!(worst(&found, &uniform()) < 4.0, "{seed}: {found:?}");
        // The check can fail: neither closed form passes for the other distribution.
        assert!(worst(&found, &triangular()) > 10.0);
    }
}

#[test]
fn percentiles_and_values_are_drawn_as_they_are_stated() {
    let stated = "distribution = \"percentiles\"\nlow = \"0.5\"\ncentral = \"1.2\"\nhigh = \"3\"\n\
                  percentiles = [\"0.8\", \"1.0\", \"1.2\", \"1.5\", \"2.5\"]";
    let [_, _, p5, p25, p50, p75, p95] = drawn(&only_uptake(stated), "1");
    // Within 4 √(p (1 - p) / n) of a percentile, times the slope of the line there.
    for (found, wanted, p, slope) in [
        (p5, 0.8, 0.05, 6.0),
        (p25, 1.0, 0.25, 1.0),
        (p50, 1.2, 0.5, 1.2),
        (p75, 1.5, 0.75, 5.0),
        (p95, 2.5, 0.95, 10.0),
    ] {
        let error: f64 = (p * (1.0 - p) / DRAWS).sqrt() * slope;
        assert!((found - wanted).abs() < 4.0 * error, "{found} {wanted}");
    }
    let values = "distribution = \"discrete\"\nlow = \"1\"\ncentral = \"1\"\nhigh = \"2\"\n\
                  values = [\"1\", \"2\"]\nweights = [\"0.7\", \"0.3\"]";
    let [mean, _, p5, p25, p50, p75, p95] = drawn(&only_uptake(values), "1");
    assert_eq!([p5, p25, p50, p75, p95], [1.0, 1.0, 1.0, 2.0, 2.0]);
    assert!((mean - 1.3).abs() < 4.0 * (0.21 / DRAWS).sqrt(), "{mean}");
}

#[test]
fn different_factors_are_drawn_independently() {
    // Uptake × (1 - share): the mean of a product of independent factors is the product of their means.
    let own = assumptions(&[
        ("uptake", &format!("from_year = \"1\"\n{UNIFORM}")),
        ("outside_share", "distribution = \"uniform\"\nlow = \"0\"\ncentral = \"0.5\"\nhigh = \"1\""),
        ("outside_price", "distribution = \"fixed\"\ncentral = \"1\""),
        ("need_growth", "distribution = \"fixed\"\ncentral = \"0\""),
    ]);
    let [mean, error, ..] = drawn(&own, "1");
    assert!((mean - 0.65).abs() < 4.0 * error, "{mean}");
    // Were both the same number, the mean of uptake × (1 - share) would be 0.6: far outside.
    assert!((mean - 0.6).abs() > 10.0 * error);
}

/// The number in (0, 1) of a factor in a draw, as the documentation states it.
fn number(seed: &str, draw: u32, factor: &str) -> f64 {
    let digest = Sha256::digest(format!("jicai-projection-1\n{seed}\n{draw}\n{factor}\n"));
    let mut bits = [0_u8; 8];
    bits.copy_from_slice(&digest[..8]);
    let first = u64::from_be_bytes(bits) >> 12;
    (first as f64 + 0.5) / (1_u64 << 52) as f64
}

#[test]
fn anybody_can_count_the_draws_again() {
    let mut own: Vec<f64> = (1..=10_000)
        .map(|draw| {
            let p = number("audit 2024", draw, "uptake");
            (triangular().quantile)(p)
        })
        .collect();
    own.sort_by(f64::total_cmp);
    let [_, _, p5, p25, p50, p75, p95] = drawn(&only_uptake(TRIANGULAR), "audit 2024");
    for (found, place) in [(p5, 500), (p25, 2_500), (p50, 5_000), (p75, 7_500), (p95, 9_500)] {
        assert!((found - own[place - 1]).abs() < 1e-9, "{found} {}", own[place - 1]);
    }
}

fn projected(threads: usize, seed: &str) -> Projection {
    let evaluation = evaluate(drug().as_ref(), &ReadOptions::default()).unwrap();
    let basis = basis(&evaluation.award, &evaluation.savings, "reference_price").unwrap();
    let wanted = Wanted {
        years: Some(7),
        discount: None,
        seed: seed.to_owned(),
        draws: 1_003,
        threads: NonZeroUsize::new(threads).unwrap(),
    };
    project_basis(basis, Assumptions::built_in().unwrap(), &wanted).unwrap()
}

#[test]
fn the_number_of_threads_changes_nothing_and_the_seed_changes_the_draws_alone() {
    let one = projected(1, "1");
    for threads in [2, 3, 8, 2_000] {
        assert_eq!(projected(threads, "1"), one, "{threads}");
    }
    let other = projected(1, "2");
    assert_ne!(other.drawn, one.drawn);
    assert_eq!((&other.low, &other.central, &other.high), (&one.low, &one.central, &one.high));
    assert_eq!(other.effects, one.effects);
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_does_not() {
    let run = |seed| project(&drug(), None, &["--seed", seed], Language::English).files;
    let (first, again, other) = (run("1"), run("1"), run("x"));
    assert_eq!(first, again);
    assert_ne!(first["projection.csv"], other["projection.csv"]);
    for name in ["projection.html", "projection.json", "charts/projection-fan.svg"] {
        assert_ne!(first[name], other[name], "{name}");
    }
    // The tornado is no draw.
    assert_eq!(first["charts/projection-factors.svg"], other["charts/projection-factors.svg"]);
}

#[test]
fn the_built_in_assumptions_are_whole_and_say_that_they_are_not_verified() {
    let built_in = Assumptions::built_in().unwrap();
    let (parts, unverified) = built_in.unverified();
    assert_eq!((parts, unverified), (7, 7));
    let again = Assumptions::from_toml(&Source::new("x.toml", Assumptions::built_in_text().to_owned()));
    assert_eq!(again.unwrap(), built_in);
}
