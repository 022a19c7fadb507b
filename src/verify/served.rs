//! Limits on regions as they are worded: who serves them, and who else could.

use std::collections::BTreeSet;

use super::limits::{Plain, PlainBid};
use crate::model::language::within_ceiling;
use crate::tender::{Limit, Region};

impl<'a> Plain<'a> {
    /// Every region of a lot has one supplier, and of lots that count together one for all.
    pub(super) fn has_one_supplier(&self, limit: &Limit, lots: &[usize]) -> bool {
        let parties = self.parties(limit, lots);
        let served = |bids: &Vec<&PlainBid<'a>>| -> BTreeSet<&Region> {
            bids.iter().flat_map(|bid| self.served(bid)).collect()
        };
        let mut all: Vec<&Region> = parties.values().flat_map(served).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        let one_for_all = !limit.scope.together || all.len() == count;
        let alone = |lot: &usize| {
            let regions = self.offered.lots.get(*lot).map_or(0, |lot| lot.regions.len());
            (0..regions).all(|region| {
                let serves = |bid: &&PlainBid<'_>| bid.volumes.get(region).is_some_and(|volume| *volume > 0);
                self.on(&[*lot]).filter(serves).count() <= 1
            })
        };
        one_for_all && lots.iter().all(alone)
    }

    /// The regions in which a bid delivers.
    pub(super) fn served(&self, bid: &PlainBid<'a>) -> Vec<&'a Region> {
        let regions = self.offered.lots.get(bid.lot).map(|lot| lot.regions.keys().copied());
        let pairs = regions.into_iter().flatten().zip(&bid.volumes);
        pairs.filter(|(_, volume)| **volume > 0).map(|(region, _)| region).collect()
    }

    /// In every region with demand enough winners offer beside the main supplier.
    pub(super) fn has_backups(&self, limit: &Limit, lot: usize, backups: u32) -> bool {
        let Some(stated) = self.offered.lots.get(lot) else { return false };
        let parties = self.parties(limit, &[lot]);
        stated.regions.iter().filter(|(_, volume)| !volume.is_zero()).all(|(region, _)| {
            let offers = |bid: &&PlainBid<'_>| {
                let filed = bid.offered.bid;
                let row = filed.regional.iter().find(|row| row.region == **region);
                let fits = |price| within_ceiling(self.offered.rules, stated.lot, filed, price);
                bid.wins() && row.is_none_or(|row| row.price.is_some_and(fits))
            };
            let offering = parties.values().filter(|bids| bids.iter().any(&offers)).count();
            offering > usize::try_from(backups).unwrap_or(usize::MAX)
        })
    }
}
