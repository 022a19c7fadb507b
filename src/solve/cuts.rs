//! Rows that are derived from the rows of a lot, so that the simplex method comes closer to whole numbers: covers of what a
//! yes-or-no row can hold (Balas 1975; lifted after Padberg 1975; Gu, Nemhauser and Savelsbergh 1998).
//!
//! The simplex method says in floats which covers are worth a row. What the row comes to is counted in whole numbers, and
//! the proof carries each row that it uses together with the rows that it follows from.
#![allow(clippy::float_arithmetic)]

mod cover;
mod knapsack;
mod sums;

use super::simplex::{End, Simplex};
use crate::model::{Derived, LotModel};
use knapsack::Knapsack;

/// Rows that are derived for one lot at most.
pub(super) const LONG: usize = 600;

/// Rounds of looking for further rows.
const MOST_ROUNDS: usize = 40;

/// Rounds in which the bound may rise by less than this part of what it has risen before it is enough.
const LITTLE: f64 = 0.01;
const MOST_IDLE: usize = 4;

/// Steps of the simplex method times rows and columns that are spent at most.
const MOST_WORK: usize = 600_000_000;

/// What the rows of a lot can hold.
pub(super) struct Covers {
    knapsacks: Vec<Knapsack>,
}

impl Covers {
    pub(super) fn of(lot: &LotModel) -> Self {
        Self { knapsacks: Knapsack::all(lot) }
    }

    /// Rows that tighten the programme, found with so much work at most, and the work that was done.
    pub(super) fn derive(&self, lot: &LotModel, most_work: usize) -> (Vec<Derived>, usize) {
        let mut kept: Vec<Derived> = Vec::new();
        let mut work = 0_usize;
        if self.knapsacks.is_empty() {
            return (kept, work);
        }
        let (mut first, mut before, mut idle) = (None, f64::NEG_INFINITY, 0_usize);
        let mut strong = lot.clone();
        let Some(mut simplex) = Simplex::new(lot) else { return (kept, work) };
        let size = lot.columns.len().saturating_add(lot.rows.len());
        simplex.most_steps = most_work.min(MOST_WORK).checked_div(size).unwrap_or(0);
        for _ in 0..MOST_ROUNDS {
            let end = simplex.solve(None);
            work = simplex.steps.saturating_mul(size);
            if end != End::Optimal {
                break;
            }
            let now = simplex.objective();
            let risen = now - *first.get_or_insert(now);
            idle = if now - before > risen * LITTLE { 0 } else { idle.saturating_add(1) };
            before = now;
            let point: Vec<f64> = (0..lot.columns.len()).map(|column| simplex.value(column)).collect();
            let found = self.broken(&point, &kept);
            if idle > MOST_IDLE || found.is_empty() || kept.len().saturating_add(found.len()) > LONG {
                break;
            }
            for row in found {
                strong.derive(kept.len(), &row);
                kept.push(row);
            }
            if simplex.take_in(&strong).is_none() {
                break;
            }
        }
        (kept, work)
    }

    /// Rows that a point breaks, other than those that are known.
    pub(super) fn broken(&self, point: &[f64], known: &[Derived]) -> Vec<Derived> {
        let found = self.knapsacks.iter().flat_map(|knapsack| cover::violated(knapsack, point));
        found.filter(|row| !known.contains(row)).collect()
    }
}
