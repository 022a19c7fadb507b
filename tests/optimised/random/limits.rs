//! An award of a random tender under examination: its limits as the documentation words them.

use std::collections::BTreeSet;

use super::given::Given;
use super::tender::{Bid, Bounds, Kind, Limit};
use super::together::Together;

/// Lot (as a place among those decided together) and bid.
type Place = (usize, usize);

/// An award under examination.
pub struct Won<'a> {
    pub case: &'a Together<'a>,
    pub awards: &'a [&'a Vec<Given>],
    /// For each lot and bid: value and fixed cost.
    pub paid: Vec<Vec<(i64, i64)>>,
}

fn within(count: usize, (min, max): Bounds) -> bool {
    let count = i64::try_from(count).unwrap();
    min.is_none_or(|min| count >= min) && max.is_none_or(|max| count <= max)
}

/// Whether a part of a whole is within shares in tenths.
fn is_share(part: i64, whole: i64, (min, max): Bounds) -> bool {
    min.is_none_or(|min| 10 * part >= min * whole) && max.is_none_or(|max| 10 * part <= max * whole)
}

impl Won<'_> {
    /// The bids of which something holds.
    fn places(&self, holds: impl Fn(usize, &Bid) -> bool) -> Vec<Place> {
        let mut places = Vec::new();
        for (at, lot) in self.case.lots.iter().enumerate() {
            for (own, bid) in self.case.tender.lots[*lot].bids.iter().enumerate() {
                if holds(at, bid) {
                    places.push((at, own));
                }
            }
        }
        places
    }

    fn all(&self) -> Vec<Place> {
        self.places(|_, _| true)
    }

    fn bid(&self, (lot, bid): Place) -> &Bid {
        &self.case.tender.lots[self.case.lots[lot]].bids[bid]
    }

    fn given(&self, (lot, bid): Place) -> &Given {
        &self.awards[lot][bid]
    }

    fn wins(&self, place: Place) -> bool {
        self.given(place).volume > 0
    }

    fn volume(&self, places: &[Place]) -> i64 {
        places.iter().map(|place| self.given(*place).volume).sum()
    }

    fn value(&self, places: &[Place]) -> i64 {
        places.iter().map(|(lot, bid)| self.paid[*lot][*bid].0).sum()
    }

    fn fixed(&self, places: &[Place]) -> i64 {
        places.iter().map(|(lot, bid)| self.paid[*lot][*bid].1).sum()
    }

    fn party(&self, place: Place) -> usize {
        self.case.party(self.bid(place).supplier)
    }

    fn is_incumbent(&self, place: Place) -> bool {
        self.case.tender.suppliers[self.bid(place).supplier].incumbent == Some(true)
    }

    /// What shares of lots are taken of: what is wanted, also where it need not be given; or what is awarded, where the
    /// number of winners decides how much that is.
    fn whole(&self, lots: &[usize]) -> i64 {
        if lots.iter().any(|lot| self.case.is_agreed(self.case.lots[*lot])) {
            return self.volume(&self.places(|lot, _| lots.contains(&lot)));
        }
        lots.iter().flat_map(|lot| self.case.wanted(self.case.lots[*lot])).sum()
    }

    /// Whether it, or whoever counts as one with it, is an incumbent.
    fn stays(&self, place: Place) -> bool {
        let suppliers = self.case.tender.suppliers.iter().enumerate();
        let mut own = suppliers.filter(|(at, _)| self.case.party(*at) == self.party(place));
        own.any(|(_, supplier)| supplier.incumbent == Some(true))
    }

    pub fn within_capacities(&self) -> bool {
        self.case.tender.suppliers.iter().enumerate().all(|(at, supplier)| {
            let own = self.places(|_, bid| bid.supplier == at);
            // Stated in halves.
            supplier.most_volume.is_none_or(|most| 2 * self.volume(&own) <= most * self.case.fine)
                && supplier.most_value.is_none_or(|most| self.value(&own) <= most * self.case.fine)
        })
    }

    /// The compared cost, in tenths.
    pub fn compared(&self) -> i64 {
        let all = self.all();
        let mut cost = 10 * (self.value(&all) + self.fixed(&all));
        for limit in &self.case.limits {
            match limit.kind {
                Kind::Preference(margin) => cost -= margin * self.value(&self.of(limit)),
                Kind::Switching(amount) => cost += 10 * amount * self.case.fine * self.switches(limit),
                _ => {}
            }
        }
        cost
    }

    /// The bids of a limit.
    fn of(&self, limit: &Limit) -> Vec<Place> {
        let tender = self.case.tender;
        self.places(|lot, bid| tender.covers(limit, self.case.lots[lot]) && tender.concerns(limit, bid))
    }

    /// Lots with a bid of an incumbent in which a supplier of the scope wins that is none; all together are one.
    fn switches(&self, limit: &Limit) -> i64 {
        let own = self.of(limit);
        let switched = |lot: &usize| {
            self.all().iter().any(|place| place.0 == *lot && self.stays(*place))
                && own.iter().any(|place| place.0 == *lot && self.wins(*place) && !self.stays(*place))
        };
        let most = if limit.together { 1 } else { self.case.lots.len() };
        i64::try_from((0..self.case.lots.len()).filter(switched).take(most).count()).unwrap()
    }

    /// Switches of all limits: what saves no more than their amounts is no switch.
    pub fn all_switches(&self) -> i64 {
        let limits = self.case.limits.iter().filter(|limit| matches!(limit.kind, Kind::Switching(_)));
        limits.map(|limit| self.switches(limit)).sum()
    }

    pub fn winners(&self) -> i64 {
        i64::try_from(self.all().into_iter().filter(|place| self.wins(*place)).count()).unwrap()
    }

    pub fn of_incumbents(&self) -> i64 {
        let own: Vec<Place> = self.all().into_iter().filter(|place| self.is_incumbent(*place)).collect();
        self.volume(&own)
    }

    pub fn largest_volumes(&self) -> i64 {
        self.awards.iter().filter_map(|award| award.iter().map(|given| given.volume).max()).sum()
    }

    pub fn quality(&self) -> i64 {
        let score = |place: Place| self.bid(place).quality.unwrap_or(0) * self.given(place).volume;
        self.all().into_iter().map(score).sum()
    }

    pub fn all_volume(&self) -> i64 {
        self.volume(&self.all())
    }

    pub fn keeps(&self, limit: &Limit) -> bool {
        let covered = |at: &usize| self.case.tender.covers(limit, self.case.lots[*at]);
        let lots: Vec<usize> = (0..self.case.lots.len()).filter(covered).collect();
        let together = limit.together || matches!(limit.kind, Kind::LotsPerSupplier(_));
        let blocks: Vec<Vec<usize>> = match together && !lots.is_empty() {
            true => vec![lots],
            false => lots.into_iter().map(|lot| vec![lot]).collect(),
        };
        blocks.iter().all(|lots| self.keeps_on(limit, lots))
    }

    fn keeps_on(&self, limit: &Limit, lots: &[usize]) -> bool {
        let own: Vec<Place> = self.of(limit).into_iter().filter(|place| lots.contains(&place.0)).collect();
        let all = self.places(|lot, _| lots.contains(&lot));
        let parties: BTreeSet<usize> = own.iter().map(|place| self.party(*place)).collect();
        let of_party = |party: usize| -> Vec<Place> {
            own.iter().copied().filter(|place| self.party(*place) == party).collect()
        };
        let won = |party: &usize| of_party(*party).iter().any(|place| self.wins(*place));
        let measure =
            |value: bool, places: &[Place]| if value { self.value(places) } else { self.volume(places) };
        let whole = |value: bool| if value { self.value(&all) } else { self.whole(lots) };
        match &limit.kind {
            Kind::Winners(range) => within(parties.iter().filter(|party| won(party)).count(), *range),
            Kind::Share { value, range } => parties
                .iter()
                .filter(|party| won(party))
                .all(|party| is_share(measure(*value, &of_party(*party)), whole(*value), *range)),
            Kind::ClassShare { value, range } => is_share(measure(*value, &own), whole(*value), *range),
            Kind::LotsPerSupplier(range) => parties.iter().filter(|party| won(party)).all(|party| {
                let places = of_party(*party).into_iter().filter(|place| self.wins(*place));
                within(places.map(|(lot, _)| lot).collect::<BTreeSet<_>>().len(), *range)
            }),
            Kind::RegionsPerWinner(range) => parties.iter().filter(|party| won(party)).all(|party| {
                let served = of_party(*party).into_iter().flat_map(|place| self.given(place).regions.clone());
                within(served.collect::<BTreeSet<_>>().len(), *range)
            }),
            Kind::Backups(count) => lots.iter().all(|lot| self.has_backups(*lot, *count)),
            Kind::Budget(most) => self.value(&own) + self.fixed(&own) <= most * self.case.fine,
            Kind::Forced => parties.iter().all(won),
            Kind::Forbidden => !parties.iter().any(won),
            Kind::SharesByRank(lists) => {
                lots.iter().all(|lot| self.has_shares_by_rank(&own, *lot, lists, limit))
            }
            Kind::RankMonotone => lots.iter().all(|lot| self.is_monotone(&own, *lot)),
            Kind::OneSupplier => !limit.together || self.has_one_for_all(&own),
            // Counted where volumes are awarded, where prices are compared, and who counts as one.
            Kind::Reserve(_)
            | Kind::AgreedShare(_)
            | Kind::Switching(_)
            | Kind::Preference(_)
            | Kind::RelatedAsOne => true,
        }
    }

    /// No region is served by two, be it on different lots.
    fn has_one_for_all(&self, own: &[Place]) -> bool {
        let mut serving: BTreeSet<(usize, usize)> = BTreeSet::new();
        for place in own {
            serving.extend(self.given(*place).regions.iter().map(|region| (*region, self.party(*place))));
        }
        let regions: BTreeSet<usize> = serving.iter().map(|(region, _)| *region).collect();
        regions.len() == serving.len()
    }

    /// The winners of a lot, of some bids, with the price that ranks them.
    fn ranked(&self, own: &[Place], lot: usize) -> Vec<(i64, i64)> {
        let won = own.iter().copied().filter(|place| place.0 == lot && self.wins(*place));
        let mut ranked: Vec<(i64, i64)> =
            won.map(|place| (self.bid(place).price, self.given(place).volume)).collect();
        ranked.sort_unstable();
        ranked
    }

    fn has_backups(&self, lot: usize, count: i64) -> bool {
        let stated = &self.case.tender.lots[self.case.lots[lot]];
        let wanted = (0..stated.demand.len()).filter(|region| stated.demand[*region] > 0);
        wanted.into_iter().all(|region| {
            let offers = |place: &Place| self.wins(*place) && stated.offers(self.bid(*place), region);
            let winners: BTreeSet<usize> = self
                .places(|at, _| at == lot)
                .into_iter()
                .filter(offers)
                .map(|place| self.party(place))
                .collect();
            i64::try_from(winners.len()).unwrap() > count
        })
    }

    fn has_shares_by_rank(&self, own: &[Place], lot: usize, lists: &[Vec<i64>], limit: &Limit) -> bool {
        let stated = &self.case.tender.lots[self.case.lots[lot]];
        let could_win = |place: &Place| place.0 == lot && !stated.is_above_ceiling(self.bid(*place).price);
        if limit.is_of_some_bids() && !own.iter().any(could_win) {
            return true;
        }
        let won = self.ranked(own, lot);
        let whole = self.whole(&[lot]);
        lists
            .iter()
            .filter(|list| list.len() == won.len())
            .any(|list| won.iter().zip(list).all(|((_, volume), share)| 10 * volume == share * whole))
    }

    fn is_monotone(&self, own: &[Place], lot: usize) -> bool {
        let won = self.ranked(own, lot);
        let pairs = || won.iter().flat_map(|one| won.iter().map(move |other| (one, other)));
        pairs().all(|(one, other)| one.0 >= other.0 || one.1 >= other.1)
    }
}
