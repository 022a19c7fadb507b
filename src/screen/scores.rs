//! What is done to prices and quality before the ranking: knock-out, preference margin, points, score.

use super::bidders::Entrant;
use crate::compare::ComparableLot;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::money::{Inexact, Ratio, UnitPrice};
use crate::rules::{
    Blank, Cited, Judged, PreferenceMargin, PreferencePoints, PriceScore, PriceScoreFacts, QualityPoints,
    QualityScoreAtLeast, Scoring,
};
use crate::tender::Bid;

/// What a bid is ranked by beside the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Merit {
    /// The price that is compared: the comparable price, with the preference margin where there is one.
    pub(super) price: UnitPrice,
    /// The score, where the round ranks by it.
    pub(super) score: Option<Ratio>,
    /// Points for preference.
    pub(super) preference: Option<Ratio>,
}

/// Knocks out, compares and scores the bids that no rule has kept out so far; one entry for each bid of the lot, `None` for a
/// bid that is out.
pub(super) fn merits(
    lot: &ComparableLot,
    entrants: &mut [Entrant],
    scoring: &Scoring,
    by_score: bool,
    errors: &mut Diagnostics,
) -> Vec<Option<Merit>> {
    let bids = lot.lot.bids.iter().zip(&lot.bids).zip(entrants.iter_mut());
    let mut merits: Vec<Option<Merit>> = bids
        .map(|((bid, comparable), entrant)| {
            let price = comparable.comparable_price.filter(|_| entrant.excluded.is_none())?;
            let known = knock_out(bid, entrant, scoring.least_quality.as_ref(), errors);
            let still_in = known && entrant.excluded.is_none();
            still_in.then_some(Merit { price, score: None, preference: None })
        })
        .collect();
    if let Some(rule) = &scoring.margin {
        compare(lot, entrants, rule, &mut merits, errors);
    }
    if by_score {
        score(lot, entrants, scoring, &mut merits, errors);
    }
    merits
}

/// A bid below the least quality is out; one whose quality is not known is an error. Whether it was known.
fn knock_out(
    bid: &Bid,
    entrant: &mut Entrant,
    rule: Option<&Cited<QualityScoreAtLeast>>,
    errors: &mut Diagnostics,
) -> bool {
    let Some(rule) = rule else { return true };
    let Some(quality) = bid.quality_score else {
        errors.push(fault(Code::QualityScoreMissing, bid));
        return false;
    };
    entrant.step(rule.rule.judge(quality).recorded(QualityScoreAtLeast::ID, rule.cite.clone()));
    true
}

/// The prices that are compared: where a bid is preferred, those of all others are raised.
fn compare(
    lot: &ComparableLot,
    entrants: &mut [Entrant],
    rule: &Cited<PreferenceMargin>,
    merits: &mut [Option<Merit>],
    errors: &mut Diagnostics,
) {
    let open = || lot.lot.bids.iter().zip(merits.iter()).filter(|(_, merit)| merit.is_some());
    if rule.rule.blank == Blank::Refuse {
        let blank = open().filter(|(bid, _)| bid.preferred.is_none());
        errors.extend(blank.map(|(bid, _)| fault(Code::PreferenceMissing, bid).with("column", "preferred")));
    }
    if open().all(|(bid, _)| bid.preferred != Some(true)) {
        return;
    }
    for ((bid, entrant), merit) in lot.lot.bids.iter().zip(entrants).zip(merits) {
        let Some(merit) = merit else { continue };
        match rule.rule.compared(merit.price, bid.preferred == Some(true)) {
            Ok((compared, judged)) => {
                entrant.step(judged.recorded(PreferenceMargin::ID, rule.cite.clone()));
                merit.price = compared;
            }
            Err(Inexact) => errors.push(fault(Code::ConversionTooLarge, bid)),
        }
    }
}

/// The points of every bid that is still in, and their sum.
fn score(
    lot: &ComparableLot,
    entrants: &mut [Entrant],
    scoring: &Scoring,
    merits: &mut [Option<Merit>],
    errors: &mut Diagnostics,
) {
    let Some(lowest) = merits.iter().flatten().map(|merit| merit.price).min() else { return };
    let cuts = cuts(lot, scoring, merits, errors);
    let highest_cut = cuts.iter().flatten().max().copied();
    let bids = lot.lot.bids.iter().zip(entrants).zip(cuts).zip(merits);
    for (((bid, entrant), cut), merit) in bids {
        let Some(merit) = merit else { continue };
        let facts = PriceScoreFacts { price: merit.price, lowest, cut, highest_cut };
        let before = errors.len();
        let price = scoring.price.as_ref().map(|rule| price_points(rule, &facts, bid, entrant, errors));
        let quality = scoring.quality.as_ref().map(|rule| quality_points(rule, bid, entrant, errors));
        merit.preference =
            scoring.preference.as_ref().map(|rule| preference_points(rule, bid, entrant, errors));
        let points = [price, quality, merit.preference];
        merit.score = Ratio::total(points.into_iter().flatten()).ok();
        if merit.score.is_none() && errors.len() == before {
            errors.push(fault(Code::ConversionTooLarge, bid));
        }
    }
}

/// The cut of each bid from its ceiling, where points are given for that.
fn cuts(
    lot: &ComparableLot,
    scoring: &Scoring,
    merits: &[Option<Merit>],
    errors: &mut Diagnostics,
) -> Vec<Option<Ratio>> {
    let Some(PriceScore::ByCut(rule)) = scoring.price.as_ref().map(|rule| &rule.rule) else {
        return vec![None; merits.len()];
    };
    let mut cut = |((bid, comparable), merit): ((&Bid, &crate::compare::ComparableBid), &Option<Merit>)| {
        merit.as_ref()?;
        let cut = comparable.against_ceiling.and_then(|pair| rule.cut(pair.price, pair.ceiling));
        if cut.is_none() {
            errors.push(fault(Code::CeilingMissingForScore, bid));
        }
        cut
    };
    lot.lot.bids.iter().zip(&lot.bids).zip(merits).map(&mut cut).collect()
}

fn price_points(
    rule: &Cited<PriceScore>,
    facts: &PriceScoreFacts,
    bid: &Bid,
    entrant: &mut Entrant,
    errors: &mut Diagnostics,
) -> Ratio {
    // A cut that is not known has been said already.
    let by_cut = matches!(rule.rule, PriceScore::ByCut(_));
    match rule.rule.score(facts) {
        Some(scored) => record(scored, rule.rule.id(), &rule.cite, entrant),
        None => {
            errors.extend((!by_cut || facts.cut.is_some()).then(|| fault(Code::ConversionTooLarge, bid)));
            Ratio::ZERO
        }
    }
}

fn quality_points(
    rule: &Cited<QualityPoints>,
    bid: &Bid,
    entrant: &mut Entrant,
    errors: &mut Diagnostics,
) -> Ratio {
    match bid.quality_score {
        None => errors.push(fault(Code::QualityScoreMissing, bid)),
        Some(score) if score > rule.rule.full_score => {
            let values = fault(Code::QualityScoreAboveFull, bid).with("score", score.to_string());
            errors.push(values.with("most", rule.rule.full_score.to_string()));
        }
        Some(score) => match rule.rule.score(score) {
            Some(scored) => return record(scored, QualityPoints::ID, &rule.cite, entrant),
            None => errors.push(fault(Code::ConversionTooLarge, bid)),
        },
    }
    Ratio::ZERO
}

fn preference_points(
    rule: &Cited<PreferencePoints>,
    bid: &Bid,
    entrant: &mut Entrant,
    errors: &mut Diagnostics,
) -> Ratio {
    match bid.preference_points {
        None if rule.rule.blank == Blank::Refuse => {
            errors.push(fault(Code::PreferenceMissing, bid).with("column", "preference_points"));
        }
        Some(points) if points > rule.rule.most => {
            let values = fault(Code::PreferencePointsAboveMost, bid).with("points", points.to_string());
            errors.push(values.with("most", rule.rule.most.to_string()));
        }
        _ => {}
    }
    record(rule.rule.record(bid.preference_points), PreferencePoints::ID, &rule.cite, entrant)
}

fn record((points, judged): (Ratio, Judged), rule: &'static str, cite: &str, entrant: &mut Entrant) -> Ratio {
    entrant.step(judged.recorded(rule, cite));
    points
}

fn fault(code: Code, bid: &Bid) -> Diagnostic {
    Diagnostic::at(code, bid.place.clone()).with("bid", bid.id.as_str())
}
