//! Rule `volume-at-least-cost`.

/// Volumes and regions are those of the cheapest award.
///
/// # What it checks
/// Nothing; it takes the volumes of the award that `least-cost` chose as the allocation.
///
/// # Why
/// Where cost alone decides, who serves which region is part of the same choice. Winners at the same price share equally, as
/// far as what they can deliver and must get allows: cost does not tell them apart, and neither may a name.
///
/// # Parameters
/// None.
///
/// # Example
/// The cheapest award gives A 60 units and B 40 in region P1: these are the agreed volumes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VolumeAtLeastCost;

impl VolumeAtLeastCost {
    /// The rule's id.
    pub const ID: &'static str = "volume-at-least-cost";
}
