//! One lot of a round that goes by rank: places, anchor, tests, exclusion, negotiation, revival.

use std::collections::BTreeMap;

use super::bidders::Entrant;
use super::classes::classify;
use super::guarantee::{self, Cap};
use super::incumbency;
use super::matching::of_lowest;
use super::ranking::Ranked;
use super::revival::{Contender, of_fused, of_unshortlisted};
use super::scores::Merit;
use super::shortlist::{Seat, Shortlist};
use super::units::Field;
use super::{Route, ScreenedBid, ScreenedLot, Standing};
use crate::compare::ComparableLot;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::money::{Inexact, Ratio, UnitPrice};
use crate::rules::{
    AgreedShareByIncumbency, Anchor, Cited, CostStatementBelowAnchor, HighestPriceExcluded, PlacesByBidders,
    PlacesByCapacity, PriceClass, PriceFacts, PriceTestGroup, RankedStages, Ranking, SelectedWithoutVolume,
    SoleWinnerOrNegotiation, SpreadPlace, Unit,
};
use crate::tender::{Act, Fact, Reason, Supplier, SupplierId, Verdict};

/// The rules of a round that goes by rank, and what is known of the lot before they are applied.
pub(super) struct RankedRound<'a> {
    pub(super) ranking: &'a Ranking,
    pub(super) places: &'a Cited<PlacesByBidders>,
    pub(super) negotiation: Option<&'a Cited<SoleWinnerOrNegotiation>>,
    pub(super) tests: &'a [PriceTestGroup],
    pub(super) stages: &'a RankedStages,
    /// Bidders counted.
    pub(super) bidders: u32,
    pub(super) incumbency: Option<&'a Cited<AgreedShareByIncumbency>>,
    pub(super) suppliers: &'a BTreeMap<SupplierId, Supplier>,
    /// What each bid is ranked by, in the order of the lot's bids.
    pub(super) merits: &'a [Option<Merit>],
    /// Where the lot stands by its spread.
    pub(super) spread: Option<SpreadPlace>,
}

/// The anchor of the first field, and every bid with its unit.
type Contended = (Option<UnitPrice>, Vec<(Option<Unit>, Contender)>);

/// Where a bid ends.
struct End {
    standing: Standing,
    route: Route,
    unit: Option<Unit>,
    class: Option<PriceClass>,
    agreed_share: Option<Ratio>,
}

/// The lowest price of those that can take a place.
fn lowest(shortlist: &Shortlist) -> Option<UnitPrice> {
    let apart = usize::try_from(shortlist.apart).unwrap_or(usize::MAX);
    let running = shortlist.ranked.iter().skip(apart).min();
    running.or(shortlist.ranked.first()).copied()
}

impl RankedRound<'_> {
    pub(super) fn screen(
        &self,
        lot: ComparableLot,
        mut entrants: Vec<Entrant>,
        fields: &[Field],
        errors: &mut Diagnostics,
    ) -> ScreenedLot {
        let (anchor, mut contenders) = self.contend_all(&lot, fields).unwrap_or_else(|Inexact| {
            let place = lot.lot.bids.first().map(|bid| bid.place.clone());
            errors.extend(place.map(|place| Diagnostic::at(Code::ConversionTooLarge, place)));
            (None, Vec::new())
        });
        let mut all: Vec<&mut Contender> = contenders.iter_mut().map(|(_, one)| one).collect();
        if let Some(rule) = &self.stages.classes {
            classify(&mut all, rule, &lot, errors);
        }
        if let Some(rule) = self.incumbency {
            incumbency::share(&mut all, rule, &lot, self.suppliers, errors);
        }
        let mut ends: Vec<Option<End>> = entrants.iter().map(|_| None).collect();
        for (unit, contender) in contenders {
            let at = contender.place.bid;
            if let Some((entrant, end)) = entrants.get_mut(at).zip(ends.get_mut(at)) {
                entrant.reasons.extend(contender.reasons);
                let standing = contender.place.standing(contender.fails);
                *end = Some(End {
                    standing,
                    route: contender.route,
                    unit,
                    class: contender.class,
                    agreed_share: contender.agreed_share,
                });
            }
        }
        let bids = entrants.into_iter().zip(ends).map(|(entrant, end)| {
            let rule = entrant.excluded.unwrap_or(self.ranking.id());
            let out = || End {
                standing: Standing::Excluded { rule },
                route: Route::Place,
                unit: None,
                class: None,
                agreed_share: None,
            };
            let End { standing, route, unit, class, agreed_share } = end.unwrap_or_else(out);
            ScreenedBid {
                standing,
                route,
                unit,
                class,
                agreed_share,
                counts: entrant.counts,
                reasons: entrant.reasons,
            }
        });
        let bids = bids.collect();
        let unit_places: Vec<u32> = fields.iter().map(|field| field.shortlist.places).collect();
        let places = Some(unit_places.iter().fold(0, |sum: u32, places| sum.saturating_add(*places)));
        let lowest = fields.iter().filter_map(|field| lowest(&field.shortlist)).min();
        ScreenedLot { comparable: lot, bidders: self.bidders, places, unit_places, lowest, anchor, bids }
    }

    /// The fields one after the other: what the first awards caps the second.
    fn contend_all(&self, lot: &ComparableLot, fields: &[Field]) -> Result<Contended, Inexact> {
        let (mut all, mut first_anchor, mut highest) = (Vec::new(), None, None);
        for (number, field) in fields.iter().enumerate() {
            let cap = self.stages.unit_cap.as_ref().filter(|_| number > 0).map(|rule| (rule, highest));
            let (anchor, contenders) = self.contend(lot, field, cap)?;
            if number == 0 {
                first_anchor = anchor;
                highest = contenders.iter().filter_map(Contender::award_price).max();
            }
            all.extend(contenders.into_iter().map(|contender| (field.unit, contender)));
        }
        Ok((first_anchor, all))
    }

    /// The anchor, and every ranked bid of a field with what the rules say of it, in rank order.
    fn contend(
        &self,
        lot: &ComparableLot,
        field: &Field,
        cap: Option<Cap<'_>>,
    ) -> Result<(Option<UnitPrice>, Vec<Contender>), Inexact> {
        let anchor = self.anchor(&field.shortlist)?;
        let mut contenders = Vec::with_capacity(field.ranked.len());
        for (number, place) in field.ranked.iter().enumerate() {
            let price = lot.bids.get(place.bid).and_then(|bid| bid.comparable_price);
            if let Some(price) = price {
                contenders.push(self.contender(lot, field, (number, *place), price, anchor.as_ref())?);
            }
        }
        if let Some(cap) = cap {
            guarantee::cap(&mut contenders, cap);
        }
        if let Some(rule) = &self.stages.guaranteed {
            guarantee::guarantee(&mut contenders, rule, lot);
        }
        let (places, anchor) = (field.shortlist.places, anchor.map(|anchor| anchor.price));
        if let Some(rule) = &self.stages.fused_revival {
            of_fused(&mut contenders, places, rule, lot, anchor)?;
        }
        if let Some(rule) = &self.stages.match_lowest {
            of_lowest(&mut contenders, rule, lot);
        }
        if let Some(rule) = &self.stages.unshortlisted_revival {
            of_unshortlisted(&mut contenders, places, rule, lot)?;
        }
        if let Some(rule) = &self.stages.line_revival {
            guarantee::of_line(&mut contenders, rule, lot, cap)?;
        }
        Ok((anchor, contenders))
    }

    fn anchor(&self, shortlist: &Shortlist) -> Result<Option<Anchor>, Inexact> {
        let Some(rule) = &self.stages.anchor else { return Ok(None) };
        rule.rule.anchor(&rule.cite, &self.stages.anchor_terms, shortlist.anchor_prices())
    }

    /// One bid up to the revival.
    fn contender(
        &self,
        lot: &ComparableLot,
        field: &Field,
        (number, place): (usize, Ranked),
        price: UnitPrice,
        anchor: Option<&Anchor>,
    ) -> Result<Contender, Inexact> {
        let seat = field.shortlist.seat(&place);
        let reasons = vec![self.order_step(place, price)];
        let mut bid = Contender {
            place,
            seat,
            price,
            fails: None,
            fused: false,
            capped: false,
            class: None,
            agreed_share: None,
            route: Route::Place,
            reasons,
        };
        if let Some((rule, line)) = self.stages.without_volume.as_ref().zip(field.shortlist.line) {
            let judged = rule.rule.record(price, line);
            bid.reasons.push(judged.recorded(SelectedWithoutVolume::ID, rule.cite.clone()));
        }
        if seat == Seat::Apart {
            bid.route = Route::WithoutVolume;
            return Ok(bid);
        }
        bid.reasons.push(self.place_step(field, place, seat));
        bid.reasons.extend(self.capacity_step(lot, field, number, place));
        if seat == Seat::Beyond {
            return Ok(bid);
        }
        bid.reasons.extend(anchor.iter().flat_map(|anchor| anchor.steps.clone()));
        let fused = self.test(lot, field, &mut bid, anchor.map(|anchor| anchor.price))?;
        self.state_costs(&mut bid, anchor);
        let highest = self.exclude_highest(field, &mut bid);
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
    fn capacity_step(
        &self,
        lot: &ComparableLot,
        field: &Field,
        number: usize,
        place: Ranked,
    ) -> Option<Reason> {
        let rule = self.stages.capacity.as_ref()?;
        let quota = self.places.rule.places(field.bidders).unwrap_or(0);
        let before = field.before.get(number).filter(|_| place.rank <= quota)?;
        let judged = rule.rule.judge(*before, lot.base_volume);
        Some(judged.recorded(PlacesByCapacity::ID, rule.cite.clone()))
    }

    /// Whether the rank is within the places; with a tie over the last place that is for a draw to say.
    fn place_step(&self, field: &Field, place: Ranked, seat: Seat) -> Reason {
        let shortlist = &field.shortlist;
        let mut judged = self.places.rule.judge(shortlist.position(&place), field.bidders);
        if seat == (Seat::Within { edge: true }) {
            judged.verdict = Verdict::NotApplicable;
            judged.facts.push(Fact::new("tied_bids", place.tied));
        }
        if shortlist.apart > 0 {
            judged.facts.push(Fact::new("set_apart", shortlist.apart));
        }
        judged.recorded(PlacesByBidders::ID, self.places.cite.clone())
    }

    /// Records every price test; the rule that bars the bid is the first test of the first group it fails altogether.
    fn test(
        &self,
        lot: &ComparableLot,
        field: &Field,
        bid: &mut Contender,
        anchor: Option<UnitPrice>,
    ) -> Result<Option<&'static str>, Inexact> {
        let against = lot.bids.get(bid.place.bid).and_then(|bid| bid.against_ceiling);
        let prices = PriceFacts {
            comparable_price: bid.price,
            lowest: lowest(&field.shortlist).unwrap_or(bid.price),
            price: against.map_or(bid.price, |pair| pair.price),
            ceiling: against.map(|pair| pair.ceiling),
            anchor,
            bidders: self.bidders,
            group: lot.lot.group.as_deref(),
            lines: (lot.lot.class_a_line, lot.lot.class_b_line),
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
    fn exclude_highest(&self, field: &Field, bid: &mut Contender) -> Option<&'static str> {
        let rule = self.stages.highest_excluded.as_ref()?;
        let judged = rule.rule.judge(bid.price, &field.shortlist.taken, self.spread);
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
