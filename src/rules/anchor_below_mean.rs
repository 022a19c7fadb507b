//! Rule `anchor-below-mean`.

use super::{AnchorSet, Judged};
use crate::money::{DeviationDivisor, Inexact, Ratio, Rounding, UnitPrice};
use crate::tender::Fact;

/// An anchor: the mean price less standard deviations.
///
/// # What it checks
/// Nothing by itself; it gives `anchor-price` the mean comparable price of a set of bids less `deviations` times their
/// standard deviation, rounded once. The squared differences are divided by the number of prices (`n`) or by one less
/// (`n-1`); one price alone has no deviation by `n-1`, and the rule then gives nothing.
///
/// # Why
/// Where bids lie close together a low bid is far out, where they are scattered it is not; the deviation measures that.
///
/// # Parameters
/// - `deviations` (ratio): how many standard deviations below the mean.
/// - `divisor` (choice): `n` or `n-1`.
/// - `set` (choice): whose prices: `ranked` (all ranked bids) or `shortlisted`.
/// - `rounding` (rounding): steps of the result.
///
/// # Example
/// Prices 2, 4, 4, 4, 5, 5, 7 and 9: mean 5, standard deviation 2 by `n`; one deviation below is 3.0000.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnchorBelowMean {
    /// How many standard deviations below the mean.
    pub deviations: Ratio,
    /// What the squared differences are divided by.
    pub divisor: DeviationDivisor,
    /// Whose prices.
    pub set: AnchorSet,
    /// Steps of the result.
    pub rounding: Rounding,
}

impl AnchorBelowMean {
    /// The rule's id.
    pub const ID: &'static str = "anchor-below-mean";

    /// The price from those of the set; `None` with too few prices.
    ///
    /// # Errors
    /// [`Inexact`] when it needs more than 28 digits.
    pub fn value(&self, prices: &[UnitPrice]) -> Result<Option<(UnitPrice, Judged)>, Inexact> {
        let too_few = match self.divisor {
            DeviationDivisor::All => prices.is_empty(),
            DeviationDivisor::OneLess => prices.len() < 2,
        };
        if too_few {
            return Ok(None);
        }
        let mean = UnitPrice::mean(prices, self.rounding).ok_or(Inexact)?;
        let deviation = UnitPrice::standard_deviation(prices, self.divisor, self.rounding).ok_or(Inexact)?;
        let term = UnitPrice::mean_less_deviations(prices, self.deviations, self.divisor, self.rounding)
            .ok_or(Inexact)?;
        let facts = vec![
            Fact::new("anchor_set", self.set.name()),
            Fact::new("mean_price", mean),
            Fact::new("prices", prices.len()),
            Fact::new("standard_deviation", deviation),
            Fact::new("deviations", self.deviations),
            Fact::new("divisor", self.divisor.name()),
            Fact::new("anchor_term", term),
        ];
        Ok(Some((term, Judged::when(true, facts))))
    }
}
