//! Covers: items that cannot all be taken, and what the other items count beside them.

use num_traits::ToPrimitive;

use super::knapsack::Knapsack;
use crate::model::Derived;

/// How far a row must be broken by a point to be worth it.
const BROKEN: f64 = 1e-3;

/// What the items at a point are worth.
struct Lifted<'a> {
    knapsack: &'a Knapsack,
    worth: Vec<i128>,
    /// What so much worth weighs at least.
    least: Vec<i128>,
    room: i128,
    most: i128,
}

/// Rows that the point breaks.
pub(super) fn violated(knapsack: &Knapsack, point: &[f64]) -> Vec<Derived> {
    let at: Vec<f64> = knapsack
        .items
        .iter()
        .map(|item| {
            let value = point.get(item.column).copied().unwrap_or(0.0).clamp(0.0, 1.0);
            if item.turned { 1.0 - value } else { value }
        })
        .collect();
    let large = |item: usize| knapsack.items.get(item).is_some_and(|item| item.weight >= knapsack.room);
    let held = (0..at.len()).filter(|item| large(*item)).map(|item| at[item]).fold(0.0, f64::max);
    let open = 1.0 - held;
    if open < 1e-6 {
        return Vec::new();
    }
    let mut found: Vec<(f64, Derived)> = Vec::new();
    for by_weight in [true, false] {
        for set_apart in [false, true] {
            let Some((broken, row)) = row(knapsack, &at, open, by_weight, set_apart) else { continue };
            if broken > BROKEN && found.iter().all(|(_, known)| *known != row) {
                found.push((broken, row));
            }
        }
    }
    found.into_iter().map(|(_, row)| row).collect()
}

/// A lifted cover, and how far the point breaks it.
fn row(
    knapsack: &Knapsack,
    at: &[f64],
    open: f64,
    by_weight: bool,
    set_apart: bool,
) -> Option<(f64, Derived)> {
    let weight = |item: usize| knapsack.items.get(item).map_or(0, |item| item.weight);
    let small: Vec<usize> = (0..at.len()).filter(|item| weight(*item) < knapsack.room).collect();
    let full = |item: usize| at[item] >= open - 1e-6;
    let apart: Vec<usize> = small.iter().copied().filter(|item| set_apart && full(*item)).collect();
    let mut room = knapsack.room;
    for item in &apart {
        room = room.checked_sub(weight(*item))?;
    }
    if room < 0 || (set_apart && apart.is_empty()) {
        return None;
    }
    let mut rest: Vec<usize> = small.into_iter().filter(|item| !apart.contains(item)).collect();
    let short = |item: usize| (open - at[item]).max(0.0);
    let key = |item: usize| {
        if by_weight { short(item) / weight(item).to_f64().unwrap_or(1.0) } else { short(item) }
    };
    rest.sort_by(|a, b| key(*a).total_cmp(&key(*b)).then(weight(*b).cmp(&weight(*a))).then(a.cmp(b)));
    let mut cover = Vec::new();
    let mut total = 0_i128;
    for &item in &rest {
        if total > room {
            break;
        }
        if at[item] <= 1e-9 && by_weight {
            continue;
        }
        cover.push(item);
        total = total.checked_add(weight(item))?;
    }
    if total <= room {
        return None;
    }
    // Without items that it does not need, those first that the point has least of.
    let mut order = cover.clone();
    order.sort_by(|a, b| short(*b).total_cmp(&short(*a)).then(weight(*a).cmp(&weight(*b))).then(a.cmp(b)));
    for item in order {
        if total.checked_sub(weight(item))? > room {
            total = total.checked_sub(weight(item))?;
            cover.retain(|other| *other != item);
        }
    }
    let mut lifted = Lifted::new(knapsack, &cover, room)?;
    rest.retain(|item| !cover.contains(item));
    rest.sort_by(|a, b| at[*b].total_cmp(&at[*a]).then(weight(*b).cmp(&weight(*a))).then(a.cmp(b)));
    for &item in rest.iter().filter(|item| at[**item] > 1e-9) {
        lifted.lift(item)?;
    }
    for &item in &apart {
        lifted.bring_back(item)?;
    }
    for &item in rest.iter().filter(|item| at[**item] <= 1e-9) {
        lifted.lift(item)?;
    }
    for item in (0..at.len()).filter(|item| weight(*item) >= knapsack.room) {
        lifted.lift(item)?;
    }
    let reached: f64 = lifted.worth.iter().zip(at).filter_map(|(worth, at)| Some(worth.to_f64()? * at)).sum();
    let broken = (reached - lifted.most.to_f64()?) / lifted.most.to_f64()?.max(1.0);
    Some((broken, knapsack.row(&lifted.worth, lifted.most)))
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
