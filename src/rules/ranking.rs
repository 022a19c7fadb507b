//! How bids are put in order, under one name.

use super::{Cited, RankByComparablePrice, RankByScore, RankFacts, Status, TieBreakKey};

/// How bids are put in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ranking {
    /// The lowest price first.
    ByPrice(Cited<RankByComparablePrice>),
    /// The highest score first.
    ByScore(Cited<RankByScore>),
}

impl Ranking {
    /// The rule's id.
    pub fn id(&self) -> &'static str {
        match self {
            Self::ByPrice(_) => RankByComparablePrice::ID,
            Self::ByScore(_) => RankByScore::ID,
        }
    }

    /// Where it is written down.
    pub fn cite(&self) -> &str {
        match self {
            Self::ByPrice(rule) => &rule.cite,
            Self::ByScore(rule) => &rule.cite,
        }
    }

    /// Whether somebody has read that source.
    pub fn status(&self) -> Status {
        match self {
            Self::ByPrice(rule) => rule.status,
            Self::ByScore(rule) => rule.status,
        }
    }

    /// What settles what price or score leave equal, the first key first.
    pub fn tie_break(&self) -> &[TieBreakKey] {
        match self {
            Self::ByPrice(rule) => &rule.rule.tie_break,
            Self::ByScore(rule) => &rule.rule.tie_break,
        }
    }

    /// Whether the score decides, not the price.
    pub fn is_by_score(&self) -> bool {
        matches!(self, Self::ByScore(_))
    }

    /// The bids in order, as indices into `bids`; bids that stay tied share a group, whose inner order means nothing.
    pub fn order(&self, bids: &[RankFacts]) -> Vec<Vec<usize>> {
        match self {
            Self::ByPrice(rule) => rule.rule.order(bids),
            Self::ByScore(rule) => rule.rule.order(bids),
        }
    }
}
