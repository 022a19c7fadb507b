//! Rule `places-by-capacity`.

use super::Judged;
use crate::money::{Inexact, Quantity};
use crate::tender::Fact;

/// What a blank capacity means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlankCapacity {
    /// The bid can deliver all that is asked for.
    Unlimited,
    /// It is an error.
    Refuse,
}

impl BlankCapacity {
    /// The words in a rule set.
    pub const WORDS: &'static [(&'static str, Self)] =
        &[("unlimited", Self::Unlimited), ("refuse", Self::Refuse)];
}

/// There are as many places as it takes to deliver the base volume.
///
/// # What it checks
/// The capacities of the bids that rank before a bid against the base volume of the lot: while they do not come to it, the
/// bid has a place. Bids that share a rank are taken together. What a blank in `capacity` means is stated: no limit, or an
/// error. Where all capacities together fall short, every bid has a place and the rest of the volume stays without a
/// supplier, which is said.
///
/// # Why
/// The buyer takes the lowest offers until its demand is met, and no more suppliers than that.
///
/// # Parameters
/// - `blank` (choice): `unlimited`, a blank is no limit; or `refuse`, a blank is an error.
///
/// # Example
/// Base volume 1,000; capacities by rank 400, 700, 500: the first two have a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacesByCapacity {
    /// What a blank means.
    pub blank: BlankCapacity,
}

impl PlacesByCapacity {
    /// The rule's id.
    pub const ID: &'static str = "places-by-capacity";

    /// What the bids before each rank can deliver together: for each capacity in rank order, with its rank; `None` when one
    /// before it has no limit.
    ///
    /// # Errors
    /// [`Inexact`] when a sum cannot be held.
    pub fn before(ranked: &[(u32, Option<Quantity>)]) -> Result<Vec<Option<Quantity>>, Inexact> {
        let before = |rank: u32| {
            let earlier = ranked.iter().take_while(|(other, _)| *other < rank);
            let capacities: Option<Vec<Quantity>> = earlier.map(|(_, capacity)| *capacity).collect();
            capacities.map(Quantity::total).transpose()
        };
        ranked.iter().map(|(rank, _)| before(*rank)).collect()
    }

    /// Judges a bid by what those before it can deliver.
    pub fn judge(&self, before: Option<Quantity>, base_volume: Quantity) -> Judged {
        let mut facts: Vec<Fact> =
            before.map(|before| Fact::new("capacity_before", before)).into_iter().collect();
        facts.push(Fact::new("base_volume", base_volume));
        Judged::when(before.is_some_and(|before| before < base_volume), facts)
    }
}
