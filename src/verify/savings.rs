//! Savings against each baseline, with the share of the value that they cover.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::money::{Inexact, Money, Quantity, Rounding, UnitPrice};
use crate::rules::SavingsAgainstBaselines;

use super::bids::Count;
use super::expected::text;
use super::volumes::Volumes;
use super::walk::Award;

/// The built-in baselines, in the order of reports.
const BUILT_IN: [&str; 3] = ["previous_price", "reference_price", "ceiling_price"];

/// A lot's winners with their volumes, its base volume and the further baselines that it states.
pub(super) struct Priced<'a> {
    count: &'a Count<'a>,
    winners: Vec<Winner<'a>>,
}

struct Winner<'a> {
    lot: &'a str,
    supplier: &'a str,
    price: UnitPrice,
    volume: Quantity,
    value: Money,
    /// Previous, reference and ceiling price.
    before: [Option<UnitPrice>; BUILT_IN.len()],
    count: &'a Count<'a>,
}

/// The winners of a lot whose volumes are given out.
pub(super) fn priced<'a>(count: &'a Count<'a>, award: &Award, volumes: &Volumes<'_>) -> Priced<'a> {
    let each = award.winners.iter().zip(&volumes.winners).enumerate();
    let winners = each.filter_map(|(place, (at, volume))| {
        let bid = count.bids.get(*at)?;
        let before = [bid.previous, count.lot.reference_price, bid.ceiling];
        let before = before.map(|price| price.filter(|price| !price.is_zero()));
        let (lot, supplier) = (count.lot.id.as_str(), bid.bid.supplier_id.as_str());
        let paid = volumes.values.as_ref().and_then(|values| values.get(place)).copied();
        let mean = paid.and_then(|paid| paid.per_unit(*volume, Rounding::half_up(10)));
        let price = mean.or(award.price(count, *at))?;
        let value = paid.or(price.times(*volume).ok())?;
        Some(Winner { lot, supplier, price, volume: *volume, value, before, count })
    });
    Priced { count, winners: winners.collect() }
}

/// One row for each baseline of these lots; further baselines are those that `all` lots of the tender state.
///
/// # Errors
/// [`Inexact`] when an amount cannot be held.
pub(super) fn savings(
    lots: &[Priced<'_>],
    all: &[&Count<'_>],
    rule: &SavingsAgainstBaselines,
) -> Result<Value, Inexact> {
    let stated = || all.iter().flat_map(|count| &count.lot.baselines);
    let names: BTreeSet<&str> = stated().map(|row| row.name.as_str()).collect();
    let mut rows = Vec::new();
    for name in BUILT_IN.into_iter().chain(names) {
        let sources: BTreeSet<&str> =
            stated().filter(|row| row.name == name).filter_map(|row| row.source.as_deref()).collect();
        let sources = sources.into_iter().collect::<Vec<_>>().join("; ");
        rows.push(row(name, lots, rule, &sources)?);
    }
    Ok(Value::Array(rows))
}

impl Winner<'_> {
    /// The price before under a baseline: its own, else that of the whole lot.
    fn before(&self, name: &str) -> Option<UnitPrice> {
        if let Some(at) = BUILT_IN.iter().position(|known| *known == name) {
            return self.before.get(at).copied().flatten();
        }
        let rows = || self.count.lot.baselines.iter().filter(|row| row.name == name);
        let own = rows().find(|row| row.supplier_id.as_ref().is_some_and(|id| id.as_str() == self.supplier));
        own.or_else(|| rows().find(|row| row.supplier_id.is_none())).map(|row| row.price)
    }
}

/// What some winners would have cost before and cost now, and whether one of them has a volume.
fn sums(known: &[(&Winner<'_>, UnitPrice)]) -> Result<(Money, Money, bool), Inexact> {
    let before = known.iter().map(|(winner, before)| before.times(winner.volume));
    let now = known.iter().map(|(winner, _)| winner.value);
    let before = Money::total(before.collect::<Result<Vec<_>, _>>()?)?;
    let now = Money::total(now)?;
    Ok((before, now, known.iter().any(|(winner, _)| !winner.volume.is_zero())))
}

fn row(
    name: &str,
    lots: &[Priced<'_>],
    rule: &SavingsAgainstBaselines,
    sources: &str,
) -> Result<Value, Inexact> {
    let rounding = rule.rounding;
    let (mut all, mut known, mut on_base) = (Vec::new(), Vec::new(), None);
    for lot in lots {
        let own: Vec<(&Winner<'_>, UnitPrice)> =
            lot.winners.iter().filter_map(|winner| Some((winner, winner.before(name)?))).collect();
        let agreed = Quantity::total(lot.winners.iter().map(|winner| winner.volume))?;
        if let (before, now, true) = sums(&own)? {
            let carried = before.minus(now)?.at_volume(lot.count.base, agreed, rule.money_rounding);
            on_base = match (on_base, carried) {
                (Some(sum), Some(carried)) => Some(Money::plus(sum, carried)?),
                (sum, carried) => sum.or(carried),
            };
        }
        all.extend(lot.winners.iter().map(|winner| winner.value));
        known.extend(own);
    }
    let (before, now, some) = sums(&known)?;
    let value = Money::total(all.iter().copied())?;
    let saving = if some { Some(before.minus(now)?) } else { None };
    let pairs: Vec<_> = known.iter().map(|(winner, before)| (winner.price, *before)).collect();
    Ok(json!({
        "baseline": name,
        "reference_value": text(saving.map(|_| before)),
        "saving": text(saving),
        "cut": text(saving.and_then(|saving| saving.share_of(before, rounding))),
        "coverage": text(now.share_of(value, rounding)),
        "simple_cut": text(UnitPrice::mean_cut(&pairs, rounding)),
        "covered_value": now.to_string(),
        "winners_covered": known.len(),
        "winners": all.len(),
        "volume_basis": "agreed",
        "base_volume_saving": text(on_base),
        "highest_cut": extreme(&known, true, rounding),
        "lowest_cut": extreme(&known, false, rounding),
        "source": text((!sources.is_empty()).then_some(sources)),
    }))
}

/// The highest or lowest cut, and whose it is.
fn extreme(known: &[(&Winner<'_>, UnitPrice)], highest: bool, rounding: Rounding) -> Value {
    let part = |one: &(&Winner<'_>, UnitPrice)| (one.0.price, one.1);
    let by_cut = |one: &&(&Winner<'_>, UnitPrice), other: &&(&Winner<'_>, UnitPrice)| {
        let order = UnitPrice::compare_parts(part(one), part(other));
        if highest { order } else { order.reverse() }
    };
    let Some(best) = known.iter().min_by(by_cut) else { return Value::Null };
    let mut winners: Vec<[&str; 2]> = known
        .iter()
        .filter(|one| by_cut(one, &best).is_eq())
        .map(|(winner, _)| [winner.lot, winner.supplier])
        .collect();
    winners.sort_unstable();
    json!({ "cut": text(best.0.price.cut_from(best.1, rounding)), "winners": winners })
}
