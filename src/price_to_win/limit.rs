//! Limits that move with the subject's own price.
//!
//! A limit such as 1.8 times the mean rises with the price that it limits. Compared as two spans, the two would seem to meet
//! wherever they run beside each other. But each part of such a limit is, up to rounding, a straight line in the price, or bends
//! downwards; so where it lies clear of the price at both ends of a span, it does so in all of it.

use super::span::{Span, Stop};
use crate::money::{Inexact, Ratio, Rounding, UnitPrice};
use crate::rules::Join;

/// One part of a limit while the subject's price lies in a span.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    /// Its value at the low end and at the high end.
    pub(super) ends: (UnitPrice, UnitPrice),
    /// What holds its value everywhere in the span.
    pub(super) span: Span,
    /// Whether it is a straight line up to rounding; else it bends downwards.
    pub(super) straight: bool,
    /// Whether it is a multiple of the subject's own price by at least one, on a grid no coarser than its price.
    pub(super) above_own: bool,
    /// How far rounding can move it.
    pub(super) error: UnitPrice,
}

/// Parts of which the highest or the lowest counts.
#[derive(Debug, Clone)]
pub(super) struct Limit {
    pub(super) parts: Vec<Part>,
    pub(super) join: Join,
}

impl Part {
    /// A part that is a multiple of a price.
    pub(super) fn of(price: Span, is_own: bool, digits: u32) -> Self {
        Self {
            ends: (price.low, price.high),
            span: price,
            straight: true,
            above_own: is_own && price.low.decimals().max(price.high.decimals()) <= digits,
            error: UnitPrice::ZERO,
        }
    }

    /// The part times a multiple, rounded; `digits` are those of comparable prices.
    pub(super) fn times(self, multiple: Ratio, rounding: Rounding, digits: u32) -> Result<Self, Stop> {
        let times =
            |price: UnitPrice| -> Result<UnitPrice, Inexact> { price.scaled(multiple)?.rounded(rounding) };
        let unit = UnitPrice::from_steps(1, rounding.digits)?;
        Ok(Self {
            ends: (times(self.ends.0)?, times(self.ends.1)?),
            span: self.span.rising(times)?,
            straight: self.straight,
            above_own: self.above_own && multiple >= Ratio::ONE && rounding.digits >= digits,
            error: self.error.scaled(multiple)?.plus(unit)?,
        })
    }

    /// Whether the subject's price is at most this part.
    pub(super) fn holds(&self, own: Span) -> Result<bool, Stop> {
        if self.above_own {
            return Ok(true);
        }
        let undecided = match own.at_most(self.span) {
            Err(stop) if !own.is_point() => stop,
            decided => return decided,
        };
        let slack = self.error.plus(self.error)?;
        let (low, high) = self.ends;
        if own.low.plus(slack)? <= low && own.high.plus(slack)? <= high {
            return Ok(true);
        }
        if self.straight && own.low > low.plus(slack)? && own.high > high.plus(slack)? {
            return Ok(false);
        }
        Err(undecided)
    }
}

impl Limit {
    /// The limit times a multiple, rounded.
    pub(super) fn times(&self, multiple: Ratio, rounding: Rounding, digits: u32) -> Result<Self, Stop> {
        let parts = self.parts.iter().map(|part| part.times(multiple, rounding, digits));
        Ok(Self { parts: parts.collect::<Result<_, _>>()?, join: self.join })
    }

    /// What holds its value everywhere in the span; `None` without a part.
    pub(super) fn span(&self) -> Option<Span> {
        let spans = self.parts.iter().map(|part| part.span);
        match self.join {
            Join::Highest => spans.reduce(Span::max),
            Join::Lowest => spans.reduce(Span::min),
        }
    }

    /// Whether the subject's price is at most the limit; never without a part.
    pub(super) fn holds(&self, own: Span) -> Result<bool, Stop> {
        let settles = self.join == Join::Highest;
        let mut undecided = None;
        for part in &self.parts {
            match part.holds(own) {
                Ok(holds) if holds == settles => return Ok(settles && !self.parts.is_empty()),
                Ok(_) => {}
                Err(Stop::Inexact) => return Err(Stop::Inexact),
                Err(stop) => undecided = Some(stop),
            }
        }
        match undecided {
            Some(stop) => Err(stop),
            None => Ok(!settles && !self.parts.is_empty()),
        }
    }
}
