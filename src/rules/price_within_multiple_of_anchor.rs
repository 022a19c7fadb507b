//! Rule `price-within-multiple-of-anchor`.

use super::Judged;
use super::anchor::times;
use crate::money::{Inexact, Ratio, Rounding, UnitPrice};
use crate::tender::Fact;

/// A bid may cost at most a stated multiple of the anchor.
///
/// # What it checks
/// The comparable price against `multiple` times the anchor of the lot, rounded. Equal is allowed. Without an anchor the rule
/// is not applicable.
///
/// # Why
/// As a multiple of the lowest it holds winners' prices together, but one very low bid does not set the measure alone.
///
/// # Parameters
/// - `multiple` (ratio): how many times the anchor.
/// - `rounding` (rounding): steps of the limit; the price is compared after rounding.
///
/// # Example
/// Anchor 0.4625, multiple 1.8, 4 decimals: the limit is 0.8325. 0.8325 passes, 0.8326 fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceWithinMultipleOfAnchor {
    /// How many times the anchor.
    pub multiple: Ratio,
    /// Steps of the limit.
    pub rounding: Rounding,
}

impl PriceWithinMultipleOfAnchor {
    /// The rule's id.
    pub const ID: &'static str = "price-within-multiple-of-anchor";

    /// The most that passes.
    ///
    /// # Errors
    /// [`Inexact`] when it needs more than 28 digits.
    pub fn limit(&self, anchor: UnitPrice) -> Result<UnitPrice, Inexact> {
        times(anchor, self.multiple, self.rounding)
    }

    /// Judges a comparable price.
    ///
    /// # Errors
    /// [`Inexact`] when the limit needs more than 28 digits.
    pub fn judge(&self, comparable_price: UnitPrice, anchor: Option<UnitPrice>) -> Result<Judged, Inexact> {
        let mut facts = vec![Fact::new("comparable_price", comparable_price)];
        let Some(anchor) = anchor else { return Ok(Judged::not_applicable(facts)) };
        let limit = self.limit(anchor)?;
        facts.push(Fact::new("anchor", anchor));
        facts.push(Fact::new("multiple", self.multiple));
        facts.push(Fact::new("limit", limit));
        Ok(Judged::when(comparable_price <= limit, facts))
    }
}
