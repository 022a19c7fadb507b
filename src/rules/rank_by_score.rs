//! Rule `rank-by-score`.

use super::Judged;
use super::rank_by_comparable_price::{RankFacts, TieBreakKey, in_order, settle};
use crate::money::Ratio;
use crate::tender::{Fact, Verdict};

/// Ranks bids by score, and equal scores by the stated keys.
///
/// # What it checks
/// Nothing by itself; it gives the order. The score is the sum of the points for price, quality and preference, each rounded
/// as its rule says. The higher score comes first. Bids with equal scores are ordered by the keys in turn. A key that is
/// unknown for one of the bids it should order settles nothing, and no later key is asked: the bids stay tied, and a
/// human must decide. Without a key for the price, bids of different prices can stay tied.
///
/// # Why
/// The tender document says how much a better product may cost; the score is that exchange in numbers.
///
/// # Parameters
/// - `tie_break` (list): keys out of `lower_price`, `higher_preference_points`, `higher_quality_score`,
///   `larger_prior_volume`, `earlier_approval` and `larger_own_demand`, parted by commas; `none` when no key applies.
///
/// # Example
/// A has 60 points for its price and 30 for quality, B 52 and 38: both have 90. With `lower_price` A ranks first; with
/// `none` they stay tied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankByScore {
    /// The keys, the first asked first.
    pub tie_break: Vec<TieBreakKey>,
}

impl RankByScore {
    /// The rule's id.
    pub const ID: &'static str = "rank-by-score";

    /// The bids in order, as indices into `bids`; bids that stay tied share a group, whose inner order means nothing. A bid
    /// without a score comes last.
    pub fn order(&self, bids: &[RankFacts]) -> Vec<Vec<usize>> {
        let all = bids.iter().enumerate().collect();
        let by_score = in_order(all, |bid| bid.score, true);
        let groups = by_score.into_iter().flat_map(|group| settle(group, &self.tie_break));
        groups.map(|group| group.into_iter().map(|(place, _)| place).collect()).collect()
    }

    /// What is recorded of a ranked bid: rank 1 has the highest score; `tied` says how many bids share it unsettled,
    /// itself included.
    pub fn record(&self, score: Ratio, rank: u32, tied: u32) -> Judged {
        let mut facts = vec![Fact::new("score", score), Fact::new("rank", rank)];
        if tied > 1 {
            facts.push(Fact::new("tied_bids", tied));
        }
        Judged { verdict: Verdict::Pass, facts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::UnitPrice;

    fn bid(score: &str, price: &str) -> RankFacts {
        RankFacts {
            comparable_price: UnitPrice::parse(price).unwrap(),
            prior_volume: None,
            approved_on: None,
            quality_score: None,
            own_demand: None,
            supply_score: None,
            own_active_ingredient: None,
            score: Some(Ratio::parse(score).unwrap()),
            preference_points: None,
        }
    }

    #[test]
    fn the_score_first_then_the_keys() {
        let bids = [bid("90", "0.4"), bid("90.0", "0.3"), bid("90.01", "0.9")];
        let by_price = RankByScore { tie_break: vec![TieBreakKey::LowerPrice] };
        assert_eq!(by_price.order(&bids), [vec![2], vec![1], vec![0]]);
        assert_eq!(RankByScore { tie_break: Vec::new() }.order(&bids), [vec![2], vec![0, 1]]);
        // An unknown key settles nothing, nor do the keys after it.
        let unknown = vec![TieBreakKey::HigherPreferencePoints, TieBreakKey::LowerPrice];
        assert_eq!(RankByScore { tie_break: unknown }.order(&bids), [vec![2], vec![0, 1]]);
    }
}
