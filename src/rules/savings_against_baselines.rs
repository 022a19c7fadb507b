//! Rule `savings-against-baselines`.

use crate::money::Rounding;

/// Cuts and savings are stated against a named baseline and rounded in one way.
///
/// # What it checks
/// Nothing; it states how the cut `1 - price / baseline` is rounded, and how an amount is that a share carries over: a
/// lot's saving on its base volume. Prices times volumes are exact and never rounded.
///
/// # Why
/// The same award gives different cuts against the ceiling, the product's own previous price and the lot's reference
/// price, and rounding moves the second decimal of a percentage.
///
/// # Parameters
/// - `rounding` (rounding): steps of a cut as a ratio; 4 decimals are a percentage with two.
/// - `money_rounding` (rounding): steps of an amount that is carried over; 2 decimals are cents.
///
/// # Example
/// Price 0.5600 against the ceiling 1.6000: 0.6500, or 65.00 %.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavingsAgainstBaselines {
    /// Steps of a cut as a ratio.
    pub rounding: Rounding,
    /// Steps of an amount that a share carries over to another volume.
    pub money_rounding: Rounding,
}

impl SavingsAgainstBaselines {
    /// The rule's id.
    pub const ID: &'static str = "savings-against-baselines";
}
