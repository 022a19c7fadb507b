//! Rule `price-score-linear`.

use super::Judged;
use super::price_score::points;
use crate::money::{Fraction, Ratio, Rounding, UnitPrice};
use crate::tender::Fact;

/// Points for a price that fall in a straight line from the lowest price to a multiple of it.
///
/// # What it checks
/// Nothing; it gives points: all of them to the lowest price, none at `zero_at` times the lowest and above, and in between on
/// a straight line. With `zero_at` 2 that is points × (1 − (P − Pmin) / Pmin). The points are rounded once and never fall below
/// zero. With a preference margin, prices are those with the margin.
///
/// # Why
/// Every step of price costs the same number of points, wherever it is taken.
///
/// # Parameters
/// - `points` (ratio): points of the lowest price.
/// - `zero_at` (ratio): the multiple of the lowest price that has no points; above 1.
/// - `rounding` (rounding): steps of the points.
///
/// # Example
/// 90 points, none at twice the lowest; prices 1.00 and 1.20: 90 and 72.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceScoreLinear {
    /// Points of the lowest price.
    pub points: Ratio,
    /// The multiple of the lowest price that has no points.
    pub zero_at: Ratio,
    /// Steps of the points.
    pub rounding: Rounding,
}

impl PriceScoreLinear {
    /// The rule's id.
    pub const ID: &'static str = "price-score-linear";

    /// The points of a price; `None` when they cannot be held.
    pub fn score(&self, price: UnitPrice, lowest: UnitPrice) -> Option<(Ratio, Judged)> {
        let (lowest_price, end) = (Fraction::from(lowest), Fraction::from(self.zero_at));
        let room = end.minus(&Fraction::one()).times(&lowest_price);
        let left = end.times(&lowest_price).minus(&Fraction::from(price)).max(Fraction::zero());
        let given = Fraction::from(self.points).times(&left.over(&room)?).rounded(self.rounding)?;
        let facts = vec![
            Fact::new("compared_price", price),
            Fact::new("lowest_price", lowest),
            Fact::new("zero_at", self.zero_at),
        ];
        Some(points(given, self.points, facts))
    }
}
