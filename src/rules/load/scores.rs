//! Which rules on scores, preference and capacity need each other, and which exclude each other.

use crate::rules::{
    AgreedShareByWinners, AnchorPrice, CutWithFewBidders, HighestPriceExcluded, LeastCost, MatchTheLowest,
    PlacesByBidders, PlacesByCapacity, PreferenceMargin, PreferencePoints, PriceScoreByCut,
    PriceScoreInSteps, PriceScoreInverse, PriceScoreLinear, QualityPoints, QualityScoreAtLeast,
    RankByComparablePrice, RankByScore, RevivalOfFused, RevivalOfUnshortlisted, SelectedWithoutVolume,
    SoleWinnerOrNegotiation, VolumeCheapestFirst,
};

/// The first cannot work without the second.
pub(super) const NEEDS: &[(&str, &str)] = &[
    (RankByScore::ID, PlacesByBidders::ID),
    (PriceScoreByCut::ID, RankByScore::ID),
    (PriceScoreInverse::ID, RankByScore::ID),
    (PriceScoreLinear::ID, RankByScore::ID),
    (PriceScoreInSteps::ID, RankByScore::ID),
    (QualityPoints::ID, RankByScore::ID),
    (PreferencePoints::ID, RankByScore::ID),
    (QualityScoreAtLeast::ID, RankByComparablePrice::ID),
    (PreferenceMargin::ID, RankByComparablePrice::ID),
    (MatchTheLowest::ID, RankByComparablePrice::ID),
    (PlacesByCapacity::ID, VolumeCheapestFirst::ID),
    (VolumeCheapestFirst::ID, PlacesByCapacity::ID),
    (VolumeCheapestFirst::ID, RankByComparablePrice::ID),
];

/// Both together would settle the same thing twice, or the one counts on what the other takes away: that the lowest price
/// ranks first.
pub(super) const EXCLUDE: &[(&str, &str)] = &[
    (RankByComparablePrice::ID, RankByScore::ID),
    (RankByScore::ID, LeastCost::ID),
    (CutWithFewBidders::ID, LeastCost::ID),
    (RankByScore::ID, AnchorPrice::ID),
    (RankByScore::ID, SelectedWithoutVolume::ID),
    (RankByScore::ID, HighestPriceExcluded::ID),
    (RankByScore::ID, RevivalOfFused::ID),
    (RankByScore::ID, RevivalOfUnshortlisted::ID),
    (RankByScore::ID, SoleWinnerOrNegotiation::ID),
    (RankByScore::ID, MatchTheLowest::ID),
    (PreferenceMargin::ID, AnchorPrice::ID),
    (PreferenceMargin::ID, SelectedWithoutVolume::ID),
    (PreferenceMargin::ID, HighestPriceExcluded::ID),
    (PreferenceMargin::ID, RevivalOfFused::ID),
    (PreferenceMargin::ID, RevivalOfUnshortlisted::ID),
    (PreferenceMargin::ID, SoleWinnerOrNegotiation::ID),
    (PreferenceMargin::ID, MatchTheLowest::ID),
    (PreferenceMargin::ID, PriceScoreByCut::ID),
    (MatchTheLowest::ID, RevivalOfFused::ID),
    (MatchTheLowest::ID, RevivalOfUnshortlisted::ID),
    (AgreedShareByWinners::ID, VolumeCheapestFirst::ID),
];

/// A score needs one of them.
pub(super) const PRICE_SCORES: [&str; 4] =
    [PriceScoreByCut::ID, PriceScoreInverse::ID, PriceScoreLinear::ID, PriceScoreInSteps::ID];
