//! Rule `places-by-bidders`.

use super::{Judged, Table};
use crate::tender::Fact;

/// How many may be shortlisted or win, by the number of bidders.
///
/// # What it checks
/// Whether a bid's rank is within the places (最多入围数) that the table gives for the number of bidders. There are never
/// more places than bidders.
///
/// # Why
/// The more firms compete, the more may supply; but some must lose, or nobody would bid low.
///
/// # Parameters
/// - `places` (places): a table by number of bidders, or a parameter when the number of places does not depend on it.
///
/// # Example
/// Seven bidders and the table 1, 2, 2, 3, 4, 4, 5, …: five places; rank 5 passes, rank 6 fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacesByBidders {
    /// Places by number of bidders.
    pub places: Table<u32>,
}

impl PlacesByBidders {
    /// The rule's id.
    pub const ID: &'static str = "places-by-bidders";

    /// How many places there are; `None` without bidders.
    pub fn places(&self, bidders: u32) -> Option<u32> {
        self.places.at(bidders).map(|places| (*places).min(bidders))
    }

    /// Judges a bid by its rank, 1 being the lowest price.
    pub fn judge(&self, rank: u32, bidders: u32) -> Judged {
        let places = self.places(bidders).unwrap_or(0);
        let facts = vec![Fact::new("rank", rank), Fact::new("bidders", bidders), Fact::new("places", places)];
        Judged::when(rank <= places, facts)
    }
}
