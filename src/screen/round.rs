//! One lot of a round that goes by rank: places, anchor, tests, exclusion, negotiation, revival.

use super::bidders::Entrant;
use super::matching::of_lowest;
use super::ranking::Ranked;
use super::revival::{Contender, of_fused, of_unshortlisted};
use super::scores::Merit;
use super::shortlist::{Seat, Shortlist};
use super::{Route, ScreenedBid, ScreenedLot, Standing};
use crate::compare::ComparableLot;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::money::{Inexact, Quantity, UnitPrice};
use crate::rules::{
    Anchor, Cited, CostStatementBelowAnchor, HighestPriceExcluded, PlacesByBidders, PlacesByCapacity,
    PriceFacts, PriceTestGroup, RankedStages, Ranking, SelectedWithoutVolume, SoleWinnerOrNegotiation,
    SpreadPlace,
};
use crate::tender::{Act, Fact, Reason, Verdict};

/// The rules of a round that goes by rank, and what is known of the lot before they are applied.
pub(super) struct RankedRound<'a> {
    pub(super) ranking: &'a Ranking,
    pub(super) places: &'a Cited<PlacesByBidders>,
    pub(super) negotiation: Option<&'a Cited<SoleWinnerOrNegotiation>>,
    pub(super) tests: &'a [PriceTestGroup],
    pub(super) stages: &'a RankedStages,
    /// Bidders counted.
    pub(super) bidders: u32,
    pub(super) shortlist: &'a Shortlist,
    /// What each bid is ranked by, in the order of the lot's bids.
    pub(super) merits: &'a [Option<Merit>],
    /// What the ranked bids before each can deliver, where that sets the places.
    pub(super) before: &'a [Option<Quantity>],
    /// Where the lot stands by its spread.
    pub(super) spread: Option<SpreadPlace>,
}

impl RankedRound<'_> {
    pub(super) fn screen(
        &self,
        lot: ComparableLot,
        mut entrants: Vec<Entrant>,
        ranked: &[Ranked],
        errors: &mut Diagnostics,
    ) -> ScreenedLot {
        let (anchor, contenders) = self.contend(&lot, ranked).unwrap_or_else(|Inexact| {
            let place = lot.lot.bids.first().map(|bid| bid.place.clone());
            errors.extend(place.map(|place| Diagnostic::at(Code::ConversionTooLarge, place)));
            (None, Vec::new())
        });
        let mut ends: Vec<Option<(Standing, Route)>> = vec![None; entrants.len()];
        for contender in contenders {
            let at = contender.place.bid;
            if let Some((entrant, end)) = entrants.get_mut(at).zip(ends.get_mut(at)) {
                entrant.reasons.extend(contender.reasons);
                *end = Some((contender.place.standing(contender.fails), contender.route));
            }
        }
        let bids = entrants.into_iter().zip(ends).map(|(entrant, end)| {
            let rule = entrant.excluded.unwrap_or(self.ranking.id());
            let (standing, route) = end.unwrap_or((Standing::Excluded { rule }, Route::Place));
            ScreenedBid { standing, route, counts: entrant.counts, reasons: entrant.reasons }
        });
        let (bids, places) = (bids.collect(), Some(self.shortlist.places));
        let (bidders, lowest) = (self.bidders, self.lowest());
        ScreenedLot { comparable: lot, bidders, places, lowest, anchor, bids }
    }

    /// The lowest price of those that can take a place.
    fn lowest(&self) -> Option<UnitPrice> {
        let apart = usize::try_from(self.shortlist.apart).unwrap_or(usize::MAX);
        let running = self.shortlist.ranked.iter().skip(apart).min();
        running.or(self.shortlist.ranked.first()).copied()
    }

    /// The anchor, and every ranked bid with what the rules say of it, in rank order.
    fn contend(
        &self,
        lot: &ComparableLot,
        ranked: &[Ranked],
    ) -> Result<(Option<UnitPrice>, Vec<Contender>), Inexact> {
        let anchor = self.anchor()?;
        let mut contenders = Vec::with_capacity(ranked.len());
        for (number, place) in ranked.iter().enumerate() {
            let price = lot.bids.get(place.bid).and_then(|bid| bid.comparable_price);
            if let Some(price) = price {
                contenders.push(self.contender(lot, (number, *place), price, anchor.as_ref())?);
            }
        }
        let (places, anchor) = (self.shortlist.places, anchor.map(|anchor| anchor.price));
        if let Some(rule) = &self.stages.fused_revival {
            of_fused(&mut contenders, places, rule, lot, anchor)?;
        }
        if let Some(rule) = &self.stages.match_lowest {
            of_lowest(&mut contenders, rule, lot);
        }
        if let Some(rule) = &self.stages.unshortlisted_revival {
            of_unshortlisted(&mut contenders, places, rule, lot)?;
        }
        Ok((anchor, contenders))
    }

    fn anchor(&self) -> Result<Option<Anchor>, Inexact> {
        let Some(rule) = &self.stages.anchor else { return Ok(None) };
        rule.rule.anchor(&rule.cite, &self.stages.anchor_terms, self.shortlist.anchor_prices())
    }

    /// One bid up to the revival.
    fn contender(
        &self,
        lot: &ComparableLot,
        (number, place): (usize, Ranked),
        price: UnitPrice,
        anchor: Option<&Anchor>,
    ) -> Result<Contender, Inexact> {
        let seat = self.shortlist.seat(&place);
        let reasons = vec![self.order_step(place, price)];
        let mut bid =
            Contender { place, seat, price, fails: None, fused: false, route: Route::Place, reasons };
        if let Some((rule, line)) = self.stages.without_volume.as_ref().zip(self.shortlist.line) {
            let judged = rule.rule.record(price, line);
            bid.reasons.push(judged.recorded(SelectedWithoutVolume::ID, rule.cite.clone()));
        }
        if seat == Seat::Apart {
            bid.route = Route::WithoutVolume;
            return Ok(bid);
        }
        bid.reasons.push(self.place_step(place, seat));
        bid.reasons.extend(self.capacity_step(lot, number, place));
        if seat == Seat::Beyond {
            return Ok(bid);
        }
        bid.reasons.extend(anchor.iter().flat_map(|anchor| anchor.steps.clone()));
        let fused = self.test(lot, &mut bid, anchor.map(|anchor| anchor.price))?;
        self.state_costs(&mut bid, anchor);
        let highest = self.exclude_highest(&mut bid);
        let talks = self.negotiate(lot, place, &mut bid.reasons);
        bid.fails = talks.or(fused).or(highest);
        bid.fused = fused.is_some() && talks.is_none() && highest.is_none();
        Ok(bid)
    }

    /// The rank, by price or by score.
    fn order_step(&self, place: Ranked, price: UnitPrice) -> Reason {
        let merit = self.merits.get(place.bid).copied().flatten();
        let judged = match self.ranking {
            Ranking::ByPrice(rule) => {
                rule.rule.record(merit.map_or(price, |merit| merit.price), place.rank, place.tied)
            }
            Ranking::ByScore(rule) => {
                let score = merit.and_then(|merit| merit.score).unwrap_or_default();
                rule.rule.record(score, place.rank, place.tied)
            }
        };
        judged.recorded(self.ranking.id(), self.ranking.cite())
    }

    /// Whether it takes the bid to deliver the base volume; a bid beyond the quota is not asked.
    fn capacity_step(&self, lot: &ComparableLot, number: usize, place: Ranked) -> Option<Reason> {
        let rule = self.stages.capacity.as_ref()?;
        let quota = self.places.rule.places(self.bidders).unwrap_or(0);
        let before = self.before.get(number).filter(|_| place.rank <= quota)?;
        let judged = rule.rule.judge(*before, lot.base_volume);
        Some(judged.recorded(PlacesByCapacity::ID, rule.cite.clone()))
    }

    /// Whether the rank is within the places; with a tie over the last place that is for a draw to say.
    fn place_step(&self, place: Ranked, seat: Seat) -> Reason {
        let mut judged = self.places.rule.judge(self.shortlist.position(&place), self.bidders);
        if seat == (Seat::Within { edge: true }) {
            judged.verdict = Verdict::NotApplicable;
            judged.facts.push(Fact::new("tied_bids", place.tied));
        }
        if self.shortlist.apart > 0 {
            judged.facts.push(Fact::new("set_apart", self.shortlist.apart));
        }
        judged.recorded(PlacesByBidders::ID, self.places.cite.clone())
    }

    /// Records every price test; the rule that bars the bid is the first test of the first group it fails altogether.
    fn test(
        &self,
        lot: &ComparableLot,
        bid: &mut Contender,
        anchor: Option<UnitPrice>,
    ) -> Result<Option<&'static str>, Inexact> {
        let against = lot.bids.get(bid.place.bid).and_then(|bid| bid.against_ceiling);
        let prices = PriceFacts {
            comparable_price: bid.price,
            lowest: self.lowest().unwrap_or(bid.price),
            price: against.map_or(bid.price, |pair| pair.price),
            ceiling: against.map(|pair| pair.ceiling),
            anchor,
            bidders: self.bidders,
            group: lot.lot.group.as_deref(),
        };
        let mut barred_by = None;
        for group in self.tests {
            let mut passed = false;
            for test in &group.tests {
                let mut judged = test.rule.judge(&prices)?;
                passed = passed || judged.verdict == Verdict::Pass;
                judged.facts.extend(group.name.as_ref().map(|name| Fact::new("any_of", name)));
                bid.reasons.push(judged.recorded(test.rule.id(), test.cite.clone()));
            }
            if !passed {
                barred_by = barred_by.or(group.tests.first().map(|test| test.rule.id()));
            }
        }
        Ok(barred_by)
    }

    /// A bid below the anchor must explain its costs; that alone keeps nobody out.
    fn state_costs(&self, bid: &mut Contender, anchor: Option<&Anchor>) {
        if let Some((rule, anchor)) = self.stages.cost_statement.as_ref().zip(anchor) {
            let judged = rule.rule.judge(bid.price, anchor.price);
            bid.reasons.push(judged.recorded(CostStatementBelowAnchor::ID, rule.cite.clone()));
        }
    }

    /// The highest price of the shortlist may be kept from winning.
    fn exclude_highest(&self, bid: &mut Contender) -> Option<&'static str> {
        let rule = self.stages.highest_excluded.as_ref()?;
        let judged = rule.rule.judge(bid.price, &self.shortlist.taken, self.spread);
        let fails = judged.verdict == Verdict::Fail;
        bid.reasons.push(judged.recorded(HighestPriceExcluded::ID, rule.cite.clone()));
        fails.then_some(HighestPriceExcluded::ID)
    }

    /// The lowest bid of a lot with too few bidders needs a recorded negotiation.
    fn negotiate(
        &self,
        lot: &ComparableLot,
        place: Ranked,
        reasons: &mut Vec<Reason>,
    ) -> Option<&'static str> {
        let rule = self.negotiation.filter(|_| place.rank == 1)?;
        let supplier = lot.lot.bids.get(place.bid).map(|bid| &bid.supplier_id)?;
        let recorded = |act: Act| {
            lot.lot.decisions.iter().find(|decision| decision.supplier_id == *supplier && decision.act == act)
        };
        let agreed = recorded(Act::Negotiated);
        let refused = recorded(Act::NoAward);
        let mut judged = rule.rule.judge(self.bidders, agreed.is_some() && refused.is_none());
        let document = agreed.or(refused).and_then(|decision| decision.document.clone());
        judged.facts.extend(document.map(|document| Fact::new("decision", document)));
        let verdict = judged.verdict;
        reasons.push(judged.recorded(SoleWinnerOrNegotiation::ID, rule.cite.clone()));
        (verdict == Verdict::Fail).then_some(SoleWinnerOrNegotiation::ID)
    }
}
