//! A scale of money with round marks.

use super::sheet::part;
use crate::money::Money;
use crate::report::about::{About, about};
use crate::text::Language;

/// Decimals of the steps that a scale counts in.
const DIGITS: u32 = 2;
/// Digits of the largest of some amounts: what is drawn is read no finer.
const SIGNIFICANT: u32 = 4;
/// Most steps between the ends.
const STEPS: i128 = 5;

/// A scale from one amount to another, both round.
pub(super) struct Scale {
    from: Money,
    length: Money,
    /// The marks, from the least.
    pub marks: Vec<Money>,
}

impl Scale {
    /// A scale that holds every amount; `None` when there is nothing to hold.
    pub fn of(amounts: impl Iterator<Item = Money> + Clone) -> Option<Self> {
        let least = amounts.clone().min()?.rounded(crate::money::Rounding::half_up(DIGITS)).ok()?;
        let most = amounts.max()?.rounded(crate::money::Rounding::half_up(DIGITS)).ok()?;
        let (least, most) = (least.in_steps(DIGITS)?, most.in_steps(DIGITS)?);
        let step = round_step(most.checked_sub(least)?.max(1))?;
        let first = least.checked_div_euclid(step)?.checked_mul(step)?;
        let last = most.checked_add(step)?.checked_sub(1)?.checked_div_euclid(step)?.checked_mul(step)?;
        let last = if last == first { first.checked_add(step)? } else { last };
        let mut marks = Vec::new();
        let mut at = first;
        while at <= last {
            marks.push(Money::from_steps(at, DIGITS).ok()?);
            at = at.checked_add(step)?;
        }
        let from = *marks.first()?;
        let length = marks.last()?.minus(from).ok()?;
        Some(Self { from, length, marks })
    }

    /// The place of an amount as a share of the scale.
    pub fn at(&self, amount: Money) -> f64 {
        amount.minus(self.from).map_or(0.0, |above| part(above, self.length))
    }
}

/// The least of 1, 2 and 5 times a power of ten that makes few enough steps.
fn round_step(range: i128) -> Option<i128> {
    let mut power: i128 = 1;
    loop {
        for times in [1, 2, 5] {
            let step = power.checked_mul(times)?;
            if range <= step.checked_mul(STEPS)? {
                return Some(step);
            }
        }
        power = power.checked_mul(10)?;
    }
}

/// Amounts in one unit and in few digits; and the unit with its currency.
pub(super) fn in_one_unit(amounts: &[Money], currency: &str, language: Language) -> (Vec<String>, String) {
    let About { cells, unit } = about(amounts, SIGNIFICANT, currency, language);
    (cells, unit)
}

/// Without zeros at the end.
pub(super) fn trimmed(cell: &str) -> &str {
    if cell.contains('.') { cell.trim_end_matches('0').trim_end_matches('.') } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        match text.strip_prefix('-') {
            Some(rest) => Money::ZERO.minus(Money::parse(rest).unwrap()).unwrap(),
            None => Money::parse(text).unwrap(),
        }
    }

    fn marks(amounts: &[&str]) -> Vec<String> {
        let amounts: Vec<Money> = amounts.iter().map(|amount| money(amount)).collect();
        let scale = Scale::of(amounts.iter().copied()).unwrap();
        let inside = |amount: &Money| (0.0..=1.0).contains(&scale.at(*amount));
        assert!(amounts.iter().all(inside));
        scale.marks.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn marks_are_round_and_hold_everything() {
        assert_eq!(marks(&["0", "43"]), ["0.00", "10.00", "20.00", "30.00", "40.00", "50.00"]);
        assert_eq!(marks(&["-7", "12"]), ["-10.00", "-5.00", "0.00", "5.00", "10.00", "15.00"]);
        assert_eq!(marks(&["5", "5"]), ["5.00", "5.01"]);
        assert_eq!(marks(&["0", "100"]), ["0.00", "20.00", "40.00", "60.00", "80.00", "100.00"]);
        assert!(Scale::of(std::iter::empty()).is_none());
    }

    #[test]
    fn only_zeros_after_the_point_are_left_out() {
        assert_eq!(["20.00", "2.50", "200", "0.00"].map(trimmed), ["20", "2.5", "200", "0"]);
    }
}
