//! From floats to whole numbers: row weights over a denominator and points, each made better by what is left over, counted
//! exactly (iterative refinement; Gleixner, Steffy and Wolter 2016).

use num_integer::Integer;
use num_traits::ToPrimitive;

use super::{Place, Simplex};
use crate::model::whole::{dot, mul};
use crate::model::{Direction, LotModel, Row, Sense};

/// Rounds of refinement.
const ROUNDS: usize = 3;

/// The largest common denominator that is looked for.
const LARGEST_DENOMINATOR: i128 = 1_000_000_000_000;

/// The largest denominator of a single weight.
const LARGEST_PART: i128 = 100_000;

impl Simplex {
    /// The weights of the rows at the present basis times a denominator, rounded, with the signs that their rows ask for.
    pub(in super::super) fn weights(&self, lot: &LotModel, denominator: i128) -> Option<Vec<i128>> {
        let mut costs = vec![0_i128; lot.columns.len()];
        for &(column, cost) in &lot.objective.terms {
            let cost =
                if lot.objective.direction == Direction::Maximise { cost.checked_neg()? } else { cost };
            *costs.get_mut(column)? = cost.checked_mul(denominator)?;
        }
        let mut weights = vec![0_i128; self.rows];
        for _ in 0..=ROUNDS {
            let mut left = costs.clone();
            for (row, &weight) in lot.rows.iter().zip(&weights).filter(|(_, weight)| **weight != 0) {
                for &(column, coefficient) in &row.terms {
                    let place = left.get_mut(column)?;
                    *place = place.checked_sub(weight.checked_mul(coefficient)?)?;
                }
            }
            let mut y = Vec::with_capacity(self.rows);
            for &head in &self.heads {
                y.push(match left.get(head) {
                    Some(left) => left.to_f64()? * self.column_unit[head] / self.cost_unit,
                    None => {
                        let row = head.checked_sub(left.len())?;
                        -weights.get(row)?.to_f64()? / (self.row_factor[row] * self.cost_unit)
                    }
                });
            }
            self.factors.backward(&mut y);
            let mut moved = false;
            for ((weight, by), factor) in weights.iter_mut().zip(y).zip(&self.row_factor) {
                let by = (by * factor * self.cost_unit).round().to_i128()?;
                *weight = weight.checked_add(by)?;
                moved = moved || by != 0;
            }
            if !moved {
                break;
            }
        }
        lot.rows.iter().zip(&mut weights).for_each(|(row, weight)| *weight = signed(row, *weight));
        Some(weights)
    }

    /// A common denominator of the weights, found from a close approximation of each; `None` when there is no small one.
    pub(in super::super) fn denominator(&self, lot: &LotModel) -> Option<i128> {
        let fine = 1_i128 << 40;
        let mut common = 1_i128;
        for weight in self.weights(lot, fine)? {
            let part = small_denominator(weight, fine)?;
            common = common.checked_mul(part.checked_div(common.gcd(&part))?)?;
            if common > LARGEST_DENOMINATOR {
                return None;
            }
        }
        Some(common)
    }

    /// The present point in whole numbers, between the given bounds.
    pub(in super::super) fn point(&self, lot: &LotModel, bounds: &[(i128, i128)]) -> Option<Vec<i128>> {
        let mut point = Vec::with_capacity(bounds.len());
        for (column, &(lower, upper)) in bounds.iter().enumerate() {
            point.push(match self.places[column] {
                Place::Lower => lower,
                Place::Upper => upper,
                Place::Basic(_) => self.value(column).round().to_i128()?.clamp(lower, upper),
            });
        }
        for _ in 0..ROUNDS {
            let mut open = Vec::with_capacity(self.rows);
            for (number, (row, factor)) in lot.rows.iter().zip(&self.row_factor).enumerate() {
                // A row whose slack is outside the basis is met exactly; another may be off by its slack.
                let slack = self.places.get(point.len().saturating_add(number));
                let off = match slack {
                    Some(Place::Basic(_)) => 0,
                    _ => row.rhs.checked_sub(dot(&row.terms, &point).ok()?)?,
                };
                open.push(off.to_f64()? * factor);
            }
            self.factors.forward(&mut open);
            let mut moved = false;
            for (&head, by) in self.heads.iter().zip(open) {
                let Some((value, &(lower, upper))) = point.get_mut(head).zip(bounds.get(head)) else {
                    continue;
                };
                let to = value.checked_add((by * self.column_unit[head]).round().to_i128()?)?;
                let to = to.clamp(lower, upper);
                moved = moved || to != *value;
                *value = to;
            }
            if !moved {
                break;
            }
        }
        Some(point)
    }

    /// How far the present value of a column is from a whole number.
    pub(in super::super) fn fraction(&self, column: usize) -> f64 {
        let value = self.value(column);
        (value - value.round()).abs()
    }
}

/// Float weights times a denominator, so that the smallest or the largest of them comes to about `size`.
pub(in super::super) fn scaled(lot: &LotModel, weights: &[f64], by: f64) -> Option<Vec<i128>> {
    let whole = |(row, weight): (&Row, &f64)| Some(signed(row, (weight * by).round().to_i128()?));
    lot.rows.iter().zip(weights).map(whole).collect()
}

/// A weight, or none where its sign does not fit its row.
fn signed(row: &Row, weight: i128) -> i128 {
    match row.sense {
        Sense::Le => weight.min(0),
        Sense::Ge => weight.max(0),
        Sense::Eq => weight,
    }
}

/// The smallest denominator of a fraction that lies within the rounding of `weight / fine` (continued fractions).
fn small_denominator(weight: i128, fine: i128) -> Option<i128> {
    let (mut above, mut below) = (weight.checked_abs()?, fine);
    let (mut before, mut here) = (0_i128, 1_i128);
    let (mut up_before, mut up) = (1_i128, above.checked_div_euclid(below)?);
    loop {
        // |weight/fine - up/here| in parts of fine times here.
        let off = mul(weight.checked_abs()?, here).ok()?.checked_sub(mul(up, fine).ok()?)?;
        if off.checked_abs()? <= here.checked_mul(2)? {
            return Some(here);
        }
        (above, below) = (below, above.checked_rem_euclid(below)?);
        if below == 0 || here > LARGEST_PART {
            return None;
        }
        let next = above.checked_div_euclid(below)?;
        (before, here) = (here, here.checked_mul(next)?.checked_add(before)?);
        (up_before, up) = (up, up.checked_mul(next)?.checked_add(up_before)?);
    }
}

#[cfg(test)]
mod tests {
    use super::small_denominator;

    #[test]
    fn finds_small_denominators() {
        let fine = 1_i128 << 40;
        assert_eq!(small_denominator(0, fine), Some(1));
        assert_eq!(small_denominator(-7 * fine, fine), Some(1));
        assert_eq!(small_denominator(fine / 3, fine), Some(3));
        assert_eq!(small_denominator(22 * fine / 7, fine), Some(7));
        assert_eq!(small_denominator(-(1_234_567 * fine / 1_024), fine), Some(1_024));
        assert_eq!(small_denominator(fine / 7 + fine / 100_000, fine), None);
    }
}
