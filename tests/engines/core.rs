//! Lots decided by least cost.

use std::collections::BTreeSet;

use jicai::certify::{CertifiedLot, CertifyFaultKind, Draw, Outcome, ProofKind, certify_lot};
use jicai::model::{
    Claim, CoreBidder, CoreLot, CoreRules, LotCandidate, LotModel, MaxShare, Proof, Proposal, Purpose, Row,
    RowWeights, Step,
};
use jicai::solve::{Engine, Exact};

use crate::exhaustive;
use crate::random::Random;

pub fn rules() -> CoreRules {
    CoreRules {
        demand: "meet-demand".into(),
        capacity: "capacity".into(),
        min_quantity: "least-quantity".into(),
        winners: "number-of-winners".into(),
        share: "largest-share".into(),
    }
}

pub fn random_lot(random: &mut Random, bidders: i128, regions: i128, volume: i128) -> CoreLot {
    let regions = usize::try_from(random.between(1, regions)).unwrap();
    let demand: Vec<i128> = (0..regions).map(|_| random.between(0, volume)).collect();
    let total: i128 = demand.iter().sum();
    let uniform = random.one_in(2);
    let bidders = (0..random.between(1, bidders)).map(|b| {
        let base = random.between(1, 4);
        let mut price = |_| match random.one_in(6) {
            true => None,
            false => Some(if uniform { base } else { base + random.between(0, 3) }),
        };
        let price = (0..regions).map(&mut price).collect();
        CoreBidder {
            bid_id: format!("B{b:02}"),
            barred_by: random.one_in(10).then(|| "ceiling".into()),
            capacity: random.one_in(2).then(|| random.between(0, total)),
            min_quantity: if random.one_in(3) { random.between(0, total / 2) } else { 0 },
            fixed_cost: if random.one_in(2) { random.between(0, 5) } else { 0 },
            price,
        }
    });
    let bidders: Vec<_> = bidders.collect();
    CoreLot {
        lot_id: "L1".into(),
        bidders,
        regions: (0..regions).map(|r| format!("R{r}")).collect(),
        demand,
        min_winners: u32::try_from(random.between(0, 2)).unwrap(),
        max_winners: random.one_in(2).then(|| u32::try_from(random.between(1, 3)).unwrap()),
        max_share: random.one_in(3).then(|| MaxShare { numerator: random.between(4, 10), denominator: 10 }),
        rules: rules(),
    }
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
fn exact_engine_and_exhaustive_search_agree_on_core_lots() {
    let mut random = Random(3);
    let (mut draws, mut awards, mut none) = (0, 0, 0);
    for _ in 0..4_000 {
        let lot = random_lot(&mut random, 4, 3, 3);
        let model = lot.clone().into_model().unwrap();
        let exact = Exact::default().solve(&model).unwrap();
        let certified =
            certify_lot(&model, &exact).unwrap_or_else(|fault| panic!("{fault:?} {lot:?} {exact:?}"));
        let (cost, sets) = exhaustive::best_core(&lot);
        assert_eq!(certified.objective(), cost, "{lot:?}");
        assert_eq!(winner_sets(&certified), sets, "{lot:?}");
        assert_eq!(certified.proof(), ProofKind::Exact);
        match certified.outcome() {
            Outcome::DrawRequired(_) => draws += 1,
            Outcome::Awarded => awards += 1,
            _ => none += 1,
        }
    }
    assert!(draws > 200 && awards > 500 && none > 300, "{draws} {awards} {none}");
}

#[cfg(feature = "solver")]
#[test]
fn both_engines_agree_on_core_lots() {
    let mut random = Random(4);
    for round in 0..1_000 {
        let (bidders, regions, volume) = if round % 2 == 0 { (4, 3, 3) } else { (8, 5, 5_000) };
        let model = random_lot(&mut random, bidders, regions, volume).into_model().unwrap();
        let exact = Exact::default().solve(&model).unwrap();
        certify_lot(&model, &exact).unwrap();
        let linear = jicai::solve::Linear.solve(&model).unwrap();
        jicai::solve::agree(&model, ("exact", &exact), ("linear", &linear)).unwrap();
    }
}

#[test]
fn larger_lots_are_certified() {
    let mut random = Random(5);
    for _ in 0..100 {
        let model = random_lot(&mut random, 14, 12, 1_000_000).into_model().unwrap();
        let exact = Exact::default().solve(&model).unwrap();
        assert!(!matches!(exact.claim, Claim::Unproved { .. }));
        certify_lot(&model, &exact).unwrap();
    }
}

#[test]
fn more_ties_than_can_be_listed_are_still_a_draw() {
    let bidder = |b| CoreBidder {
        bid_id: format!("B{b:02}"),
        barred_by: None,
        capacity: None,
        min_quantity: 0,
        fixed_cost: 0,
        price: vec![Some(7)],
    };
    let lot = CoreLot {
        lot_id: "L1".into(),
        bidders: (0..20).map(bidder).collect(),
        regions: vec!["R".into()],
        demand: vec![100],
        min_winners: 0,
        max_winners: None,
        max_share: None,
        rules: rules(),
    };
    let model = lot.into_model().unwrap();
    let certified = certify_lot(&model, &Exact::default().solve(&model).unwrap()).unwrap();
    assert_eq!(certified.objective(), Some(700));
    assert!(matches!(certified.outcome(), Outcome::DrawRequired(Draw::Awards { complete: false, .. })));
    assert!(certified.winners().is_empty());
}

#[test]
fn a_search_that_is_given_up_keeps_its_award_and_an_honest_bound() {
    let mut random = Random(9);
    let (mut unproved, mut proved) = (0, 0);
    for _ in 0..300 {
        let model = random_lot(&mut random, 8, 4, 50).into_model().unwrap();
        let cost = certify_lot(&model, &Exact::default().solve(&model).unwrap()).unwrap().objective();
        for most_cases in [1, 4, 9] {
            let short = Exact { most_cases, ..Exact::default() }.solve(&model).unwrap();
            let certified = certify_lot(&model, &short).unwrap();
            match (certified.outcome(), certified.proof()) {
                (Outcome::Unproved, ProofKind::Bound { bound }) => {
                    unproved += 1;
                    assert!(cost.is_none_or(|cost| bound <= cost), "{bound} {cost:?}");
                    assert!(certified.objective().is_none_or(|found| Some(found) >= cost));
                    let overstated =
                        LotCandidate { claim: Claim::Unproved { bound: bound + 1_000 }, ..short };
                    assert!(certify_lot(&model, &overstated).is_err());
                }
                _ => {
                    proved += 1;
                    assert_eq!(certified.objective(), cost);
                }
            }
        }
    }
    assert!(unproved > 50 && proved > 50, "{unproved} {proved}");
}

/// A cheap bidder that can deliver half, and a dear one for the rest.
fn two_bidders(max_winners: u32) -> LotModel {
    let bidder = |bid_id: &str, price, capacity| CoreBidder {
        bid_id: bid_id.into(),
        barred_by: None,
        capacity,
        min_quantity: 0,
        fixed_cost: 0,
        price: vec![Some(price), Some(price)],
    };
    let lot = CoreLot {
        lot_id: "L1".into(),
        bidders: vec![bidder("A", 1, Some(5)), bidder("B", 2, None)],
        regions: vec!["R1".into(), "R2".into()],
        demand: vec![4, 6],
        min_winners: 0,
        max_winners: Some(max_winners),
        max_share: Some(MaxShare { numerator: 7, denominator: 10 }),
        rules: rules(),
    };
    lot.into_model().unwrap()
}

#[test]
fn rows_name_the_rules_that_made_them() {
    let model = two_bidders(2);
    let rows: Vec<_> = model.rows.iter().map(|row| format!("{} {}", row.rule, row.label)).collect();
    let expected = [
        "meet-demand demand[R1]",
        "meet-demand demand[R2]",
        "capacity winner-delivers[A,R1]",
        "capacity winner-delivers[A,R2]",
        "capacity winner-delivers[B,R1]",
        "capacity winner-delivers[B,R2]",
        "capacity capacity[A]",
        "largest-share largest-share[A]",
        "largest-share largest-share[B]",
        "least-quantity least-quantity[A]",
        "least-quantity least-quantity[B]",
        "number-of-winners least-number-of-winners",
        "number-of-winners largest-number-of-winners",
    ];
    assert_eq!(rows, expected);
}

#[test]
fn a_wrong_row_is_noticed() {
    let model = two_bidders(2);
    let exact = Exact::default().solve(&model).unwrap();
    assert_eq!(certify_lot(&model, &exact).unwrap().objective(), Some(15));
    let wrong = |label: &str, change: &dyn Fn(&mut Row)| {
        let mut wrong = model.clone();
        change(wrong.rows.iter_mut().find(|row| row.label == label).unwrap());
        let refused = certify_lot(&wrong, &Exact::default().solve(&wrong).unwrap());
        assert!(refused.is_err(), "{label}");
        #[cfg(feature = "solver")]
        {
            let linear = jicai::solve::Linear.solve(&wrong).unwrap();
            assert!(jicai::solve::agree(&wrong, ("exact", &exact), ("linear", &linear)).is_err(), "{label}");
        }
    };
    let capacity = |steps: i128| move |row: &mut Row| row.terms.last_mut().unwrap().1 = -steps;
    wrong("capacity[A]", &capacity(6));
    wrong("capacity[A]", &capacity(4));
    wrong("demand[R1]", &|row| row.rhs = 3);
    wrong("demand[R2]", &|row| row.rhs = 7);
    wrong("largest-share[B]", &capacity(4));
    wrong("least-quantity[B]", &capacity(6));
    wrong("largest-number-of-winners", &|row| row.rhs = 1);
}

#[test]
fn volumes_that_are_open_at_the_same_cost_are_named() {
    let mut random = Random(10);
    let (mut open, mut certain) = (0, 0);
    for _ in 0..3_000 {
        let lot = random_lot(&mut random, 4, 3, 3);
        let model = lot.clone().into_model().unwrap();
        let certified = certify_lot(&model, &Exact::default().solve(&model).unwrap()).unwrap();
        if certified.outcome() != &Outcome::Awarded {
            assert!(certified.open_volumes().is_empty());
            continue;
        }
        let ways = exhaustive::volumes_at(&lot, certified.winners(), certified.objective().unwrap());
        let differs = |i: usize| ways.iter().map(|way| way[i]).collect::<BTreeSet<_>>().len() > 1;
        let winners = certified.winners().iter().enumerate();
        let expected: Vec<_> = winners.filter(|(i, _)| differs(*i)).map(|(_, id)| id.clone()).collect();
        assert_eq!(certified.open_volumes(), expected, "{lot:?}");
        if expected.is_empty() { certain += 1 } else { open += 1 }
    }
    assert!(open > 30 && certain > 300, "{open} {certain}");
}

#[test]
fn forged_weights_are_refused() {
    let model = two_bidders(9);
    let row = model.rows.iter().position(|row| row.label == "largest-number-of-winners").unwrap();
    // The second best award: the cheap bidder serves the first region only.
    let best = Some(Proposal { values: vec![1, 1, 4, 0, 0, 6], objective: 16 });
    let forged = |denominator, weight, purpose| {
        let weights = vec![RowWeights { purpose, denominator, rows: vec![(row, weight)] }];
        let steps = vec![Step::Case { weights: 0, further: Vec::new() }];
        let proof = Proof { weights, steps, ..Proof::default() };
        let (claim, lot_id) = (Claim::Optimal, "L1".to_owned());
        let candidate =
            LotCandidate { lot_id, claim, best: best.clone(), others: Vec::new(), tie: None, proof };
        certify_lot(&model, &candidate).unwrap_err().kind
    };
    // With the wrong sign, the unused room under the limit would count as cost.
    assert_eq!(forged(1, 10, Purpose::Bound), CertifyFaultKind::WeightSign);
    assert_eq!(forged(-1, -10, Purpose::Bound), CertifyFaultKind::WeightSign);
    assert_eq!(forged(0, 0, Purpose::Bound), CertifyFaultKind::WeightSign);
    assert_eq!(forged(1, -10, Purpose::Bound), CertifyFaultKind::NotProved { bound: Box::new(Some(-90)) });
    assert_eq!(forged(1, -10, Purpose::NoAward), CertifyFaultKind::ProofIncomplete);
}
