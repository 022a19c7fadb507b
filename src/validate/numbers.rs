//! What to say of a number in a wrong form, and the right form where the text leaves no doubt.

use crate::diagnostics::Code;
use crate::money::NumberFault;

/// The code of a fault.
pub(super) fn number_code(fault: NumberFault) -> Code {
    match fault {
        NumberFault::Empty => Code::ValueMissing,
        NumberFault::ThousandsMark => Code::NumberThousandsMark,
        NumberFault::Percent => Code::NumberPercent,
        NumberFault::Exponent => Code::NumberExponent,
        NumberFault::FullWidth => Code::NumberFullWidth,
        NumberFault::TooManyDecimals { .. } => Code::NumberTooManyDecimals,
        NumberFault::Sign => Code::NumberSign,
        NumberFault::Zero => Code::NumberZero,
        NumberFault::TooLarge => Code::NumberTooLarge,
        NumberFault::NotANumber => Code::NumberMalformed,
    }
}

/// The number that `text` can only have meant, in the form that `is_right` takes.
pub(super) fn corrected(text: &str, fault: NumberFault, is_right: impl Fn(&str) -> bool) -> Option<String> {
    let text = text.trim();
    let candidate = match fault {
        NumberFault::ThousandsMark => without_thousands_marks(text)?,
        NumberFault::Exponent => {
            let (digits, exponent) = text.split_once(['e', 'E'])?;
            shifted(digits, exponent.strip_prefix('+').unwrap_or(exponent).parse().ok()?)?
        }
        NumberFault::FullWidth => text.chars().map(half_width).collect::<String>().trim().to_owned(),
        NumberFault::Sign => text.strip_prefix('+')?.to_owned(),
        NumberFault::NotANumber => completed(text),
        _ => return None,
    };
    is_right(&candidate).then_some(candidate)
}

/// `1,200.00` as `1200.00`: groups of three digits after the first, and no mark behind the point.
fn without_thousands_marks(text: &str) -> Option<String> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let mut groups = whole.split([',', '\'', '_', '\u{2019}']);
    let first = groups.next()?;
    let fits = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    fits.then(|| fraction.map_or(digits.clone(), |fraction| format!("{digits}.{fraction}")))
}

/// The decimal `text` with its point moved `places` to the right.
fn shifted(text: &str, places: i32) -> Option<String> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let far = usize::try_from(places.unsigned_abs()).ok().filter(|far| *far <= 30)?;
    let padding = "0".repeat(far);
    let (whole, fraction) = if places >= 0 {
        let padded = format!("{fraction}{padding}");
        let (moved, rest) = padded.split_at_checked(far)?;
        (format!("{whole}{moved}"), rest.to_owned())
    } else {
        let padded = format!("{padding}{whole}");
        let (rest, moved) = padded.split_at_checked(padded.len().checked_sub(far)?)?;
        (rest.to_owned(), format!("{moved}{fraction}"))
    };
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    Some(if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") })
}

/// A full-width character as its ordinary form.
pub(super) fn half_width(character: char) -> char {
    match character {
        '\u{3000}' => ' ',
        '。' => '.',
        '\u{ff01}'..='\u{ff5e}' => {
            u32::from(character).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(character)
        }
        other => other,
    }
}

/// A number without the currency around it, and with the digit that a point needs on each side.
fn completed(text: &str) -> String {
    let bare = text.trim_start_matches(['¥', '￥', '$', '€']).trim_end_matches('元').trim();
    if let Some(fraction) = bare.strip_prefix('.') {
        return format!("0.{fraction}");
    }
    bare.strip_suffix('.').unwrap_or(bare).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::UnitPrice;

    fn suggestion(text: &str) -> Option<String> {
        let fault = UnitPrice::parse_positive(text).err()?;
        corrected(text, fault, |candidate| UnitPrice::parse_positive(candidate).is_ok())
    }

    #[test]
    fn what_can_only_have_been_meant_is_suggested() {
        for (text, right) in [
            ("1,200.00", "1200.00"),
            ("1'234'567", "1234567"),
            ("1.2e3", "1200"),
            ("1.25E+1", "12.5"),
            ("4.84e-2", "0.0484"),
            ("０．０４８４", "0.0484"),
            ("+1.5", "1.5"),
            (" 1.5", "1.5"),
            (".5", "0.5"),
            ("5.", "5"),
            ("¥3.20元", "3.20"),
        ] {
            assert_eq!(suggestion(text).as_deref(), Some(right), "{text}");
        }
    }

    #[test]
    fn what_is_in_doubt_is_not() {
        for text in
            ["1,2", "1,20,000", "12,34.5", "1.200,00", "-1", "0", "1e-20", "1e", "abc", "12%", "1.5.2", "e5"]
        {
            assert_eq!(suggestion(text), None, "{text}");
        }
    }
}
