//! Further rows for the simplex method, derived from those of the lot when a search turns out to be long: the search then
//! begins anew. On the way it derives more, where a case breaks them.

use super::grown::Grown;
use super::promise::Promise;
use super::{Node, Tree, narrow};
use crate::model::Derived;
use crate::solve::EngineFaultKind;
use crate::solve::cuts::{Covers, LONG};
use crate::solve::simplex::End;

/// Cases up to which a search is short.
pub(in super::super) const SHORT: usize = 16;

/// Rounds of further rows in one case.
const MOST_TURNS: usize = 3;

impl Tree<'_> {
    /// Whether rows have been derived with which to begin anew: once, when the search turns out to be long.
    pub(super) fn begins_anew(&mut self, bound: Option<i128>) -> Result<Option<Node>, EngineFaultKind> {
        let open = bound.is_some_and(|bound| self.found.cost.is_none_or(|cost| bound < cost));
        if !open || self.derives.is_none_or(|short| self.cases < short) {
            return Ok(None);
        }
        self.derives = None;
        let covers = Covers::of(&self.lot);
        let (rows, work) = covers.derive(&self.lot, self.most_work.saturating_sub(self.work()));
        let steps = work.checked_div(self.size()).unwrap_or(0);
        self.simplex.steps = self.simplex.steps.saturating_add(steps);
        if rows.is_empty() {
            return Ok(None);
        }
        self.take_in(rows)?;
        self.covers = Some(covers);
        self.found.proof.weights.clear();
        self.found.bound = None;
        (self.grown, self.promise, self.last) = (Grown::new(), Promise::new(self.simplex.sizes()), None);
        Ok(Some(Node { case: 0, before: None, moved: None }))
    }

    /// Takes rows into the programme.
    fn take_in(&mut self, rows: Vec<Derived>) -> Result<(), EngineFaultKind> {
        let known = self.found.proof.derived.len();
        let lot = self.lot.to_mut();
        for (number, row) in rows.iter().enumerate() {
            lot.derive(known.saturating_add(number), row);
        }
        self.found.proof.derived.extend(rows);
        self.rows_of = narrow::rows_of(&self.lot);
        self.simplex.take_in(&self.lot).ok_or(EngineFaultKind::TooLarge)
    }

    /// Solves a case again with the rows that its point breaks, as long as there are such.
    pub(super) fn with_more_rows(&mut self, mut end: End) -> Result<End, EngineFaultKind> {
        for _ in 0..MOST_TURNS {
            let room = LONG.saturating_sub(self.found.proof.derived.len());
            let Some(covers) = self.covers.as_ref().filter(|_| end == End::Optimal && room > 0) else {
                break;
            };
            let mut rows = covers.broken(&self.leaning(), &self.found.proof.derived);
            rows.truncate(room);
            if rows.is_empty() {
                break;
            }
            self.take_in(rows)?;
            end = self.simplex.solve(self.limit());
        }
        Ok(end)
    }
}
