//! What stays the same on a lot while one bid's price moves.

use std::collections::BTreeMap;

use crate::compare::{ComparableBid, ComparableLot};
use crate::money::{Proportion, Quantity, UnitPrice};
use crate::rules::{RelatedBids, RuleSet};
use crate::screen::ScreenedLot;
use crate::tender::{Act, Bid, BidState};

/// A lot seen by one of its bids: everybody else's bids, answers and acts.
pub(super) struct Field<'a> {
    pub(super) lot: &'a ComparableLot,
    pub(super) rules: &'a RuleSet,
    /// What became of each bid before prices were compared, acts included.
    pub(super) states: Vec<BidState>,
    /// The first bid of each bid's controller.
    pub(super) controllers: Vec<usize>,
    /// The place in which each bid was drawn.
    pub(super) drawn: Vec<Option<u32>>,
    /// What was reported for each bid's brand.
    pub(super) brand_demand: Vec<Option<Quantity>>,
    /// Whether each bid's brand was asked for at least as much as the mean of the brands.
    pub(super) wanted: Vec<bool>,
    /// How many brands were asked for.
    pub(super) brands: usize,
    /// The highest shortlisted price over the lowest, of every other lot that has one.
    pub(super) other_spreads: Vec<Proportion>,
}

impl<'a> Field<'a> {
    pub(super) fn new(
        lot: &'a ScreenedLot,
        rules: &'a RuleSet,
        other_spreads: Vec<Proportion>,
    ) -> Option<Self> {
        let lot = &lot.comparable;
        let acts = |bid: &'a Bid| lot.lot.decisions.iter().filter(|act| act.supplier_id == bid.supplier_id);
        let state = |bid: &'a Bid| {
            let gone = acts(bid).find_map(|act| match act.act {
                Act::Disqualified => Some(BidState::Disqualified),
                Act::Withdrawn => Some(BidState::Withdrawn),
                _ => None,
            });
            gone.unwrap_or(bid.state)
        };
        let first = |bid: &ComparableBid| {
            let mut same = lot.bids.iter();
            same.position(|other| other.controller == bid.controller).unwrap_or_default()
        };
        let drawn = |bid: &'a Bid| {
            acts(bid).find_map(|act| if let Act::Draw(at) = act.act { Some(at) } else { None })
        };
        let mut brands: BTreeMap<&str, Quantity> = BTreeMap::new();
        for row in &lot.demand {
            if let Some(supplier) = &row.supplier_id {
                let sum = brands.entry(supplier.as_str()).or_default();
                *sum = sum.plus(row.volume).ok()?;
            }
        }
        let all = Quantity::total(brands.values().copied()).ok()?;
        let count = u32::try_from(brands.len()).ok()?;
        let brand_demand: Vec<Option<Quantity>> =
            lot.lot.bids.iter().map(|bid| brands.get(bid.supplier_id.as_str()).copied()).collect();
        let wanted = |own: &Option<Quantity>| {
            own.is_some_and(|own| own.times_count(count).is_ok_and(|times| times >= all))
        };
        Some(Self {
            lot,
            rules,
            states: lot.lot.bids.iter().map(state).collect(),
            controllers: lot.bids.iter().map(first).collect(),
            drawn: lot.lot.bids.iter().map(drawn).collect(),
            wanted: brand_demand.iter().map(wanted).collect(),
            brand_demand,
            brands: brands.len(),
            other_spreads,
        })
    }
}

impl Field<'_> {
    /// The other valid bids of a bid's controller, with their prices, where the rule set keeps one of them only.
    pub(super) fn related(&self, bid: usize) -> Vec<(usize, UnitPrice)> {
        if self.rules.related_bids.rule.treatment == RelatedBids::Allow {
            return Vec::new();
        }
        let controller = |at: usize| self.lot.bids.get(at).map(|bid| &bid.controller);
        let others = (0..self.states.len()).filter(|at| *at != bid && controller(*at) == controller(bid));
        let valid = others.filter(|at| self.states.get(*at) == Some(&BidState::Valid));
        valid.filter_map(|at| Some((at, self.lot.bids.get(at)?.comparable_price?))).collect()
    }
}
