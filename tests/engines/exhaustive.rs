//! Exhaustive search over the rows of a model: the oracle.

use std::collections::BTreeSet;

use jicai::model::{CoreBidder, CoreLot, LotModel, Sense, Shape};

/// Whether every bound and row holds.
pub fn feasible(lot: &LotModel, values: &[i128]) -> bool {
    let bounds = lot.columns.iter().zip(values).all(|(c, v)| c.lower <= *v && *v <= c.upper);
    bounds
        && lot.rows.iter().all(|row| {
            let sum: i128 = row.terms.iter().map(|&(j, c)| c * values[j]).sum();
            match row.sense {
                Sense::Le => sum <= row.rhs,
                Sense::Ge => sum >= row.rhs,
                Sense::Eq => sum == row.rhs,
            }
        })
}

pub fn objective(lot: &LotModel, values: &[i128]) -> i128 {
    lot.objective.terms.iter().map(|&(j, c)| c * values[j]).sum()
}

/// All winner sets of the longest shortlists of a ranked lot, by trying every shortlist with every set of winners.
pub fn best_ranked(lot: &LotModel) -> (i128, BTreeSet<Vec<String>>) {
    let Shape::Ranked(ranked) = &lot.shape else { panic!("not a ranked lot") };
    let (n, layout) = (ranked.candidates.len(), ranked.layout());
    let mut best = (-1, BTreeSet::new());
    for bits in 0_u32..1 << (2 * n) {
        let mut values = vec![0; lot.columns.len()];
        for (j, value) in values.iter_mut().enumerate().take(2 * n) {
            *value = i128::from(bits >> j & 1);
        }
        let counts = |b: &usize| ranked.candidates[*b].without_place.as_ref().is_none_or(|w| w.counts);
        let winners = (0..n).filter(|b| values[n + b] == 1 && counts(b)).count();
        if winners > layout.most_winners() {
            continue;
        }
        values[layout.winners_are(winners)] = 1;
        let share = ranked.shares.iter().find(|s| s.winners as usize == winners).map_or(0, |s| s.numerator);
        values[layout.agreed()] = share * ranked.base_volume;
        if feasible(lot, &values) {
            let set = (0..n).filter(|b| values[n + b] == 1).map(|b| ranked.candidates[b].bid_id.clone());
            let reached = objective(lot, &values);
            if reached > best.0 {
                best = (reached, BTreeSet::new());
            }
            if reached == best.0 {
                best.1.insert(set.collect());
            }
        }
    }
    best
}

/// The least cost of a core lot and all sets of winners that reach it, by trying every set with every way to share out the
/// demand; `None` when there is no award. Works from the field's words, not from the rows.
pub fn best_core(lot: &CoreLot) -> (Option<i128>, BTreeSet<Vec<String>>) {
    let total: i128 = lot.demand.iter().sum();
    let share = lot.max_share.map_or(total, |s| total * s.numerator / s.denominator);
    let mut best = (None, BTreeSet::new());
    for bits in 0_u32..1 << lot.bidders.len() {
        let set: Vec<&CoreBidder> =
            (0..lot.bidders.len()).filter(|b| bits >> b & 1 == 1).map(|b| &lot.bidders[b]).collect();
        let count = set.len() as u32;
        let barred = set.iter().any(|b| b.barred_by.is_some());
        if barred || count < lot.min_winners || lot.max_winners.is_some_and(|most| count > most) {
            continue;
        }
        let fixed: i128 = set.iter().map(|b| b.fixed_cost).sum();
        let Some(delivery) = cheapest(lot, &set, share, 0, &mut vec![0; set.len()]) else { continue };
        let cost = fixed + delivery;
        if best.0.is_none_or(|least| cost < least) {
            best = (Some(cost), BTreeSet::new());
        }
        if best.0 == Some(cost) {
            best.1.insert(set.iter().map(|b| b.bid_id.clone()).collect());
        }
    }
    best
}

fn cheapest(lot: &CoreLot, set: &[&CoreBidder], share: i128, r: usize, has: &mut Vec<i128>) -> Option<i128> {
    if r == lot.demand.len() {
        let enough = set.iter().zip(has.iter()).all(|(b, has)| *has >= b.min_quantity.max(1));
        return enough.then_some(0);
    }
    split(lot, set, share, (r, 0, lot.demand[r]), has)
}

/// Gives region `r` what it still needs from bidder `i` on.
fn split(
    lot: &CoreLot,
    set: &[&CoreBidder],
    share: i128,
    (r, i, need): (usize, usize, i128),
    has: &mut Vec<i128>,
) -> Option<i128> {
    if i == set.len() {
        return if need == 0 { cheapest(lot, set, share, r + 1, has) } else { None };
    }
    let most = share.min(set[i].capacity.unwrap_or(share)) - has[i];
    let mut best: Option<i128> = None;
    for given in 0..=need.min(most) {
        let Some(price) = set[i].price[r].or((given == 0).then_some(0)) else { break };
        has[i] += given;
        let rest = split(lot, set, share, (r, i + 1, need - given), has);
        has[i] -= given;
        best = best.into_iter().chain(rest.map(|rest| rest + given * price)).min();
    }
    best
}

/// The volumes that the winners of a core lot can get at the given cost, one list per way; bidders in their order.
pub fn volumes_at(lot: &CoreLot, winners: &[String], cost: i128) -> BTreeSet<Vec<i128>> {
    let set: Vec<&CoreBidder> = lot.bidders.iter().filter(|b| winners.contains(&b.bid_id)).collect();
    let fixed: i128 = set.iter().map(|b| b.fixed_cost).sum();
    let total: i128 = lot.demand.iter().sum();
    let share = lot.max_share.map_or(total, |s| total * s.numerator / s.denominator);
    let mut ways = vec![(fixed, vec![0; set.len()])];
    for (r, demand) in lot.demand.iter().enumerate() {
        ways = ways.into_iter().flat_map(|way| served(&set, way, (r, 0, *demand))).collect();
    }
    let fits = |(reached, has): &(i128, Vec<i128>)| {
        *reached == cost
            && set.iter().zip(has).all(|(b, has)| {
                *has >= b.min_quantity.max(1) && *has <= share.min(b.capacity.unwrap_or(share))
            })
    };
    ways.into_iter().filter(fits).map(|(_, has)| has).collect()
}

fn served(
    set: &[&CoreBidder],
    (cost, has): (i128, Vec<i128>),
    (r, i, need): (usize, usize, i128),
) -> Vec<(i128, Vec<i128>)> {
    if i == set.len() {
        return if need == 0 { vec![(cost, has)] } else { Vec::new() };
    }
    let mut ways = Vec::new();
    for given in 0..=need {
        let Some(price) = set[i].price[r].or((given == 0).then_some(0)) else { break };
        let mut has = has.clone();
        has[i] += given;
        ways.extend(served(set, (cost + given * price, has), (r, i + 1, need - given)));
    }
    ways
}
