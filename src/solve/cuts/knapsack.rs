//! What a row of yes-or-no columns can hold.

use super::sums;
use crate::model::whole::{TooLarge, add, mul, sub};
use crate::model::{Derived, LotModel, Sense};

/// Items of a row at most.
const MOST_ITEMS: usize = 400;

/// A yes-or-no column in a row: what it weighs when it is `true`, or when it is `false` where it is turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) column: usize,
    pub(super) weight: i128,
    pub(super) turned: bool,
}

/// Items of which no more than `room` may weigh at once.
#[derive(Debug, Clone)]
pub(super) struct Knapsack {
    from: Vec<(usize, i128)>,
    pub(super) items: Vec<Item>,
    pub(super) room: i128,
}

impl Knapsack {
    /// The rows of a lot, and sums of them, that are about yes-or-no columns.
    pub(super) fn all(lot: &LotModel) -> Vec<Self> {
        let single = lot.rows.iter().enumerate().filter_map(|(number, row)| match row.sense {
            Sense::Le => Some(vec![(number, 1)]),
            Sense::Ge => Some(vec![(number, -1)]),
            Sense::Eq => None,
        });
        single.chain(sums::of(lot)).filter_map(|from| Self::of(lot, from).ok()?).collect()
    }

    fn of(lot: &LotModel, from: Vec<(usize, i128)>) -> Result<Option<Self>, TooLarge> {
        let derived = Derived { from, terms: Vec::new(), rhs: 0 };
        let (sum, mut room) = derived.sum(lot)?;
        let mut items = Vec::new();
        for (column, (&weight, of)) in sum.iter().zip(&lot.columns).enumerate() {
            if weight == 0 {
                continue;
            }
            let least = mul(weight, of.lower)?.min(mul(weight, of.upper)?);
            room = sub(room, least)?;
            if of.upper == add(of.lower, 1)? && of.lower == 0 {
                items.push(Item { column, weight: mul(weight, weight.signum())?, turned: weight < 0 });
            } else if of.upper != of.lower {
                return Ok(None);
            }
        }
        // Rows of equal weights are met by whole numbers as they are.
        let first = items.first().map(|item| item.weight);
        let alike = items.iter().all(|item| Some(item.weight) == first);
        let all = crate::model::whole::sum(items.iter().map(|item| item.weight))?;
        let whole = alike && first.is_some_and(|first| room.checked_rem(first) == Some(0));
        let idle = room < 0 || all <= room || items.len() < 2 || items.len() > MOST_ITEMS;
        Ok((!whole && !idle).then_some(Self { from: derived.from, items, room }))
    }

    /// The row that says that what the items are worth, where they are `true`, is at most so much.
    pub(super) fn row(&self, worth: &[i128], most: i128) -> Derived {
        let (mut terms, mut rhs) = (Vec::new(), most);
        for (item, &worth) in self.items.iter().zip(worth).filter(|(_, worth)| **worth != 0) {
            if item.turned {
                terms.push((item.column, worth.saturating_neg()));
                rhs = rhs.saturating_sub(worth);
            } else {
                terms.push((item.column, worth));
            }
        }
        Derived { from: self.from.clone(), terms, rhs }
    }
}
