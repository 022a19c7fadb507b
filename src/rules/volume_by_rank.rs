//! Rule `volume-by-rank`.

use crate::money::{Inexact, Quantity, Ratio, Rounding};

/// Volumes follow the rank: stated shares to the best, the rest in equal parts.
///
/// # What it checks
/// Nothing; it states how the agreed volume is shared out. The winners of rank 1, 2, … have the shares listed; what these
/// leave goes in equal parts to the winners after them. With no winner after them, the listed shares of those who won are
/// scaled so that they make the whole. Every region is shared out in the same way, and regions and winners both add up.
///
/// # Why
/// The lowest price is rewarded with volume, and every winner is given something.
///
/// # Parameters
/// - `shares` (shares): the shares of rank 1, 2, …, parted by commas; together at most 1.
/// - `rounding` (rounding): steps of a volume, in units. What rounding leaves goes to the largest remainder.
///
/// # Example
/// Shares 0.6, four winners, 3,600 units: 2,160, and 480 for each of the other three. One winner: all. Shares 0.5, 0.3,
/// 0.2 and two winners: five eighths and three eighths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VolumeByRank {
    /// Shares of rank 1, 2, ….
    pub shares: Vec<Ratio>,
    /// Steps of a volume, in units.
    pub rounding: Rounding,
}

impl VolumeByRank {
    /// The rule's id.
    pub const ID: &'static str = "volume-by-rank";

    /// What each of so many winners has, as weights by rank.
    ///
    /// # Errors
    /// [`Inexact`] when a weight cannot be held.
    pub fn weights(&self, winners: usize) -> Result<Vec<Quantity>, Inexact> {
        let digits = self.shares.iter().map(|share| share.decimals()).max().unwrap_or(0);
        let steps = |ratio: Ratio| ratio.in_steps(digits).ok_or(Inexact);
        let listed = self.shares.iter().map(|share| steps(*share)).collect::<Result<Vec<_>, _>>()?;
        let after = winners.saturating_sub(listed.len());
        // The rest is divided by the number of winners that share it: multiply everything else by that number instead.
        let parts = i128::try_from(after.max(1)).map_err(|_| Inexact)?;
        let sum = listed.iter().try_fold(0_i128, |sum, share| sum.checked_add(*share)).ok_or(Inexact)?;
        let rest = steps(Ratio::ONE)?.checked_sub(sum).ok_or(Inexact)?;
        let first = listed.iter().map(|share| share.checked_mul(parts).ok_or(Inexact));
        first
            .chain(std::iter::repeat_n(Ok(rest), after))
            .take(winners)
            .map(|steps| Quantity::from_steps(steps?, 0))
            .collect()
    }
}
