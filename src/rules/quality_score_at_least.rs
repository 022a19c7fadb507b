//! Rule `quality-score-at-least`.

use super::Judged;
use crate::money::Ratio;
use crate::tender::Fact;

/// A bid below a least quality score is out, whatever its price.
///
/// # What it checks
/// The `quality_score` of the bid against the least score. Equal is enough. A bid that fails is not ranked, its price
/// counts for nobody's points, and it takes no place. A bid without a score is an error: a blank is unknown, never zero.
///
/// # Why
/// A low price must not buy what is not good enough.
///
/// # Parameters
/// - `least` (ratio): the least score.
///
/// # Example
/// At least 60: a bid with 60 goes on, one with 59.9 is out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QualityScoreAtLeast {
    /// The least score.
    pub least: Ratio,
}

impl QualityScoreAtLeast {
    /// The rule's id.
    pub const ID: &'static str = "quality-score-at-least";

    /// Judges a score.
    pub fn judge(&self, quality_score: Ratio) -> Judged {
        let facts = vec![Fact::new("quality_score", quality_score), Fact::new("least_score", self.least)];
        Judged::when(quality_score >= self.least, facts)
    }
}
