//! Lots in the whole bidding language: the programme that proof.json states must be the one that the inputs give, its proof
//! must hold, and every award that it lists must keep the limits as they are worded.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::model::language::input::{BidOffered, LotOffered, Offered};
use crate::model::language::{self, Group, Language};
use crate::model::{Direction, LotModel, Sense};
use crate::money::{Quantity, UnitPrice};
use crate::rules::{Criterion, RuleSet};
use crate::tender::{Outcome, Tender};

use super::bids::Count;
use super::cases::Shown;
use super::general::{Proved, check, stated};
use super::limits::Plain;
use super::proof::{Optimum, drawn};
use super::volumes::Planned;
use super::walk::{Award, Decides, Tie};

/// The tender as offered, from the recount.
pub(super) fn offered<'a>(tender: &'a Tender, rules: &'a RuleSet, counts: &'a [Count<'a>]) -> Offered<'a> {
    let lot = |count: &'a Count<'a>| LotOffered {
        lot: count.lot,
        regions: count.regions.clone(),
        bids: count
            .bids
            .iter()
            .map(|bid| BidOffered { bid: bid.bid, price: bid.price, barred_by: bid.excluded() })
            .collect(),
    };
    Offered {
        rules,
        suppliers: &tender.suppliers,
        packages: &tender.packages,
        lots: counts.iter().map(lot).collect(),
    }
}

/// Checks the proof of the lots of a group and reads the award of each.
///
/// # Errors
/// The key of what does not hold.
pub(super) fn optima(
    offered: &Offered<'_>,
    group: &Group,
    counts: &[Count<'_>],
    proof: &Value,
) -> Result<Vec<Optimum>, &'static str> {
    let language = language::language(offered, group).map_err(|_| "too_large")?;
    let steps = json!({
        "volume_digits": language.steps.volume_digits,
        "price_digits": language.steps.price_digits,
    });
    if proof.get("steps") != Some(&steps) {
        return Err("steps");
    }
    if proof.get("programme") != Some(&programme(&language.model)) {
        return Err("programme");
    }
    let stated = stated(proof)?;
    let proved = check(&stated, proof)?;
    for values in &proved.awards {
        Plain::new(offered, group, &language, values).ok_or("too_large")?.check()?;
    }
    let of_lot = |(place, at): (usize, &usize)| {
        let count = counts.get(*at).ok_or("malformed")?;
        optimum(count, &language, place, (&stated.bids, &proved))
    };
    group.lots.iter().enumerate().map(of_lot).collect()
}

/// The programme as proof.json must state it.
fn programme(model: &LotModel) -> Value {
    let name = |column: usize| model.columns.get(column).map_or("", |column| column.name.as_str());
    let terms = |terms: &[(usize, i128)]| -> Value {
        terms.iter().map(|(column, by)| json!([name(*column), by.to_string()])).collect()
    };
    let columns: Vec<Value> = model
        .columns
        .iter()
        .map(|column| json!([column.name, column.lower.to_string(), column.upper.to_string()]))
        .collect();
    let bids: Vec<Value> =
        model.winner_columns().into_iter().map(|(column, bid)| json!([bid, name(column)])).collect();
    let objective = |objective: &crate::model::Objective| {
        let word = match objective.direction {
            Direction::Minimise => "least",
            Direction::Maximise => "most",
        };
        json!([word, terms(&objective.terms)])
    };
    let row = |row: &crate::model::Row| {
        let sense = match row.sense {
            Sense::Le => "at_most",
            Sense::Ge => "at_least",
            Sense::Eq => "equal",
        };
        json!([row.label, row.rule, sense, row.rhs.to_string(), terms(&row.terms)])
    };
    json!({
        "columns": columns,
        "bids": bids,
        "objectives": model.objectives().map(objective).collect::<Vec<_>>(),
        "rows": model.rows.iter().map(row).collect::<Vec<_>>(),
    })
}

/// The award of one lot.
fn optimum(
    count: &Count<'_>,
    language: &Language,
    place: usize,
    (bids, proved): (&[String], &Proved),
) -> Result<Optimum, &'static str> {
    let own = |set: &Vec<usize>| -> Vec<usize> {
        let ids = set.iter().filter_map(|at| bids.get(*at));
        let mut places: Vec<usize> =
            ids.filter_map(|id| count.bids.iter().position(|bid| bid.bid.id.as_str() == id)).collect();
        places.sort_unstable();
        places
    };
    let mut sets: Vec<Vec<usize>> = proved.sets.iter().map(own).collect();
    sets.sort();
    sets.dedup();
    let open = proved.outcome == Outcome::DrawRequired;
    let settled = open && sets.len() == 1 && proved.complete;
    let listed: BTreeSet<Vec<usize>> = sets.iter().cloned().collect();
    // A draw that is recorded chooses between the awards of one lot.
    let alone = language.lots.len() == 1 && proved.complete && open;
    let drawn = drawn(count, &listed).filter(|_| alone);
    let outcome = if settled || drawn.is_some() { Outcome::Awarded } else { proved.outcome };
    let taken = |values: &&Vec<i128>| drawn.as_ref().is_none_or(|set| won(language, place, values) == *set);
    let values = proved.awards.iter().find(taken);
    let first = values.map(|values| won(language, place, values)).unwrap_or_default();
    let (winners, ties) = if outcome == Outcome::DrawRequired {
        let certain = |at: &usize| proved.complete && sets.iter().all(|set| set.contains(at));
        let winners: Vec<usize> = first.into_iter().filter(certain).collect();
        let mut open: Vec<usize> =
            sets.iter().flatten().copied().filter(|at| !winners.contains(at)).collect();
        open.sort_unstable();
        open.dedup();
        (winners, vec![Tie { bids: open, decides: Decides::Award(sets, proved.complete) }])
    } else {
        (first, Vec::new())
    };
    let planned = winners.iter().map(|at| planned(count, language, place, *at, values));
    let planned = planned.collect::<Option<Vec<_>>>().ok_or("too_large")?;
    let cost = match (values, proved.cost) {
        (Some(values), Some((reached, bound))) => {
            let own = language.cost_of(place, values).map_err(|_| "too_large")?;
            let bound = match outcome {
                // With the other lots as they are, this one can cost at most the gap of all of them less.
                Outcome::Unproved if own != reached => match language.criteria.first() {
                    Some(Criterion::Cost) => own.saturating_sub(reached.saturating_sub(bound)).max(0),
                    _ => 0,
                },
                Outcome::Unproved => bound,
                _ => own,
            };
            let money = |steps| language.steps.cost(steps).ok_or("too_large");
            Some((money(own)?, money(bound)?))
        }
        _ => None,
    };
    let ranks = vec![None; count.bids.len()];
    let award = Award { outcome, places: None, anchor: None, ranks, winners, ties, share: None, years: None };
    let (bounded, empty) = proved.cases;
    let shown = Shown { bound: None, complete: proved.complete, bounded, empty };
    Ok(Optimum { award: award.finish(count), planned, cost, shown })
}

/// The bids of a lot that win in an award, as places in the lot's list.
fn won(language: &Language, place: usize, values: &[i128]) -> Vec<usize> {
    let bids = language.lots.get(place).map(|view| view.bids.as_slice()).unwrap_or_default();
    let mut won: Vec<usize> =
        bids.iter().filter(|bid| bid.taken(values).is_some()).map(|bid| bid.at).collect();
    won.sort_unstable();
    won
}

/// What a winner delivers where, and what it is paid there.
fn planned(
    count: &Count<'_>,
    language: &Language,
    place: usize,
    at: usize,
    values: Option<&Vec<i128>>,
) -> Option<Planned> {
    let bid = language.lots.get(place)?.bids.iter().find(|bid| bid.at == at)?;
    let (volumes, paid) = (bid.taken(values?)?.volumes(values?).ok()?, bid.region_values(values?).ok()?);
    let mut regions = Vec::new();
    for (region, (volume, value)) in volumes.iter().zip(&paid).enumerate().take(count.regions.len()) {
        if *volume != 0 {
            regions.push((region, language.steps.volume(*volume)?, language.steps.cost(*value)?));
        }
    }
    let total = Quantity::total(regions.iter().map(|(_, volume, _)| *volume)).ok()?;
    let priced = bid.taken(values?)?.price.iter().enumerate();
    let price = |(region, steps): (usize, &Option<i128>)| {
        let price = UnitPrice::from_steps((*steps)?, language.steps.price_digits).ok()?;
        Some((region, price))
    };
    Some(Planned { total, regions: Some(regions), offers: priced.filter_map(price).collect() })
}
