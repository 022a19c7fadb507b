//! The price tests of a ranked award, under one name.

use super::{
    CutFromCeilingAtLeast, CutWithFewBidders, Judged, PriceAtMost, PriceAtMostInGroup, PriceAtMostLine,
    PriceLine, PriceWithinMultipleOfAnchor, PriceWithinMultipleOfLowest,
};
use crate::money::{Inexact, UnitPrice};

/// The prices that a test may compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceFacts<'a> {
    /// Price of the representative specification.
    pub comparable_price: UnitPrice,
    /// Lowest comparable price among the bids that can win.
    pub lowest: UnitPrice,
    /// The price to be held against `ceiling`: of the same specification as that.
    pub price: UnitPrice,
    /// The ceiling, when it is known.
    pub ceiling: Option<UnitPrice>,
    /// The anchor of the lot, where the rule set has one.
    pub anchor: Option<UnitPrice>,
    /// Bidders counted.
    pub bidders: u32,
    /// The group of the lot.
    pub group: Option<&'a str>,
    /// The published lines of the lot, of class A and of class B.
    pub lines: (Option<UnitPrice>, Option<UnitPrice>),
}

impl PriceFacts<'_> {
    /// A published line of the lot.
    fn line(&self, line: PriceLine) -> Option<UnitPrice> {
        match line {
            PriceLine::ClassA => self.lines.0,
            PriceLine::ClassB => self.lines.1,
        }
    }
}

/// A test of one bid's price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PriceTest {
    /// Within a multiple of the lowest.
    WithinMultipleOfLowest(PriceWithinMultipleOfLowest),
    /// Within a multiple of the anchor.
    WithinMultipleOfAnchor(PriceWithinMultipleOfAnchor),
    /// Below the ceiling by a share.
    CutFromCeilingAtLeast(CutFromCeilingAtLeast),
    /// Below the ceiling by a share, with few bidders.
    CutWithFewBidders(CutWithFewBidders),
    /// At most a fixed price.
    AtMost(PriceAtMost),
    /// At most a price fixed for the lot's group.
    AtMostInGroup(PriceAtMostInGroup),
    /// At most a line published for the lot.
    AtMostLine(PriceAtMostLine),
}

impl PriceTest {
    /// The rule's id.
    pub fn id(&self) -> &'static str {
        match self {
            Self::WithinMultipleOfLowest(_) => PriceWithinMultipleOfLowest::ID,
            Self::WithinMultipleOfAnchor(_) => PriceWithinMultipleOfAnchor::ID,
            Self::CutFromCeilingAtLeast(_) => CutFromCeilingAtLeast::ID,
            Self::CutWithFewBidders(_) => CutWithFewBidders::ID,
            Self::AtMost(_) => PriceAtMost::ID,
            Self::AtMostInGroup(_) => PriceAtMostInGroup::ID,
            Self::AtMostLine(_) => PriceAtMostLine::ID,
        }
    }

    /// Its limit, as it is written.
    pub fn limit(&self) -> String {
        match self {
            Self::WithinMultipleOfLowest(rule) => rule.multiple.to_string(),
            Self::CutFromCeilingAtLeast(rule) => rule.cut.to_string(),
            Self::WithinMultipleOfAnchor(rule) => rule.multiple.to_string(),
            Self::CutWithFewBidders(rule) => rule.cut.to_string(),
            Self::AtMost(rule) => rule.price.to_string(),
            Self::AtMostInGroup(rule) => rule.price.to_string(),
            Self::AtMostLine(rule) => rule.line.column().to_owned(),
        }
    }

    /// Whether it is a test of the same kind whose limit is the same or tighter.
    pub fn is_as_strict_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::WithinMultipleOfLowest(one), Self::WithinMultipleOfLowest(other)) => {
                one.multiple <= other.multiple
            }
            (Self::WithinMultipleOfAnchor(one), Self::WithinMultipleOfAnchor(other)) => {
                one.multiple <= other.multiple
            }
            (Self::AtMostInGroup(one), Self::AtMostInGroup(other)) => {
                one.group == other.group && one.price <= other.price
            }
            (Self::CutFromCeilingAtLeast(one), Self::CutFromCeilingAtLeast(other)) => one.cut >= other.cut,
            (Self::CutWithFewBidders(one), Self::CutWithFewBidders(other)) => {
                one.cut >= other.cut && one.bidders >= other.bidders
            }
            (Self::AtMost(one), Self::AtMost(other)) => one.price <= other.price,
            (Self::AtMostLine(one), Self::AtMostLine(other)) => one.line == other.line,
            _ => false,
        }
    }

    /// Judges one bid.
    ///
    /// # Errors
    /// [`Inexact`] when a limit needs more than 28 digits.
    pub fn judge(&self, prices: &PriceFacts) -> Result<Judged, Inexact> {
        match self {
            Self::WithinMultipleOfLowest(rule) => rule.judge(prices.comparable_price, prices.lowest),
            Self::WithinMultipleOfAnchor(rule) => rule.judge(prices.comparable_price, prices.anchor),
            Self::CutFromCeilingAtLeast(rule) => Ok(rule.judge(prices.price, prices.ceiling)),
            Self::CutWithFewBidders(rule) => Ok(rule.judge(prices.price, prices.ceiling, prices.bidders)),
            Self::AtMost(rule) => Ok(rule.judge(prices.comparable_price)),
            Self::AtMostInGroup(rule) => Ok(rule.judge(prices.comparable_price, prices.group)),
            Self::AtMostLine(rule) => Ok(rule.judge(prices.comparable_price, prices.line(rule.line))),
        }
    }
}
