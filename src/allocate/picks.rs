//! Recorded picks: the region draft as it really went, checked against the award.

use std::collections::{BTreeMap, BTreeSet};

use super::pick_counts::counts_by_draft;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::money::Quantity;
use crate::tender::{Lot, Pick, Region, Role, SupplierId};

/// What recorded picks are checked against.
pub(super) struct Draft<'a> {
    /// The lot with its picks.
    pub(super) lot: &'a Lot,
    /// Places of the winners that pick regions in the lot's list of bids, in rank order.
    pub(super) winners: &'a [usize],
    /// Places of the winners that pick no region.
    pub(super) others: &'a [usize],
    /// Places of the bids that win or lose by a draw still to be held.
    pub(super) tied: &'a [usize],
    /// Groups of winners, by rank from 0, whose order is not settled.
    pub(super) unordered: &'a [Vec<usize>],
    /// Base volume of each region.
    pub(super) volumes: &'a BTreeMap<Region, Quantity>,
    /// How many regions each winner has by the draft, by rank from 0.
    pub(super) counts: &'a [usize],
}

/// What becomes of the picks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Recorded {
    /// There are none, or they belong to another award.
    Nothing,
    /// They say who serves where.
    Picks(Vec<Picked>),
}

/// One pick that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Picked {
    /// Where.
    pub(super) region: Region,
    /// The winner, by rank from 0.
    pub(super) winner: usize,
    /// As what.
    pub(super) role: Role,
}

/// Checks the picks of a lot (that every role of a region is picked once, and only where there is demand, is checked again,
/// for the sums depend on it); all errors go to `problems`, what a reader should know to `warnings`.
///
/// Picks of published winners that are not the winners of this award are no error: they record another award's draft and
/// are set aside as a whole. Numbers of regions that do not follow from the draft are only said, for real results hold a
/// few.
pub(super) fn check(draft: &Draft, problems: &mut Diagnostics, warnings: &mut Diagnostics) -> Recorded {
    let lot = draft.lot;
    if lot.picks.is_empty() {
        return Recorded::Nothing;
    }
    let mut found = Diagnostics::new();
    given_twice(lot, &mut found);
    without_demand(draft, &mut found);
    let strangers = strangers(draft);
    let published = |pick: &Pick| lot.expected.iter().flatten().any(|supplier| *supplier == pick.supplier_id);
    for pick in strangers.iter().filter(|pick| !published(pick)) {
        found.push(pick_problem(Code::PickNotAWinner, lot, pick));
    }
    let all_published = lot.picks.iter().all(published);
    if strangers.iter().any(|pick| published(pick)) || (all_published && published_differ(draft)) {
        warnings.extend(set_aside(draft, &strangers));
        problems.append(found);
        return Recorded::Nothing;
    }
    not_covered(draft, &mut found);
    let picks: Vec<Picked> = lot.picks.iter().filter_map(|pick| picked(draft, pick)).collect();
    if draft.tied.is_empty() && found.is_empty() {
        counts_by_draft(draft, &picks, warnings);
    }
    problems.append(found);
    Recorded::Picks(picks)
}

fn pick_problem(code: Code, lot: &Lot, pick: &Pick) -> Diagnostic {
    Diagnostic::at(code, pick.place.clone())
        .with("lot", lot.id.as_str())
        .with("region", pick.region.as_str())
        .with("supplier", pick.supplier_id.as_str())
        .with("role", pick.role.name())
}

/// A region in the same role twice, and a supplier in two roles of one region. The pick named is the later one in the file.
fn given_twice(lot: &Lot, problems: &mut Diagnostics) {
    let mut in_file_order: Vec<&Pick> = lot.picks.iter().collect();
    in_file_order.sort_by_key(|pick| (pick.place.line, pick.place.column));
    let mut roles: BTreeMap<(&Region, Role), &Pick> = BTreeMap::new();
    let mut suppliers: BTreeMap<(&Region, &SupplierId), &Pick> = BTreeMap::new();
    for pick in in_file_order {
        let role = roles.insert((&pick.region, pick.role), pick);
        let supplier = suppliers.insert((&pick.region, &pick.supplier_id), pick);
        if let Some(first) = role {
            let problem = pick_problem(Code::RegionPickedTwice, lot, pick);
            problems.push(problem.with("first", first.place.line.to_string()));
        } else if let Some(first) = supplier {
            let problem = pick_problem(Code::PickSupplierTwice, lot, pick);
            problems.push(problem.with("first_role", first.role.name()));
        }
    }
}

fn without_demand(draft: &Draft, problems: &mut Diagnostics) {
    for pick in draft.lot.picks.iter().filter(|pick| !draft.volumes.contains_key(&pick.region)) {
        let problem = pick_problem(Code::RegionWithoutDemand, draft.lot, pick);
        problems.push(match nearest_region(draft, &pick.region) {
            Some(near) => problem.with("near", near),
            None => problem,
        });
    }
}

/// The region with demand whose name is closest, when one is close.
fn nearest_region<'a>(draft: &Draft<'a>, region: &Region) -> Option<&'a str> {
    crate::diagnostics::nearest(region.as_str(), draft.volumes.keys().map(Region::as_str))
}

/// A region with volume that nobody picked as main; the place is its first row of demand.
fn not_covered(draft: &Draft, problems: &mut Diagnostics) {
    let lot = draft.lot;
    let covered: BTreeSet<&Region> =
        lot.picks.iter().filter(|pick| pick.role == Role::Main).map(|pick| &pick.region).collect();
    for (region, _) in draft.volumes.iter().filter(|(_, volume)| !volume.is_zero()) {
        if covered.contains(region) {
            continue;
        }
        let rows = lot.demand.iter().filter(|demand| demand.region == *region);
        let problem = match rows.map(|demand| &demand.place).min_by_key(|place| (place.line, place.column)) {
            Some(place) => Diagnostic::at(Code::PickRegionUncovered, place.clone()),
            None => Diagnostic::new(Code::PickRegionUncovered),
        };
        problems.push(problem.with("lot", lot.id.as_str()).with("region", region.as_str()));
    }
}

pub(super) fn supplier_of<'a>(lot: &'a Lot, bid: &usize) -> Option<&'a SupplierId> {
    lot.bids.get(*bid).map(|bid| &bid.supplier_id)
}

/// The suppliers of all winners, also of those that pick no region.
fn won<'a>(draft: &Draft<'a>) -> impl Iterator<Item = &'a SupplierId> {
    let lot = draft.lot;
    draft.winners.iter().chain(draft.others).filter_map(move |bid| supplier_of(lot, bid))
}

/// Picks of suppliers that neither won nor still can.
fn strangers<'a>(draft: &Draft<'a>) -> Vec<&'a Pick> {
    let lot = draft.lot;
    let known: BTreeSet<&SupplierId> =
        draft.winners.iter().chain(draft.tied).filter_map(|bid| supplier_of(lot, bid)).collect();
    lot.picks.iter().filter(|pick| !known.contains(&pick.supplier_id)).collect()
}

/// Whether winners are published and, without a draw that could still make them so, are not those of this award.
fn published_differ(draft: &Draft) -> bool {
    let Some(published) = &draft.lot.expected else { return false };
    let won: BTreeSet<&SupplierId> = won(draft).collect();
    draft.tied.is_empty() && won != published.iter().collect()
}

fn set_aside(draft: &Draft, strangers: &[&Pick]) -> Option<Diagnostic> {
    let lot = draft.lot;
    let in_file = |picks: &mut dyn Iterator<Item = &Pick>| {
        picks.map(|pick| pick.place.clone()).min_by_key(|place| (place.line, place.column))
    };
    let place = in_file(&mut strangers.iter().copied()).or_else(|| in_file(&mut lot.picks.iter()))?;
    let won: BTreeSet<&str> = won(draft).map(SupplierId::as_str).collect();
    let published: BTreeSet<&str> = lot.expected.iter().flatten().map(SupplierId::as_str).collect();
    let list = |names: BTreeSet<&str>| {
        if names.is_empty() { "-".to_owned() } else { names.into_iter().collect::<Vec<_>>().join(", ") }
    };
    let warning = Diagnostic::at(Code::PicksOfAnotherAward, place).with("lot", lot.id.as_str());
    Some(warning.with("published", list(published)).with("won", list(won)))
}

/// The pick by rank of its winner; a supplier with several winning bids picks for the best.
fn picked(draft: &Draft, pick: &Pick) -> Option<Picked> {
    let won = |bid: &usize| supplier_of(draft.lot, bid) == Some(&pick.supplier_id);
    let winner = draft.winners.iter().position(won)?;
    Some(Picked { region: pick.region.clone(), winner, role: pick.role })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Place, Source};
    use crate::money::Proportion;
    use crate::tender::{Bid, BidId, BidState, Demand, LotId, VolumeClass};

    fn place(file: &str, line: usize, text: &str) -> Place {
        let before = "\n".repeat(line.saturating_sub(1));
        Source::new(file, format!("{before}{text}"))
            .place(before.len()..before.len().saturating_add(text.len()))
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
            unit_group: None,
            quality_score: None,
            approved_on: None,
            prior_volume: None,
            accepts_revival: None,
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
        }
    }

    /// What A and B, who won, and `tied` make of the picks: the result, and codes with lines of errors and warnings.
    fn checked(lot: &Lot, tied: &[usize], unordered: &[Vec<usize>]) -> (Recorded, Vec<String>, Vec<String>) {
        let volumes = lot.demand.iter().map(|demand| (demand.region.clone(), demand.volume)).collect();
        let (mut problems, mut warnings) = (Diagnostics::new(), Diagnostics::new());
        let draft =
            Draft { lot, winners: &[0, 1], others: &[], tied, unordered, volumes: &volumes, counts: &[2, 1] };
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
            ("P1", "A", Role::FirstBackup),
            ("P2", "C", MAIN),
            ("P9", "B", MAIN),
            ("P1", "B", Role::SecondBackup),
        ];
        let (_, problems, warnings) = checked(&lot(&picks), &[], &[]);
        // demand.csv: P3 has nobody. picks.csv: P1 twice as main, A and B twice in P1, C did not win, P9 has no demand.
        assert_eq!(problems, ["E0524:5", "E0325:3", "E0522:4", "E0523:5", "E0333:6", "E0522:7"]);
        assert!(warnings.is_empty());
    }

    #[test]
    fn a_region_of_volume_zero_may_be_picked_or_not_and_does_not_count() {
        let mut picks = BY_THE_DRAFT.to_vec();
        picks.push(("P0", "B", MAIN));
        let (recorded, problems, warnings) = checked(&lot(&picks), &[], &[]);
        assert!(matches!(recorded, Recorded::Picks(picks) if picks.len() == 4));
        assert!(problems.is_empty() && warnings.is_empty());
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
}
