//! Rule `price-within-multiple-of-lowest`.

use super::Judged;
use crate::money::{Inexact, Ratio, Rounding, UnitPrice};
use crate::tender::Fact;

/// A bid may cost at most a stated multiple of the lowest.
///
/// # What it checks
/// The comparable price against `multiple` times the lowest comparable price, rounded. Equal is allowed.
///
/// # Why
/// Winners of one lot supply the same drug in different regions; their prices must not lie far apart.
///
/// # Parameters
/// - `multiple` (ratio): how many times the lowest.
/// - `rounding` (rounding): steps of the limit; the price is compared after rounding.
///
/// # Example
/// Lowest 0.3000, multiple 1.8, 4 decimals: the limit is 0.5400. 0.5400 passes, 0.5401 fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceWithinMultipleOfLowest {
    /// How many times the lowest price.
    pub multiple: Ratio,
    /// Steps of the limit.
    pub rounding: Rounding,
}

impl PriceWithinMultipleOfLowest {
    /// The rule's id.
    pub const ID: &'static str = "price-within-multiple-of-lowest";

    /// Judges a comparable price against the lowest.
    ///
    /// # Errors
    /// [`Inexact`] when the limit needs more than 28 digits.
    pub fn judge(&self, comparable_price: UnitPrice, lowest: UnitPrice) -> Result<Judged, Inexact> {
        let limit = lowest.scaled(self.multiple)?.rounded(self.rounding)?;
        let facts = vec![
            Fact::new("comparable_price", comparable_price),
            Fact::new("lowest_price", lowest),
            Fact::new("multiple", self.multiple),
            Fact::new("limit", limit),
        ];
        Ok(Judged::when(comparable_price <= limit, facts))
    }
}
