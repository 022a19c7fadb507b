//! An award of lots in the whole bidding language against the bids and the limits as they are worded: what each bid is paid,
//! what it can deliver, and every limit, without any row of a programme.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::language::input::{BidOffered, Offered, covers};
use crate::model::language::{Group, Language, in_force};
use crate::money::{Money, Ratio};
use crate::tender::{Limit, LimitKind, Measure, Range};

/// A bid of the award.
pub(super) struct PlainBid<'a> {
    pub(super) lot: usize,
    pub(super) offered: &'a BidOffered<'a>,
    /// Volume by region, in steps.
    pub(super) volumes: Vec<i128>,
    /// What is paid by the columns, fixed cost included.
    pub(super) paid: i128,
    /// What is paid by the bid as filed, without and with fixed costs.
    value: i128,
    fixed: i128,
}

/// An award in plain numbers.
pub(super) struct Plain<'a> {
    pub(super) offered: &'a Offered<'a>,
    group: &'a Group,
    pub(super) language: &'a Language,
    pub(super) bids: Vec<PlainBid<'a>>,
    as_one: bool,
    /// What the columns say that the award is compared as.
    cost: i128,
}

type Found = Result<(), &'static str>;

impl PlainBid<'_> {
    pub(super) fn volume(&self) -> i128 {
        self.volumes.iter().fold(0, |sum, volume| sum.saturating_add(*volume))
    }

    pub(super) fn wins(&self) -> bool {
        self.volume() > 0
    }
}

/// Whether `part / whole` is within a range of shares.
fn within(part: i128, whole: i128, range: Range<Ratio>) -> Option<bool> {
    let side = |share: Ratio| -> Option<(i128, i128)> {
        let digits = share.decimals();
        let one = Ratio::ONE.in_steps(digits)?;
        Some((part.checked_mul(one)?, whole.checked_mul(share.in_steps(digits)?)?))
    };
    let least = match range.min {
        Some(share) => side(share).map(|(part, share)| part >= share)?,
        None => true,
    };
    let most = match range.max {
        Some(share) => side(share).map(|(part, share)| part <= share)?,
        None => true,
    };
    Some(least && most)
}

fn counted(count: usize, range: Range<u32>) -> bool {
    let fits = |bound: u32| usize::try_from(bound).unwrap_or(usize::MAX);
    range.min.is_none_or(|least| count >= fits(least)) && range.max.is_none_or(|most| count <= fits(most))
}

fn sum<'p>(numbers: impl IntoIterator<Item = &'p i128>) -> Option<i128> {
    numbers.into_iter().try_fold(0_i128, |sum, number| sum.checked_add(*number))
}

impl<'a> Plain<'a> {
    /// The award that the values of the columns stand for; `None` when a number leaves 128 bits.
    pub(super) fn new(
        offered: &'a Offered<'a>,
        group: &'a Group,
        language: &'a Language,
        values: &[i128],
    ) -> Option<Self> {
        let mut bids = Vec::new();
        for (place, at) in group.lots.iter().enumerate() {
            let (lot, view) = (offered.lots.get(*at)?, language.lots.get(place)?);
            for (own, bid) in lot.bids.iter().enumerate() {
                let shown = view.bids.iter().find(|shown| shown.at == own)?;
                let volumes = match shown.taken(values) {
                    Some(offer) => offer.volumes(values).ok()?,
                    None => vec![0; view.regions.len()],
                };
                let paid = shown.paid(values).ok()?;
                bids.push(PlainBid { lot: *at, offered: bid, volumes, paid, value: 0, fixed: 0 });
            }
        }
        let as_one = in_force(offered.rules).iter().any(|one| {
            one.limit.kind == LimitKind::RelatedAsOne
                && group
                    .lots
                    .iter()
                    .any(|at| offered.lots.get(*at).is_some_and(|lot| covers(&one.limit.scope, lot.lot)))
        });
        let each = (0..group.lots.len()).map(|place| language.cost_of(place, values).ok());
        let cost = sum(&each.collect::<Option<Vec<_>>>()?)?;
        Some(Self { offered, group, language, bids, as_one, cost })
    }

    /// Whether the award is one: prices, quantities, demand, packages, and every limit in force.
    ///
    /// # Errors
    /// The key of what does not hold.
    pub(super) fn check(mut self) -> Found {
        let prices = (0..self.bids.len()).map(|at| self.priced(at)).collect::<Result<Vec<_>, _>>()?;
        for (bid, (value, fixed)) in self.bids.iter_mut().zip(prices) {
            (bid.value, bid.fixed) = (value, fixed);
        }
        self.suppliers()?;
        self.demand()?;
        for one in in_force(self.offered.rules) {
            match self.keeps(&one.limit) {
                Some(true) => {}
                Some(false) => return Err("limit_broken"),
                None => return Err("too_large"),
            }
        }
        if self.compared() == Some(self.cost) { Ok(()) } else { Err("cost") }
    }

    /// At most one of the bids of a supplier on a lot, and what it can deliver over all lots.
    fn suppliers(&self) -> Found {
        let mut seen = BTreeSet::new();
        for bid in self.bids.iter().filter(|bid| bid.wins()) {
            if !seen.insert((bid.lot, &bid.offered.bid.supplier_id)) {
                return Err("alternates");
            }
        }
        for (id, supplier) in self.offered.suppliers {
            let own = || self.bids.iter().filter(|bid| bid.offered.bid.supplier_id == *id);
            let steps = self.language.steps;
            let volume = own().map(PlainBid::volume).try_fold(0_i128, i128::checked_add);
            let volume = volume.and_then(|volume| steps.volume(volume)).ok_or("too_large")?;
            let value = own().map(|bid| bid.value).try_fold(0_i128, i128::checked_add);
            let value = value.and_then(|value| steps.cost(value)).ok_or("too_large")?;
            let most = supplier.capacity_value.and_then(|most| Money::parse(&most.to_string()).ok());
            if supplier.capacity_volume.is_some_and(|most| volume > most)
                || most.is_some_and(|most| value > most)
            {
                return Err("supplier_capacity");
            }
        }
        Ok(())
    }

    pub(super) fn on(&self, lots: &[usize]) -> impl Iterator<Item = &PlainBid<'a>> {
        self.bids.iter().filter(move |bid| lots.contains(&bid.lot))
    }

    /// Every region gets its demand: less the reserve, and the part that goes with the number of winners.
    fn demand(&self) -> Found {
        for at in &self.group.lots {
            let lot = self.offered.lots.get(*at).ok_or("malformed")?;
            for (region, volume) in lot.regions.values().enumerate() {
                let given = self.on(std::slice::from_ref(at)).filter_map(|bid| bid.volumes.get(region));
                let given = sum(given).and_then(|given| self.language.steps.volume(given));
                let part = self.awarded_part(*at).ok_or("too_large")?;
                let wanted = volume.scaled(part).map_err(|_| "too_large")?;
                if given != Some(wanted) {
                    return Err("demand");
                }
            }
        }
        Ok(())
    }

    /// The part of a lot's demand that is awarded.
    fn awarded_part(&self, at: usize) -> Option<Ratio> {
        let lot = self.offered.lots.get(at)?.lot;
        let mut part = Ratio::ONE;
        for limit in self.offered.rules.limits.iter().filter(|limit| covers(&limit.scope, lot)) {
            match &limit.kind {
                LimitKind::Reserve(share) => part = part.scaled(Ratio::ONE.minus(*share).ok()?).ok()?,
                LimitKind::AgreedShare(shares) => {
                    let parties = self.parties(limit, &[at]);
                    let winners = parties.values().filter(|bids| bids.iter().any(|bid| bid.wins())).count();
                    let place = winners.saturating_sub(1).min(shares.len().saturating_sub(1));
                    part = part.scaled(*shares.get(place)?).ok()?;
                }
                _ => {}
            }
        }
        Some(part)
    }

    /// Whether a limit is kept; `None` when a number leaves 128 bits.
    fn keeps(&self, limit: &Limit) -> Option<bool> {
        let here = |at: &&usize| self.offered.lots.get(**at).is_some_and(|lot| covers(&limit.scope, lot.lot));
        let lots: Vec<usize> = self.group.lots.iter().filter(here).copied().collect();
        if lots.is_empty() {
            return Some(true);
        }
        if let LimitKind::LotsPerSupplier(range) = &limit.kind {
            return Some(self.lots_per_supplier(limit, &lots, *range));
        }
        if limit.scope.together {
            return self.keeps_on(limit, &lots);
        }
        lots.into_iter().map(|lot| self.keeps_on(limit, &[lot])).try_fold(true, |all, one| Some(all && one?))
    }

    /// The bids of a limit on some lots, by whom they count for.
    pub(super) fn parties(&self, limit: &Limit, lots: &[usize]) -> BTreeMap<&str, Vec<&PlainBid<'a>>> {
        let mut parties: BTreeMap<&str, Vec<&PlainBid<'a>>> = BTreeMap::new();
        for bid in self.on(lots).filter(|bid| self.offered.concerns(&limit.scope, bid.offered.bid)) {
            let supplier = &bid.offered.bid.supplier_id;
            let controller = self.offered.suppliers.get(supplier).and_then(|known| known.controller.as_ref());
            let party = match controller.filter(|_| self.as_one) {
                Some(controller) => controller.as_str(),
                None => supplier.as_str(),
            };
            parties.entry(party).or_default().push(bid);
        }
        parties
    }

    fn lots_per_supplier(&self, limit: &Limit, lots: &[usize], range: Range<u32>) -> bool {
        self.parties(limit, lots).values().all(|bids| {
            let won: BTreeSet<usize> = bids.iter().filter(|bid| bid.wins()).map(|bid| bid.lot).collect();
            won.is_empty() || counted(won.len(), range)
        })
    }

    fn keeps_on(&self, limit: &Limit, lots: &[usize]) -> Option<bool> {
        let parties = self.parties(limit, lots);
        let concerned = || parties.values().flatten();
        let amount = |measure: Measure, bid: &PlainBid<'_>| match measure {
            Measure::Volume => bid.volume(),
            Measure::Value => bid.value,
        };
        let whole =
            |measure| self.on(lots).try_fold(0_i128, |sum, bid| sum.checked_add(amount(measure, bid)));
        let of = |measure, bids: &[&PlainBid<'_>]| {
            bids.iter().try_fold(0_i128, |sum, bid| sum.checked_add(amount(measure, bid)))
        };
        Some(match &limit.kind {
            LimitKind::Winners(range) => {
                counted(parties.values().filter(|bids| bids.iter().any(|bid| bid.wins())).count(), *range)
            }
            LimitKind::Share(measure, range) => {
                let whole = whole(*measure)?;
                let mut kept = true;
                for bids in parties.values().filter(|bids| bids.iter().any(|bid| bid.wins())) {
                    kept = kept && within(of(*measure, bids)?, whole, *range)?;
                }
                kept
            }
            LimitKind::ClassShare(measure, range) => {
                let own: Vec<&PlainBid<'_>> = concerned().copied().collect();
                within(of(*measure, &own)?, whole(*measure)?, *range)?
            }
            LimitKind::SharesByRank(lists) => self.has_shares_by_rank(limit, lots, lists)?,
            LimitKind::RankMonotone => self.is_monotone(limit, lots),
            LimitKind::RegionsPerWinner(range) => {
                let served = |bids: &Vec<&PlainBid<'a>>| {
                    bids.iter().flat_map(|bid| self.served(bid)).collect::<BTreeSet<_>>().len()
                };
                parties.values().map(served).all(|count| count == 0 || counted(count, *range))
            }
            LimitKind::OneSupplierPerRegion => self.has_one_supplier(limit, lots),
            LimitKind::Backups(backups) => lots.iter().all(|lot| self.has_backups(limit, *lot, *backups)),
            LimitKind::Budget(most) => {
                let spent = concerned()
                    .try_fold(0_i128, |sum, bid| sum.checked_add(bid.value)?.checked_add(bid.fixed))?;
                spent <= self.money(*most).ok()?
            }
            LimitKind::Forced => parties.values().all(|bids| bids.iter().any(|bid| bid.wins())),
            LimitKind::Forbidden => !concerned().any(|bid| bid.wins()),
            LimitKind::Lifted
            | LimitKind::LotsPerSupplier(_)
            | LimitKind::Switching(_)
            | LimitKind::Preference(_)
            | LimitKind::Reserve(_)
            | LimitKind::AgreedShare(_)
            | LimitKind::RelatedAsOne => true,
        })
    }

    /// The winners of a limit on a lot, by price.
    fn by_price(&self, limit: &Limit, lot: usize) -> Vec<&PlainBid<'a>> {
        let ranked = |bid: &&PlainBid<'_>| self.offered.concerns(&limit.scope, bid.offered.bid);
        let mut won: Vec<&PlainBid<'a>> = self.on(&[lot]).filter(|bid| bid.wins()).filter(ranked).collect();
        won.sort_by_key(|bid| bid.offered.price);
        won
    }

    fn has_shares_by_rank(&self, limit: &Limit, lots: &[usize], lists: &[Vec<Ratio>]) -> Option<bool> {
        let could_win = |bid: &PlainBid<'_>| {
            bid.offered.barred_by.is_none()
                && bid.offered.price.is_some()
                && self.offered.concerns(&limit.scope, bid.offered.bid)
        };
        let mut kept = true;
        for lot in lots {
            if limit.scope.is_of_some_bids() && !self.on(std::slice::from_ref(lot)).any(could_win) {
                continue;
            }
            let won = self.by_price(limit, *lot);
            let all = self.on(std::slice::from_ref(lot));
            let whole = all.into_iter().try_fold(0_i128, |sum, bid| sum.checked_add(bid.volume()))?;
            let Some(list) = lists.iter().find(|list| list.len() == won.len()) else { return Some(false) };
            for (bid, share) in won.iter().zip(list) {
                let exactly = Range { min: Some(*share), max: Some(*share) };
                kept = kept && within(bid.volume(), whole, exactly)?;
            }
        }
        Some(kept)
    }

    fn is_monotone(&self, limit: &Limit, lots: &[usize]) -> bool {
        lots.iter().all(|lot| {
            let won = self.by_price(limit, *lot);
            let pairs = won.iter().flat_map(|one| won.iter().map(move |other| (one, other)));
            pairs.into_iter().all(|(one, other)| {
                one.offered.price >= other.offered.price || one.volume() >= other.volume()
            })
        })
    }

    /// What the award is compared as: what is paid, less the margins of preferred bids, with the amounts of switching.
    fn compared(&self) -> Option<i128> {
        let paid = |bid: &PlainBid<'_>| bid.value.checked_add(bid.fixed);
        let mut total = self.bids.iter().try_fold(0_i128, |sum, bid| sum.checked_add(paid(bid)?))?;
        for limit in &self.offered.rules.limits {
            let here =
                |at: &&usize| self.offered.lots.get(**at).is_some_and(|lot| covers(&limit.scope, lot.lot));
            let lots: Vec<usize> = self.group.lots.iter().filter(here).copied().collect();
            let parties = self.parties(limit, &lots);
            let bids = parties.values().flatten();
            match &limit.kind {
                LimitKind::Preference(margin) => {
                    let digits = margin.decimals();
                    let (part, one) = (margin.in_steps(digits)?, Ratio::ONE.in_steps(digits)?);
                    for bid in bids {
                        total = total.checked_sub(bid.value.checked_mul(part)?.checked_div_euclid(one)?)?;
                    }
                }
                LimitKind::Switching(amount) => {
                    let bids: Vec<_> = bids.collect();
                    let stays = |bid: &PlainBid<'_>| {
                        self.offered.is_incumbent(&bid.offered.bid.supplier_id, self.as_one)
                    };
                    let switches = |lot: &&usize| {
                        let new = bids.iter().any(|bid| bid.lot == **lot && !stays(bid) && bid.wins());
                        new && self.on(std::slice::from_ref(*lot)).any(stays)
                    };
                    // Of the lots together the amount counts once.
                    let most = if limit.scope.together { 1 } else { lots.len() };
                    for _ in lots.iter().filter(switches).take(most) {
                        total = total.checked_add(self.money(*amount).ok()?)?;
                    }
                }
                _ => {}
            }
        }
        Some(total)
    }
}
