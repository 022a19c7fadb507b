//! Rule `preference-margin`.

use super::Judged;
use crate::money::{Inexact, Ratio, Rounding, UnitPrice};
use crate::tender::{Fact, Verdict};

/// What a blank in a column of preferences means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blank {
    /// Nothing is claimed.
    NotClaimed,
    /// It is an error.
    Refuse,
}

impl Blank {
    /// The words in a rule set.
    pub const WORDS: &'static [(&'static str, Self)] =
        &[("none", Self::NotClaimed), ("refuse", Self::Refuse)];
}

/// Prices of bids without preference are raised by a margin before they are compared.
///
/// # What it checks
/// Nothing; it gives the price that is compared: of a bid that is `preferred` its comparable price, of every other the
/// comparable price with the margin, rounded. Ranks and points go by that price; ceiling, price tests, award and value
/// go by the real one. Where no bid of the lot is preferred, nothing is added to any. What a blank in `preferred` means is stated: not preferred, or an error.
///
/// # Why
/// A buyer may pay up to the margin more for what it prefers, for instance goods made at home, and not a cent beyond it.
///
/// # Parameters
/// - `margin` (share): what is added to the price of a bid without preference.
/// - `blank` (choice): `none`, a blank is not preferred; or `refuse`, a blank is an error.
/// - `rounding` (rounding): steps of the compared price.
///
/// # Example
/// Margin 0.1: A, preferred, at 1.0900 is compared at 1.0900; B, not preferred, at 1.0000 at 1.1000: A ranks first and is
/// paid 1.0900.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreferenceMargin {
    /// What is added to the price of a bid without preference.
    pub margin: Ratio,
    /// What a blank means.
    pub blank: Blank,
    /// Steps of the compared price.
    pub rounding: Rounding,
}

impl PreferenceMargin {
    /// The rule's id.
    pub const ID: &'static str = "preference-margin";

    /// The price that is compared, and what is recorded of it.
    ///
    /// # Errors
    /// [`Inexact`] when it needs more than 28 digits.
    pub fn compared(
        &self,
        comparable_price: UnitPrice,
        preferred: bool,
    ) -> Result<(UnitPrice, Judged), Inexact> {
        let mut facts = vec![Fact::new("comparable_price", comparable_price)];
        if preferred {
            return Ok((comparable_price, Judged { verdict: Verdict::Pass, facts }));
        }
        let raised = comparable_price.scaled(Ratio::ONE.plus(self.margin)?)?.rounded(self.rounding)?;
        facts.push(Fact::new("margin", self.margin));
        facts.push(Fact::new("compared_price", raised));
        Ok((raised, Judged { verdict: Verdict::Pass, facts }))
    }
}
