//! Agreed volumes, regions and backups.

use crate::money::{Money, Quantity};
use crate::tender::{Region, Role};

/// Who supplies how much, where; lots in the order of the award.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allocation {
    /// One entry for each lot.
    pub lots: Vec<LotAllocation>,
}

/// The volumes of one lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LotAllocation {
    /// Where the distribution over winners and regions comes from.
    pub basis: Basis,
    /// Agreed volume of the lot; zero when nothing is awarded.
    pub agreed_volume: Quantity,
    /// What the agreed volume costs at the winners' prices; the sum of the parts.
    pub value: Money,
    /// One entry for each winner, in the order of the award's winners. Empty when `basis` is [`Basis::Open`].
    pub winners: Vec<WinnerVolume>,
    /// Regions by name and role. The main rows add up to the agreed volume.
    pub regions: Vec<RegionVolume>,
    /// Least and greatest spending over all drafts that the rules allow, where regions are drafted.
    pub range: Option<SpendingRange>,
}

/// Where a distribution comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// One winner serves all.
    SoleWinner,
    /// The draft as it was recorded in `picks.csv`.
    RecordedPicks,
    /// A simulated draft, largest remaining volume first: an assumption.
    SimulatedDraft,
    /// Institutions' own brands, and a pool of the losers' volume.
    OwnBrand,
    /// The cheapest way to meet all demand.
    LeastCost,
    /// Nothing can be distributed yet: a draw is required, or nothing is awarded.
    Open,
}

impl Basis {
    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::SoleWinner => "sole_winner",
            Self::RecordedPicks => "recorded_picks",
            Self::SimulatedDraft => "simulated_draft",
            Self::OwnBrand => "own_brand",
            Self::LeastCost => "least_cost",
            Self::Open => "open",
        }
    }
}

/// What one winner supplies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WinnerVolume {
    /// Place in the lot's list of bids.
    pub bid: usize,
    /// Agreed volume.
    pub agreed_volume: Quantity,
    /// At its comparable price.
    pub value: Money,
}

/// What one winner supplies in one region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionVolume {
    /// Where.
    pub region: Region,
    /// Place in the lot's list of bids.
    pub bid: usize,
    /// As what.
    pub role: Role,
    /// Agreed volume; zero for a backup.
    pub agreed_volume: Quantity,
    /// At its comparable price.
    pub value: Money,
}

/// Least and greatest spending over all drafts that the rules allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpendingRange {
    /// Least.
    pub least: Money,
    /// Greatest.
    pub greatest: Money,
}
