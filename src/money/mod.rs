//! Exact money, prices, volumes and ratios; the only place that rounds or divides.
//!
//! Each quantity of the field has its own type, so that a price cannot be added to a volume. All are decimals of at
//! most 28 digits. Addition, subtraction and multiplication are exact or they fail with [`Inexact`]; division exists
//! only together with a named [`Rounding`].

mod coprime;
mod decimal;
mod deviation;
mod format;
mod fraction;
mod interval;
mod parse;
mod power;
mod proportion;
mod quantities;
mod round;
mod split;

pub use decimal::Inexact;
pub use deviation::DeviationDivisor;
pub use fraction::{Fraction, split_money, split_volume};
pub use parse::NumberFault;
pub use power::{ConversionFault, power_factor_product, power_factor_quotient};
pub use proportion::Proportion;
pub use quantities::{Money, Quantity, Ratio, UnitPrice};
pub use round::{Rounding, RoundingMode};
pub use split::split_largest_remainder;
