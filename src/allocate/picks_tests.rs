//! Tests of the checks of recorded picks.

use super::*;
use crate::diagnostics::{Place, Source};
use crate::money::Proportion;
use crate::tender::{Bid, BidId, BidState, Demand, LotId, VolumeClass};

fn place(file: &str, line: usize, text: &str) -> Place {
    let before = "\n".repeat(line.saturating_sub(1));
    Source::new(file, format!("{before}{text}")).place(before.len()..before.len().saturating_add(text.len()))
}

fn bid(supplier: &str) -> Bid {
    Bid {
        id: BidId::new(format!("L1/{supplier}")),
        supplier_id: SupplierId::new(supplier),
        product: None,
        spec: None,
        content_ratio: Proportion::ONE,
        fill_ratio: Proportion::ONE,
        pack_count: Proportion::ONE,
        price: None,
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
        place: place("bids.csv", 2, supplier),
    }
}

/// Bids of A, B, C and D; regions P1 to P3 with demand and P0 with a volume of zero.
fn lot(picks: &[(&str, &str, Role)]) -> Lot {
    let demand = [("P0", "0"), ("P1", "30"), ("P2", "20"), ("P3", "10")];
    Lot {
        id: LotId::new("L1"),
        name: "L1".to_owned(),
        name_zh: None,
        unit: None,
        ceiling_price: None,
        reference_price: None,
        volume_class: VolumeClass::Ordinary,
        group: None,
        spread_rank: None,
        class_a_line: None,
        class_b_line: None,
        bids: ["A", "B", "C", "D"].map(bid).into(),
        demand: demand
            .iter()
            .zip(2..)
            .map(|((region, volume), line)| Demand {
                region: Region::new(*region),
                volume: Quantity::parse(volume).unwrap(),
                content_ratio: Proportion::ONE,
                supplier_id: None,
                institution: None,
                second_choice: None,
                place: place("demand.csv", line, region),
            })
            .collect(),
        picks: picks
            .iter()
            .zip(2..)
            .map(|((region, supplier, role), line)| Pick {
                region: Region::new(*region),
                supplier_id: SupplierId::new(*supplier),
                role: *role,
                place: place("picks.csv", line, region),
            })
            .collect(),
        decisions: Vec::new(),
        expected: None,
        baselines: Vec::new(),
    }
}

/// What A and B, who won, and `tied` make of the picks: the result, and codes with lines of errors and warnings.
fn checked(lot: &Lot, tied: &[usize], unordered: &[Vec<usize>]) -> (Recorded, Vec<String>, Vec<String>) {
    let volumes = lot.demand.iter().map(|demand| (demand.region.clone(), demand.volume)).collect();
    let (mut problems, mut warnings) = (Diagnostics::new(), Diagnostics::new());
    let four_regions = lot.picks.iter().any(|pick| pick.region.as_str() == "P0");
    let counts = if four_regions { [2, 2] } else { [2, 1] };
    let draft =
        Draft { lot, winners: &[0, 1], others: &[], tied, unordered, volumes: &volumes, counts: &counts };
    let recorded = check(&draft, &mut problems, &mut warnings);
    let told = |all: &Diagnostics| {
        let line = |one: &Diagnostic| one.place.as_ref().map_or(0, |place| place.line);
        all.iter().map(|one| format!("{}:{}", one.code.id(), line(one))).collect()
    };
    (recorded, told(&problems), told(&warnings))
}

const MAIN: Role = Role::Main;
const BY_THE_DRAFT: [(&str, &str, Role); 3] = [("P1", "A", MAIN), ("P2", "B", MAIN), ("P3", "A", MAIN)];

fn published(mut lot: Lot, suppliers: &[&str]) -> Lot {
    lot.expected = Some(suppliers.iter().map(|supplier| SupplierId::new(*supplier)).collect());
    lot
}

#[test]
fn picks_that_follow_the_draft_stand_without_a_word() {
    let (recorded, problems, warnings) = checked(&lot(&BY_THE_DRAFT), &[], &[]);
    let standing = BY_THE_DRAFT.iter().zip([0, 1, 0]).map(|((region, _, role), winner)| Picked {
        region: Region::new(*region),
        winner,
        role: *role,
    });
    assert_eq!(recorded, Recorded::Picks(standing.collect()));
    assert!(problems.is_empty() && warnings.is_empty(), "{problems:?} {warnings:?}");
    assert_eq!(checked(&lot(&[]), &[], &[]), (Recorded::Nothing, vec![], vec![]));
}

#[test]
fn every_fault_is_found_at_once_with_its_line() {
    let picks = [
        ("P1", "A", MAIN),
        ("P1", "B", MAIN),
        ("P1", "A", Role::Backup(1)),
        ("P2", "C", MAIN),
        ("P9", "B", MAIN),
        ("P1", "B", Role::Backup(2)),
    ];
    let (_, problems, warnings) = checked(&lot(&picks), &[], &[]);
    // demand.csv: P3 has nobody. picks.csv: P1 twice as main, A and B twice in P1, C did not win, P9 has no demand.
    assert_eq!(problems, ["E0524:5", "E0325:3", "E0522:4", "E0523:5", "E0333:6", "E0522:7"]);
    assert!(warnings.is_empty());
}

#[test]
fn a_region_of_volume_zero_may_be_picked_or_not_and_counts_when_it_is() {
    let mut picks = BY_THE_DRAFT.to_vec();
    picks.push(("P0", "B", MAIN));
    let (recorded, problems, warnings) = checked(&lot(&picks), &[], &[]);
    assert!(matches!(recorded, Recorded::Picks(picks) if picks.len() == 4));
    assert!(problems.is_empty() && warnings.is_empty());
    picks[3].1 = "A";
    let (_, problems, warnings) = checked(&lot(&picks), &[], &[]);
    assert_eq!((problems, warnings), (vec![], vec!["W0522:2".to_owned()]));
}

#[test]
fn other_counts_than_those_of_the_draft_are_said_and_used() {
    let lot = lot(&[("P1", "A", MAIN), ("P2", "B", MAIN), ("P3", "B", MAIN)]);
    let (recorded, problems, warnings) = checked(&lot, &[], &[]);
    assert!(matches!(recorded, Recorded::Picks(_)) && problems.is_empty());
    assert_eq!(warnings, ["W0522:2"]);
    // Nobody knows which of A and B came first, so one and two are as good as two and one.
    let (_, _, warnings) = checked(&lot, &[], &[vec![1, 0]]);
    assert!(warnings.is_empty());
}

#[test]
fn picks_of_published_winners_who_did_not_win_here_are_set_aside() {
    let picks = [("P1", "A", MAIN), ("P2", "C", MAIN), ("P3", "A", MAIN)];
    let (recorded, problems, warnings) = checked(&published(lot(&picks), &["A", "C"]), &[], &[]);
    assert_eq!((recorded, problems, warnings), (Recorded::Nothing, vec![], vec!["W0521:3".to_owned()]));
    // Without B the published award is another one, though A did win.
    let picks = [("P1", "A", MAIN), ("P2", "A", MAIN), ("P3", "A", MAIN)];
    let (recorded, problems, warnings) = checked(&published(lot(&picks), &["A"]), &[], &[]);
    assert_eq!((recorded, problems, warnings), (Recorded::Nothing, vec![], vec!["W0521:2".to_owned()]));
    // D is neither a winner nor published.
    let picks = [("P1", "A", MAIN), ("P2", "C", MAIN), ("P3", "D", MAIN)];
    let (_, problems, _) = checked(&published(lot(&picks), &["A", "C"]), &[], &[]);
    assert_eq!(problems, ["E0523:4"]);
}

#[test]
fn picks_of_a_bid_that_may_still_win_are_no_error() {
    let picks = [("P1", "A", MAIN), ("P2", "C", MAIN), ("P3", "A", MAIN)];
    let (_, problems, warnings) = checked(&lot(&picks), &[2, 3], &[]);
    assert!(problems.is_empty() && warnings.is_empty());
}
