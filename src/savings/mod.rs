//! Savings against stated baselines.

use crate::money::{Money, Ratio};

/// Savings of every lot and of the tender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Savings {
    /// One entry for each lot, in the order of the award.
    pub lots: Vec<Vec<BaselineSaving>>,
    /// The tender's totals, one for each baseline in the order of [`Baseline::ALL`].
    pub totals: Vec<BaselineSaving>,
}

/// The price that a saving is measured against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Baseline {
    /// The product's own price before.
    Previous,
    /// The lot's weighted mean price before.
    Reference,
    /// The ceiling price.
    Ceiling,
}

impl Baseline {
    /// Every baseline, in the order of reports.
    pub const ALL: [Self; 3] = [Self::Previous, Self::Reference, Self::Ceiling];

    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Previous => "previous_price",
            Self::Reference => "reference_price",
            Self::Ceiling => "ceiling_price",
        }
    }
}

/// A saving with all that must be said beside it. Volumes are agreed volumes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaselineSaving {
    /// Against which price.
    pub baseline: Baseline,
    /// What the agreed volume of the winners with a known baseline would have cost at the baseline.
    pub reference_value: Money,
    /// What that same volume costs at the award.
    pub covered_value: Money,
    /// The difference; `None` when no winner has a known baseline.
    pub saving: Option<Money>,
    /// Volume-weighted cut: saving over reference value.
    pub cut: Option<Ratio>,
    /// Simple mean of the winners' cuts.
    pub simple_cut: Option<Ratio>,
    /// Share of the award's value whose baseline is known; `None` when there is no value.
    pub coverage: Option<Ratio>,
    /// Winners with a known baseline.
    pub winners_covered: u32,
    /// All winners with a volume.
    pub winners: u32,
}
