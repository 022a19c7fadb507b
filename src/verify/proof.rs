//! proof.json: for a ranked lot the recorded steps in short, for a least-cost lot the awards and the case distinction.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::money::{Money, Quantity};
use crate::rules::{LeastCost, Unit};
use crate::tender::{Act, Outcome, SupplierId};

use super::bids::Count;
use super::cases::{Shown, walk, whole};
use super::expected::{Lot, text};
use super::programme::{Programme, programme};
use super::volumes::Planned;
use super::walk::{Award, Decides, Tie};

/// A least-cost award that its proof bears out.
pub(super) struct Optimum {
    pub(super) award: Award,
    /// What each winner delivers.
    pub(super) planned: Vec<Planned>,
    /// Cost and bound, when there is an award.
    pub(super) cost: Option<(Money, Money)>,
    /// What the cases show.
    pub(super) shown: Shown,
}

/// An award of the proof.
struct Listed {
    winners: Vec<usize>,
    values: Vec<i128>,
    cost: i128,
}

/// Checks the proof of a least-cost lot and reads its award.
///
/// # Errors
/// The key of what does not hold.
pub(super) fn least_cost(
    count: &Count<'_>,
    limits: &LeastCost,
    proof: &Value,
) -> Result<Optimum, &'static str> {
    let programme = programme(count, limits).ok_or("too_large")?;
    let steps = json!({"volume_digits": programme.volume_digits, "price_digits": programme.price_digits});
    if proof.get("steps") != Some(&steps) {
        return Err("steps");
    }
    let listed = proof.get("awards").and_then(Value::as_array).ok_or("malformed")?;
    let awards =
        listed.iter().map(|award| listed_award(count, &programme, award)).collect::<Result<Vec<_>, _>>()?;
    let sets: BTreeSet<Vec<usize>> = awards.iter().map(|award| award.winners.clone()).collect();
    let cost = awards.first().map(|award| award.cost);
    if sets.len() != awards.len() || awards.iter().any(|award| Some(award.cost) != cost) {
        return Err("awards_differ");
    }
    let ids: Vec<&str> = count.bids.iter().map(|bid| bid.bid.id.as_str()).collect();
    let shown = walk(&programme, &ids, proof, &Vec::from_iter(cost), &sets)?;
    let money = |steps| programme.money(steps).ok_or("too_large");
    let drawn = drawn(count, &sets).filter(|_| shown.complete);
    let (outcome, bound) = match (cost, shown.bound) {
        (None, None) => (Outcome::NoAward, None),
        (None, Some(_)) => (Outcome::Unproved, None),
        (Some(_), None) => return Err("award_and_none"),
        (Some(cost), Some(bound)) if bound < cost => (Outcome::Unproved, Some(bound)),
        (Some(cost), Some(_)) if drawn.is_some() => (Outcome::Awarded, Some(cost)),
        (Some(cost), Some(_)) if sets.len() > 1 => (Outcome::DrawRequired, Some(cost)),
        (Some(cost), Some(_)) if shown.complete => (Outcome::Awarded, Some(cost)),
        (Some(cost), Some(_)) => (Outcome::Unproved, Some(cost)),
    };
    let all = sets.iter().next().cloned().unwrap_or_default();
    let certain = |at: &usize| sets.iter().all(|set| set.contains(at));
    let (winners, ties) = if outcome == Outcome::DrawRequired {
        let winners: Vec<usize> = all.into_iter().filter(certain).filter(|_| shown.complete).collect();
        let open: BTreeSet<usize> =
            sets.iter().flatten().copied().filter(|at| !winners.contains(at)).collect();
        let decides = Decides::Award(sets.into_iter().collect(), shown.complete);
        (winners, vec![Tie { bids: open.into_iter().collect(), decides }])
    } else {
        let taken = drawn.or(awards.first().map(|award| award.winners.clone()));
        (taken.unwrap_or_default(), Vec::new())
    };
    let taken = awards.iter().find(|award| award.winners == winners).or(awards.first());
    let planned = winners.iter().map(|at| delivered(&programme, count, taken, *at)).collect::<Option<_>>();
    let cost = match (cost, bound) {
        (Some(cost), Some(bound)) => Some((money(cost)?, money(bound)?)),
        _ => None,
    };
    let ranks = vec![None; count.bids.len()];
    let award = Award { outcome, places: None, anchor: None, ranks, winners, ties, share: None, years: None };
    Ok(Optimum { award: award.finish(count), planned: planned.ok_or("too_large")?, cost, shown })
}

/// The set of winners that recorded draws name, each of its suppliers with `draw-1`; `None` when they name none or several.
pub(super) fn drawn(count: &Count<'_>, sets: &BTreeSet<Vec<usize>>) -> Option<Vec<usize>> {
    let draws = count.lot.decisions.iter().filter(|act| act.act == Act::Draw(1));
    let named: BTreeSet<&SupplierId> = draws.map(|act| &act.supplier_id).collect();
    let supplier = |at: &usize| count.lot.bids.get(*at).map(|bid| &bid.supplier_id);
    let mut fitting =
        sets.iter().filter(|set| set.iter().filter_map(supplier).collect::<BTreeSet<_>>() == named);
    let found = fitting.next().filter(|set| sets.len() > 1 && !set.is_empty());
    if fitting.next().is_none() { found.cloned() } else { None }
}

/// An award as the proof lists it, once every column and row has been checked.
fn listed_award(count: &Count<'_>, programme: &Programme, award: &Value) -> Result<Listed, &'static str> {
    let ids: BTreeMap<&str, usize> =
        count.bids.iter().enumerate().map(|(at, bid)| (bid.bid.id.as_str(), at)).collect();
    let regions: BTreeMap<&str, usize> =
        count.regions.keys().enumerate().map(|(at, region)| (region.as_str(), at)).collect();
    let list = |key: &str| award.get(key).and_then(Value::as_array).ok_or("malformed");
    let mut values = vec![0_i128; programme.bounds.len()];
    let mut winners = Vec::new();
    for id in list("winners")? {
        let at = id.as_str().and_then(|id| ids.get(id)).ok_or("malformed")?;
        values.get_mut(*at).into_iter().for_each(|value| *value = 1);
        winners.push(*at);
    }
    if winners.windows(2).any(|pair| matches!(pair, [one, other] if one >= other)) {
        return Err("malformed");
    }
    for row in list("volumes")? {
        let [bid, region, volume] = row.as_array().map(Vec::as_slice).unwrap_or_default() else {
            return Err("malformed");
        };
        let bid = bid.as_str().and_then(|id| ids.get(id)).ok_or("malformed")?;
        let region = region.as_str().and_then(|name| regions.get(name)).ok_or("malformed")?;
        let column = programme.delivers(*bid, *region).and_then(|column| values.get_mut(column));
        let place = column.filter(|place| **place == 0).ok_or("malformed")?;
        *place = whole(Some(volume)).filter(|volume| *volume > 0).ok_or("malformed")?;
    }
    let reached = programme.reached(&values)?;
    let cost = *reached.first().ok_or("malformed")?;
    let stated = whole(award.get("cost"));
    if stated == Some(cost) { Ok(Listed { winners, values, cost }) } else { Err("cost") }
}

/// What a bid delivers in an award.
fn delivered(programme: &Programme, count: &Count<'_>, award: Option<&Listed>, at: usize) -> Option<Planned> {
    let values = &award?.values;
    let costs = &programme.goals.first()?.costs;
    let (mut total, mut regions) = (0_i128, Vec::new());
    for region in 0..count.regions.len() {
        let column = programme.delivers(at, region)?;
        let (volume, price) = (*values.get(column)?, *costs.get(column)?);
        total = total.checked_add(volume)?;
        if volume != 0 {
            let steps = Quantity::from_steps(volume, programme.volume_digits).ok()?;
            regions.push((region, steps, programme.money(volume.checked_mul(price)?)?));
        }
    }
    let total = Quantity::from_steps(total, programme.volume_digits).ok()?;
    Some(Planned { total, regions: programme.by_region.then_some(regions), offers: Vec::new() })
}

/// The proof of a ranked lot as it must be.
pub(super) fn ranked_row(lot: &Lot<'_>) -> Value {
    let Lot { count, award, .. } = lot;
    let id = |at: &usize| count.lot.bids.get(*at).map(|bid| bid.id.as_str());
    let mut order: BTreeMap<(Option<Unit>, u32), Vec<usize>> = BTreeMap::new();
    for (at, place) in award.ranks.iter().enumerate() {
        place.iter().for_each(|place| order.entry((place.unit, place.rank)).or_default().push(at));
    }
    let price = |bids: &[usize]| count.bids.get(*bids.first()?)?.price;
    let rule = |at: usize, rule: &str| json!({"bid_id": id(&at), "rule": rule});
    let bids = || count.bids.iter().enumerate();
    let barred = award.ranks.iter().enumerate().filter_map(|(at, place)| Some(rule(at, (*place)?.fails?)));
    let tied = bids().filter(|(at, _)| award.status(count, *at) == "tied").filter_map(|(at, _)| id(&at));
    json!({
        "lot_id": count.lot.id.as_str(),
        "kind": "ranked",
        "outcome": award.outcome.name(),
        "bidders": count.bidders,
        "places": award.places,
        "excluded": bids().filter_map(|(at, bid)| Some(rule(at, bid.excluded()?))).collect::<Vec<_>>(),
        "order": order.iter().map(|((unit, rank), bids)| {
            let mut class = json!({
                "rank": rank,
                "comparable_price": text(price(bids)),
                "bids": bids.iter().filter_map(id).collect::<Vec<_>>(),
            });
            if let (Some(unit), Some(class)) = (unit, class.as_object_mut()) {
                class.insert("bidding_unit".to_owned(), Value::String(unit.name().to_owned()));
            }
            class
        }).collect::<Vec<_>>(),
        "barred": barred.collect::<Vec<_>>(),
        "winners": award.winners.iter().filter_map(id).collect::<Vec<_>>(),
        "tied": tied.collect::<Vec<_>>(),
        "base_volume": count.base.to_string(),
        "agreed_share": text(award.share),
    })
}
