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
}

impl LeastCost {
    /// The rule's id.
    pub const ID: &'static str = "least-cost";
}
