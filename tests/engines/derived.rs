//! Rows that are derived from rows of yes-or-no columns: they cut off no award, and false ones are refused.

use std::collections::BTreeSet;

use jicai::certify::{certify_lot, certify_programme};
use jicai::model::{
    Column, Derived, Direction, GeneralLot, LotCandidate, LotModel, Objective, Row, Sense, Shape,
};
use jicai::report::programme_proof;
use jicai::solve::{Engine, Exact};
use jicai::verify;
use serde_json::{Value, json};

use crate::exhaustive;
use crate::general::best;
use crate::location::{location, one_supplier_each};
use crate::random::Random;

/// Yes-or-no columns with rows that hold some of them, in both directions and with both signs.
fn random_knapsacks(random: &mut Random) -> LotModel {
    let count = usize::try_from(random.between(4, 9)).unwrap();
    let column =
        |number: usize| Column { name: format!("wins[{number}]"), lower: 0, upper: 1, integer: true };
    let terms = |random: &mut Random, most: i128| -> Vec<(usize, i128)> {
        let sign = |random: &mut Random| if random.one_in(4) { -1 } else { 1 };
        (0..count)
            .filter_map(|at| {
                let by = random.between(1, most) * sign(random);
                (!random.one_in(5)).then_some((at, by))
            })
            .collect()
    };
    let rows = (0..random.between(1, 3)).map(|number| {
        let (sense, terms) = (if random.one_in(2) { Sense::Le } else { Sense::Ge }, terms(random, 30));
        let (low, high) =
            terms.iter().fold((0, 0), |(low, high), (_, by)| (low + by.min(&0), high + by.max(&0)));
        let rhs = low + (high - low) * random.between(20, 80) / 100;
        Row { rule: "rule".into(), label: format!("row[{number}]"), terms, sense, rhs }
    });
    let rows = rows.collect();
    let objectives = (0..random.between(1, 2)).map(|_| Objective {
        direction: if random.one_in(2) { Direction::Maximise } else { Direction::Minimise },
        terms: terms(random, 12),
    });
    let objectives = objectives.collect();
    let winners = (0..count).map(|number| (number, format!("B{number}"))).collect();
    let lot = GeneralLot { winners, regions: Vec::new(), delivers: Vec::new() };
    LotModel::general("L1", (0..count).map(column).collect(), rows, objectives, lot).unwrap()
}

/// The engine, deriving rows at once.
fn solved(model: &LotModel) -> LotCandidate {
    Exact { short: 0, ..Exact::default() }.solve(model).unwrap()
}

fn holds(row: &Row, values: &[i128]) -> bool {
    let sum: i128 = row.terms.iter().map(|&(column, by)| by * values[column]).sum();
    match row.sense {
        Sense::Le => sum <= row.rhs,
        Sense::Ge => sum >= row.rhs,
        Sense::Eq => sum == row.rhs,
    }
}

/// Whether a row holds at every point at which the sum of the rows that it names does, by trying all values of the
/// columns that these two speak of; `None` when there are too many, or a weight turns its row.
fn is_right(model: &LotModel, derived: &Derived) -> Option<bool> {
    let turned = |&(row, weight): &(usize, i128)| match model.rows[row].sense {
        Sense::Le => weight < 0,
        Sense::Ge => weight > 0,
        Sense::Eq => false,
    };
    if derived.from.iter().any(turned) {
        return None;
    }
    let (sum, rhs) = derived.sum(model).unwrap();
    let row = |terms: Vec<(usize, i128)>, rhs| Row {
        rule: String::new(),
        label: String::new(),
        terms,
        sense: Sense::Le,
        rhs,
    };
    let sum =
        row((0..sum.len()).map(|column| (column, sum[column])).filter(|(_, by)| *by != 0).collect(), rhs);
    let own = row(derived.terms.clone(), derived.rhs);
    let columns: BTreeSet<usize> = sum.terms.iter().chain(&own.terms).map(|(column, _)| *column).collect();
    let open: Vec<usize> =
        columns.into_iter().filter(|at| model.columns[*at].lower < model.columns[*at].upper).collect();
    let mut values: Vec<i128> = model.columns.iter().map(|column| column.lower).collect();
    (open.len() <= 14).then(|| {
        (0_u32..1 << open.len()).all(|bits| {
            (0..open.len()).for_each(|at| values[open[at]] = i128::from(bits >> at & 1));
            !holds(&sum, &values) || holds(&own, &values)
        })
    })
}

fn proof_of(model: &LotModel, candidate: &LotCandidate) -> Value {
    let (_, certificate) = certify_programme(model, candidate).unwrap();
    serde_json::from_slice(&programme_proof(&certificate)).unwrap()
}

#[test]
fn programmes_with_derived_rows_come_out_as_exhaustive_search_has_them() {
    let mut random = Random(71);
    let (mut rows, mut stated) = (0, 0);
    for round in 0..1_200 {
        let model = match round % 6 {
            0 => one_supplier_each(&location(&mut random, 3, 3, 3, 1 + round % 3)),
            _ => random_knapsacks(&mut random),
        };
        let candidate = solved(&model);
        rows += candidate.proof.derived.len();
        assert!(
            candidate.proof.derived.iter().all(|row| is_right(&model, row) != Some(false)),
            "{candidate:?}"
        );
        let proof = proof_of(&model, &candidate);
        stated += usize::from(proof.get("derived").is_some());
        let checked = verify::programme_proof(&proof).unwrap_or_else(|key| panic!("{key} {model:?} {proof}"));
        let Shape::General(lot) = &model.shape else { panic!("not general") };
        let named = |set: &Vec<usize>| set.iter().map(|at| lot.winners[*at].1.clone()).collect::<Vec<_>>();
        let sets: BTreeSet<_> = checked.sets.iter().map(named).collect();
        let expected = best(&model);
        assert_eq!(sets, expected.map(|best| best.1).unwrap_or_default());
    }
    assert!(rows > 400 && stated > 40, "{rows} {stated}");
}

#[test]
fn an_award_costs_the_same_whether_rows_are_derived_or_not() {
    let mut random = Random(72);
    let (mut fewer, mut steps) = (0, 0);
    for spare in [2, 2, 3, 3] {
        let model = one_supplier_each(&location(&mut random, 6, 9, 900, spare));
        let with = solved(&model);
        let without = Exact { short: usize::MAX, ..Exact::default() }.solve(&model).unwrap();
        assert!(without.proof.derived.is_empty());
        let (one, other) = (certify_lot(&model, &with).unwrap(), certify_lot(&model, &without).unwrap());
        assert_eq!((one.outcome(), one.objective()), (other.outcome(), other.objective()));
        fewer += with.proof.steps.len();
        steps += without.proof.steps.len();
    }
    assert!(fewer * 3 < steps * 2, "{fewer} {steps}");
}

/// Makes a row say something else, by kind; false when it has no such place.
fn plant(random: &mut Random, kind: i128, model: &LotModel, row: &mut Derived) -> bool {
    let mut pick =
        |length: usize| usize::try_from(random.between(0, i128::try_from(length).unwrap() - 1)).unwrap();
    match kind {
        0 => row.rhs -= 1,
        1 => {
            let at = pick(row.terms.len());
            row.terms[at].1 += 1;
        }
        // Another column counts as well.
        2 => {
            let column = pick(model.columns.len());
            if row.terms.iter().any(|(known, _)| *known == column) {
                return false;
            }
            row.terms.push((column, 1));
        }
        // An item less, and one less that may be taken: no cover any more.
        3 => {
            let at = pick(row.terms.len());
            row.rhs -= row.terms[at].1.max(0);
            row.terms.remove(at);
        }
        // Another row is named, or none, or one the wrong way round.
        4 => row.from = vec![(pick(model.rows.len()), 1)],
        5 => row.from.clear(),
        _ => row.from.iter_mut().for_each(|(_, weight)| *weight = -*weight),
    }
    true
}

/// The proof with one derived row as it is planted.
fn with_row(model: &LotModel, proof: &Value, at: usize, row: &Derived) -> Value {
    let names = |terms: &[(usize, i128)]| -> Value {
        terms.iter().map(|(column, by)| json!([model.columns[*column].name, by.to_string()])).collect()
    };
    let from: Value =
        row.from.iter().map(|(row, by)| json!([model.rows[*row].label, by.to_string()])).collect();
    let mut planted = proof.clone();
    planted["derived"][at] = json!([format!("derived[{at}]"), from, row.rhs.to_string(), names(&row.terms)]);
    planted
}

#[test]
fn false_rows_are_refused() {
    let mut random = Random(73);
    let (mut wrong, mut accepted) = ([0; 7], 0);
    for round in 0..400 {
        let model = match round % 8 {
            0 => one_supplier_each(&location(&mut random, 4, 6, 90, 2)),
            _ => random_knapsacks(&mut random),
        };
        let mut candidate = solved(&model);
        let (_, certificate) = certify_programme(&model, &candidate).unwrap();
        candidate.proof.clone_from(certificate.cases());
        certify_lot(&model, &candidate).unwrap();
        let proof: Value = serde_json::from_slice(&programme_proof(&certificate)).unwrap();
        for at in 0..candidate.proof.derived.len() {
            for kind in 0..7 {
                let mut planted = candidate.clone();
                let row = &mut planted.proof.derived[at];
                if !plant(&mut random, kind, &model, row) {
                    continue;
                }
                row.terms.retain(|(_, by)| *by != 0);
                let (right, told) = (is_right(&model, row), with_row(&model, &proof, at, row));
                let (certified, checked) = (certify_lot(&model, &planted), verify::programme_proof(&told));
                if right == Some(true) {
                    // It is another right row, which the rest of the proof may or may not do with.
                    accepted += usize::from(certified.is_ok());
                    continue;
                }
                assert!(certified.is_err(), "{kind} {:?} {model:?}", planted.proof.derived[at]);
                assert!(checked.is_err(), "{kind} {told}");
                wrong[usize::try_from(kind).unwrap()] += 1;
            }
        }
    }
    assert!(wrong.iter().all(|wrong| *wrong > 30) && accepted > 0, "{wrong:?} {accepted}");
}

#[test]
fn derived_rows_in_another_form_are_refused() {
    let mut random = Random(74);
    let model = one_supplier_each(&location(&mut random, 4, 6, 90, 2));
    let proof = proof_of(&model, &solved(&model));
    verify::programme_proof(&proof).unwrap();
    let last = proof["derived"].as_array().unwrap().len();
    let refused = |change: &dyn Fn(&mut Value)| {
        let mut changed = proof.clone();
        change(&mut changed);
        verify::programme_proof(&changed).unwrap_err()
    };
    // A row more that no case uses, although it is right.
    assert_eq!(
        refused(&|proof| {
            let mut row = proof["derived"][0].clone();
            row[0] = json!(format!("derived[{last}]"));
            proof["derived"].as_array_mut().unwrap().push(row);
        }),
        "unused"
    );
    assert_eq!(refused(&|proof| proof["derived"] = json!([])), "row_unknown");
    assert_eq!(refused(&|proof| proof["derived"] = json!({})), "malformed");
    assert_eq!(refused(&|proof| proof["derived"][0][0] = json!("capacity[0]")), "malformed");
    assert_eq!(refused(&|proof| proof["derived"][0][1][0][0] = json!("derived[0]")), "malformed");
    assert_eq!(refused(&|proof| proof["derived"][0][1][0][1] = json!("0")), "malformed");
    assert_eq!(refused(&|proof| proof["derived"][0][2] = json!("1.5")), "malformed");
    assert_eq!(refused(&|proof| proof["derived"][0][3][0][1] = json!("0")), "malformed");
    let twice = |proof: &mut Value| {
        let term = proof["derived"][0][3][0].clone();
        proof["derived"][0][3].as_array_mut().unwrap().push(term);
    };
    assert_eq!(refused(&twice), "malformed");
}

#[test]
fn awards_that_derived_rows_would_cut_off_are_found_by_exhaustive_search() {
    // The oracle of this file can fail: a row that cuts off a point is found to be wrong.
    let mut random = Random(75);
    let mut wrong = 0;
    for _ in 0..200 {
        let model = random_knapsacks(&mut random);
        for mut row in solved(&model).proof.derived {
            assert_eq!(is_right(&model, &row), Some(true));
            row.rhs -= 1;
            wrong += usize::from(is_right(&model, &row) == Some(false));
        }
        let lower: Vec<i128> = model.columns.iter().map(|column| column.lower).collect();
        assert_eq!(exhaustive::feasible(&model, &lower), model.rows.iter().all(|row| holds(row, &lower)));
    }
    assert!(wrong > 30, "{wrong}");
}
