//! Rule `places-by-bidders`.

use super::{Judged, Table};
use crate::money::{Ratio, Rounding, RoundingMode};
use crate::tender::Fact;

/// How many may be shortlisted or win, by the number of bidders.
///
/// # What it checks
/// Whether a bid's rank is within the places (最多入围数) for the number of bidders: those of a table, or a stated share of
/// the bidders, rounded to a whole number. There are never more places than bidders.
///
/// # Why
/// The more firms compete, the more may supply; but some must lose, or nobody would bid low.
///
/// # Parameters
/// - `places` (places): a table by number of bidders, or a parameter when the number of places does not depend on it.
///
/// Or, in its place:
/// - `share` (share): the share of the bidders.
/// - `rounding` (choice): how it becomes whole: `half_up`, `half_even`, `down` or `up`. Rounded down, a share of few
///   bidders can be no place at all.
///
/// # Example
/// Seven bidders and the table 1, 2, 2, 3, 4, 4, 5, …: five places; rank 5 passes, rank 6 fails. 70 % of seven bidders
/// are 4.9: five places rounded up or half up, four rounded down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacesByBidders {
    /// Places by number of bidders.
    pub quota: Quota,
}

/// How places follow from the number of bidders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quota {
    /// By a table.
    Table(Table<u32>),
    /// By a share of the bidders.
    Share {
        /// The share.
        share: Ratio,
        /// How it becomes a whole number.
        mode: RoundingMode,
    },
}

impl PlacesByBidders {
    /// The rule's id.
    pub const ID: &'static str = "places-by-bidders";

    /// How many places there are; `None` without bidders.
    pub fn places(&self, bidders: u32) -> Option<u32> {
        let places = match &self.quota {
            Quota::Table(table) => *table.at(bidders)?,
            Quota::Share { share, mode } => {
                let exact = Ratio::from_steps(i128::from(bidders), 0).ok()?.scaled(*share).ok()?;
                let whole = exact.rounded(Rounding { digits: 0, mode: *mode }).ok()?;
                u32::try_from(whole.in_steps(0)?).ok().filter(|_| bidders > 0)?
            }
        };
        Some(places.min(bidders))
    }

    /// Judges a bid by its rank, 1 being the lowest price.
    pub fn judge(&self, rank: u32, bidders: u32) -> Judged {
        let places = self.places(bidders).unwrap_or(0);
        let mut facts =
            vec![Fact::new("rank", rank), Fact::new("bidders", bidders), Fact::new("places", places)];
        if let Quota::Share { share, mode } = &self.quota {
            facts.push(Fact::new("quota_share", *share));
            facts.push(Fact::new("rounding_mode", mode.name()));
        }
        Judged::when(rank <= places, facts)
    }
}
