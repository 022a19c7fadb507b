//! Covers: items that cannot all be taken, and what the other items count beside them.

use num_traits::ToPrimitive;

use super::knapsack::{Item, Knapsack};
use crate::model::Derived;

/// How far a row must be broken by a point to be worth it.
const BROKEN: f64 = 1e-3;

/// What is less is rounding, of what items leave open; and of a single item.
const ANY: f64 = 1e-6;
const NONE: f64 = 1e-9;

/// What the items at a point are worth.
struct Lifted<'a> {
    knapsack: &'a Knapsack,
    worth: Vec<i128>,
    /// What so much worth weighs at least.
    least: Vec<i128>,
    room: i128,
    most: i128,
}

/// How a cover is looked for.
#[derive(Clone, Copy)]
struct Way {
    /// By how much of an item the point lacks for its weight; else by how much it lacks alone.
    by_weight: bool,
    /// Whether items that the point takes in full are taken for granted at first.
    set_apart: bool,
}

/// The items of a knapsack at a point.
struct At<'a> {
    knapsack: &'a Knapsack,
    values: Vec<f64>,
    /// What items that fill the knapsack alone leave of it.
    open: f64,
}

/// Rows that the point breaks.
pub(super) fn violated(knapsack: &Knapsack, point: &[f64]) -> Vec<Derived> {
    let value = |item: &Item| {
        let value = point.get(item.column).copied().unwrap_or(0.0).clamp(0.0, 1.0);
        if item.turned { 1.0 - value } else { value }
    };
    let values: Vec<f64> = knapsack.items.iter().map(value).collect();
    let mut at = At { knapsack, values, open: 1.0 };
    at.open -=
        (0..at.values.len()).filter(|item| at.fills(*item)).map(|item| at.values[item]).fold(0.0, f64::max);
    let mut found: Vec<Derived> = Vec::new();
    if at.open < ANY {
        return found;
    }
    for by_weight in [true, false] {
        for set_apart in [false, true] {
            let row = at.row(Way { by_weight, set_apart });
            found.extend(row.filter(|row| !found.contains(row)));
        }
    }
    found
}

impl At<'_> {
    fn weight(&self, item: usize) -> i128 {
        self.knapsack.items.get(item).map_or(0, |item| item.weight)
    }

    fn fills(&self, item: usize) -> bool {
        self.weight(item) >= self.knapsack.room
    }

    /// What the point lacks of an item.
    fn short(&self, item: usize) -> f64 {
        (self.open - self.values[item]).max(0.0)
    }

    /// A lifted cover that the point breaks.
    fn row(&self, way: Way) -> Option<Derived> {
        let items = 0..self.values.len();
        let small: Vec<usize> = items.clone().filter(|item| !self.fills(*item)).collect();
        let full = |item: &usize| way.set_apart && self.values[*item] >= self.open - ANY;
        let (apart, mut rest): (Vec<usize>, Vec<usize>) = small.into_iter().partition(full);
        let mut room = self.knapsack.room;
        for item in &apart {
            room = room.checked_sub(self.weight(*item))?;
        }
        if room < 0 || (way.set_apart && apart.is_empty()) {
            return None;
        }
        let cover = self.cover(&mut rest, room, way.by_weight)?;
        let mut lifted = Lifted::new(self.knapsack, &cover, room)?;
        rest.retain(|item| !cover.contains(item));
        let lean = |a: &usize, b: &usize| self.values[*b].total_cmp(&self.values[*a]);
        rest.sort_by(|a, b| lean(a, b).then(self.weight(*b).cmp(&self.weight(*a))).then(a.cmp(b)));
        // What the point takes some of counts first, what it takes nothing of last.
        let (some, none): (Vec<usize>, Vec<usize>) =
            rest.into_iter().partition(|item| self.values[*item] > NONE);
        some.into_iter().try_for_each(|item| lifted.lift(item))?;
        apart.into_iter().try_for_each(|item| lifted.bring_back(item))?;
        none.into_iter().try_for_each(|item| lifted.lift(item))?;
        items.filter(|item| self.fills(*item)).try_for_each(|item| lifted.lift(item))?;
        let most = lifted.most.to_f64()?;
        let worth = lifted.worth.iter().zip(&self.values);
        let reached: f64 = worth.filter_map(|(worth, value)| Some(worth.to_f64()? * value)).sum();
        let is_broken = (reached - most) / most.max(1.0) > BROKEN;
        is_broken.then(|| self.knapsack.row(&lifted.worth, lifted.most))
    }

    /// Items that do not fit together, none of which can be left out.
    fn cover(&self, items: &mut [usize], room: i128, by_weight: bool) -> Option<Vec<usize>> {
        let lacks = |item: usize| match by_weight {
            true => self.short(item) / self.weight(item).to_f64().unwrap_or(1.0),
            false => self.short(item),
        };
        items.sort_by(|a, b| {
            lacks(*a).total_cmp(&lacks(*b)).then(self.weight(*b).cmp(&self.weight(*a))).then(a.cmp(b))
        });
        let (mut cover, mut total) = (Vec::new(), 0_i128);
        for &item in items.iter().filter(|item| !by_weight || self.values[**item] > NONE) {
            if total > room {
                break;
            }
            cover.push(item);
            total = total.checked_add(self.weight(item))?;
        }
        if total <= room {
            return None;
        }
        // Those go first that the point has least of.
        let mut order = cover.clone();
        order.sort_by(|a, b| {
            let short = self.short(*b).total_cmp(&self.short(*a));
            short.then(self.weight(*a).cmp(&self.weight(*b))).then(a.cmp(b))
        });
        for item in order {
            let less = total.checked_sub(self.weight(item))?;
            if less > room {
                total = less;
                cover.retain(|other| *other != item);
            }
        }
        Some(cover)
    }
}

impl<'a> Lifted<'a> {
    fn new(knapsack: &'a Knapsack, cover: &[usize], room: i128) -> Option<Self> {
        let most = cover.len().checked_sub(1)?.to_i128()?;
        let mut lifted = Self { knapsack, worth: vec![0; knapsack.items.len()], least: vec![0], room, most };
        for &item in cover {
            lifted.count(item, 1)?;
        }
        Some(lifted)
    }

    fn weight(&self, item: usize) -> i128 {
        self.knapsack.items.get(item).map_or(0, |item| item.weight)
    }

    /// Lets an item be worth so much.
    fn count(&mut self, item: usize, worth: i128) -> Option<()> {
        *self.worth.get_mut(item)? = worth;
        let (by, weight) = (usize::try_from(worth).ok()?, self.weight(item));
        if by == 0 {
            return Some(());
        }
        let before = self.least.clone();
        self.least.resize(before.len().checked_add(by)?, i128::MAX);
        for (to, place) in self.least.iter_mut().enumerate() {
            // At least so much worth: from nothing, or from what is left of it.
            let from = before.get(to.saturating_sub(by))?;
            *place = (*place).min(from.saturating_add(weight));
        }
        Some(())
    }

    /// The most worth that fits into a room.
    fn reach(&self, room: i128) -> Option<i128> {
        self.least.iter().rposition(|weight| *weight <= room)?.to_i128()
    }

    /// What an item counts that was left out.
    fn lift(&mut self, item: usize) -> Option<()> {
        let room = self.room.checked_sub(self.weight(item))?;
        let worth = if room < 0 { self.most } else { self.most.checked_sub(self.reach(room)?)? };
        self.count(item, worth)
    }

    /// What an item counts that was taken for granted.
    fn bring_back(&mut self, item: usize) -> Option<()> {
        let room = self.room.checked_add(self.weight(item))?;
        let worth = self.reach(room)?.checked_sub(self.most)?;
        (self.room, self.most) = (room, self.most.checked_add(worth)?);
        self.count(item, worth)
    }
}
