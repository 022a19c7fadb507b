//! Savings against stated baselines.
//!
//! Three prices before give three different savings, and published figures often mix them; so each is shown on its own,
//! with the share of the award's value that it covers. Volumes are always the agreed volumes.

mod baseline;
mod sum;

pub use baseline::price_before;

use crate::allocate::Allocation;
use crate::certify::CertifiedAward;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::money::{Inexact, Money, Ratio, Rounding};
use sum::{Priced, sum};

/// What the award saves against each baseline, lot by lot and in total.
///
/// A winner whose baseline is unknown stays out of that baseline's figures, and the coverage says so. A lot whose volumes
/// are not given out has no figures.
///
/// # Errors
/// A lot whose amounts need more than 28 digits.
pub fn save(award: &CertifiedAward, allocation: &Allocation) -> Result<Savings, Diagnostics> {
    let rounding = award.screened().rules.savings.rule.rounding;
    let mut problems = Diagnostics::new();
    let mut lots = Vec::new();
    let mut all = Vec::new();
    for ((screened, _), volumes) in award.lots().zip(&allocation.lots) {
        let priced = baseline::priced(&screened.comparable, volumes);
        match of_each_baseline(&priced, rounding) {
            Ok(savings) => lots.push(savings),
            Err(Inexact) => {
                let lot_id = screened.comparable.lot.id.as_str();
                problems.push(Diagnostic::new(Code::ModelTooLarge).with("lot", lot_id));
            }
        }
        all.extend(priced);
    }
    match of_each_baseline(&all, rounding) {
        Ok(totals) if !problems.has_errors() => return Ok(Savings { lots, totals }),
        Ok(_) => {}
        Err(Inexact) if problems.has_errors() => {}
        Err(Inexact) => problems.push(Diagnostic::new(Code::TotalsTooLarge)),
    }
    Err(problems)
}

fn of_each_baseline(priced: &[Priced], rounding: Rounding) -> Result<Vec<BaselineSaving>, Inexact> {
    Baseline::ALL.into_iter().map(|baseline| sum(baseline, priced, rounding)).collect()
}

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
    /// The difference, below zero when the award is dearer; `None` when no winner with a volume has a known baseline.
    pub saving: Option<Money>,
    /// Volume-weighted cut: saving over reference value. A winner without volume does not weigh in it.
    pub cut: Option<Ratio>,
    /// Simple mean of the cuts of all winners with a known baseline, also of those that were given no volume: a cut is a
    /// matter of prices. In the totals every winner of every lot counts once.
    pub simple_cut: Option<Ratio>,
    /// Share of the award's value whose baseline is known; `None` when there is no value.
    pub coverage: Option<Ratio>,
    /// Winners with a known baseline: those in `simple_cut`.
    pub winners_covered: u32,
    /// All winners of lots whose volumes are given out.
    pub winners: u32,
}
