//! Rule `agreed-share-by-winners`.

use super::Table;
use crate::money::{Ratio, Rounding};
use crate::tender::VolumeClass;

/// Which share of the base volume is agreed, by the number of winners.
///
/// # What it checks
/// Nothing; it gives the share of the reported base volume that institutions commit to buy from the winners (约定采购量).
///
/// # Why
/// With more winners supply is safer, so more of the volume can be committed. For drugs whose use is to be held down,
/// such as antibacterials, the share is smaller.
///
/// # Parameters
/// - `ordinary` (share): a table by number of winners, or a parameter.
/// - `restricted` (share, optional): the same for lots of class `restricted`; without it such lots have no agreed share.
/// - `rounding` (rounding): steps of an agreed volume, in units.
///
/// # Example
/// Five winners, ordinary: 80 % of 4,500 is 3,600.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreedShareByWinners {
    /// Shares of ordinary lots.
    pub ordinary: Table<Ratio>,
    /// Shares of restricted lots.
    pub restricted: Option<Table<Ratio>>,
    /// Steps of an agreed volume, in units.
    pub rounding: Rounding,
}

impl AgreedShareByWinners {
    /// The rule's id.
    pub const ID: &'static str = "agreed-share-by-winners";

    /// The share agreed; `None` without winners, or when the rule set states no share for the class.
    pub fn share(&self, class: VolumeClass, winners: u32) -> Option<Ratio> {
        let table = match class {
            VolumeClass::Ordinary => Some(&self.ordinary),
            VolumeClass::Restricted => self.restricted.as_ref(),
        };
        table.and_then(|table| table.at(winners)).copied()
    }
}
