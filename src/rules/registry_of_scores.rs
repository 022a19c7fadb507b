//! The rules on scores, preference and capacity, made from the arguments of a rule set.

use super::load::Arguments;
use super::registry::Rule;
use super::{
    Blank, BlankCapacity, CutWithFewBidders, PlacesByCapacity, PreferenceMargin, PreferencePoints,
    PriceScore, PriceScoreByCut, PriceScoreInSteps, PriceScoreInverse, PriceScoreLinear, PriceTest,
    QualityPoints, QualityScoreAtLeast, RankByScore, TieBreakKey, VolumeCheapestFirst,
};

pub(super) fn rank_by_score(with: &mut Arguments) -> Option<Rule> {
    let tie_break = with.list("tie_break", TieBreakKey::WORDS_OF_SCORES)?;
    Some(Rule::RankByScore(RankByScore { tie_break }))
}

pub(super) fn quality_score_at_least(with: &mut Arguments) -> Option<Rule> {
    Some(Rule::LeastQuality(QualityScoreAtLeast { least: with.ratio("least")? }))
}

pub(super) fn preference_margin(with: &mut Arguments) -> Option<Rule> {
    let (margin, blank) = (with.share("margin"), with.choice("blank", Blank::WORDS));
    let rounding = with.rounding("rounding");
    Some(Rule::Margin(PreferenceMargin { margin: margin?, blank: blank?, rounding: rounding? }))
}

pub(super) fn price_score_by_cut(with: &mut Arguments) -> Option<Rule> {
    let (points, cut_rounding) = (with.positive_ratio("points"), with.rounding("cut_rounding"));
    let rounding = with.rounding("rounding");
    let rule = PriceScoreByCut { points: points?, cut_rounding: cut_rounding?, rounding: rounding? };
    Some(Rule::PriceScore(PriceScore::ByCut(rule)))
}

pub(super) fn price_score_inverse(with: &mut Arguments) -> Option<Rule> {
    let (points, rounding) = (with.positive_ratio("points"), with.rounding("rounding"));
    let rule = PriceScoreInverse { points: points?, rounding: rounding? };
    Some(Rule::PriceScore(PriceScore::Inverse(rule)))
}

pub(super) fn price_score_linear(with: &mut Arguments) -> Option<Rule> {
    let (points, zero_at) = (with.positive_ratio("points"), with.ratio_above_one("zero_at"));
    let rounding = with.rounding("rounding");
    let rule = PriceScoreLinear { points: points?, zero_at: zero_at?, rounding: rounding? };
    Some(Rule::PriceScore(PriceScore::Linear(rule)))
}

pub(super) fn price_score_in_steps(with: &mut Arguments) -> Option<Rule> {
    let rule = PriceScoreInSteps { steps: with.score_steps("steps")? };
    Some(Rule::PriceScore(PriceScore::InSteps(rule)))
}

pub(super) fn quality_points(with: &mut Arguments) -> Option<Rule> {
    let (points, full_score) = (with.positive_ratio("points"), with.positive_ratio("full_score"));
    let rounding = with.rounding("rounding");
    Some(Rule::QualityPoints(QualityPoints { points: points?, full_score: full_score?, rounding: rounding? }))
}

pub(super) fn preference_points(with: &mut Arguments) -> Option<Rule> {
    let (most, blank) = (with.ratio("most"), with.choice("blank", Blank::WORDS));
    Some(Rule::PreferencePoints(PreferencePoints { most: most?, blank: blank? }))
}

pub(super) fn places_by_capacity(with: &mut Arguments) -> Option<Rule> {
    let blank = with.choice("blank", BlankCapacity::WORDS)?;
    Some(Rule::PlacesByCapacity(PlacesByCapacity { blank }))
}

pub(super) fn cut_with_few_bidders(with: &mut Arguments) -> Option<Rule> {
    let (bidders, cut) = (with.count("bidders"), with.share("cut"));
    let rounding = with.rounding("rounding");
    let rule = CutWithFewBidders { bidders: bidders?, cut: cut?, rounding: rounding? };
    Some(Rule::Test(PriceTest::CutWithFewBidders(rule)))
}

pub(super) fn volume_cheapest_first(with: &mut Arguments) -> Option<Rule> {
    Some(Rule::CheapestFirst(VolumeCheapestFirst { rounding: with.rounding("rounding")? }))
}
