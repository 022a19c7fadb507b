//! Rule `anchor-of-lowest`.

use super::anchor::times;
use super::{AnchorSet, Judged};
use crate::money::{Inexact, Ratio, Rounding, UnitPrice};
use crate::tender::Fact;

/// An anchor: the lowest price times a constant.
///
/// # What it checks
/// Nothing by itself; it gives `anchor-price` the lowest comparable price of a set of bids times `multiple`, rounded.
///
/// # Why
/// The plain measure of what the drug can cost.
///
/// # Parameters
/// - `multiple` (ratio): how many times the lowest.
/// - `set` (choice): whose prices: `ranked` (all ranked bids) or `shortlisted`.
/// - `rounding` (rounding): steps of the result.
///
/// # Example
/// The lowest of the shortlisted is 0.2000 and the multiple 1: 0.2000.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnchorOfLowest {
    /// How many times the lowest.
    pub multiple: Ratio,
    /// Whose prices.
    pub set: AnchorSet,
    /// Steps of the result.
    pub rounding: Rounding,
}

impl AnchorOfLowest {
    /// The rule's id.
    pub const ID: &'static str = "anchor-of-lowest";

    /// The price from those of the set; `None` without prices.
    ///
    /// # Errors
    /// [`Inexact`] when it needs more than 28 digits.
    pub fn value(&self, prices: &[UnitPrice]) -> Result<Option<(UnitPrice, Judged)>, Inexact> {
        let Some(lowest) = prices.iter().min() else { return Ok(None) };
        let term = times(*lowest, self.multiple, self.rounding)?;
        let facts = vec![
            Fact::new("anchor_set", self.set.name()),
            Fact::new("lowest_price", lowest),
            Fact::new("multiple", self.multiple),
            Fact::new("anchor_term", term),
        ];
        Ok(Some((term, Judged::when(true, facts))))
    }
}
