//! Ten thousand draws of a projection over five years, on one thread and on four, beside the evaluation of the same tender.
//! Prints each as a ratio to the evaluation, best of five runs each: a ratio holds on any machine, a time does not.

use std::num::NonZeroUsize;
use std::path::Path;
use std::time::Instant;

use jicai::read::ReadOptions;
use jicai::savings::projection::{Assumptions, Wanted, basis, project};

const RUNS: usize = 5;

/// Seconds of the fastest of some runs.
fn best(mut work: impl FnMut() -> bool) -> f64 {
    let mut fastest = f64::INFINITY;
    for _ in 0..RUNS {
        let start = Instant::now();
        if !work() {
            fail("the work failed");
        }
        fastest = fastest.min(start.elapsed().as_secs_f64());
    }
    fastest
}

fn main() {
    let tender = Path::new(env!("CARGO_MANIFEST_DIR")).join("tenders/cn-drug-expansion-2019");
    let evaluate = || jicai::evaluate(&tender, &ReadOptions::default());
    let (Ok(evaluation), Ok(assumptions)) = (evaluate(), Assumptions::built_in()) else {
        fail("the tender cannot be evaluated")
    };
    let Some(basis) = basis(&evaluation.award, &evaluation.savings, "ceiling_price") else {
        fail("no baseline")
    };
    let projected = |draws: u32, threads: usize| {
        let threads = NonZeroUsize::new(threads).unwrap_or(NonZeroUsize::MIN);
        let wanted = Wanted { years: Some(5), discount: None, seed: "1".to_owned(), draws, threads };
        project(basis.clone(), assumptions.clone(), &wanted).is_ok()
    };
    let whole = best(|| evaluate().is_ok());
    let paths = best(|| projected(100, 1));
    println!("evaluation of 25 lots: {whole:.4} s");
    println!("paths and 100 draws: {paths:.4} s, {:.2} of the evaluation", paths / whole);
    for threads in [1, 4] {
        let draws = best(|| projected(10_000, threads));
        println!(
            "10,000 draws over 5 years, threads {threads}: {draws:.4} s, {:.2} of the evaluation",
            draws / whole
        );
    }
}

fn fail(why: &str) -> ! {
    println!("{why}");
    std::process::exit(70)
}
