//! The rules of a set, put into their steps.

use super::refusals::Refusals;
use super::steps::Step;
use crate::diagnostics::Code;
use crate::rules::registry::Rule;
use crate::rules::{
    AgreedShareByIncumbency, AgreedShareByWinners, AllocationRule, AwardRule, BiddersCounted, Cited,
    ComparablePrice, DraftStages, LeastCost, PlacesByBidders, PriceNotAboveCeiling, PriceTest,
    PriceTestGroup, RankByComparablePrice, RankByScore, RankedStages, Ranking, RegionsByDraft,
    RelatedBidsCountOnce, SavingsAgainstBaselines, ServiceFeeAtMost, SoleWinnerOrNegotiation, Status,
    TermByWinners, TermUntil, UsablePrice, VolumeAtLeastCost, VolumeByClass, VolumeByLadder,
    VolumeByOwnBrand, VolumeByRank, VolumeCheapestFirst, VolumeInBands, VolumeWaterfall,
};

/// One slot for each step.
#[derive(Default)]
pub(super) struct Slots {
    pub(super) comparable_price: Option<Cited<ComparablePrice>>,
    pub(super) related_bids: Option<Cited<RelatedBidsCountOnce>>,
    pub(super) bidders_counted: Option<Cited<BiddersCounted>>,
    pub(super) usable_price: Option<Cited<UsablePrice>>,
    pub(super) ceiling: Option<Cited<PriceNotAboveCeiling>>,
    pub(super) service_fee: Option<Cited<ServiceFeeAtMost>>,
    rank: Option<Cited<RankByComparablePrice>>,
    rank_by_score: Option<Cited<RankByScore>>,
    places: Option<Cited<PlacesByBidders>>,
    negotiation: Option<Cited<SoleWinnerOrNegotiation>>,
    tests: Vec<PriceTestGroup>,
    stages: RankedStages,
    least_cost: Option<Cited<LeastCost>>,
    pub(super) agreed_share: Option<Cited<AgreedShareByWinners>>,
    pub(super) incumbency: Option<Cited<AgreedShareByIncumbency>>,
    pub(super) term: Option<Cited<TermByWinners>>,
    pub(super) term_until: Option<Cited<TermUntil>>,
    pub(super) draft_stages: DraftStages,
    draft: Option<Cited<RegionsByDraft>>,
    own_brand: Option<Cited<VolumeByOwnBrand>>,
    by_rank: Option<Cited<VolumeByRank>>,
    waterfall: Option<Cited<VolumeWaterfall>>,
    in_bands: Option<Cited<VolumeInBands>>,
    cheapest_first: Option<Cited<VolumeCheapestFirst>>,
    by_class: Option<Cited<VolumeByClass>>,
    by_ladder: Option<Cited<VolumeByLadder>>,
    at_least_cost: Option<Cited<VolumeAtLeastCost>>,
    pub(super) savings: Option<Cited<SavingsAgainstBaselines>>,
}

impl Slots {
    /// Puts one rule into its slot; refuses a second rule for the same slot.
    pub(super) fn put(&mut self, step: Step, refusals: &mut Refusals) {
        let Step { rule, id, at, cite, status, any, with: _ } = step;
        let twice = match rule {
            Rule::Test(rule) => {
                self.add_test(any.map(|any| any.value), Cited { rule, cite, status });
                false
            }
            Rule::AnchorTerm(rule) => {
                self.stages.anchor_terms.push(Cited { rule, cite, status });
                false
            }
            rule => self.put_once(rule, (cite, status)),
        };
        if twice {
            refusals.at(Code::RulesRuleTwice, at, &[("rule", id)]);
        }
    }

    /// Puts a rule that a set has once at most; whether it was there already.
    fn put_once(&mut self, rule: Rule, from: (String, Status)) -> bool {
        let (stages, draft) = (&mut self.stages, &mut self.draft_stages);
        match rule {
            Rule::Test(_) | Rule::AnchorTerm(_) => false,
            Rule::ComparablePrice(rule) => fill(&mut self.comparable_price, rule, from),
            Rule::RelatedBids(rule) => fill(&mut self.related_bids, rule, from),
            Rule::BiddersCounted(rule) => fill(&mut self.bidders_counted, rule, from),
            Rule::UsablePrice(rule) => fill(&mut self.usable_price, rule, from),
            Rule::Ceiling(rule) => fill(&mut self.ceiling, rule, from),
            Rule::LeastQuality(rule) => fill(&mut stages.scoring.least_quality, rule, from),
            Rule::Margin(rule) => fill(&mut stages.scoring.margin, rule, from),
            Rule::PriceScore(rule) => fill(&mut stages.scoring.price, rule, from),
            Rule::QualityPoints(rule) => fill(&mut stages.scoring.quality, rule, from),
            Rule::PreferencePoints(rule) => fill(&mut stages.scoring.preference, rule, from),
            Rule::PlacesByCapacity(rule) => fill(&mut stages.capacity, rule, from),
            Rule::Match(rule) => fill(&mut stages.match_lowest, rule, from),
            Rule::Rank(rule) => fill(&mut self.rank, rule, from),
            Rule::RankByScore(rule) => fill(&mut self.rank_by_score, rule, from),
            Rule::Places(rule) => fill(&mut self.places, rule, from),
            Rule::Negotiation(rule) => fill(&mut self.negotiation, rule, from),
            Rule::WithoutVolume(rule) => fill(&mut stages.without_volume, rule, from),
            Rule::Anchor(rule) => fill(&mut stages.anchor, rule, from),
            Rule::CostStatement(rule) => fill(&mut stages.cost_statement, rule, from),
            Rule::HighestExcluded(rule) => fill(&mut stages.highest_excluded, rule, from),
            Rule::FusedRevival(rule) => fill(&mut stages.fused_revival, rule, from),
            Rule::UnshortlistedRevival(rule) => fill(&mut stages.unshortlisted_revival, rule, from),
            Rule::ServiceFee(rule) => fill(&mut self.service_fee, rule, from),
            Rule::Units(rule) => fill(&mut stages.units, rule, from),
            Rule::UnitCap(rule) => fill(&mut stages.unit_cap, rule, from),
            Rule::Guaranteed(rule) => fill(&mut stages.guaranteed, rule, from),
            Rule::LineRevival(rule) => fill(&mut stages.line_revival, rule, from),
            Rule::Classes(rule) => fill(&mut stages.classes, rule, from),
            Rule::AgreedShare(rule) => fill(&mut self.agreed_share, rule, from),
            Rule::Incumbency(rule) => fill(&mut self.incumbency, rule, from),
            Rule::Term(rule) => fill(&mut self.term, rule, from),
            Rule::TermUntil(rule) => fill(&mut self.term_until, rule, from),
            Rule::Draft(rule) => fill(&mut self.draft, rule, from),
            Rule::BrandVolume(rule) => fill(&mut draft.brand_volume, rule, from),
            Rule::RegionsPerWinner(rule) => fill(&mut draft.regions_per_winner, rule, from),
            Rule::Backups(rule) => fill(&mut draft.backups, rule, from),
            Rule::OwnBrand(rule) => fill(&mut self.own_brand, rule, from),
            Rule::ByRank(rule) => fill(&mut self.by_rank, rule, from),
            Rule::Waterfall(rule) => fill(&mut self.waterfall, rule, from),
            Rule::InBands(rule) => fill(&mut self.in_bands, rule, from),
            Rule::CheapestFirst(rule) => fill(&mut self.cheapest_first, rule, from),
            Rule::ByClass(rule) => fill(&mut self.by_class, rule, from),
            Rule::ByLadder(rule) => fill(&mut self.by_ladder, rule, from),
            Rule::LeastCost(rule) => fill(&mut self.least_cost, rule, from),
            Rule::AtLeastCost(rule) => fill(&mut self.at_least_cost, rule, from),
            Rule::Savings(rule) => fill(&mut self.savings, rule, from),
        }
    }

    /// Puts a test into its group; a test without a group stands alone.
    fn add_test(&mut self, name: Option<String>, test: Cited<PriceTest>) {
        match self.tests.iter_mut().find(|group| name.is_some() && group.name == name) {
            Some(group) => group.tests.push(test),
            None => self.tests.push(PriceTestGroup { name, tests: vec![test] }),
        }
    }

    /// How winners are found; the rules for it are there and of one kind.
    pub(super) fn take_award(&mut self) -> Option<AwardRule> {
        if let Some(limits) = self.least_cost.take() {
            return Some(AwardRule::LeastCost { limits });
        }
        let by_score = self.rank_by_score.take().map(Ranking::ByScore);
        Some(AwardRule::Ranked {
            rank: self.rank.take().map(Ranking::ByPrice).or(by_score)?,
            places: self.places.take()?,
            negotiation: self.negotiation.take(),
            tests: std::mem::take(&mut self.tests),
            stages: Box::new(std::mem::take(&mut self.stages)),
        })
    }

    /// How volumes are given out; there is one rule for it.
    pub(super) fn take_allocation(&mut self) -> Option<AllocationRule> {
        let draft = self.draft.take().map(AllocationRule::Draft);
        let own_brand = || self.own_brand.take().map(AllocationRule::OwnBrand);
        let by_rank = self.by_rank.take().map(AllocationRule::ByRank);
        let waterfall = self.waterfall.take().map(AllocationRule::Waterfall);
        let in_bands = self.in_bands.take().map(AllocationRule::InBands);
        let first = self.cheapest_first.take().map(AllocationRule::CheapestFirst);
        let by_class = self.by_class.take().map(AllocationRule::ByClass);
        let by_ladder = self.by_ladder.take().map(AllocationRule::ByLadder);
        let kept = by_class.or(by_ladder);
        let by_rule = draft.or_else(own_brand).or(by_rank).or(waterfall).or(in_bands).or(first).or(kept);
        by_rule.or_else(|| self.at_least_cost.take().map(AllocationRule::AtLeastCost))
    }
}

/// Puts a rule into its slot; whether there was one already.
fn fill<R>(slot: &mut Option<Cited<R>>, rule: R, (cite, status): (String, Status)) -> bool {
    slot.replace(Cited { rule, cite, status }).is_some()
}
