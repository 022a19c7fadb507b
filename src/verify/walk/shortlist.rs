//! Who is within the places, who is set apart before them, and in which lots prices lie furthest apart or closest together.

use std::collections::BTreeMap;

use crate::money::{Inexact, Proportion, Quantity, Ratio, Rounding, UnitPrice};
use crate::rules::{AnchorSet, AwardRule, Quota, Unit};
use crate::verify::bids::{Count, bidders};

use super::order::{order, units};

/// The order of a lot, or of one of its bidding units, with its places, before any rule looks at a single bid.
pub(in crate::verify) struct Shortlist {
    /// The unit, where the lot is divided, and how many bidders count in it.
    pub(super) unit: Option<Unit>,
    pub(super) bidders: u32,
    /// Best first; bids that nothing tells apart stand together.
    pub(super) order: Vec<Vec<usize>>,
    /// How many the quota allows, at most as many as bid.
    pub(super) quota: u32,
    /// How many may be shortlisted: the quota, or fewer when they deliver all.
    pub(super) places: u32,
    /// What the bids before each rank deliver together, where that sets the places; `None` when one of them has no limit.
    pub(super) delivered: BTreeMap<u32, Option<Quantity>>,
    /// Prices of all that are ranked, lowest first, and of those that the places give first.
    ranked: Vec<UnitPrice>,
    first: Vec<UnitPrice>,
    /// A bid below this line is set apart, and how many are.
    pub(super) line: Option<UnitPrice>,
    pub(super) apart: u32,
    /// Prices of those that take the places once the others are set apart.
    pub(super) taken: Vec<UnitPrice>,
}

/// Where a bid stands beside the places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seat {
    /// Selected without volume and without a place.
    Apart,
    /// Within the places; at the edge when it shares the last of them with bids that nothing tells apart.
    Within { edge: bool },
    /// Beyond them.
    Beyond,
}

impl Shortlist {
    /// The shortlists of a lot, one for each unit; none under a rule set that does not rank.
    ///
    /// # Errors
    /// [`Inexact`] when the number of places cannot be held.
    pub(in crate::verify) fn of(count: &Count<'_>) -> Result<Vec<Self>, Inexact> {
        match &count.rules.award {
            AwardRule::Ranked { stages, .. } => {
                units(stages).into_iter().map(|unit| Self::of_unit(count, unit)).collect()
            }
            AwardRule::LeastCost { .. } => Ok(Vec::new()),
        }
    }

    fn of_unit(count: &Count<'_>, unit: Option<Unit>) -> Result<Self, Inexact> {
        let AwardRule::Ranked { rank, places: quota, stages, .. } = &count.rules.award else {
            return Err(Inexact);
        };
        let bidders = bidders(&count.bids, count.rules, |bid| bid.unit == unit)?;
        let quota = places(&quota.rule.quota, bidders)?.min(bidders);
        let order = order(count, rank, unit);
        let delivered = delivered(count, &order)?;
        let mut places = quota;
        if stages.capacity.is_some() {
            let needed = |rank: u32| {
                let before = delivered.range(..=rank).next_back().and_then(|(_, before)| *before);
                before.is_some_and(|before| before < count.base)
            };
            let ranked = order.iter().map(Vec::len).sum::<usize>();
            let ranked = u32::try_from(ranked).map_err(|_| Inexact)?;
            places = quota
                .min(u32::try_from((1..=ranked).filter(|rank| needed(*rank)).count()).map_err(|_| Inexact)?);
        }
        let most = usize::try_from(places).map_err(|_| Inexact)?;
        let ranked: Vec<UnitPrice> =
            order.iter().flatten().filter_map(|at| count.bids.get(*at)?.price).collect();
        let first: Vec<UnitPrice> = ranked.iter().take(most).copied().collect();
        let line = stages.without_volume.as_ref().and_then(|rule| {
            let rule = &rule.rule;
            let from = if rule.set == AnchorSet::Ranked { &ranked } else { &first };
            UnitPrice::mean_less_deviations(from, rule.deviations, rule.divisor, rule.rounding)
        });
        let below = |price: &&UnitPrice| line.is_some_and(|line| **price < line);
        let apart = ranked.iter().filter(below).count();
        let taken = ranked.iter().skip(apart).take(most).copied().collect();
        let apart = u32::try_from(apart).map_err(|_| Inexact)?;
        Ok(Self { unit, bidders, order, quota, places, delivered, ranked, first, line, apart, taken })
    }

    /// The prices of a set.
    pub(super) fn prices(&self, set: AnchorSet) -> &[UnitPrice] {
        if set == AnchorSet::Ranked { &self.ranked } else { &self.first }
    }

    /// The lowest price of those that can take a place.
    pub(super) fn lowest(&self) -> Option<UnitPrice> {
        let apart = usize::try_from(self.apart).unwrap_or(usize::MAX);
        self.ranked.iter().skip(apart).min().or(self.ranked.first()).copied()
    }

    /// The highest price of those within the places.
    pub(super) fn highest(&self) -> Option<UnitPrice> {
        self.taken.iter().max().copied()
    }

    /// The rank among those that can take a place, 0 for one that is set apart, and where that is.
    pub(super) fn seat(&self, rank: u32, tied: u32) -> (u32, Seat) {
        let position = rank.saturating_sub(self.apart);
        let last = position.saturating_add(tied).saturating_sub(1);
        let seat = match position {
            0 => Seat::Apart,
            _ if position > self.places => Seat::Beyond,
            _ => Seat::Within { edge: last > self.places },
        };
        (position, seat)
    }

    /// The highest price within the places over the lowest, when they differ.
    pub(super) fn spread(&self) -> Option<Proportion> {
        let (lowest, highest) = (*self.taken.iter().min()?, self.highest()?);
        let digits = lowest.decimals().max(highest.decimals());
        let steps = |price: UnitPrice| u128::try_from(price.in_steps(digits)?).ok();
        if lowest < highest { Proportion::new(steps(highest)?, steps(lowest)?) } else { None }
    }
}

/// What the bids before each rank deliver together; bids that nothing tells apart share a rank.
fn delivered(count: &Count<'_>, order: &[Vec<usize>]) -> Result<BTreeMap<u32, Option<Quantity>>, Inexact> {
    let (mut found, mut rank, mut sum) = (BTreeMap::new(), 1_u32, Some(Quantity::ZERO));
    for group in order {
        found.insert(rank, sum);
        for at in group {
            let capacity = count.lot.bids.get(*at).and_then(|bid| bid.capacity);
            sum = sum.zip(capacity).map(|(sum, capacity)| sum.plus(capacity)).transpose()?;
            rank = rank.saturating_add(1);
        }
    }
    Ok(found)
}

/// The places for so many bidders, by the table or as a share of them; none without bidders.
fn places(quota: &Quota, bidders: u32) -> Result<u32, Inexact> {
    match quota {
        Quota::Table(table) => Ok(table.at(bidders).copied().unwrap_or(0)),
        Quota::Share { share, mode } => {
            let whole = Rounding { digits: 0, mode: *mode };
            let places = share.scaled(Ratio::from_steps(bidders.into(), 0)?)?.rounded(whole)?;
            places.in_steps(0).and_then(|places| u32::try_from(places).ok()).ok_or(Inexact)
        }
    }
}

/// Where a lot stands by its spread: from the widest, and from the narrowest where that is known.
pub(in crate::verify) type SpreadRank = (u32, Option<u32>);

/// For each lot where it stands by its spread; `None` without a spread, or under a rule set that does not ask.
pub(in crate::verify) fn spread_ranks(lots: &[(&Count<'_>, Option<&Shortlist>)]) -> Vec<Option<SpreadRank>> {
    let asked = lots.iter().find_map(|(count, _)| match &count.rules.award {
        AwardRule::Ranked { stages, .. } => stages.highest_excluded.as_ref(),
        AwardRule::LeastCost { .. } => None,
    });
    let Some(rule) = asked else { return vec![None; lots.len()] };
    let spreads: Vec<Option<Proportion>> = lots.iter().map(|(_, list)| (*list)?.spread()).collect();
    let place = |better: &dyn Fn(&Proportion) -> bool| {
        let before = spreads.iter().flatten().filter(|other| better(other)).count();
        u32::try_from(before).ok()?.checked_add(1)
    };
    let number = rule.rule.lots.or_else(|| u32::try_from(spreads.iter().flatten().count()).ok());
    let one = |((count, _), own): (&(&Count<'_>, Option<&Shortlist>), &Option<Proportion>)| {
        let own = (*own)?;
        Some(match count.lot.spread_rank {
            Some(rank) => (rank, number?.checked_sub(rank).and_then(|after| after.checked_add(1))),
            None => (place(&|other| *other > own)?, place(&|other| *other < own)),
        })
    };
    lots.iter().zip(&spreads).map(one).collect()
}
