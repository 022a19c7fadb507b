//! Rule `volume-in-bands`.

use super::Table;
use crate::money::{Inexact, Quantity, Ratio, Rounding};

/// The least and the greatest share of one rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// Least share.
    pub least: Ratio,
    /// Greatest share.
    pub most: Ratio,
}

/// Volumes follow the rank within stated bands: every rank has its least share, the better ranks more.
///
/// # What it checks
/// Nothing; it states how the agreed volume is shared out. Each rank first has the least share of its band; what that
/// leaves goes to rank 1 up to its greatest share, then to rank 2, and so on. Ranks beyond the bands have no volume. Every
/// region is shared out in the same way, and regions and winners both add up.
///
/// # Why
/// A buyer that needs several sources promises each of them enough to stay, and gives the rest where it costs least.
///
/// # Parameters
/// - `bands` (share_bands): a table by number of winners, each value a list such as `0.4-0.6, 0.3-0.4`: rank 1, rank 2, ….
///   The least shares together are at most the whole, the greatest at least the whole.
/// - `rounding` (rounding): steps of a volume, in units. What rounding leaves goes to the largest remainder.
///
/// # Example
/// Three winners, bands 0.4-0.6, 0.2-0.4, 0.1-0.2: least shares come to 0.7; of the 0.3 left rank 1 takes 0.2 and rank 2
/// takes 0.1. So 1,000 units are 600, 300 and 100.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VolumeInBands {
    /// Bands of rank 1, 2, …, by number of winners.
    pub bands: Table<Vec<Band>>,
    /// Steps of a volume, in units.
    pub rounding: Rounding,
}

impl VolumeInBands {
    /// The rule's id.
    pub const ID: &'static str = "volume-in-bands";

    /// What each of so many winners has, as weights by rank.
    ///
    /// # Errors
    /// [`Inexact`] when a weight cannot be held, or the bands do not hold the whole.
    pub fn weights(&self, winners: usize) -> Result<Vec<Quantity>, Inexact> {
        let bands = self.bands.at(u32::try_from(winners).map_err(|_| Inexact)?).ok_or(Inexact)?;
        let bands: Vec<Band> = bands.iter().take(winners).copied().collect();
        let least = Ratio::total(bands.iter().map(|band| band.least))?;
        let mut left = Ratio::ONE.minus(least)?;
        let mut shares = Vec::with_capacity(winners);
        for band in &bands {
            let more = band.most.minus(band.least)?.min(left);
            left = left.minus(more)?;
            shares.push(band.least.plus(more)?);
        }
        if !left.is_zero() {
            return Err(Inexact);
        }
        shares.resize(winners, Ratio::ZERO);
        let one = Quantity::from_steps(1, 0)?;
        shares.into_iter().map(|share| one.scaled(share)).collect()
    }
}
