//! The rules in the order in which the office applies them.

use super::bidders::{Entrant, admit};
use super::ranking::{Ranked, rank};
use super::{Screened, ScreenedBid, ScreenedLot, Standing};
use crate::compare::{ComparableLot, ComparableTender};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place};
use crate::money::UnitPrice;
use crate::rules::{
    AwardRule, Cited, PlacesByBidders, PriceFacts, PriceTestGroup, RankByComparablePrice, RuleSet,
    SoleWinnerOrNegotiation,
};
use crate::tender::{Act, Fact, Reason, Verdict};

/// Applies the tender's rule set to every bid.
///
/// # Errors
/// Bids that the rules do not allow beside each other, draws and acts that have no meaning, numbers that cannot be held.
pub fn screen(tender: ComparableTender, warnings: &mut Diagnostics) -> Result<Screened, Diagnostics> {
    let ComparableTender { notice, suppliers, inputs, rules, lots } = tender;
    let mut errors = Diagnostics::new();
    let mut set_aside = Vec::new();
    let mut screened = Vec::with_capacity(lots.len());
    for mut lot in lots {
        if rules.instead_of.is_some() && acts_do_not_fit(&lot, &rules) {
            set_aside.push(lot.lot.id.as_str().to_owned());
            lot.lot.decisions.retain(|decision| matches!(decision.act, Act::Disqualified | Act::Withdrawn));
        }
        screened.push(screen_lot(lot, &rules, &mut errors, warnings));
    }
    if !set_aside.is_empty() {
        let warning = Diagnostic::at(Code::ActsOfOwnRules, Place::file("decisions.csv"));
        let count = set_aside.len().to_string();
        warnings.push(warning.with("count", count).with("lots", set_aside.join(", ")));
    }
    let lots = screened;
    if errors.is_empty() { Ok(Screened { notice, suppliers, inputs, rules, lots }) } else { Err(errors) }
}

/// Whether draws, negotiations or refusals recorded under the tender's own rules have no meaning under these.
fn acts_do_not_fit(lot: &ComparableLot, rules: &RuleSet) -> bool {
    let (mut errors, mut ignored) = (Diagnostics::new(), Diagnostics::new());
    screen_lot(lot.clone(), rules, &mut errors, &mut ignored);
    let of_acts = [Code::DrawNotTied, Code::DrawTwice, Code::DrawOrderGap, Code::ActWithoutMeaning];
    errors.iter().any(|error| of_acts.contains(&error.code))
}

fn screen_lot(
    lot: ComparableLot,
    rules: &RuleSet,
    errors: &mut Diagnostics,
    warnings: &mut Diagnostics,
) -> ScreenedLot {
    check_acts(&lot, rules, errors);
    let (entrants, bidders) = admit(&lot, rules, errors);
    match &rules.award {
        AwardRule::LeastCost { .. } => without_ranks(lot, entrants, bidders),
        AwardRule::Ranked { rank: ranking, places, negotiation, tests } => {
            let ranked = rank(&lot, &entrants, &ranking.rule, errors);
            let round = RankedRound { ranking, places, negotiation: negotiation.as_ref(), tests };
            let screened = round.screen(lot, entrants, bidders, &ranked, errors);
            warn_of_unknown_ceilings(&screened, warnings);
            screened
        }
    }
}

/// Every bid that no rule excludes may be chosen by cost.
fn without_ranks(lot: ComparableLot, entrants: Vec<Entrant>, bidders: u32) -> ScreenedLot {
    let bids: Vec<ScreenedBid> = entrants
        .into_iter()
        .map(|entrant| {
            let standing = match entrant.excluded {
                Some(rule) => Standing::Excluded { rule },
                None => Standing::Ranked { rank: 1, tied: 1, fails: None },
            };
            ScreenedBid { reasons: entrant.reasons, counts: entrant.counts, standing }
        })
        .collect();
    let lowest = lot
        .bids
        .iter()
        .zip(&bids)
        .filter(|(_, bid)| !matches!(bid.standing, Standing::Excluded { .. }))
        .filter_map(|(comparable, _)| comparable.comparable_price)
        .min();
    ScreenedLot { comparable: lot, bidders, places: None, lowest, bids }
}

/// The rules of a round that goes by rank.
struct RankedRound<'a> {
    ranking: &'a Cited<RankByComparablePrice>,
    places: &'a Cited<PlacesByBidders>,
    negotiation: Option<&'a Cited<SoleWinnerOrNegotiation>>,
    tests: &'a [PriceTestGroup],
}

impl RankedRound<'_> {
    fn screen(
        &self,
        lot: ComparableLot,
        mut entrants: Vec<Entrant>,
        bidders: u32,
        ranked: &[Ranked],
        errors: &mut Diagnostics,
    ) -> ScreenedLot {
        let places = self.places.rule.places(bidders).unwrap_or(0);
        let price = |at: usize| lot.bids.get(at).and_then(|bid| bid.comparable_price);
        let lowest = ranked.first().and_then(|first| price(first.bid));
        let mut standings: Vec<Option<Standing>> = vec![None; entrants.len()];
        for place in ranked {
            let Some((entrant, own)) = entrants.get_mut(place.bid).zip(price(place.bid)) else { continue };
            let order = self.ranking.rule.record(own, place.rank, place.tied);
            entrant.reasons.push(order.recorded(RankByComparablePrice::ID, self.ranking.cite.clone()));
            entrant.reasons.push(self.place_step(*place, bidders, places));
            let mut fails = None;
            if let Some(lowest) = lowest.filter(|_| place.rank <= places) {
                fails = self.test(&lot, place.bid, own, lowest, &mut entrant.reasons, errors);
                fails = self.negotiate(&lot, *place, bidders, &mut entrant.reasons).or(fails);
            }
            if let Some(standing) = standings.get_mut(place.bid) {
                *standing = Some(place.standing(fails));
            }
        }
        let bids = entrants
            .into_iter()
            .zip(standings)
            .map(|(entrant, standing)| ScreenedBid {
                standing: standing.unwrap_or(Standing::Excluded {
                    rule: entrant.excluded.unwrap_or(RankByComparablePrice::ID),
                }),
                counts: entrant.counts,
                reasons: entrant.reasons,
            })
            .collect();
        ScreenedLot { comparable: lot, bidders, places: Some(places), lowest, bids }
    }

    /// Whether the rank is within the places; with a tie over the last place that is for a draw to say.
    fn place_step(&self, place: Ranked, bidders: u32, places: u32) -> Reason {
        let mut judged = self.places.rule.judge(place.rank, bidders);
        let worst = place.rank.saturating_add(place.tied).saturating_sub(1);
        if place.rank <= places && worst > places {
            judged.verdict = Verdict::NotApplicable;
            judged.facts.push(Fact::new("tied_bids", place.tied));
        }
        judged.recorded(PlacesByBidders::ID, self.places.cite.clone())
    }

    /// Records every price test; the rule that bars the bid is the first test of the first group it fails altogether.
    fn test(
        &self,
        lot: &ComparableLot,
        at: usize,
        own: UnitPrice,
        lowest: UnitPrice,
        reasons: &mut Vec<Reason>,
        errors: &mut Diagnostics,
    ) -> Option<&'static str> {
        let against = lot.bids.get(at).and_then(|bid| bid.against_ceiling);
        let prices = PriceFacts {
            comparable_price: own,
            lowest,
            price: against.map_or(own, |pair| pair.price),
            ceiling: against.map(|pair| pair.ceiling),
        };
        let mut barred_by = None;
        for group in self.tests {
            let mut passed = false;
            for test in &group.tests {
                match test.rule.judge(&prices) {
                    Ok(mut judged) => {
                        passed = passed || judged.verdict == Verdict::Pass;
                        judged.facts.extend(group.name.as_ref().map(|name| Fact::new("any_of", name)));
                        reasons.push(judged.recorded(test.rule.id(), test.cite.clone()));
                    }
                    Err(_) => {
                        let place = lot.lot.bids.get(at).map(|bid| bid.place.clone());
                        errors.extend(place.map(|place| Diagnostic::at(Code::ConversionTooLarge, place)));
                    }
                }
            }
            if !passed {
                barred_by = barred_by.or(group.tests.first().map(|test| test.rule.id()));
            }
        }
        barred_by
    }

    /// The lowest bid of a lot with too few bidders needs a recorded negotiation.
    fn negotiate(
        &self,
        lot: &ComparableLot,
        place: Ranked,
        bidders: u32,
        reasons: &mut Vec<Reason>,
    ) -> Option<&'static str> {
        let rule = self.negotiation.filter(|_| place.rank == 1)?;
        let supplier = lot.lot.bids.get(place.bid).map(|bid| &bid.supplier_id)?;
        let recorded = |act: Act| {
            lot.lot.decisions.iter().find(|decision| decision.supplier_id == *supplier && decision.act == act)
        };
        let agreed = recorded(Act::Negotiated);
        let refused = recorded(Act::NoAward);
        let mut judged = rule.rule.judge(bidders, agreed.is_some() && refused.is_none());
        let document = agreed.or(refused).and_then(|decision| decision.document.clone());
        judged.facts.extend(document.map(|document| Fact::new("decision", document)));
        let verdict = judged.verdict;
        reasons.push(judged.recorded(SoleWinnerOrNegotiation::ID, rule.cite.clone()));
        (verdict == Verdict::Fail).then_some(SoleWinnerOrNegotiation::ID)
    }
}

/// A negotiation, a refusal or a draw means nothing under a rule set that knows none.
fn check_acts(lot: &ComparableLot, rules: &RuleSet, errors: &mut Diagnostics) {
    let negotiates = matches!(rules.award, AwardRule::Ranked { negotiation: Some(_), .. });
    for decision in &lot.lot.decisions {
        let known = match decision.act {
            Act::Disqualified | Act::Withdrawn | Act::Draw(_) => true,
            Act::Negotiated | Act::NoAward => negotiates,
        };
        if !known {
            let error = Diagnostic::at(Code::ActWithoutMeaning, decision.place.clone());
            errors.push(error.with("act", decision.act.name()).with("rules", rules.id.as_str()));
        }
    }
}

/// A bid that loses on price while one of its tests could not be made is a case for a human eye.
fn warn_of_unknown_ceilings(lot: &ScreenedLot, warnings: &mut Diagnostics) {
    for (bid, _, screened) in lot.each_bid() {
        let unknown = screened.reasons.iter().any(|reason| {
            reason.verdict == Verdict::NotApplicable && reason.rule == crate::rules::CutFromCeilingAtLeast::ID
        });
        if unknown && matches!(screened.standing, Standing::Ranked { fails: Some(_), .. }) {
            warnings
                .push(Diagnostic::at(Code::CeilingUnknown, bid.place.clone()).with("bid", bid.id.as_str()));
        }
    }
}
