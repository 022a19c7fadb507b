//! Rule `quality-points`.

use super::Judged;
use crate::money::{Fraction, Ratio, Rounding};
use crate::tender::{Fact, Verdict};

/// Points for quality in proportion to the quality score.
///
/// # What it checks
/// Nothing; it gives points: all of them at the full score, and in proportion below it. The points are rounded once. A bid
/// without a `quality_score`, or with one above the full score, is an error: a blank is unknown, never zero.
///
/// # Why
/// What experts found of a product or a supplier weighs a stated number of points beside the price.
///
/// # Parameters
/// - `points` (ratio): points of the full score.
/// - `full_score` (ratio): the score that has all points; above zero.
/// - `rounding` (rounding): steps of the points.
///
/// # Example
/// 40 points at a full score of 100: a score of 85 has 34.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QualityPoints {
    /// Points of the full score.
    pub points: Ratio,
    /// The score that has all points.
    pub full_score: Ratio,
    /// Steps of the points.
    pub rounding: Rounding,
}

impl QualityPoints {
    /// The rule's id.
    pub const ID: &'static str = "quality-points";

    /// The points of a score; `None` when they cannot be held.
    pub fn score(&self, quality_score: Ratio) -> Option<(Ratio, Judged)> {
        let part = Fraction::from(quality_score).over(&Fraction::from(self.full_score))?;
        let points = Fraction::from(self.points).times(&part).rounded(self.rounding)?;
        let facts = vec![
            Fact::new("quality_points", points),
            Fact::new("most_points", self.points),
            Fact::new("quality_score", quality_score),
            Fact::new("full_score", self.full_score),
        ];
        Some((points, Judged { verdict: Verdict::Pass, facts }))
    }
}
