//! Rule `price-at-most-first-unit`.

use super::Judged;
use crate::money::UnitPrice;
use crate::tender::Fact;

/// A winner of unit B may not cost more than the dearest winner of unit A.
///
/// # What it checks
/// The comparable price of a bid in unit B against the highest award price in unit A. Equal is allowed. In unit A, and where
/// nobody wins in unit A, the rule is not applicable.
///
/// # Why
/// Unit B competes for a small part of the demand; without the cap a small supplier could win there at a price at which a
/// large one loses.
///
/// # Parameters
/// - `binds` (choice): `all` binds every winner of unit B; `places` only those that win by their place, so that a guaranteed
///   award stands beside it.
///
/// # Example
/// The winners of unit A bid 6,200, 6,800 and 7,100: in unit B 7,100 passes, 7,100.01 fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceAtMostFirstUnit {
    /// Whom it binds.
    pub binds: Binds,
}

/// Whom the cap of unit B binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binds {
    /// Every winner of unit B.
    All,
    /// Those that win by their place.
    Places,
}

impl Binds {
    /// The words in a rule set.
    pub const WORDS: &'static [(&'static str, Self)] = &[("all", Self::All), ("places", Self::Places)];
}

impl PriceAtMostFirstUnit {
    /// The rule's id.
    pub const ID: &'static str = "price-at-most-first-unit";

    /// Judges a bid of unit B by the highest award price in unit A.
    pub fn judge(&self, comparable_price: UnitPrice, highest: Option<UnitPrice>) -> Judged {
        let mut facts = vec![Fact::new("comparable_price", comparable_price)];
        facts.extend(highest.map(|highest| Fact::new("limit", highest)));
        match highest {
            None => Judged::not_applicable(facts),
            Some(highest) => Judged::when(comparable_price <= highest, facts),
        }
    }
}
