//! A thousand random tenders full of ties. Shuffled rows, both engines and any number of threads give the same bytes, and what
//! is left open is exactly what exhaustive search finds.
#![cfg(feature = "solver")]

#[path = "ties/oracle.rs"]
mod oracle;
#[path = "ties/tenders.rs"]
mod tenders;

use std::collections::BTreeMap;
use std::path::Path;

use jicai::certify::{CertifiedAward, certify_award};
use jicai::model::{Shape, model};
use jicai::read::{ReadOptions, read};
use jicai::report::award_json;
use jicai::rules::RuleSet;
use jicai::screen::screen;
use jicai::solve::{Exact, Linear, agree, solve};
use jicai::{compare, evaluate, validate};
use oracle::{Found, searched, stated};
use tenders::{Random, Tender, least_cost, ranked};

const NUMBER: usize = 1_000;

fn made(number: usize) -> Vec<Tender> {
    let mut random = Random(2021);
    (0..number).map(|at| if at % 5 < 3 { ranked(&mut random) } else { least_cost(&mut random) }).collect()
}

/// award.json of the tender with its rows in the order of `seed`.
fn evaluated(tender: &Tender, seed: u64) -> String {
    let folder = tender.write(&mut Random(seed));
    let done = evaluate(folder.path(), &ReadOptions::default())
        .unwrap_or_else(|faults| panic!("{faults:?} {tender:?}"));
    award_json(&done.award, &done.allocation, &done.savings, &done.warnings).unwrap()
}

/// The same for every tender, by so many threads, each with rows of its own order.
fn by_threads(tenders: &[Tender], threads: usize) -> Vec<String> {
    let size = tenders.len().div_ceil(threads);
    std::thread::scope(|scope| {
        let work = |part: &[Tender]| -> Vec<String> {
            let seeds = (0_u64..).map(|at| at * 31 + threads as u64);
            part.iter().zip(seeds).map(|(tender, seed)| evaluated(tender, seed)).collect()
        };
        let running: Vec<_> = tenders.chunks(size).map(|part| scope.spawn(move || work(part))).collect();
        running.into_iter().flat_map(|one| one.join().unwrap()).collect()
    })
}

fn found_in(award: &str) -> Found {
    stated(&serde_json::from_str(award).unwrap())
}

#[test]
fn rows_and_threads_change_no_byte_and_what_is_open_is_what_exhaustive_search_finds() {
    let tenders = made(NUMBER);
    let one = by_threads(&tenders, 1);
    for threads in [2, 8] {
        for (tender, (first, other)) in tenders.iter().zip(one.iter().zip(by_threads(&tenders, threads))) {
            assert!(*first == other, "{threads} threads: {tender:?}");
        }
    }
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (tender, award) in tenders.iter().zip(&one) {
        let (found, wanted) = (found_in(award), searched(tender));
        assert_eq!(found, wanted, "{tender:#?}");
        let kind = match (tender.rules, found.sets.is_empty(), found.orders.is_empty()) {
            ("generic-optimised", false, _) => "a draw between awards",
            (_, false, _) => "a draw for places",
            (_, _, false) => "a draw for the order",
            _ => found.outcome,
        };
        *seen.entry(kind).or_default() += 1;
    }
    println!("{seen:?}");
    for (kind, least) in [
        ("a draw between awards", 100),
        ("a draw for places", 100),
        ("a draw for the order", 50),
        ("awarded", 100),
        ("no_award", 20),
    ] {
        assert!(seen.get(kind).is_some_and(|number| *number >= least), "{kind}: {seen:?}");
    }
}

/// The award by the exact engine alone, once the other engine has said the same.
fn by_both_engines(folder: &Path) -> CertifiedAward {
    let tables = read(folder, &ReadOptions::default()).unwrap();
    let (tender, mut warnings) = validate::validate(&tables).unwrap();
    let notice = &tender.notice;
    let rules = RuleSet::built_in(&notice.rules, Some(notice.announced), &notice.overrides).unwrap();
    let screened = screen(compare::compare(tender, rules).unwrap(), &mut warnings).unwrap();
    let model = model(&screened).unwrap();
    let (exact, linear) = (solve(&model, &Exact::default()).unwrap(), solve(&model, &Linear).unwrap());
    let certified = certify_award(screened, &model, &exact).unwrap();
    for ((lot, exact), linear) in model.lots.iter().zip(&exact.lots).zip(&linear.lots) {
        agree(lot, ("exact", exact), ("linear", linear)).unwrap();
        if let (Shape::Core(_), Some(other)) = (&lot.shape, &linear.best) {
            let winners = |values: &[i128]| -> Vec<i128> {
                lot.winner_columns().into_iter().map(|(column, _)| values[column]).collect()
            };
            let sets = exact.best.iter().chain(&exact.others).map(|award| winners(&award.values));
            assert!(sets.into_iter().any(|set| set == winners(&other.values)), "{lot:?}");
        }
    }
    certified
}

#[test]
fn both_engines_name_one_of_the_options() {
    for (seed, tender) in (7..).zip(made(NUMBER)) {
        let folder = tender.write(&mut Random(seed));
        let outcome = by_both_engines(folder.path()).outcome();
        assert_eq!(outcome.name(), searched(&tender).outcome, "{tender:?}");
    }
}

#[test]
fn the_search_notices_what_is_planted() {
    let (mut settled, mut key, mut option) = (0, 0, 0);
    for tender in made(120) {
        let truth = evaluated(&tender, 1);
        let mut found = found_in(&truth);
        // A tie that is settled by the order of the names.
        if let Some(first) = found.sets.iter().next().cloned() {
            found.outcome = "awarded";
            (found.certain, found.sets) = (first, Default::default());
            assert_ne!(found, searched(&tender));
            settled += 1;
        }
        // An option that is left out.
        let mut found = found_in(&truth);
        if found.sets.pop_last().is_some() || found.orders.pop_last().is_some() {
            assert_ne!(found, searched(&tender));
            option += 1;
        }
        // An award that has not looked at the days of approval.
        let mut blind = tender.clone();
        blind.bids.iter_mut().for_each(|bid| bid.day = None);
        key += usize::from(found_in(&evaluated(&blind, 1)) != searched(&tender));
    }
    assert!(settled > 10 && option > 20 && key > 5, "{settled} {option} {key}");
}
