//! Lots that are columns and rows only.

use std::collections::BTreeSet;

use jicai::certify::{CertifiedLot, Draw, Outcome, ProofKind, certify_lot};
use jicai::model::{Claim, Column, Direction, GeneralLot, LotModel, Objective, Row, Sense, Shape};
use jicai::solve::{Engine, Exact};

use crate::core::random_lot;
use crate::exhaustive;
use crate::random::Random;

/// The same lot as columns and rows only.
pub fn general(model: LotModel) -> LotModel {
    let winners = model.winner_columns().into_iter().map(|(column, bid)| (column, bid.to_owned())).collect();
    let lot = GeneralLot { winners, regions: Vec::new(), delivers: Vec::new() };
    let LotModel { lot_id, columns, rows, objective, .. } = model;
    LotModel::general(&lot_id, columns, rows, vec![objective], lot).unwrap()
}

/// The winner sets that the outcome leaves open.
fn winner_sets(certified: &CertifiedLot) -> BTreeSet<Vec<String>> {
    match certified.outcome() {
        Outcome::Awarded => BTreeSet::from([certified.winners().to_vec()]),
        Outcome::DrawRequired(Draw::Awards { winners, complete: true }) => winners.iter().cloned().collect(),
        Outcome::NoAward => BTreeSet::new(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn core_lots_come_out_the_same_from_their_rows_alone() {
    let mut random = Random(21);
    let (mut draws, mut awards, mut none) = (0, 0, 0);
    for _ in 0..1_500 {
        let lot = random_lot(&mut random, 4, 3, 3);
        let model = general(lot.clone().into_model().unwrap());
        let exact = Exact::default().solve(&model).unwrap();
        let certified = certify_lot(&model, &exact).unwrap_or_else(|fault| panic!("{fault:?} {lot:?}"));
        let (cost, sets) = exhaustive::best_core(&lot);
        assert_eq!(certified.objective(), cost, "{lot:?}");
        assert_eq!(winner_sets(&certified), sets, "{lot:?}");
        match certified.outcome() {
            Outcome::DrawRequired(_) => draws += 1,
            Outcome::Awarded => awards += 1,
            _ => none += 1,
        }
    }
    assert!(draws > 50 && awards > 150 && none > 100, "{draws} {awards} {none}");
}

#[test]
fn larger_lots_come_out_the_same_from_their_rows_alone() {
    let mut random = Random(22);
    for _ in 0..60 {
        let model = random_lot(&mut random, 10, 8, 1_000_000).into_model().unwrap();
        let core = certify_lot(&model, &Exact::default().solve(&model).unwrap()).unwrap();
        let model = general(model);
        let rows = certify_lot(&model, &Exact::default().solve(&model).unwrap()).unwrap();
        assert_eq!((core.objective(), core.winners()), (rows.objective(), rows.winners()));
        assert_eq!(core.outcome(), rows.outcome());
    }
}

fn random_terms(random: &mut Random, columns: usize, most: i128) -> Vec<(usize, i128)> {
    let mut terms = Vec::new();
    for column in 0..columns {
        if random.one_in(2) {
            terms.push((column, random.between(-most, most)));
        }
    }
    terms
}

/// A programme with decisions, counts and volumes, any rows and up to three objectives.
pub fn random_programme(random: &mut Random) -> LotModel {
    let count = usize::try_from(random.between(1, 6)).unwrap();
    let column = |number: usize, random: &mut Random| match number % 3 {
        0 | 1 => Column { name: format!("wins[{number}]"), lower: 0, upper: 1, integer: true },
        _ => {
            let lower = random.between(-2, 1);
            let integer = random.one_in(2);
            Column { name: format!("volume[{number}]"), lower, upper: lower + random.between(0, 4), integer }
        }
    };
    let columns: Vec<Column> = (0..count).map(|number| column(number, random)).collect();
    let rows = (0..random.between(0, 4)).map(|number| Row {
        rule: "rule".into(),
        label: format!("row[{number}]"),
        terms: random_terms(random, count, 5),
        sense: match random.between(0, 4) {
            0 | 1 => Sense::Le,
            2 | 3 => Sense::Ge,
            _ => Sense::Eq,
        },
        rhs: random.between(-4, 6),
    });
    let rows = rows.collect();
    let objectives = (0..random.between(1, 3)).map(|_| Objective {
        direction: if random.one_in(4) { Direction::Maximise } else { Direction::Minimise },
        terms: random_terms(random, count, 3),
    });
    let objectives = objectives.collect();
    let winners = (0..count).filter(|number| number % 3 < 2).map(|number| (number, format!("B{number}")));
    let lot = GeneralLot { winners: winners.collect(), regions: Vec::new(), delivers: Vec::new() };
    LotModel::general("L1", columns, rows, objectives, lot).unwrap()
}

/// The best values of all objectives in turn, and the sets of winners that reach them, by trying every point.
pub fn best(model: &LotModel) -> Option<(Vec<i128>, BTreeSet<Vec<String>>)> {
    let Shape::General(lot) = &model.shape else { panic!("not general") };
    let mut best: Option<(Vec<i128>, BTreeSet<Vec<String>>)> = None;
    let mut values: Vec<i128> = model.columns.iter().map(|column| column.lower).collect();
    loop {
        if exhaustive::feasible(model, &values) {
            let reached: Vec<i128> = model
                .objectives()
                .map(|objective| {
                    let sum: i128 = objective.terms.iter().map(|&(j, c)| c * values[j]).sum();
                    if objective.direction == Direction::Maximise { -sum } else { sum }
                })
                .collect();
            let set: Vec<String> = lot
                .winners
                .iter()
                .filter(|(column, _)| values[*column] == 1)
                .map(|(_, bid)| bid.clone())
                .collect();
            match &mut best {
                Some((known, sets)) if *known == reached => {
                    sets.insert(set);
                }
                Some((known, _)) if *known < reached => {}
                _ => best = Some((reached, BTreeSet::from([set]))),
            }
        }
        let Some(next) = (0..values.len()).find(|j| values[*j] < model.columns[*j].upper) else {
            return best;
        };
        values[next] += 1;
        (0..next).for_each(|j| values[j] = model.columns[j].lower);
    }
}

#[test]
fn programmes_come_out_as_exhaustive_search_has_them() {
    let mut random = Random(23);
    let (mut draws, mut awards, mut none) = (0, 0, 0);
    for round in 0..4_000 {
        let model = random_programme(&mut random);
        let exact = Exact::default().solve(&model).unwrap();
        let certified = certify_lot(&model, &exact)
            .unwrap_or_else(|fault| panic!("{round} {fault:?} {model:?} {exact:?}"));
        let expected = best(&model);
        assert_eq!(
            winner_sets(&certified),
            expected.clone().map(|best| best.1).unwrap_or_default(),
            "{model:?}"
        );
        let reached = certified.values().map(|values| {
            let turned = |o: &Objective| {
                let sum: i128 = o.terms.iter().map(|&(j, c)| c * values[j]).sum();
                if o.direction == Direction::Maximise { -sum } else { sum }
            };
            model.objectives().map(turned).collect::<Vec<_>>()
        });
        assert_eq!(reached, expected.map(|best| best.0));
        assert_eq!(certified.proof(), ProofKind::Exact);
        match certified.outcome() {
            Outcome::DrawRequired(_) => draws += 1,
            Outcome::Awarded => awards += 1,
            _ => none += 1,
        }
    }
    assert!(draws > 200 && awards > 500 && none > 300, "{draws} {awards} {none}");
}

#[test]
fn a_search_of_rows_that_is_given_up_keeps_an_honest_bound() {
    let mut random = Random(24);
    let mut unproved = 0;
    for _ in 0..400 {
        let model = random_programme(&mut random);
        let expected = best(&model).map(|best| best.0[0]);
        let short = Exact { most_cases: 1, ..Exact::default() }.solve(&model).unwrap();
        let certified = certify_lot(&model, &short).unwrap();
        let turned =
            |value: i128| if model.objective.direction == Direction::Maximise { -value } else { value };
        match (certified.outcome(), certified.proof()) {
            (Outcome::Unproved, ProofKind::Bound { bound }) => {
                unproved += 1;
                assert!(expected.is_none_or(|best| turned(bound) <= best));
                let better = Claim::Unproved { bound: turned(turned(bound) + 1_000) };
                let overstated = jicai::model::LotCandidate { claim: better, ..short };
                assert!(certify_lot(&model, &overstated).is_err());
            }
            _ => assert_eq!(certified.objective().map(turned), expected),
        }
    }
    assert!(unproved > 20, "{unproved}");
}

#[cfg(feature = "solver")]
#[test]
fn both_engines_agree_on_programmes() {
    let mut random = Random(25);
    let mut refused = 0;
    for _ in 0..1_000 {
        let mut model = random_programme(&mut random);
        // Volumes that do not come out whole by themselves are more than that engine can do.
        model.columns.iter_mut().for_each(|column| column.integer = true);
        let exact = Exact::default().solve(&model).unwrap();
        certify_lot(&model, &exact).unwrap();
        match jicai::solve::Linear.solve(&model) {
            Ok(linear) => jicai::solve::agree(&model, ("exact", &exact), ("linear", &linear)).unwrap(),
            Err(_) => refused += 1,
        }
    }
    assert!(refused < 10, "{refused}");
}
