//! The nearest number at which there is an award, with all else as it is.

use super::parts::{Element, Kept, demand_row};
use super::{built, is_closed};
use crate::model::language::input::Offered;
use crate::model::language::{Group, Language};
use crate::model::{Claim, Direction, Objective, PartKind, Sense, WayOut};
use crate::money::{Money, Ratio};
use crate::solve::{Engine, Exact};
use crate::tender::{Limit, LimitKind, Range};

/// What would have to be true of one part for an award; `None` when even without it there is none.
pub(super) fn way_out(
    offered: &Offered<'_>,
    group: &Group,
    all: &[Element],
    part: &Element,
) -> Option<WayOut> {
    let without = Kept::but(part);
    let language = built(offered, group, &without)?;
    let cost = least_cost(&language);
    if part.said.what == PartKind::Demand {
        let needed = most_delivered(offered, group, all, part)?;
        return Some(WayOut { part: part.said.clone(), needed: Some(needed), cost: None });
    }
    let cost = cost?;
    let (needed, cost) = match (&part.limit, part.said.what) {
        (Some(limit), _) => match nearest(offered, group, limit) {
            Some((relaxed, shown)) => (Some(shown), cost_under(offered, group, relaxed).or(Some(cost))),
            None => (budget(&language, limit), Some(cost)),
        },
        (None, PartKind::Capacity) => (least_volume(&language, &part.said.name), Some(cost)),
        (None, _) => (None, Some(cost)),
    };
    Some(WayOut { part: part.said.clone(), needed, cost })
}

/// What the cheapest award costs, when one is known; exactly, when it is proved.
fn least_cost(language: &Language) -> Option<Money> {
    let found = Exact::default().solve(&language.model).ok()?;
    let values = found.best?.values;
    let total = crate::model::whole::dot(&language.paid, &values).ok()?;
    language.steps.cost(total)
}

fn cost_under(offered: &Offered<'_>, group: &Group, limit: Limit) -> Option<Money> {
    let kept = Kept::with(limit);
    least_cost(&built(offered, group, &kept)?)
}

/// The limit with the number nearest to its own at which there is an award.
fn nearest(offered: &Offered<'_>, group: &Group, limit: &Limit) -> Option<(Limit, String)> {
    let most = group.lots.iter().filter_map(|at| offered.lots.get(*at));
    let most = most.map(|lot| lot.bids.len().max(lot.regions.len())).sum::<usize>();
    let most = u32::try_from(most.max(group.lots.len())).unwrap_or(u32::MAX);
    let with = |kind: LimitKind| Limit { kind, ..limit.clone() };
    let is_open = |limit: &Limit| {
        let kept = Kept::with(limit.clone());
        !is_closed(offered, group, &kept)
    };
    let counts = |range: Range<u32>, kind: &dyn Fn(Range<u32>) -> LimitKind| {
        relaxed(range, most, &|range| is_open(&with(kind(range))))
            .map(|(range, shown)| (with(kind(range)), shown.to_string()))
    };
    match &limit.kind {
        LimitKind::Winners(range) => counts(*range, &LimitKind::Winners),
        LimitKind::LotsPerSupplier(range) => counts(*range, &LimitKind::LotsPerSupplier),
        LimitKind::RegionsPerWinner(range) => counts(*range, &LimitKind::RegionsPerWinner),
        LimitKind::Share(measure, range) => {
            shares(*range, &|range| is_open(&with(LimitKind::Share(*measure, range))))
                .map(|(range, shown)| (with(LimitKind::Share(*measure, range)), shown))
        }
        LimitKind::ClassShare(measure, range) => {
            shares(*range, &|range| is_open(&with(LimitKind::ClassShare(*measure, range))))
                .map(|(range, shown)| (with(LimitKind::ClassShare(*measure, range)), shown))
        }
        LimitKind::Backups(backups) => {
            let open = |less: &u32| is_open(&with(LimitKind::Backups(*less)));
            let less = (0..*backups).rev().find(open)?;
            Some((with(LimitKind::Backups(less)), less.to_string()))
        }
        _ => None,
    }
}

/// The range with one side moved as little as possible; more room never closes an award, so halving finds it.
fn relaxed(range: Range<u32>, most: u32, is_open: &dyn Fn(Range<u32>) -> bool) -> Option<(Range<u32>, u32)> {
    let largest = range.max.map(|own| (own, most.max(own)));
    if let Some((own, far)) = largest
        && let Some(found) = first_open(own, far, &|max| is_open(Range { max: Some(max), ..range }))
    {
        return Some((Range { max: Some(found), ..range }, found));
    }
    let own = range.min?;
    let down = |by: u32| Range { min: Some(own.saturating_sub(by)), ..range };
    let by = first_open(0, own, &|by| is_open(down(by)))?;
    Some((down(by), own.saturating_sub(by)))
}

/// The smallest number above `closed`, up to `far`, that is open.
fn first_open(closed: u32, far: u32, is_open: &dyn Fn(u32) -> bool) -> Option<u32> {
    if far <= closed || !is_open(far) {
        return None;
    }
    let (mut closed, mut open) = (closed, far);
    while open.saturating_sub(closed) > 1 {
        let middle = closed.midpoint(open);
        if is_open(middle) {
            open = middle;
        } else {
            closed = middle;
        }
    }
    Some(open)
}

/// The same for shares, in whole per cents.
fn shares(range: Range<Ratio>, is_open: &dyn Fn(Range<Ratio>) -> bool) -> Option<(Range<Ratio>, String)> {
    let ratio = |cents: u32| Ratio::from_steps(i128::from(cents), 2).ok();
    let cents = |share: Ratio, up: bool| -> Option<u32> {
        let digits = share.decimals().max(2);
        let one = 10_i128.checked_pow(digits.saturating_sub(2))?;
        let steps = share.in_steps(digits)?;
        let down = steps.checked_div_euclid(one)?;
        let whole = steps.checked_rem_euclid(one)? == 0;
        u32::try_from(if up && !whole { down.saturating_add(1) } else { down }).ok()
    };
    if let Some(own) = range.max {
        let with = |max: u32| Some(Range { max: Some(ratio(max)?), ..range });
        let open = |max: u32| with(max).is_some_and(is_open);
        if let Some(found) = first_open(cents(own, false)?, 100, &open) {
            return Some((with(found)?, ratio(found)?.to_string()));
        }
    }
    let own = cents(range.min?, true)?;
    let with = |less: u32| Some(Range { min: Some(ratio(own.saturating_sub(less))?), ..range });
    let less = first_open(0, own, &|less| with(less).is_some_and(is_open))?;
    Some((with(less)?, ratio(own.saturating_sub(less))?.to_string()))
}

/// The least that must be paid, for a budget over all bids.
fn budget(language: &Language, limit: &Limit) -> Option<String> {
    let scope = &limit.scope;
    let of_all = scope.suppliers.is_empty() && scope.class.is_none() && scope.unit_group.is_none();
    if !matches!(limit.kind, LimitKind::Budget(_)) || !of_all || language.lots.len() > 1 {
        return None;
    }
    let objective = Objective { direction: Direction::Minimise, terms: language.paid.clone() };
    let least = optimum(language, objective)?;
    language.steps.cost(least).map(|least| least.to_string())
}

/// The least volume that a bid must deliver once its capacity is lifted.
fn least_volume(language: &Language, bid: &str) -> Option<String> {
    let bids = language.lots.iter().flat_map(|lot| &lot.bids);
    let offers = bids.filter(|own| own.bid_id == bid).flat_map(|own| &own.offers);
    let terms = offers.flat_map(|offer| offer.delivers.iter().flatten().map(|own| (own.column, own.steps)));
    let objective = Objective { direction: Direction::Minimise, terms: terms.collect() };
    let least = optimum(language, objective)?;
    language.steps.volume(least).map(|least| least.to_string())
}

/// The most that can be delivered to a region, with all else as it is.
fn most_delivered(offered: &Offered<'_>, group: &Group, all: &[Element], part: &Element) -> Option<String> {
    let mut language = built(offered, group, &Kept::all(all))?;
    let label = demand_row(&part.said);
    let row = language.model.rows.iter_mut().find(|row| row.label == label)?;
    row.sense = Sense::Le;
    let objective = Objective { direction: Direction::Maximise, terms: row.terms.clone() };
    let decided = row.rhs == 1
        && row
            .terms
            .iter()
            .all(|(column, _)| language.model.columns.get(*column).is_some_and(|column| column.integer));
    let most = optimum(&language, objective)?;
    if decided {
        return (most == 0).then(|| "0".to_owned());
    }
    language.steps.volume(most).map(|most| most.to_string())
}

/// The best value of an objective, once it is proved.
fn optimum(language: &Language, objective: Objective) -> Option<i128> {
    let mut model = language.model.clone();
    model.then.clear();
    model.objective = objective;
    let found = Exact::default().solve(&model).ok()?;
    let best = found.best.filter(|_| found.claim == Claim::Optimal)?;
    Some(best.objective)
}
