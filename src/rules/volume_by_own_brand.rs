//! Rule `volume-by-own-brand`.

use crate::money::{Ratio, Rounding};

/// Volumes follow the brands that institutions asked for.
///
/// # What it checks
/// Nothing; it states how the volume that an institution reported is shared out. A winner keeps `own_share` of what was
/// reported for its own brand. Of the rest (losing brands' volume, and what winners do not keep) `compulsory_share` goes
/// to the lowest-priced winner, and what remains to the winners that the institution itself asked for, in proportion to
/// what they keep there.
///
/// # Why
/// Consumables come with training and habit, so hospitals keep their brands where they can; the cheapest is rewarded
/// with part of the rest.
///
/// # Parameters
/// - `own_share` (share): kept of the own brand's volume.
/// - `compulsory_share` (share): of the rest, to the lowest-priced winner.
/// - `rounding` (rounding): steps of a volume, in units.
///
/// # Example
/// A hospital reports S1 100, S3 200, and 100 for a losing brand, with shares 1 and 0.1: S1 gets 100 + 10 + 30, S3 gets
/// 200 + 60.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VolumeByOwnBrand {
    /// Kept of the own brand's volume.
    pub own_share: Ratio,
    /// Of the rest, to the lowest-priced winner.
    pub compulsory_share: Ratio,
    /// Steps of a volume, in units.
    pub rounding: Rounding,
}

impl VolumeByOwnBrand {
    /// The rule's id.
    pub const ID: &'static str = "volume-by-own-brand";
}
