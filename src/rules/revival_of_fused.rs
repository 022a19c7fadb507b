//! Rule `revival-of-fused`.

use super::Judged;
use super::anchor::times;
use crate::money::{Inexact, Ratio, Rounding, UnitPrice};
use crate::tender::Fact;

/// What the revival price is measured from when one bid alone passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SoleBase {
    /// That bid's price.
    Price,
    /// The anchor of the lot.
    Anchor,
}

impl SoleBase {
    /// The words in a rule set.
    pub const WORDS: &'static [(&'static str, Self)] = &[("price", Self::Price), ("anchor", Self::Anchor)];
}

/// A shortlisted bid that failed the price tests wins if it lowers to the price of those that passed.
///
/// # What it checks
/// Whether the bidder accepts the revival price (`accepts_revival` in `bids.csv`): the highest price of the shortlisted bids
/// that passed; where one alone passed, `sole_multiple` times that bid's price or times the anchor, rounded. Who accepts
/// wins at that price, after those that passed. Who declines does not win. A blank answer is unknown: the lot waits for it.
/// Where no bid passed there is no price to lower to, and the rule is not applicable.
///
/// # Why
/// A firm that misjudged the others gets a second chance at their price, and patients get more suppliers.
///
/// # Parameters
/// - `sole_multiple` (ratio): how many times the base, where one bid alone passed.
/// - `sole_base` (choice): `price` or `anchor`.
/// - `rounding` (rounding): steps of the price where one alone passed.
///
/// # Example
/// A 0.2000 and B 0.8000 passed, C 0.9000 did not: C wins at 0.8000 if it accepts. Had A passed alone, C would have to
/// accept 1.8 × 0.2000 = 0.3600.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevivalOfFused {
    /// How many times the base, where one bid alone passed.
    pub sole_multiple: Ratio,
    /// What that is measured from.
    pub sole_base: SoleBase,
    /// Steps of the price where one bid alone passed.
    pub rounding: Rounding,
}

impl RevivalOfFused {
    /// The rule's id.
    pub const ID: &'static str = "revival-of-fused";

    /// The price to be accepted, from the prices of the bids that passed; `None` when none passed, or when there is no anchor to
    /// measure from.
    ///
    /// # Errors
    /// [`Inexact`] when it needs more than 28 digits.
    pub fn price(
        &self,
        passed: &[UnitPrice],
        anchor: Option<UnitPrice>,
    ) -> Result<Option<UnitPrice>, Inexact> {
        let [sole] = passed else { return Ok(passed.iter().max().copied()) };
        let base = match self.sole_base {
            SoleBase::Price => Some(*sole),
            SoleBase::Anchor => anchor,
        };
        base.map(|base| times(base, self.sole_multiple, self.rounding)).transpose()
    }

    /// Judges a bid that failed a price test; `passed` is how many did not.
    pub fn judge(
        &self,
        comparable_price: UnitPrice,
        price: Option<UnitPrice>,
        passed: usize,
        accepts: Option<bool>,
    ) -> Judged {
        let mut facts =
            vec![Fact::new("comparable_price", comparable_price), Fact::new("passed_bids", passed)];
        let Some(price) = price else { return Judged::not_applicable(facts) };
        facts.push(Fact::new("revival_price", price));
        match accepts {
            Some(accepts) => Judged::when(accepts, facts),
            None => {
                facts.push(Fact::new("answer", "missing"));
                Judged::not_applicable(facts)
            }
        }
    }
}
