//! Who is ranked, in which order, while one bid's price lies in a span.

use std::collections::{BTreeMap, BTreeSet};

use super::field::Field;
use super::span::{Span, Stop};
use crate::rules::{AwardRule, RankFacts, Ranking, RelatedBids};
use crate::tender::BidState;

/// The bid whose price moves.
#[derive(Debug, Clone, Copy)]
pub(super) struct Subject {
    /// Its place in the lot's list.
    pub(super) at: usize,
    /// The price of the quoted pack.
    pub(super) quoted: Span,
    /// What that comes to on the representative specification.
    pub(super) comparable: Span,
}

/// A bid that can be ranked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Runner {
    /// Its place in the lot's list.
    pub(super) at: usize,
    /// Its comparable price.
    pub(super) price: Span,
    /// 1 for the best; those that nothing tells apart share a rank.
    pub(super) rank: usize,
    /// How many share it.
    pub(super) tied: usize,
}

/// The bidders counted and the ranked bids, best first.
pub(super) struct Entry {
    pub(super) bidders: u32,
    pub(super) runners: Vec<Runner>,
}

impl Field<'_> {
    /// The comparable price of a bid.
    fn price(&self, at: usize, subject: Option<&Subject>) -> Option<Span> {
        if self.states.get(at) != Some(&BidState::Valid) {
            return None;
        }
        match subject.filter(|subject| subject.at == at) {
            Some(subject) => Some(subject.comparable),
            None => self.lot.bids.get(at)?.comparable_price.map(Span::point),
        }
    }

    /// The price of a bid and its ceiling, as they are to be compared.
    pub(super) fn against_ceiling(
        &self,
        at: usize,
        subject: Option<&Subject>,
    ) -> Option<(Span, Option<Span>)> {
        let bid = self.lot.lot.bids.get(at)?;
        let own = subject.filter(|subject| subject.at == at);
        match bid.ceiling_price {
            Some(ceiling) => {
                let quoted = own.map_or_else(|| bid.price.map(Span::point), |subject| Some(subject.quoted));
                Some((quoted?, Some(Span::point(ceiling))))
            }
            None => Some((self.price(at, subject)?, self.lot.lot.ceiling_price.map(Span::point))),
        }
    }

    fn is_above_ceiling(&self, at: usize, subject: Option<&Subject>) -> Result<bool, Stop> {
        let Some((price, Some(ceiling))) = self.against_ceiling(at, subject) else { return Ok(false) };
        if self.rules.ceiling.is_none() { Ok(false) } else { price.at_most(ceiling).map(|kept| !kept) }
    }

    /// Whether a related bid stands in the place of a bid; `None` when the two lowest are equal, which no tender may have.
    fn is_merged(&self, at: usize, subject: Option<&Subject>) -> Result<Option<bool>, Stop> {
        let own = self.controllers.get(at);
        let Some(price) = self.price(at, subject) else { return Ok(Some(false)) };
        let mut equal = false;
        for other in (0..self.lot.bids.len()).filter(|other| *other != at) {
            if self.controllers.get(other) != own {
                continue;
            }
            let Some(theirs) = self.price(other, subject) else { continue };
            if !price.at_most(theirs)? {
                return Ok(Some(true));
            }
            equal = equal || price.low == theirs.high;
        }
        Ok(if equal { None } else { Some(false) })
    }

    /// Who is ranked; `None` when the tender would be refused at these prices.
    pub(super) fn enter(&self, subject: Option<&Subject>) -> Result<Option<Entry>, Stop> {
        let treatment = self.rules.related_bids.rule.treatment;
        let mut counted: BTreeSet<usize> = BTreeSet::new();
        let mut running: Vec<(usize, Span)> = Vec::new();
        for (at, state) in self.states.iter().enumerate() {
            let above = self.is_above_ceiling(at, subject)?;
            if self.rules.bidders_counted.rule.counts(*state, above) {
                let controller = self.controllers.get(at).copied().unwrap_or(at);
                counted.insert(if treatment == RelatedBids::Allow { at } else { controller });
            }
            let merged = match treatment {
                RelatedBids::Allow => false,
                RelatedBids::Merge | RelatedBids::Refuse => match self.is_merged(at, subject)? {
                    Some(merged) => merged,
                    None => return Ok(None),
                },
            };
            if let Some(price) = self.price(at, subject).filter(|_| !above && !merged) {
                running.push((at, price));
            }
        }
        let runners = self.order(&running, subject)?;
        Ok(Some(Entry { bidders: u32::try_from(counted.len()).map_err(|_| Stop::Inexact)?, runners }))
    }

    /// The order by price, by the keys and by the draws recorded.
    fn order(&self, running: &[(usize, Span)], subject: Option<&Subject>) -> Result<Vec<Runner>, Stop> {
        if let Some(subject) = subject.filter(|subject| !subject.comparable.is_point()) {
            let within =
                |price: Span| subject.comparable.low <= price.low && price.low <= subject.comparable.high;
            let others = running.iter().filter(|(at, _)| *at != subject.at);
            if let Some((_, met)) = others.into_iter().find(|(_, price)| within(*price)) {
                return Err(Stop::Undecided(Some(met.low)));
            }
        }
        let facts: Vec<RankFacts> =
            running.iter().filter_map(|(at, price)| self.facts(*at, *price)).collect();
        let AwardRule::Ranked { rank: Ranking::ByPrice(rule), .. } = &self.rules.award else {
            return Err(Stop::Inexact);
        };
        let mut runners = Vec::with_capacity(running.len());
        for group in
            rule.rule.order(&facts).into_iter().flat_map(|group| self.settled(group, running, subject))
        {
            let rank = runners.len().saturating_add(1);
            let tied = group.len();
            let of = |(at, price): &(usize, Span)| Runner { at: *at, price: *price, rank, tied };
            runners.extend(group.iter().filter_map(|place| running.get(*place)).map(of));
        }
        Ok(runners)
    }

    fn facts(&self, at: usize, price: Span) -> Option<RankFacts> {
        let bid = self.lot.lot.bids.get(at)?;
        Some(RankFacts {
            comparable_price: price.low,
            score: None,
            preference_points: None,
            prior_volume: bid.prior_volume,
            approved_on: bid.approved_on,
            quality_score: bid.quality_score,
            own_demand: self.brand_demand.get(at).copied().flatten(),
            supply_score: bid.supply_score,
            own_active_ingredient: bid.own_active_ingredient,
        })
    }

    /// A tied group after the draws: those drawn by their place, then the others together.
    fn settled(
        &self,
        group: Vec<usize>,
        running: &[(usize, Span)],
        subject: Option<&Subject>,
    ) -> Vec<Vec<usize>> {
        if group.len() < 2 {
            return vec![group];
        }
        // Its own draw was among those that were as low as it filed.
        let moved = subject.filter(|subject| {
            let filed = self.lot.bids.get(subject.at).and_then(|bid| bid.comparable_price);
            filed.map(Span::point) != Some(subject.comparable)
        });
        let drawn = |place: &usize| {
            let (at, _) = running.get(*place)?;
            self.drawn.get(*at).copied().flatten().filter(|_| moved.is_none_or(|moved| moved.at != *at))
        };
        let first: BTreeMap<u32, usize> =
            group.iter().rev().filter_map(|place| Some((drawn(place)?, *place))).collect();
        let rest: Vec<usize> =
            group.into_iter().filter(|place| !first.values().any(|drawn| drawn == place)).collect();
        let mut settled: Vec<Vec<usize>> = first.into_values().map(|place| vec![place]).collect();
        if !rest.is_empty() {
            settled.push(rest);
        }
        settled
    }
}
