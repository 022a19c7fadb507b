//! The shortlist: who is within the places, and who is set apart before them.

use super::ranking::Ranked;
use crate::compare::ComparableLot;
use crate::money::UnitPrice;
use crate::rules::{AnchorPrices, RankedStages};

/// Who is within the places of a lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shortlist {
    /// How many places there are.
    pub(super) places: u32,
    /// The price below which a bid is set apart, where the rule set has such a line.
    pub(super) line: Option<UnitPrice>,
    /// How many bids are set apart; they rank before all others.
    pub(super) apart: u32,
    /// Prices of all ranked bids, from the lowest up.
    pub(super) ranked: Vec<UnitPrice>,
    /// Prices of those that the places give first, before anybody is set apart.
    pub(super) first: Vec<UnitPrice>,
    /// Prices of those that take the places in the end.
    pub(super) taken: Vec<UnitPrice>,
}

/// Where a ranked bid is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seat {
    /// Selected without volume and without using a place.
    Apart,
    /// Within the places; `edge` when it shares the last of them with bids that no rule tells apart.
    Within { edge: bool },
    /// Beyond them.
    Beyond,
}

impl Shortlist {
    /// The shortlist of a lot. Where ranks go by price, bids that share a rank have equal prices, so the prices within the places
    /// do not depend on a draw; no rule that takes prices from there stands beside a ranking by score or with a margin.
    pub(super) fn new(lot: &ComparableLot, ranked: &[Ranked], places: u32, stages: &RankedStages) -> Self {
        let prices: Vec<UnitPrice> =
            ranked.iter().filter_map(|place| lot.bids.get(place.bid)?.comparable_price).collect();
        let most = usize::try_from(places).unwrap_or(usize::MAX);
        let first: Vec<UnitPrice> = prices.iter().take(most).copied().collect();
        let from = AnchorPrices { ranked: &prices, shortlisted: &first };
        let line = stages.without_volume.as_ref().and_then(|rule| rule.rule.line(from));
        let apart = prices.iter().filter(|price| line.is_some_and(|line| **price < line)).count();
        let taken = prices.iter().skip(apart).take(most).copied().collect();
        let apart = u32::try_from(apart).unwrap_or(u32::MAX);
        Self { places, line, apart, taken, ranked: prices, first }
    }

    /// The prices that anchors are taken from.
    pub(super) fn anchor_prices(&self) -> AnchorPrices<'_> {
        AnchorPrices { ranked: &self.ranked, shortlisted: &self.first }
    }

    /// The rank among those that can take a place; 0 for a bid set apart.
    pub(super) fn position(&self, place: &Ranked) -> u32 {
        place.rank.saturating_sub(self.apart)
    }

    /// Where a bid is.
    pub(super) fn seat(&self, place: &Ranked) -> Seat {
        let position = self.position(place);
        let worst = position.saturating_add(place.tied).saturating_sub(1);
        match position {
            0 => Seat::Apart,
            _ if position > self.places => Seat::Beyond,
            _ => Seat::Within { edge: worst > self.places },
        }
    }
}
