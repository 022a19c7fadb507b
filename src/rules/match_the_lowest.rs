//! Rule `match-the-lowest`.

use super::Judged;
use crate::money::UnitPrice;
use crate::tender::Fact;

/// Whoever is within the places wins if it takes the lowest price.
///
/// # What it checks
/// Every bid within the places that passed the price tests: the one with the lowest price wins at it; every other is asked
/// whether it matches that price (`accepts_match` in `bids.csv`). Who accepts wins at the lowest price, after it in the
/// order of the first prices. Who declines does not win, and nobody takes its place. A blank answer is unknown: the lot
/// waits for it.
///
/// # Why
/// The buyer has several suppliers and pays none of them more than the cheapest.
///
/// # Parameters
/// None.
///
/// # Example
/// A 1.00, B 1.10, C 1.30, three places: B matches and wins at 1.00; C declines and does not win.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchTheLowest;

impl MatchTheLowest {
    /// The rule's id.
    pub const ID: &'static str = "match-the-lowest";

    /// Judges a bid within the places that passed the tests.
    pub fn judge(&self, comparable_price: UnitPrice, lowest: UnitPrice, accepts: Option<bool>) -> Judged {
        let mut facts =
            vec![Fact::new("comparable_price", comparable_price), Fact::new("lowest_price", lowest)];
        if comparable_price <= lowest {
            return Judged::when(true, facts);
        }
        match accepts {
            Some(accepts) => {
                facts.push(Fact::new("matched", if accepts { "yes" } else { "no" }));
                Judged::when(accepts, facts)
            }
            None => {
                facts.push(Fact::new("answer", "missing"));
                Judged::not_applicable(facts)
            }
        }
    }
}
