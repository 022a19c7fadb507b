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

/// Rounds of looking for further rows.
const MOST_ROUNDS: usize = 40;

/// Rounds in which the bound may rise by less than this part of what it has risen before it is enough.
const LITTLE: f64 = 0.01;
const MOST_IDLE: usize = 4;

/// Steps of the simplex method times rows and columns that are spent at most.
const MOST_WORK: usize = 600_000_000;

/// Rows that tighten the programme, with the work that was done to find them.
pub(super) fn derive(lot: &LotModel) -> (Vec<Derived>, usize) {
    let knapsacks = Knapsack::all(lot);
    let mut kept: Vec<Derived> = Vec::new();
    let mut work = 0_usize;
    if knapsacks.is_empty() {
        return (kept, work);
    }
    let (mut first, mut before, mut idle) = (None, f64::NEG_INFINITY, 0_usize);
    let mut known: Option<Simplex> = None;
    for _ in 0..MOST_ROUNDS {
        let strong = lot.with_derived(&kept);
        let Some(mut simplex) = Simplex::new(&strong) else { break };
        if let Some(known) = known.take() {
            simplex.begin_at(&known);
        }
        let end = simplex.solve(None);
        let size = strong.columns.len().saturating_add(strong.rows.len());
        work = work.saturating_add(simplex.steps.saturating_mul(size));
        if end != End::Optimal || work > MOST_WORK {
            break;
        }
        let now = simplex.objective();
        let risen = now - *first.get_or_insert(now);
        idle = if now - before > risen * LITTLE { 0 } else { idle.saturating_add(1) };
        before = now;
        if idle > MOST_IDLE {
            break;
        }
        let point: Vec<f64> = (0..lot.columns.len()).map(|column| simplex.value(column)).collect();
        let found: Vec<Derived> = knapsacks
            .iter()
            .flat_map(|knapsack| cover::violated(knapsack, &point))
            .filter(|row| !kept.contains(row))
            .collect();
        if found.is_empty() {
            break;
        }
        kept.extend(found);
        known = Some(simplex);
    }
    (kept, work)
}
