//! Anchors: prices of the lot itself that limits are measured from.

use super::{AnchorBelowMean, AnchorOfLowest, AnchorOfMean, Judged};
use crate::money::{Inexact, Ratio, Rounding, UnitPrice};
use crate::tender::Reason;

/// Whose prices an anchor is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnchorSet {
    /// All bids that are ranked.
    Ranked,
    /// Those within the places.
    Shortlisted,
}

impl AnchorSet {
    /// The words in a rule set.
    pub const WORDS: &'static [(&'static str, Self)] =
        &[("ranked", Self::Ranked), ("shortlisted", Self::Shortlisted)];

    /// The word in a rule set.
    pub fn name(self) -> &'static str {
        Self::WORDS.iter().find(|(_, set)| *set == self).map_or("", |(word, _)| word)
    }
}

/// The comparable prices that anchors are taken from, each from the lowest up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnchorPrices<'a> {
    /// Of all ranked bids.
    pub ranked: &'a [UnitPrice],
    /// Of those within the places.
    pub shortlisted: &'a [UnitPrice],
}

impl<'a> AnchorPrices<'a> {
    /// The prices of a set.
    pub fn of(&self, set: AnchorSet) -> &'a [UnitPrice] {
        match set {
            AnchorSet::Ranked => self.ranked,
            AnchorSet::Shortlisted => self.shortlisted,
        }
    }
}

/// One of the prices that an anchor is chosen from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnchorTerm {
    /// The lowest, times a constant.
    OfLowest(AnchorOfLowest),
    /// The mean, times a constant.
    OfMean(AnchorOfMean),
    /// The mean less standard deviations.
    BelowMean(AnchorBelowMean),
}

impl AnchorTerm {
    /// The rule's id.
    pub fn id(&self) -> &'static str {
        match self {
            Self::OfLowest(_) => AnchorOfLowest::ID,
            Self::OfMean(_) => AnchorOfMean::ID,
            Self::BelowMean(_) => AnchorBelowMean::ID,
        }
    }

    /// The price with the numbers that it comes from; `None` when there are too few prices.
    ///
    /// # Errors
    /// [`Inexact`] when a number needs more than 28 digits.
    pub fn value(&self, prices: AnchorPrices) -> Result<Option<(UnitPrice, Judged)>, Inexact> {
        match self {
            Self::OfLowest(rule) => rule.value(prices.of(rule.set)),
            Self::OfMean(rule) => rule.value(prices.of(rule.set)),
            Self::BelowMean(rule) => rule.value(prices.of(rule.set)),
        }
    }
}

/// The anchor of a lot, with the steps that led to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The price.
    pub price: UnitPrice,
    /// What each rule said.
    pub steps: Vec<Reason>,
}

/// A price times a constant, rounded.
pub(super) fn times(price: UnitPrice, multiple: Ratio, rounding: Rounding) -> Result<UnitPrice, Inexact> {
    price.scaled(multiple)?.rounded(rounding)
}
