//! Rule `anchor-of-mean`.

use super::anchor::times;
use super::{AnchorSet, Judged};
use crate::money::{Inexact, Ratio, Rounding, UnitPrice};
use crate::tender::Fact;

/// An anchor: the mean price times a constant.
///
/// # What it checks
/// Nothing by itself; it gives `anchor-price` the mean comparable price of a set of bids, rounded, times `multiple`, rounded
/// again. Every bid counts once, whatever its volume.
///
/// # Why
/// One very low bid moves the mean much less than it moves the lowest.
///
/// # Parameters
/// - `multiple` (ratio): how many times the mean.
/// - `set` (choice): whose prices: `ranked` (all ranked bids) or `shortlisted`.
/// - `rounding` (rounding): steps of the mean and of the result.
///
/// # Example
/// Six bids with a mean of 0.9250 and the multiple 0.5: 0.4625.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnchorOfMean {
    /// How many times the mean.
    pub multiple: Ratio,
    /// Whose prices.
    pub set: AnchorSet,
    /// Steps of the mean and of the result.
    pub rounding: Rounding,
}

impl AnchorOfMean {
    /// The rule's id.
    pub const ID: &'static str = "anchor-of-mean";

    /// The price from those of the set; `None` without prices.
    ///
    /// # Errors
    /// [`Inexact`] when it needs more than 28 digits.
    pub fn value(&self, prices: &[UnitPrice]) -> Result<Option<(UnitPrice, Judged)>, Inexact> {
        if prices.is_empty() {
            return Ok(None);
        }
        let mean = UnitPrice::mean(prices, self.rounding).ok_or(Inexact)?;
        let term = times(mean, self.multiple, self.rounding)?;
        let facts = vec![
            Fact::new("anchor_set", self.set.name()),
            Fact::new("mean_price", mean),
            Fact::new("prices", prices.len()),
            Fact::new("multiple", self.multiple),
            Fact::new("anchor_term", term),
        ];
        Ok(Some((term, Judged::when(true, facts))))
    }
}
