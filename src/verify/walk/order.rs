//! The order of the bids: price, then the keys, then the draws that are recorded.

use std::cmp::Reverse;

use crate::money::Quantity;
use crate::rules::{AwardRule, RankedStages, Ranking, TieBreakKey, Unit};
use crate::tender::{Act, Bid, Lot};

use crate::verify::bids::{BidCount, Count};

/// The bids of a unit that no rule excludes, best first; bids that nothing tells apart stand together.
pub(super) fn order(count: &Count<'_>, ranking: &Ranking, unit: Option<Unit>) -> Vec<Vec<usize>> {
    levels(count, ranking, unit).into_iter().flat_map(|group| drawn(count.lot, group)).collect()
}

/// The order before any draw.
fn levels(count: &Count<'_>, ranking: &Ranking, unit: Option<Unit>) -> Vec<Vec<usize>> {
    let price = |at: &usize| count.bids.get(*at).and_then(|bid| bid.compared());
    let score = |at: &usize| Reverse(count.bids.get(*at).and_then(|bid| bid.merit.score));
    let ranks = |bid: &BidCount<'_>| bid.unit == unit && bid.excluded().is_none();
    let open = (0..count.bids.len()).filter(|at| count.bids.get(*at).is_some_and(&ranks));
    let open: Vec<usize> = open.filter(|at| price(at).is_some()).collect();
    let mut groups = if ranking.is_by_score() { split(open, score) } else { split(open, price) };
    // A key that is unknown of one bid of a group settles nothing there, and no later key is asked.
    let mut closed: Vec<usize> = Vec::new();
    for key in ranking.tie_break() {
        let merit = |at: &usize| count.bids.get(*at).and_then(|bid| merit(count, bid.bid, *key));
        let mut next = Vec::new();
        for group in groups {
            if group.iter().any(|at| merit(at).is_none() || closed.contains(at)) {
                if group.len() > 1 {
                    closed.extend(&group);
                }
                next.push(group);
            } else {
                next.extend(split(group, merit));
            }
        }
        groups = next;
    }
    groups
}

/// The group by `key`, the smallest first.
fn split<K: Ord>(mut group: Vec<usize>, key: impl Fn(&usize) -> K) -> Vec<Vec<usize>> {
    group.sort_by_key(|at| (key(at), *at));
    group.chunk_by(|one, other| key(one) == key(other)).map(<[usize]>::to_vec).collect()
}

/// What a key says of a bid, the smaller the better: the steps of a number below zero, or a day.
fn merit(count: &Count<'_>, bid: &Bid, key: TieBreakKey) -> Option<(i128, String)> {
    let more = |steps: Option<i128>| Some((steps?.checked_neg()?, String::new()));
    match key {
        TieBreakKey::LargerPriorVolume => more(bid.prior_volume?.in_steps(10)),
        TieBreakKey::HigherQualityScore => more(bid.quality_score?.in_steps(10)),
        TieBreakKey::HigherPreferencePoints => {
            let at = count.lot.bids.iter().position(|other| other.id == bid.id)?;
            more(count.bids.get(at)?.merit.preference?.in_steps(10))
        }
        TieBreakKey::LowerPrice => {
            let at = count.lot.bids.iter().position(|other| other.id == bid.id)?;
            Some((count.bids.get(at)?.compared()?.in_steps(14)?, String::new()))
        }
        TieBreakKey::HigherSupplyScore => more(bid.supply_score?.in_steps(10)),
        TieBreakKey::OwnActiveIngredient => more(Some(i128::from(bid.own_active_ingredient?))),
        TieBreakKey::EarlierApproval => Some((0, bid.approved_on?.to_string())),
        TieBreakKey::LargerOwnDemand => {
            let own = |row: &&(&crate::tender::Demand, Quantity)| {
                row.0.supplier_id.as_ref() == Some(&bid.supplier_id)
            };
            let mut asked = count.demand.iter().filter(own).map(|(_, volume)| *volume).peekable();
            asked.peek()?;
            more(Quantity::total(asked).ok()?.in_steps(14))
        }
    }
}

/// A tied group after the draws that are recorded: those drawn, by place, then the others together.
fn drawn(lot: &Lot, group: Vec<usize>) -> Vec<Vec<usize>> {
    if group.len() < 2 {
        return vec![group];
    }
    let place = |at: &usize| draw_of(lot, *at);
    let (mut first, rest): (Vec<usize>, Vec<usize>) = group.into_iter().partition(|at| place(at).is_some());
    first.sort_by_key(|at| (place(at), *at));
    // Two in one place were drawn in two draws, which settle nothing between them.
    if first.windows(2).any(|pair| matches!(pair, [one, other] if place(one) == place(other))) {
        return vec![first.into_iter().chain(rest).collect()];
    }
    first.into_iter().map(|at| vec![at]).chain(Some(rest).filter(|rest| !rest.is_empty())).collect()
}

/// The place in which a bid was drawn.
fn draw_of(lot: &Lot, at: usize) -> Option<u32> {
    let supplier = &lot.bids.get(at)?.supplier_id;
    let mut acts = lot.decisions.iter().filter(|act| act.supplier_id == *supplier);
    acts.find_map(|act| if let Act::Draw(place) = act.act { Some(place) } else { None })
}

/// The units in which bids are ranked, in their order; one that is none where a lot is not divided.
pub(super) fn units(stages: &RankedStages) -> Vec<Option<Unit>> {
    if stages.units.is_some() { Unit::ALL.map(Some).to_vec() } else { vec![None] }
}

/// Whether every draw, negotiation and refusal recorded for a lot has a meaning under the rules: each draw is of a bid
/// that is tied, and the places drawn in a group are 1, 2, … without a gap.
pub(in crate::verify) fn acts_fit(count: &Count<'_>) -> bool {
    let acts = || count.lot.decisions.iter();
    let drawn = acts().filter(|act| matches!(act.act, Act::Draw(_))).count();
    let AwardRule::Ranked { rank, negotiation, stages, .. } = &count.rules.award else {
        return acts().all(|act| matches!(act.act, Act::Disqualified | Act::Withdrawn));
    };
    let asked = acts().any(|act| matches!(act.act, Act::Negotiated | Act::NoAward));
    let mut used = 0_usize;
    let groups = units(stages).into_iter().flat_map(|unit| levels(count, rank, unit));
    for group in groups.filter(|group| group.len() > 1) {
        let mut places: Vec<u32> = group.iter().filter_map(|at| draw_of(count.lot, *at)).collect();
        places.sort_unstable();
        used = used.saturating_add(places.len());
        if places.iter().zip(1_u32..).any(|(place, wanted)| *place != wanted) {
            return false;
        }
    }
    used == drawn && (negotiation.is_some() || !asked)
}
