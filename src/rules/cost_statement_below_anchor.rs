//! Rule `cost-statement-below-anchor`.

use super::Judged;
use crate::money::UnitPrice;
use crate::tender::Fact;

/// A bid below the anchor must explain its costs.
///
/// # What it checks
/// The comparable price against the anchor. A bid at or above it passes. For one below it the rule says that a cost
/// statement is required and decides nothing: its verdict is "not applicable", never "fail".
///
/// # Why
/// Every bidder promises not to bid below cost; who is far below the others says how it is done.
///
/// # Parameters
/// None.
///
/// # Example
/// Anchor 0.4625: a bid of 0.2000 must come with a cost statement and is not rejected for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CostStatementBelowAnchor;

impl CostStatementBelowAnchor {
    /// The rule's id.
    pub const ID: &'static str = "cost-statement-below-anchor";

    /// Judges a comparable price.
    pub fn judge(&self, comparable_price: UnitPrice, anchor: UnitPrice) -> Judged {
        let facts = vec![Fact::new("comparable_price", comparable_price), Fact::new("anchor", anchor)];
        if comparable_price >= anchor { Judged::when(true, facts) } else { Judged::not_applicable(facts) }
    }
}
