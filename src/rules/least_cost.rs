//! Rule `least-cost`.

use crate::money::Ratio;

/// The award costs least among all that keep the stated limits.
///
/// # What it checks
/// The award as a whole, not one bid: all demand is met, within every bid's capacity and the limits stated here, at the
/// least cost. A limit whose value is `none` does not bind.
///
/// # Why
/// A buyer without a prescribed ranking wants the cheapest award that is safe enough.
///
/// # Parameters
/// - `min_suppliers`, `max_suppliers` (count, optional): how many may win a lot.
/// - `max_share` (share, optional): most of a lot's volume that one supplier may be given.
/// - `one_supplier_per_region` (choice, optional): `true` when every region of a lot has exactly one supplier.
/// - `objectives` (list, optional): what decides, in turn; `cost` when it is not given.
///
/// # Example
/// Two bids, 1.00 for at most 60 units and 2.00 without limit, demand 100: 60 and 40, cost 140.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeastCost {
    /// Fewest winners of a lot.
    pub min_suppliers: Option<u32>,
    /// Most winners of a lot.
    pub max_suppliers: Option<u32>,
    /// Most of a lot's volume that one supplier may be given.
    pub max_share: Option<Ratio>,
    /// Every region of a lot is served by exactly one supplier.
    pub one_supplier_per_region: bool,
    /// What decides, in turn: the second criterion among the awards that are best in the first, and so on.
    pub objectives: Vec<Criterion>,
}

/// What an award is chosen by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Criterion {
    /// The least cost as prices are compared.
    Cost,
    /// Fewer winning bids.
    FewerWinners,
    /// More winning bids.
    MoreWinners,
    /// The largest volume of a winner as small as can be, summed over lots.
    EqualShares,
    /// More volume for suppliers that supply today.
    Incumbents,
    /// More volume for bids with a higher quality score.
    Quality,
    /// More volume awarded.
    Volume,
}

impl Criterion {
    /// The words in a rule set.
    pub const WORDS: &'static [(&'static str, Self)] = &[
        ("cost", Self::Cost),
        ("fewer-winners", Self::FewerWinners),
        ("more-winners", Self::MoreWinners),
        ("equal-shares", Self::EqualShares),
        ("incumbents", Self::Incumbents),
        ("quality", Self::Quality),
        ("volume", Self::Volume),
    ];
}

impl LeastCost {
    /// The rule's id.
    pub const ID: &'static str = "least-cost";
}
