//! Which rules a set needs, and which exclude each other.

use std::ops::Range;

use super::refusals::Refusals;
use super::scores;
use crate::diagnostics::Code;
use crate::rules::{
    AgreedShareByIncumbency, AgreedShareByWinners, AnchorBelowMean, AnchorOfLowest, AnchorOfMean,
    AnchorPrice, BackupsInTurn, BiddersCounted, BrandVolumeToBrand, ClassByLine, ClassByRank,
    ComparablePrice, CostStatementBelowAnchor, CutFromCeilingAtLeast, GuaranteedAtCut, HighestPriceExcluded,
    LeastCost, PlacesByBidders, PlacesByCapacity, PriceAtMost, PriceAtMostFirstUnit, PriceAtMostInGroup,
    PriceAtMostLine, PriceWithinMultipleOfAnchor, PriceWithinMultipleOfLowest, RankByComparablePrice,
    RankByScore, RegionsByDraft, RegionsPerWinner, RelatedBidsCountOnce, RevivalAtLine, RevivalOfFused,
    RevivalOfUnshortlisted, SavingsAgainstBaselines, SelectedWithoutVolume, SoleWinnerOrNegotiation,
    TermByWinners, TermUntil, UnitsByDemand, UsablePrice, VolumeAtLeastCost, VolumeByClass, VolumeByLadder,
    VolumeByOwnBrand, VolumeByRank, VolumeCheapestFirst, VolumeInBands, VolumeWaterfall,
};

/// Each set has one of each.
const ONE_OF: [&[&str]; 7] = [
    &[ComparablePrice::ID],
    &[RelatedBidsCountOnce::ID],
    &[BiddersCounted::ID],
    &[UsablePrice::ID],
    &[SavingsAgainstBaselines::ID],
    &[RankByComparablePrice::ID, RankByScore::ID, LeastCost::ID],
    &VOLUMES,
];

/// The ways of giving out volume; a set has one.
const VOLUMES: [&str; 9] = [
    RegionsByDraft::ID,
    VolumeByOwnBrand::ID,
    VolumeByRank::ID,
    VolumeWaterfall::ID,
    VolumeInBands::ID,
    VolumeCheapestFirst::ID,
    VolumeByClass::ID,
    VolumeByLadder::ID,
    VolumeAtLeastCost::ID,
];

/// The first cannot work without the second.
const NEEDS: &[(&str, &str)] = &[
    (RankByComparablePrice::ID, PlacesByBidders::ID),
    (PlacesByBidders::ID, RankByComparablePrice::ID),
    (RegionsByDraft::ID, AgreedShareByWinners::ID),
    (VolumeByRank::ID, RankByComparablePrice::ID),
    (VolumeWaterfall::ID, RankByComparablePrice::ID),
    (VolumeInBands::ID, RankByComparablePrice::ID),
    (LeastCost::ID, VolumeAtLeastCost::ID),
    (VolumeAtLeastCost::ID, LeastCost::ID),
    (AnchorOfLowest::ID, AnchorPrice::ID),
    (AnchorOfMean::ID, AnchorPrice::ID),
    (AnchorBelowMean::ID, AnchorPrice::ID),
    (AnchorPrice::ID, RankByComparablePrice::ID),
    (PriceWithinMultipleOfAnchor::ID, AnchorPrice::ID),
    (CostStatementBelowAnchor::ID, AnchorPrice::ID),
    (SelectedWithoutVolume::ID, RankByComparablePrice::ID),
    (HighestPriceExcluded::ID, RankByComparablePrice::ID),
    (RevivalOfFused::ID, RankByComparablePrice::ID),
    (RevivalOfUnshortlisted::ID, RankByComparablePrice::ID),
    (BrandVolumeToBrand::ID, RegionsByDraft::ID),
    (RegionsPerWinner::ID, RegionsByDraft::ID),
    (BackupsInTurn::ID, RegionsByDraft::ID),
    (UnitsByDemand::ID, PlacesByBidders::ID),
    (PriceAtMostFirstUnit::ID, UnitsByDemand::ID),
    (GuaranteedAtCut::ID, PlacesByBidders::ID),
    (RevivalAtLine::ID, PlacesByBidders::ID),
    (ClassByRank::ID, PlacesByBidders::ID),
    (ClassByLine::ID, PlacesByBidders::ID),
    (VolumeByLadder::ID, PlacesByBidders::ID),
    (VolumeByClass::ID, PlacesByBidders::ID),
    (PriceAtMostLine::ID, PlacesByBidders::ID),
];

/// An anchor needs one of them.
const ANCHOR_TERMS: [&str; 3] = [AnchorOfLowest::ID, AnchorOfMean::ID, AnchorBelowMean::ID];

/// Both together would settle the same thing twice.
const EXCLUDE: &[(&str, &str)] = &[
    (RankByComparablePrice::ID, LeastCost::ID),
    (PlacesByBidders::ID, LeastCost::ID),
    (SoleWinnerOrNegotiation::ID, LeastCost::ID),
    (PriceWithinMultipleOfLowest::ID, LeastCost::ID),
    (CutFromCeilingAtLeast::ID, LeastCost::ID),
    (PriceAtMost::ID, LeastCost::ID),
    (AgreedShareByWinners::ID, VolumeByOwnBrand::ID),
    (AgreedShareByWinners::ID, VolumeAtLeastCost::ID),
    (PriceAtMostInGroup::ID, LeastCost::ID),
    (TermByWinners::ID, TermUntil::ID),
    (AgreedShareByWinners::ID, VolumeByClass::ID),
    (AgreedShareByWinners::ID, VolumeByLadder::ID),
    (ClassByRank::ID, ClassByLine::ID),
    (RevivalOfFused::ID, RevivalAtLine::ID),
    (RevivalOfUnshortlisted::ID, RevivalAtLine::ID),
    (UnitsByDemand::ID, RegionsByDraft::ID),
    (UnitsByDemand::ID, VolumeByRank::ID),
    (UnitsByDemand::ID, VolumeWaterfall::ID),
    (UnitsByDemand::ID, VolumeInBands::ID),
    (UnitsByDemand::ID, VolumeCheapestFirst::ID),
    (UnitsByDemand::ID, PlacesByCapacity::ID),
    (UnitsByDemand::ID, HighestPriceExcluded::ID),
    (UnitsByDemand::ID, SelectedWithoutVolume::ID),
];

/// Refuses a set whose rules do not make a whole; `at` is the place of its header.
pub(super) fn complete(used: &[(&'static str, Range<usize>)], at: &Range<usize>, refusals: &mut Refusals) {
    let place = |id: &str| used.iter().find(|(used, _)| *used == id).map(|(_, at)| at.clone());
    for choices in ONE_OF {
        if choices.iter().all(|id| place(id).is_none()) {
            refusals.at(Code::RulesStepMissing, at.clone(), &[("rule", &choices.join(", "))]);
        }
    }
    for (id, needed) in NEEDS.iter().chain(scores::NEEDS).copied() {
        let by_score = needed == RankByComparablePrice::ID && place(RankByScore::ID).is_some();
        if let (Some(at), None, false) = (place(id), place(needed), by_score) {
            refusals.at(Code::RulesStepNeeded, at, &[("rule", id), ("needed", needed)]);
        }
    }
    if let (Some(at), None, None) =
        (place(AgreedShareByIncumbency::ID), place(VolumeByClass::ID), place(VolumeByLadder::ID))
    {
        let needed = [VolumeByClass::ID, VolumeByLadder::ID].join(", ");
        refusals.at(Code::RulesStepNeeded, at, &[("rule", AgreedShareByIncumbency::ID), ("needed", &needed)]);
    }
    if let (Some(at), None, None) = (place(VolumeByClass::ID), place(ClassByRank::ID), place(ClassByLine::ID))
    {
        let needed = [ClassByRank::ID, ClassByLine::ID].join(", ");
        refusals.at(Code::RulesStepNeeded, at, &[("rule", VolumeByClass::ID), ("needed", &needed)]);
    }
    if let (Some(at), true) = (place(AnchorPrice::ID), ANCHOR_TERMS.iter().all(|id| place(id).is_none())) {
        let needed = ANCHOR_TERMS.join(", ");
        refusals.at(Code::RulesStepNeeded, at, &[("rule", AnchorPrice::ID), ("needed", &needed)]);
    }
    let score = place(RankByScore::ID);
    if let (Some(at), true) = (score, scores::PRICE_SCORES.iter().all(|id| place(id).is_none())) {
        let needed = scores::PRICE_SCORES.join(", ");
        refusals.at(Code::RulesStepNeeded, at, &[("rule", RankByScore::ID), ("needed", &needed)]);
    }
    let volumes = VOLUMES
        .iter()
        .enumerate()
        .flat_map(|(at, one)| VOLUMES.iter().skip(at.saturating_add(1)).map(|other| (*one, *other)));
    for (one, other) in EXCLUDE.iter().chain(scores::EXCLUDE).copied().chain(volumes) {
        if let (Some(_), Some(at)) = (place(one), place(other)) {
            refusals.at(Code::RulesStepsExclude, at, &[("rule", other), ("other", one)]);
        }
    }
}
