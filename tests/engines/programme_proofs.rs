//! proof.json of lots that are columns and rows only: written, read, checked, and damaged.

use jicai::certify::{Outcome, certify_programme};
use jicai::model::{LotModel, Shape};
use jicai::report::programme_proof;
use jicai::solve::{Engine, Exact};
use jicai::verify;
use serde_json::{Value, json};

use crate::core::random_lot;
use crate::general::{best, general, random_programme};
use crate::random::Random;

fn proof_of(model: &LotModel) -> (Value, Outcome) {
    let candidate = Exact::default().solve(model).unwrap();
    let (certified, certificate) = certify_programme(model, &candidate).unwrap();
    (serde_json::from_slice(&programme_proof(&certificate)).unwrap(), certified.outcome().clone())
}

fn same(outcome: &Outcome, checked: jicai::tender::Outcome) -> bool {
    use jicai::tender::Outcome as Told;
    matches!(
        (outcome, checked),
        (Outcome::Awarded, Told::Awarded)
            | (Outcome::DrawRequired(_), Told::DrawRequired)
            | (Outcome::NoAward, Told::NoAward)
            | (Outcome::Unproved, Told::Unproved)
    )
}

#[test]
fn proofs_are_accepted_by_the_check_without_a_solver() {
    let mut random = Random(31);
    for round in 0..1_500 {
        let model = match round % 3 {
            0 => general(random_lot(&mut random, 5, 4, 5_000).into_model().unwrap()),
            _ => random_programme(&mut random),
        };
        let (proof, outcome) = proof_of(&model);
        let checked = verify::programme_proof(&proof).unwrap_or_else(|key| panic!("{key} {model:?} {proof}"));
        assert!(same(&outcome, checked.outcome), "{outcome:?} {checked:?}");
        if round % 3 > 0 {
            let expected = best(&model);
            let Shape::General(lot) = &model.shape else { panic!("not general") };
            let named =
                |set: &Vec<usize>| set.iter().map(|at| lot.winners[*at].1.clone()).collect::<Vec<_>>();
            let sets: std::collections::BTreeSet<_> = checked.sets.iter().map(named).collect();
            assert_eq!(sets, expected.map(|best| best.1).unwrap_or_default());
        }
    }
}

#[test]
fn proofs_that_are_given_up_are_accepted_as_what_they_are() {
    let mut random = Random(32);
    let mut unproved = 0;
    for _ in 0..400 {
        let model = random_programme(&mut random);
        let candidate = Exact { most_cases: 1, ..Exact::default() }.solve(&model).unwrap();
        let (certified, certificate) = certify_programme(&model, &candidate).unwrap();
        let proof = serde_json::from_slice(&programme_proof(&certificate)).unwrap();
        let checked = verify::programme_proof(&proof).unwrap();
        assert!(same(certified.outcome(), checked.outcome));
        unproved += usize::from(certified.outcome() == &Outcome::Unproved);
    }
    assert!(unproved > 20, "{unproved}");
}

fn list<'a>(proof: &'a mut Value, key: &str) -> &'a mut Vec<Value> {
    proof[key].as_array_mut().unwrap()
}

fn plus_one(number: &mut Value, by: i128) {
    let changed: i128 = number.as_str().unwrap().parse().unwrap();
    *number = json!((changed + by).to_string());
}

/// Damages a proof in one place, by kind; false when it has no such place.
fn damage(random: &mut Random, kind: usize, proof: &mut Value) -> bool {
    let mut pick =
        |length: usize| usize::try_from(random.between(0, i128::try_from(length).unwrap() - 1)).unwrap();
    let of_kind = |proof: &mut Value, kind: &str| -> Vec<usize> {
        let steps = list(proof, "cases").iter().enumerate();
        steps.filter(|(_, step)| step[0] == kind).map(|(at, _)| at).collect()
    };
    match kind {
        // A leaf is gone.
        0 => {
            let leaves = of_kind(proof, "case");
            let at = leaves[pick(leaves.len())];
            list(proof, "cases").remove(at);
        }
        // A weight is zero.
        1 => {
            let some: Vec<usize> = (0..list(proof, "weights").len())
                .filter(|at| !list(proof, "weights")[*at]["rows"].as_array().unwrap().is_empty())
                .collect();
            let Some(&at) = some.get(pick(some.len().max(1))) else { return false };
            let rows = list(proof, "weights")[at]["rows"].as_array_mut().unwrap();
            let row = pick(rows.len());
            rows[row][1] = json!("0");
        }
        // A branch is flipped, or a split moved.
        2 => {
            let branches = of_kind(proof, "branch");
            let Some(&at) = branches.get(pick(branches.len().max(1))) else { return false };
            let step = &mut list(proof, "cases")[at];
            step[2] = json!(1 - step[2].as_i64().unwrap());
        }
        3 => {
            let splits = of_kind(proof, "split");
            let Some(&at) = splits.get(pick(splits.len().max(1))) else { return false };
            let step = &mut list(proof, "cases")[at];
            step[3] = json!(!step[3].as_bool().unwrap());
        }
        // A bound is another.
        4 => {
            let leaves = of_kind(proof, "case");
            let at = leaves[pick(leaves.len())];
            let bound = &mut list(proof, "cases")[at][3];
            if bound.is_null() { *bound = json!("0") } else { plus_one(bound, 1) }
        }
        // An award states another value, or is dearer than it says.
        5 => {
            let Some(award) = list(proof, "awards").first_mut() else { return false };
            plus_one(&mut award["objectives"][0], -1);
        }
        6 => {
            let Some(award) = list(proof, "awards").first_mut() else { return false };
            // Of columns that no row and no objective speaks of, any value is as good.
            let values = award["values"].as_array_mut().unwrap();
            let wins = |value: &Value| value[0].as_str().is_some_and(|name| name.starts_with("wins"));
            let Some(at) = values.iter().position(wins) else { return false };
            values.remove(at);
        }
        // Another winner, or another purpose.
        7 => {
            let Some(award) = list(proof, "awards").first_mut() else { return false };
            award["winners"].as_array_mut().unwrap().push(json!("B9"));
        }
        8 => {
            let weights = list(proof, "weights");
            let at = pick(weights.len());
            let bound = weights[at]["purpose"] == "bound";
            weights[at]["purpose"] = json!(if bound { "no_award" } else { "bound" });
        }
        // Something is left over at the end.
        _ => {
            let last = list(proof, "cases").last().cloned().unwrap();
            list(proof, "cases").push(last);
        }
    }
    true
}

#[test]
fn damaged_proofs_are_refused() {
    let mut random = Random(33);
    let (mut tried, mut accepted) = ([0; 10], Vec::new());
    for round in 0..700 {
        let model = match round % 2 {
            0 => general(random_lot(&mut random, 5, 4, 5_000).into_model().unwrap()),
            _ => random_programme(&mut random),
        };
        let (proof, _) = proof_of(&model);
        for (kind, tried) in tried.iter_mut().enumerate() {
            let mut damaged = proof.clone();
            if !damage(&mut random, kind, &mut damaged) {
                continue;
            }
            *tried += 1;
            if verify::programme_proof(&damaged).is_ok() {
                accepted.push((kind, proof.to_string(), damaged.to_string()));
            }
        }
    }
    assert!(accepted.is_empty(), "{} {:?}", accepted.len(), accepted.first());
    assert!(tried.iter().all(|tried| *tried > 10), "{tried:?}");
}
