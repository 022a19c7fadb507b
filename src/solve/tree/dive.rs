//! An award found quickly: decisions are made one after the other, as the simplex method leans, and what follows from each
//! is followed (diving; Berthold, "Primal heuristics for mixed integer programs", 2006). What is found is only offered; it
//! counts once it satisfies every row in whole numbers.

use super::narrow::Narrowed;
use super::{Tree, WHOLE};
use crate::model::whole::TooLarge;
use crate::solve::EngineFaultKind;
use crate::solve::simplex::End;

/// The first cases are all dived from, then one in so many.
const FIRST: usize = 4;
const EVERY: usize = 64;

impl Tree<'_> {
    /// Whether it is worth looking for an award from this case. Until there is one, it is tried more often.
    pub(super) fn is_dived_from(&self) -> bool {
        let every = if self.found.cost.is_none() { FIRST } else { EVERY };
        self.decisions > 0 && (self.cases <= FIRST || self.cases.checked_rem(every) == Some(0))
    }

    /// How the simplex method leans at the end of a solve: a value for each column.
    pub(super) fn leaning(&self) -> Vec<f64> {
        (0..self.lot.columns.len()).map(|column| self.simplex.value(column)).collect()
    }

    /// Makes all decisions within these bounds, and offers what comes of it.
    pub(super) fn dive(&mut self, bounds: &[(i128, i128)], leaning: &[f64]) -> Result<(), EngineFaultKind> {
        let mut left = self.terms_left();
        let decided = decided(&self.lot, &self.rows_of, bounds, (leaning, &self.weight), &mut left);
        self.looked_at(left);
        // A number that does not fit leaves the dive without an award.
        let Ok(Some(bounds)) = decided else { return Ok(()) };
        if bounds.iter().all(|(lower, upper)| lower == upper) {
            return self.offer(bounds.iter().map(|(lower, _)| *lower).collect());
        }
        for (column, &of) in bounds.iter().enumerate() {
            self.simplex.bound(column, of);
        }
        if self.simplex.solve(self.limit()) == End::Optimal
            && let Some(point) = self.simplex.point(&self.lot, &bounds)
        {
            self.offer(point)?;
        }
        Ok(())
    }
}

impl Tree<'_> {
    /// Terms of rows that may be looked at in a dive: where the search is bounded, as many as work is left.
    fn terms_left(&self) -> usize {
        let steps = self.simplex.most_steps;
        if steps == usize::MAX {
            return steps;
        }
        steps.saturating_sub(self.simplex.steps).saturating_mul(self.size())
    }

    /// Counts what a dive has looked at, where the search is bounded.
    fn looked_at(&mut self, left: usize) {
        let looked = self.terms_left().saturating_sub(left);
        if self.simplex.most_steps < usize::MAX {
            let steps = looked.checked_div(self.size()).unwrap_or(0);
            self.simplex.steps = self.simplex.steps.saturating_add(steps);
        }
    }
}

/// Bounds in which all decisions are made; `None` when one leaves nothing over. `left` terms of rows may be looked at.
fn decided(
    lot: &crate::model::LotModel,
    rows_of: &[Vec<(usize, i128)>],
    bounds: &[(i128, i128)],
    (leaning, weight): (&[f64], &[i128]),
    left: &mut usize,
) -> Result<Option<Vec<(i128, i128)>>, TooLarge> {
    let mut narrowed = Narrowed::new(lot, rows_of, bounds)?;
    narrowed.most = *left;
    let decided = all_decided(lot, &mut narrowed, leaning, weight);
    *left = left.saturating_sub(narrowed.looked);
    Ok(decided?.then(|| narrowed.bounds().to_vec()))
}

/// Makes one decision after the other; false when one leaves nothing over.
fn all_decided(
    lot: &crate::model::LotModel,
    narrowed: &mut Narrowed<'_>,
    leaning: &[f64],
    weight: &[i128],
) -> Result<bool, TooLarge> {
    let lean = |column: usize| leaning.get(column).copied().unwrap_or(0.0);
    let weight = |column: usize| weight.get(column).copied().unwrap_or(0);
    let integer = lot.columns.iter().enumerate().filter(|(_, column)| column.integer);
    let mut order: Vec<usize> = integer.map(|(column, _)| column).collect();
    // What the simplex method has decided for is decided first, then the cheap before the dear.
    order.sort_by(|one, other| {
        let size = |column: usize| (lean(column) / WHOLE).round();
        size(*other).total_cmp(&size(*one)).then(weight(*one).cmp(&weight(*other))).then(one.cmp(other))
    });
    for column in order {
        let Some(&(lower, upper)) = narrowed.bounds().get(column) else { continue };
        if lower == upper {
            continue;
        }
        // Yes where it leans so at all; a count as near as it can be.
        let first = match lower.checked_add(1) == Some(upper) {
            true => upper,
            false => {
                num_traits::ToPrimitive::to_i128(&lean(column).round()).unwrap_or(lower).clamp(lower, upper)
            }
        };
        let others = [lower, upper].into_iter().filter(|value| *value != first);
        let mut holds = narrowed.decide(column, first)?;
        for value in others {
            holds = holds || narrowed.decide(column, value)?;
        }
        if !holds {
            return Ok(false);
        }
    }
    Ok(true)
}
