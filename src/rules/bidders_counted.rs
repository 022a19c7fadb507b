//! Rule `bidders-counted`.

use crate::tender::BidState;

/// Whose bids count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// All who filed: valid and void bids, also above the ceiling.
    Filed,
    /// All who gave a price, also above the ceiling.
    Priced,
    /// All with a valid price: not above the ceiling.
    Valid,
}

impl Counted {
    /// The words in a rule set.
    pub const WORDS: &'static [(&'static str, Self)] =
        &[("filed", Self::Filed), ("priced", Self::Priced), ("valid", Self::Valid)];

    /// The word in a rule set.
    pub fn name(self) -> &'static str {
        Self::WORDS.iter().find(|(_, counted)| *counted == self).map_or("", |(word, _)| word)
    }
}

/// Says who counts as a bidder when a table by number of bidders is read.
///
/// # What it checks
/// Whether a bid adds to the number of bidders of its lot. Withdrawn and disqualified bids never do. Related bids that
/// are merged count once.
///
/// # Why
/// The tables of the tender documents are headed by the firms that filed and meet the qualification, which can include
/// those whose price turns out to be above the ceiling. Published results fit that reading best, but not always, so the
/// rule set states it.
///
/// # Parameters
/// - `counted` (choice): `filed`, `priced` or `valid`.
///
/// # Example
/// Seven bids within the ceiling and one above it: 8 bidders when `filed` or `priced` count, 7 when `valid` count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BiddersCounted {
    /// Whose bids count.
    pub counted: Counted,
}

impl BiddersCounted {
    /// The rule's id.
    pub const ID: &'static str = "bidders-counted";

    /// Whether a bid in this state counts; `above_ceiling` is what `price-not-above-ceiling` says of it.
    pub fn counts(&self, state: BidState, above_ceiling: bool) -> bool {
        match (state, self.counted) {
            (BidState::Withdrawn | BidState::Disqualified, _) => false,
            (BidState::Void, counted) => counted == Counted::Filed,
            (BidState::Valid, Counted::Filed | Counted::Priced) => true,
            (BidState::Valid, Counted::Valid) => !above_ceiling,
        }
    }
}
