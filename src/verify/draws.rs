//! What a draw that is still to be held can give.

use std::collections::BTreeSet;

use num_bigint::BigUint;
use serde_json::{Value, json};

use super::bids::Count;
use super::walk::{Award, Decides, Tie};

/// Most options that a report lists.
const LISTED: u32 = 100;

/// A tie as it must stand in award.json.
pub(super) fn tie_row(count: &Count<'_>, award: &Award, tie: &Tie) -> Value {
    let id = |at: &usize| count.lot.bids.get(*at).map(|bid| bid.id.as_str());
    let bids: Vec<Value> = tie
        .bids
        .iter()
        .filter_map(|at| count.lot.bids.get(*at))
        .map(|bid| json!({"supplier_id": bid.supplier_id.as_str(), "bid_id": bid.id.as_str()}))
        .collect();
    let (decides, places, number) = match &tie.decides {
        Decides::Places(places) => ("places", Some(*places), choose(tie.bids.len(), *places)),
        Decides::Order => ("order", None, (1..=tie.bids.len()).map(BigUint::from).product()),
        Decides::Award(sets, _) => ("award", None, BigUint::from(sets.len())),
    };
    let all = !matches!(tie.decides, Decides::Award(_, false));
    let listed = (all && number <= BigUint::from(LISTED)).then(|| options(award, tie));
    let names = listed
        .map(|sets| sets.iter().map(|set| set.iter().filter_map(id).collect::<Vec<_>>()).collect::<Vec<_>>());
    json!({"decides": decides, "places": places, "bids": bids, "option_count": number.to_string(), "options": names})
}

/// The sets of winners of the lot after each draw, or each order of the tied bids.
fn options(award: &Award, tie: &Tie) -> Vec<Vec<usize>> {
    let able = |at: &usize| award.place(*at).is_some_and(|place| place.fails.is_none());
    let sets: BTreeSet<Vec<usize>> = match &tie.decides {
        Decides::Order => return orders(&tie.bids),
        Decides::Award(sets, _) => sets.iter().cloned().collect(),
        Decides::Places(places) => {
            let chosen = subsets(&tie.bids, *places).into_iter();
            let with_certain = chosen.map(|set| {
                let mut all: Vec<usize> =
                    set.into_iter().filter(able).chain(award.winners.iter().copied()).collect();
                all.sort_unstable();
                all
            });
            with_certain.collect()
        }
    };
    sets.into_iter().collect()
}

/// The binomial coefficient; every partial product divides without rest.
fn choose(bids: usize, places: usize) -> BigUint {
    (0..places).fold(BigUint::from(1_u32), |number, taken| {
        number * BigUint::from(bids.saturating_sub(taken)) / BigUint::from(taken.saturating_add(1))
    })
}

fn subsets(bids: &[usize], size: usize) -> Vec<Vec<usize>> {
    match (size, bids.split_first()) {
        (0, _) => vec![Vec::new()],
        (_, None) => Vec::new(),
        (_, Some((first, rest))) => {
            let with = subsets(rest, size.saturating_sub(1)).into_iter();
            with.map(|set| [vec![*first], set].concat()).chain(subsets(rest, size)).collect()
        }
    }
}

fn orders(bids: &[usize]) -> Vec<Vec<usize>> {
    if bids.is_empty() {
        return vec![Vec::new()];
    }
    let begin = |first: &usize| {
        let rest: Vec<usize> = bids.iter().copied().filter(|bid| bid != first).collect();
        orders(&rest).into_iter().map(|order| [vec![*first], order].concat()).collect::<Vec<_>>()
    };
    bids.iter().flat_map(begin).collect()
}
