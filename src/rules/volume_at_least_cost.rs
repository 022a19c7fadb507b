//! Rule `volume-at-least-cost`.

use crate::money::Rounding;

/// Volumes and regions are those of the cheapest award.
///
/// # What it checks
/// Nothing; it takes the volumes of the award that `least-cost` chose as the allocation. Reported volumes stand as they are;
/// only one that has no decimal form in the representative specification, such as a third of 100, is rounded.
///
/// # Why
/// Where cost alone decides, who serves which region is part of the same choice. Winners at the same price share equally, as
/// far as what they can deliver and must get allows: cost does not tell them apart, and neither may a name.
///
/// # Parameters
/// - `rounding` (rounding): steps of a converted volume that has no decimal form, in units.
///
/// # Example
/// The cheapest award gives A 60 units and B 40 in region P1: these are the agreed volumes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VolumeAtLeastCost {
    /// Steps of a converted volume that has no decimal form, in units.
    pub rounding: Rounding,
}

impl VolumeAtLeastCost {
    /// The rule's id.
    pub const ID: &'static str = "volume-at-least-cost";
}
