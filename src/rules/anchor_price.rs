//! Rule `anchor-price`.

use super::anchor::{Anchor, AnchorPrices, AnchorTerm};
use super::{Cited, Judged};
use crate::money::Inexact;
use crate::tender::Fact;

/// Which of several prices counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    /// The highest.
    Highest,
    /// The lowest.
    Lowest,
}

impl Join {
    /// The words in a rule set.
    pub const WORDS: &'static [(&'static str, Self)] =
        &[("highest", Self::Highest), ("lowest", Self::Lowest)];

    /// The word in a rule set.
    pub fn name(self) -> &'static str {
        Self::WORDS.iter().find(|(_, join)| *join == self).map_or("", |(word, _)| word)
    }
}

/// Joins an anchor's terms.
///
/// # What it checks
/// Nothing by itself; it takes the highest (or the lowest) of the prices that the anchor rules of the set give.
///
/// # Why
/// One very low bid must not shut out all the others: an anchor that is at least half of the mean, say, keeps the limit
/// near what most firms bid.
///
/// # Parameters
/// - `join` (choice): `highest` or `lowest`.
///
/// # Example
/// The lowest is 0.2000 and half of the mean is 0.4625: the highest of both, 0.4625, is the anchor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnchorPrice {
    /// Which of the prices is the anchor.
    pub join: Join,
}

impl AnchorPrice {
    /// The rule's id.
    pub const ID: &'static str = "anchor-price";

    /// The anchor from the terms; `None` when none of them has a price. A term without a price is left out.
    ///
    /// # Errors
    /// [`Inexact`] when a number needs more than 28 digits.
    pub fn anchor(
        &self,
        cite: &str,
        terms: &[Cited<AnchorTerm>],
        prices: AnchorPrices,
    ) -> Result<Option<Anchor>, Inexact> {
        let mut found = Vec::new();
        let mut steps = Vec::new();
        for term in terms {
            if let Some((price, judged)) = term.rule.value(prices)? {
                found.push(price);
                steps.push(judged.recorded(term.rule.id(), term.cite.clone()));
            }
        }
        let joined = match self.join {
            Join::Highest => found.into_iter().max(),
            Join::Lowest => found.into_iter().min(),
        };
        Ok(joined.map(|price| {
            let facts = vec![Fact::new("anchor_join", self.join.name()), Fact::new("anchor", price)];
            steps.push(Judged::when(true, facts).recorded(Self::ID, cite));
            Anchor { price, steps }
        }))
    }
}
