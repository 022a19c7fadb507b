//! Why lots have no award, and what would have to give.
//!
//! Everything left out is left out of the tender, not of the rows, so that column bounds and links follow.
//!
//! | file | what |
//! | --- | --- |
//! | `elements` | what an award must keep and could be otherwise |
//! | `blocks` | things of one kind together, where they are many |
//! | `less` | the tender with some of it changed or left out |
//! | `trial` | solving again, within the work that is allowed |
//! | `sums` | the regions of each lot as one: what is impossible in sums is impossible |
//! | `spread` | an award from one of the sums |
//! | `smallest` | the smallest set that cannot hold together |
//! | `ways_out` | what would have to give |
//! | `nearest` | the nearest number of a limit at which there is an award |
//! | `amounts` | the nearest volume or amount at which there is an award |

mod amounts;
mod blocks;
mod elements;
mod less;
mod nearest;
mod smallest;
mod spread;
mod sums;
mod trial;
mod ways_out;

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::language::Group;
use crate::model::language::input::{Offered, refuses};
use crate::model::{Conflict, Part, PartKind, Told};
use crate::money::Quantity;
use crate::tender::Region;
use blocks::{Block, apart, blocks, part_of};
use elements::{alternates, by_id, elements, wanted};
use less::Change;
use smallest::{reduced, smallest};
use trial::{Trial, Trials};

/// Conflicts of one group that are told apart from each other.
const MOST_CONFLICTS: usize = 5;

/// What stands against any award of a group of lots: one conflict, or several that have nothing in common. Blank when there
/// is an award. When it cannot be told, a conflict without parts says so.
pub fn conflicts(offered: &Offered<'_>, group: &Group) -> Vec<Conflict> {
    let own = Offered {
        lots: group.lots.iter().filter_map(|at| offered.lots.get(*at)).cloned().collect(),
        ..offered.clone()
    };
    let lots: Vec<String> = own.lots.iter().map(|lot| lot.lot.id.as_str().to_owned()).collect();
    let trials = Trials::new(own, offered.clone());
    let all = elements(&trials.offered);
    let looked_at = all.len();
    let mut found = in_conflict(&trials, all);
    if found.is_empty() && trials.of(&[]) == Trial::Open {
        return Vec::new();
    }
    if found.is_empty() {
        found.push(Found { parts: Vec::new(), told: Told::NotTold, settled: Vec::new() });
    }
    let is_one_of_several = found.len() > 1;
    trials.allow_more();
    let told = |(number, own): (usize, &Found)| {
        let others = found.iter().enumerate().filter(|(other, _)| *other != number);
        let others: Vec<Change> =
            others.flat_map(|(_, other)| &other.settled).filter_map(|change| beside(change, own)).collect();
        let others: Vec<&Change> = others.iter().collect();
        Conflict {
            lots: lots.clone(),
            told: own.told,
            ways_out: ways_out::ways_out(&trials, &others, &own.parts),
            parts: own.parts.iter().map(|block| block.said.clone()).collect(),
            is_one_of_several,
            looked_at,
            is_certified: true,
        }
    };
    found.iter().enumerate().map(told).collect()
}

/// A conflict.
struct Found {
    parts: Vec<Block>,
    told: Told,
    /// The tender without all that the parts were found in.
    settled: Vec<Change>,
}

/// What settles another conflict, but for the regions that this one names: of these the demand is to be met.
fn beside(change: &Change, own: &Found) -> Option<Change> {
    let Change::Unmet(lot, regions) = change else { return Some(change.clone()) };
    let names = |region: &&String| {
        own.parts.iter().any(|part| part.said.name == *lot && part.said.region.as_ref() == Some(*region))
    };
    let left: Vec<String> = regions.iter().filter(|region| !names(region)).cloned().collect();
    (!left.is_empty()).then(|| Change::Unmet(lot.clone(), left))
}

/// A tender without some things.
fn changes(blocks: &[Block]) -> Vec<Change> {
    let elements = blocks.iter().flat_map(|block| &block.elements);
    elements.map(|element| element.without.clone()).collect()
}

/// Lots on which no bid can win, and regions that nobody offers in: no limit needs to be looked at.
fn missing(offered: &Offered<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for lot in &offered.lots {
        let needed = wanted(lot);
        let bids = by_id(lot);
        let parts: Vec<(PartKind, Vec<String>)> = match (needed.is_empty(), bids.is_empty()) {
            (true, _) => Vec::new(),
            (false, true) => vec![(PartKind::NoBid, needed)],
            (false, false) => {
                let nobody = needed
                    .into_iter()
                    .filter(|region| bids.iter().all(|bid| refuses(bid.bid, &Region::new(region))));
                nobody.map(|region| (PartKind::NoOffer, vec![region])).collect()
            }
        };
        for (what, regions) in parts {
            let Some(demand) = elements::demand(lot, regions) else { continue };
            let is_region = what == PartKind::NoOffer;
            let said = Part {
                what,
                count: demand.said.count.filter(|_| is_region),
                region: demand.said.region.clone().filter(|_| is_region),
                ..demand.said.clone()
            };
            let parts = vec![Block { said, elements: vec![demand] }];
            found.push(Found { settled: changes(&parts), parts, told: Told::Smallest });
        }
    }
    found
}

/// Sets of things that cannot hold together and have nothing in common, one after the other.
fn in_conflict(trials: &Trials<'_>, all: Vec<elements::Element>) -> Vec<Found> {
    let mut found = missing(&trials.offered);
    let mut left = blocks(all);
    while found.len() < MOST_CONFLICTS {
        let gone: Vec<Change> = found.iter().flat_map(|own| own.settled.iter().cloned()).collect();
        let Some((parts, told, of)) = one_conflict(trials, &left, &gone) else { break };
        let (used, rest): (Vec<_>, Vec<_>) =
            left.into_iter().enumerate().partition(|(at, _)| of.contains(at));
        let used: Vec<Block> = used.into_iter().map(|(_, block)| block).collect();
        left = rest.into_iter().map(|(_, block)| block).collect();
        found.push(Found { settled: changes(&used), parts, told });
    }
    found
}

/// The smallest set of blocks that cannot hold together when some things are already left out: what is needed of them, and
/// their places.
fn one_conflict(
    trials: &Trials<'_>,
    all: &[Block],
    gone: &[Change],
) -> Option<(Vec<Block>, Told, BTreeSet<usize>)> {
    let known: RefCell<BTreeMap<BTreeSet<usize>, Trial>> = RefCell::default();
    let trial = |kept: &BTreeSet<usize>| {
        if let Some(known) = known.borrow().get(kept) {
            return *known;
        }
        let out = all.iter().enumerate().filter(|(at, _)| !kept.contains(at));
        let elements = out.flat_map(|(_, block)| &block.elements).map(|element| &element.without);
        let changes: Vec<&Change> = elements.chain(gone).collect();
        let found = trials.of(&changes);
        known.borrow_mut().insert(kept.clone(), found);
        found
    };
    let whole: BTreeSet<usize> = (0..all.len()).collect();
    if trial(&whole) != Trial::Closed {
        return None;
    }
    let (found, mut told) = smallest(all.len(), &trial);
    let out = all.iter().enumerate().filter(|(at, _)| !found.contains(at));
    let out = out.flat_map(|(_, block)| &block.elements).map(|element| element.without.clone());
    let mut out: Vec<Change> = out.chain(gone.iter().cloned()).collect();
    let mut parts: Vec<Block> = found.iter().filter_map(|at| all.get(*at)).cloned().collect();
    // Of a block any one thing can be enough only as long as more of the next one is kept: they are looked at once more.
    for again in [false, true] {
        for block in std::mem::take(&mut parts) {
            if again && block.said.any_of.is_empty() {
                parts.push(block);
                continue;
            }
            let said = Part { any_of: Vec::new(), ..block.said };
            let block = Block { said, ..block };
            let (needed, spared) = taken_apart(trials, &block, &out);
            if (block.elements.len() > 1 || needed.len() > 1) && told == Told::Smallest {
                // Of things that were looked at together another choice might need fewer.
                told = Told::Irreducible;
            }
            out.extend(spared);
            parts.extend(needed);
        }
    }
    for element in trials.offered.lots.iter().flat_map(alternates) {
        let changes: Vec<&Change> = out.iter().chain([&element.without]).collect();
        if trials.of(&changes) == Trial::Open {
            parts.push(Block { said: element.said.clone(), elements: vec![element] });
        }
    }
    Some((parts, told, found))
}

/// The things that are needed of a block while all else that is kept stays, and the tender without the others.
fn taken_apart(trials: &Trials<'_>, block: &Block, out: &[Change]) -> (Vec<Block>, Vec<Change>) {
    let Some(elements) = apart(&trials.offered, block) else { return (vec![block.clone()], Vec::new()) };
    let trial = |kept: &BTreeSet<usize>| {
        let gone = elements.iter().enumerate().filter(|(at, _)| !kept.contains(at));
        let changes: Vec<&Change> = gone.map(|(_, element)| &element.without).chain(out).collect();
        trials.of(&changes)
    };
    let all: BTreeSet<usize> = (0..elements.len()).collect();
    let alone: BTreeSet<usize> =
        all.iter().copied().filter(|at| trial(&BTreeSet::from([*at])) == Trial::Closed).collect();
    if alone.len() > 1 && block.said.what == PartKind::Demand {
        return any_one(trials, block, &elements, &alone);
    }
    if alone.len() == elements.len() && elements.len() > 1 {
        // Any one of them: none is to be named before the others.
        return (vec![block.clone()], Vec::new());
    }
    let number = |at: &usize| Quantity::parse(elements.get(*at)?.said.stated.as_deref()?).ok();
    let largest = alone.into_iter().max_by_key(|at| (number(at), Reverse(*at)));
    let order: Vec<usize> = (0..elements.len()).rev().collect();
    let needed = match largest {
        Some(only) => BTreeSet::from([only]),
        None => reduced(all, &order, &trial).0,
    };
    let (mut kept, mut spared) = (Vec::new(), Vec::new());
    for (at, element) in elements.into_iter().enumerate() {
        if needed.contains(&at) {
            kept.push(element);
        } else {
            spared.push(element.without);
        }
    }
    let parts = part_of(block, kept);
    let is_whole = parts.iter().any(|part| part.said == block.said);
    (parts, if is_whole { Vec::new() } else { spared })
}

/// The demand of a lot where that of any one of some regions is enough: none is to be taken before the others.
fn any_one(
    trials: &Trials<'_>,
    block: &Block,
    elements: &[elements::Element],
    alone: &BTreeSet<usize>,
) -> (Vec<Block>, Vec<Change>) {
    let volume = |at: &usize| Quantity::parse(elements.get(*at)?.said.stated.as_deref()?).ok();
    let region = |at: &usize| elements.get(*at)?.said.region.clone();
    let mut order: Vec<usize> = alone.iter().copied().collect();
    order.sort_by_key(|at| (Reverse(volume(at)), region(at)));
    let named: Vec<String> = order.iter().filter_map(region).collect();
    let others = elements.iter().enumerate().filter(|(at, _)| !alone.contains(at));
    let spared: Vec<Change> = others.map(|(_, element)| element.without.clone()).collect();
    let regions = elements.iter().enumerate().filter(|(at, _)| alone.contains(at));
    let regions = regions.filter_map(|(_, element)| element.said.region.clone()).collect();
    let lot = trials.offered.lots.iter().find(|lot| lot.lot.id.as_str() == block.said.name);
    let Some(mut demand) = lot.and_then(|lot| elements::demand(lot, regions)) else {
        return (vec![block.clone()], Vec::new());
    };
    demand.said.any_of = named;
    (vec![Block { said: demand.said.clone(), elements: vec![demand] }], spared)
}
