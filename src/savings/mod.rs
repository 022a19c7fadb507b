//! Savings against stated baselines.
//!
//! Three prices before give three different savings, and published figures often mix them; so each is shown on its own,
//! with the share of the award's value that it covers. `baselines.csv` may state further prices. Volumes are the agreed
//! volumes; what the same cut comes to on the base volume stands beside.

mod areas;
mod baseline;
pub mod effects;
pub mod execution;
mod faults;
pub mod payers;
pub mod projection;
pub mod retention;
pub mod settlement;
mod sum;

pub use baseline::price_before;

use crate::allocate::Allocation;
use crate::certify::CertifiedAward;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::money::{Inexact, Money, Quantity, Ratio, Rounding};
use crate::rules::SavingsAgainstBaselines;
use crate::tender::{LotId, SupplierId};
use std::collections::BTreeSet;
use sum::{Priced, sum};

pub use areas::{contracts, savings_by_region};

/// What the award saves against each baseline, lot by lot and in total.
///
/// A winner whose baseline is unknown stays out of that baseline's figures, and the coverage says so. A lot whose volumes
/// are not given out has no figures.
///
/// # Errors
/// A lot whose amounts need more than 28 digits.
pub fn save(award: &CertifiedAward, allocation: &Allocation) -> Result<Savings, Diagnostics> {
    let rule = &award.screened().rules.savings.rule;
    let names = baseline::stated_names(award.lots().map(|(screened, _)| &screened.comparable));
    let mut problems = Diagnostics::new();
    let mut lots = Vec::new();
    for ((screened, lot_award), volumes) in award.lots().zip(&allocation.lots) {
        let comparable = &screened.comparable;
        let priced = baseline::priced(screened, lot_award, volumes, &names);
        let volumes = LotVolumes { base: comparable.base_volume, agreed: volumes.agreed_volume };
        lots.push(PricedLot { priced, volumes });
        if every(lots.last().map_or(&[], std::slice::from_ref), &names, rule).is_err() {
            let lot_id = comparable.lot.id.as_str();
            problems.push(Diagnostic::new(Code::ModelTooLarge).with("lot", lot_id));
        }
    }
    if problems.has_errors() {
        return Err(problems);
    }
    let sums = sums(&lots, &names, rule).map_err(|Inexact| Diagnostic::new(Code::TotalsTooLarge))?;
    Ok(with_sources(sums, award))
}

/// The winners of a lot, with the volumes that its savings stand for.
struct PricedLot {
    priced: Vec<Priced>,
    volumes: LotVolumes,
}

#[derive(Clone, Copy)]
struct LotVolumes {
    base: Quantity,
    agreed: Quantity,
}

/// The savings of some lots together against the built-in and the further baselines.
fn every(
    lots: &[PricedLot],
    names: &[String],
    rule: &SavingsAgainstBaselines,
) -> Result<(Vec<BaselineSaving>, Vec<Saving<String>>), Inexact> {
    let built_in = (0_usize..).zip(Baseline::ALL);
    let further = (Baseline::ALL.len()..).zip(names.iter().cloned());
    Ok((
        built_in.map(|(at, baseline)| over(lots, at, baseline, rule)).collect::<Result<_, _>>()?,
        further.map(|(at, name)| over(lots, at, name, rule)).collect::<Result<_, _>>()?,
    ))
}

fn over<B>(
    lots: &[PricedLot],
    at: usize,
    baseline: B,
    rule: &SavingsAgainstBaselines,
) -> Result<Saving<B>, Inexact> {
    let rounding = rule.rounding;
    let mut winners = Vec::new();
    let mut base_saving = None;
    for lot in lots {
        let own = sum((), at, &lot.priced, rounding)?;
        if let Some(on_base) =
            own.saving.and_then(|saving| on_base_volume(saving, lot.volumes, rule.money_rounding))
        {
            base_saving = Some(base_saving.unwrap_or(Money::ZERO).plus(on_base)?);
        }
        winners.extend(lot.priced.iter().cloned());
    }
    Ok(Saving { base_saving, ..sum(baseline, at, &winners, rounding)? })
}

/// What a lot would save if the whole base volume were bought as its agreed volume is, in the rule set's steps of money.
fn on_base_volume(saving: Money, volumes: LotVolumes, rounding: Rounding) -> Option<Money> {
    saving.at_volume(volumes.base, volumes.agreed, rounding)
}

fn sums(lots: &[PricedLot], names: &[String], rule: &SavingsAgainstBaselines) -> Result<Savings, Inexact> {
    let (totals, of_names) = every(lots, names, rule)?;
    let mut stated: Vec<StatedSavings> = of_names
        .into_iter()
        .map(|total| StatedSavings { total, lots: Vec::new(), sources: Vec::new() })
        .collect();
    let mut by_lot = Vec::new();
    for lot in lots {
        let (built_in, further) = every(std::slice::from_ref(lot), names, rule)?;
        by_lot.push(built_in);
        for (savings, saving) in stated.iter_mut().zip(further) {
            savings.lots.push(saving);
        }
    }
    Ok(Savings { lots: by_lot, totals, stated })
}

/// The same with the sources that the tender states for its further baselines.
fn with_sources(mut savings: Savings, award: &CertifiedAward) -> Savings {
    for stated in &mut savings.stated {
        let rows = award.lots().flat_map(|(screened, _)| &screened.comparable.lot.baselines);
        let named = rows.filter(|row| row.name == stated.total.baseline);
        let sources: BTreeSet<&String> = named.filter_map(|row| row.source.as_ref()).collect();
        stated.sources = sources.into_iter().cloned().collect();
    }
    savings
}

/// Savings of every lot and of the tender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Savings {
    /// One entry for each lot, in the order of the award.
    pub lots: Vec<Vec<BaselineSaving>>,
    /// The tender's totals, one for each baseline in the order of [`Baseline::ALL`].
    pub totals: Vec<BaselineSaving>,
    /// The same against the baselines of `baselines.csv`, by name.
    pub stated: Vec<StatedSavings>,
}

/// Savings against one baseline of `baselines.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedSavings {
    /// One entry for each lot, in the order of the award.
    pub lots: Vec<Saving<String>>,
    /// The tender's total.
    pub total: Saving<String>,
    /// Where the prices come from, as the file says; sorted, each once.
    pub sources: Vec<String>,
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

/// A saving against a built-in baseline.
pub type BaselineSaving = Saving<Baseline>;

/// A saving with all that must be said beside it, against the baseline `B`. Volumes are agreed volumes unless the field
/// says something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saving<B> {
    /// Against which price.
    pub baseline: B,
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
    /// The saving if the whole base volume were bought as the agreed volume is: each lot's saving times its base over its
    /// agreed volume, rounded as the rule set says (`money_rounding`).
    pub base_saving: Option<Money>,
    /// The highest cut of a winner, compared without rounding.
    pub highest: Option<CutOf>,
    /// The lowest cut of a winner, below zero when it became dearer.
    pub lowest: Option<CutOf>,
}

/// A cut, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutOf {
    /// The cut.
    pub cut: Ratio,
    /// Everyone with exactly this cut, by lot and supplier.
    pub winners: Vec<(LotId, SupplierId)>,
}
