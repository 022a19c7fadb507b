//! The best awards of a random tender by trying all, read off the documentation.

use std::collections::BTreeSet;

use super::tender::{Bid, Kind, Limit, Lot, Tender};

/// One way to award a lot: for each bid and region a volume.
#[derive(Debug, Clone)]
struct LotAward {
    volumes: Vec<Vec<i64>>,
}

impl LotAward {
    fn volume(&self, bid: usize) -> i64 {
        self.volumes[bid].iter().sum()
    }

    fn wins(&self, bid: usize) -> bool {
        self.volume(bid) > 0
    }
}

/// Every way to give `volume` to bids.
fn splits(volume: i64, bids: usize) -> Vec<Vec<i64>> {
    if bids == 0 {
        return if volume == 0 { vec![Vec::new()] } else { Vec::new() };
    }
    (0..=volume)
        .flat_map(|own| {
            splits(volume - own, bids - 1).into_iter().map(move |mut rest| {
                rest.insert(0, own);
                rest
            })
        })
        .collect()
}

impl Lot {
    /// The price of a bid for its volume, in every region, with the fixed cost; `None` when it offers nothing of the kind.
    fn value(&self, award: &LotAward, at: usize, packed: Option<i64>) -> Option<(i64, i64)> {
        let bid = &self.bids[at];
        let volume = award.volume(at);
        if bid.capacity.is_some_and(|most| volume > most) || bid.least.is_some_and(|least| volume < least) {
            return None;
        }
        if let Some(price) = packed {
            return Some((price * volume, bid.fixed));
        }
        if !bid.bands.is_empty() {
            let band = bid.bands.iter().find(|(least, most, ..)| (*least..=*most).contains(&volume))?;
            return Some((band.2 * volume, bid.fixed + band.3));
        }
        let mut value = 0;
        for (region, stated) in bid.regional.iter().enumerate() {
            let volume = award.volumes[at][region];
            if volume > 0 {
                value += volume * stated.unwrap_or(Some(bid.price))?;
            }
        }
        Some((value, bid.fixed))
    }

    fn awards(&self, one_supplier: bool) -> Vec<LotAward> {
        let mut awards = vec![LotAward { volumes: vec![Vec::new(); self.bids.len()] }];
        for demand in &self.demand {
            let all = splits(*demand, self.bids.len());
            let fits =
                |split: &&Vec<i64>| !one_supplier || split.iter().filter(|volume| **volume > 0).count() == 1;
            awards = awards
                .iter()
                .flat_map(|award| {
                    all.iter().filter(fits).map(|split| {
                        let mut grown = award.clone();
                        for (own, volume) in grown.volumes.iter_mut().zip(split) {
                            own.push(*volume);
                        }
                        grown
                    })
                })
                .collect();
        }
        let alternates = |award: &LotAward| {
            let won: Vec<usize> = (0..self.bids.len())
                .filter(|bid| award.wins(*bid))
                .map(|bid| self.bids[bid].supplier)
                .collect();
            won.iter().collect::<BTreeSet<_>>().len() == won.len()
        };
        awards.retain(alternates);
        awards
    }
}

/// The winning bids of every lot.
pub type Sets = Vec<BTreeSet<usize>>;

/// The best awards of a tender: what they cost as prices are compared, in tenths, and who wins.
pub fn best(tender: &Tender) -> Option<(i64, BTreeSet<Sets>)> {
    let mut found: Option<(Vec<i64>, i64, BTreeSet<Sets>)> = None;
    let each: Vec<Vec<LotAward>> =
        (0..tender.lots.len()).map(|at| tender.lots[at].awards(tender.has(at, Kind::OneSupplier))).collect();
    let mut chosen: Vec<Vec<&LotAward>> = vec![Vec::new()];
    for awards in &each {
        chosen = chosen
            .into_iter()
            .flat_map(|before| awards.iter().map(move |award| [before.clone(), vec![award]].concat()))
            .collect();
    }
    for awards in chosen {
        let Some((values, cost)) = tender.judge(&awards) else { continue };
        let sets: Sets = awards
            .iter()
            .map(|award| (0..award.volumes.len()).filter(|bid| award.wins(*bid)).collect())
            .collect();
        match &mut found {
            Some((best, _, all)) if *best == values => {
                all.insert(sets);
            }
            Some((best, ..)) if *best < values => {}
            _ => found = Some((values, cost, BTreeSet::from([sets]))),
        }
    }
    found.map(|(_, cost, sets)| (cost, sets))
}

impl Tender {
    fn covers(&self, limit: &Limit, lot: usize) -> bool {
        limit.group.is_none_or(|group| self.lots[lot].group == group)
    }

    fn has(&self, lot: usize, kind: Kind) -> bool {
        self.limits.iter().any(|limit| limit.kind == kind && self.covers(limit, lot))
    }

    fn concerns(&self, limit: &Limit, bid: &Bid) -> bool {
        limit.supplier.is_none_or(|supplier| supplier == bid.supplier)
            && (!limit.local || self.suppliers[bid.supplier].local)
    }

    /// Objectives of an award in turn (less is better), with its compared cost in tenths; `None` when it breaks something.
    fn judge(&self, awards: &[&LotAward]) -> Option<(Vec<i64>, i64)> {
        let packed = self.packed(awards)?;
        let mut paid = Vec::new();
        for (lot, award) in self.lots.iter().zip(awards) {
            let at = paid.len();
            let one = |bid: usize| match award.wins(bid) {
                false => Some((0, 0)),
                true => lot.value(award, bid, packed(at, bid)),
            };
            paid.push((0..lot.bids.len()).map(one).collect::<Option<Vec<_>>>()?);
        }
        let won = Won { tender: self, awards, paid };
        let as_one = self.limits.iter().any(|limit| limit.kind == Kind::RelatedAsOne);
        if !won.within_capacities() || !self.limits.iter().all(|limit| won.keeps(limit, as_one)) {
            return None;
        }
        let cost = won.compared();
        let value = |name: &&str| match *name {
            "cost" => cost,
            "fewer-winners" => won.winners(),
            "more-winners" => -won.winners(),
            _ => -won.of_incumbents(),
        };
        Some((self.objectives.iter().map(value).collect(), cost))
    }

    /// The package price of a bid; `None` when an all-or-nothing package is split.
    fn packed(&self, awards: &[&LotAward]) -> Option<impl Fn(usize, usize) -> Option<i64> + use<'_>> {
        let mut prices = Vec::new();
        for package in &self.packages {
            let won = package.bids.iter().filter(|(lot, bid, _)| awards[*lot].wins(*bid)).count();
            if package.all_or_nothing && won != 0 && won != package.bids.len() {
                return None;
            }
            if won == package.bids.len() {
                prices.extend(
                    package.bids.iter().filter_map(|(lot, bid, price)| Some((*lot, *bid, (*price)?))),
                );
            }
        }
        Some(move |lot: usize, bid: usize| {
            prices.iter().find(|(at, own, _)| (*at, *own) == (lot, bid)).map(|(_, _, price)| *price)
        })
    }
}

/// An award under examination.
struct Won<'a> {
    tender: &'a Tender,
    awards: &'a [&'a LotAward],
    /// For each lot and bid: value and fixed cost.
    paid: Vec<Vec<(i64, i64)>>,
}

impl Won<'_> {
    /// The bids of the tender that win, as lot and bid, of which something holds.
    fn places(&self, holds: impl Fn(usize, &Bid) -> bool) -> Vec<(usize, usize)> {
        let mut places = Vec::new();
        for (at, lot) in self.tender.lots.iter().enumerate() {
            for (own, bid) in lot.bids.iter().enumerate() {
                if holds(at, bid) {
                    places.push((at, own));
                }
            }
        }
        places
    }

    fn wins(&self, (lot, bid): (usize, usize)) -> bool {
        self.awards[lot].wins(bid)
    }

    fn volume(&self, places: &[(usize, usize)]) -> i64 {
        places.iter().map(|(lot, bid)| self.awards[*lot].volume(*bid)).sum()
    }

    fn value(&self, places: &[(usize, usize)]) -> i64 {
        places.iter().map(|(lot, bid)| self.paid[*lot][*bid].0).sum()
    }

    fn fixed(&self, places: &[(usize, usize)]) -> i64 {
        places.iter().map(|(lot, bid)| self.paid[*lot][*bid].1).sum()
    }

    fn supplier(&self, (lot, bid): (usize, usize)) -> usize {
        self.tender.lots[lot].bids[bid].supplier
    }

    fn within_capacities(&self) -> bool {
        self.tender.suppliers.iter().enumerate().all(|(at, supplier)| {
            let own = self.places(|_, bid| bid.supplier == at);
            supplier.most_volume.is_none_or(|most| self.volume(&own) <= most)
                && supplier.most_value.is_none_or(|most| self.value(&own) <= most)
        })
    }

    /// The compared cost, in tenths.
    fn compared(&self) -> i64 {
        let all = self.places(|_, _| true);
        let mut cost = 10 * (self.value(&all) + self.fixed(&all));
        for limit in &self.tender.limits {
            match limit.kind {
                Kind::Preference(margin) => {
                    let own = self.places(|lot, bid| {
                        self.tender.covers(limit, lot) && self.tender.concerns(limit, bid)
                    });
                    cost -= margin * self.value(&own);
                }
                Kind::Switching(amount) => {
                    for at in 0..self.awards.len() {
                        let of = |incumbent: bool| {
                            self.places(|lot, bid| {
                                lot == at
                                    && self.tender.covers(limit, lot)
                                    && self.tender.suppliers[bid.supplier].incumbent == incumbent
                            })
                        };
                        if !of(true).is_empty() && of(false).into_iter().any(|place| self.wins(place)) {
                            cost += 10 * amount;
                        }
                    }
                }
                _ => {}
            }
        }
        cost
    }

    fn winners(&self) -> i64 {
        let won = self.places(|_, _| true).into_iter().filter(|place| self.wins(*place)).count();
        i64::try_from(won).unwrap()
    }

    fn of_incumbents(&self) -> i64 {
        self.volume(&self.places(|_, bid| self.tender.suppliers[bid.supplier].incumbent))
    }

    fn keeps(&self, limit: &Limit, as_one: bool) -> bool {
        let lots: Vec<usize> = (0..self.awards.len()).filter(|lot| self.tender.covers(limit, *lot)).collect();
        let blocks: Vec<Vec<usize>> = match limit.together && !lots.is_empty() {
            true => vec![lots],
            false => lots.into_iter().map(|lot| vec![lot]).collect(),
        };
        if let Kind::LotsPerSupplier(min, max) = limit.kind {
            let all: Vec<usize> = blocks.into_iter().flatten().collect();
            return self.lots_per_supplier(limit, as_one, &all, (min, max));
        }
        blocks.iter().all(|lots| self.keeps_on(limit, as_one, lots))
    }

    fn party(&self, place: (usize, usize), as_one: bool) -> usize {
        let supplier = self.supplier(place);
        // Controllers are counted apart from suppliers.
        if as_one { 100 + self.tender.suppliers[supplier].controller } else { supplier }
    }

    fn lots_per_supplier(
        &self,
        limit: &Limit,
        as_one: bool,
        lots: &[usize],
        (min, max): (Option<i64>, Option<i64>),
    ) -> bool {
        let own = self.places(|lot, bid| lots.contains(&lot) && self.tender.concerns(limit, bid));
        let parties: BTreeSet<usize> = own.iter().map(|place| self.party(*place, as_one)).collect();
        parties.iter().all(|party| {
            let won: BTreeSet<usize> = own
                .iter()
                .filter(|place| self.party(**place, as_one) == *party && self.wins(**place))
                .map(|(lot, _)| *lot)
                .collect();
            let count = i64::try_from(won.len()).unwrap();
            max.is_none_or(|max| count <= max) && (count == 0 || min.is_none_or(|min| count >= min))
        })
    }

    fn keeps_on(&self, limit: &Limit, as_one: bool, lots: &[usize]) -> bool {
        let own = self.places(|lot, bid| lots.contains(&lot) && self.tender.concerns(limit, bid));
        let all = self.places(|lot, _| lots.contains(&lot));
        let parties: BTreeSet<usize> = own.iter().map(|place| self.party(*place, as_one)).collect();
        let of_party = |party: usize| -> Vec<(usize, usize)> {
            own.iter().copied().filter(|place| self.party(*place, as_one) == party).collect()
        };
        let measure = |value: bool, places: &[(usize, usize)]| {
            if value { self.value(places) } else { self.volume(places) }
        };
        match limit.kind {
            Kind::Winners(min, max) => {
                let won =
                    parties.iter().filter(|party| of_party(**party).iter().any(|place| self.wins(*place)));
                let count = i64::try_from(won.count()).unwrap();
                min.is_none_or(|min| count >= min) && max.is_none_or(|max| count <= max)
            }
            Kind::Share { value, min, max } => parties.iter().all(|party| {
                let own = of_party(*party);
                let (part, whole) = (10 * measure(value, &own), measure(value, &all));
                let won = own.iter().any(|place| self.wins(*place));
                max.is_none_or(|max| part <= max * whole)
                    && (!won || min.is_none_or(|min| part >= min * whole))
            }),
            Kind::ClassShare { value, min, max } => {
                let (part, whole) = (10 * measure(value, &own), measure(value, &all));
                max.is_none_or(|max| part <= max * whole) && min.is_none_or(|min| part >= min * whole)
            }
            Kind::RegionsPerWinner(min, max) => {
                own.iter().filter(|place| self.wins(**place)).all(|(lot, bid)| {
                    let served = self.awards[*lot].volumes[*bid].iter().filter(|volume| **volume > 0).count();
                    let served = i64::try_from(served).unwrap();
                    min.is_none_or(|min| served >= min) && max.is_none_or(|max| served <= max)
                })
            }
            Kind::Backups(count) => lots.iter().all(|lot| self.has_backups(*lot, count)),
            Kind::Budget(most) => self.value(&own) + self.fixed(&own) <= most,
            Kind::Forced => {
                parties.iter().all(|party| of_party(*party).iter().any(|place| self.wins(*place)))
            }
            Kind::Forbidden => own.iter().all(|place| !self.wins(*place)),
            Kind::RankMonotone => lots.iter().all(|lot| self.is_monotone(*lot)),
            Kind::OneSupplier
            | Kind::Switching(_)
            | Kind::Preference(_)
            | Kind::RelatedAsOne
            | Kind::LotsPerSupplier(..) => true,
        }
    }

    fn has_backups(&self, lot: usize, count: i64) -> bool {
        let stated = &self.tender.lots[lot];
        (0..stated.demand.len()).all(|region| {
            let offers = |bid: &usize| stated.bids[*bid].regional[region] != Some(None);
            let winners =
                (0..stated.bids.len()).filter(|bid| self.awards[lot].wins(*bid)).filter(offers).count();
            i64::try_from(winners).unwrap() > count
        })
    }

    fn is_monotone(&self, lot: usize) -> bool {
        let bids = &self.tender.lots[lot].bids;
        let volume = |bid: usize| self.awards[lot].volume(bid);
        (0..bids.len()).all(|one| {
            (0..bids.len()).all(|other| {
                let better = bids[one].price < bids[other].price;
                !(better && volume(one) > 0) || volume(one) >= volume(other)
            })
        })
    }
}
