//! Lots decided by rank.

use std::collections::BTreeSet;

use jicai::certify::{CertifiedLot, CertifyFaultKind, Draw, Outcome, ProofKind, certify_lot};
use jicai::model::{
    LotModel, ModelFaultKind, RankedCandidate, RankedLot, RankedRules, Share, Tie, WithoutPlace,
};
use jicai::solve::{Engine, Exact};

use crate::exhaustive;
use crate::random::Random;

pub fn rules() -> RankedRules {
    RankedRules {
        order: "lowest-first".into(),
        places: "quota".into(),
        award: "screens".into(),
        share: "agreed-share".into(),
    }
}

pub fn bid(bid_id: &str, order_class: u32) -> RankedCandidate {
    RankedCandidate {
        bid_id: bid_id.into(),
        order_class,
        unit: 0,
        shortlist_barred_by: None,
        win_barred_by: None,
        without_place: None,
    }
}

fn without_place(counts: bool) -> Option<WithoutPlace> {
    Some(WithoutPlace { rule: "second-chance".into(), counts })
}

pub fn lot(candidates: Vec<RankedCandidate>, places: u32) -> RankedLot {
    let shares = (1..=places).map(|winners| Share { winners, numerator: 40 + 10 * i128::from(winners) });
    RankedLot {
        lot_id: "L1".into(),
        candidates,
        places: vec![places],
        shares: shares.collect(),
        share_denominator: 100,
        base_volume: 12_345,
        rules: rules(),
    }
}

pub fn random_lot(random: &mut Random) -> LotModel {
    let n = random.between(0, 5);
    let classes = random.between(1, 4);
    let mut candidates: Vec<_> = (0..n)
        .map(|b| {
            let mut one = bid(&format!("B{b}"), u32::try_from(random.between(1, classes)).unwrap());
            one.shortlist_barred_by = random.one_in(5).then(|| "ceiling".into());
            one.win_barred_by = random.one_in(3).then(|| "multiple-of-lowest".into());
            one
        })
        .collect();
    if random.one_in(2) {
        candidates.reverse();
    }
    let places = u32::try_from(random.between(0, 5)).unwrap();
    for b in 0..candidates.len() {
        let open = |c: &&RankedCandidate| c.shortlist_barred_by.is_none();
        let class = candidates[b].order_class;
        let better = candidates.iter().filter(open).filter(|c| c.order_class < class).count();
        // Beyond the places whatever is drawn, or kept off the shortlist.
        if candidates[b].shortlist_barred_by.is_none() && better >= places as usize && random.one_in(2) {
            candidates[b].without_place = without_place(true);
        } else if candidates[b].shortlist_barred_by.is_some() && random.one_in(2) {
            candidates[b].without_place = without_place(false);
        }
    }
    let mut lot = lot(candidates, places);
    lot.shares.extend((places + 1..=places + 5).map(|winners| Share { winners, numerator: 90 }));
    lot.into_model().unwrap()
}

/// The winner sets that the outcome leaves open.
fn winner_sets(lot: &LotModel, certified: &CertifiedLot) -> BTreeSet<Vec<String>> {
    let jicai::model::Shape::Ranked(ranked) = &lot.shape else { panic!("not a ranked lot") };
    let Outcome::DrawRequired(Draw::Places(ties)) = certified.outcome() else {
        return BTreeSet::from([certified.winners().to_vec()]);
    };
    let [tie] = ties.as_slice() else { panic!("more than one tie") };
    let wins = |id: &String| ranked.candidates.iter().any(|c| c.bid_id == *id && c.win_barred_by.is_none());
    let with = |option: Vec<String>| {
        let mut all = certified.winners().to_vec();
        all.extend(option.into_iter().filter(wins));
        all.sort();
        all
    };
    tie.options(1000).unwrap().into_iter().map(with).collect()
}

#[test]
fn exact_engine_and_exhaustive_search_agree_on_ranked_lots() {
    let mut random = Random(1);
    let (mut draws, mut awards, mut none) = (0, 0, 0);
    for _ in 0..2_000 {
        let lot = random_lot(&mut random);
        let exact = Exact::default().solve(&lot).unwrap();
        let certified = certify_lot(&lot, &exact).unwrap();
        let (objective, sets) = exhaustive::best_ranked(&lot);
        assert_eq!(certified.objective(), Some(objective));
        assert_eq!(winner_sets(&lot, &certified), sets, "{lot:?}");
        match certified.outcome() {
            Outcome::DrawRequired(_) => draws += 1,
            Outcome::Awarded => awards += 1,
            _ => none += 1,
        }
    }
    assert!(draws > 200 && awards > 500 && none > 200, "{draws} {awards} {none}");
}

#[cfg(feature = "solver")]
#[test]
fn both_engines_agree_on_ranked_lots() {
    let mut random = Random(2);
    for _ in 0..1_000 {
        let lot = random_lot(&mut random);
        let exact = Exact::default().solve(&lot).unwrap();
        let linear = jicai::solve::Linear.solve(&lot).unwrap();
        jicai::solve::agree(&lot, ("exact", &exact), ("linear", &linear)).unwrap();
        let one = certify_lot(&lot, &exact).unwrap();
        let other = certify_lot(&lot, &linear).unwrap();
        assert_eq!((one.outcome(), one.winners()), (other.outcome(), other.winners()));
    }
}

#[test]
fn a_bid_above_the_ceiling_takes_no_place_and_a_failing_one_is_not_replaced() {
    let mut bids = vec![bid("A", 1), bid("B", 2), bid("C", 3), bid("D", 4)];
    bids[0].shortlist_barred_by = Some("ceiling".into());
    bids[2].win_barred_by = Some("multiple-of-lowest".into());
    let model = lot(bids, 2).into_model().unwrap();
    let certified = certify_lot(&model, &Exact::default().solve(&model).unwrap()).unwrap();
    assert_eq!(certified.outcome(), &Outcome::Awarded);
    assert_eq!(certified.winners(), ["B"]);
    assert_eq!(certified.proof(), ProofKind::Exact);
    let jicai::model::Shape::Ranked(ranked) = &model.shape else { panic!("not a ranked lot") };
    assert_eq!(certified.values().unwrap()[ranked.layout().agreed()], 50 * 12_345);
}

#[test]
fn ties_at_the_edge_need_a_draw_only_when_one_of_them_would_win() {
    let mut bids = vec![bid("A", 1), bid("B", 2), bid("C", 2), bid("D", 2)];
    let model = lot(bids.clone(), 3).into_model().unwrap();
    let certified = certify_lot(&model, &Exact::default().solve(&model).unwrap()).unwrap();
    let tie = Tie { tied: vec!["B".into(), "C".into(), "D".into()], places: 2 };
    assert_eq!(tie.options(3).unwrap().len(), 3);
    assert_eq!(tie.options(2), None);
    assert_eq!(certified.outcome(), &Outcome::DrawRequired(Draw::Places(vec![tie])));
    assert_eq!(certified.winners(), ["A"]);
    for one in &mut bids[1..] {
        one.win_barred_by = Some("multiple-of-lowest".into());
    }
    let model = lot(bids.clone(), 3).into_model().unwrap();
    let certified = certify_lot(&model, &Exact::default().solve(&model).unwrap()).unwrap();
    assert_eq!(certified.outcome(), &Outcome::Awarded);
    let model = lot(bids, 4).into_model().unwrap();
    let certified = certify_lot(&model, &Exact::default().solve(&model).unwrap()).unwrap();
    assert_eq!(certified.winners(), ["A"]);
}

#[test]
fn bids_that_win_without_a_place_count_or_not_and_must_be_off_the_shortlist() {
    let mut bids = vec![bid("A", 1), bid("B", 2), bid("C", 3), bid("D", 4)];
    bids[0].shortlist_barred_by = Some("far-below".into());
    bids[0].without_place = without_place(false);
    bids[3].without_place = without_place(true);
    let with_shares = |bids: &[RankedCandidate]| {
        let mut lot = lot(bids.to_vec(), 2);
        lot.shares.extend([3, 4].map(|winners| Share { winners, numerator: 70 }));
        lot.into_model().unwrap()
    };
    let model = with_shares(&bids);
    let exact = Exact::default().solve(&model).unwrap();
    let certified = certify_lot(&model, &exact).unwrap();
    assert_eq!(certified.winners(), ["A", "B", "C", "D"]);
    let jicai::model::Shape::Ranked(ranked) = &model.shape else { panic!("not a ranked lot") };
    // Three count: B, C and D.
    assert_eq!(certified.values().unwrap()[ranked.layout().agreed()], 70 * 12_345);
    let mut wrong = exact.clone();
    wrong.best.as_mut().unwrap().values[ranked.layout().wins(3)] = 0;
    let fault = certify_lot(&model, &wrong).unwrap_err().kind;
    assert!(matches!(fault, CertifyFaultKind::RowBroken { ref rule, .. } if rule == "second-chance"));
    // C is within the places, so it cannot be one that wins without a place.
    bids[2].without_place = without_place(true);
    let model = with_shares(&bids);
    let exact = Exact::default().solve(&model).unwrap();
    let fault = certify_lot(&model, &exact).unwrap_err().kind;
    assert!(matches!(fault, CertifyFaultKind::Recount(_) | CertifyFaultKind::RowBroken { .. }), "{fault:?}");
}

#[test]
fn the_order_of_the_bids_does_not_matter() {
    let bids = vec![bid("A", 1), bid("B", 2), bid("C", 2)];
    let mut turned = bids.clone();
    turned.reverse();
    assert_eq!(lot(bids, 2).into_model(), lot(turned, 2).into_model());
}

#[test]
fn a_wrong_row_is_noticed() {
    let model = lot(vec![bid("A", 1), bid("B", 2), bid("C", 3)], 2).into_model().unwrap();
    let exact = Exact::default().solve(&model).unwrap();
    let with_places = |places| {
        let mut wrong = model.clone();
        wrong.rows.iter_mut().find(|row| row.label == "places").unwrap().rhs = places;
        wrong
    };
    let wrong = with_places(3);
    assert!(matches!(certify_lot(&wrong, &exact).unwrap_err().kind, CertifyFaultKind::NotProved { .. }));
    #[cfg(feature = "solver")]
    {
        let wrong = with_places(1);
        let linear = jicai::solve::Linear.solve(&wrong).unwrap();
        let fault = jicai::solve::agree(&wrong, ("exact", &exact), ("linear", &linear)).unwrap_err();
        assert_eq!(fault.lot_id, "L1");
    }
}

#[test]
fn wrong_awards_are_refused() {
    let model = lot(vec![bid("A", 1), bid("B", 2), bid("C", 3)], 2).into_model().unwrap();
    let right = Exact::default().solve(&model).unwrap();
    let refused = |change: &dyn Fn(&mut Vec<i128>)| {
        let mut wrong = right.clone();
        let best = wrong.best.as_mut().unwrap();
        change(&mut best.values);
        best.objective = exhaustive::objective(&model, &best.values);
        certify_lot(&model, &wrong).unwrap_err().kind
    };
    let skips_b = refused(&|v| (v[1], v[2], v[4], v[5]) = (0, 1, 0, 1));
    assert!(matches!(skips_b, CertifyFaultKind::RowBroken { ref rule, .. } if rule == "lowest-first"));
    let second_best = refused(&|v| {
        (v[1], v[4], v[7], v[8]) = (0, 0, 1, 0);
        v[9] = 50 * 12_345;
    });
    assert_eq!(second_best, CertifyFaultKind::Recount("B".into()));
    assert!(matches!(refused(&|v| v[9] -= 1), CertifyFaultKind::RowBroken { .. }));
    assert_eq!(refused(&|v| v[0] = 2), CertifyFaultKind::ColumnBound("shortlisted[A]".into()));
    assert_eq!(refused(&|v| v.push(0)), CertifyFaultKind::Columns);
}

#[test]
fn lots_that_make_no_sense_are_refused() {
    let fault = |lot: RankedLot| lot.into_model().unwrap_err().kind;
    assert_eq!(fault(lot(vec![bid("A", 1), bid("A", 2)], 2)), ModelFaultKind::BidTwice("A".into()));
    let mut short = lot(vec![bid("A", 1), bid("B", 2)], 2);
    short.shares.pop();
    assert_eq!(fault(short), ModelFaultKind::ShareMissing(2));
    let mut negative = lot(vec![bid("A", 1)], 1);
    negative.base_volume = -1;
    assert_eq!(fault(negative), ModelFaultKind::Negative);
}

#[cfg(feature = "solver")]
#[test]
fn volumes_with_more_digits_than_a_float_are_exact_in_both_engines() {
    let mut large = lot(vec![bid("A", 1), bid("B", 2), bid("C", 3)], 2);
    large.base_volume = 98_765_432_109_876_543_211;
    let model = large.into_model().unwrap();
    let exact = Exact::default().solve(&model).unwrap();
    let linear = jicai::solve::Linear.solve(&model).unwrap();
    assert_eq!(exact.best, linear.best);
    certify_lot(&model, &linear).unwrap();
}
