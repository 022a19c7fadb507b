//! Exact arithmetic on decimals: the result is exact or there is none.
//!
//! `rust_decimal`'s own operators round silently past 28 digits (its `checked_mul` can even return zero for two tiny
//! factors), so sums and products go through 128-bit mantissas here.

use std::fmt;

use rust_decimal::Decimal;

/// A sum or product needs more than 28 digits and would have been rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inexact;

impl fmt::Display for Inexact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the exact result needs more than 28 digits")
    }
}

impl std::error::Error for Inexact {}

/// 10 to the power `exponent`, if it fits.
pub(super) fn ten_to(exponent: u32) -> Option<i128> {
    10_i128.checked_pow(exponent)
}

/// The decimal `mantissa / 10^scale`, trailing zeros removed, if it can be held exactly.
pub(super) fn from_parts(mut mantissa: i128, mut scale: u32) -> Result<Decimal, Inexact> {
    while scale > 0 && mantissa.checked_rem(10) == Some(0) {
        mantissa = mantissa.checked_div(10).ok_or(Inexact)?;
        scale = scale.saturating_sub(1);
    }
    Decimal::try_from_i128_with_scale(mantissa, scale).map_err(|_| Inexact)
}

/// The mantissa of `value` when written with exactly `scale` decimals; `None` when it has more.
pub(super) fn mantissa_at(value: Decimal, scale: u32) -> Option<i128> {
    let value = value.normalize();
    let missing = scale.checked_sub(value.scale())?;
    value.mantissa().checked_mul(ten_to(missing)?)
}

/// Exact sum.
pub(super) fn add(a: Decimal, b: Decimal) -> Result<Decimal, Inexact> {
    let scale = a.normalize().scale().max(b.normalize().scale());
    let a = mantissa_at(a, scale).ok_or(Inexact)?;
    let b = mantissa_at(b, scale).ok_or(Inexact)?;
    from_parts(a.checked_add(b).ok_or(Inexact)?, scale)
}

/// Exact difference.
pub(super) fn subtract(a: Decimal, b: Decimal) -> Result<Decimal, Inexact> {
    let mut negated = b;
    negated.set_sign_negative(!b.is_sign_negative());
    add(a, negated)
}

/// Exact product.
pub(super) fn multiply(a: Decimal, b: Decimal) -> Result<Decimal, Inexact> {
    let (a, b) = (a.normalize(), b.normalize());
    let mantissa = a.mantissa().checked_mul(b.mantissa()).ok_or(Inexact)?;
    from_parts(mantissa, a.scale().checked_add(b.scale()).ok_or(Inexact)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    #[test]
    fn a_product_too_small_to_hold_is_refused_not_zero() {
        let tiny = decimal("0.000000000000001");
        assert_eq!(multiply(tiny, tiny), Err(Inexact));
    }

    #[test]
    fn products_and_sums_are_exact() {
        assert_eq!(multiply(decimal("0.1"), decimal("0.2")), Ok(decimal("0.02")));
        assert_eq!(multiply(decimal("134623829.7544"), decimal("100")), Ok(decimal("13462382975.44")));
        assert_eq!(add(decimal("0.10"), decimal("-0.1")), Ok(decimal("0")));
        assert_eq!(subtract(decimal("1"), decimal("0.0001")), Ok(decimal("0.9999")));
    }

    #[test]
    fn a_sum_past_28_digits_is_refused() {
        assert_eq!(add(decimal("79228162514264337593543950335"), decimal("1")), Err(Inexact));
        assert_eq!(add(decimal("79228162514264337593543950335"), decimal("0.1")), Err(Inexact));
    }
}
