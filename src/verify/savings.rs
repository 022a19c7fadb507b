//! Savings against each baseline, with the share of the value that they cover.

use serde_json::{Value, json};

use crate::money::{Inexact, Money, Quantity, Rounding, UnitPrice};

use super::bids::Count;
use super::expected::text;
use super::ranks::Award;
use super::volumes::Volumes;

/// The baselines, in the order of reports.
const BASELINES: [&str; 3] = ["previous_price", "reference_price", "ceiling_price"];

/// A winner with a volume: price, volume, and the price before by each baseline.
pub(super) struct Priced {
    price: UnitPrice,
    volume: Quantity,
    before: [Option<UnitPrice>; BASELINES.len()],
}

/// The winners of a lot whose volumes are given out.
pub(super) fn priced(count: &Count<'_>, award: &Award, volumes: &Volumes<'_>) -> Vec<Priced> {
    let each = award.winners.iter().zip(&volumes.winners);
    each.filter_map(|(at, volume)| {
        let bid = count.bids.get(*at)?;
        let before = [bid.previous, count.lot.reference_price, bid.ceiling];
        let before = before.map(|price| price.filter(|price| !price.is_zero()));
        Some(Priced { price: bid.price?, volume: *volume, before })
    })
    .collect()
}

/// One row for each baseline.
///
/// # Errors
/// [`Inexact`] when an amount cannot be held.
pub(super) fn savings(winners: &[Priced], rounding: Rounding) -> Result<Value, Inexact> {
    let rows = BASELINES.iter().enumerate().map(|(at, name)| row(at, name, winners, rounding));
    Ok(Value::Array(rows.collect::<Result<_, _>>()?))
}

fn row(at: usize, name: &str, winners: &[Priced], rounding: Rounding) -> Result<Value, Inexact> {
    let known: Vec<(&Priced, UnitPrice)> =
        winners.iter().filter_map(|winner| Some((winner, (*winner.before.get(at)?)?))).collect();
    let total = |values: Vec<Result<Money, Inexact>>| {
        Money::total(values.into_iter().collect::<Result<Vec<_>, _>>()?)
    };
    let reference = total(known.iter().map(|(winner, before)| before.times(winner.volume)).collect())?;
    let covered = total(known.iter().map(|(winner, _)| winner.price.times(winner.volume)).collect())?;
    let value = total(winners.iter().map(|winner| winner.price.times(winner.volume)).collect())?;
    let some = known.iter().any(|(winner, _)| !winner.volume.is_zero());
    let saving = if some { Some(reference.minus(covered)?) } else { None };
    let pairs: Vec<_> = known.iter().map(|(winner, before)| (winner.price, *before)).collect();
    Ok(json!({
        "baseline": name,
        "reference_value": text(saving.map(|_| reference)),
        "saving": text(saving),
        "cut": text(saving.and_then(|saving| saving.share_of(reference, rounding))),
        "coverage": text(covered.share_of(value, rounding)),
        "simple_cut": text(UnitPrice::mean_cut(&pairs, rounding)),
        "covered_value": covered.to_string(),
        "winners_covered": known.len(),
        "winners": winners.len(),
    }))
}
