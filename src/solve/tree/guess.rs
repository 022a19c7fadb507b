//! From what the simplex method ends with to row weights, and to the column to split a case on.

use num_traits::ToPrimitive;

use super::grown::Split;
use super::{DENOMINATORS, Node, Tree, WHOLE};
use crate::model::{Purpose, RowWeights};
use crate::solve::EngineFaultKind;
use crate::solve::simplex::{End, scaled};
use crate::solve::weigh::Weighed;

impl Tree<'_> {
    /// The best weights for a case that the end of a solve leads to.
    pub(super) fn weigh(&self, end: &End, bounds: &[(i128, i128)]) -> Result<Weighed, EngineFaultKind> {
        if let End::Infeasible(ray) = end {
            for by in sizes(ray) {
                let Some(rows) = scaled(&self.lot, ray, by) else { continue };
                let Ok(weighed) = self.weighed(Purpose::NoAward, 1, rows, bounds) else { continue };
                if weighed.least(&self.links, bounds).is_ok_and(|least| least.is_none()) {
                    return Ok(weighed);
                }
            }
        }
        let mut best: Option<(i128, Weighed)> = None;
        for denominator in DENOMINATORS {
            let Some((least, weighed)) = self.at(denominator, bounds) else { continue };
            let closes = self.closes(Some(least), bounds);
            if best.as_ref().is_none_or(|(known, _)| least > *known) {
                best = Some((least, weighed));
            }
            if closes {
                break;
            }
        }
        match best {
            Some((_, weighed)) => Ok(weighed),
            None => self.weighed(Purpose::Bound, 1, Vec::new(), bounds),
        }
    }

    /// The weights at a denominator, with the bound that they give; `None` when a number does not fit.
    fn at(&self, denominator: i128, bounds: &[(i128, i128)]) -> Option<(i128, Weighed)> {
        let rows = self.simplex.weights(&self.lot, denominator)?;
        let weighed = self.weighed(Purpose::Bound, denominator, rows, bounds).ok()?;
        Some((weighed.least(&self.links, bounds).ok()??, weighed))
    }

    /// Weights without those that the links find for themselves.
    fn weighed(
        &self,
        purpose: Purpose,
        denominator: i128,
        rows: Vec<i128>,
        bounds: &[(i128, i128)],
    ) -> Result<Weighed, EngineFaultKind> {
        let stated = rows.into_iter().enumerate();
        let finds_itself = |row: &usize| {
            self.linked.get(row).is_some_and(|link| bounds.get(link.small) == Some(&(0, link.most)))
        };
        let stated = stated.filter(|(row, weight)| *weight != 0 && !finds_itself(row));
        let weights = RowWeights { purpose, denominator, rows: stated.collect() };
        Weighed::new(&self.lot, weights)
    }

    /// Weights with a denominator made for them, where the case is as good as the best award.
    pub(super) fn sharper(
        &self,
        end: &End,
        now: Weighed,
        bounds: &[(i128, i128)],
    ) -> Result<Weighed, EngineFaultKind> {
        let near = |cost: f64| (self.simplex.objective() - cost).abs() <= 1.0 + cost.abs() * 1e-6;
        let cost = self.found.cost.and_then(|cost| cost.to_f64());
        if *end != End::Optimal || !cost.is_some_and(near) {
            return Ok(now);
        }
        let exact = self.simplex.denominator(&self.lot).and_then(|denominator| self.at(denominator, bounds));
        match (exact, now.least(&self.links, bounds)?) {
            (Some((least, exact)), Some(before)) if least > before => Ok(exact),
            _ => Ok(now),
        }
    }

    /// Splits a case: where the point is not whole, or else where one side closes at once.
    pub(super) fn split(
        &mut self,
        case: usize,
        bounds: &[(i128, i128)],
        weighed: &Weighed,
        end: &End,
    ) -> Result<Option<(Node, Node)>, EngineFaultKind> {
        let fractional = if *end == End::Optimal { self.fractional(bounds) } else { None };
        let split = match fractional {
            Some(split) => split,
            None => self.open(bounds, weighed)?.ok_or(EngineFaultKind::TooLarge)?,
        };
        let before = bounds.get(split.column).copied().ok_or(EngineFaultKind::TooLarge)?;
        let (first, last) = self.grown.split(case, split, before)?;
        let least = weighed.least(&self.links, bounds)?.unwrap_or(i128::MIN);
        let (value, cost) = (self.simplex.value(split.column), self.simplex.objective());
        let part = value - value.floor();
        let node = |case: usize, up: bool| {
            let far = if up { 1.0 - part } else { part };
            let moved = fractional.map(|_| (split.column, far, up, cost));
            Node { case, before: Some((weighed.number, least)), moved }
        };
        Ok(Some((node(first, split.large_first), node(last, !split.large_first))))
    }

    /// The column between whole numbers whose split promises most: winners first, then other decisions, then volumes.
    fn fractional(&self, bounds: &[(i128, i128)]) -> Option<Split> {
        let class = |column: usize| match self.lot.columns.get(column) {
            _ if self.winners.contains(&column) => 0,
            Some(known) if known.integer => 1,
            _ => 2,
        };
        let mut best: Option<(i32, f64, usize)> = None;
        for (column, &(lower, upper)) in bounds.iter().enumerate() {
            let far = self.simplex.fraction(column);
            if lower == upper || far <= WHOLE {
                continue;
            }
            let (class, value) = (class(column), self.simplex.value(column));
            let promise = self.promise.of(column, value - value.floor());
            if best.is_none_or(|(known, most, _)| class < known || (class == known && promise > most)) {
                best = Some((class, promise, column));
            }
        }
        let (_, _, column) = best?;
        let (lower, upper) = *bounds.get(column)?;
        let value = self.simplex.value(column);
        let at = value.floor().to_i128()?.clamp(lower, upper.checked_sub(1)?);
        Some(Split { column, at, large_first: value - value.floor() > 0.5 })
    }

    /// An open column: a winner that closes one side at once, or else the first winner, decision or volume.
    fn open(&self, bounds: &[(i128, i128)], weighed: &Weighed) -> Result<Option<Split>, EngineFaultKind> {
        let open = |column: &usize| bounds.get(*column).is_some_and(|(lower, upper)| lower < upper);
        let mut first = None;
        for &column in self.winners.iter().filter(|column| open(column)) {
            for large_first in [false, true] {
                let value = i128::from(large_first);
                let mut side = bounds.to_vec();
                side.get_mut(column).into_iter().for_each(|place| *place = (value, value));
                let split = Split { column, at: 0, large_first };
                if self.closes(weighed.least(&self.links, &side)?, &side) {
                    return Ok(Some(split));
                }
                let value = self.simplex.value(column);
                if first.is_none() && large_first == (value > 0.5) {
                    first = Some(split);
                }
            }
        }
        if first.is_some() {
            return Ok(first);
        }
        let decisions = |integer: bool| {
            let columns = self.lot.columns.iter().enumerate().filter(move |(_, c)| c.integer == integer);
            columns.map(|(column, _)| column).find(|column| open(column))
        };
        let Some(column) = decisions(true).or_else(|| decisions(false)) else { return Ok(None) };
        let (lower, upper) = bounds.get(column).copied().ok_or(EngineFaultKind::TooLarge)?;
        let value = self.simplex.value(column).floor().to_i128().unwrap_or(lower);
        let at = value.clamp(lower, upper.saturating_sub(1));
        Ok(Some(Split { column, at, large_first: value > at }))
    }
}

/// Factors that may bring a ray to whole numbers.
fn sizes(ray: &[f64]) -> [f64; 3] {
    let some = || ray.iter().map(|weight| weight.abs()).filter(|weight| *weight > 0.0);
    let largest = some().fold(0.0, f64::max);
    let smallest = some().filter(|weight| *weight > largest * 1e-7).fold(f64::INFINITY, f64::min);
    [1.0 / smallest, 1_048_576.0 / largest, 1_099_511_627_776.0 / largest]
}
