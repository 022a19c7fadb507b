//! Which lots are decided together, and which need more than a core lot says.

use std::collections::BTreeMap;

use crate::tender::{Limit, LimitKind};

use super::in_force::in_force;
use super::input::{LotOffered, Offered, covers};
use crate::rules::{AwardRule, Criterion};

/// Lots that are decided together, as places in the tender's lots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The lots, in the tender's order.
    pub lots: Vec<usize>,
    /// Whether the lot is a core lot: a price for each region, fixed cost, capacity and least quantity, limits on the number
    /// of winners and their share only.
    pub is_core: bool,
}

/// The groups of a tender, by their first lots.
pub fn groups(offered: &Offered<'_>) -> Vec<Group> {
    let mut group_of: Vec<usize> = (0..offered.lots.len()).collect();
    let mut tie = |lots: &[usize]| {
        let Some(first) = lots.iter().filter_map(|lot| group_of.get(*lot)).min().copied() else { return };
        let own: Vec<usize> = lots.iter().filter_map(|lot| group_of.get(*lot)).copied().collect();
        for group in &mut group_of {
            if own.contains(group) {
                *group = first;
            }
        }
    };
    for package in offered.packages {
        let holds = |lot: &LotOffered<'_>| package.bids.iter().any(|bid| bid.lot_id == lot.lot.id);
        tie(&places(offered, holds));
    }
    for (id, supplier) in offered.suppliers {
        if supplier.capacity_value.is_some() || supplier.capacity_volume.is_some() {
            tie(&places(offered, |lot| lot.bids.iter().any(|bid| bid.bid.supplier_id == *id)));
        }
    }
    for limit in in_force(offered.rules).iter().map(|one| &one.limit).filter(|limit| ties(limit)) {
        tie(&places(offered, |lot| covers(&limit.scope, lot.lot)));
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (lot, group) in group_of.iter().enumerate() {
        groups.entry(*group).or_default().push(lot);
    }
    let with_kind = |lots: Vec<usize>| {
        let is_core = match lots.as_slice() {
            [only] => offered.lots.get(*only).is_some_and(|lot| is_core(offered, lot)),
            _ => false,
        };
        Group { lots, is_core }
    };
    groups.into_values().map(with_kind).collect()
}

fn places(offered: &Offered<'_>, holds: impl Fn(&LotOffered<'_>) -> bool) -> Vec<usize> {
    offered.lots.iter().enumerate().filter(|(_, lot)| holds(lot)).map(|(at, _)| at).collect()
}

/// Whether a limit speaks of its lots together.
fn ties(limit: &Limit) -> bool {
    limit.scope.together || matches!(limit.kind, LimitKind::LotsPerSupplier(_))
}

fn is_core(offered: &Offered<'_>, lot: &LotOffered<'_>) -> bool {
    let AwardRule::LeastCost { limits } = &offered.rules.award else { return false };
    let own_only = !limits.rule.one_supplier_per_region && limits.rule.objectives == [Criterion::Cost];
    let touched = offered.rules.limits.iter().any(|limit| covers(&limit.scope, lot.lot));
    let banded = lot.bids.iter().any(|bid| !bid.bid.bands.is_empty());
    let mut suppliers: Vec<_> = lot.bids.iter().map(|bid| &bid.bid.supplier_id).collect();
    suppliers.sort();
    let alternates = suppliers.windows(2).any(|pair| matches!(pair, [one, other] if one == other));
    let limited = |bid: &super::input::BidOffered<'_>| {
        let known = offered.suppliers.get(&bid.bid.supplier_id);
        known.is_some_and(|known| known.capacity_value.is_some() || known.capacity_volume.is_some())
    };
    let packed =
        offered.packages.iter().flat_map(|package| &package.bids).any(|bid| bid.lot_id == lot.lot.id);
    own_only && !touched && !banded && !alternates && !packed && !lot.bids.iter().any(limited)
}
