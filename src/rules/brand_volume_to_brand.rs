//! Rule `brand-volume-to-brand`.

/// What hospitals reported for a winner's brand goes to that winner.
///
/// # What it checks
/// Nothing; it says where the agreed volume of a region goes. The part that was reported for the brand of a winner goes to that
/// winner, whoever the region's main supplier is. What was reported for losing brands and by generic name goes to the main
/// supplier. Each part is the agreed share of what was reported; parts of a region are rounded together, so that they add up.
///
/// # Why
/// Most hospitals report by brand; those whose brand won need not change it.
///
/// # Parameters
/// None. `regions-by-draft` says who the main suppliers are.
///
/// # Example
/// A region of 800, of which A 100, B 60 and 640 for losers and by generic name, agreed share 80 %, main supplier A: A gets
/// 80 + 512, B gets 48.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrandVolumeToBrand;

impl BrandVolumeToBrand {
    /// The rule's id.
    pub const ID: &'static str = "brand-volume-to-brand";
}
