//! The bids of a lot as the walk sees them, and which of two comes first.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::money::{Quantity, Ratio, UnitPrice};
use crate::rules::{Counted, RelatedBids, RuleSet, TieBreakKey};
use crate::tender::{Act, Bid, BidState, Date, Lot, Supplier, SupplierId};

/// What the walk needs to know beside the lot.
#[derive(Debug, Clone, Copy)]
pub struct Round<'a> {
    /// The rule set.
    pub rules: &'a RuleSet,
    /// Who owns whom.
    pub suppliers: &'a BTreeMap<SupplierId, Supplier>,
    /// How many units a 1 in the demand stands for.
    pub volume_scale: Quantity,
}

/// A bid with the numbers that the walk compares.
#[derive(Clone, Copy)]
pub(super) struct Filed<'a> {
    pub(super) bid: &'a Bid,
    pub(super) price: UnitPrice,
    above: bool,
    drawn: Option<u32>,
    own_demand: Option<Quantity>,
}

/// How many bidders count, and the bids that can be ranked.
pub(super) fn file<'a>(lot: &'a Lot, round: Round<'_>) -> Option<(u32, Vec<Filed<'a>>)> {
    let Round { rules, suppliers, .. } = round;
    let treatment = rules.related_bids.rule.treatment;
    let owner = |bid: &Bid| {
        let controller = suppliers.get(&bid.supplier_id).and_then(|supplier| supplier.controller.as_ref());
        controller.map_or(bid.supplier_id.as_str(), |controller| controller.as_str()).to_owned()
    };
    let mut counted: BTreeSet<String> = BTreeSet::new();
    let mut filed: Vec<Filed<'_>> = Vec::new();
    for bid in &lot.bids {
        let gone = matches!(bid.state, BidState::Withdrawn | BidState::Disqualified);
        if gone || acted(lot, bid, Act::Disqualified) || acted(lot, bid, Act::Withdrawn) {
            continue;
        }
        let key = if treatment == RelatedBids::Allow { bid.id.as_str().to_owned() } else { owner(bid) };
        let who = rules.bidders_counted.rule.counted;
        let (BidState::Valid, Some(quoted)) = (bid.state, bid.price) else {
            counted.extend((who == Counted::Filed).then_some(key));
            continue;
        };
        let conversion = &rules.comparable_price.rule;
        let price = conversion.convert(quoted, bid.content_ratio, bid.fill_ratio, bid.pack_count).ok()?;
        let above = rules.ceiling.is_some() && above_ceiling(lot, bid, quoted, price);
        counted.extend((who != Counted::Valid || !above).then_some(key));
        let own_demand = asked_for(lot, bid, round);
        filed.push(Filed { bid, price, above, drawn: drawn(lot, bid), own_demand });
    }
    // Of one owner's bids only the lowest stands when they are merged; then those above the ceiling fall.
    if treatment == RelatedBids::Merge {
        let all = filed.clone();
        filed.retain(|one| {
            let same = all.iter().filter(|other| owner(other.bid) == owner(one.bid));
            same.map(|other| other.price).min() == Some(one.price)
        });
    }
    filed.retain(|one| !one.above);
    Some((u32::try_from(counted.len()).ok()?, filed))
}

pub(super) fn acted(lot: &Lot, bid: &Bid, act: Act) -> bool {
    lot.decisions.iter().any(|row| row.supplier_id == bid.supplier_id && row.act == act)
}

fn above_ceiling(lot: &Lot, bid: &Bid, quoted: UnitPrice, comparable: UnitPrice) -> bool {
    match (bid.ceiling_price, lot.ceiling_price) {
        (Some(own), _) => quoted > own,
        (None, Some(ceiling)) => comparable > ceiling,
        (None, None) => false,
    }
}

fn drawn(lot: &Lot, bid: &Bid) -> Option<u32> {
    lot.decisions.iter().filter(|row| row.supplier_id == bid.supplier_id).find_map(|row| match row.act {
        Act::Draw(place) => Some(place),
        _ => None,
    })
}

fn asked_for(lot: &Lot, bid: &Bid, round: Round<'_>) -> Option<Quantity> {
    asked_for_all(lot, round)?.get(&bid.supplier_id).copied()
}

/// What was asked for of each brand; `None` when a sum cannot be held.
pub(super) fn asked_for_all<'a>(
    lot: &'a Lot,
    round: Round<'_>,
) -> Option<BTreeMap<&'a SupplierId, Quantity>> {
    let mut asked: BTreeMap<&SupplierId, Quantity> = BTreeMap::new();
    for row in &lot.demand {
        let Some(supplier) = &row.supplier_id else { continue };
        let units = row.volume.scaled(round.volume_scale.as_ratio()).ok()?;
        let volume = units.converted_exactly(&row.content_ratio).or_else(|| {
            round.rules.volume_rounding().and_then(|rounding| units.converted(&row.content_ratio, rounding))
        });
        let sum = asked.entry(supplier).or_default();
        *sum = sum.plus(volume?).ok()?;
    }
    Some(asked)
}

/// Whether `one` comes before `other`: by price, then by the keys in turn, then by a recorded draw. A key speaks only when
/// it is known of every bid that is still level.
pub(super) fn beats(one: &Filed<'_>, other: &Filed<'_>, all: &[Filed<'_>], keys: &[TieBreakKey]) -> bool {
    if one.price != other.price {
        return one.price < other.price;
    }
    let mut level: Vec<&Filed<'_>> = all.iter().filter(|bid| bid.price == one.price).collect();
    for key in keys {
        let merit = |bid: &Filed<'_>| merit(bid, *key);
        if level.iter().any(|bid| merit(bid).is_none()) {
            break;
        }
        if merit(one) != merit(other) {
            return merit(one) > merit(other);
        }
        level.retain(|bid| merit(bid) == merit(one));
    }
    match (one.drawn, other.drawn) {
        (Some(mine), Some(theirs)) => mine < theirs,
        (mine, theirs) => mine.is_some() && theirs.is_none(),
    }
}

/// What a key says of a bid; more is better.
fn merit(bid: &Filed<'_>, key: TieBreakKey) -> Option<Merit> {
    match key {
        TieBreakKey::LargerPriorVolume => bid.bid.prior_volume.map(Merit::Volume),
        TieBreakKey::EarlierApproval => bid.bid.approved_on.map(|day| Merit::Day(Reverse(day))),
        TieBreakKey::HigherQualityScore => bid.bid.quality_score.map(Merit::Score),
        TieBreakKey::LargerOwnDemand => bid.own_demand.map(Merit::Volume),
        TieBreakKey::HigherSupplyScore => bid.bid.supply_score.map(Merit::Score),
        TieBreakKey::OwnActiveIngredient => bid.bid.own_active_ingredient.map(Merit::Yes),
    }
}

/// A number that a key compares.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Merit {
    Volume(Quantity),
    Score(Ratio),
    Day(Reverse<Date>),
    Yes(bool),
}
