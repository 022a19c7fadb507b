//! Rule `usable-price`.

use super::Judged;
use crate::tender::{BidState, Fact};

/// Lets only bids with a usable price go on.
///
/// # What it checks
/// The state of a bid: withdrawn, disqualified and void bids are out.
///
/// # Why
/// A bid that was taken back, fails the qualification or has no usable price can neither be ranked nor win, whatever
/// stands in its price column.
///
/// # Parameters
/// None.
///
/// # Example
/// H quotes 0.2500 but did not pass the consistency evaluation: disqualified, so the lowest price is another's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsablePrice;

impl UsablePrice {
    /// The rule's id.
    pub const ID: &'static str = "usable-price";

    /// Judges a bid by its state; `reason` is the office's own words for it.
    pub fn judge(&self, state: BidState, reason: Option<&str>) -> Judged {
        let mut facts = vec![Fact::new("state", state.name())];
        facts.extend(reason.map(|reason| Fact::new("office_reason", reason)));
        Judged::when(state == BidState::Valid, facts)
    }
}
