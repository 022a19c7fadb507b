//! Rule `rank-by-comparable-price`.

use super::Judged;
use crate::money::{Quantity, Ratio, UnitPrice};
use crate::tender::{Date, Fact, Verdict};

/// What settles equal prices, in the order that the rule set states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TieBreakKey {
    /// The larger volume sold in the reference year comes first.
    LargerPriorVolume,
    /// The earlier approval comes first.
    EarlierApproval,
    /// The higher quality or supply score comes first.
    HigherQualityScore,
    /// The larger demand reported for the own brand comes first.
    LargerOwnDemand,
    /// The lower price comes first; for ranks by score.
    LowerPrice,
    /// More points for preference come first; for ranks by score.
    HigherPreferencePoints,
    /// The higher score for earlier supply comes first.
    HigherSupplyScore,
    /// Who makes the active ingredient itself comes first.
    OwnActiveIngredient,
}

impl TieBreakKey {
    /// The words in a rule set.
    pub const WORDS: &'static [(&'static str, Self)] = &[
        ("larger_prior_volume", Self::LargerPriorVolume),
        ("earlier_approval", Self::EarlierApproval),
        ("higher_quality_score", Self::HigherQualityScore),
        ("larger_own_demand", Self::LargerOwnDemand),
        ("higher_supply_score", Self::HigherSupplyScore),
        ("own_active_ingredient", Self::OwnActiveIngredient),
    ];

    /// The words in a rule set that ranks by score.
    pub const WORDS_OF_SCORES: &'static [(&'static str, Self)] = &[
        ("lower_price", Self::LowerPrice),
        ("higher_preference_points", Self::HigherPreferencePoints),
        ("higher_quality_score", Self::HigherQualityScore),
        ("larger_prior_volume", Self::LargerPriorVolume),
        ("earlier_approval", Self::EarlierApproval),
        ("larger_own_demand", Self::LargerOwnDemand),
    ];

    /// The word in a rule set.
    pub fn name(self) -> &'static str {
        Self::WORDS
            .iter()
            .chain(Self::WORDS_OF_SCORES)
            .find(|(_, key)| *key == self)
            .map_or("", |(word, _)| word)
    }
}

/// What a bid is ranked by. `None` is unknown, never zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RankFacts {
    /// Price of the representative specification, with the preference margin where there is one.
    pub comparable_price: UnitPrice,
    /// Volume sold in the reference year.
    pub prior_volume: Option<Quantity>,
    /// Day of approval.
    pub approved_on: Option<Date>,
    /// Quality or supply score.
    pub quality_score: Option<Ratio>,
    /// Demand reported for the own brand.
    pub own_demand: Option<Quantity>,
    /// The score, where the round ranks by it.
    pub score: Option<Ratio>,
    /// Points for preference.
    pub preference_points: Option<Ratio>,
    /// Score for earlier supply.
    pub supply_score: Option<Ratio>,
    /// Whether it makes the active ingredient itself.
    pub own_active_ingredient: Option<bool>,
}

/// Ranks bids by price, and equal prices by the stated keys.
///
/// # What it checks
/// Nothing by itself; it gives the order. The lower comparable price comes first. Bids with equal prices are ordered by
/// the keys in turn. A key that is unknown for one of the bids it should order settles nothing, and no later key is
/// asked: the bids stay tied, and a human must decide.
///
/// # Why
/// The lowest price wins; what settles equal prices is written in the tender document, and nothing else may.
///
/// # Parameters
/// - `tie_break` (list): keys out of `larger_prior_volume`, `earlier_approval`, `higher_quality_score`, `larger_own_demand`,
///   `higher_supply_score` and `own_active_ingredient`, parted by commas; `none` when no key applies.
///
/// # Example
/// A and B bid 0.3000; A sold 200 in the reference year, B sold 100: A ranks first. Were B's volume unknown, they would
/// stay tied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankByComparablePrice {
    /// The keys, the first asked first.
    pub tie_break: Vec<TieBreakKey>,
}

impl RankByComparablePrice {
    /// The rule's id.
    pub const ID: &'static str = "rank-by-comparable-price";

    /// The bids in order, as indices into `bids`; bids that stay tied share a group, whose inner order means nothing.
    pub fn order(&self, bids: &[RankFacts]) -> Vec<Vec<usize>> {
        let all = bids.iter().enumerate().collect();
        let by_price = in_order(all, |bid| Some(bid.comparable_price), false);
        let groups = by_price.into_iter().flat_map(|group| settle(group, &self.tie_break));
        groups.map(|group| group.into_iter().map(|(place, _)| place).collect()).collect()
    }

    /// What is recorded of a ranked bid: rank 1 is the lowest price; `tied` says how many bids
    /// share it unsettled, itself included.
    pub fn record(&self, comparable_price: UnitPrice, rank: u32, tied: u32) -> Judged {
        let mut facts = vec![Fact::new("comparable_price", comparable_price), Fact::new("rank", rank)];
        if tied > 1 {
            facts.push(Fact::new("tied_bids", tied));
        }
        Judged { verdict: Verdict::Pass, facts }
    }
}

/// Bids with their places in a list.
pub(super) type Group<'a> = Vec<(usize, &'a RankFacts)>;

/// Splits bids of one price by the keys, as far as the keys are known.
pub(super) fn settle<'a>(group: Group<'a>, keys: &[TieBreakKey]) -> Vec<Group<'a>> {
    let Some((key, later)) = keys.split_first() else { return vec![group] };
    if group.len() < 2 {
        return vec![group];
    }
    let parts = match key {
        TieBreakKey::LargerPriorVolume => split_known(group, |bid| bid.prior_volume, true),
        TieBreakKey::EarlierApproval => split_known(group, |bid| bid.approved_on, false),
        TieBreakKey::HigherQualityScore => split_known(group, |bid| bid.quality_score, true),
        TieBreakKey::LargerOwnDemand => split_known(group, |bid| bid.own_demand, true),
        TieBreakKey::LowerPrice => split_known(group, |bid| Some(bid.comparable_price), false),
        TieBreakKey::HigherPreferencePoints => split_known(group, |bid| bid.preference_points, true),
        TieBreakKey::HigherSupplyScore => split_known(group, |bid| bid.supply_score, true),
        TieBreakKey::OwnActiveIngredient => split_known(group, |bid| bid.own_active_ingredient, true),
    };
    match parts {
        Ok(parts) => parts.into_iter().flat_map(|part| settle(part, later)).collect(),
        Err(unsettled) => vec![unsettled],
    }
}

/// The group split by `key`, or the group itself when the key is unknown for one of its bids.
fn split_known<'a, K: Ord>(
    group: Group<'a>,
    key: impl Fn(&RankFacts) -> Option<K>,
    larger_first: bool,
) -> Result<Vec<Group<'a>>, Group<'a>> {
    if group.iter().any(|(_, bid)| key(bid).is_none()) {
        Err(group)
    } else {
        Ok(in_order(group, key, larger_first))
    }
}

/// The group in order of `key`, equal keys together.
pub(super) fn in_order<'a, K: Ord>(
    mut group: Group<'a>,
    key: impl Fn(&RankFacts) -> Option<K>,
    larger_first: bool,
) -> Vec<Group<'a>> {
    group.sort_by(|(_, one), (_, other)| {
        let order = key(one).cmp(&key(other));
        if larger_first { order.reverse() } else { order }
    });
    group.chunk_by(|(_, one), (_, other)| key(one) == key(other)).map(<[_]>::to_vec).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bid(price: &str, volume: Option<&str>, approved: Option<&str>) -> RankFacts {
        RankFacts {
            comparable_price: UnitPrice::parse(price).unwrap(),
            prior_volume: volume.map(|text| Quantity::parse(text).unwrap()),
            approved_on: approved.map(|text| Date::parse(text).unwrap()),
            quality_score: None,
            own_demand: None,
            score: None,
            preference_points: None,
            supply_score: None,
            own_active_ingredient: None,
        }
    }

    #[test]
    fn price_then_keys_and_an_unknown_key_settles_nothing() {
        let rule = RankByComparablePrice {
            tie_break: vec![TieBreakKey::LargerPriorVolume, TieBreakKey::EarlierApproval],
        };
        let day = Some("2018-01-01");
        let bids = [bid("0.4", None, None), bid("0.3", Some("100"), day), bid("0.30", Some("200"), None)];
        assert_eq!(rule.order(&bids), [vec![2], vec![1], vec![0]]);
        let bids = [bid("0.3", Some("100"), Some("2018-01-02")), bid("0.3", Some("100"), day)];
        assert_eq!(rule.order(&bids), [vec![1], vec![0]]);
        let bids = [bid("0.3", Some("100"), day), bid("0.3", None, Some("2017-01-01"))];
        assert_eq!(rule.order(&bids), [vec![0, 1]]);
        let bids =
            [bid("0.3", Some("100"), day), bid("0.3", Some("100"), None), bid("0.3", Some("300"), None)];
        assert_eq!(rule.order(&bids), [vec![2], vec![0, 1]]);
        assert_eq!(RankByComparablePrice { tie_break: Vec::new() }.order(&bids), [vec![0, 1, 2]]);
    }

    #[test]
    fn only_a_shared_rank_says_how_many_share_it() {
        let rule = RankByComparablePrice { tie_break: Vec::new() };
        let price = UnitPrice::parse("0.3").unwrap();
        let shared = |tied| {
            let facts = rule.record(price, 2, tied).facts;
            facts.into_iter().find(|fact| fact.name == "tied_bids").map(|fact| fact.value)
        };
        assert_eq!([1, 2, 3].map(shared), [None, Some("2".to_owned()), Some("3".to_owned())]);
    }

    #[test]
    fn every_key_is_called_what_a_rule_set_calls_it() {
        assert_eq!(TieBreakKey::EarlierApproval.name(), "earlier_approval");
        assert!(TieBreakKey::WORDS.iter().all(|(word, key)| key.name() == *word));
    }
}
