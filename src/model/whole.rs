//! Checked whole-number arithmetic: a sum that leaves 128 bits is an error, never a wrong number.

use std::cmp::Ordering;

/// A whole number left the range of 128 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge;

/// `a + b`.
///
/// # Errors
/// [`TooLarge`] when the sum does not fit.
pub fn add(a: i128, b: i128) -> Result<i128, TooLarge> {
    a.checked_add(b).ok_or(TooLarge)
}

/// `a - b`.
///
/// # Errors
/// [`TooLarge`] when the difference does not fit.
pub fn sub(a: i128, b: i128) -> Result<i128, TooLarge> {
    a.checked_sub(b).ok_or(TooLarge)
}

/// `a * b`.
///
/// # Errors
/// [`TooLarge`] when the product does not fit.
pub fn mul(a: i128, b: i128) -> Result<i128, TooLarge> {
    a.checked_mul(b).ok_or(TooLarge)
}

/// The sum of all numbers.
///
/// # Errors
/// [`TooLarge`] when a partial sum does not fit.
pub fn sum(numbers: impl IntoIterator<Item = i128>) -> Result<i128, TooLarge> {
    numbers.into_iter().try_fold(0, add)
}

/// The value of a row or an objective: the sum of coefficient times column value.
///
/// # Errors
/// [`TooLarge`] when a product or a partial sum does not fit, or when a term names a column that has no value.
pub fn dot(terms: &[(usize, i128)], values: &[i128]) -> Result<i128, TooLarge> {
    terms.iter().try_fold(0, |total, &(column, coefficient)| {
        add(total, mul(coefficient, *values.get(column).ok_or(TooLarge)?)?)
    })
}

/// The smallest whole number that is not below `numerator / denominator`; `None` unless the denominator is positive.
pub fn ceiling(numerator: i128, denominator: i128) -> Option<i128> {
    if denominator <= 0 {
        return None;
    }
    let floor = numerator.checked_div_euclid(denominator)?;
    match numerator.checked_rem_euclid(denominator)?.cmp(&0) {
        Ordering::Equal => Some(floor),
        _ => floor.checked_add(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ceilings_round_up_on_both_sides_of_zero() {
        assert_eq!(ceiling(7, 2), Some(4));
        assert_eq!(ceiling(8, 2), Some(4));
        assert_eq!(ceiling(-7, 2), Some(-3));
        assert_eq!(ceiling(-8, 2), Some(-4));
        assert_eq!(ceiling(1, 0), None);
        assert_eq!(ceiling(1, -2), None);
    }

    #[test]
    fn a_sum_that_does_not_fit_is_an_error() {
        assert_eq!(sum([i128::MAX, 1]), Err(TooLarge));
        assert_eq!(dot(&[(0, 2)], &[i128::MAX]), Err(TooLarge));
        assert_eq!(dot(&[(3, 2)], &[1]), Err(TooLarge));
        assert_eq!(dot(&[(0, 2), (1, -3)], &[5, 4]), Ok(-2));
    }
}
