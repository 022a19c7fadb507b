//! What is done before the order: least quality, preference margin, points, score.

use std::cmp::Ordering;

use crate::money::{Fraction, Inexact, Ratio, Rounding, UnitPrice};
use crate::rules::{
    AwardRule, Cited, PreferenceMargin, PreferencePoints, PriceScore, PriceScoreByCut, PriceScoreInSteps,
    PriceScoreInverse, PriceScoreLinear, QualityPoints, QualityScoreAtLeast, Scoring,
};
use crate::tender::{Fact, Verdict};
use crate::verify::bids::{BidCount, Count, kept};

/// What a bid is ordered by beside the keys.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::verify) struct Merit {
    /// The price that is compared, where it is not the comparable price.
    pub(in crate::verify) compared: Option<UnitPrice>,
    /// The sum of the points, where the rule set ranks by score.
    pub(super) score: Option<Ratio>,
    /// Points for preference.
    pub(super) preference: Option<Ratio>,
}

/// Records least quality, margin and points of every bid that is still in, and keeps what it is ordered by.
///
/// # Errors
/// [`Inexact`] when a number is missing or cannot be held.
pub(in crate::verify) fn weigh(count: &mut Count<'_>) -> Result<(), Inexact> {
    let AwardRule::Ranked { rank, stages, .. } = &count.rules.award else { return Ok(()) };
    let scoring = &stages.scoring;
    for bid in count.bids.iter_mut().filter(|bid| bid.price.is_some() && bid.excluded().is_none()) {
        if let Some(rule) = &scoring.least_quality {
            let quality = bid.bid.quality_score.ok_or(Inexact)?;
            let facts = vec![Fact::new("quality_score", quality), Fact::new("least_score", rule.rule.least)];
            bid.say(QualityScoreAtLeast::ID, kept(quality >= rule.rule.least), facts, &rule.cite);
        }
    }
    let open = |bid: &BidCount<'_>| bid.price.is_some() && bid.excluded().is_none();
    if count.bids.iter().any(|bid| open(bid) && bid.bid.preferred == Some(true))
        && let Some(rule) = &scoring.margin
    {
        for bid in count.bids.iter_mut().filter(|bid| open(bid)) {
            margin(bid, rule)?;
        }
    }
    if rank.is_by_score() { score(count, scoring) } else { Ok(()) }
}

/// The price of a bid without preference is raised.
fn margin(bid: &mut BidCount<'_>, rule: &Cited<PreferenceMargin>) -> Result<(), Inexact> {
    let price = bid.price.ok_or(Inexact)?;
    let mut facts = vec![Fact::new("comparable_price", price)];
    if bid.bid.preferred == Some(true) {
        bid.say(PreferenceMargin::ID, Verdict::Pass, facts, &rule.cite);
        return Ok(());
    }
    let raised = price.plus(price.scaled(rule.rule.margin)?)?.rounded(rule.rule.rounding)?;
    facts.extend([Fact::new("margin", rule.rule.margin), Fact::new("compared_price", raised)]);
    bid.merit.compared = Some(raised);
    bid.say(PreferenceMargin::ID, Verdict::Pass, facts, &rule.cite);
    Ok(())
}

/// The points of every bid that is still in, and their sum.
fn score(count: &mut Count<'_>, scoring: &Scoring) -> Result<(), Inexact> {
    let mut open: Vec<&mut BidCount<'_>> =
        count.bids.iter_mut().filter(|bid| bid.price.is_some() && bid.excluded().is_none()).collect();
    let prices: Vec<UnitPrice> = open.iter().filter_map(|bid| bid.compared()).collect();
    let Some(lowest) = prices.iter().min().copied() else { return Ok(()) };
    let cut = |bid: &BidCount<'_>, rounding: Rounding| {
        let (price, ceiling) = bid.against?;
        let below = Fraction::from(ceiling).minus(&Fraction::from(price));
        below.over(&Fraction::from(ceiling))?.rounded(rounding)
    };
    let highest_cut = match scoring.price.as_ref().map(|rule| &rule.rule) {
        Some(PriceScore::ByCut(rule)) => open.iter().filter_map(|bid| cut(bid, rule.cut_rounding)).max(),
        _ => None,
    };
    for bid in &mut open {
        let mut sum = Ratio::ZERO;
        if let Some(rule) = &scoring.price {
            let own = match &rule.rule {
                PriceScore::ByCut(by) => cut(bid, by.cut_rounding).zip(highest_cut),
                _ => None,
            };
            sum = sum.plus(price_points(bid, rule, lowest, own)?)?;
        }
        if let Some(rule) = &scoring.quality {
            sum = sum.plus(quality_points(bid, rule)?)?;
        }
        if let Some(rule) = &scoring.preference {
            let points = preference_points(bid, rule)?;
            bid.merit.preference = Some(points);
            sum = sum.plus(points)?;
        }
        bid.merit.score = Some(sum);
    }
    Ok(())
}

/// The part `part / whole` of some points, rounded.
fn part_of(points: Ratio, part: &Fraction, whole: &Fraction, rounding: Rounding) -> Result<Ratio, Inexact> {
    let exact = Fraction::from(points).times(part).over(whole).ok_or(Inexact)?;
    exact.rounded(rounding).ok_or(Inexact)
}

fn price_points(
    bid: &mut BidCount<'_>,
    rule: &Cited<PriceScore>,
    lowest: UnitPrice,
    cuts: Option<(Ratio, Ratio)>,
) -> Result<Ratio, Inexact> {
    let price = bid.compared().ok_or(Inexact)?;
    let (own, least) = (Fraction::from(price), Fraction::from(lowest));
    let mut facts = vec![Fact::new("compared_price", price), Fact::new("lowest_price", lowest)];
    let (id, most, points) = match &rule.rule {
        PriceScore::ByCut(by) => {
            let (cut, highest) = cuts.ok_or(Inexact)?;
            facts = vec![Fact::new("cut", cut), Fact::new("highest_cut", highest)];
            let points = if highest.is_zero() {
                Ratio::ZERO
            } else {
                part_of(by.points, &Fraction::from(cut), &Fraction::from(highest), by.rounding)?
            };
            (PriceScoreByCut::ID, by.points, points)
        }
        PriceScore::Inverse(by) => {
            (PriceScoreInverse::ID, by.points, part_of(by.points, &least, &own, by.rounding)?)
        }
        PriceScore::Linear(by) => {
            facts.push(Fact::new("zero_at", by.zero_at));
            let room = Fraction::from(by.zero_at).times(&least).minus(&least);
            let used = own.minus(&least);
            let points = match used.cmp(&room) {
                Ordering::Less => part_of(by.points, &room.minus(&used), &room, by.rounding)?,
                Ordering::Equal | Ordering::Greater => Ratio::ZERO,
            };
            (PriceScoreLinear::ID, by.points, points)
        }
        PriceScore::InSteps(by) => {
            let multiple = own.over(&least).ok_or(Inexact)?;
            let step = by.steps.iter().find(|step| multiple <= Fraction::from(step.up_to));
            facts.extend(step.map(|step| Fact::new("step", step.up_to)));
            let most = by.steps.first().map_or(Ratio::ZERO, |step| step.points);
            (PriceScoreInSteps::ID, most, step.map_or(Ratio::ZERO, |step| step.points))
        }
    };
    let said = [Fact::new("price_points", points), Fact::new("most_points", most)];
    bid.say(id, Verdict::Pass, said.into_iter().chain(facts).collect(), &rule.cite);
    Ok(points)
}

fn quality_points(bid: &mut BidCount<'_>, rule: &Cited<QualityPoints>) -> Result<Ratio, Inexact> {
    let QualityPoints { points: most, full_score, rounding } = rule.rule;
    let score = bid.bid.quality_score.filter(|score| *score <= full_score).ok_or(Inexact)?;
    let points = part_of(most, &Fraction::from(score), &Fraction::from(full_score), rounding)?;
    let facts = vec![
        Fact::new("quality_points", points),
        Fact::new("most_points", most),
        Fact::new("quality_score", score),
        Fact::new("full_score", full_score),
    ];
    bid.say(QualityPoints::ID, Verdict::Pass, facts, &rule.cite);
    Ok(points)
}

fn preference_points(bid: &mut BidCount<'_>, rule: &Cited<PreferencePoints>) -> Result<Ratio, Inexact> {
    let stated = bid.bid.preference_points;
    let points = stated.unwrap_or(Ratio::ZERO);
    if points > rule.rule.most {
        return Err(Inexact);
    }
    let mut facts = vec![Fact::new("preference_points", points), Fact::new("most_points", rule.rule.most)];
    facts.extend(stated.is_none().then(|| Fact::new("claimed", "no")));
    bid.say(PreferencePoints::ID, Verdict::Pass, facts, &rule.cite);
    Ok(points)
}
