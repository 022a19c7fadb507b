//! Recorded picks: the region draft as it really went, checked against the award.

use std::collections::{BTreeMap, BTreeSet};

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
    /// How many regions each winner has by a draft of the regions that have volume or were picked, by rank from 0.
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

fn supplier_of<'a>(lot: &'a Lot, bid: &usize) -> Option<&'a SupplierId> {
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

/// Says when a winner has more or fewer regions than the draft gives it.
fn counts_by_draft(draft: &Draft, picks: &[Picked], warnings: &mut Diagnostics) {
    let main =
        |winner: usize| picks.iter().filter(|pick| pick.winner == winner && pick.role == Role::Main).count();
    let recorded: Vec<usize> = (0..draft.counts.len()).map(main).collect();
    if in_any_order(&recorded, draft.unordered) == in_any_order(draft.counts, draft.unordered) {
        return;
    }
    let place = draft.lot.picks.iter().map(|pick| &pick.place).min_by_key(|place| (place.line, place.column));
    let warning = match place {
        Some(place) => Diagnostic::at(Code::PickCountsNotByDraft, place.clone()),
        None => Diagnostic::new(Code::PickCountsNotByDraft),
    };
    let listed = |counts: &[usize]| {
        let names = draft.winners.iter().filter_map(|bid| supplier_of(draft.lot, bid));
        let each: Vec<String> = names.zip(counts).map(|(name, count)| format!("{name} {count}")).collect();
        each.join(", ")
    };
    let warning = warning.with("lot", draft.lot.id.as_str()).with("recorded", listed(&recorded));
    warnings.push(warning.with("draft", listed(draft.counts)));
}

/// The counts, with those of winners whose order is not settled sorted among themselves.
fn in_any_order(counts: &[usize], unordered: &[Vec<usize>]) -> Vec<usize> {
    let mut counts = counts.to_vec();
    for group in unordered {
        let mut places = group.clone();
        places.sort_unstable();
        let mut of_group: Vec<usize> =
            places.iter().filter_map(|winner| counts.get(*winner).copied()).collect();
        of_group.sort_unstable();
        for (winner, count) in places.iter().zip(of_group) {
            if let Some(place) = counts.get_mut(*winner) {
                *place = count;
            }
        }
    }
    counts
}

#[cfg(test)]
#[path = "picks_tests.rs"]
mod tests;
