//! Better awards near a known one: what the known award and the simplex method agree on is fixed, and the rest is searched for
//! a while (relaxation induced neighbourhood search; Danna, Rothberg, Le Pape 2005). What is found is only offered.

use num_traits::ToPrimitive;

use super::{Tree, WHOLE};
use crate::solve::EngineFaultKind;
use crate::solve::watch::Unwatched;

/// Cases between two tries, at least.
const BETWEEN: usize = 64;
/// Tries in a row.
const MOST_TURNS: usize = 4;
/// Cases that it may take.
const MOST_CASES: usize = 150;

impl Tree<'_> {
    /// Whether it is worth looking around the best award: at every doubling of the cases, and where it is a new one. Within
    /// such a search there is no other.
    pub(super) fn is_looked_around(&self) -> bool {
        let (cases, cost) = self.looked;
        let later = self.cases >= cases.saturating_add(BETWEEN);
        let new = later && self.found.cost != cost;
        !self.within && self.found.cost.is_some() && (new || (later && self.cases.is_power_of_two()))
    }

    /// Searches around the best award, as the simplex method leans; again as long as that finds a better one.
    pub(super) fn look_around(&mut self, leaning: &[f64]) -> Result<(), EngineFaultKind> {
        for _ in 0..MOST_TURNS {
            let before = self.found.cost;
            self.look_once(leaning)?;
            if self.found.cost == before {
                break;
            }
        }
        self.looked = (self.cases, self.found.cost);
        Ok(())
    }

    fn look_once(&mut self, leaning: &[f64]) -> Result<(), EngineFaultKind> {
        let Some(known) = self.found.best.first().cloned() else { return Ok(()) };
        let mut lot = self.lot.clone().into_owned();
        let (mut fixed, mut free) = (0_usize, 0_usize);
        for ((column, &value), lean) in lot.columns.iter_mut().zip(&known).zip(leaning) {
            if !column.integer || column.lower == column.upper {
                continue;
            }
            if value.to_f64().is_some_and(|value| (value - lean).abs() <= WHOLE) {
                (column.lower, column.upper) = (value, value);
                fixed = fixed.saturating_add(1);
            } else {
                free = free.saturating_add(1);
            }
        }
        // With little fixed it would be the same search again.
        if free == 0 || fixed < free {
            return Ok(());
        }
        let mut alone = Unwatched;
        let mut around = Tree::new(&lot, false, vec![known], MOST_CASES, &mut alone)?;
        around.within = true;
        // Where the whole search is bounded, so is this one, and what it does counts.
        around.simplex.most_steps = self.simplex.most_steps.saturating_sub(self.simplex.steps);
        let found = around.run()?;
        if self.simplex.most_steps < usize::MAX {
            let steps = found.work.checked_div(self.size()).unwrap_or(0);
            self.simplex.steps = self.simplex.steps.saturating_add(steps);
        }
        for award in found.best {
            self.offer(award)?;
        }
        Ok(())
    }
}
