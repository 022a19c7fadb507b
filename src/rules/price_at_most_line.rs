//! Rule `price-at-most-line`.

use super::{Judged, PriceLine};
use crate::money::UnitPrice;
use crate::tender::Fact;

/// A bid at or below a line that the tender publishes for the lot is low enough.
///
/// # What it checks
/// The comparable price against a price that `lots.csv` states for the lot. Equal is allowed. In a lot without the line the rule
/// is not applicable.
///
/// # Why
/// In a renewal the buyer knows what the product costs, and publishes a price at which it will buy from anybody.
///
/// # Parameters
/// - `line` (choice): `class_a` (`class_a_line` in `lots.csv`) or `class_b` (`class_b_line`).
///
/// # Example
/// The line is 36.00: 36.00 passes, 36.01 fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceAtMostLine {
    /// Which line.
    pub line: PriceLine,
}

impl PriceAtMostLine {
    /// The rule's id.
    pub const ID: &'static str = "price-at-most-line";

    /// Judges a comparable price by the line of the lot.
    pub fn judge(&self, comparable_price: UnitPrice, line: Option<UnitPrice>) -> Judged {
        let mut facts = vec![Fact::new("comparable_price", comparable_price)];
        facts.extend(line.map(|line| Fact::new("limit", line)));
        match line {
            None => Judged::not_applicable(facts),
            Some(line) => Judged::when(comparable_price <= line, facts),
        }
    }
}
