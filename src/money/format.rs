//! How exact numbers are printed: plain digits, never an exponent, never rounded.

use rust_decimal::Decimal;

/// `value` in full, with at least `decimals` digits after the point.
pub(super) fn plain(value: Decimal, decimals: u32) -> String {
    let mut value = value.normalize();
    if value.scale() < decimals {
        value.rescale(decimals);
    }
    value.to_string()
}
