//! An award from one of the sums: what an offer delivers in all is spread over the regions at least cost, by a flow in whole
//! numbers; where a region has one supplier, the largest regions first. It counts once it keeps every row.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::sums::{Place, Sums};
use crate::model::language::Language;
use crate::model::whole::{ceiling, dot};
use crate::model::{Row, Sense};
use crate::solve::flow::Network;

/// What it is worth to meet a demand that must be met: more than any price.
const MUST: i128 = 1 << 100;

/// A region that gets volume.
struct Region {
    /// How much is still open: in volume, or one region as a whole.
    open: i128,
    /// How much it weighs.
    steps: i128,
    must: bool,
    /// The columns of offers, with their groups.
    offers: Vec<(usize, usize)>,
}

/// The values of all columns of the full programme; `None` when no award comes of it.
pub(super) fn spread(sums: &Sums, language: &Language, values: &[i128]) -> Option<Vec<i128>> {
    let full = &language.model;
    let mut all = Vec::with_capacity(full.columns.len());
    for place in &sums.places {
        all.push(match place {
            Place::Own(at) => *values.get(*at)?,
            Place::Group(..) | Place::Gone => 0,
        });
    }
    let mut lots: BTreeMap<usize, Vec<Region>> = BTreeMap::new();
    for row in &full.rows {
        if let Some((lot, steps)) = sums.demand(row) {
            lots.entry(lot).or_default().push(region(sums, row, steps, &all)?);
        }
    }
    let mut left: Vec<i128> = Vec::with_capacity(sums.groups.len());
    for group in &sums.groups {
        left.push(*values.get(group.column)?);
    }
    let costs: BTreeMap<usize, i128> = language.paid.iter().copied().collect();
    for regions in lots.into_values() {
        let whole = |(column, _): &(usize, usize)| full.columns.get(*column).is_some_and(|own| own.integer);
        if regions.iter().flat_map(|region| &region.offers).all(whole) {
            in_wholes(regions, &mut left, &mut all)?;
        } else {
            in_parts(&regions, &left, &costs, (language, &mut all))?;
        }
    }
    decide(sums, language, &mut all);
    let holds = |row: &Row| {
        dot(&row.terms, &all).is_ok_and(|sum| match row.sense {
            Sense::Le => sum <= row.rhs,
            Sense::Ge => sum >= row.rhs,
            Sense::Eq => sum == row.rhs,
        })
    };
    full.rows.iter().all(holds).then_some(all)
}

fn region(sums: &Sums, row: &Row, steps: i128, all: &[i128]) -> Option<Region> {
    let group = |(column, _): &(usize, i128)| match sums.places.get(*column) {
        Some(Place::Group(group, _)) => Some((*column, *group)),
        _ => None,
    };
    Some(Region {
        open: row.rhs.checked_sub(dot(&row.terms, all).ok()?)?,
        steps,
        must: row.sense == Sense::Eq,
        offers: row.terms.iter().filter_map(group).collect(),
    })
}

/// Spreads volumes over the regions of a lot.
fn in_parts(
    regions: &[Region],
    left: &[i128],
    costs: &BTreeMap<usize, i128>,
    (language, all): (&Language, &mut [i128]),
) -> Option<()> {
    let mut nodes: BTreeMap<usize, usize> = BTreeMap::new();
    for (_, group) in regions.iter().flat_map(|region| &region.offers) {
        let next = nodes.len().saturating_add(2);
        nodes.entry(*group).or_insert(next);
    }
    let first = nodes.len().saturating_add(2);
    let mut network = Network::new(first.saturating_add(regions.len()));
    let mut amount = 0_i128;
    for (group, node) in &nodes {
        let volume = *left.get(*group)?;
        network.arc(0, *node, volume, 0);
        amount = amount.checked_add(volume)?;
    }
    let mut arcs = Vec::new();
    for (number, region) in regions.iter().enumerate() {
        let node = first.saturating_add(number);
        if region.open < 0 {
            return None;
        }
        network.arc(node, 1, region.open, if region.must { -MUST } else { 0 });
        for (column, group) in &region.offers {
            let upper = language.model.columns.get(*column)?.upper;
            let cost = costs.get(column).copied().unwrap_or(0);
            arcs.push((*column, network.arc(*nodes.get(group)?, node, upper, cost)));
        }
    }
    network.send(0, 1, amount)?;
    for (column, arc) in arcs {
        *all.get_mut(column)? = network.carried(arc);
    }
    Some(())
}

/// Gives each region of a lot to one offer, the largest first, each to the offer that has most left.
fn in_wholes(mut regions: Vec<Region>, left: &mut [i128], all: &mut [i128]) -> Option<()> {
    regions.sort_by_key(|region| Reverse(region.steps));
    for region in regions.into_iter().filter(|region| region.open > 0) {
        let open = |group: usize| left.get(group).copied().unwrap_or(0);
        let offers = region.offers.iter().filter(|(_, group)| open(*group) > 0);
        let most = offers.max_by_key(|(column, group)| (open(*group), Reverse(*column)));
        let Some((column, group)) = most.filter(|own| region.must || open(own.1) >= region.steps) else {
            continue;
        };
        *all.get_mut(*column)? = 1;
        let place = left.get_mut(*group)?;
        *place = place.checked_sub(region.steps)?;
    }
    Some(())
}

/// Makes the decisions about single regions that volumes ask for, and raises the columns that only hold a sum.
fn decide(sums: &Sums, language: &Language, all: &mut [i128]) {
    let columns = &language.model.columns;
    for row in language.model.rows.iter().filter(|row| row.sense == Sense::Le) {
        let over = dot(&row.terms, all).ok().and_then(|sum| sum.checked_sub(row.rhs)).unwrap_or(0);
        let holds = |(column, by): &&(usize, i128)| {
            let is_open = match sums.places.get(*column) {
                Some(Place::Gone) => true,
                Some(Place::Own(_)) => columns.get(*column).is_some_and(|own| !own.integer),
                _ => false,
            };
            *by < 0 && is_open
        };
        if over > 0
            && let Some((column, by)) = row.terms.iter().find(holds)
            && let (Some(place), Some(own)) = (all.get_mut(*column), columns.get(*column))
            && let Some(more) = by.checked_abs().and_then(|by| ceiling(over, by))
        {
            *place = place.saturating_add(more).min(own.upper);
        }
    }
}
