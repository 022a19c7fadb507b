//! Every rule that a rule set can use: one row a rule.

use super::load::Arguments;
use super::registry_of_cost as cost;
use super::registry_of_scores as scores;
use super::{
    AgreedShareByIncumbency, AgreedShareByWinners, AnchorBelowMean, AnchorOfLowest, AnchorOfMean,
    AnchorPrice, AnchorSet, AnchorTerm, BackupsInTurn, BiddersCounted, Binds, BrandVolumeToBrand,
    ClassByLine, ClassByRank, ClassRule, ComparablePrice, CostStatementBelowAnchor, Counted,
    CutFromCeilingAtLeast, CutWithFewBidders, GuaranteedAtCut, HighestPriceExcluded, Join, LeastCost, LineAt,
    MatchTheLowest, PlacesByBidders, PlacesByCapacity, PoolBy, PoolTo, PreferenceMargin, PreferencePoints,
    PriceAtMost, PriceAtMostFirstUnit, PriceAtMostInGroup, PriceAtMostLine, PriceClass, PriceLevel,
    PriceLine, PriceNotAboveCeiling, PriceScore, PriceScoreByCut, PriceScoreInSteps, PriceScoreInverse,
    PriceScoreLinear, PriceTest, PriceWithinMultipleOfAnchor, PriceWithinMultipleOfLowest, QualityPoints,
    QualityScoreAtLeast, Quota, RankByComparablePrice, RankByScore, RegionsByDraft, RegionsPerWinner,
    RelatedBids, RelatedBidsCountOnce, RevivalAtLine, RevivalOfFused, RevivalOfUnshortlisted,
    SavingsAgainstBaselines, SelectedWithoutVolume, ServiceFeeAtMost, SharedHighest, SoleBase,
    SoleWinnerOrNegotiation, TermByWinners, TermUntil, TieBreakKey, UnitsByDemand, UsablePrice,
    VolumeAtLeastCost, VolumeByClass, VolumeByLadder, VolumeByOwnBrand, VolumeByRank, VolumeCheapestFirst,
    VolumeInBands, VolumeWaterfall,
};
use crate::money::{DeviationDivisor, Ratio, RoundingMode};

/// A rule with its numbers, of any kind.
pub(super) enum Rule {
    ComparablePrice(ComparablePrice),
    RelatedBids(RelatedBidsCountOnce),
    BiddersCounted(BiddersCounted),
    UsablePrice(UsablePrice),
    Ceiling(PriceNotAboveCeiling),
    LeastQuality(QualityScoreAtLeast),
    Margin(PreferenceMargin),
    PriceScore(PriceScore),
    QualityPoints(QualityPoints),
    PreferencePoints(PreferencePoints),
    Rank(RankByComparablePrice),
    RankByScore(RankByScore),
    Places(PlacesByBidders),
    PlacesByCapacity(PlacesByCapacity),
    Match(MatchTheLowest),
    Negotiation(SoleWinnerOrNegotiation),
    Test(PriceTest),
    AgreedShare(AgreedShareByWinners),
    WithoutVolume(SelectedWithoutVolume),
    AnchorTerm(AnchorTerm),
    Anchor(AnchorPrice),
    CostStatement(CostStatementBelowAnchor),
    HighestExcluded(HighestPriceExcluded),
    FusedRevival(RevivalOfFused),
    UnshortlistedRevival(RevivalOfUnshortlisted),
    Term(TermByWinners),
    TermUntil(TermUntil),
    BrandVolume(BrandVolumeToBrand),
    RegionsPerWinner(RegionsPerWinner),
    Backups(BackupsInTurn),
    Draft(RegionsByDraft),
    OwnBrand(VolumeByOwnBrand),
    ByRank(VolumeByRank),
    Waterfall(VolumeWaterfall),
    InBands(VolumeInBands),
    CheapestFirst(VolumeCheapestFirst),
    LeastCost(LeastCost),
    AtLeastCost(VolumeAtLeastCost),
    Savings(SavingsAgainstBaselines),
    Incumbency(AgreedShareByIncumbency),
    ServiceFee(ServiceFeeAtMost),
    Units(UnitsByDemand),
    UnitCap(PriceAtMostFirstUnit),
    Guaranteed(GuaranteedAtCut),
    LineRevival(RevivalAtLine),
    Classes(ClassRule),
    ByClass(VolumeByClass),
    ByLadder(VolumeByLadder),
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
    row(QualityScoreAtLeast::ID, scores::quality_score_at_least),
    row(PreferenceMargin::ID, scores::preference_margin),
    row(PriceScoreByCut::ID, scores::price_score_by_cut),
    row(PriceScoreInverse::ID, scores::price_score_inverse),
    row(PriceScoreLinear::ID, scores::price_score_linear),
    row(PriceScoreInSteps::ID, scores::price_score_in_steps),
    row(QualityPoints::ID, scores::quality_points),
    row(PreferencePoints::ID, scores::preference_points),
    row(RankByScore::ID, scores::rank_by_score),
    row(ServiceFeeAtMost::ID, |with| Some(Rule::ServiceFee(ServiceFeeAtMost { most: with.price("most")? }))),
    row(UnitsByDemand::ID, |with| {
        let (share, rounding) = (with.share("share"), with.rounding("rounding"));
        Some(Rule::Units(UnitsByDemand { share: share?, rounding: rounding? }))
    }),
    row(RankByComparablePrice::ID, |with| {
        let tie_break = with.list("tie_break", TieBreakKey::WORDS)?;
        Some(Rule::Rank(RankByComparablePrice { tie_break }))
    }),
    row(PlacesByBidders::ID, places_by_bidders),
    row(PlacesByCapacity::ID, scores::places_by_capacity),
    row(SelectedWithoutVolume::ID, selected_without_volume),
    row(AnchorOfLowest::ID, anchor_of_lowest),
    row(AnchorOfMean::ID, anchor_of_mean),
    row(AnchorBelowMean::ID, anchor_below_mean),
    row(AnchorPrice::ID, |with| Some(Rule::Anchor(AnchorPrice { join: with.choice("join", Join::WORDS)? }))),
    price_test(PriceWithinMultipleOfLowest::ID, |with| {
        let (multiple, rounding) = (with.ratio("multiple"), with.rounding("rounding"));
        let rule = PriceWithinMultipleOfLowest { multiple: multiple?, rounding: rounding? };
        Some(Rule::Test(PriceTest::WithinMultipleOfLowest(rule)))
    }),
    price_test(PriceWithinMultipleOfAnchor::ID, |with| {
        let (multiple, rounding) = (with.ratio("multiple"), with.rounding("rounding"));
        let rule = PriceWithinMultipleOfAnchor { multiple: multiple?, rounding: rounding? };
        Some(Rule::Test(PriceTest::WithinMultipleOfAnchor(rule)))
    }),
    price_test(CutFromCeilingAtLeast::ID, |with| {
        let (cut, rounding) = (with.share("cut"), with.rounding("rounding"));
        let rule = CutFromCeilingAtLeast { cut: cut?, rounding: rounding? };
        Some(Rule::Test(PriceTest::CutFromCeilingAtLeast(rule)))
    }),
    price_test(PriceAtMost::ID, |with| {
        Some(Rule::Test(PriceTest::AtMost(PriceAtMost { price: with.price("price")? })))
    }),
    price_test(PriceAtMostInGroup::ID, |with| {
        let (group, price) = (with.group("group"), with.price("price"));
        let rule = PriceAtMostInGroup { group: group?, price: price? };
        Some(Rule::Test(PriceTest::AtMostInGroup(rule)))
    }),
    price_test(CutWithFewBidders::ID, scores::cut_with_few_bidders),
    price_test(PriceAtMostLine::ID, |with| {
        let rule = PriceAtMostLine { line: with.choice("line", PriceLine::WORDS)? };
        Some(Rule::Test(PriceTest::AtMostLine(rule)))
    }),
    row(PriceAtMostFirstUnit::ID, |with| {
        Some(Rule::UnitCap(PriceAtMostFirstUnit { binds: with.choice("binds", Binds::WORDS)? }))
    }),
    row(CostStatementBelowAnchor::ID, |_| Some(Rule::CostStatement(CostStatementBelowAnchor))),
    row(HighestPriceExcluded::ID, highest_price_excluded),
    row(GuaranteedAtCut::ID, |with| {
        let (cut, rounding) = (with.share("cut"), with.rounding("rounding"));
        Some(Rule::Guaranteed(GuaranteedAtCut { cut: cut?, rounding: rounding? }))
    }),
    row(RevivalOfFused::ID, revival_of_fused),
    row(RevivalOfUnshortlisted::ID, |with| {
        let (level, rounding) = (with.choice("level", PriceLevel::WORDS), with.rounding("rounding"));
        let rule = RevivalOfUnshortlisted { level: level?, rounding: rounding? };
        Some(Rule::UnshortlistedRevival(rule))
    }),
    row(MatchTheLowest::ID, |_| Some(Rule::Match(MatchTheLowest))),
    row(RevivalAtLine::ID, revival_at_line),
    row(SoleWinnerOrNegotiation::ID, |with| {
        Some(Rule::Negotiation(SoleWinnerOrNegotiation { bidders: with.count("bidders")? }))
    }),
    row(ClassByRank::ID, |with| {
        let (a, a_and_b) = (with.places("a"), with.places("a_and_b"));
        Some(Rule::Classes(ClassRule::ByRank(ClassByRank { a: a?, a_and_b: a_and_b? })))
    }),
    row(ClassByLine::ID, |_| Some(Rule::Classes(ClassRule::ByLine(ClassByLine)))),
    row(LeastCost::ID, cost::least_cost),
    row(AgreedShareByWinners::ID, agreed_share_by_winners),
    row(AgreedShareByIncumbency::ID, |with| {
        let (incumbent, newcomer) = (with.share("incumbent"), with.share("newcomer"));
        let restricted = with.share("restricted");
        Some(Rule::Incumbency(AgreedShareByIncumbency {
            incumbent: incumbent?,
            newcomer: newcomer?,
            restricted: restricted?,
        }))
    }),
    row(TermByWinners::ID, |with| Some(Rule::Term(TermByWinners { years: with.years("years")? }))),
    row(TermUntil::ID, |with| Some(Rule::TermUntil(TermUntil { until: with.day("until")? }))),
    row(BrandVolumeToBrand::ID, |_| Some(Rule::BrandVolume(BrandVolumeToBrand))),
    row(RegionsByDraft::ID, |with| {
        Some(Rule::Draft(RegionsByDraft { priority_picks: with.count("priority_picks")? }))
    }),
    row(RegionsPerWinner::ID, |with| {
        let (least, most) = (with.regions("least"), with.regions("most"));
        Some(Rule::RegionsPerWinner(RegionsPerWinner { least: least?, most: most? }))
    }),
    row(BackupsInTurn::ID, |with| Some(Rule::Backups(BackupsInTurn { backups: with.count("backups")? }))),
    row(VolumeByOwnBrand::ID, volume_by_own_brand),
    row(VolumeByRank::ID, |with| {
        let (shares, rounding) = (with.share_list("shares"), with.rounding("rounding"));
        Some(Rule::ByRank(VolumeByRank { shares: shares?, rounding: rounding? }))
    }),
    row(VolumeWaterfall::ID, |with| {
        let (first, next) = (with.shares("first"), with.shares("next"));
        let rounding = with.rounding("rounding");
        Some(Rule::Waterfall(VolumeWaterfall { first: first?, next: next?, rounding: rounding? }))
    }),
    row(VolumeInBands::ID, |with| {
        let (bands, rounding) = (with.share_bands("bands"), with.rounding("rounding"));
        Some(Rule::InBands(VolumeInBands { bands: bands?, rounding: rounding? }))
    }),
    row(VolumeCheapestFirst::ID, scores::volume_cheapest_first),
    row(VolumeAtLeastCost::ID, |with| {
        Some(Rule::AtLeastCost(VolumeAtLeastCost { rounding: with.rounding("rounding")? }))
    }),
    row(VolumeByClass::ID, volume_by_class),
    row(VolumeByLadder::ID, volume_by_ladder),
    row(SavingsAgainstBaselines::ID, |with| {
        let (rounding, money_rounding) = (with.rounding("rounding"), with.rounding("money_rounding"));
        let rule = SavingsAgainstBaselines { rounding: rounding?, money_rounding: money_rounding? };
        Some(Rule::Savings(rule))
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
        keeps_quotes: false,
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

fn volume_by_class(with: &mut Arguments) -> Option<Rule> {
    let classes = PriceClass::WORDS.len();
    let (kept, to_first) = (with.shares_for("kept", classes), with.shares_for("to_first", classes));
    let unselected = with.share("unselected");
    let (pool_to, pool_by) = (with.list("pool_to", PriceClass::WORDS), with.choice("pool_by", PoolBy::WORDS));
    let rounding = with.rounding("rounding");
    let (kept, to_first) = kept.zip(to_first)?;
    let whole = |(kept, given): (&Ratio, &Ratio)| kept.plus(*given).is_ok_and(|sum| sum <= Ratio::ONE);
    if !kept.iter().zip(&to_first).all(whole) {
        with.refuse_shares("to_first");
        return None;
    }
    Some(Rule::ByClass(VolumeByClass {
        kept,
        to_first,
        unselected: unselected?,
        pool_to: pool_to?,
        pool_by: pool_by?,
        rounding: rounding?,
    }))
}

fn volume_by_ladder(with: &mut Arguments) -> Option<Rule> {
    let (committed, ladder) = (with.share("committed"), with.shares_by_place("ladder"));
    let without_place = with.share("without_place");
    let (pool_to, pool_by) = (with.choice("pool_to", PoolTo::WORDS), with.choice("pool_by", PoolBy::WORDS));
    let rounding = with.rounding("rounding");
    Some(Rule::ByLadder(VolumeByLadder {
        committed: committed?,
        ladder: ladder?,
        without_place: without_place?,
        pool_to: pool_to?,
        pool_by: pool_by?,
        rounding: rounding?,
    }))
}

/// At a stated line when one is given, else at a cut from the ceiling.
fn revival_at_line(with: &mut Arguments) -> Option<Rule> {
    let line = if with.is_given("line") {
        LineAt::Stated(with.choice("line", PriceLine::WORDS)?)
    } else {
        let (cut, rounding) = (with.share("cut"), with.rounding("rounding"));
        LineAt::Cut { cut: cut?, rounding: rounding? }
    };
    Some(Rule::LineRevival(RevivalAtLine { line }))
}

fn anchor_of_lowest(with: &mut Arguments) -> Option<Rule> {
    let (multiple, set) = (with.ratio("multiple"), with.choice("set", AnchorSet::WORDS));
    let rounding = with.rounding("rounding");
    let rule = AnchorOfLowest { multiple: multiple?, set: set?, rounding: rounding? };
    Some(Rule::AnchorTerm(AnchorTerm::OfLowest(rule)))
}

fn anchor_of_mean(with: &mut Arguments) -> Option<Rule> {
    let (multiple, set) = (with.ratio("multiple"), with.choice("set", AnchorSet::WORDS));
    let rounding = with.rounding("rounding");
    let rule = AnchorOfMean { multiple: multiple?, set: set?, rounding: rounding? };
    Some(Rule::AnchorTerm(AnchorTerm::OfMean(rule)))
}

fn anchor_below_mean(with: &mut Arguments) -> Option<Rule> {
    let (deviations, divisor) = (with.ratio("deviations"), with.choice("divisor", DeviationDivisor::WORDS));
    let (set, rounding) = (with.choice("set", AnchorSet::WORDS), with.rounding("rounding"));
    let rule = AnchorBelowMean { deviations: deviations?, divisor: divisor?, set: set?, rounding: rounding? };
    Some(Rule::AnchorTerm(AnchorTerm::BelowMean(rule)))
}

fn selected_without_volume(with: &mut Arguments) -> Option<Rule> {
    let (deviations, divisor) = (with.ratio("deviations"), with.choice("divisor", DeviationDivisor::WORDS));
    let (set, rounding) = (with.choice("set", AnchorSet::WORDS), with.rounding("rounding"));
    Some(Rule::WithoutVolume(SelectedWithoutVolume {
        deviations: deviations?,
        divisor: divisor?,
        set: set?,
        rounding: rounding?,
    }))
}

fn highest_price_excluded(with: &mut Arguments) -> Option<Rule> {
    let (top, bottom) = (with.count("top"), with.count("bottom"));
    let lots = with.count_limit("lots");
    let shared_highest = with.choice("shared_highest", SharedHighest::WORDS);
    Some(Rule::HighestExcluded(HighestPriceExcluded {
        top: top?,
        bottom: bottom?,
        lots: lots?,
        shared_highest: shared_highest?,
    }))
}

fn revival_of_fused(with: &mut Arguments) -> Option<Rule> {
    let sole_multiple = with.ratio("sole_multiple");
    let sole_base = with.choice("sole_base", SoleBase::WORDS);
    let rounding = with.rounding("rounding");
    Some(Rule::FusedRevival(RevivalOfFused {
        sole_multiple: sole_multiple?,
        sole_base: sole_base?,
        rounding: rounding?,
    }))
}
