//! Rule `price-at-most`.

use super::Judged;
use crate::money::UnitPrice;
use crate::tender::Fact;

/// A bid at or below a stated price is low enough.
///
/// # What it checks
/// The comparable price against a fixed price. Equal is allowed.
///
/// # Why
/// Among very cheap products a small difference is a large multiple; a low price must not lose for that.
///
/// # Parameters
/// - `price` (price): the most that passes.
///
/// # Example
/// At most 0.1000: a bid of 0.1000 passes, 0.1001 fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceAtMost {
    /// The most that passes.
    pub price: UnitPrice,
}

impl PriceAtMost {
    /// The rule's id.
    pub const ID: &'static str = "price-at-most";

    /// Judges a comparable price.
    pub fn judge(&self, comparable_price: UnitPrice) -> Judged {
        let facts = vec![Fact::new("comparable_price", comparable_price), Fact::new("limit", self.price)];
        Judged::when(comparable_price <= self.price, facts)
    }
}
