//! Splitting a whole into parts that add up to it exactly.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{ToPrimitive, Zero};

use super::decimal::{Inexact, from_parts, mantissa_at};
use super::quantities::Quantity;

/// Splits `total` in proportion to `weights`, in steps of `10^-digits`, by the largest remainder (Hamilton's method).
///
/// Equal remainders go to the earlier weight, so the caller states the order. A part whose weight is zero gets nothing.
/// The parts add up to `total` exactly.
///
/// # Errors
/// [`Inexact`] when `total` is finer than the steps, all weights are zero, or a number cannot be held.
pub fn split_largest_remainder(
    total: Quantity,
    weights: &[Quantity],
    digits: u32,
) -> Result<Vec<Quantity>, Inexact> {
    let steps = BigInt::from(mantissa_at(total.decimal(), digits).ok_or(Inexact)?);
    let scale = weights.iter().map(|weight| weight.decimal().normalize().scale()).max().unwrap_or(0);
    let weights = weights
        .iter()
        .map(|weight| mantissa_at(weight.decimal(), scale).map(BigInt::from).ok_or(Inexact))
        .collect::<Result<Vec<_>, _>>()?;
    let sum: BigInt = weights.iter().sum();
    if sum.is_zero() {
        return if steps.is_zero() { Ok(vec![Quantity::ZERO; weights.len()]) } else { Err(Inexact) };
    }
    let mut parts = Vec::with_capacity(weights.len());
    let mut remainders = Vec::with_capacity(weights.len());
    for (place, weight) in weights.iter().enumerate() {
        let (part, remainder) = (&steps * weight).div_rem(&sum);
        parts.push(part);
        remainders.push((remainder, place));
    }
    let given: BigInt = parts.iter().sum();
    let left = (&steps - given).to_usize().ok_or(Inexact)?;
    remainders.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    for (_, place) in remainders.iter().take(left) {
        if let Some(part) = parts.get_mut(*place) {
            part.inc();
        }
    }
    parts
        .iter()
        .map(|part| Ok(Quantity::from_decimal(from_parts(part.to_i128().ok_or(Inexact)?, digits)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(text: &str) -> Quantity {
        Quantity::parse(text).unwrap()
    }

    #[test]
    fn parts_add_up_and_the_largest_remainder_comes_first() {
        let weights = [quantity("2"), quantity("1")];
        let parts = split_largest_remainder(quantity("200"), &weights, 2).unwrap();
        assert_eq!(parts, [quantity("133.33"), quantity("66.67")]);
        let thirds = [quantity("1"), quantity("1"), quantity("1")];
        let parts = split_largest_remainder(quantity("100"), &thirds, 0).unwrap();
        assert_eq!(parts, [quantity("34"), quantity("33"), quantity("33")]);
    }

    #[test]
    fn a_zero_weight_gets_nothing_and_no_weight_is_refused() {
        let parts = split_largest_remainder(quantity("7"), &[quantity("0"), quantity("3")], 0).unwrap();
        assert_eq!(parts, [quantity("0"), quantity("7")]);
        assert!(split_largest_remainder(quantity("7"), &[quantity("0")], 0).is_err());
    }
}
