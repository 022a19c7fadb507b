//! A least-cost lot as rows of whole numbers, built from the inputs alone.
//!
//! Columns: for each bid whether it wins (0 or 1), then for each bid and region the volume delivered. A row says
//! `least <= sum of coefficient × column <= most`; either side may be open.

use std::collections::BTreeMap;

use crate::money::{Money, Quantity, Ratio, UnitPrice};
use crate::rules::LeastCost;

use super::bids::Count;

/// The name of a row: its kind, then the bid and the region that it speaks of.
pub(super) type Name = Vec<String>;

/// A row.
pub(super) struct Row {
    pub(super) terms: Vec<(usize, i128)>,
    pub(super) least: Option<i128>,
    pub(super) most: Option<i128>,
}

/// A lot as rows.
pub(super) struct Programme {
    /// How many bids there are: the first columns.
    pub(super) bids: usize,
    /// How many regions there are.
    regions: usize,
    /// The largest value of each column; the smallest is 0.
    pub(super) most: Vec<i128>,
    /// What one step of each column costs.
    pub(super) costs: Vec<i128>,
    pub(super) rows: BTreeMap<Name, Row>,
    /// Decimals of a step of volume, and of a price.
    pub(super) volume_digits: u32,
    pub(super) price_digits: u32,
}

impl Programme {
    /// The column of what a bid delivers to a region.
    pub(super) fn delivers(&self, bid: usize, region: usize) -> Option<usize> {
        let row = bid.checked_mul(self.regions)?.checked_add(region)?;
        self.bids.checked_add(row).filter(|column| region < self.regions && *column < self.most.len())
    }

    /// A cost of so many steps.
    pub(super) fn money(&self, steps: i128) -> Option<Money> {
        Money::from_steps(steps, self.volume_digits.checked_add(self.price_digits)?).ok()
    }

    /// The sum of coefficient times value.
    pub(super) fn sum(terms: impl IntoIterator<Item = (i128, i128)>) -> Option<i128> {
        terms.into_iter().try_fold(0_i128, |sum, (one, other)| sum.checked_add(one.checked_mul(other)?))
    }
}

/// The rows of a lot; `None` when a number leaves 128 bits.
pub(super) fn programme(count: &Count<'_>, limits: &LeastCost) -> Option<Programme> {
    let (volume_digits, price_digits) = digits(count);
    let cost_digits = volume_digits.checked_add(price_digits)?;
    let steps = |volume: &Quantity| volume.in_steps(volume_digits);
    let demand: Vec<i128> = count.regions.values().map(steps).collect::<Option<_>>()?;
    let total = Programme::sum(demand.iter().map(|wanted| (*wanted, 1)))?;
    let limit = match limits.max_share {
        Some(share) => {
            let (above, one) = (share.in_steps(share.decimals())?, Ratio::ONE.in_steps(share.decimals())?);
            total.checked_mul(above)?.checked_div_euclid(one)?.min(total)
        }
        None => total,
    };
    let names: Vec<&str> = count.regions.keys().map(|region| region.as_str()).collect();
    let (bids, regions) = (count.bids.len(), names.len());
    let mut built = Programme {
        bids,
        regions,
        most: vec![1; bids],
        costs: Vec::new(),
        rows: BTreeMap::new(),
        volume_digits,
        price_digits,
    };
    let mut prices = Vec::new();
    for bid in &count.bids {
        built.costs.push(bid.bid.fixed_cost.unwrap_or(Money::ZERO).in_steps(cost_digits)?);
        let capacity = bid.bid.capacity.as_ref().map(steps);
        let most = match capacity {
            Some(capacity) => capacity?.min(limit),
            None => limit,
        };
        let price = match bid.price {
            Some(price) => Some(price.in_steps(price_digits)?),
            None => None,
        };
        built.most.extend(demand.iter().map(|wanted| if price.is_some() { most.min(*wanted) } else { 0 }));
        prices.extend(demand.iter().map(|_| price.unwrap_or(0)));
    }
    built.costs.extend(prices);
    for (region, (name, wanted)) in names.iter().zip(&demand).enumerate() {
        let terms = (0..bids).map(|bid| Some((built.delivers(bid, region)?, 1))).collect::<Option<_>>()?;
        let row = Row { terms, least: Some(*wanted), most: Some(*wanted) };
        built.rows.insert(named(&["demand", name]), row);
    }
    for (at, bid) in count.bids.iter().enumerate() {
        let id = bid.bid.id.as_str();
        let columns: Vec<usize> =
            (0..regions).map(|region| built.delivers(at, region)).collect::<Option<_>>()?;
        for (column, name) in columns.iter().zip(&names) {
            let terms = vec![(*column, 1), (at, built.most.get(*column)?.checked_neg()?)];
            built
                .rows
                .insert(named(&["winner-delivers", id, name]), Row { terms, least: None, most: Some(0) });
        }
        let all = |steps: i128| {
            let wins = (at, steps.checked_neg()?);
            Some(columns.iter().map(|column| (*column, 1)).chain([wins]).collect::<Vec<_>>())
        };
        if let Some(capacity) = &bid.bid.capacity {
            let terms = all(steps(capacity)?)?;
            built.rows.insert(named(&["capacity", id]), Row { terms, least: None, most: Some(0) });
        }
        if limits.max_share.is_some() {
            let terms = all(limit)?;
            built.rows.insert(named(&["largest-share", id]), Row { terms, least: None, most: Some(0) });
        }
        // A winner is given at least one step, and at least what it asks for.
        let least = bid.bid.min_quantity.as_ref().map_or(Some(0), steps)?.max(1);
        let terms = all(least)?;
        built.rows.insert(named(&["least-quantity", id]), Row { terms, least: Some(0), most: None });
        if bid.excluded().is_some() {
            let row = Row { terms: vec![(at, 1)], least: Some(0), most: Some(0) };
            built.rows.insert(named(&["not-winning", id]), row);
        }
    }
    let all: Vec<(usize, i128)> = (0..bids).map(|bid| (bid, 1)).collect();
    let least = Some(i128::from(limits.min_suppliers.unwrap_or(0)));
    built.rows.insert(named(&["least-number-of-winners"]), Row { terms: all.clone(), least, most: None });
    if let Some(most) = limits.max_suppliers {
        let row = Row { terms: all, least: None, most: Some(i128::from(most)) };
        built.rows.insert(named(&["largest-number-of-winners"]), row);
    }
    Some(built)
}

fn named(parts: &[&str]) -> Name {
    parts.iter().map(|part| (*part).to_owned()).collect()
}

/// The coarsest steps that hold every volume, price and fixed cost of the lot.
fn digits(count: &Count<'_>) -> (u32, u32) {
    let stated = count.bids.iter().flat_map(|bid| [bid.bid.capacity, bid.bid.min_quantity]).flatten();
    let volumes = count.regions.values().copied().chain(stated);
    let volume = volumes.map(Quantity::decimals).max().unwrap_or(0);
    let price = count.bids.iter().filter_map(|bid| bid.price).map(UnitPrice::decimals).max().unwrap_or(0);
    let fixed =
        count.bids.iter().filter_map(|bid| bid.bid.fixed_cost).map(Money::decimals).max().unwrap_or(0);
    (volume, price.max(fixed.saturating_sub(volume)))
}
