//! When a product of powers `base^(log2 ratio)` is a fraction, and which.
//!
//! Write every base and ratio as a product of powers of 2 and of odd numbers without common factors, with logarithms
//! to base two `1, L1, L2, …`. The exponent of the whole product is then a sum of `Lj × Lk` with whole coefficients. If all that is
//! left after cancelling is a sum of single `Lj`, the product is a fraction. Otherwise it is not known to be one (and
//! by Schanuel's conjecture it is none), so its digits are left to bounds.

use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_traits::{One, Pow, Signed, ToPrimitive, Zero};

/// A positive fraction: above the bar, below the bar.
pub(super) type Fraction = (BigUint, BigUint);

/// `Π base^(log2 ratio)` when cancelling shows that it is a fraction.
pub(super) fn rational_product(factors: &[(Fraction, Fraction)]) -> Option<Fraction> {
    let numbers = factors.iter().flat_map(|(base, ratio)| [&base.0, &base.1, &ratio.0, &ratio.1]);
    let odd = coprime_basis(numbers.map(odd_part));
    let places = || 0..odd.len();
    let mut of_two = BigInt::ZERO;
    let mut single = vec![BigInt::ZERO; odd.len()];
    let mut double = vec![BigInt::ZERO; odd.len().saturating_mul(odd.len())];
    for (base, ratio) in factors {
        let (base_two, base_odd) = exponents(base, &odd);
        let (ratio_two, ratio_odd) = exponents(ratio, &odd);
        of_two += &base_two * &ratio_two;
        for (sum, (in_base, in_ratio)) in single.iter_mut().zip(base_odd.iter().zip(&ratio_odd)) {
            *sum += in_base * &ratio_two + in_ratio * &base_two;
        }
        let pairs = places().flat_map(|row| places().map(move |column| (row, column)));
        for (sum, (row, column)) in double.iter_mut().zip(pairs) {
            // Symmetric, because `Lj × Lk` and `Lk × Lj` are one number.
            *sum += pair(&base_odd, &ratio_odd, row, column) + pair(&base_odd, &ratio_odd, column, row);
        }
    }
    if double.iter().any(|coefficient| !coefficient.is_zero()) {
        return None;
    }
    let mut product = (BigUint::one(), BigUint::one());
    let two = BigUint::from(2_u32);
    for (number, exponent) in std::iter::once((&two, &of_two)).chain(odd.iter().zip(&single)) {
        let power = Pow::pow(number, exponent.magnitude().to_u32()?);
        if exponent.is_negative() { product.1 *= power } else { product.0 *= power }
    }
    Some(product)
}

/// The product of the exponent at `row` in a base and the exponent at `column` in its ratio.
fn pair(base: &[BigInt], ratio: &[BigInt], row: usize, column: usize) -> BigInt {
    match (base.get(row), ratio.get(column)) {
        (Some(in_base), Some(in_ratio)) => in_base * in_ratio,
        _ => BigInt::ZERO,
    }
}

/// `number` without its factors of two. Zero stays zero.
fn odd_part(number: &BigUint) -> BigUint {
    number >> number.trailing_zeros().unwrap_or(0)
}

/// Numbers above one, no two with a common factor, of which every one of `numbers` is a product of powers.
fn coprime_basis(numbers: impl Iterator<Item = BigUint>) -> Vec<BigUint> {
    let mut basis: Vec<BigUint> = Vec::new();
    let mut waiting: Vec<BigUint> = numbers.collect();
    // The product of all numbers here shrinks whenever two with a common factor `g` become `g` and their quotients
    // by `g`, so this ends.
    while let Some(number) = waiting.pop() {
        if number <= BigUint::one() {
            continue;
        }
        let shared = basis.iter().position(|other| !number.gcd(other).is_one());
        match shared.map(|place| basis.swap_remove(place)) {
            None => basis.push(number),
            Some(other) => {
                let common = number.gcd(&other);
                waiting.extend([number / &common, other / &common, common]);
            }
        }
    }
    basis
}

/// The exponents of 2 and of each number of the basis in `fraction`.
fn exponents(fraction: &Fraction, odd: &[BigUint]) -> (BigInt, Vec<BigInt>) {
    let two = |number: &BigUint| BigInt::from(number.trailing_zeros().unwrap_or(0));
    let each =
        odd.iter().map(|divisor| times_divided(&fraction.0, divisor) - times_divided(&fraction.1, divisor));
    (two(&fraction.0) - two(&fraction.1), each.collect())
}

/// How often `divisor`, which is above one, divides `number`, which is above zero.
fn times_divided(number: &BigUint, divisor: &BigUint) -> BigInt {
    let mut count = BigInt::ZERO;
    let mut rest = number.clone();
    while !rest.is_zero() && rest.is_multiple_of(divisor) {
        rest /= divisor;
        count += 1;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fraction(above: u32, below: u32) -> Fraction {
        (BigUint::from(above), BigUint::from(below))
    }

    type Terms = (u32, u32);

    /// The product as a fraction in lowest terms.
    fn product(factors: &[(Terms, Terms)]) -> Option<Terms> {
        let factors: Vec<_> = factors
            .iter()
            .map(|(base, ratio)| (fraction(base.0, base.1), fraction(ratio.0, ratio.1)))
            .collect();
        let (above, below) = rational_product(&factors)?;
        let common = above.gcd(&below);
        Some(((above / &common).to_u32()?, (below / common).to_u32()?))
    }

    #[test]
    fn every_way_to_a_fraction_is_seen() {
        // A ratio, then a base, that is a power of two.
        assert_eq!(product(&[((17, 10), (4, 1))]), Some((289, 100)));
        assert_eq!(product(&[((17, 10), (1, 2))]), Some((10, 17)));
        assert_eq!(product(&[((2, 1), (5, 3))]), Some((5, 3)));
        assert_eq!(product(&[((1, 4), (5, 3))]), Some((9, 25)));
        assert_eq!(product(&[((1, 1), (5, 3))]), Some((1, 1)));
        assert_eq!(product(&[]), Some((1, 1)));
        // Factors that cancel: by ratio, by base, crosswise (3^(log2 5) = 5^(log2 3)), and up to a power of two.
        assert_eq!(product(&[((17, 10), (3, 1)), ((17, 10), (1, 3))]), Some((1, 1)));
        assert_eq!(product(&[((17, 10), (3, 1)), ((10, 17), (3, 1))]), Some((1, 1)));
        assert_eq!(product(&[((3, 1), (5, 1)), ((5, 1), (1, 3))]), Some((1, 1)));
        assert_eq!(product(&[((17, 10), (6, 1)), ((17, 10), (1, 3))]), Some((17, 10)));
        assert_eq!(product(&[((9, 1), (15, 1)), ((3, 1), (1, 225))]), Some((1, 1)));
    }

    #[test]
    fn what_does_not_cancel_is_not_called_a_fraction() {
        assert_eq!(product(&[((17, 10), (3, 1))]), None);
        assert_eq!(product(&[((17, 10), (3, 1)), ((19, 10), (1, 3))]), None);
        assert_eq!(product(&[((3, 1), (3, 1))]), None);
        assert_eq!(product(&[((3, 1), (5, 1)), ((5, 1), (3, 1))]), None);
    }

    #[test]
    fn a_basis_has_no_common_factors() {
        let basis = coprime_basis([45_u32, 75, 9, 1, 49, 35].map(BigUint::from).into_iter());
        let mut basis: Vec<_> = basis.iter().filter_map(ToPrimitive::to_u32).collect();
        basis.sort_unstable();
        assert_eq!(basis, [3, 5, 7]);
    }
}
