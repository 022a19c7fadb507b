//! Exact decimals for checking sums, written apart from the product's own numbers.

use std::cmp::Ordering;
use std::fmt;

/// `steps × 10^-digits`.
#[derive(Debug, Clone, Copy)]
pub struct Decimal {
    steps: i128,
    digits: u32,
}

impl Decimal {
    pub const ZERO: Self = Self { steps: 0, digits: 0 };

    pub fn whole(number: i128) -> Self {
        Self { steps: number, digits: 0 }
    }

    /// Reads what award.json and the tables hold; anything else stops the test.
    pub fn read(text: &str) -> Self {
        let (sign, unsigned) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, part) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let steps: i128 = format!("{whole}{part}").parse().unwrap_or_else(|_| panic!("no decimal: {text:?}"));
        Self { steps: sign * steps, digits: u32::try_from(part.len()).unwrap() }
    }

    fn at(self, digits: u32) -> i128 {
        self.steps.checked_mul(10_i128.pow(digits - self.digits)).unwrap()
    }

    pub fn plus(self, other: Self) -> Self {
        let digits = self.digits.max(other.digits);
        Self { steps: self.at(digits).checked_add(other.at(digits)).unwrap(), digits }
    }

    pub fn minus(self, other: Self) -> Self {
        self.plus(Self { steps: -other.steps, ..other })
    }

    pub fn times(self, other: Self) -> Self {
        Self { steps: self.steps.checked_mul(other.steps).unwrap(), digits: self.digits + other.digits }
    }

    /// The quotient of two numbers that are not negative, half a step rounded up.
    pub fn over(self, other: Self, digits: u32) -> Self {
        let shift = self.digits.max(other.digits);
        let (above, below) = (self.at(shift).checked_mul(10_i128.pow(digits)).unwrap(), other.at(shift));
        Self { steps: (2 * above + below) / (2 * below), digits }
    }

    /// A number that is not negative in steps of `10^-digits`, half a step rounded up.
    pub fn rounded(self, digits: u32) -> Self {
        self.over(Self::whole(1), digits)
    }

    pub fn sum(parts: impl Iterator<Item = Self>) -> Self {
        parts.fold(Self::ZERO, Self::plus)
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.minus(*other).steps.cmp(&0)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = usize::try_from(self.digits).unwrap() + 1;
        let text = format!("{:0width$}", self.steps.unsigned_abs());
        let (whole, part) = text.split_at(text.len() + 1 - width);
        let sign = if self.steps < 0 { "-" } else { "" };
        if part.is_empty() { write!(out, "{sign}{whole}") } else { write!(out, "{sign}{whole}.{part}") }
    }
}

#[test]
fn decimals_are_exact() {
    let text = |number: Decimal| number.to_string();
    assert_eq!(text(Decimal::read("-0.05").plus(Decimal::read("1"))), "0.95");
    assert_eq!(text(Decimal::read("0.05").minus(Decimal::read("1.000"))), "-0.950");
    assert_eq!(text(Decimal::read("0.8840").over(Decimal::read("1.7"), 4)), "0.5200");
    assert_eq!(["0.04", "0.05", "0.14"].map(|it| text(Decimal::read(it).rounded(1))), ["0.0", "0.1", "0.1"]);
    assert!(Decimal::read("1.50") == Decimal::read("1.5") && Decimal::read("1.51") > Decimal::read("1.5"));
}
