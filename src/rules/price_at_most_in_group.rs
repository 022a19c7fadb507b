//! Rule `price-at-most-in-group`.

use super::Judged;
use crate::money::UnitPrice;
use crate::tender::Fact;

/// A bid at or below a price stated for the lot's group is low enough.
///
/// # What it checks
/// The comparable price against a fixed price, in lots of one group (`group` in `lots.csv`). Equal is allowed. In other lots,
/// and in lots without a group, the rule is not applicable.
///
/// # Why
/// What counts as very cheap depends on the dosage form: a tablet and an infusion bottle cannot share one line.
///
/// # Parameters
/// - `group` (group): the group of lots that the price is for.
/// - `price` (price): the most that passes.
///
/// # Example
/// At most 1.0000 for small injections: in such a lot 1.0000 passes and 1.0001 fails; a tablet is not concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceAtMostInGroup {
    /// The group of lots.
    pub group: String,
    /// The most that passes.
    pub price: UnitPrice,
}

impl PriceAtMostInGroup {
    /// The rule's id.
    pub const ID: &'static str = "price-at-most-in-group";

    /// Judges a comparable price in a lot of `group`.
    pub fn judge(&self, comparable_price: UnitPrice, group: Option<&str>) -> Judged {
        let facts = vec![
            Fact::new("comparable_price", comparable_price),
            Fact::new("limit", self.price),
            Fact::new("limit_group", &self.group),
        ];
        if group != Some(self.group.as_str()) {
            return Judged::not_applicable(facts);
        }
        Judged::when(comparable_price <= self.price, facts)
    }
}
