//! The volumes of a case as a flow: from bidders to groups of regions.
//!
//! Regions where all bids have the same prices are one group: what is best for the group can be shared out among its
//! regions in any way without a change of cost.

use super::EngineFaultKind;
use super::flow::Network;
use super::relax::Side;
use crate::model::whole::TooLarge;
use crate::model::{CoreBidder, CoreLot, Purpose};

/// Fixed costs that are not yet decided are spread over a bidder's largest volume, in fractions of this.
const FINENESS: i128 = 1 << 20;

/// The groups of regions of a lot.
#[derive(Debug)]
pub(super) struct Groups {
    /// The regions of each group.
    regions: Vec<Vec<usize>>,
    /// The demand of each group.
    demand: Vec<i128>,
}

/// The cheapest volumes of a case, when undecided bidders pay their fixed cost in proportion to their volume.
#[derive(Debug)]
pub(super) struct Volumes {
    /// The price of each region, times the denominator.
    pub(super) prices: Vec<i128>,
    /// The denominator of the prices.
    pub(super) denominator: i128,
    /// [`Purpose::NoAward`] when the demand or the least quantities cannot be met; the prices then show it.
    pub(super) purpose: Purpose,
    /// What each bidder delivers to each group.
    delivered: Vec<Vec<i128>>,
}

impl Volumes {
    /// What a bidder delivers altogether.
    pub(super) fn of(&self, b: usize) -> i128 {
        self.delivered.get(b).into_iter().flatten().fold(0, |total, v| total.saturating_add(*v))
    }
}

impl Groups {
    /// Groups the regions of a lot by their prices.
    pub(super) fn of(lot: &CoreLot) -> Self {
        let prices = |r: usize| lot.bidders.iter().map(move |b| b.price.get(r).copied().flatten());
        let (mut regions, mut demand): (Vec<Vec<usize>>, Vec<i128>) = (Vec::new(), Vec::new());
        for (r, &volume) in lot.demand.iter().enumerate() {
            let same = |group: &Vec<usize>| group.first().is_some_and(|&first| prices(first).eq(prices(r)));
            match regions.iter_mut().zip(&mut demand).find(|(group, _)| same(group)) {
                Some((group, total)) => {
                    group.push(r);
                    *total = total.saturating_add(volume);
                }
                None => {
                    regions.push(vec![r]);
                    demand.push(volume);
                }
            }
        }
        Self { regions, demand }
    }

    /// The cheapest volumes of a case; or the proof that there are none.
    pub(super) fn cheapest(&self, lot: &CoreLot, sides: &[Side]) -> Result<Volumes, EngineFaultKind> {
        let spread = lot.bidders.iter().zip(sides).any(|(b, side)| *side == Side::Open && b.fixed_cost > 0);
        let denominator = if spread { FINENESS } else { 1 };
        let volumes = self.flow(lot, sides, Purpose::Bound, denominator)?;
        match volumes {
            Some(volumes) => Ok(volumes),
            None => {
                let shown = self.flow(lot, sides, Purpose::NoAward, 1)?;
                shown.ok_or(EngineFaultKind::TooLarge)
            }
        }
    }

    /// Sends the demand through the network. Missing supply can be bought, and unmet least quantities left, at a penalty
    /// above all costs; with the purpose [`Purpose::Bound`] the answer is `None` when a penalty had to be paid, with
    /// [`Purpose::NoAward`] nothing costs anything but the penalty.
    fn flow(
        &self,
        lot: &CoreLot,
        sides: &[Side],
        purpose: Purpose,
        denominator: i128,
    ) -> Result<Option<Volumes>, EngineFaultKind> {
        let unit = if purpose == Purpose::NoAward { 0 } else { denominator };
        let (bidders, groups) = (lot.bidders.len(), self.demand.len());
        let nodes = bidders.saturating_add(groups).saturating_add(2);
        let penalty = self.penalty(lot, unit, nodes)?;
        let (source, sink) = (nodes.saturating_sub(2), nodes.saturating_sub(1));
        let group_node = |g: usize| bidders.saturating_add(g);
        let mut network = Network::new(nodes);
        let mut forced = Vec::new();
        let mut routes = Vec::new();
        for (b, (bidder, &side)) in lot.bidders.iter().zip(sides).enumerate() {
            if side == Side::Out {
                routes.push(Vec::new());
                continue;
            }
            let most = lot.most(bidder)?;
            let least = if side == Side::In { bidder.least() } else { 0 };
            forced.push((network.arc(source, b, least, penalty.saturating_neg()), least));
            let spread = if side == Side::Open { self.spread(bidder, most, unit) } else { 0 };
            network.arc(source, b, most.saturating_sub(least).max(0), spread);
            let offers = self.offers(bidder).map(|(g, price)| {
                let cost = price.saturating_mul(unit);
                (g, network.arc(b, group_node(g), most, cost))
            });
            routes.push(offers.collect());
        }
        let mut bought = Vec::new();
        for (g, &demand) in self.demand.iter().enumerate() {
            bought.push(network.arc(source, group_node(g), demand, penalty));
            network.arc(group_node(g), sink, demand, 0);
        }
        let potential = network.send(source, sink, lot.total_demand()?).ok_or(TooLarge)?;
        let unmet = bought.iter().any(|&arc| network.carried(arc) > 0)
            || forced.iter().any(|&(arc, least)| network.carried(arc) < least);
        if unmet && purpose == Purpose::Bound {
            return Ok(None);
        }
        let at = |node: usize| potential.get(node).copied().unwrap_or(0);
        let mut prices = vec![0; lot.demand.len()];
        for (g, regions) in self.regions.iter().enumerate() {
            for &r in regions {
                if let Some(place) = prices.get_mut(r) {
                    *place = at(group_node(g)).saturating_sub(at(source));
                }
            }
        }
        let carried = |routes: Vec<(usize, usize)>| {
            let mut volumes = vec![0; groups];
            for (g, arc) in routes {
                if let Some(place) = volumes.get_mut(g) {
                    *place = network.carried(arc);
                }
            }
            volumes
        };
        let delivered = routes.into_iter().map(carried).collect();
        Ok(Some(Volumes { prices, denominator, purpose, delivered }))
    }

    /// A penalty above the cost of any detour through the network.
    fn penalty(&self, lot: &CoreLot, unit: i128, nodes: usize) -> Result<i128, TooLarge> {
        let prices = lot.bidders.iter().flat_map(|b| b.price.iter().copied().flatten());
        let dearest = prices.max().unwrap_or(0);
        let spread = lot.bidders.iter().map(|b| b.fixed_cost).max().unwrap_or(0);
        let step = dearest.saturating_add(spread).saturating_mul(unit).saturating_add(1);
        Ok(step.saturating_mul(i128::try_from(nodes).map_err(|_| TooLarge)?.saturating_add(1)))
    }

    /// An undecided bidder's fixed cost for one step, rounded down.
    fn spread(&self, bidder: &CoreBidder, most: i128, unit: i128) -> i128 {
        let reach = self
            .offers(bidder)
            .filter_map(|(g, _)| self.demand.get(g))
            .fold(0_i128, |t, d| t.saturating_add(*d));
        bidder.fixed_cost.saturating_mul(unit).checked_div(most.min(reach)).unwrap_or(0)
    }

    /// The groups that a bidder offers to, with its price.
    fn offers<'a>(&'a self, bidder: &'a CoreBidder) -> impl Iterator<Item = (usize, i128)> + 'a {
        let groups = self.regions.iter().enumerate();
        groups.filter_map(|(g, regions)| Some((g, bidder.price.get(*regions.first()?).copied().flatten()?)))
    }

    /// What each bidder delivers to each region: within a group, bidders and regions are served in their order.
    pub(super) fn by_region(&self, lot: &CoreLot, volumes: &Volumes) -> Vec<Vec<i128>> {
        let mut delivers = vec![vec![0_i128; lot.demand.len()]; lot.bidders.len()];
        for (g, regions) in self.regions.iter().enumerate() {
            let mut needs: Vec<(usize, i128)> =
                regions.iter().map(|&r| (r, lot.demand.get(r).copied().unwrap_or(0))).collect();
            for (own, of) in delivers.iter_mut().zip(&volumes.delivered) {
                let mut has = of.get(g).copied().unwrap_or(0);
                for (r, need) in &mut needs {
                    let given = has.min(*need);
                    has = has.saturating_sub(given);
                    *need = need.saturating_sub(given);
                    if let Some(place) = own.get_mut(*r) {
                        *place = place.saturating_add(given);
                    }
                }
            }
        }
        delivers
    }
}
