//! Things of one kind that are looked at together where a group of lots has too many to look at one by one.

use std::collections::BTreeMap;

use super::elements::{Element, demand, wanted};
use crate::model::language::input::Offered;
use crate::model::{Part, PartKind};
use crate::money::Quantity;

/// Elements that are kept or left out together.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) said: Part,
    pub(super) elements: Vec<Element>,
}

impl Block {
    fn of_one(element: Element) -> Self {
        Self { said: element.said.clone(), elements: vec![element] }
    }
}

/// More elements than this are looked at in blocks.
const MOST_SINGLE: usize = 24;

/// A demand is looked at region by region when it has no more regions than this.
const MOST_REGIONS_APART: usize = 60;

/// A block of things of bids is taken apart when it has no more than this.
const MOST_APART: usize = 30;

/// A part of a block is named by its elements when it has no more than this, else as a whole.
const MOST_NAMED: usize = 6;

/// Regions that are named one by one.
const MOST_REGIONS: usize = 3;

/// The elements one by one when they are few; else those of bids by lot and those of suppliers together.
pub(super) fn blocks(elements: Vec<Element>) -> Vec<Block> {
    if elements.len() <= MOST_SINGLE {
        return elements.into_iter().map(Block::of_one).collect();
    }
    let mut single = Vec::new();
    let mut together: BTreeMap<(PartKind, Option<String>), Vec<Element>> = BTreeMap::new();
    for element in elements {
        match element.said.what {
            PartKind::Limit | PartKind::Parameter | PartKind::Demand => single.push(Block::of_one(element)),
            what => together.entry((what, element.lot.clone())).or_default().push(element),
        }
    }
    single.extend(together.into_values().filter_map(block));
    single
}

/// Elements of one kind as a block.
fn block(elements: Vec<Element>) -> Option<Block> {
    let first = elements.first()?;
    if elements.len() == 1 {
        return Some(Block::of_one(first.clone()));
    }
    let numbers = elements.iter().map(|own| Quantity::parse(own.said.stated.as_deref()?).ok());
    let total = numbers.collect::<Option<Vec<_>>>().and_then(|numbers| Quantity::total(numbers).ok());
    let name = first.lot.clone().unwrap_or_default();
    let said = Part {
        count: Some(elements.len()),
        ..Part::new(first.said.what, &name, total.map(|total| total.to_string()))
    };
    Some(Block { said, elements })
}

/// What a block consists of, where it makes sense to look at its elements one by one: the regions of a lot's demand, or
/// the single things of several.
pub(super) fn apart(offered: &Offered<'_>, block: &Block) -> Option<Vec<Element>> {
    if let [only] = block.elements.as_slice() {
        let regions = block.said.count.filter(|_| only.said.what == PartKind::Demand)?;
        let lot = offered.lots.iter().find(|lot| lot.lot.id.as_str() == only.said.name)?;
        let each = wanted(lot).into_iter().filter_map(|region| demand(lot, vec![region]));
        return (regions <= MOST_REGIONS_APART).then(|| each.collect());
    }
    (block.elements.len() <= MOST_APART).then(|| block.elements.clone())
}

/// Whether the elements that are needed of a block are named one by one.
pub(super) fn is_named(block: &Block, needed: usize) -> bool {
    match block.elements.as_slice() {
        [_] => needed == 1 || (needed <= MOST_REGIONS && Some(needed) < block.said.count),
        _ => needed <= MOST_NAMED,
    }
}

/// The part of a block that is needed, as a block.
pub(super) fn part_of(block: &Block, needed: Vec<Element>) -> Vec<Block> {
    if is_named(block, needed.len()) {
        return needed.into_iter().map(Block::of_one).collect();
    }
    match block.elements.as_slice() {
        [_] => vec![block.clone()],
        _ => self::block(needed).into_iter().collect(),
    }
}
