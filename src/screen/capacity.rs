//! How many places it takes to deliver the base volume.

use super::ranking::Ranked;
use crate::compare::ComparableLot;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::money::{Inexact, Quantity};
use crate::rules::{BlankCapacity, Cited, PlacesByCapacity};
use crate::tender::Verdict;

/// What the ranked bids before each can deliver together, in rank order; `None` when one of them has no limit. A blank is an
/// error where the rule says so, and so is a sum that cannot be held.
pub(super) fn before(
    lot: &ComparableLot,
    ranked: &[Ranked],
    rule: &Cited<PlacesByCapacity>,
    errors: &mut Diagnostics,
) -> Vec<Option<Quantity>> {
    let capacities = capacities(lot, ranked);
    for place in ranked {
        let Some(bid) = lot.lot.bids.get(place.bid) else { continue };
        if bid.capacity.is_none() && rule.rule.blank == BlankCapacity::Refuse {
            errors
                .push(Diagnostic::at(Code::CapacityMissing, bid.place.clone()).with("bid", bid.id.as_str()));
        }
    }
    PlacesByCapacity::before(&capacities).unwrap_or_else(|Inexact| {
        errors.push(Diagnostic::new(Code::ModelTooLarge).with("lot", lot.lot.id.as_str()));
        vec![None; ranked.len()]
    })
}

/// Says when all capacities together fall short of the base volume.
pub(super) fn warn_if_short(lot: &ComparableLot, ranked: &[Ranked], warnings: &mut Diagnostics) {
    let all: Option<Vec<Quantity>> =
        capacities(lot, ranked).into_iter().map(|(_, capacity)| capacity).collect();
    let Some(Ok(together)) = all.map(Quantity::total) else { return };
    if together < lot.base_volume && !ranked.is_empty() {
        warnings.push(
            Diagnostic::new(Code::CapacityShort)
                .with("lot", lot.lot.id.as_str())
                .with("capacity", together.to_string())
                .with("volume", lot.base_volume.to_string()),
        );
    }
}

/// How many bids it takes: all whose rank has not been reached when the base volume is covered.
pub(super) fn places(lot: &ComparableLot, before: &[Option<Quantity>], rule: &PlacesByCapacity) -> u32 {
    let needed = |before: &&Option<Quantity>| rule.judge(**before, lot.base_volume).verdict == Verdict::Pass;
    u32::try_from(before.iter().take_while(needed).count()).unwrap_or(u32::MAX)
}

/// Ranks and capacities of the ranked bids, in rank order.
fn capacities(lot: &ComparableLot, ranked: &[Ranked]) -> Vec<(u32, Option<Quantity>)> {
    ranked
        .iter()
        .map(|place| (place.rank, lot.lot.bids.get(place.bid).and_then(|bid| bid.capacity)))
        .collect()
}
