//! Prices that are known to lie between two, and what can be said of them.

use crate::money::{DeviationDivisor, Inexact, Ratio, Rounding, UnitPrice};

/// A price between two, both included. A comparison of spans holds for every price in them, or is undecided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) low: UnitPrice,
    pub(super) high: UnitPrice,
}

/// Why a span of prices has no single answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// The answer differs within the span, or may; near this comparable price, when that is known.
    Undecided(Option<UnitPrice>),
    /// A number cannot be held exactly.
    Inexact,
}

impl From<Inexact> for Stop {
    fn from(_: Inexact) -> Self {
        Self::Inexact
    }
}

/// Prices of which at most one, the subject's, lies in a span: at the low end of it and at the high end.
#[derive(Debug, Clone, Default)]
pub(super) struct Prices {
    pub(super) low: Vec<UnitPrice>,
    pub(super) high: Vec<UnitPrice>,
}

impl Span {
    /// One price.
    pub(super) fn point(price: UnitPrice) -> Self {
        Self { low: price, high: price }
    }

    /// Whether it is one price.
    pub(super) fn is_point(self) -> bool {
        self.low == self.high
    }

    /// Whether it is at most `limit`.
    pub(super) fn at_most(self, limit: Self) -> Result<bool, Stop> {
        if self.high <= limit.low {
            return Ok(true);
        }
        if self.low > limit.high {
            return Ok(false);
        }
        let point = [limit, self].into_iter().find(|span| span.is_point());
        Err(Stop::Undecided(point.map(|point| point.low)))
    }

    /// Whether it is below `limit`.
    pub(super) fn below(self, limit: Self) -> Result<bool, Stop> {
        limit.at_most(self).map(|reached| !reached)
    }

    /// The span of a number that never falls when the price rises.
    pub(super) fn rising(self, of: impl Fn(UnitPrice) -> Result<UnitPrice, Inexact>) -> Result<Self, Stop> {
        Ok(Self { low: of(self.low)?, high: of(self.high)? })
    }

    /// The span that holds the higher of two.
    pub(super) fn max(self, other: Self) -> Self {
        Self { low: self.low.max(other.low), high: self.high.max(other.high) }
    }

    /// The span that holds the lower of two.
    pub(super) fn min(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.min(other.high) }
    }
}

impl Prices {
    pub(super) fn push(&mut self, price: Span) {
        self.low.push(price.low);
        self.high.push(price.high);
    }

    pub(super) fn len(&self) -> usize {
        self.low.len()
    }

    pub(super) fn get(&self, at: usize) -> Option<Span> {
        Some(Span { low: *self.low.get(at)?, high: *self.high.get(at)? })
    }

    /// `most` of them, after so many.
    pub(super) fn part(&self, after: usize, most: usize) -> Self {
        let part = |prices: &[UnitPrice]| prices.iter().skip(after).take(most).copied().collect();
        Self { low: part(&self.low), high: part(&self.high) }
    }

    /// Their mean, which never falls when a price rises.
    pub(super) fn mean(&self, rounding: Rounding) -> Result<Span, Stop> {
        let mean = |prices: &[UnitPrice]| UnitPrice::mean(prices, rounding).ok_or(Stop::Inexact);
        Ok(Span { low: mean(&self.low)?, high: mean(&self.high)? })
    }

    /// Their mean less some standard deviations; `None` for too few prices.
    ///
    /// As one price moves, this number is concave: it is lowest at an end of the span. Nowhere in the span is it higher than at
    /// the price where the deviation is least, plus what the mean can still rise from there; that price and the result are
    /// rounded, so that a step for each, and one for each deviation, is added.
    pub(super) fn mean_less_deviations(
        &self,
        deviations: Ratio,
        divisor: DeviationDivisor,
        rounding: Rounding,
    ) -> Result<Option<Span>, Stop> {
        let too_few = if divisor == DeviationDivisor::All { 1 } else { 2 };
        if self.len() < too_few {
            return Ok(None);
        }
        let of = |prices: &[UnitPrice]| {
            UnitPrice::mean_less_deviations(prices, deviations, divisor, rounding).ok_or(Stop::Inexact)
        };
        let (low, high) = (of(&self.low)?, of(&self.high)?);
        let moved = self.low.iter().zip(&self.high).position(|(low, high)| low != high);
        let Some(moved) = moved else { return Ok(Some(Span { low, high })) };
        let (Some(from), Some(to)) = (self.low.get(moved), self.high.get(moved)) else {
            return Err(Stop::Inexact);
        };
        let rest: Vec<UnitPrice> =
            self.low.iter().enumerate().filter(|(at, _)| *at != moved).map(|(_, price)| *price).collect();
        // Beside prices that are all the same, the deviation is a straight line on each side of them.
        let same = rest.first().is_some_and(|first| rest.iter().all(|price| price == first));
        if same && rest.first().is_some_and(|first| to <= first || from >= first) {
            return Ok(Some(Span { low: low.min(high), high: low.max(high) }));
        }
        let least = match rest.is_empty() {
            true => *to,
            false => UnitPrice::mean(&rest, rounding).ok_or(Stop::Inexact)?.clamp(*from, *to),
        };
        let mut there = self.low.clone();
        there.get_mut(moved).into_iter().for_each(|price| *price = least);
        // The mean rises by no more than the price does.
        let step = UnitPrice::from_steps(1, rounding.digits)?;
        let steps = step.scaled(deviations)?.plus(step)?.plus(step)?;
        let top = of(&there)?.plus(to.minus(least)?)?.plus(steps)?;
        Ok(Some(Span { low: low.min(high), high: top.max(high).max(low) }))
    }
}
