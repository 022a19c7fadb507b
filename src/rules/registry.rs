//! Every rule that a rule set can use: one row a rule.

use super::load::Arguments;
use super::{
    AgreedShareByWinners, BiddersCounted, ComparablePrice, Counted, CutFromCeilingAtLeast, LeastCost,
    PlacesByBidders, PriceAtMost, PriceNotAboveCeiling, PriceTest, PriceWithinMultipleOfLowest, Quota,
    RankByComparablePrice, RegionsByDraft, RelatedBids, RelatedBidsCountOnce, SavingsAgainstBaselines,
    SoleWinnerOrNegotiation, TermByWinners, TieBreakKey, UsablePrice, VolumeAtLeastCost, VolumeByOwnBrand,
    VolumeByRank,
};
use crate::money::RoundingMode;

/// A rule with its numbers, of any kind.
pub(super) enum Rule {
    ComparablePrice(ComparablePrice),
    RelatedBids(RelatedBidsCountOnce),
    BiddersCounted(BiddersCounted),
    UsablePrice(UsablePrice),
    Ceiling(PriceNotAboveCeiling),
    Rank(RankByComparablePrice),
    Places(PlacesByBidders),
    Negotiation(SoleWinnerOrNegotiation),
    Test(PriceTest),
    AgreedShare(AgreedShareByWinners),
    Term(TermByWinners),
    Draft(RegionsByDraft),
    OwnBrand(VolumeByOwnBrand),
    ByRank(VolumeByRank),
    LeastCost(LeastCost),
    AtLeastCost(VolumeAtLeastCost),
    Savings(SavingsAgainstBaselines),
}

/// One rule.
pub(super) struct Row {
    /// Its id in a rule set; the file's name with dashes.
    pub(super) id: &'static str,
    /// Whether it tests one bid's price, so that several may be joined by `any`.
    pub(super) is_price_test: bool,
    /// Makes it from the arguments of a rule set. It asks for all of them before it gives up.
    pub(super) build: fn(&mut Arguments) -> Option<Rule>,
}

const fn row(id: &'static str, build: fn(&mut Arguments) -> Option<Rule>) -> Row {
    Row { id, is_price_test: false, build }
}

const fn price_test(id: &'static str, build: fn(&mut Arguments) -> Option<Rule>) -> Row {
    Row { id, is_price_test: true, build }
}

/// Every rule, in the order in which an office applies them.
pub(super) const REGISTRY: &[Row] = &[
    row(ComparablePrice::ID, comparable_price),
    row(RelatedBidsCountOnce::ID, |with| {
        let treatment = with.choice("treatment", RelatedBids::WORDS)?;
        Some(Rule::RelatedBids(RelatedBidsCountOnce { treatment }))
    }),
    row(BiddersCounted::ID, |with| {
        let counted = with.choice("counted", Counted::WORDS)?;
        Some(Rule::BiddersCounted(BiddersCounted { counted }))
    }),
    row(UsablePrice::ID, |_| Some(Rule::UsablePrice(UsablePrice))),
    row(PriceNotAboveCeiling::ID, |_| Some(Rule::Ceiling(PriceNotAboveCeiling))),
    row(RankByComparablePrice::ID, |with| {
        let tie_break = with.list("tie_break", TieBreakKey::WORDS)?;
        Some(Rule::Rank(RankByComparablePrice { tie_break }))
    }),
    row(PlacesByBidders::ID, places_by_bidders),
    price_test(PriceWithinMultipleOfLowest::ID, |with| {
        let (multiple, rounding) = (with.ratio("multiple"), with.rounding("rounding"));
        let rule = PriceWithinMultipleOfLowest { multiple: multiple?, rounding: rounding? };
        Some(Rule::Test(PriceTest::WithinMultipleOfLowest(rule)))
    }),
    price_test(CutFromCeilingAtLeast::ID, |with| {
        let (cut, rounding) = (with.share("cut"), with.rounding("rounding"));
        let rule = CutFromCeilingAtLeast { cut: cut?, rounding: rounding? };
        Some(Rule::Test(PriceTest::CutFromCeilingAtLeast(rule)))
    }),
    price_test(PriceAtMost::ID, |with| {
        Some(Rule::Test(PriceTest::AtMost(PriceAtMost { price: with.price("price")? })))
    }),
    row(SoleWinnerOrNegotiation::ID, |with| {
        Some(Rule::Negotiation(SoleWinnerOrNegotiation { bidders: with.count("bidders")? }))
    }),
    row(LeastCost::ID, least_cost),
    row(AgreedShareByWinners::ID, agreed_share_by_winners),
    row(TermByWinners::ID, |with| Some(Rule::Term(TermByWinners { years: with.years("years")? }))),
    row(RegionsByDraft::ID, |with| {
        Some(Rule::Draft(RegionsByDraft { priority_picks: with.count("priority_picks")? }))
    }),
    row(VolumeByOwnBrand::ID, volume_by_own_brand),
    row(VolumeByRank::ID, |with| {
        let (shares, rounding) = (with.share_list("shares"), with.rounding("rounding"));
        Some(Rule::ByRank(VolumeByRank { shares: shares?, rounding: rounding? }))
    }),
    row(VolumeAtLeastCost::ID, |_| Some(Rule::AtLeastCost(VolumeAtLeastCost))),
    row(SavingsAgainstBaselines::ID, |with| {
        Some(Rule::Savings(SavingsAgainstBaselines { rounding: with.rounding("rounding")? }))
    }),
];

/// The ids of all rules, in the order in which an office applies them.
pub fn rule_ids() -> impl Iterator<Item = &'static str> {
    REGISTRY.iter().map(|row| row.id)
}

fn comparable_price(with: &mut Arguments) -> Option<Rule> {
    let content_base = with.positive_ratio("content_base");
    let fill_base = with.positive_ratio("fill_base");
    let pack_base = with.positive_ratio("pack_base");
    let rounding = with.rounding("rounding");
    Some(Rule::ComparablePrice(ComparablePrice {
        content_base: content_base?,
        fill_base: fill_base?,
        pack_base: pack_base?,
        rounding: rounding?,
    }))
}

/// By a share of the bidders when one is given, else by a table.
fn places_by_bidders(with: &mut Arguments) -> Option<Rule> {
    let quota = if with.is_given("share") {
        let (share, mode) = (with.share("share"), with.choice("rounding", RoundingMode::WORDS));
        Quota::Share { share: share?, mode: mode? }
    } else {
        Quota::Table(with.places("places")?)
    };
    Some(Rule::Places(PlacesByBidders { quota }))
}

fn least_cost(with: &mut Arguments) -> Option<Rule> {
    let min_suppliers = with.count_limit("min_suppliers");
    let max_suppliers = with.count_limit("max_suppliers");
    let max_share = with.share_limit("max_share");
    Some(Rule::LeastCost(LeastCost {
        min_suppliers: min_suppliers?,
        max_suppliers: max_suppliers?,
        max_share: max_share?,
    }))
}

fn agreed_share_by_winners(with: &mut Arguments) -> Option<Rule> {
    let ordinary = with.shares("ordinary");
    let restricted = with.optional_shares("restricted");
    let rounding = with.rounding("rounding");
    Some(Rule::AgreedShare(AgreedShareByWinners {
        ordinary: ordinary?,
        restricted: restricted?,
        rounding: rounding?,
    }))
}

fn volume_by_own_brand(with: &mut Arguments) -> Option<Rule> {
    let own_share = with.share("own_share");
    let compulsory_share = with.share("compulsory_share");
    let rounding = with.rounding("rounding");
    Some(Rule::OwnBrand(VolumeByOwnBrand {
        own_share: own_share?,
        compulsory_share: compulsory_share?,
        rounding: rounding?,
    }))
}
