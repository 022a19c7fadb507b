//! The rules of a set, put into their steps.

use super::refusals::Refusals;
use super::steps::Step;
use crate::diagnostics::Code;
use crate::rules::registry::Rule;
use crate::rules::{
    AgreedShareByWinners, AllocationRule, AwardRule, BiddersCounted, Cited, ComparablePrice, LeastCost,
    PlacesByBidders, PriceNotAboveCeiling, PriceTest, PriceTestGroup, RankByComparablePrice, RegionsByDraft,
    RelatedBidsCountOnce, SavingsAgainstBaselines, SoleWinnerOrNegotiation, TermByWinners, UsablePrice,
    VolumeAtLeastCost, VolumeByOwnBrand, VolumeByRank,
};

/// One slot for each step.
#[derive(Default)]
pub(super) struct Slots {
    pub(super) comparable_price: Option<Cited<ComparablePrice>>,
    pub(super) related_bids: Option<Cited<RelatedBidsCountOnce>>,
    pub(super) bidders_counted: Option<Cited<BiddersCounted>>,
    pub(super) usable_price: Option<Cited<UsablePrice>>,
    pub(super) ceiling: Option<Cited<PriceNotAboveCeiling>>,
    rank: Option<Cited<RankByComparablePrice>>,
    places: Option<Cited<PlacesByBidders>>,
    negotiation: Option<Cited<SoleWinnerOrNegotiation>>,
    tests: Vec<PriceTestGroup>,
    least_cost: Option<Cited<LeastCost>>,
    pub(super) agreed_share: Option<Cited<AgreedShareByWinners>>,
    pub(super) term: Option<Cited<TermByWinners>>,
    draft: Option<Cited<RegionsByDraft>>,
    own_brand: Option<Cited<VolumeByOwnBrand>>,
    by_rank: Option<Cited<VolumeByRank>>,
    at_least_cost: Option<Cited<VolumeAtLeastCost>>,
    pub(super) savings: Option<Cited<SavingsAgainstBaselines>>,
}

impl Slots {
    /// Puts one rule into its slot; refuses a second rule for the same slot.
    pub(super) fn put(&mut self, step: Step, refusals: &mut Refusals) {
        let Step { rule, id, at, cite, status, any, with: _ } = step;
        let twice = match rule {
            Rule::ComparablePrice(rule) => {
                self.comparable_price.replace(Cited { rule, cite, status }).is_some()
            }
            Rule::RelatedBids(rule) => self.related_bids.replace(Cited { rule, cite, status }).is_some(),
            Rule::BiddersCounted(rule) => {
                self.bidders_counted.replace(Cited { rule, cite, status }).is_some()
            }
            Rule::UsablePrice(rule) => self.usable_price.replace(Cited { rule, cite, status }).is_some(),
            Rule::Ceiling(rule) => self.ceiling.replace(Cited { rule, cite, status }).is_some(),
            Rule::Rank(rule) => self.rank.replace(Cited { rule, cite, status }).is_some(),
            Rule::Places(rule) => self.places.replace(Cited { rule, cite, status }).is_some(),
            Rule::Negotiation(rule) => self.negotiation.replace(Cited { rule, cite, status }).is_some(),
            Rule::Test(rule) => {
                self.add_test(any.map(|any| any.value), Cited { rule, cite, status });
                false
            }
            Rule::AgreedShare(rule) => self.agreed_share.replace(Cited { rule, cite, status }).is_some(),
            Rule::Term(rule) => self.term.replace(Cited { rule, cite, status }).is_some(),
            Rule::Draft(rule) => self.draft.replace(Cited { rule, cite, status }).is_some(),
            Rule::OwnBrand(rule) => self.own_brand.replace(Cited { rule, cite, status }).is_some(),
            Rule::ByRank(rule) => self.by_rank.replace(Cited { rule, cite, status }).is_some(),
            Rule::LeastCost(rule) => self.least_cost.replace(Cited { rule, cite, status }).is_some(),
            Rule::AtLeastCost(rule) => self.at_least_cost.replace(Cited { rule, cite, status }).is_some(),
            Rule::Savings(rule) => self.savings.replace(Cited { rule, cite, status }).is_some(),
        };
        if twice {
            refusals.at(Code::RulesRuleTwice, at, &[("rule", id)]);
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
        Some(AwardRule::Ranked {
            rank: self.rank.take()?,
            places: self.places.take()?,
            negotiation: self.negotiation.take(),
            tests: std::mem::take(&mut self.tests),
        })
    }

    /// How volumes are given out; there is one rule for it.
    pub(super) fn take_allocation(&mut self) -> Option<AllocationRule> {
        let draft = self.draft.take().map(AllocationRule::Draft);
        let own_brand = || self.own_brand.take().map(AllocationRule::OwnBrand);
        let by_rank = self.by_rank.take().map(AllocationRule::ByRank);
        let by_rule = draft.or_else(own_brand).or(by_rank);
        by_rule.or_else(|| self.at_least_cost.take().map(AllocationRule::AtLeastCost))
    }
}
