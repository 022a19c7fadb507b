//! Rule `price-score-inverse`.

use super::Judged;
use super::price_score::points;
use crate::money::{Fraction, Ratio, Rounding, UnitPrice};
use crate::tender::Fact;

/// Points for a price in inverse proportion to it.
///
/// # What it checks
/// Nothing; it gives points: all of them to the lowest price, to every other the lowest price over its own. The points are
/// rounded once. With a preference margin, prices are those with the margin.
///
/// # Why
/// Twice the price is half the points: simple to say, and no bid falls to nothing.
///
/// # Parameters
/// - `points` (ratio): points of the lowest price.
/// - `rounding` (rounding): steps of the points.
///
/// # Example
/// 70 points, prices 0.80 and 1.00: 70 and 56.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceScoreInverse {
    /// Points of the lowest price.
    pub points: Ratio,
    /// Steps of the points.
    pub rounding: Rounding,
}

impl PriceScoreInverse {
    /// The rule's id.
    pub const ID: &'static str = "price-score-inverse";

    /// The points of a price; `None` when they cannot be held.
    pub fn score(&self, price: UnitPrice, lowest: UnitPrice) -> Option<(Ratio, Judged)> {
        let part = Fraction::from(lowest).over(&Fraction::from(price))?;
        let given = Fraction::from(self.points).times(&part).rounded(self.rounding)?;
        let facts = vec![Fact::new("compared_price", price), Fact::new("lowest_price", lowest)];
        Some(points(given, self.points, facts))
    }
}
