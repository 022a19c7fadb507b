//! award.json as it must be, from the recount.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::money::{Inexact, Money, Quantity, Rounding, UnitPrice};
use crate::rules::RuleSet;
use crate::tender::{Outcome, Reason, Tender, TenderKind};

use super::bids::{Count, own_pack};
use super::cases::Shown;
use super::draws::tie_row;
use super::published::published;
use super::savings::{Priced, priced, savings};
use super::volumes::{Volumes, is_open};
use super::walk::Award;

/// A lot with all that was counted of it.
pub(super) struct Lot<'a> {
    pub(super) count: Count<'a>,
    pub(super) award: Award,
    pub(super) volumes: Volumes<'a>,
    /// The cost and the bound of a least-cost award.
    pub(super) cost: Option<(Money, Money)>,
    /// What the cases of a least-cost lot show.
    pub(super) shown: Option<Shown>,
    /// The lot at which the proof stands, where limits or offers say more than a core lot does.
    pub(super) proved_at: Option<String>,
}

/// Sums over the tender.
#[derive(Default)]
struct Totals {
    volume: Quantity,
    value: Money,
    cost: Money,
    open: usize,
}

/// `value` as text, or null.
pub(super) fn text(value: Option<impl ToString>) -> Value {
    value.map_or(Value::Null, |value| Value::String(value.to_string()))
}

/// The whole file.
///
/// # Errors
/// [`Inexact`] when an amount cannot be held.
pub(super) fn expected(tender: &Tender, lots: &[Lot<'_>]) -> Result<Value, Inexact> {
    let Some(rules) = lots.first().map(|lot| lot.count.rules) else { return Ok(Value::Null) };
    let notice = &tender.notice;
    let rule = &rules.savings.rule;
    let mut totals = Totals::default();
    let mut rows = Vec::new();
    let mut all: Vec<Priced<'_>> = Vec::new();
    let counts: Vec<&Count<'_>> = lots.iter().map(|lot| &lot.count).collect();
    for lot in lots {
        let priced = priced(&lot.count, &lot.award, &lot.volumes);
        rows.push(lot_row(lot, savings(std::slice::from_ref(&priced), &counts, rule)?, &mut totals)?);
        all.push(priced);
    }
    let outcome = lots.iter().map(|lot| lot.award.outcome).max().unwrap_or(Outcome::NoAward);
    let overrides: Vec<Value> = rules
        .overrides()
        .map(|one| json!({"parameter": one.name, "value": one.value, "rule_set_value": one.overridden_from}))
        .collect();
    Ok(json!({
        "schema": "jicai-award-1",
        "tender": {
            "id": notice.id,
            "title": notice.title,
            "kind": match notice.kind { TenderKind::Drug => "drug", TenderKind::Consumable => "consumable" },
            "currency": notice.currency,
            "title_zh": notice.title_zh,
            "announced": notice.announced.to_string(),
            "source": notice.source,
        },
        "rules": stated_rules(rules),
        "outcome": outcome.name(),
        "lots": rows,
        "totals": {
            "agreed_volume": totals.volume.to_string(),
            "award_value": totals.value.to_string(),
            "cost": totals.cost.to_string(),
            "savings": savings(&all, &counts, rule)?,
            "lots_open": totals.open,
        },
        "illustrative": notice.is_illustrative(),
        "overrides": overrides,
        "published": if rules.instead_of.is_some() { Value::Null } else { published(lots) },
    }))
}

/// What is said of the rules; a rule set that stands in the place of the tender's own names that one.
fn stated_rules(rules: &RuleSet) -> Value {
    let mut stated = json!({
        "id": rules.id,
        "unverified": rules.unverified(),
        "title": rules.title,
        "title_zh": rules.title_zh,
        "cite": rules.cite,
        "sha256": rules.sha256,
    });
    if let (Some(own), Some(stated)) = (&rules.instead_of, stated.as_object_mut()) {
        stated.insert("instead_of".to_owned(), Value::String(own.clone()));
    }
    stated
}

fn lot_row(lot: &Lot<'_>, savings: Value, totals: &mut Totals) -> Result<Value, Inexact> {
    let Lot { count, award, volumes, cost, .. } = lot;
    let stated = count.lot;
    let open = is_open(award, volumes);
    let volume = Quantity::total(volumes.winners.iter().copied())?;
    let values = values(lot)?;
    let value = Money::total(values.iter().copied())?;
    let fixed = award.winners.iter().filter_map(|at| stated.bids.get(*at)?.fixed_cost);
    let counted = match cost {
        Some((cost, _)) => *cost,
        None => Money::total(fixed.chain([value]))?,
    };
    if open {
        totals.open = totals.open.saturating_add(1);
    } else {
        totals.volume = totals.volume.plus(volume)?;
        totals.value = totals.value.plus(value)?;
        totals.cost = totals.cost.plus(counted)?;
    }
    let settled = |number: String| if open { Value::Null } else { Value::String(number) };
    let range =
        volumes.range.map(|(least, most)| json!({"least": least.to_string(), "greatest": most.to_string()}));
    let until =
        count.rules.term_until.as_ref().filter(|_| !award.winners.is_empty()).map(|rule| rule.rule.until);
    Ok(json!({
        "lot_id": stated.id.as_str(),
        "outcome": award.outcome.name(),
        "bidders": count.bidders,
        "quota": award.places,
        "agreed_share": text(award.share),
        "term_years": award.years,
        "winners": winner_rows(lot, &values)?,
        "bids": (0..count.bids.len()).map(|at| bid_row(lot, at)).collect::<Vec<_>>(),
        "regions": region_rows(lot)?,
        "cost": settled(counted.to_string()),
        "proof": proof_row(lot),
        "name": stated.name,
        "name_zh": stated.name_zh,
        "unit": stated.unit,
        "ceiling_price": text(stated.ceiling_price),
        "reference_price": text(stated.reference_price),
        "base_volume": count.base.to_string(),
        "agreed_volume": settled(volume.to_string()),
        "value": settled(value.to_string()),
        "allocation_basis": volumes.basis,
        "assumption": volumes.basis == "simulated_draft",
        "spending_range": range,
        "savings": savings,
        "ties": award.ties.iter().map(|tie| tie_row(count, award, tie)).collect::<Vec<_>>(),
        "anchor": text(award.anchor),
        "term_until": text(until),
    }))
}

/// What the volume of each winner costs at its comparable price.
fn values(lot: &Lot<'_>) -> Result<Vec<Money>, Inexact> {
    if let Some(values) = &lot.volumes.values {
        return Ok(values.clone());
    }
    let each = lot.award.winners.iter().zip(&lot.volumes.winners);
    each.map(|(at, volume)| lot.award.price(&lot.count, *at).ok_or(Inexact)?.times(*volume)).collect()
}

fn winner_rows(lot: &Lot<'_>, values: &[Money]) -> Result<Vec<Value>, Inexact> {
    let row = |(place, at): (usize, &usize)| {
        let bid = lot.count.bids.get(*at).ok_or(Inexact)?;
        let route = lot.award.route(*at);
        // A lower price that was taken holds for the representative specification; the bid's own pack follows from it.
        let own = match route.lowered() {
            Some(price) => Some(own_pack(price, bid.bid, lot.count.rules)?),
            None => bid.bid.price,
        };
        let mut row = json!({
            "supplier_id": bid.bid.supplier_id.as_str(),
            "bid_id": bid.bid.id.as_str(),
            "rank": lot.award.place(*at).map(|place| place.rank),
            "price": text(own),
            "comparable_price": text(paid_price(lot, place).or(lot.award.price(&lot.count, *at))),
            "agreed_volume": text(lot.volumes.winners.get(place)),
            "value": text(values.get(place)),
            "route": route.name(),
        });
        let place = lot.award.place(*at);
        let unit = place.and_then(|place| place.unit).map(|unit| ("bidding_unit", unit.name()));
        let class = place.and_then(|place| place.class).map(|class| ("class", class.name()));
        for (key, word) in unit.into_iter().chain(class) {
            row.as_object_mut().into_iter().for_each(|row| drop(row.insert(key.to_owned(), json!(word))));
        }
        Ok(row)
    };
    lot.award.winners.iter().enumerate().map(row).collect()
}

/// The mean of what a winner is paid for a unit, to 10 decimals, where prices go by region or quantity.
pub(super) fn paid_price(lot: &Lot<'_>, place: usize) -> Option<UnitPrice> {
    let value = lot.volumes.values.as_ref()?.get(place)?;
    value.per_unit(*lot.volumes.winners.get(place)?, Rounding::half_up(10))
}

fn bid_row(lot: &Lot<'_>, at: usize) -> Value {
    let Some(bid) = lot.count.bids.get(at) else { return Value::Null };
    json!({
        "supplier_id": bid.bid.supplier_id.as_str(),
        "bid_id": bid.bid.id.as_str(),
        "status": lot.award.status(&lot.count, at),
        "price": text(bid.bid.price),
        "comparable_price": text(bid.price),
        "reasons": bid.steps.iter().map(reason_row).collect::<Vec<_>>(),
        "price_to_win": null,
        "price_may_win": null,
        "price_to_win_note": null,
        "price_to_win_change": null,
        "rank": lot.award.place(at).map(|place| place.rank),
        "state": bid.bid.state.name(),
        "state_reason": bid.bid.reason,
        "product": bid.bid.product,
        "spec": bid.bid.spec,
    })
}

/// A step; a fact whose name comes again is numbered.
pub(super) fn reason_row(reason: &Reason) -> Value {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    let mut facts = serde_json::Map::new();
    for fact in &reason.facts {
        let seen = times.entry(fact.name).or_default();
        *seen = seen.saturating_add(1);
        let name = if *seen > 1 { format!("{}_{seen}", fact.name) } else { fact.name.to_owned() };
        facts.insert(name, Value::String(fact.value.clone()));
    }
    json!({"rule": reason.rule, "verdict": reason.verdict.name(), "facts": facts, "cite": reason.cite})
}

fn region_rows(lot: &Lot<'_>) -> Result<Vec<Value>, Inexact> {
    let mut rows: Vec<_> = lot
        .volumes
        .rows
        .iter()
        .filter_map(|row| {
            let at = *lot.award.winners.get(row.winner)?;
            Some((row.region, row.role, at, row.volume, row.value))
        })
        .collect();
    rows.sort();
    type Of<'r> = (&'r crate::tender::Region, crate::tender::Role, usize, Quantity, Option<Money>);
    let row = |(region, role, at, volume, value): Of<'_>| {
        let bid = lot.count.bids.get(at).ok_or(Inexact)?;
        let priced = || lot.award.price(&lot.count, at).ok_or(Inexact)?.times(volume);
        let value = value.map_or_else(priced, Ok)?;
        Ok(json!({
            "region": region.as_str(),
            "supplier_id": bid.bid.supplier_id.as_str(),
            "role": role.name(),
            "agreed_volume": volume.to_string(),
            "value": value.to_string(),
            "bid_id": bid.bid.id.as_str(),
        }))
    };
    rows.into_iter().map(row).collect()
}

fn proof_row(lot: &Lot<'_>) -> Value {
    match (lot.award.places, lot.cost) {
        (Some(_), _) => json!({"kind": "rules", "bound": null}),
        (None, None) => json!({"kind": "nothing", "bound": null}),
        (None, Some((cost, bound))) => {
            let exact = cost == bound && lot.award.outcome != Outcome::Unproved;
            json!({"kind": if exact { "exact" } else { "bound" }, "bound": bound.to_string()})
        }
    }
}
