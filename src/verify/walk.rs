//! The plain walk of a ranked round's rules over one lot.
//!
//! It starts from the lot as filed and the rule set's numbers, and shares with the main path only the data types, the
//! exact numbers and the conversion of prices. No model, no screens, no engine.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::money::{Quantity, Ratio, Rounding, UnitPrice};
use crate::rules::{AwardRule, Counted, PriceTest, PriceTestGroup, Quota, RelatedBids, RuleSet, TieBreakKey};
use crate::tender::{Act, Bid, BidId, BidState, Date, Lot, Supplier, SupplierId};

/// What the walk finds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Walked {
    /// Bids that win, whatever a draw says.
    pub winners: BTreeSet<BidId>,
    /// Bids between which a draw must decide who wins.
    pub tied: BTreeSet<BidId>,
}

/// A bid with the numbers that the walk compares.
#[derive(Clone, Copy)]
struct Filed<'a> {
    bid: &'a Bid,
    price: UnitPrice,
    above: bool,
    drawn: Option<u32>,
    own_demand: Option<Quantity>,
}

/// The winners of a lot under a rule set that ranks; `None` when it does not rank, or a price cannot be converted.
pub fn walk(lot: &Lot, rules: &RuleSet, suppliers: &BTreeMap<SupplierId, Supplier>) -> Option<Walked> {
    let AwardRule::Ranked { rank, places, negotiation, tests } = &rules.award else { return None };
    let (bidders, filed) = file(lot, rules, suppliers)?;
    let places = usize::try_from(quota(&places.rule.quota, bidders)?.min(bidders)).ok()?;
    let keys = &rank.rule.tie_break;
    let mut found = Walked::default();
    for one in &filed {
        let before = filed.iter().filter(|other| beats(other, one, &filed, keys)).count();
        let worse = filed.iter().filter(|other| beats(one, other, &filed, keys)).count();
        let negotiated = negotiation.as_ref().is_none_or(|rule| {
            bidders >= rule.rule.bidders
                || (acted(lot, one.bid, Act::Negotiated) && !acted(lot, one.bid, Act::NoAward))
        });
        let lowest = filed.iter().map(|bid| bid.price).min()?;
        if before >= places || !negotiated || !passes(lot, one, lowest, tests) {
            continue;
        }
        let fits = filed.len().saturating_sub(worse) <= places;
        if fits {
            found.winners.insert(one.bid.id.clone())
        } else {
            found.tied.insert(one.bid.id.clone())
        };
    }
    Some(found)
}

/// The places for so many bidders; none without bidders.
fn quota(quota: &Quota, bidders: u32) -> Option<u32> {
    match quota {
        Quota::Table(table) => Some(table.at(bidders).copied().unwrap_or(0)),
        Quota::Share { share, mode } => {
            let whole = Rounding { digits: 0, mode: *mode };
            let places =
                share.scaled(Ratio::from_steps(bidders.into(), 0).ok()?).ok()?.rounded(whole).ok()?;
            u32::try_from(places.in_steps(0)?).ok()
        }
    }
}

/// How many bidders count, and the bids that can be ranked.
fn file<'a>(
    lot: &'a Lot,
    rules: &RuleSet,
    suppliers: &BTreeMap<SupplierId, Supplier>,
) -> Option<(u32, Vec<Filed<'a>>)> {
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
        let own_demand = asked_for(lot, bid, rules);
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

fn acted(lot: &Lot, bid: &Bid, act: Act) -> bool {
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

fn asked_for(lot: &Lot, bid: &Bid, rules: &RuleSet) -> Option<Quantity> {
    let mut rows =
        lot.demand.iter().filter(|row| row.supplier_id.as_ref() == Some(&bid.supplier_id)).peekable();
    rows.peek()?;
    rows.try_fold(Quantity::ZERO, |sum, row| {
        let volume = match rules.volume_rounding() {
            Some(rounding) => row.volume.converted(&row.content_ratio, rounding),
            None => row.volume.converted_exactly(&row.content_ratio),
        };
        sum.plus(volume?).ok()
    })
}

/// Whether `one` comes before `other`: by price, then by the keys in turn, then by a recorded draw. A key speaks only when
/// it is known of every bid that is still level.
fn beats(one: &Filed<'_>, other: &Filed<'_>, all: &[Filed<'_>], keys: &[TieBreakKey]) -> bool {
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
    }
}

/// A number that a key compares.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Merit {
    Volume(Quantity),
    Score(Ratio),
    Day(Reverse<Date>),
}

/// Whether a bid passes one test of every group.
fn passes(lot: &Lot, one: &Filed<'_>, lowest: UnitPrice, groups: &[PriceTestGroup]) -> bool {
    let (price, ceiling) = match (one.bid.ceiling_price, one.bid.price) {
        (Some(own), Some(quoted)) => (quoted, Some(own)),
        _ => (one.price, lot.ceiling_price),
    };
    groups.iter().all(|group| {
        group.tests.iter().any(|test| match &test.rule {
            PriceTest::WithinMultipleOfLowest(rule) => {
                let limit = lowest.scaled(rule.multiple).and_then(|limit| limit.rounded(rule.rounding));
                limit.is_ok_and(|limit| one.price <= limit)
            }
            PriceTest::CutFromCeilingAtLeast(rule) => ceiling
                .and_then(|ceiling| price.cut_from(ceiling, rule.rounding))
                .is_some_and(|cut| cut >= rule.cut),
            PriceTest::AtMost(rule) => one.price <= rule.price,
        })
    })
}
