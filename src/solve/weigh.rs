//! What row weights say about a case, in whole numbers.

use super::EngineFaultKind;
use crate::model::whole::{add, ceiling, mul, sub};
use crate::model::{Direction, Link, LotModel, Purpose, RowWeights, weigh_links};

/// A lot's objective with weighted rows taken out, times the weights' denominator; as a minimum.
#[derive(Debug)]
pub(super) struct Weighed {
    /// Where the weights stand in the proof.
    pub(super) number: usize,
    pub(super) weights: RowWeights,
    constant: i128,
    left: Vec<i128>,
}

impl Weighed {
    /// Takes weighted rows out of the objective.
    pub(super) fn new(lot: &LotModel, weights: RowWeights) -> Result<Self, EngineFaultKind> {
        let RowWeights { purpose, denominator, ref rows } = weights;
        let mut left = vec![0; lot.columns.len()];
        if purpose == Purpose::Bound {
            for &(column, cost) in &lot.objective.terms {
                let cost = if lot.objective.direction == Direction::Maximise { sub(0, cost)? } else { cost };
                let place = left.get_mut(column).ok_or(EngineFaultKind::TooLarge)?;
                *place = mul(cost, denominator)?;
            }
        }
        let mut constant = 0;
        for &(number, weight) in rows {
            let row = lot.rows.get(number).ok_or(EngineFaultKind::TooLarge)?;
            constant = add(constant, mul(weight, row.rhs)?)?;
            for &(column, coefficient) in &row.terms {
                let place = left.get_mut(column).ok_or(EngineFaultKind::TooLarge)?;
                *place = sub(*place, mul(weight, coefficient)?)?;
            }
        }
        Ok(Self { number: usize::MAX, weights, constant, left })
    }

    /// The least that an award between the bounds costs, times the denominator.
    fn total(&self, links: &[Link], bounds: &[(i128, i128)]) -> Result<i128, EngineFaultKind> {
        let mut total = self.constant;
        let mut left = self.left.clone();
        weigh_links(links, bounds, &mut left)?;
        for (&left, &(lower, upper)) in left.iter().zip(bounds) {
            if left != 0 {
                total = add(total, mul(left, if left > 0 { lower } else { upper })?)?;
            }
        }
        Ok(total)
    }

    /// The bound, rounded up; `None` when the weights show that there is no award between the bounds.
    pub(super) fn least(
        &self,
        links: &[Link],
        bounds: &[(i128, i128)],
    ) -> Result<Option<i128>, EngineFaultKind> {
        let total = self.total(links, bounds)?;
        match self.weights.purpose {
            Purpose::NoAward if total > 0 => Ok(None),
            Purpose::NoAward => Ok(Some(i128::MIN)),
            Purpose::Bound => {
                Ok(Some(ceiling(total, self.weights.denominator).ok_or(EngineFaultKind::TooLarge)?))
            }
        }
    }
}
