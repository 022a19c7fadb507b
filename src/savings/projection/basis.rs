//! What a projection starts from: one year of each lot at the baseline and at the award.

use crate::certify::CertifiedAward;
use crate::money::{Inexact, Money, Ratio};
use crate::savings::Savings;
use crate::tender::LotId;

/// One year of a lot: its agreed volume at two prices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BasisLot {
    /// The lot.
    pub lot_id: LotId,
    /// Its term; `None` when its rules state none in years.
    pub term_years: Option<u32>,
    /// The agreed volume of winners with a known baseline, at the baseline.
    pub baseline_value: Money,
    /// The same volume at the award.
    pub award_value: Money,
}

impl BasisLot {
    /// How often the term has run out before a year begins, counted from 1. A lot without a term in years is never
    /// renewed here.
    pub fn renewals_before(&self, year: u32) -> u32 {
        let passed = year.saturating_sub(1);
        self.term_years.and_then(|term| passed.checked_div(term)).unwrap_or(0)
    }
}

/// The lots of an award whose baseline is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// Against which price, by its name in files.
    pub baseline: String,
    /// Lots with a known baseline and a volume, by id.
    pub lots: Vec<BasisLot>,
    /// Lots of the tender that are left out: not awarded, waiting, or without a known baseline.
    pub lots_left_out: usize,
    /// Share of the award's value whose baseline is known.
    pub coverage: Option<Ratio>,
}

impl Basis {
    /// The longest term of its lots.
    pub fn longest_term(&self) -> Option<u32> {
        self.lots.iter().filter_map(|lot| lot.term_years).max()
    }

    /// One year at the baseline, and at the award.
    ///
    /// # Errors
    /// [`Inexact`] when a sum cannot be held.
    pub fn year(&self) -> Result<(Money, Money), Inexact> {
        let sum = |of: fn(&BasisLot) -> Money| Money::total(self.lots.iter().map(of));
        Ok((sum(|lot| lot.baseline_value)?, sum(|lot| lot.award_value)?))
    }
}

/// What a projection of an award's saving against a baseline starts from; `None` when no winner with a volume has that
/// baseline.
pub fn basis(award: &CertifiedAward, savings: &Savings, baseline: &str) -> Option<Basis> {
    let built_in = savings.totals.iter().position(|total| total.baseline.name() == baseline);
    let stated = savings.stated.iter().find(|stated| stated.total.baseline == baseline);
    let coverage = match built_in {
        Some(at) => savings.totals.get(at)?.coverage,
        None => stated?.total.coverage,
    };
    let mut lots = Vec::new();
    let all = award.lots();
    for (place, (screened, decided)) in all.enumerate() {
        let values = match built_in {
            Some(at) => {
                let own = savings.lots.get(place)?.get(at)?;
                own.saving.map(|_| (own.reference_value, own.covered_value))
            }
            None => {
                let own = stated?.lots.get(place)?;
                own.saving.map(|_| (own.reference_value, own.covered_value))
            }
        };
        if let Some((baseline_value, award_value)) = values {
            let lot_id = screened.comparable.lot.id.clone();
            lots.push(BasisLot { lot_id, term_years: decided.term_years, baseline_value, award_value });
        }
    }
    if lots.is_empty() {
        return None;
    }
    lots.sort_by(|one, other| one.lot_id.cmp(&other.lot_id));
    let lots_left_out = savings.lots.len().saturating_sub(lots.len());
    Some(Basis { baseline: baseline.to_owned(), lots, lots_left_out, coverage })
}
