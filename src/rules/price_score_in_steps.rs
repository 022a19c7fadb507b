//! Rule `price-score-in-steps`.

use super::Judged;
use super::price_score::points;
use crate::money::{Ratio, UnitPrice};
use crate::tender::Fact;

/// One step: up to this multiple of the lowest price, so many points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScoreStep {
    /// The multiple of the lowest price; it is included.
    pub up_to: Ratio,
    /// Points up to there.
    pub points: Ratio,
}

/// Points for a price in steps.
///
/// # What it checks
/// Nothing; it gives the points of the first step whose multiple of the lowest price the bid does not exceed, and none
/// above the last. Equal to a limit is within it. With a preference margin, prices are those with the margin.
///
/// # Why
/// Small differences should not decide; bands of price can be read and foreseen.
///
/// # Parameters
/// - `steps` (score_steps): multiples of the lowest price with their points, such as `1.05 60, 1.2 40`; multiples rise,
///   points fall.
///
/// # Example
/// Steps 1.05 60, 1.2 40; lowest 1.00: 1.05 has 60 points, 1.06 has 40, 1.21 has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceScoreInSteps {
    /// The steps, from the lowest multiple up.
    pub steps: Vec<ScoreStep>,
}

impl PriceScoreInSteps {
    /// The rule's id.
    pub const ID: &'static str = "price-score-in-steps";

    /// The points of a price; `None` when a limit cannot be held.
    pub fn score(&self, price: UnitPrice, lowest: UnitPrice) -> Option<(Ratio, Judged)> {
        let mut within = None;
        for step in self.steps.iter().rev() {
            if price <= lowest.scaled(step.up_to).ok()? {
                within = Some(step);
            }
        }
        let most = self.steps.first().map_or(Ratio::ZERO, |step| step.points);
        let mut facts = vec![Fact::new("compared_price", price), Fact::new("lowest_price", lowest)];
        facts.extend(within.map(|step| Fact::new("step", step.up_to)));
        Some(points(within.map_or(Ratio::ZERO, |step| step.points), most, facts))
    }
}
