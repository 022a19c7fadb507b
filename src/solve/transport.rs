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

/// A network with the numbers of its arcs.
struct Laid {
    network: Network,
    source: usize,
    sink: usize,
    /// The node of the first group.
    groups_from: usize,
    /// What winners must get at least: arc and volume.
    forced: Vec<(usize, i128)>,
    /// Bidder, group and arc.
    routes: Vec<(usize, usize, usize)>,
    /// Supply that no bidder delivers.
    bought: Vec<usize>,
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
        let mut laid = self.lay_out(lot, sides, unit)?;
        let total = lot.total_demand()?;
        let potential = laid.network.send(laid.source, laid.sink, total).ok_or(TooLarge)?;
        let carried = |arc: usize| laid.network.carried(arc);
        let unmet = laid.bought.iter().any(|&arc| carried(arc) > 0)
            || laid.forced.iter().any(|&(arc, least)| carried(arc) < least);
        if unmet && purpose == Purpose::Bound {
            return Ok(None);
        }
        let at = |node: usize| potential.get(node).copied().unwrap_or(0);
        let mut prices = vec![0; lot.demand.len()];
        for (g, regions) in self.regions.iter().enumerate() {
            let price = at(laid.groups_from.saturating_add(g)).saturating_sub(at(laid.source));
            for &r in regions {
                prices.get_mut(r).into_iter().for_each(|place| *place = price);
            }
        }
        let mut delivered = vec![vec![0; self.demand.len()]; lot.bidders.len()];
        for &(b, g, arc) in &laid.routes {
            if let Some(place) = delivered.get_mut(b).and_then(|own| own.get_mut(g)) {
                *place = carried(arc);
            }
        }
        Ok(Some(Volumes { prices, denominator, purpose, delivered }))
    }

    /// Lays out the network: source to bidders, at their least and largest volume; bidders to groups, at their prices;
    /// groups to sink, at their demand.
    fn lay_out(&self, lot: &CoreLot, sides: &[Side], unit: i128) -> Result<Laid, TooLarge> {
        let groups_from = lot.bidders.len();
        let source = groups_from.saturating_add(self.demand.len());
        let sink = source.saturating_add(1);
        let nodes = sink.saturating_add(1);
        let penalty = self.penalty(lot, sides, unit, nodes)?;
        let mut network = Network::new(nodes);
        let (mut forced, mut routes, mut bought) = (Vec::new(), Vec::new(), Vec::new());
        let taking_part =
            lot.bidders.iter().zip(sides).enumerate().filter(|(_, (_, side))| **side != Side::Out);
        for (b, (bidder, &side)) in taking_part {
            let most = lot.most(bidder)?;
            let least = if side == Side::In { bidder.least() } else { 0 };
            if least > 0 {
                forced.push((network.arc(source, b, least, penalty.saturating_neg()), least));
            }
            let spread = if side == Side::Open { self.spread(bidder, most, unit) } else { 0 };
            network.arc(source, b, most.saturating_sub(least).max(0), spread);
            for (g, price) in self.offers(bidder) {
                let group = groups_from.saturating_add(g);
                routes.push((b, g, network.arc(b, group, most, price.saturating_mul(unit))));
            }
        }
        for (g, &demand) in self.demand.iter().enumerate() {
            let group = groups_from.saturating_add(g);
            bought.push(network.arc(source, group, demand, penalty));
            network.arc(group, sink, demand, 0);
        }
        Ok(Laid { network, source, sink, groups_from, forced, routes, bought })
    }

    /// A penalty above the cost of any detour through the network.
    fn penalty(&self, lot: &CoreLot, sides: &[Side], unit: i128, nodes: usize) -> Result<i128, TooLarge> {
        let mut dearest = 0;
        for (bidder, side) in lot.bidders.iter().zip(sides).filter(|(_, side)| **side != Side::Out) {
            let most = lot.most(bidder)?;
            let spread = if *side == Side::Open { self.spread(bidder, most, unit) } else { 0 };
            let price = self.offers(bidder).map(|(_, price)| price).max().unwrap_or(0);
            dearest = dearest.max(price.saturating_mul(unit).saturating_add(spread));
        }
        Ok(dearest.saturating_add(1).saturating_mul(i128::try_from(nodes).map_err(|_| TooLarge)?))
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
