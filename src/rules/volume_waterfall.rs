//! Rule `volume-waterfall`.

use super::Table;
use crate::money::{Inexact, Quantity, Ratio, Rounding};

/// Volumes run down the ranks: the first takes its share, each after it a share of what is left.
///
/// # What it checks
/// Nothing; it states how the agreed volume is shared out. Rank 1 takes the share `first`; each rank after it takes the
/// share `next` of what is left; the last takes all that is left. Both shares go by the number of winners. Every region is
/// shared out in the same way, and regions and winners both add up.
///
/// # Why
/// Each lower price is worth more volume than the one after it, however many win.
///
/// # Parameters
/// - `first` (share): share of rank 1, a table by number of winners, or a parameter.
/// - `next` (share): share of what is left for each rank between the first and the last, a table or a parameter.
/// - `rounding` (rounding): steps of a volume, in units. What rounding leaves goes to the largest remainder.
///
/// # Example
/// 6,000 agreed, four winners, 50 % and 50 %: 3,000, 1,500, 750, 750. Three winners, 60 % and 60 %: 3,600, 1,440, 960.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VolumeWaterfall {
    /// Share of rank 1.
    pub first: Table<Ratio>,
    /// Share of what is left for each rank between the first and the last.
    pub next: Table<Ratio>,
    /// Steps of a volume, in units.
    pub rounding: Rounding,
}

impl VolumeWaterfall {
    /// The rule's id.
    pub const ID: &'static str = "volume-waterfall";

    /// What each of so many winners has, as weights by rank.
    ///
    /// # Errors
    /// [`Inexact`] when a weight cannot be held.
    pub fn weights(&self, winners: usize) -> Result<Vec<Quantity>, Inexact> {
        let count = u32::try_from(winners).map_err(|_| Inexact)?;
        let mut left = Quantity::from_steps(1, 0)?;
        let mut weights = Vec::with_capacity(winners);
        for rank in 1..=count {
            let share = match rank {
                _ if rank == count => Some(&Ratio::ONE),
                1 => self.first.at(count),
                _ => self.next.at(count),
            };
            let part = left.scaled(*share.ok_or(Inexact)?)?;
            left = left.minus(part)?;
            weights.push(part);
        }
        Ok(weights)
    }
}
