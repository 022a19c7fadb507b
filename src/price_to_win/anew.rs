//! What becomes of a bid at another price, by evaluating its lots anew through every stage.
//!
//! For rules that no shorter way knows: ranking by score, margins, places by capacity, matching the lowest price, and lots whose
//! award is a programme of its own. A span of prices is judged by its two ends: where the bid has the same rank and verdict, or
//! loses for the same reason, and every bid has the same end at both, nothing is taken to change between them.

use std::collections::BTreeSet;

use super::quoted::Quoted;
use super::search::Fate;
use crate::certify::{BidStatus, certify_award};
use crate::compare::{AgainstCeiling, ComparableTender};
use crate::model::model;
use crate::money::UnitPrice;
use crate::screen::{Screened, Standing, screen_at_other_prices};
use crate::solve::{Exact, solve};
use crate::tender::{Act, Decision, Package, PackageBid};

/// Lots that are decided together, and the bid whose price moves.
pub(super) struct Anew<'a> {
    pub(super) screened: &'a Screened,
    /// Places of the lots among all.
    pub(super) lots: &'a [usize],
    /// Place of the bid's lot among all.
    pub(super) lot: usize,
    /// Place of the bid in its lot.
    pub(super) bid: usize,
}

/// What became of the bids at a price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trace {
    /// The rank of the bid that moves and how many share it, unless it loses, and the rule that keeps it out.
    own: (u32, u32, Option<&'static str>),
    /// The end of every bid.
    ends: Vec<BidStatus>,
}

impl Anew<'_> {
    /// What becomes of the bid at a price, and of all bids beside it; `None` when a number cannot be held or nothing is proved.
    pub(super) fn at(&self, quoted: &Quoted<'_>, steps: i128) -> Option<(Fate, Trace)> {
        let price = quoted.price(steps)?;
        let comparable = quoted.comparable(price)?;
        let mut lots = Vec::with_capacity(self.lots.len());
        for at in self.lots {
            let mut lot = self.screened.lots.get(*at)?.comparable.clone();
            if *at == self.lot {
                let ceiling = lot.lot.ceiling_price;
                let bid = lot.lot.bids.get_mut(self.bid)?;
                bid.price = Some(price);
                let own = lot.bids.get_mut(self.bid)?;
                let filed = own.comparable_price.replace(comparable);
                let supplier = bid.supplier_id.clone();
                own.against_ceiling = match bid.ceiling_price {
                    Some(ceiling) => Some(AgainstCeiling { price, ceiling }),
                    None => ceiling.map(|ceiling| AgainstCeiling { price: comparable, ceiling }),
                };
                // Its own draw was among those that were as low as it filed.
                if filed != Some(comparable) {
                    let of_it =
                        |act: &Decision| act.supplier_id == supplier && matches!(act.act, Act::Draw(_));
                    lot.lot.decisions.retain(|act| !of_it(act));
                }
            }
            lots.push(lot);
        }
        let Screened { notice, suppliers, rules, .. } = self.screened;
        let (notice, suppliers, rules) = (notice.clone(), suppliers.clone(), rules.clone());
        let held = |package: &&Package| {
            let inside = |bid: &PackageBid| lots.iter().any(|lot| lot.lot.id == bid.lot_id);
            package.bids.iter().all(inside)
        };
        let packages = self.screened.packages.iter().filter(held).cloned().collect();
        let tender = ComparableTender { notice, suppliers, packages, inputs: Vec::new(), rules, lots };
        let Ok(screened) = screen_at_other_prices(tender) else {
            return Some((Fate::Loses, Trace { own: (0, 0, None), ends: Vec::new() }));
        };
        let models = model(&screened).ok()?;
        let candidate = solve(&models, &Exact::default()).ok()?;
        let award = certify_award(screened, &models, &candidate).ok()?;
        let place = self.lots.iter().position(|at| *at == self.lot)?;
        let ends = award.lots().flat_map(|(_, lot)| lot.statuses.iter().copied()).collect();
        let (lot, _) = award.lots().nth(place)?;
        let standing = lot.bids.get(self.bid)?.standing;
        let status = *award.lots().nth(place)?.1.statuses.get(self.bid)?;
        let fate = match status {
            BidStatus::Won => Fate::Wins,
            BidStatus::Tied | BidStatus::Open => Fate::MayWin,
            BidStatus::Lost | BidStatus::Excluded => Fate::Loses,
        };
        // Who loses for one reason loses at whatever rank.
        let own = match standing {
            Standing::Excluded { rule } => (0, 0, Some(rule)),
            Standing::Ranked { fails, .. } if fate == Fate::Loses => (0, 0, fails),
            Standing::Ranked { rank, tied, fails } => (rank, tied, fails),
        };
        Some((fate, Trace { own, ends }))
    }

    /// The prices at which the bid is as low as another of its lot: of each the first and the last, in steps, in their order.
    pub(super) fn meets(&self, quoted: &Quoted<'_>, most: i128) -> Vec<i128> {
        let Some(lot) = self.screened.lots.get(self.lot) else { return Vec::new() };
        let others = lot.comparable.bids.iter().enumerate().filter(|(at, _)| *at != self.bid);
        let ends = |price: UnitPrice| {
            let first = quoted.highest_below(price, most)?.checked_add(1)?;
            Some([first, quoted.highest_at_most(price, most)?])
        };
        let met = others.filter_map(|(_, bid)| ends(bid.comparable_price?)).flatten();
        met.filter(|steps| (1..=most).contains(steps)).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The last price up to `most` at which the bid wins, where it wins at every lower price too; 0 when it wins at none.
    pub(super) fn threshold(&self, quoted: &Quoted<'_>, most: i128) -> Option<i128> {
        let wins = |steps: i128| Some(self.at(quoted, steps)?.0 == Fate::Wins);
        if most < 1 || !wins(1)? {
            return Some(0);
        }
        if wins(most)? {
            return Some(most);
        }
        let (mut low, mut high) = (1_i128, most);
        while high.checked_sub(low)? > 1 {
            let middle = low.midpoint(high);
            if wins(middle)? { low = middle } else { high = middle }
        }
        Some(low)
    }
}
