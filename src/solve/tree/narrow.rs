//! Bounds of columns that follow from each other by the rows (bound propagation; Savelsbergh, "Preprocessing and probing
//! techniques for mixed integer programming problems", ORSA Journal on Computing 6, 1994), with a way back.

use crate::model::whole::{TooLarge, add, mul, sub};
use crate::model::{LotModel, Row, Sense};

/// Terms that are looked at for one decision at most; beyond, the bounds stay wider than they might be.
const MOST_TERMS: usize = 2_000_000;

/// Columns between bounds, and what the rows can come to between them.
pub(super) struct Narrowed<'a> {
    lot: &'a LotModel,
    /// Rows and coefficients of each column.
    rows_of: &'a [Vec<(usize, i128)>],
    bounds: Vec<(i128, i128)>,
    /// The least and the most that each row comes to.
    reach: Vec<(i128, i128)>,
    /// Columns with their bounds before, for the way back.
    before: Vec<(usize, (i128, i128))>,
    /// Terms looked at so far.
    pub(super) looked: usize,
    /// Terms after which no more decisions are followed.
    pub(super) most: usize,
}

/// Rows and coefficients of each column.
pub(super) fn rows_of(lot: &LotModel) -> Vec<Vec<(usize, i128)>> {
    let mut rows_of = vec![Vec::new(); lot.columns.len()];
    for (number, row) in lot.rows.iter().enumerate() {
        for &(column, coefficient) in &row.terms {
            rows_of.get_mut(column).into_iter().for_each(|rows| rows.push((number, coefficient)));
        }
    }
    rows_of
}

fn ends(coefficient: i128, (lower, upper): (i128, i128)) -> Result<(i128, i128), TooLarge> {
    let (one, other) = (mul(coefficient, lower)?, mul(coefficient, upper)?);
    Ok((one.min(other), one.max(other)))
}

impl<'a> Narrowed<'a> {
    pub(super) fn new(
        lot: &'a LotModel,
        rows_of: &'a [Vec<(usize, i128)>],
        bounds: &[(i128, i128)],
    ) -> Result<Self, TooLarge> {
        let mut reach = Vec::with_capacity(lot.rows.len());
        for row in &lot.rows {
            let mut sums = (0, 0);
            for &(column, coefficient) in &row.terms {
                let (least, most) = ends(coefficient, *bounds.get(column).ok_or(TooLarge)?)?;
                sums = (add(sums.0, least)?, add(sums.1, most)?);
            }
            reach.push(sums);
        }
        let (bounds, before) = (bounds.to_vec(), Vec::new());
        Ok(Self { lot, rows_of, bounds, reach, before, looked: 0, most: usize::MAX })
    }

    pub(super) fn bounds(&self) -> &[(i128, i128)] {
        &self.bounds
    }

    /// Gives a column a value, and follows the rows from there; false when they cannot all hold. Then all is as before.
    pub(super) fn decide(&mut self, column: usize, value: i128) -> Result<bool, TooLarge> {
        let mark = self.before.len();
        let follows = self.set(column, (value, value)).and_then(|()| self.follow(mark));
        if follows != Ok(true) {
            self.back_to(mark)?;
        }
        follows
    }

    fn set(&mut self, column: usize, bounds: (i128, i128)) -> Result<(), TooLarge> {
        let place = self.bounds.get_mut(column).ok_or(TooLarge)?;
        let before = std::mem::replace(place, bounds);
        self.before.push((column, before));
        for &(row, coefficient) in self.rows_of.get(column).into_iter().flatten() {
            let (was, is) = (ends(coefficient, before)?, ends(coefficient, bounds)?);
            let reach = self.reach.get_mut(row).ok_or(TooLarge)?;
            *reach = (add(sub(reach.0, was.0)?, is.0)?, add(sub(reach.1, was.1)?, is.1)?);
        }
        Ok(())
    }

    fn back_to(&mut self, mark: usize) -> Result<(), TooLarge> {
        while self.before.len() > mark {
            let Some((column, bounds)) = self.before.pop() else { break };
            self.set(column, bounds)?;
            self.before.pop();
        }
        Ok(())
    }

    /// Narrows the columns of every row in which something changed, until nothing changes any more.
    fn follow(&mut self, mark: usize) -> Result<bool, TooLarge> {
        let (mut next, mut looked) = (mark, 0_usize);
        while let Some(&(column, _)) = self.before.get(next) {
            next = next.saturating_add(1);
            for &(number, _) in self.rows_of.get(column).into_iter().flatten() {
                let Some(row) = self.lot.rows.get(number) else { continue };
                looked = looked.saturating_add(row.terms.len());
                self.looked = self.looked.saturating_add(row.terms.len());
                if self.looked > self.most {
                    return Err(TooLarge);
                }
                if !self.can_hold(number, row) {
                    return Ok(false);
                }
                if looked <= MOST_TERMS && !self.narrow(number, row)? {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    fn can_hold(&self, number: usize, row: &Row) -> bool {
        let Some(&(least, most)) = self.reach.get(number) else { return false };
        match row.sense {
            Sense::Le => least <= row.rhs,
            Sense::Ge => most >= row.rhs,
            Sense::Eq => least <= row.rhs && row.rhs <= most,
        }
    }

    /// Narrows the columns of a row; false when one has no value left.
    fn narrow(&mut self, number: usize, row: &Row) -> Result<bool, TooLarge> {
        for &(column, coefficient) in &row.terms {
            let Some(&(lower, upper)) = self.bounds.get(column) else { continue };
            let Some(&(least, most)) = self.reach.get(number) else { continue };
            if lower == upper || coefficient == 0 {
                continue;
            }
            let mut narrowed = (lower, upper);
            let size = mul(coefficient, coefficient.signum())?;
            // How far the column may go from the end at which the row is least, or most.
            let mut keep = |room: i128, from_low: bool| -> Result<(), TooLarge> {
                let steps = room.checked_div_euclid(size).ok_or(TooLarge)?;
                if from_low {
                    narrowed.1 = narrowed.1.min(add(lower, steps)?);
                } else {
                    narrowed.0 = narrowed.0.max(sub(upper, steps)?);
                }
                Ok(())
            };
            if row.sense != Sense::Ge {
                keep(sub(row.rhs, least)?, coefficient > 0)?;
            }
            if row.sense != Sense::Le {
                keep(sub(most, row.rhs)?, coefficient < 0)?;
            }
            if narrowed.0 > narrowed.1 {
                return Ok(false);
            }
            if narrowed != (lower, upper) {
                self.set(column, narrowed)?;
            }
        }
        Ok(self.can_hold(number, row))
    }
}
