//! Rule `sole-winner-or-negotiation`.

use super::Judged;
use crate::tender::Fact;

/// With few bidders the lowest must negotiate before it wins.
///
/// # What it checks
/// With at least `bidders` bidders the lowest wins outright. With fewer it is a pre-winner (预中选) and wins only when a
/// negotiation is recorded as `negotiated` in `decisions.csv`.
///
/// # Why
/// One or two bidders are not enough competition to trust the price.
///
/// # Parameters
/// - `bidders` (count): from how many bidders on the lowest wins outright.
///
/// # Example
/// Three bidders: the lowest wins. Two bidders: the lowest waits for its negotiation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoleWinnerOrNegotiation {
    /// From how many bidders on the lowest wins outright.
    pub bidders: u32,
}

impl SoleWinnerOrNegotiation {
    /// The rule's id.
    pub const ID: &'static str = "sole-winner-or-negotiation";

    /// Whether the lowest of so many bidders must negotiate.
    pub fn negotiates(&self, bidders: u32) -> bool {
        bidders < self.bidders
    }

    /// Judges the lowest bid; `negotiated` says that a negotiation with success is recorded.
    pub fn judge(&self, bidders: u32, negotiated: bool) -> Judged {
        let mut facts = vec![Fact::new("bidders", bidders), Fact::new("required_bidders", self.bidders)];
        if self.negotiates(bidders) {
            facts.push(Fact::new("negotiated", if negotiated { "yes" } else { "no" }));
        }
        Judged::when(!self.negotiates(bidders) || negotiated, facts)
    }
}
