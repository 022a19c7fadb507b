//! Where each rule of a set is written down.

use super::{
    AgreedShareByIncumbency, AgreedShareByWinners, AllocationRule, AnchorPrice, AwardRule, BackupsInTurn,
    BiddersCounted, BrandVolumeToBrand, Cited, ComparablePrice, CostStatementBelowAnchor, DraftStages,
    GuaranteedAtCut, HighestPriceExcluded, LeastCost, MatchTheLowest, PlacesByBidders, PlacesByCapacity,
    PreferenceMargin, PreferencePoints, PriceAtMostFirstUnit, PriceNotAboveCeiling, QualityPoints,
    QualityScoreAtLeast, RankedStages, RegionsByDraft, RegionsPerWinner, RelatedBidsCountOnce, RevivalAtLine,
    RevivalOfFused, RevivalOfUnshortlisted, RuleSet, SavingsAgainstBaselines, Scoring, SelectedWithoutVolume,
    ServiceFeeAtMost, SoleWinnerOrNegotiation, Status, TermByWinners, TermUntil, UnitsByDemand, UsablePrice,
    VolumeAtLeastCost, VolumeByClass, VolumeByLadder, VolumeByOwnBrand, VolumeByRank, VolumeCheapestFirst,
    VolumeInBands, VolumeWaterfall,
};

/// A rule's id, where it is written down, and whether somebody has read that source.
pub type Citation<'a> = (&'static str, &'a str, Status);

impl RuleSet {
    /// Every rule of the set with its citation, by stage.
    pub fn citations(&self) -> Vec<Citation<'_>> {
        let mut all = vec![
            of(ComparablePrice::ID, &self.comparable_price),
            of(RelatedBidsCountOnce::ID, &self.related_bids),
            of(BiddersCounted::ID, &self.bidders_counted),
            of(UsablePrice::ID, &self.usable_price),
        ];
        all.extend(self.ceiling.as_ref().map(|rule| of(PriceNotAboveCeiling::ID, rule)));
        all.extend(self.service_fee.as_ref().map(|rule| of(ServiceFeeAtMost::ID, rule)));
        match &self.award {
            AwardRule::Ranked { rank, places, negotiation, tests, .. } => {
                all.extend([(rank.id(), rank.cite(), rank.status()), of(PlacesByBidders::ID, places)]);
                all.extend(negotiation.as_ref().map(|rule| of(SoleWinnerOrNegotiation::ID, rule)));
                let tests = tests.iter().flat_map(|group| &group.tests);
                all.extend(tests.map(|test| of(test.rule.id(), test)));
            }
            AwardRule::LeastCost { limits } => all.push(of(LeastCost::ID, limits)),
        }
        all.extend(self.stage_citations());
        all.extend(self.agreed_share.as_ref().map(|rule| of(AgreedShareByWinners::ID, rule)));
        all.extend(self.incumbency.as_ref().map(|rule| of(AgreedShareByIncumbency::ID, rule)));
        all.extend(self.term.as_ref().map(|rule| of(TermByWinners::ID, rule)));
        all.push(match &self.allocation {
            AllocationRule::Draft(rule) => of(RegionsByDraft::ID, rule),
            AllocationRule::OwnBrand(rule) => of(VolumeByOwnBrand::ID, rule),
            AllocationRule::AtLeastCost(rule) => of(VolumeAtLeastCost::ID, rule),
            AllocationRule::ByRank(rule) => of(VolumeByRank::ID, rule),
            AllocationRule::Waterfall(rule) => of(VolumeWaterfall::ID, rule),
            AllocationRule::InBands(rule) => of(VolumeInBands::ID, rule),
            AllocationRule::CheapestFirst(rule) => of(VolumeCheapestFirst::ID, rule),
            AllocationRule::ByClass(rule) => of(VolumeByClass::ID, rule),
            AllocationRule::ByLadder(rule) => of(VolumeByLadder::ID, rule),
        });
        all.push(of(SavingsAgainstBaselines::ID, &self.savings));
        all
    }

    /// The stages that a round may add, with their citations.
    pub fn stage_citations(&self) -> Vec<Citation<'_>> {
        let mut all = Vec::new();
        if let AwardRule::Ranked { stages, .. } = &self.award {
            let RankedStages { without_volume, anchor_terms, anchor, cost_statement, .. } = &**stages;
            all.extend(scoring_citations(&stages.scoring));
            all.extend(stages.capacity.as_ref().map(|rule| of(PlacesByCapacity::ID, rule)));
            all.extend(stages.match_lowest.as_ref().map(|rule| of(MatchTheLowest::ID, rule)));
            let RankedStages { highest_excluded, fused_revival, unshortlisted_revival, .. } = &**stages;
            all.extend(without_volume.as_ref().map(|rule| of(SelectedWithoutVolume::ID, rule)));
            all.extend(anchor_terms.iter().map(|term| of(term.rule.id(), term)));
            all.extend(anchor.as_ref().map(|rule| of(AnchorPrice::ID, rule)));
            all.extend(cost_statement.as_ref().map(|rule| of(CostStatementBelowAnchor::ID, rule)));
            all.extend(highest_excluded.as_ref().map(|rule| of(HighestPriceExcluded::ID, rule)));
            all.extend(fused_revival.as_ref().map(|rule| of(RevivalOfFused::ID, rule)));
            all.extend(unshortlisted_revival.as_ref().map(|rule| of(RevivalOfUnshortlisted::ID, rule)));
            let RankedStages { units, unit_cap, guaranteed, line_revival, classes, .. } = &**stages;
            all.extend(units.as_ref().map(|rule| of(UnitsByDemand::ID, rule)));
            all.extend(unit_cap.as_ref().map(|rule| of(PriceAtMostFirstUnit::ID, rule)));
            all.extend(guaranteed.as_ref().map(|rule| of(GuaranteedAtCut::ID, rule)));
            all.extend(line_revival.as_ref().map(|rule| of(RevivalAtLine::ID, rule)));
            all.extend(classes.as_ref().map(|rule| of(rule.rule.id(), rule)));
        }
        let DraftStages { brand_volume, regions_per_winner, backups } = &self.draft;
        all.extend(self.term_until.as_ref().map(|rule| of(TermUntil::ID, rule)));
        all.extend(brand_volume.as_ref().map(|rule| of(BrandVolumeToBrand::ID, rule)));
        all.extend(regions_per_winner.as_ref().map(|rule| of(RegionsPerWinner::ID, rule)));
        all.extend(backups.as_ref().map(|rule| of(BackupsInTurn::ID, rule)));
        all
    }
}

/// What is done before the ranking, with its citations.
fn scoring_citations(scoring: &Scoring) -> Vec<Citation<'_>> {
    let Scoring { least_quality, margin, price, quality, preference } = scoring;
    let mut all = Vec::new();
    all.extend(least_quality.as_ref().map(|rule| of(QualityScoreAtLeast::ID, rule)));
    all.extend(margin.as_ref().map(|rule| of(PreferenceMargin::ID, rule)));
    all.extend(price.as_ref().map(|rule| of(rule.rule.id(), rule)));
    all.extend(quality.as_ref().map(|rule| of(QualityPoints::ID, rule)));
    all.extend(preference.as_ref().map(|rule| of(PreferencePoints::ID, rule)));
    all
}

fn of<'a, R>(id: &'static str, cited: &'a Cited<R>) -> Citation<'a> {
    (id, &cited.cite, cited.status)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn every_rule_of_every_built_in_set_has_its_citation() {
        for id in RuleSet::built_in_ids() {
            let rules = RuleSet::built_in(id, None, &BTreeMap::new()).unwrap();
            let cited: BTreeSet<&str> = rules.citations().iter().map(|(id, ..)| *id).collect();
            assert_eq!(cited, rules.rules.iter().copied().collect(), "{id}");
            assert!(rules.citations().iter().all(|(_, cite, _)| !cite.is_empty()), "{id}");
        }
    }
}
