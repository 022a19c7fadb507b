//! Rule `service-fee-at-most`.

use super::Judged;
use crate::money::{Inexact, UnitPrice};
use crate::tender::Fact;

/// A fee for accompanying services may be added to the award price, up to a stated amount.
///
/// # What it checks
/// The fee of the bid (`service_fee` in `bids.csv`) against the most that is allowed. Equal is allowed; a higher fee makes the bid
/// invalid. The terminal price, which hospitals pay, is the comparable price with the fee. A bid that states no fee is not
/// concerned. Ranks, tests, award values and savings are those of the price without the fee.
///
/// # Why
/// Delivery, tools and training are paid apart from the product, so that they can neither hide in its price nor grow without
/// a limit.
///
/// # Parameters
/// - `most` (price): the highest fee, per unit.
///
/// # Example
/// At most 50: with a bid of 798 and a fee of 50 the terminal price is 848; a fee of 50.01 is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceFeeAtMost {
    /// The highest fee, per unit.
    pub most: UnitPrice,
}

impl ServiceFeeAtMost {
    /// The rule's id.
    pub const ID: &'static str = "service-fee-at-most";

    /// Judges a bid's fee beside its comparable price.
    ///
    /// # Errors
    /// [`Inexact`] when the terminal price cannot be held.
    pub fn judge(&self, comparable_price: UnitPrice, fee: Option<UnitPrice>) -> Result<Judged, Inexact> {
        let mut facts = vec![Fact::new("comparable_price", comparable_price), Fact::new("limit", self.most)];
        let Some(fee) = fee else { return Ok(Judged::not_applicable(facts)) };
        facts.push(Fact::new("service_fee", fee));
        facts.push(Fact::new("terminal_price", comparable_price.plus(fee)?));
        Ok(Judged::when(fee <= self.most, facts))
    }
}
