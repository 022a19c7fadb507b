//! Lots with further limits: proof.json states their columns, rows and objectives.
//!
//! The programme that it states is held against the one that is built from the inputs; what is proved is proved about it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::cases::{walk, whole};
use super::programme::{Goal, Programme, Row};
use crate::tender::Outcome;

/// What the proof of a lot shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proved {
    /// Awarded, draw required, no award or unproved.
    pub outcome: Outcome,
    /// The winners of each award, as places in the list of bids.
    pub sets: BTreeSet<Vec<usize>>,
    /// The values of all columns in each award, as the proof lists them.
    pub awards: Vec<Vec<i128>>,
    /// What the first objective comes to, and its bound.
    pub cost: Option<(i128, i128)>,
    /// How many cases were closed by a bound, and how many hold no award.
    pub cases: (usize, usize),
    /// Whether the listed sets are all that are best.
    pub complete: bool,
}

/// Checks the proof of a programme as it states itself. Whether the programme is that of a tender is another question.
///
/// # Errors
/// The key of what does not hold.
pub fn programme_proof(proof: &Value) -> Result<Proved, &'static str> {
    check(&stated(proof)?, proof)
}

/// The bids of a programme, and the programme.
pub(super) struct Stated {
    pub(super) bids: Vec<String>,
    pub(super) programme: Programme,
}

/// Reads the programme that a proof states.
///
/// # Errors
/// The key of what is wrong with its form.
pub(super) fn stated(proof: &Value) -> Result<Stated, &'static str> {
    let part = proof.get("programme").ok_or("malformed")?;
    let digits = |key: &str| {
        let digits = proof.get("steps").and_then(|steps| steps.get(key)).and_then(Value::as_u64);
        digits.and_then(|digits| u32::try_from(digits).ok()).ok_or("malformed")
    };
    let mut programme = Programme {
        names: Vec::new(),
        winners: Vec::new(),
        regions: 0,
        bounds: Vec::new(),
        goals: Vec::new(),
        rows: BTreeMap::new(),
        by_region: false,
        volume_digits: digits("volume_digits")?,
        price_digits: digits("price_digits")?,
    };
    let mut columns = BTreeMap::new();
    for column in list(part, "columns")? {
        let [name, least, most] = items(column)? else { return Err("malformed") };
        let name = name.as_str().ok_or("malformed")?;
        if columns.insert(name, programme.names.len()).is_some() {
            return Err("malformed");
        }
        programme.names.push(name.to_owned());
        programme.bounds.push(whole(Some(least)).zip(whole(Some(most))).ok_or("malformed")?);
    }
    let mut bids = Vec::new();
    for bid in list(part, "bids")? {
        let [bid, column] = items(bid)? else { return Err("malformed") };
        programme.winners.push(place(&columns, column)?);
        bids.push(bid.as_str().ok_or("malformed")?.to_owned());
    }
    for objective in list(part, "objectives")? {
        let [direction, of] = items(objective)? else { return Err("malformed") };
        let largest = direction_of(direction)?;
        let mut costs = vec![0; programme.names.len()];
        for (column, by) in terms(&columns, of)? {
            *costs.get_mut(column).ok_or("malformed")? = by;
        }
        programme.goals.push(Goal { costs, largest });
    }
    for row in list(part, "rows")? {
        let [label, _, sense, side, of] = items(row)? else { return Err("malformed") };
        let side = whole(Some(side)).ok_or("malformed")?;
        let (least, most) = match sense.as_str() {
            Some("at_least") => (Some(side), None),
            Some("at_most") => (None, Some(side)),
            Some("equal") => (Some(side), Some(side)),
            _ => return Err("malformed"),
        };
        let label = vec![label.as_str().ok_or("malformed")?.to_owned()];
        let terms = terms(&columns, of)?;
        if programme.rows.insert(label, Row { terms, least, most }).is_some() {
            return Err("malformed");
        }
    }
    Ok(Stated { bids, programme })
}

/// Checks the awards and the cases of a proof against a programme.
///
/// # Errors
/// The key of what does not hold.
pub(super) fn check(stated: &Stated, proof: &Value) -> Result<Proved, &'static str> {
    let Stated { bids, programme } = stated;
    let (mut sets, mut awards, mut reached) = (BTreeSet::new(), Vec::new(), Vec::new());
    for award in list(proof, "awards")? {
        let (winners, values, objectives) = listed(stated, award)?;
        if !sets.insert(winners) || (!awards.is_empty() && reached != objectives) {
            return Err("awards_differ");
        }
        reached = objectives;
        awards.push(values);
    }
    let ids: Vec<&str> = bids.iter().map(String::as_str).collect();
    let shown = walk(programme, &ids, proof, &reached, &sets)?;
    let largest = programme.goals.first().is_some_and(|goal| goal.largest);
    let turned = |value: i128| if largest { value.checked_neg() } else { Some(value) };
    let first = reached.first().copied();
    let bound = shown.bound.map(|bound| turned(bound).ok_or("too_large")).transpose()?;
    let behind = |cost: i128, bound: i128| if largest { bound > cost } else { bound < cost };
    let (outcome, cost) = match (first, bound) {
        (None, None) => (Outcome::NoAward, None),
        (None, Some(_)) => (Outcome::Unproved, None),
        (Some(_), None) => return Err("award_and_none"),
        (Some(cost), Some(bound)) if behind(cost, bound) => (Outcome::Unproved, Some((cost, bound))),
        (Some(cost), Some(_)) if awards.len() > 1 => (Outcome::DrawRequired, Some((cost, cost))),
        (Some(cost), Some(_)) if shown.complete => (Outcome::Awarded, Some((cost, cost))),
        (Some(cost), Some(_)) => (Outcome::Unproved, Some((cost, cost))),
    };
    let complete = shown.complete;
    Ok(Proved { outcome, sets, awards, cost, cases: (shown.bounded, shown.empty), complete })
}

/// An award as the proof lists it, once every column and row has been checked: winners, values, what each objective
/// comes to.
type Listed = (Vec<usize>, Vec<i128>, Vec<i128>);

fn listed(stated: &Stated, award: &Value) -> Result<Listed, &'static str> {
    let Stated { bids, programme } = stated;
    let names = programme.names.iter().enumerate();
    let columns: BTreeMap<&str, usize> = names.map(|(at, name)| (name.as_str(), at)).collect();
    let mut values = vec![0; programme.names.len()];
    for (column, value) in pairs(&columns, list(award, "values")?)? {
        values.get_mut(column).into_iter().for_each(|at| *at = value);
    }
    let reached = programme.reached(&values)?;
    let wins = |at: &usize| programme.winners.get(*at).and_then(|column| values.get(*column)) == Some(&1);
    let winners: Vec<usize> = (0..bids.len()).filter(wins).collect();
    let named = winners.iter().filter_map(|at| bids.get(*at).map(String::as_str));
    if list(award, "winners")?.iter().map(Value::as_str).ne(named.map(Some)) {
        return Err("malformed");
    }
    let stated = list(award, "objectives")?.iter().map(|value| whole(Some(value)));
    if stated.ne(reached.iter().map(|value| Some(*value))) {
        return Err("cost");
    }
    Ok((winners, values, reached))
}

fn list<'a>(of: &'a Value, key: &str) -> Result<&'a [Value], &'static str> {
    of.get(key).ok_or("malformed").and_then(items)
}

fn items(of: &Value) -> Result<&[Value], &'static str> {
    of.as_array().map(Vec::as_slice).ok_or("malformed")
}

fn direction_of(word: &Value) -> Result<bool, &'static str> {
    match word.as_str() {
        Some("least") => Ok(false),
        Some("most") => Ok(true),
        _ => Err("malformed"),
    }
}

fn place(columns: &BTreeMap<&str, usize>, name: &Value) -> Result<usize, &'static str> {
    name.as_str().and_then(|name| columns.get(name)).copied().ok_or("malformed")
}

fn terms(columns: &BTreeMap<&str, usize>, of: &Value) -> Result<Vec<(usize, i128)>, &'static str> {
    pairs(columns, items(of)?)
}

/// Columns with a number each; no column twice.
fn pairs(columns: &BTreeMap<&str, usize>, of: &[Value]) -> Result<Vec<(usize, i128)>, &'static str> {
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    for pair in of {
        let [name, number] = items(pair)? else { return Err("malformed") };
        let column = place(columns, name)?;
        if !seen.insert(column) {
            return Err("malformed");
        }
        found.push((column, whole(Some(number)).ok_or("malformed")?));
    }
    Ok(found)
}
