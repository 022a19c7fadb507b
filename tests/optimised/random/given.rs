//! Every way to give the volumes of a lot to its bids.

use std::collections::BTreeSet;

use super::limits::Won;
use super::tender::{Bid, Kind, Limit, Lot};
use super::together::Together;

/// What a bid is given in a lot.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Given {
    /// In steps.
    pub volume: i64,
    /// At its own prices, region by region.
    pub value: i64,
    /// The regions that it serves.
    pub regions: BTreeSet<usize>,
}

/// What each bid of a lot is given.
pub type LotAward = Vec<Given>;

/// Every way to give `volume` to bids, of which some can take.
fn splits(volume: i64, takes: &[bool], whole: bool) -> Vec<Vec<i64>> {
    let Some((first, others)) = takes.split_first() else {
        return if volume == 0 { vec![Vec::new()] } else { Vec::new() };
    };
    let own = (0..=volume).filter(|own| *own == 0 || (*first && (!whole || *own == volume)));
    own.flat_map(|own| {
        splits(volume - own, others, whole).into_iter().map(move |rest| [vec![own], rest].concat())
    })
    .collect()
}

impl Lot {
    pub fn is_above_ceiling(&self, price: i64) -> bool {
        self.ceiling.is_some_and(|ceiling| price > ceiling)
    }

    /// What a bid asks in a region; `None` where it does not offer.
    fn asks(&self, bid: &Bid, region: usize) -> Option<i64> {
        let price = bid.regional[region].unwrap_or(Some(bid.price))?;
        (!self.is_above_ceiling(bid.price) && !self.is_above_ceiling(price)).then_some(price)
    }

    /// Whether a winning bid offers in a region.
    pub fn offers(&self, bid: &Bid, region: usize) -> bool {
        self.asks(bid, region).is_some()
    }

    /// What a region can be given: what it wants, or less where that need not be met.
    fn volumes(&self, region: usize, wanted: i64, one_supplier: bool) -> Vec<i64> {
        match (self.unmet.contains(&region), one_supplier) {
            (false, _) => vec![wanted],
            (true, false) => (0..=wanted).collect(),
            (true, true) => BTreeSet::from([0, wanted]).into_iter().collect(),
        }
    }

    /// Every award of the given volumes by region. Which regions a bid serves is kept where it is asked for.
    fn awards(&self, demand: &[i64], one_supplier: bool, by_region: bool) -> BTreeSet<LotAward> {
        let mut awards = BTreeSet::from([vec![Given::default(); self.bids.len()]]);
        for (region, volume) in demand.iter().enumerate() {
            let asked: Vec<Option<i64>> = self.bids.iter().map(|bid| self.asks(bid, region)).collect();
            let takes: Vec<bool> = asked.iter().map(Option::is_some).collect();
            let all: Vec<Vec<i64>> = self
                .volumes(region, *volume, one_supplier)
                .into_iter()
                .flat_map(|volume| splits(volume, &takes, one_supplier))
                .collect();
            let grown = |award: &LotAward, split: &Vec<i64>| -> LotAward {
                let mut award = award.clone();
                for ((own, volume), price) in award.iter_mut().zip(split).zip(&asked).filter(|it| *it.0.1 > 0)
                {
                    own.volume += volume;
                    own.value += volume * price.unwrap();
                    if by_region {
                        own.regions.insert(region);
                    }
                }
                award
            };
            awards =
                awards.iter().flat_map(|award| all.iter().map(move |split| grown(award, split))).collect();
        }
        awards
    }
}

impl Together<'_> {
    /// How many ways there are to give volumes of a lot to its bids, at most.
    pub fn count(&self, lot: usize) -> usize {
        let stated = &self.tender.lots[lot];
        let ways = |(region, volume): (usize, i64)| {
            let (volume, mut ways) = (usize::try_from(volume).unwrap(), 1_usize);
            // One more to give to where something may be left.
            let takers = stated.bids.len() + usize::from(stated.unmet.contains(&region)) - 1;
            for taker in 1..=takers {
                ways = ways.saturating_mul(volume + taker) / taker;
            }
            ways
        };
        self.wanted(lot).into_iter().enumerate().map(ways).fold(1, usize::saturating_mul)
    }

    /// What the regions of a lot want, in steps, when all of what is left by a reserve is awarded.
    pub fn wanted(&self, lot: usize) -> Vec<i64> {
        let mut demand: Vec<i64> =
            self.tender.lots[lot].demand.iter().map(|volume| volume * self.fine).collect();
        for limit in self.here(lot) {
            if let Kind::Reserve(share) = limit.kind {
                demand.iter_mut().for_each(|volume| *volume = *volume * (10 - share) / 10);
            }
        }
        demand
    }

    /// Whether the number of winners decides how much of a lot is awarded.
    pub fn is_agreed(&self, lot: usize) -> bool {
        self.here(lot).any(|limit| matches!(limit.kind, Kind::AgreedShare(_)))
    }

    fn here(&self, lot: usize) -> impl Iterator<Item = &Limit> {
        self.limits.iter().copied().filter(move |limit| self.tender.covers(limit, lot))
    }

    /// Awards of a lot that keep what concerns this lot alone.
    pub fn lot_awards(&self, at: usize) -> Vec<LotAward> {
        let lot = &self.tender.lots[at];
        let one_supplier = self.here(at).any(|limit| limit.kind == Kind::OneSupplier);
        let demand = self.wanted(at);
        let by_region =
            self.here(at).any(|limit| matches!(limit.kind, Kind::RegionsPerWinner(_) | Kind::OneSupplier));
        let agreed = self.here(at).find_map(|limit| match &limit.kind {
            Kind::AgreedShare(shares) => Some(shares),
            _ => None,
        });
        let all: Vec<LotAward> = match agreed {
            None => lot.awards(&demand, one_supplier, by_region).into_iter().collect(),
            Some(shares) => (1..=lot.bids.len())
                .flat_map(|count| {
                    let share = shares[count.min(shares.len()) - 1];
                    let part: Vec<i64> = demand.iter().map(|volume| volume * share / 10).collect();
                    let awards = lot.awards(&part, one_supplier, by_region);
                    awards.into_iter().filter(move |award| self.winners(at, award) == count)
                })
                .collect(),
        };
        let fits = |award: &LotAward| {
            let won: Vec<usize> = (0..award.len())
                .filter(|bid| award[*bid].volume > 0)
                .map(|bid| lot.bids[bid].supplier)
                .filter(|supplier| !lot.together.contains(supplier))
                .collect();
            // Of the bids of one supplier at most one wins.
            won.iter().collect::<BTreeSet<_>>().len() == won.len()
                && (0..award.len())
                    .all(|bid| award[bid].volume == 0 || self.fits(&lot.bids[bid], award[bid].volume))
        };
        let own = Together { lots: vec![at], limits: self.limits.clone(), ..*self };
        let alone = |award: &LotAward| {
            // In a package prices are not yet known.
            !self.tender.packages.is_empty() || self.lots.len() == 1 || {
                let kept = |won: &Won<'_>| {
                    self.here(at)
                        .filter(|limit| !limit.together && !matches!(limit.kind, Kind::LotsPerSupplier(_)))
                        .all(|limit| won.keeps(limit))
                };
                own.won(&[award]).is_some_and(|won| kept(&won))
            }
        };
        all.into_iter().filter(fits).filter(alone).collect()
    }

    /// How many suppliers win a lot.
    fn winners(&self, lot: usize, award: &LotAward) -> usize {
        let bids = &self.tender.lots[lot].bids;
        let won = (0..award.len()).filter(|bid| award[*bid].volume > 0);
        won.map(|bid| self.party(bids[bid].supplier)).collect::<BTreeSet<_>>().len()
    }

    fn fits(&self, bid: &Bid, volume: i64) -> bool {
        bid.capacity.is_none_or(|most| volume <= most * self.fine)
            && bid.least.is_none_or(|least| volume >= least * self.fine)
    }
}
