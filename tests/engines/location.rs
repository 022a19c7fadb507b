//! Lots with fixed costs, capacities and prices by region (capacitated location): volumes shared, and one supplier for
//! each region.

use jicai::certify::{Outcome, ProofKind, certify_lot, certify_programme};
use jicai::model::{
    Column, CoreBidder, CoreLot, Delivery, Direction, GeneralLot, LotModel, Objective, Row, Sense,
};
use jicai::report::programme_proof;
use jicai::solve::{Engine, Exact};
use jicai::verify;

use crate::core::rules;
use crate::exhaustive;
use crate::general::best;
use crate::random::Random;

/// Bidders and regions in a plane: prices grow with the distance, demand is uneven, fixed costs are alike.
pub fn location(random: &mut Random, bidders: usize, regions: usize, demand: i128, spare: i128) -> CoreLot {
    let mut point = || (random.between(0, 40), random.between(0, 25));
    let places: Vec<_> = (0..bidders.max(regions)).map(|_| point()).collect();
    let demand: Vec<i128> = (0..regions).map(|_| random.between(1, demand) * random.between(1, 3)).collect();
    let total: i128 = demand.iter().sum();
    let capacity = total * spare / i128::try_from(bidders).unwrap() + 1;
    let fixed = random.between(1, 8) * total;
    let bidder = |b: usize| CoreBidder {
        bid_id: format!("B{b:02}"),
        barred_by: None,
        capacity: Some(capacity),
        min_quantity: 0,
        fixed_cost: if b == bidders / 2 { 0 } else { fixed },
        price: (0..regions)
            .map(|r| Some((places[b].0 - places[r].0).abs() + (places[b].1 - places[r].1).abs() + 1))
            .collect(),
    };
    CoreLot {
        lot_id: "L1".into(),
        bidders: (0..bidders).map(bidder).collect(),
        regions: (0..regions).map(|r| format!("R{r:02}")).collect(),
        demand,
        min_winners: 0,
        max_winners: None,
        max_share: None,
        rules: rules(),
    }
}

/// The same lot with one supplier for each region.
pub fn one_supplier_each(lot: &CoreLot) -> LotModel {
    let row = |label: String, terms, sense, rhs| Row { rule: "rule".into(), label, terms, sense, rhs };
    let decision = |name: String, upper| Column { name, lower: 0, upper, integer: true };
    let (mut columns, mut cost, mut winners) = (Vec::new(), Vec::new(), Vec::new());
    for (b, bidder) in lot.bidders.iter().enumerate() {
        columns.push(decision(format!("wins[{}]", bidder.bid_id), 1));
        cost.push((b, bidder.fixed_cost));
        winners.push((b, bidder.bid_id.clone()));
    }
    let (mut rows, mut delivers) = (Vec::new(), Vec::new());
    let mut served = vec![Vec::new(); lot.demand.len()];
    for (b, bidder) in lot.bidders.iter().enumerate() {
        let capacity = bidder.capacity.unwrap();
        let mut load = vec![(b, -capacity)];
        for (r, &demand) in lot.demand.iter().enumerate() {
            let column = columns.len();
            columns.push(decision(format!("serves[{b},{r}]"), i128::from(demand <= capacity)));
            cost.push((column, bidder.price[r].unwrap() * demand));
            served[r].push((column, 1));
            load.push((column, demand));
            delivers.push(Delivery { column, bid: b, region: r, volume: demand });
            rows.push(row(format!("link[{b},{r}]"), vec![(column, 1), (b, -1)], Sense::Le, 0));
        }
        rows.push(row(format!("capacity[{b}]"), load, Sense::Le, 0));
    }
    for (r, terms) in served.into_iter().enumerate() {
        rows.push(row(format!("demand[{r}]"), terms, Sense::Eq, 1));
    }
    let objective = Objective { direction: Direction::Minimise, terms: cost };
    let general = GeneralLot { winners, regions: lot.regions.clone(), delivers };
    LotModel::general("L1", columns, rows, vec![objective], general).unwrap()
}

#[test]
fn small_locations_come_out_as_exhaustive_search_has_them() {
    let mut random = Random(51);
    for round in 0..150 {
        let lot = location(&mut random, 3, 3, 2, 2 + round % 3);
        let model = lot.clone().into_model().unwrap();
        let certified = certify_lot(&model, &Exact::default().solve(&model).unwrap()).unwrap();
        let (cost, sets) = exhaustive::best_core(&lot);
        assert_eq!(certified.objective(), cost);
        assert_eq!(certified.outcome() == &Outcome::Awarded, sets.len() == 1);
    }
}

#[test]
fn small_locations_with_one_supplier_each_come_out_as_exhaustive_search_has_them() {
    let mut random = Random(52);
    let mut none = 0;
    for round in 0..150 {
        let model = one_supplier_each(&location(&mut random, 3, 3, 3, 1 + round % 3));
        let exact = Exact::default().solve(&model).unwrap();
        let (certified, certificate) = certify_programme(&model, &exact).unwrap();
        let expected = best(&model);
        assert_eq!(certified.objective(), expected.map(|best| best.0[0]));
        none += usize::from(certified.outcome() == &Outcome::NoAward);
        let proof = serde_json::from_slice(&programme_proof(&certificate)).unwrap();
        verify::programme_proof(&proof).unwrap();
    }
    assert!(none > 10, "{none}");
}

#[test]
fn larger_locations_are_proved_with_few_cases() {
    let mut random = Random(53);
    for spare in [2, 4] {
        let lot = location(&mut random, 12, 16, 900, spare);
        let model = lot.clone().into_model().unwrap();
        let exact = Exact::default().solve(&model).unwrap();
        let shared = certify_lot(&model, &exact).unwrap();
        assert_eq!(shared.proof(), ProofKind::Exact);
        assert!(exact.proof.steps.len() < 600, "{}", exact.proof.steps.len());
    }
}

/// Large regions that must be packed whole may keep the search busy; then its bound is honest and nothing is awarded.
#[test]
fn locations_with_one_supplier_each_are_never_awarded_without_a_proof() {
    let mut random = Random(54);
    for spare in [3, 4, 5] {
        let lot = location(&mut random, 6, 8, 900, spare);
        let model = lot.clone().into_model().unwrap();
        let shared = certify_lot(&model, &Exact::default().solve(&model).unwrap()).unwrap().objective();
        let model = one_supplier_each(&lot);
        for most_cases in [3, 300] {
            let one = certify_lot(&model, &Exact { most_cases, ..Exact::default() }.solve(&model).unwrap())
                .unwrap();
            match (one.outcome(), one.proof()) {
                (Outcome::Awarded, proof) => {
                    assert_eq!(proof, ProofKind::Exact);
                    assert!(one.objective() >= shared, "{one:?}");
                }
                (_, ProofKind::Bound { bound }) => assert!(one.objective().is_none_or(|cost| bound <= cost)),
                _ => {}
            }
        }
    }
}
