//! Rule `price-score-by-cut`.

use super::Judged;
use super::price_score::points;
use crate::money::{Fraction, Ratio, Rounding, UnitPrice};
use crate::tender::Fact;

/// Points for a price in proportion to its cut from the ceiling.
///
/// # What it checks
/// Nothing; it gives points: all of them to the highest cut, to every other its cut over the highest. The cut is counted on
/// prices of one specification and rounded, the points are rounded once. Where nobody cuts, nobody has points. A bid whose
/// ceiling is not known cannot be scored, which is an error.
///
/// # Why
/// Products with ceilings of their own compete on what each gives up, not on what each costs.
///
/// # Parameters
/// - `points` (ratio): points of the highest cut.
/// - `cut_rounding` (rounding): steps of a cut, as a share.
/// - `rounding` (rounding): steps of the points.
///
/// # Example
/// 60 points, cuts 50 % and 40 %: 60 and 48.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceScoreByCut {
    /// Points of the highest cut.
    pub points: Ratio,
    /// Steps of a cut.
    pub cut_rounding: Rounding,
    /// Steps of the points.
    pub rounding: Rounding,
}

impl PriceScoreByCut {
    /// The rule's id.
    pub const ID: &'static str = "price-score-by-cut";

    /// The cut of a price from its ceiling; `None` when the ceiling is zero.
    pub fn cut(&self, price: UnitPrice, ceiling: UnitPrice) -> Option<Ratio> {
        price.cut_from(ceiling, self.cut_rounding)
    }

    /// The points of a cut; `None` when they cannot be held.
    pub fn score(&self, cut: Ratio, highest: Ratio) -> Option<(Ratio, Judged)> {
        let part = Fraction::from(cut).over(&Fraction::from(highest)).unwrap_or_else(Fraction::zero);
        let given = Fraction::from(self.points).times(&part).rounded(self.rounding)?;
        let facts = vec![Fact::new("cut", cut), Fact::new("highest_cut", highest)];
        Some(points(given, self.points, facts))
    }
}
