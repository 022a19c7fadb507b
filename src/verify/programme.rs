//! A least-cost lot as rows of whole numbers, built from the inputs alone.
//!
//! Columns of a lot without further limits: for each bid whether it wins (0 or 1), then for each bid and region the volume delivered. A row says
//! `least <= sum of coefficient × column <= most`; either side may be open.

use std::collections::{BTreeMap, BTreeSet};

use crate::money::{Money, Quantity, Ratio, UnitPrice};
use crate::rules::LeastCost;

use super::bids::{BidCount, Count};
use crate::model::language::{comparable, within_ceiling};
use crate::tender::Region;

/// The name of a row: its kind, then the bid and the region that it speaks of.
pub(super) type Name = Vec<String>;

/// A row.
pub(super) struct Row {
    pub(super) terms: Vec<(usize, i128)>,
    pub(super) least: Option<i128>,
    pub(super) most: Option<i128>,
}

/// An objective.
pub(super) struct Goal {
    /// What one step of each column adds to it.
    pub(super) costs: Vec<i128>,
    /// Whether more is better.
    pub(super) largest: bool,
}

/// A row that lets a column, from 0 to `most`, be above 0 only when another is: `small <= most * large`.
pub(super) struct Link {
    pub(super) small: usize,
    pub(super) large: usize,
    pub(super) most: i128,
}

/// A lot as rows.
pub(super) struct Programme {
    /// The columns by name, as far as cases may distinguish them.
    pub(super) names: Vec<String>,
    /// The columns that say whether a bid wins.
    pub(super) winners: Vec<usize>,
    /// How many regions there are.
    pub(super) regions: usize,
    /// The smallest and the largest value of each column.
    pub(super) bounds: Vec<(i128, i128)>,
    /// What counts, in turn.
    pub(super) goals: Vec<Goal>,
    pub(super) rows: BTreeMap<Name, Row>,
    /// Whether the prices of a bid differ by region.
    pub(super) by_region: bool,
    /// Decimals of a step of volume, and of a price.
    pub(super) volume_digits: u32,
    pub(super) price_digits: u32,
}

impl Programme {
    /// The column of what a bid delivers to a region.
    pub(super) fn delivers(&self, bid: usize, region: usize) -> Option<usize> {
        let row = bid.checked_mul(self.regions)?.checked_add(region)?;
        let column = self.winners.len().checked_add(row)?;
        (region < self.regions && column < self.bounds.len()).then_some(column)
    }

    /// The links, in the order of their names, one for each column that is held.
    pub(super) fn links(&self) -> Vec<Link> {
        let mut held = BTreeSet::new();
        let links = self.rows.values().filter_map(|row| {
            let [one, other] = row.terms.as_slice() else { return None };
            let ((small, 1), (large, most)) = (if one.1 == 1 { (*one, *other) } else { (*other, *one) })
            else {
                return None;
            };
            let most = most.checked_neg()?;
            let holds = row.least.is_none() && row.most == Some(0) && most > 0;
            let fits = self.bounds.get(small) == Some(&(0, most));
            (holds && fits).then_some(Link { small, large, most })
        });
        links.filter(|link| held.insert(link.small)).collect()
    }

    /// What an award comes to in each goal, once every column and row has been checked.
    ///
    /// # Errors
    /// The key of what does not hold.
    pub(super) fn reached(&self, values: &[i128]) -> Result<Vec<i128>, &'static str> {
        let within = |(value, (least, most)): (&i128, &(i128, i128))| (least..=most).contains(&value);
        if values.len() != self.bounds.len() || !values.iter().zip(&self.bounds).all(within) {
            return Err("row_broken");
        }
        for row in self.rows.values() {
            let terms = row.terms.iter().map(|(column, by)| Some((*values.get(*column)?, *by)));
            let sum = terms.collect::<Option<Vec<_>>>().and_then(Self::sum).ok_or("too_large")?;
            if row.least.is_some_and(|least| sum < least) || row.most.is_some_and(|most| sum > most) {
                return Err("row_broken");
            }
        }
        let total = |goal: &Goal| Self::sum(values.iter().copied().zip(goal.costs.iter().copied()));
        self.goals.iter().map(total).collect::<Option<_>>().ok_or("too_large")
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
    let demand: Vec<i128> =
        count.regions.values().map(|volume| volume.in_steps(volume_digits)).collect::<Option<_>>()?;
    let bids = count.bids.len();
    let mut built = Programme {
        names: count.bids.iter().map(|bid| bid.bid.id.as_str().to_owned()).collect(),
        winners: (0..bids).collect(),
        regions: demand.len(),
        bounds: vec![(0, 1); bids],
        goals: Vec::new(),
        rows: BTreeMap::new(),
        by_region: false,
        volume_digits,
        price_digits,
    };
    let limit = share_limit(limits, &demand)?;
    built.columns(count, &demand, limit)?;
    for (region, (name, wanted)) in count.regions.keys().zip(&demand).enumerate() {
        let terms = (0..bids).map(|bid| Some((built.delivers(bid, region)?, 1))).collect::<Option<_>>()?;
        built.row(&["demand", name.as_str()], terms, Some(*wanted), Some(*wanted));
    }
    for at in 0..bids {
        built.rows_of_bid(count, at, limits.max_share.map(|_| limit))?;
    }
    let all: Vec<(usize, i128)> = (0..bids).map(|bid| (bid, 1)).collect();
    let least = i128::from(limits.min_suppliers.unwrap_or(0)).max(built.enough(count, &demand, limit)?);
    built.row(&["least-number-of-winners"], all.clone(), Some(least), None);
    if let Some(most) = limits.max_suppliers {
        built.row(&["largest-number-of-winners"], all, None, Some(i128::from(most)));
    }
    Some(built)
}

/// What one winner may have of the total demand, in whole steps; all of it without a limit.
fn share_limit(limits: &LeastCost, demand: &[i128]) -> Option<i128> {
    let total = Programme::sum(demand.iter().map(|wanted| (*wanted, 1)))?;
    let Some(share) = limits.max_share else { return Some(total) };
    let (above, one) = (share.in_steps(share.decimals())?, Ratio::ONE.in_steps(share.decimals())?);
    Some(total.checked_mul(above)?.checked_div_euclid(one)?.min(total))
}

impl Programme {
    fn row(&mut self, name: &[&str], terms: Vec<(usize, i128)>, least: Option<i128>, most: Option<i128>) {
        let name = name.iter().map(|part| (*part).to_owned()).collect();
        self.rows.insert(name, Row { terms, least, most });
    }

    /// How many winners it takes at least to deliver all demand.
    fn enough(&self, count: &Count<'_>, demand: &[i128], limit: i128) -> Option<i128> {
        let mut volumes = Vec::new();
        for bid in count.bids.iter().filter(|bid| bid.excluded().is_none()) {
            volumes.push(match bid.bid.capacity {
                Some(capacity) => capacity.in_steps(self.volume_digits)?.min(limit),
                None => limit,
            });
        }
        volumes.sort_unstable();
        let mut open = Self::sum(demand.iter().map(|wanted| (*wanted, 1)))?;
        let mut winners = 0_i128;
        while let Some(volume) = volumes.pop().filter(|volume| open > 0 && *volume > 0) {
            open = open.checked_sub(volume)?;
            winners = winners.checked_add(1)?;
        }
        Some(winners)
    }

    /// Costs and largest values of all columns.
    fn columns(&mut self, count: &Count<'_>, demand: &[i128], limit: i128) -> Option<()> {
        let cost_digits = self.volume_digits.checked_add(self.price_digits)?;
        let (mut prices, mut costs) = (Vec::new(), Vec::new());
        for bid in &count.bids {
            costs.push(bid.bid.fixed_cost.unwrap_or(Money::ZERO).in_steps(cost_digits)?);
            let most = match bid.bid.capacity {
                Some(capacity) => capacity.in_steps(self.volume_digits)?.min(limit),
                None => limit,
            };
            let own = delivered_prices(count, bid, self.price_digits)?;
            let quoted = bid.price.and_then(|price| price.in_steps(self.price_digits));
            self.by_region |= own.iter().any(|price| *price != quoted);
            let offers = |(wanted, price): (&i128, &Option<i128>)| {
                (0, if price.is_some() { most.min(*wanted) } else { 0 })
            };
            self.bounds.extend(demand.iter().zip(&own).map(offers));
            prices.extend(own.iter().map(|price| price.unwrap_or(0)));
        }
        costs.extend(prices);
        self.goals.push(Goal { costs, largest: false });
        Some(())
    }

    /// Only a winner delivers, within its capacity and share, and at least its least volume; who is out does not win.
    fn rows_of_bid(&mut self, count: &Count<'_>, at: usize, share: Option<i128>) -> Option<()> {
        let bid = count.bids.get(at)?;
        let id = bid.bid.id.as_str();
        let columns: Vec<usize> =
            (0..self.regions).map(|region| self.delivers(at, region)).collect::<Option<_>>()?;
        for (column, region) in columns.iter().zip(count.regions.keys()) {
            let terms = vec![(*column, 1), (at, self.bounds.get(*column)?.1.checked_neg()?)];
            self.row(&["winner-delivers", id, region.as_str()], terms, None, Some(0));
        }
        let against = |steps: i128| {
            let wins = (at, steps.checked_neg()?);
            Some(columns.iter().map(|column| (*column, 1)).chain([wins]).collect::<Vec<_>>())
        };
        if let Some(capacity) = bid.bid.capacity {
            self.row(&["capacity", id], against(capacity.in_steps(self.volume_digits)?)?, None, Some(0));
        }
        if let Some(share) = share {
            self.row(&["largest-share", id], against(share)?, None, Some(0));
        }
        // A winner is given at least one step, and at least what it asks for.
        let asked = bid.bid.min_quantity.map_or(Some(0), |least| least.in_steps(self.volume_digits))?;
        self.row(&["least-quantity", id], against(asked.max(1))?, Some(0), None);
        if bid.excluded().is_some() {
            self.row(&["not-winning", id], vec![(at, 1)], Some(0), Some(0));
        }
        Some(())
    }
}

/// The comparable price of a bid in each region, in steps: its own, unless it states another or does not offer there. A
/// price above the ceiling is no offer.
fn delivered_prices(count: &Count<'_>, bid: &BidCount<'_>, digits: u32) -> Option<Vec<Option<i128>>> {
    let Some(own) = bid.price else { return Some(vec![None; count.regions.len()]) };
    let price = |region: &Region| {
        let Some(stated) = bid.bid.regional.iter().find(|row| row.region == *region) else {
            return own.in_steps(digits).map(Some);
        };
        let allowed = |price: &UnitPrice| within_ceiling(count.rules, count.lot, bid.bid, *price);
        match stated.price.filter(allowed) {
            Some(price) => comparable(count.rules, bid.bid, price).ok()?.in_steps(digits).map(Some),
            None => Some(None),
        }
    };
    count.regions.keys().map(|region| price(region)).collect()
}

/// The coarsest steps that hold every volume, price and fixed cost of the lot.
fn digits(count: &Count<'_>) -> (u32, u32) {
    let stated = count.bids.iter().flat_map(|bid| [bid.bid.capacity, bid.bid.min_quantity]).flatten();
    let volumes = count.regions.values().copied().chain(stated);
    let volume = volumes.map(Quantity::decimals).max().unwrap_or(0);
    let regional = count.bids.iter().flat_map(|bid| {
        let prices = bid.bid.regional.iter().filter_map(|row| row.price);
        prices.filter_map(|price| comparable(count.rules, bid.bid, price).ok())
    });
    let prices = count.bids.iter().filter_map(|bid| bid.price).chain(regional);
    let price = prices.map(UnitPrice::decimals).max().unwrap_or(0);
    let fixed =
        count.bids.iter().filter_map(|bid| bid.bid.fixed_cost).map(Money::decimals).max().unwrap_or(0);
    (volume, price.max(fixed.saturating_sub(volume)))
}
