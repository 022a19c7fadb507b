//! Rule `selected-without-volume`.

use super::{AnchorPrices, AnchorSet, Judged};
use crate::money::{DeviationDivisor, Ratio, Rounding, UnitPrice};
use crate::tender::Fact;

/// A bid far below the others is selected without volume and without using a place.
///
/// # What it checks
/// The comparable price against the mean of a set of bids less `deviations` standard deviations, rounded. A bid below that
/// line is set apart: it is selected, gets no agreed volume, does not count among the winners by which the agreed share is
/// read, and its place goes to the next bid in rank order. A bid at the line is not set apart. The line is drawn once, from the
/// bids that the places give first.
///
/// # Why
/// A price that nobody can explain must not decide the round, but its firm is not thrown out either.
///
/// # Parameters
/// - `deviations` (ratio): how many standard deviations below the mean.
/// - `divisor` (choice): `n` or `n-1`.
/// - `set` (choice): whose prices: `ranked` (all ranked bids) or `shortlisted`.
/// - `rounding` (rounding): steps of the line.
///
/// # Example
/// Seven bids, one at 1 and six at 10: mean 8.7143, standard deviation 3.1493 by `n`, line 2.4156: the bid at 1 is selected
/// without volume.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectedWithoutVolume {
    /// How many standard deviations below the mean.
    pub deviations: Ratio,
    /// What the squared differences are divided by.
    pub divisor: DeviationDivisor,
    /// Whose prices.
    pub set: AnchorSet,
    /// Steps of the line.
    pub rounding: Rounding,
}

impl SelectedWithoutVolume {
    /// The rule's id.
    pub const ID: &'static str = "selected-without-volume";

    /// The price below which a bid is set apart; `None` when there are too few prices to say.
    pub fn line(&self, prices: AnchorPrices) -> Option<UnitPrice> {
        UnitPrice::mean_less_deviations(prices.of(self.set), self.deviations, self.divisor, self.rounding)
    }

    /// What is recorded of a bid; "not applicable" is a bid that the rule leaves to the others.
    pub fn record(&self, comparable_price: UnitPrice, line: UnitPrice) -> Judged {
        let facts = vec![
            Fact::new("comparable_price", comparable_price),
            Fact::new("line", line),
            Fact::new("deviations", self.deviations),
            Fact::new("divisor", self.divisor.name()),
        ];
        if comparable_price < line { Judged::when(true, facts) } else { Judged::not_applicable(facts) }
    }
}
