//! Why lots have no award: what is in conflict, and what would have to give.

use crate::money::Money;

/// What stands against any award of lots that are decided together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The lots.
    pub lots: Vec<String>,
    /// What cannot hold together; without any one of these there would be an award, as long as the others are all there is.
    pub parts: Vec<Part>,
    /// What could give, one thing at a time, with all else as it is; the cheapest award first.
    pub ways_out: Vec<WayOut>,
}

/// One thing that an award must keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is: the key of its text.
    pub what: PartKind,
    /// The name of the limit, or the id of the bid, the supplier or the package.
    pub name: String,
    /// The region, of a demand.
    pub region: Option<String>,
    /// The word of the limit's kind.
    pub kind: Option<&'static str>,
    /// The number that is stated.
    pub stated: Option<String>,
    /// Where it is written down.
    pub cite: Option<String>,
}

/// What a part of a conflict is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartKind {
    /// A limit of the rule set, the tender or a scenario.
    Limit,
    /// A parameter of the rule set.
    Parameter,
    /// The demand of a region.
    Demand,
    /// What a bid can deliver.
    Capacity,
    /// What a bid must get.
    MinQuantity,
    /// What a supplier can deliver over all lots, in units.
    SupplierVolume,
    /// What a supplier can deliver over all lots, in money.
    SupplierValue,
    /// Bids that win together.
    Package,
}

impl PartKind {
    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Limit => "limit",
            Self::Parameter => "parameter",
            Self::Demand => "demand",
            Self::Capacity => "capacity",
            Self::MinQuantity => "min_quantity",
            Self::SupplierVolume => "capacity_volume",
            Self::SupplierValue => "capacity_value",
            Self::Package => "package",
        }
    }
}

/// One thing that could give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayOut {
    /// What gives.
    pub part: Part,
    /// The number at which there is an award: the nearest to what is stated, in whole counts, whole per cents of shares,
    /// or exactly for volumes and money. `None`: only without it.
    pub needed: Option<String>,
    /// What the award then costs.
    pub cost: Option<Money>,
}
