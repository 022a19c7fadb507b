//! The exact engine: whole numbers only.

use super::level::level;
use super::{Engine, EngineFault, EngineFaultKind, branch, general, order};
use crate::model::{CoreLot, LotCandidate, LotModel, Shape};

/// The exact engine. It never reads the rows of the model; it works from the lot's shape.
#[derive(Debug, Clone, Copy)]
pub struct Exact {
    /// After so many cases of a lot, the search is given up and the award stays unproved.
    pub most_cases: usize,
}

impl Default for Exact {
    fn default() -> Self {
        Self { most_cases: 10_000 }
    }
}

impl Engine for Exact {
    fn name(&self) -> &'static str {
        "exact"
    }

    fn solve(&self, lot: &LotModel) -> Result<LotCandidate, EngineFault> {
        let solved = match &lot.shape {
            Shape::Ranked(ranked) => order::walk(ranked),
            Shape::Core(core) => {
                branch::search(core, self.most_cases).and_then(|found| levelled(core, found))
            }
            Shape::General(_) => general::search(lot, self.most_cases),
        };
        solved.map_err(|kind| EngineFault::new(lot, self.name(), kind))
    }
}

/// The same candidate with equal volumes for winners at the same price, in every award that it lists.
fn levelled(lot: &CoreLot, mut found: LotCandidate) -> Result<LotCandidate, EngineFaultKind> {
    found.best = found.best.map(|award| level(lot, award)).transpose()?;
    found.others = found.others.into_iter().map(|award| level(lot, award)).collect::<Result<_, _>>()?;
    Ok(found)
}
