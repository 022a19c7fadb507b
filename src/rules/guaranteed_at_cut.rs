//! Rule `guaranteed-at-cut`.

use super::{CutFromCeilingAtLeast, Judged};
use crate::money::{Ratio, Rounding, UnitPrice};

/// A bid that lies far enough below the ceiling wins, whatever its rank.
///
/// # What it checks
/// The cut `1 - price / ceiling`, rounded, against the cut that guarantees an award (保底中选). Equal is enough. It is asked
/// only of bids that do not win otherwise: those beyond the places, and those within them that failed a price test. A
/// ceiling that is not known makes the rule not applicable.
///
/// # Why
/// A firm that gives up most of the ceiling must not lose everything because others bid still lower; that calms the bidding.
///
/// # Parameters
/// - `cut` (share): the cut that guarantees an award.
/// - `rounding` (rounding): steps of the cut as a ratio; 4 decimals are a percentage with two.
///
/// # Example
/// Ceiling 132.00 and a cut of 40 %: 79.20 wins, 79.21 (39.99 %) does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuaranteedAtCut {
    /// The cut that guarantees an award, as a ratio.
    pub cut: Ratio,
    /// Steps of the cut as a ratio.
    pub rounding: Rounding,
}

impl GuaranteedAtCut {
    /// The rule's id.
    pub const ID: &'static str = "guaranteed-at-cut";

    /// Judges a price against the ceiling of the same specification.
    pub fn judge(&self, price: UnitPrice, ceiling: Option<UnitPrice>) -> Judged {
        CutFromCeilingAtLeast { cut: self.cut, rounding: self.rounding }.judge(price, ceiling)
    }
}
