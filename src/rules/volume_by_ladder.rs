//! Rule `volume-by-ladder`.

use super::PoolBy;
use crate::money::{Ratio, Rounding};

/// A winner keeps a share of what was reported for its own brand, by its rank among the winners of its unit; the rest is
/// given to the winners.
///
/// # What it checks
/// Nothing; it says who supplies how much.
///
/// 1. A stated share of everything reported is agreed.
/// 2. Of its own part a winner keeps the share of its rank: the first in the ladder for the best winner of its unit, and so
///    on; the last in the ladder holds for all that follow. Who wins by a guarantee or a revival without a place keeps a
///    share of its own and does not stand in the ladder.
/// 3. What winners do not keep, and what was reported for brands that lost or for no brand, is the pool.
/// 4. Hospitals hand the pool to winners as they choose (`second_choice` in `demand.csv`). Where no choice is recorded, or one
///    that does not receive, it is divided over those that receive it in proportion to what they keep, or to what was
///    reported for them; where that is nothing, in equal parts; where nobody receives it, over all winners. These last two
///    are choices of this program.
///
/// All of it is exact until the end; then the volume of the lot is rounded and given out by the largest remainder (equal
/// remainders to the better rank), and each winner's volume over the regions likewise.
///
/// # Why
/// The lower the price, the more of its own volume a winner keeps, and what the others lose goes to somebody who won.
///
/// # Parameters
/// - `committed` (share): the share of everything reported that is agreed.
/// - `ladder` (shares_by_place): the shares kept by the best, the second, … winner of a unit, parted by commas.
/// - `without_place` (share): the share kept by who wins without a place.
/// - `pool_to` (choice): `placed` (winners by place) or `all`.
/// - `pool_by` (choice): `kept` or `reported`.
/// - `rounding` (rounding): steps of a volume, in units.
///
/// # Example
/// Demand 3,000, committed 90 %, second in the ladder 100, 95, 90 %: 2,565 are kept and 135 go to the pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VolumeByLadder {
    /// The share of everything reported that is agreed.
    pub committed: Ratio,
    /// Shares kept by place in the unit.
    pub ladder: Vec<Ratio>,
    /// The share kept by who wins without a place.
    pub without_place: Ratio,
    /// Who receives the pool.
    pub pool_to: PoolTo,
    /// In proportion to what.
    pub pool_by: PoolBy,
    /// Steps of a volume, in units.
    pub rounding: Rounding,
}

/// Who receives a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PoolTo {
    /// Winners by place.
    Placed,
    /// All winners.
    All,
}

impl PoolTo {
    /// The words in a rule set.
    pub const WORDS: &'static [(&'static str, Self)] = &[("placed", Self::Placed), ("all", Self::All)];
}

impl VolumeByLadder {
    /// The rule's id.
    pub const ID: &'static str = "volume-by-ladder";

    /// The share kept by the winner in this place of its unit, from 0.
    pub fn share(&self, place: usize) -> Ratio {
        self.ladder.get(place).or(self.ladder.last()).copied().unwrap_or(Ratio::ZERO)
    }

    /// Whether winners in these places of a unit keep the same share, so that their order does not matter.
    pub fn gives_alike(&self, places: &[usize]) -> bool {
        let mut shares = places.iter().map(|place| self.share(*place));
        shares.next().is_none_or(|first| shares.all(|other| other == first))
    }
}
