//! Rule `savings-against-baselines`.

use crate::money::Rounding;

/// Cuts are stated against a named baseline and rounded in one way.
///
/// # What it checks
/// Nothing; it states how the cut `1 - price / baseline` is rounded.
///
/// # Why
/// The same award gives different cuts against the ceiling, the product's own previous price and the lot's reference
/// price, and rounding moves the second decimal of a percentage.
///
/// # Parameters
/// - `rounding` (rounding): steps of a cut as a ratio; 4 decimals are a percentage with two.
///
/// # Example
/// Price 0.5600 against the ceiling 1.6000: 0.6500, or 65.00 %.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavingsAgainstBaselines {
    /// Steps of a cut as a ratio.
    pub rounding: Rounding,
}

impl SavingsAgainstBaselines {
    /// The rule's id.
    pub const ID: &'static str = "savings-against-baselines";
}
