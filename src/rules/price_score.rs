//! The points for a price, under one name.

use super::{Judged, PriceScoreByCut, PriceScoreInSteps, PriceScoreInverse, PriceScoreLinear};
use crate::money::{Ratio, UnitPrice};
use crate::tender::{Fact, Verdict};

/// What the points of a price are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceScoreFacts {
    /// The price that is compared.
    pub price: UnitPrice,
    /// The lowest of them among the bids that are scored.
    pub lowest: UnitPrice,
    /// The cut from the ceiling, where it is known and asked for.
    pub cut: Option<Ratio>,
    /// The highest of them.
    pub highest_cut: Option<Ratio>,
}

/// How a price is turned into points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PriceScore {
    /// In proportion to the cut from the ceiling.
    ByCut(PriceScoreByCut),
    /// In inverse proportion to the price.
    Inverse(PriceScoreInverse),
    /// Falling in a straight line.
    Linear(PriceScoreLinear),
    /// In steps.
    InSteps(PriceScoreInSteps),
}

impl PriceScore {
    /// The rule's id.
    pub fn id(&self) -> &'static str {
        match self {
            Self::ByCut(_) => PriceScoreByCut::ID,
            Self::Inverse(_) => PriceScoreInverse::ID,
            Self::Linear(_) => PriceScoreLinear::ID,
            Self::InSteps(_) => PriceScoreInSteps::ID,
        }
    }

    /// The points of a price, and what is recorded of them; `None` when they cannot be counted or held.
    pub fn score(&self, facts: &PriceScoreFacts) -> Option<(Ratio, Judged)> {
        match self {
            Self::ByCut(rule) => rule.score(facts.cut?, facts.highest_cut?),
            Self::Inverse(rule) => rule.score(facts.price, facts.lowest),
            Self::Linear(rule) => rule.score(facts.price, facts.lowest),
            Self::InSteps(rule) => rule.score(facts.price, facts.lowest),
        }
    }
}

/// Points as a step that is recorded.
pub(super) fn points(points: Ratio, most: Ratio, mut facts: Vec<Fact>) -> (Ratio, Judged) {
    let mut said = vec![Fact::new("price_points", points), Fact::new("most_points", most)];
    said.append(&mut facts);
    (points, Judged { verdict: Verdict::Pass, facts: said })
}
