//! Published indices multiplied, and whether they match the published change within their rounding.

use crate::money::{Fraction, NumberFault, Quantity, Ratio};

/// An index as published: `0.78`, or the change `-54.17%`. Every number within half a unit of its last digit may have
/// stood behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedIndex {
    /// As an index: 1 when nothing changed.
    pub value: Fraction,
    /// The least that may have stood behind it.
    pub least: Fraction,
    /// The most.
    pub most: Fraction,
}

/// Why a text is no published index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeFault {
    /// Not a number.
    NotANumber,
    /// An index of zero or below: a fall by 100 % or more.
    NothingLeft,
}

impl PublishedIndex {
    /// Reads `0.78`, `-36.9%` or `+52.04%`.
    ///
    /// # Errors
    /// No number in one of these forms, or nothing left of what is measured.
    pub fn parse(text: &str) -> Result<Self, ChangeFault> {
        let (number, percent) = match text.strip_suffix('%') {
            Some(number) => (number, true),
            None => (text, false),
        };
        let (sign, digits) = match (percent, number.strip_prefix(['-', '\u{2212}'])) {
            (true, Some(rest)) => (-1, rest),
            (true, None) => (1, number.strip_prefix('+').unwrap_or(number)),
            (false, _) => (1, number),
        };
        let parsed: Result<Ratio, NumberFault> = Ratio::parse(digits);
        let size = Fraction::from(parsed.map_err(|_| ChangeFault::NotANumber)?);
        let decimals = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        let decimals = u32::try_from(decimals).map_err(|_| ChangeFault::NotANumber)?;
        let half =
            Quantity::from_steps(5, decimals.saturating_add(1)).map_err(|_| ChangeFault::NotANumber)?;
        let hundredth = |value: Fraction| value.over(&Fraction::whole(100)).unwrap_or_else(Fraction::zero);
        let (size, half) = match percent {
            true => (hundredth(size), hundredth(Fraction::from(half))),
            false => (size, Fraction::from(half)),
        };
        let value = match (percent, sign) {
            (true, -1) => Fraction::one().minus(&size),
            (true, _) => Fraction::one().plus(&size),
            (false, _) => size,
        };
        if value.is_zero() || value.is_negative() {
            return Err(ChangeFault::NothingLeft);
        }
        let least = value.minus(&half);
        let least = if least.is_negative() { Fraction::zero() } else { least };
        Ok(Self { most: value.plus(&half), least, value })
    }
}

/// The product of published indices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedProduct {
    /// Of the indices as printed.
    pub product: Fraction,
    /// The least product of numbers that round to what was printed.
    pub least: Fraction,
    /// The most.
    pub most: Fraction,
    /// Whether some number that rounds to the published change lies between them; `None` when none is given.
    pub matches: Option<bool>,
}

/// Multiplies published indices, and compares them with the published change.
pub fn multiply_published(indices: &[PublishedIndex], change: Option<&PublishedIndex>) -> PublishedProduct {
    let of = |part: fn(&PublishedIndex) -> &Fraction| {
        indices.iter().fold(Fraction::one(), |product, index| product.times(part(index)))
    };
    let (least, most) = (of(|index| &index.least), of(|index| &index.most));
    let matches = change.map(|change| change.least <= most && change.most >= least);
    PublishedProduct { product: of(|index| &index.value), least, most, matches }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Rounding;

    fn product(indices: [&str; 3], change: Option<&str>) -> (String, Option<bool>) {
        let indices = indices.map(|text| PublishedIndex::parse(text).unwrap());
        let change = change.map(|text| PublishedIndex::parse(text).unwrap());
        let product = multiply_published(&indices, change.as_ref());
        (product.product.rounded(Rounding::half_up(6)).unwrap().to_string(), product.matches)
    }

    #[test]
    fn the_three_published_checks_come_out() {
        assert_eq!(product(["0.78", "0.47", "1.73"], Some("-36.9%")), ("0.634218".into(), Some(true)));
        let pilot = ["-54.17%", "-31.68%", "+92.54%"];
        assert_eq!(product(pilot, Some("0.6029")), ("0.602863".into(), Some(true)));
        let expansion = ["-40.86%", "-36.08%", "+52.04%"];
        assert_eq!(product(expansion, Some("0.5747")), ("0.574746".into(), Some(true)));
    }

    #[test]
    fn a_change_outside_the_rounding_does_not_match_and_one_at_its_edge_does() {
        // 0.5 × 1 × 1 with one digit each: from 0.45 × 0.95 × 0.95 = 0.406125 to 0.55 × 1.05 × 1.05 = 0.606375.
        let of = |change| product(["0.5", "1.0", "1.0"], Some(change)).1;
        assert_eq!((of("0.60638"), of("0.60637"), of("0.6064")), (Some(true), Some(true), Some(true)));
        assert_eq!((of("0.60639"), of("0.40612"), of("0.40611")), (Some(false), Some(true), Some(false)));
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "x", "1,2", "-0.5", "-x%", "1e3", "--1%"] {
            assert_eq!(PublishedIndex::parse(text), Err(ChangeFault::NotANumber), "{text}");
        }
        for text in ["0", "-100%", "-200%"] {
            assert_eq!(PublishedIndex::parse(text), Err(ChangeFault::NothingLeft), "{text}");
        }
        assert!(PublishedIndex::parse("-99.99%").is_ok());
    }
}
