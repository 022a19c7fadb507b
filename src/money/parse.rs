//! The strict number parser: digits and one point, nothing guessed.

use rust_decimal::Decimal;

use super::decimal::from_parts;

/// Why a text is not a number in the form that tender files require.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberFault {
    /// Nothing, or only blanks.
    Empty,
    /// A thousands mark, as in `1,200.00`.
    ThousandsMark,
    /// A percent sign.
    Percent,
    /// An exponent, as in `1e3`.
    Exponent,
    /// Full-width digits or signs, as in `０．０４`.
    FullWidth,
    /// More decimals than the place allows.
    TooManyDecimals {
        /// How many it allows.
        allowed: u32,
    },
    /// Below zero where that makes no sense, or a sign where none belongs.
    Sign,
    /// Zero where only a positive number makes sense.
    Zero,
    /// More digits than can be computed with exactly.
    TooLarge,
    /// Anything else.
    NotANumber,
}

/// Digits allowed before the point: prices and volumes beyond this are typing errors, and the limit keeps products exact.
const WHOLE_DIGITS: usize = 14;

/// Reads `text` as a number that is zero or positive, with at most `decimals` digits after the point.
pub(super) fn parse_decimal(text: &str, decimals: u32) -> Result<Decimal, NumberFault> {
    if text.trim().is_empty() {
        return Err(NumberFault::Empty);
    }
    if let Some(fault) = text.chars().find_map(foreign_character) {
        return Err(fault);
    }
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let digits_only = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits_only(whole) || fraction.is_some_and(|part| !digits_only(part)) {
        return Err(NumberFault::NotANumber);
    }
    let fraction = fraction.unwrap_or("");
    let scale = u32::try_from(fraction.len()).map_err(|_| NumberFault::TooLarge)?;
    if scale > decimals {
        return Err(NumberFault::TooManyDecimals { allowed: decimals });
    }
    if whole.trim_start_matches('0').len() > WHOLE_DIGITS {
        return Err(NumberFault::TooLarge);
    }
    let mantissa = format!("{whole}{fraction}").parse::<i128>().map_err(|_| NumberFault::TooLarge)?;
    from_parts(mantissa, scale).map_err(|_| NumberFault::TooLarge)
}

/// The fault that a character outside digits and point stands for.
fn foreign_character(character: char) -> Option<NumberFault> {
    match character {
        '0'..='9' | '.' => None,
        ',' | '\'' | '_' | '\u{2019}' => Some(NumberFault::ThousandsMark),
        '%' | '‰' => Some(NumberFault::Percent),
        'e' | 'E' => Some(NumberFault::Exponent),
        '-' | '+' | '\u{2212}' => Some(NumberFault::Sign),
        '\u{ff01}'..='\u{ff5e}' | '\u{3000}' | '。' => Some(NumberFault::FullWidth),
        _ => Some(NumberFault::NotANumber),
    }
}
