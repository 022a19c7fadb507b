//! How much is done to find and prove an award.

use super::watch::{Unwatched, Watch};
use super::{Engine, EngineFault, Exact, solve};
#[cfg(feature = "solver")]
use super::{Linear, solve_twice};
use crate::model::{AwardModel, Candidate, Claim, LotCandidate, LotModel};

/// What stands at the side of the exact engine.
#[derive(Clone, Copy)]
pub struct Effort<'a> {
    /// Who looks on while the exact engine works.
    pub watch: &'a dyn Watch,
    /// A heavier engine that is asked for an award of lots which the exact engine leaves unproved. The exact engine then
    /// starts from that award.
    pub heavier: Option<&'a (dyn Engine + Sync)>,
}

impl Default for Effort<'_> {
    fn default() -> Self {
        Self { watch: &Unwatched, heavier: None }
    }
}

impl Effort<'_> {
    /// Proposes an award of every lot.
    ///
    /// # Errors
    /// The first fault.
    pub fn propose(&self, model: &AwardModel) -> Result<Candidate, EngineFault> {
        self.further(model, solve(model, &self.exact())?)
    }

    /// The same, compared with what the solver with floats finds, where the program is built with one.
    ///
    /// # Errors
    /// The first fault; a difference between the engines is one.
    pub fn propose_twice(&self, model: &AwardModel) -> Result<Candidate, EngineFault> {
        #[cfg(feature = "solver")]
        let candidate = solve_twice(model, &self.exact(), &Linear)?;
        #[cfg(not(feature = "solver"))]
        let candidate = solve(model, &self.exact())?;
        self.further(model, candidate)
    }

    fn exact(&self) -> Exact<'_> {
        Exact { watch: self.watch, ..Exact::default() }
    }

    /// Asks the heavier engine about what is not proved.
    fn further(&self, model: &AwardModel, mut candidate: Candidate) -> Result<Candidate, EngineFault> {
        let Some(heavier) = self.heavier else { return Ok(candidate) };
        for (lot, proposed) in model.lots.iter().zip(&mut candidate.lots) {
            if matches!(proposed.claim, Claim::Unproved { .. })
                && let Some(better) = from_there(lot, &self.exact(), heavier)?
            {
                *proposed = better;
            }
        }
        Ok(candidate)
    }
}

/// What the exact engine makes of the heavier engine's award; `None` when there is none. That it gives up or makes a mistake
/// is no fault: nothing rests on it.
fn from_there(
    lot: &LotModel,
    exact: &Exact<'_>,
    heavier: &dyn Engine,
) -> Result<Option<LotCandidate>, EngineFault> {
    match heavier.solve(lot).ok().and_then(|found| found.best) {
        Some(award) => exact.solve_from(lot, vec![award.values]).map(Some),
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solve::{Pace, Search, Seen};

    /// Ends every search at once.
    #[derive(Debug)]
    struct InHaste;

    impl Watch for InHaste {
        fn search<'a>(&'a self, _lot_id: &'a str) -> Box<dyn Search + 'a> {
            Box::new(Self)
        }
    }

    impl Search for InHaste {
        fn pace(&mut self, _seen: Seen) -> Pace {
            Pace::Ended
        }
    }

    /// A programme with a set of winners that no case but the first shows: 3 of 5 bids, of which the cheap ones exclude each other.
    fn lot() -> LotModel {
        use crate::model::{Column, Direction, GeneralLot, Objective, Row, Sense};
        let column = |at: usize| Column { name: format!("wins[{at}]"), lower: 0, upper: 1, integer: true };
        let row = |label: &str, terms: Vec<(usize, i128)>, sense: Sense, rhs: i128| Row {
            rule: "test".to_owned(),
            label: label.to_owned(),
            terms,
            sense,
            rhs,
        };
        let rows = vec![
            row("all", (0..5).map(|at| (at, 2)).collect(), Sense::Ge, 5),
            row("two", vec![(0, 1), (1, 1), (2, 1)], Sense::Le, 2),
            row("odd", vec![(0, 3), (1, 5), (2, 7), (3, 2)], Sense::Ge, 8),
        ];
        let terms = (0..5).zip([3, 5, 6, 4, 9]).collect();
        let objective = Objective { direction: Direction::Minimise, terms };
        let winners = (0..5).map(|at| (at, format!("bid{at}"))).collect();
        let shape = GeneralLot { winners, delivers: Vec::new(), regions: Vec::new() };
        LotModel::general("L", (0..5).map(column).collect(), rows, vec![objective], shape).unwrap()
    }

    #[test]
    fn a_search_that_is_ended_leaves_its_best_award_with_a_bound() {
        let lot = lot();
        let hasty = Exact { watch: &InHaste, ..Exact::default() };
        let best = Exact::default().solve(&lot).unwrap();
        assert_eq!((best.claim, best.best.as_ref().map(|award| award.objective)), (Claim::Optimal, Some(12)));
        let found = hasty.solve(&lot).unwrap();
        assert!(matches!(found.claim, Claim::Unproved { bound } if bound <= 12), "{found:?}");
        // An award that is known from elsewhere is kept, and what is no award is left aside.
        let known = best.best.unwrap().values;
        let found = hasty.solve_from(&lot, vec![vec![0; 5], known.clone()]).unwrap();
        assert_eq!(found.best.map(|award| award.values), Some(known));
    }
}
