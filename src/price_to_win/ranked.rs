//! What becomes of a bid of a ranked round while its price lies in a span.
//!
//! The rules are those of `screen`, on spans of prices in the place of prices: every comparison either holds for the whole
//! span or stops the walk.

use super::entry::{Runner, Subject};
use super::field::Field;
use super::limit::{Limit, Part};
use super::search::Fate;
use super::span::{Prices, Span, Stop};
use crate::money::{Proportion, UnitPrice};
use crate::rules::{
    AnchorSet, AnchorTerm, AwardRule, HighestPriceExcluded, PriceTest, RankedStages, SharedHighest, SoleBase,
};
use crate::tender::Act;

/// The places of a lot and the prices that limits come from.
struct Places {
    bidders: u32,
    places: usize,
    ranked: Prices,
    first: Prices,
    /// How many are set apart.
    apart: usize,
    taken: Prices,
}

/// A bid within the places, and how far it has come.
struct Seated<'a> {
    runner: &'a Runner,
    edge: bool,
    /// Whether it wins, should it keep its place.
    wins: bool,
    /// Whether price tests alone keep it out.
    fused: bool,
    /// Whether its answer is missing.
    open: bool,
}

impl Field<'_> {
    /// What becomes of `subject`.
    pub(super) fn fate(&self, subject: &Subject) -> Result<Fate, Stop> {
        let AwardRule::Ranked { stages, .. } = &self.rules.award else { return Err(Stop::Inexact) };
        let Some(entry) = self.enter(Some(subject))? else { return Ok(Fate::Loses) };
        let Some(own) = entry.runners.iter().find(|runner| runner.at == subject.at) else {
            return Ok(Fate::Loses);
        };
        let places = self.places(entry.bidders, &entry.runners, stages)?;
        let position = own.rank.saturating_sub(places.apart);
        if position == 0 {
            return Ok(Fate::Wins);
        }
        let alone = stages.fused_revival.is_none() && stages.unshortlisted_revival.is_none();
        if position > places.places && stages.unshortlisted_revival.is_none() {
            return Ok(Fate::Loses);
        }
        let digits = self.rules.comparable_price.rule.rounding.digits;
        let anchor = anchor(stages, &places, subject.comparable.low, digits)?;
        let mut seated = Vec::new();
        for runner in entry.runners.iter().filter(|runner| !alone || runner.at == subject.at) {
            let position = runner.rank.saturating_sub(places.apart);
            if position > 0 && position <= places.places {
                seated.push(self.seat(runner, position, &places, anchor.as_ref(), subject)?);
            }
        }
        if stages.fused_revival.is_some() {
            self.revive_fused(&mut seated, &places, stages, anchor.is_some());
        }
        if position > places.places {
            return self.beyond(subject, &entry.runners, &seated, &places);
        }
        let Some(own) = seated.iter().find(|seated| seated.runner.at == subject.at) else {
            return Ok(Fate::Loses);
        };
        Ok(match (own.open, own.wins, own.edge) {
            (true, ..) | (_, true, true) => Fate::MayWin,
            (_, true, false) => Fate::Wins,
            (_, false, _) => Fate::Loses,
        })
    }

    /// The highest shortlisted price over the lowest as the bids were filed, where the lot has a spread.
    pub(super) fn spread_as_filed(&self) -> Result<Option<Proportion>, Stop> {
        let AwardRule::Ranked { stages, .. } = &self.rules.award else { return Ok(None) };
        let Some(entry) = self.enter(None)? else { return Ok(None) };
        let places = self.places(entry.bidders, &entry.runners, stages)?;
        Ok(HighestPriceExcluded::spread(&places.taken.low))
    }

    fn places(&self, bidders: u32, runners: &[Runner], stages: &RankedStages) -> Result<Places, Stop> {
        let AwardRule::Ranked { places, .. } = &self.rules.award else { return Err(Stop::Inexact) };
        let places = usize::try_from(places.rule.places(bidders).unwrap_or(0)).map_err(|_| Stop::Inexact)?;
        let mut ranked = Prices::default();
        for runner in runners {
            ranked.push(runner.price);
        }
        let first = ranked.part(0, places);
        let mut apart = 0_usize;
        if let Some(rule) = &stages.without_volume {
            let from = if rule.rule.set == AnchorSet::Ranked { &ranked } else { &first };
            let line =
                from.mean_less_deviations(rule.rule.deviations, rule.rule.divisor, rule.rule.rounding)?;
            // A bid alone is its own mean, and not below it.
            let digits = self.rules.comparable_price.rule.rounding.digits;
            let alone = from.len() == 1 && rule.rule.rounding.digits >= digits;
            if let Some(line) = line.filter(|_| !alone) {
                for runner in runners {
                    apart = apart.saturating_add(usize::from(runner.price.below(line)?));
                }
            }
        }
        let taken = ranked.part(apart, places);
        Ok(Places { bidders, places, ranked, first, apart, taken })
    }

    /// One bid within the places up to the revival.
    fn seat<'r>(
        &self,
        runner: &'r Runner,
        position: usize,
        places: &Places,
        anchor: Option<&Limit>,
        subject: &Subject,
    ) -> Result<Seated<'r>, Stop> {
        let passes = self.passes(runner, places, anchor, subject)?;
        let free = self.may_be_taken(runner, places.bidders) && !self.is_highest(runner, places)?;
        let worst = position.saturating_add(runner.tied).saturating_sub(1);
        Ok(Seated {
            runner,
            edge: worst > places.places,
            wins: passes && free,
            fused: free && !passes,
            open: false,
        })
    }

    /// Whether a bid passes one test of every group.
    fn passes(
        &self,
        runner: &Runner,
        places: &Places,
        anchor: Option<&Limit>,
        subject: &Subject,
    ) -> Result<bool, Stop> {
        let AwardRule::Ranked { tests, .. } = &self.rules.award else { return Err(Stop::Inexact) };
        let lowest = places.taken.get(0).or(places.ranked.get(0)).ok_or(Stop::Inexact)?;
        for group in tests {
            let mut passed = false;
            let mut undecided = None;
            for test in &group.tests {
                match self.keeps(&test.rule, runner, lowest, anchor, subject) {
                    Ok(kept) => passed = passed || kept,
                    Err(Stop::Inexact) => return Err(Stop::Inexact),
                    Err(stop) => undecided = Some(stop),
                }
            }
            match undecided {
                Some(stop) if !passed => return Err(stop),
                _ if !passed => return Ok(false),
                _ => {}
            }
        }
        Ok(true)
    }

    fn keeps(
        &self,
        test: &PriceTest,
        runner: &Runner,
        lowest: Span,
        anchor: Option<&Limit>,
        subject: &Subject,
    ) -> Result<bool, Stop> {
        let digits = self.rules.comparable_price.rule.rounding.digits;
        match test {
            PriceTest::WithinMultipleOfLowest(rule) => {
                let is_own = lowest.low == subject.comparable.low;
                let limit = Part::of(lowest, is_own, digits).times(rule.multiple, rule.rounding, digits)?;
                if runner.at == subject.at {
                    limit.holds(runner.price)
                } else {
                    runner.price.at_most(limit.span)
                }
            }
            PriceTest::WithinMultipleOfAnchor(rule) => {
                let Some(anchor) = anchor else { return Ok(false) };
                let limit = anchor.times(rule.multiple, rule.rounding, digits)?;
                match limit.span() {
                    _ if runner.at == subject.at => limit.holds(runner.price),
                    Some(limit) => runner.price.at_most(limit),
                    None => Ok(false),
                }
            }
            PriceTest::CutFromCeilingAtLeast(rule) => {
                let Some((price, Some(ceiling))) = self.against_ceiling(runner.at, Some(subject)) else {
                    return Ok(false);
                };
                let keeps = |price: UnitPrice| {
                    price.cut_from(ceiling.low, rule.rounding).is_some_and(|cut| cut >= rule.cut)
                };
                // A higher price is never a larger cut.
                match (keeps(price.low), keeps(price.high)) {
                    (low, high) if low == high => Ok(low),
                    _ => Err(Stop::Undecided(None)),
                }
            }
            // A rule set with one of these tests is evaluated anew at each price.
            PriceTest::CutWithFewBidders(_) | PriceTest::AtMostLine(_) => Err(Stop::Inexact),
            PriceTest::AtMost(rule) => runner.price.at_most(Span::point(rule.price)),
            PriceTest::AtMostInGroup(rule) => {
                let concerned = self.lot.lot.group.as_ref() == Some(&rule.group);
                if concerned { runner.price.at_most(Span::point(rule.price)) } else { Ok(false) }
            }
        }
    }

    /// Whether a bid is kept from winning as the highest of the shortlist.
    fn is_highest(&self, runner: &Runner, places: &Places) -> Result<bool, Stop> {
        let AwardRule::Ranked { stages, .. } = &self.rules.award else { return Err(Stop::Inexact) };
        let Some(rule) = stages.highest_excluded.as_ref().map(|rule| &rule.rule) else { return Ok(false) };
        // The order of the bids is decided, so that one price of the span shows who is highest.
        let Some(highest) = places.taken.low.iter().max().copied() else { return Ok(false) };
        let sharing = places.taken.low.iter().filter(|price| **price == highest).count();
        if runner.price.low < highest || (sharing > 1 && rule.shared_highest == SharedHighest::KeepAll) {
            return Ok(false);
        }
        self.bites(rule, places)
    }

    /// Whether the lot is among those whose highest price is excluded.
    fn bites(&self, rule: &HighestPriceExcluded, places: &Places) -> Result<bool, Stop> {
        let ends = [&places.taken.low, &places.taken.high].map(|prices| HighestPriceExcluded::spread(prices));
        let (one, other) = match ends {
            [None, None] => return Ok(false),
            [Some(one), Some(other)] => (one.min(other), one.max(other)),
            _ => return Err(Stop::Undecided(None)),
        };
        let lots = self.other_spreads.len().saturating_add(1);
        let place = match self.lot.lot.spread_rank {
            Some(rank) => {
                let lots = rule.lots.unwrap_or(u32::try_from(lots).map_err(|_| Stop::Inexact)?);
                HighestPriceExcluded::stated(rank, lots)
            }
            None => {
                if self.other_spreads.iter().any(|spread| one < other && one <= *spread && *spread <= other) {
                    return Err(Stop::Undecided(None));
                }
                HighestPriceExcluded::place(one, &self.other_spreads)
            }
        };
        Ok(rule.bites(place))
    }

    /// Whether the lowest bid needs no negotiation, or one is recorded.
    fn may_be_taken(&self, runner: &Runner, bidders: u32) -> bool {
        let AwardRule::Ranked { negotiation: Some(rule), .. } = &self.rules.award else { return true };
        let supplier = self.lot.lot.bids.get(runner.at).map(|bid| &bid.supplier_id);
        let act = |act: Act| {
            self.lot.lot.decisions.iter().any(|row| Some(&row.supplier_id) == supplier && row.act == act)
        };
        runner.rank > 1 || !rule.rule.negotiates(bidders) || (act(Act::Negotiated) && !act(Act::NoAward))
    }

    fn answer(&self, at: usize) -> Option<bool> {
        self.lot.lot.bids.get(at)?.accepts_revival
    }

    /// Shortlisted bids that failed a price test come down to the price of those that passed, where they accept it.
    fn revive_fused(
        &self,
        seated: &mut [Seated<'_>],
        places: &Places,
        stages: &RankedStages,
        has_anchor: bool,
    ) {
        let Some(rule) = &stages.fused_revival else { return };
        let has_price = match paid(seated, places.places) {
            0 => false,
            1 => rule.rule.sole_base == SoleBase::Price || has_anchor,
            _ => true,
        };
        for bid in seated.iter_mut().filter(|bid| bid.fused && has_price) {
            match self.answer(bid.runner.at) {
                Some(accepts) => bid.wins = accepts,
                None => bid.open = true,
            }
        }
    }

    /// A bid beyond the places comes down to the winners' price, where hospitals want it and it accepts.
    fn beyond(
        &self,
        subject: &Subject,
        runners: &[Runner],
        seated: &[Seated<'_>],
        places: &Places,
    ) -> Result<Fate, Stop> {
        let waits = seated.iter().any(|bid| bid.open || bid.edge);
        let has_price = paid(seated, places.places) > 0;
        let is_highest = runners
            .iter()
            .map(|runner| runner.price.low)
            .max()
            .is_none_or(|highest| subject.comparable.low >= highest);
        let wanted = self.wanted.get(subject.at).copied().unwrap_or_default();
        if self.brands == 0 || !(has_price || waits) || !wanted || is_highest {
            return Ok(Fate::Loses);
        }
        Ok(match self.answer(subject.at) {
            _ if waits => Fate::MayWin,
            Some(true) => Fate::Wins,
            Some(false) => Fate::Loses,
            None => Fate::MayWin,
        })
    }
}

/// How many of those within the places are paid, as many as there are places.
fn paid(seated: &[Seated<'_>], places: usize) -> usize {
    let mut order: Vec<(usize, bool)> =
        seated.iter().map(|bid| (bid.runner.rank, !bid.wins || bid.open)).collect();
    order.sort_unstable();
    order.into_iter().take(places).filter(|(_, loses)| !loses).count()
}

/// The anchor; `None` where the rule set has none, or nothing to take it from.
fn anchor(
    stages: &RankedStages,
    places: &Places,
    own: UnitPrice,
    digits: u32,
) -> Result<Option<Limit>, Stop> {
    let Some(rule) = &stages.anchor else { return Ok(None) };
    let mut parts = Vec::new();
    for term in &stages.anchor_terms {
        let of = |set| if set == AnchorSet::Ranked { &places.ranked } else { &places.first };
        let part = match &term.rule {
            AnchorTerm::OfLowest(rule) => match of(rule.set).get(0) {
                Some(lowest) => {
                    let part = Part::of(lowest, lowest.low == own, digits);
                    Some(part.times(rule.multiple, rule.rounding, digits)?)
                }
                None => None,
            },
            AnchorTerm::OfMean(rule) => match of(rule.set) {
                prices if prices.len() == 0 => None,
                prices => {
                    let alone = prices.len() == 1 && prices.low.first() == Some(&own);
                    let mean = prices.mean(rule.rounding)?;
                    let unit = UnitPrice::from_steps(1, rule.rounding.digits)?;
                    let part = Part { error: unit, ..Part::of(mean, alone, digits) };
                    Some(part.times(rule.multiple, rule.rounding, digits)?)
                }
            },
            AnchorTerm::BelowMean(rule) => {
                let prices = of(rule.set);
                let number = |prices: &[UnitPrice]| {
                    UnitPrice::mean_less_deviations(prices, rule.deviations, rule.divisor, rule.rounding)
                };
                match prices.mean_less_deviations(rule.deviations, rule.divisor, rule.rounding)? {
                    Some(span) => {
                        let ends = number(&prices.low).zip(number(&prices.high)).ok_or(Stop::Inexact)?;
                        let error = UnitPrice::from_steps(1, rule.rounding.digits)?;
                        Some(Part { ends, span, straight: false, above_own: false, error })
                    }
                    None => None,
                }
            }
        };
        parts.extend(part);
    }
    Ok((!parts.is_empty()).then_some(Limit { parts, join: rule.rule.join }))
}
