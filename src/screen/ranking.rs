//! Ranks, the draws that settle ties, and the price tests on those within the places.

use std::collections::BTreeMap;

use super::Standing;
use super::scores::Merit;
use crate::compare::ComparableLot;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::money::Quantity;
use crate::rules::{RankFacts, Ranking};
use crate::tender::{Act, Bid, Decision};

/// A ranked bid: its place in the lot's list of bids, its rank, and how many share that rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ranked {
    /// Place in the lot's list of bids.
    pub bid: usize,
    /// 1 for the best.
    pub rank: u32,
    /// How many bids share the rank, itself included.
    pub tied: u32,
}

impl Ranked {
    /// As the bid stands when no later rule bars it.
    pub(super) fn standing(self, fails: Option<&'static str>) -> Standing {
        Standing::Ranked { rank: self.rank, tied: self.tied, fails }
    }
}

/// The bids among `is_one` that no rule excludes, in rank order.
///
/// Recorded draws settle ties that the keys leave; a draw that is not needed, or given twice, is an error.
pub(super) fn rank(
    lot: &ComparableLot,
    merits: &[Option<Merit>],
    ranking: &Ranking,
    is_one: impl Fn(usize) -> bool,
    errors: &mut Diagnostics,
) -> Vec<Ranked> {
    let own_demand = own_demand(lot);
    let open: Vec<(usize, RankFacts)> = lot
        .lot
        .bids
        .iter()
        .zip(merits)
        .enumerate()
        .filter(|(at, _)| is_one(*at))
        .filter_map(|(at, (bid, merit))| Some((at, rank_facts(bid, merit.as_ref()?, &own_demand))))
        .collect();
    let facts: Vec<RankFacts> = open.iter().map(|(_, facts)| *facts).collect();
    let groups: Vec<Vec<usize>> = ranking
        .order(&facts)
        .into_iter()
        .map(|group| group.into_iter().filter_map(|at| open.get(at).map(|(bid, _)| *bid)).collect())
        .collect();
    let mut ranked = Vec::new();
    for group in settle_by_draw(lot, groups, is_one, errors) {
        let rank = u32::try_from(ranked.len()).unwrap_or(u32::MAX).saturating_add(1);
        let tied = u32::try_from(group.len()).unwrap_or(u32::MAX);
        ranked.extend(group.into_iter().map(|bid| Ranked { bid, rank, tied }));
    }
    ranked
}

fn rank_facts(bid: &Bid, merit: &Merit, own_demand: &BTreeMap<&str, Quantity>) -> RankFacts {
    RankFacts {
        comparable_price: merit.price,
        score: merit.score,
        preference_points: merit.preference,
        prior_volume: bid.prior_volume,
        approved_on: bid.approved_on,
        quality_score: bid.quality_score,
        own_demand: own_demand.get(bid.supplier_id.as_str()).copied(),
        supply_score: bid.supply_score,
        own_active_ingredient: bid.own_active_ingredient,
    }
}

/// Demand reported for each brand; a brand that nobody asked for is not listed.
pub(super) fn own_demand(lot: &ComparableLot) -> BTreeMap<&str, Quantity> {
    let mut demand: BTreeMap<&str, Quantity> = BTreeMap::new();
    for row in &lot.demand {
        if let Some(supplier) = &row.supplier_id {
            let sum = demand.entry(supplier.as_str()).or_insert(Quantity::ZERO);
            // A sum that cannot be held exactly was refused when the lot's base volume was added up.
            *sum = sum.plus(row.volume).unwrap_or(*sum);
        }
    }
    demand
}

/// Splits each tied group by the draws recorded for its bids. A draw for a bid that is tied with none is a
/// misunderstanding, never silently dropped.
fn settle_by_draw(
    lot: &ComparableLot,
    groups: Vec<Vec<usize>>,
    is_one: impl Fn(usize) -> bool,
    errors: &mut Diagnostics,
) -> Vec<Vec<usize>> {
    // A draw of a supplier that bids elsewhere only is for another field to say.
    let elsewhere = |decision: &Decision| {
        let bids = || lot.lot.bids.iter().enumerate();
        let of = |(_, bid): &(usize, &Bid)| bid.supplier_id == decision.supplier_id;
        bids().any(|bid| of(&bid)) && !bids().filter(of).any(|(at, _)| is_one(at))
    };
    let draws = lot.lot.decisions.iter().filter_map(|decision| match decision.act {
        Act::Draw(place) if !elsewhere(decision) => Some((place, decision)),
        _ => None,
    });
    let mut unused: Vec<(u32, &Decision)> = draws.collect();
    let mut settled = Vec::new();
    for group in groups {
        let mut drawn: BTreeMap<u32, usize> = BTreeMap::new();
        let mut twice = false;
        unused.retain(|(place, decision)| {
            let of_supplier = |bid: &&usize| {
                lot.lot.bids.get(**bid).is_some_and(|bid| bid.supplier_id == decision.supplier_id)
            };
            let Some(bid) = group.iter().find(of_supplier).filter(|_| group.len() > 1) else { return true };
            if drawn.insert(*place, *bid).is_some() {
                twice = true;
                let error = Diagnostic::at(Code::DrawTwice, decision.place.clone());
                errors.push(error.with("place", place.to_string()));
            }
            false
        });
        if let Some((gap, bid)) = first_gap(&drawn).zip(drawn.values().next_back()) {
            let supplier = lot.lot.bids.get(*bid).map_or("", |bid| bid.supplier_id.as_str());
            let decision =
                lot.lot.decisions.iter().find(|decision| decision.supplier_id.as_str() == supplier);
            let error = decision.map(|decision| Diagnostic::at(Code::DrawOrderGap, decision.place.clone()));
            errors.extend(error.map(|error| error.with("place", gap.to_string())));
        }
        // Two in one place were drawn in two draws, which settle nothing between them.
        if twice {
            drawn.clear();
        }
        let rest: Vec<usize> =
            group.into_iter().filter(|bid| !drawn.values().any(|drawn| drawn == bid)).collect();
        settled.extend(drawn.into_values().map(|bid| vec![bid]));
        if !rest.is_empty() {
            settled.push(rest);
        }
    }
    for (_, decision) in unused {
        let error = Diagnostic::at(Code::DrawNotTied, decision.place.clone());
        errors.push(error.with("supplier", decision.supplier_id.as_str()));
    }
    settled
}

/// The first place from 1 on that no draw names although a later one is named.
fn first_gap(drawn: &BTreeMap<u32, usize>) -> Option<u32> {
    let last = drawn.keys().next_back()?;
    (1..*last).find(|place| !drawn.contains_key(place))
}
