//! The best awards of a random tender by trying all, read off the documentation and nothing else.
//!
//! Lots that a package, a supplier's capacity or a limit speaks of together are tried together. Volumes are tried in whole
//! steps: those in which the quantities are stated, and where a limit takes parts of them, in tenths for each such part.

use std::collections::BTreeSet;

use super::limits::Won;
use super::tender::{Bid, Kind, Limit, Lot, Stated, Tender};
use super::text::decimal;

/// What a bid is given in a lot.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Given {
    /// In steps.
    pub volume: i64,
    /// At its own prices, region by region.
    value: i64,
    /// The regions that it serves.
    pub regions: BTreeSet<usize>,
}

/// What each bid of a lot is given.
type LotAward = Vec<Given>;

/// The best awards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Best {
    /// As prices are compared.
    pub cost: String,
    /// Whether several sets of winners are best.
    pub draw: bool,
    /// For each lot its sets of winning bids.
    pub lots: Vec<BTreeSet<BTreeSet<usize>>>,
}

/// Lots that are decided together.
pub struct Together<'a> {
    pub tender: &'a Tender,
    pub limits: Vec<&'a Limit>,
    pub lots: Vec<usize>,
    /// Steps of a stated unit of volume.
    pub fine: i64,
    pub as_one: bool,
}

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

/// Whether a list of shares has parts of ten.
fn tenths(shares: &[i64]) -> bool {
    shares.iter().any(|share| share % 10 != 0)
}

impl Tender {
    pub fn covers(&self, limit: &Limit, lot: usize) -> bool {
        limit.group.is_none_or(|group| self.lots[lot].group == group)
            && (limit.lots.is_empty() || limit.lots.contains(&lot))
    }

    pub fn concerns(&self, limit: &Limit, bid: &Bid) -> bool {
        let supplier = &self.suppliers[bid.supplier];
        let of_class = match limit.class {
            None => true,
            Some("incumbent") => supplier.incumbent == Some(true),
            Some("new-entrant") => supplier.incumbent == Some(false),
            Some("small") => supplier.small,
            Some(_) => supplier.local,
        };
        of_class
            && (limit.suppliers.is_empty() || limit.suppliers.contains(&bid.supplier))
            && (limit.unit.is_none() || limit.unit == bid.unit)
    }

    /// The limits that hold.
    fn limits_in_force(&self) -> Vec<&Limit> {
        self.limits.iter().filter(|limit| limit.stated != Stated::Lifted).collect()
    }

    /// Lots that are decided together.
    fn parts(&self) -> Vec<Together<'_>> {
        let all: Vec<usize> = (0..self.lots.len()).collect();
        let mut ties: Vec<Vec<usize>> = Vec::new();
        ties.extend(self.packages.iter().map(|package| package.bids.iter().map(|bid| bid.0).collect()));
        for (at, supplier) in self.suppliers.iter().enumerate() {
            if supplier.most_volume.is_some() || supplier.most_value.is_some() {
                let bids = |lot: &&usize| self.lots[**lot].bids.iter().any(|bid| bid.supplier == at);
                ties.push(all.iter().filter(bids).copied().collect());
            }
        }
        let limits = self.limits_in_force();
        for limit in &limits {
            if limit.together || matches!(limit.kind, Kind::LotsPerSupplier(_)) {
                ties.push(all.iter().filter(|lot| self.covers(limit, **lot)).copied().collect());
            }
        }
        let mut part_of = all.clone();
        for tie in ties {
            let joined: Vec<usize> = tie.iter().map(|lot| part_of[*lot]).collect();
            let first = joined.iter().min().copied().unwrap_or(0);
            part_of.iter_mut().filter(|part| joined.contains(part)).for_each(|part| *part = first);
        }
        let part = |first: usize| {
            let lots: Vec<usize> = all.iter().filter(|lot| part_of[**lot] == first).copied().collect();
            self.together(lots, &limits)
        };
        all.iter().filter(|lot| part_of[**lot] == **lot).map(|lot| part(*lot)).collect()
    }

    /// The lots of the parts of the tender that have no award.
    pub fn without_award(&self) -> Vec<Vec<usize>> {
        self.parts().into_iter().filter(|part| part.best().is_none()).map(|part| part.lots).collect()
    }

    /// Whether lots that are decided together have an award; `None` when there are too many to try.
    pub fn is_open(&self, lots: &[usize]) -> Option<bool> {
        self.together(lots.to_vec(), &self.limits_in_force()).is_open()
    }

    fn together<'a>(&'a self, lots: Vec<usize>, limits: &[&'a Limit]) -> Together<'a> {
        let here = |limit: &&&Limit| lots.iter().any(|lot| self.covers(limit, *lot));
        let limits: Vec<&Limit> = limits.iter().filter(here).copied().collect();
        let as_one = limits.iter().any(|limit| limit.kind == Kind::RelatedAsOne);
        let reserve = limits.iter().any(|limit| matches!(limit.kind, Kind::Reserve(_)));
        let parts = limits.iter().any(|limit| match &limit.kind {
            Kind::AgreedShare(shares) => tenths(shares),
            Kind::SharesByRank(lists) => lists.iter().any(|list| tenths(list)),
            _ => false,
        });
        let fine = if reserve { 10 } else { 1 } * if parts { 10 } else { 1 };
        Together { tender: self, limits, lots, fine, as_one }
    }
}

/// The best awards of a tender; `None` when there is none.
pub fn best(tender: &Tender) -> Option<Best> {
    let mut lots = vec![BTreeSet::new(); tender.lots.len()];
    let (mut cost, mut draw) = (0, false);
    for part in tender.parts() {
        let (own, sets) = part.best()?;
        // In hundredths of a stated step, and tenths of margins.
        cost += own * (100 / part.fine);
        draw = draw || sets.len() > 1;
        for (place, lot) in part.lots.iter().enumerate() {
            lots[*lot] = sets.iter().map(|set| set[place].clone()).collect();
        }
    }
    Some(Best { cost: decimal(cost, tender.price_digits + tender.volume_digits + 3), draw, lots })
}

/// The sets of winning bids of a lot in the best awards of all lots that are decided with it; `None` when there is none.
pub fn best_on(tender: &Tender, lot: usize) -> Option<BTreeSet<BTreeSet<usize>>> {
    let parts = tender.parts();
    let part = parts.iter().find(|part| part.lots.contains(&lot)).unwrap();
    let place = part.lots.iter().position(|at| *at == lot).unwrap();
    let (_, sets) = part.best()?;
    Some(sets.iter().map(|set| set[place].clone()).collect())
}

/// Awards of a lot that are tried, at most, when only looking for any.
const MOST_OF_LOT: usize = 200_000;

/// Awards of several lots together that are tried, at most.
const MOST_TRIED: usize = 3_000_000;

/// The winning bids of every lot of some.
type Sets = BTreeSet<Vec<BTreeSet<usize>>>;

impl Together<'_> {
    fn best(&self) -> Option<(i64, Sets)> {
        let each: Vec<Vec<LotAward>> = self.lots.iter().map(|lot| self.lot_awards(*lot)).collect();
        let mut chosen: Vec<Vec<&LotAward>> = vec![Vec::new()];
        for awards in &each {
            chosen = chosen
                .into_iter()
                .flat_map(|before| awards.iter().map(move |award| [&before[..], &[award]].concat()))
                .collect();
        }
        let mut found: Option<(Vec<i64>, i64, Sets)> = None;
        for awards in chosen {
            let Some((values, cost)) = self.judge(&awards) else { continue };
            let won = |award: &&LotAward| (0..award.len()).filter(|bid| award[*bid].volume > 0).collect();
            let sets: Vec<BTreeSet<usize>> = awards.iter().map(won).collect();
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

    fn is_open(&self) -> Option<bool> {
        let mut each = Vec::new();
        for lot in &self.lots {
            let awards = (self.count(*lot) <= MOST_OF_LOT).then(|| self.lot_awards(*lot))?;
            if awards.is_empty() {
                return Some(false);
            }
            each.push(awards);
        }
        let all = each.iter().map(Vec::len).try_fold(1_usize, usize::checked_mul)?;
        (all <= MOST_TRIED).then(|| self.any(&each, &mut Vec::new()))
    }

    /// Whether some choice of awards of the lots, one each, keeps everything.
    fn any<'w>(&self, each: &'w [Vec<LotAward>], chosen: &mut Vec<&'w LotAward>) -> bool {
        let Some(awards) = each.get(chosen.len()) else { return self.judge(chosen).is_some() };
        awards.iter().any(|award| {
            chosen.push(award);
            let found = self.any(each, chosen);
            chosen.pop();
            found
        })
    }

    /// How many ways there are to give volumes of a lot to its bids, at most.
    fn count(&self, lot: usize) -> usize {
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
    fn lot_awards(&self, at: usize) -> Vec<LotAward> {
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

    /// Who a supplier counts as.
    pub fn party(&self, supplier: usize) -> usize {
        // Controllers are counted apart from suppliers.
        if self.as_one { 100 + self.tender.suppliers[supplier].controller } else { supplier }
    }

    fn fits(&self, bid: &Bid, volume: i64) -> bool {
        bid.capacity.is_none_or(|most| volume <= most * self.fine)
            && bid.least.is_none_or(|least| volume >= least * self.fine)
    }

    /// What is paid for a bid: value and fixed cost.
    fn paid(&self, at: usize, bid: &Bid, given: &Given, packed: Option<i64>) -> Option<(i64, i64)> {
        let lot = &self.tender.lots[at];
        let fixed = bid.fixed * self.fine;
        if let Some(price) = packed {
            return (!lot.is_above_ceiling(price)).then_some((price * given.volume, fixed));
        }
        if bid.bands.is_empty() {
            return Some((given.value, fixed));
        }
        let holds = bid.bands.iter().filter(|band| {
            given.volume >= band.least * self.fine
                && band.most.is_none_or(|most| given.volume <= most * self.fine)
                && !lot.is_above_ceiling(band.price)
        });
        // In a quantity where two bands meet, the cheaper.
        holds
            .map(|band| (band.price * given.volume, fixed + band.fixed * self.fine))
            .min_by_key(|(value, fixed)| value + fixed)
    }

    fn won<'w>(&'w self, awards: &'w [&'w LotAward]) -> Option<Won<'w>> {
        let place = |lot: usize| self.lots.iter().position(|own| *own == lot);
        let wins = |lot: usize, bid: usize| place(lot).is_some_and(|lot| awards[lot][bid].volume > 0);
        let mut prices = Vec::new();
        for package in &self.tender.packages {
            let won = package.bids.iter().filter(|(lot, bid, _)| wins(*lot, *bid)).count();
            if package.all_or_nothing && won != 0 && won != package.bids.len() {
                return None;
            }
            if won == package.bids.len() {
                let own = |(lot, bid, price): &(usize, usize, Option<i64>)| Some(((*lot, *bid), (*price)?));
                prices.extend(package.bids.iter().filter_map(own));
            }
        }
        let mut paid = Vec::new();
        for (lot, award) in self.lots.iter().zip(awards) {
            let own = |(bid, given): (usize, &Given)| {
                let packed = prices.iter().find(|(at, _)| *at == (*lot, bid)).map(|(_, price)| *price);
                match given.volume {
                    0 => Some((0, 0)),
                    _ => self.paid(*lot, &self.tender.lots[*lot].bids[bid], given, packed),
                }
            };
            paid.push(award.iter().enumerate().map(own).collect::<Option<Vec<_>>>()?);
        }
        Some(Won { case: self, awards, paid })
    }

    /// Objectives of an award in turn (less is better), with its compared cost in tenths of steps; `None` when it breaks
    /// something.
    fn judge(&self, awards: &[&LotAward]) -> Option<(Vec<i64>, i64)> {
        let won = self.won(awards)?;
        if !won.within_capacities() || !self.limits.iter().all(|limit| won.keeps(limit)) {
            return None;
        }
        let cost = won.compared();
        let value = |name: &&str| match *name {
            "fewer-winners" => won.winners(),
            "more-winners" => -won.winners(),
            "equal-shares" => won.largest_volumes(),
            "incumbents" => -won.of_incumbents(),
            "quality" => -won.quality(),
            "volume" => -won.all_volume(),
            other => panic!("no objective {other}"),
        };
        let with_switches = |name: &&str| match *name {
            "cost" => vec![cost, won.all_switches()],
            _ => vec![value(name)],
        };
        Some((self.tender.objectives.iter().flat_map(with_switches).collect(), cost))
    }
}
