//! Agreement with published winners, with and without draws.

use super::*;
use crate::allocate::{Basis, LotAllocation};
use crate::certify::{LotAward, Proof, Tie, Winner};
use crate::compare::{ComparableBid, ComparableLot};
use crate::diagnostics::Place;
use crate::money::{Money, Proportion, Quantity, UnitPrice};
use crate::report::draw::options;
use crate::screen::{Route, ScreenedLot};
use crate::tender::{Bid, BidState, ControllerId, Lot, VolumeClass};

fn proportion() -> Proportion {
    Proportion::parse("1").unwrap()
}

fn bid(supplier: &str) -> (Bid, ComparableBid) {
    let price = UnitPrice::parse("1").unwrap();
    let bid = Bid {
        id: BidId::new(format!("L/{supplier}")),
        supplier_id: SupplierId::new(supplier),
        product: None,
        spec: None,
        content_ratio: proportion(),
        fill_ratio: proportion(),
        pack_count: proportion(),
        price: Some(price),
        ceiling_price: None,
        previous_price: None,
        capacity: None,
        min_quantity: None,
        fixed_cost: None,
        bands: Vec::new(),
        regional: Vec::new(),
        unit_group: None,
        quality_score: None,
        supply_score: None,
        own_active_ingredient: None,
        service_fee: None,
        approved_on: None,
        prior_volume: None,
        accepts_revival: None,
        preferred: None,
        preference_points: None,
        accepts_match: None,
        state: BidState::Valid,
        reason: None,
        place: Place::file("bids.csv"),
    };
    let comparable = ComparableBid {
        controller: ControllerId::new(supplier),
        comparable_price: Some(price),
        comparable_previous: None,
        comparable_ceiling: None,
        against_ceiling: None,
    };
    (bid, comparable)
}

fn reason(rule: &'static str, verdict: Verdict) -> Reason {
    Reason { rule, verdict, facts: Vec::new(), cite: "article 1".to_owned() }
}

/// Suppliers a, b, c … in the order of `fails`; a bid that fails is ranked and cannot win.
fn screened(fails: &[Option<&'static str>], expected: &[&str]) -> ScreenedLot {
    let names = ["a", "b", "c", "d", "e"];
    let (bids, comparable): (Vec<_>, Vec<_>) = names.iter().take(fails.len()).map(|name| bid(name)).unzip();
    let lot = Lot {
        id: LotId::new("L"),
        name: "lot".to_owned(),
        name_zh: None,
        unit: None,
        ceiling_price: None,
        reference_price: None,
        volume_class: VolumeClass::Ordinary,
        group: None,
        spread_rank: None,
        class_a_line: None,
        class_b_line: None,
        bids,
        demand: Vec::new(),
        picks: Vec::new(),
        decisions: Vec::new(),
        expected: Some(expected.iter().map(|name| SupplierId::new(*name)).collect()),
        baselines: Vec::new(),
    };
    let said = fails.iter().map(|fails| ScreenedBid {
        counts: true,
        reasons: vec![
            reason("first", Verdict::Fail),
            reason(fails.unwrap_or("first"), if fails.is_some() { Verdict::Fail } else { Verdict::Pass }),
            reason("last", Verdict::Fail),
        ],
        standing: Standing::Ranked { rank: 1, tied: 1, fails: *fails },
        route: Route::Place,
        unit: None,
        class: None,
        agreed_share: None,
    });
    ScreenedLot {
        comparable: ComparableLot {
            lot,
            bids: comparable,
            demand: Vec::new(),
            region_volumes: std::collections::BTreeMap::new(),
            base_volume: Quantity::ZERO,
        },
        bidders: 5,
        places: Some(3),
        unit_places: vec![1],
        lowest: None,
        anchor: None,
        bids: said.collect(),
    }
}

fn award(won: &[usize], statuses: &[BidStatus], tie: Option<TieDecides>) -> LotAward {
    let draws = tie.as_ref().is_some_and(|decides| *decides != TieDecides::Order);
    let open = (0..statuses.len()).filter(|at| match draws {
        true => !won.contains(at),
        false => won.contains(at),
    });
    let bids: Vec<usize> = open.collect();
    LotAward {
        outcome: if tie.is_some() { Outcome::DrawRequired } else { Outcome::Awarded },
        winners: won
            .iter()
            .map(|bid| Winner {
                bid: *bid,
                rank: 1,
                planned: None,
                regions: None,
                fixed_cost: None,
                offers: Vec::new(),
            })
            .collect(),
        statuses: statuses.to_vec(),
        ties: tie.into_iter().map(|decides| Tie { bids: bids.clone(), decides }).collect(),
        agreed_share: None,
        term_years: None,
        proof: Proof::Rules,
    }
}

fn with_figures<T>(screened: &ScreenedLot, award: &LotAward, look: impl Fn(&LotFigures<'_>) -> T) -> T {
    let allocation = LotAllocation {
        basis: Basis::Open,
        agreed_volume: Quantity::ZERO,
        value: Money::ZERO,
        winners: Vec::new(),
        regions: Vec::new(),
        range: None,
    };
    look(&LotFigures {
        screened,
        award,
        allocation: &allocation,
        savings: &[],
        stated: &[],
        place: 0,
        certified: None,
    })
}

fn compared(screened: &ScreenedLot, award: &LotAward) -> PublishedLot {
    with_figures(screened, award, |lot| compare_lot(lot).unwrap())
}

fn named(lot: &PublishedLot) -> Vec<&str> {
    lot.differences.iter().map(|difference| difference.supplier_id.as_str()).collect()
}

use BidStatus::{Lost, Tied, Won};

#[test]
fn the_same_winners_agree_and_others_are_explained() {
    let ours = award(&[0, 1], &[Won, Won, Lost], None);
    let fails = [None, None, Some("too-dear")];
    assert_eq!(compared(&screened(&fails, &["b", "a"]), &ours).agreement, Agreement::Agrees);
    let lot = compared(&screened(&fails, &["a", "c"]), &ours);
    assert_eq!(lot.agreement, Agreement::Differs);
    assert_eq!(named(&lot), ["b", "c"]);
    let [ours_only, theirs_only] = lot.differences.try_into().unwrap();
    assert_eq!((ours_only.status, ours_only.published_winner), (Some(Won), false));
    assert_eq!((theirs_only.status, theirs_only.published_winner), (Some(Lost), true));
    assert_eq!(theirs_only.reason.unwrap().rule, "too-dear");
}

#[test]
fn a_published_winner_without_a_bid_is_named() {
    let lot = compared(&screened(&[None], &["a", "stranger"]), &award(&[0], &[Won], None));
    assert_eq!(named(&lot), ["stranger"]);
    assert!(
        lot.differences.iter().all(|difference| difference.bid_id.is_none() && difference.status.is_none())
    );
}

#[test]
fn a_draw_agrees_with_each_of_its_results_and_with_no_other() {
    // a wins; one of b and c is drawn.
    let ours = award(&[0], &[Won, Tied, Tied], Some(TieDecides::Places { places: 1 }));
    for (expected, agreement, differ) in [
        (&["a", "b"][..], Agreement::OptionOfDraw, &[][..]),
        (&["a", "c"], Agreement::OptionOfDraw, &[]),
        (&["a"], Agreement::Differs, &["b", "c"]),
        (&["a", "b", "c"], Agreement::Differs, &["b", "c"]),
        (&["b"], Agreement::Differs, &["a"]),
    ] {
        let lot = compared(&screened(&[None; 3], expected), &ours);
        assert_eq!((lot.agreement, named(&lot)), (agreement, differ.to_vec()), "{expected:?}");
    }
    let sets = with_figures(&screened(&[None; 3], &[]), &ours, |lot| options(lot, &lot.award.ties[0]).listed);
    assert_eq!(sets.unwrap(), [[0, 1], [0, 2]]);
}

#[test]
fn a_drawn_bid_that_cannot_win_may_take_the_place_in_vain() {
    let ours = award(&[0], &[Won, Tied, Lost], Some(TieDecides::Places { places: 1 }));
    let fails = [None, None, Some("too-dear")];
    for (expected, agreement) in [
        (&["a", "b"][..], Agreement::OptionOfDraw),
        (&["a"], Agreement::OptionOfDraw),
        (&["a", "c"], Agreement::Differs),
    ] {
        assert_eq!(compared(&screened(&fails, expected), &ours).agreement, agreement, "{expected:?}");
    }
    let sets = with_figures(&screened(&fails, &[]), &ours, |lot| options(lot, &lot.award.ties[0]).listed);
    assert_eq!(sets.unwrap(), [vec![0], vec![0, 1]]);
}

#[test]
fn a_draw_for_the_order_alone_leaves_the_winners_settled() {
    let ours = award(&[0, 1], &[Won, Won], Some(TieDecides::Order));
    assert_eq!(compared(&screened(&[None; 2], &["a", "b"]), &ours).agreement, Agreement::Agrees);
    assert_eq!(compared(&screened(&[None; 2], &["a"]), &ours).agreement, Agreement::Differs);
    let orders =
        with_figures(&screened(&[None; 2], &[]), &ours, |lot| options(lot, &lot.award.ties[0]).listed);
    assert_eq!(orders.unwrap(), [[0, 1], [1, 0]]);
}

#[test]
fn awards_of_equal_cost_agree_when_one_of_them_is_published() {
    let sets = vec![vec![0, 1], vec![0, 2]];
    let ours = award(&[0], &[Won, Tied, Tied], Some(TieDecides::Award { sets, complete: true }));
    for (expected, agreement) in
        [(&["a", "c"][..], Agreement::OptionOfDraw), (&["a", "b", "c"], Agreement::Differs)]
    {
        assert_eq!(compared(&screened(&[None; 3], expected), &ours).agreement, agreement, "{expected:?}");
    }
}
