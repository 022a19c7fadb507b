//! The case distinction of a least-cost lot: do its cases cover every award, and is each closed?
//!
//! A case is closed by row weights (Neumaier and Shcherbina 2004). Every award keeps every row, so for weights `w` that are
//! positive only on rows with a least and negative only on rows with a most, the cost of any award in the case is at least
//! `sum of w × side + sum over columns of min(r × lower, r × upper)`, where `r` is the column's cost less the weighted
//! coefficients. With no costs at all the same sum, when it is above 0, shows that the case holds no award.

use std::collections::BTreeSet;

use serde_json::Value;

use super::programme::{Name, Programme};

/// What a proof shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    /// No award costs less; `None` when there is no award.
    pub(super) bound: Option<i128>,
    /// The listed sets are all that reach the cost.
    pub(super) complete: bool,
    /// How many cases were closed by a bound, and how many hold no award.
    pub(super) bounded: usize,
    pub(super) empty: usize,
}

/// What goes on while the cases are walked.
struct Walk<'a> {
    programme: &'a Programme,
    ids: &'a [&'a str],
    names: Vec<Name>,
    weights: &'a [Value],
    steps: std::slice::Iter<'a, Value>,
    /// The least cost and the listed sets of winners.
    cost: Option<i128>,
    sets: &'a BTreeSet<Vec<usize>>,
    shown: Shown,
    /// Weights and rows that have been used; a proof holds nothing else.
    used: (BTreeSet<usize>, BTreeSet<usize>),
}

/// Walks the cases of a lot's proof.
///
/// # Errors
/// The key of what does not hold.
pub(super) fn walk(
    programme: &Programme,
    ids: &[&str],
    proof: &Value,
    cost: Option<i128>,
    sets: &BTreeSet<Vec<usize>>,
) -> Result<Shown, &'static str> {
    let list = |key: &str| proof.get(key).and_then(Value::as_array).map(Vec::as_slice).ok_or("malformed");
    let name = |row: &Value| -> Option<Name> {
        row.as_array()?.iter().map(|part| part.as_str().map(str::to_owned)).collect()
    };
    let names = list("rows")?.iter().map(name).collect::<Option<Vec<_>>>().ok_or("malformed")?;
    let (weights, steps) = (list("weights")?, list("cases")?.iter());
    let shown = Shown { bound: None, complete: true, bounded: 0, empty: 0 };
    let mut walk =
        Walk { programme, ids, names, weights, steps, cost, sets, shown, used: Default::default() };
    walk.case(&mut vec![None; ids.len()])?;
    let idle = walk.used.0.len() < walk.weights.len() || walk.used.1.len() < walk.names.len();
    match (walk.steps.next(), idle) {
        (Some(_), _) => Err("goes_on"),
        (None, true) => Err("unused"),
        (None, false) => Ok(walk.shown),
    }
}

impl Walk<'_> {
    /// One case: `decided` says of each bid whether it wins, loses or is open.
    fn case(&mut self, decided: &mut Vec<Option<bool>>) -> Result<(), &'static str> {
        let step = self.steps.next().and_then(Value::as_array).ok_or("not_covered")?;
        match (step.first().and_then(Value::as_str), step.get(1..).unwrap_or_default()) {
            (Some("branch"), [bid, first]) => {
                let at = self.ids.iter().position(|id| Some(*id) == bid.as_str()).ok_or("malformed")?;
                let first = match first.as_u64() {
                    Some(0) => false,
                    Some(1) => true,
                    _ => return Err("malformed"),
                };
                for side in [first, !first] {
                    let place = decided.get_mut(at).ok_or("malformed")?;
                    if side == first && place.is_some() {
                        return Err("malformed");
                    }
                    *place = Some(side);
                    self.case(decided)?;
                }
                decided.get_mut(at).into_iter().for_each(|place| *place = None);
                Ok(())
            }
            (Some("case"), [weights, further, stated, winners]) => {
                let pairs = self.ids.iter().zip(decided.iter());
                let won: Vec<&str> =
                    pairs.filter(|(_, wins)| **wins == Some(true)).map(|(id, _)| *id).collect();
                if serde_json::json!(won) != *winners {
                    return Err("case_winners");
                }
                let bound = self.close(decided, weights, further)?;
                if whole(Some(stated)) == bound { Ok(()) } else { Err("case_bound") }
            }
            _ => Err("malformed"),
        }
    }

    /// Closes a case; its bound, when it is not closed as empty.
    fn close(
        &mut self,
        decided: &[Option<bool>],
        number: &Value,
        further: &Value,
    ) -> Result<Option<i128>, &'static str> {
        let at = number.as_u64().and_then(|at| usize::try_from(at).ok()).ok_or("malformed")?;
        let weights = self.weights.get(at).ok_or("malformed")?;
        self.used.0.insert(at);
        let denominator = whole(weights.get("denominator")).filter(|by| *by > 0).ok_or("weight")?;
        let bounds = match weights.get("purpose").and_then(Value::as_str) {
            Some("bound") => true,
            Some("no_award") => false,
            _ => return Err("malformed"),
        };
        let costs = self.programme.costs.iter();
        let mut left: Vec<i128> = costs
            .map(|cost| if bounds { cost.checked_mul(denominator) } else { Some(0) })
            .collect::<Option<_>>()
            .ok_or("too_large")?;
        let mut sum = 0_i128;
        for rows in [weights.get("rows"), Some(further)] {
            for pair in rows.and_then(Value::as_array).ok_or("malformed")? {
                sum = sum.checked_add(self.weigh(pair, &mut left)?).ok_or("too_large")?;
            }
        }
        for (column, (cost, most)) in left.iter().zip(&self.programme.most).enumerate() {
            let (low, high) = match decided.get(column).copied().flatten() {
                Some(wins) => (i128::from(wins), i128::from(wins)),
                None => (0, *most),
            };
            let least = cost.checked_mul(low).zip(cost.checked_mul(high)).map(|(low, high)| low.min(high));
            sum = least.and_then(|least| sum.checked_add(least)).ok_or("too_large")?;
        }
        if !bounds {
            self.shown.empty = self.shown.empty.saturating_add(1);
            return if sum > 0 { Ok(None) } else { Err("not_empty") };
        }
        // Costs are whole, so a fraction is rounded up.
        let up =
            sum.checked_neg().and_then(|sum| sum.checked_div_euclid(denominator)).and_then(i128::checked_neg);
        let bound = up.ok_or("too_large")?;
        self.shown.bounded = self.shown.bounded.saturating_add(1);
        self.shown.bound = Some(self.shown.bound.map_or(bound, |least| least.min(bound)));
        let winners: Option<Vec<bool>> = decided.iter().copied().collect();
        let winners = winners.map(|wins| (0..wins.len()).filter(|at| wins.get(*at) == Some(&true)).collect());
        let listed = winners.is_some_and(|set: Vec<usize>| self.sets.contains(&set));
        let closed = self.cost.is_some_and(|cost| bound > cost || (bound == cost && listed));
        self.shown.complete = self.shown.complete && closed;
        Ok(Some(bound))
    }

    /// Takes a weighted row out of the costs; what it is worth at its side.
    fn weigh(&mut self, pair: &Value, left: &mut [i128]) -> Result<i128, &'static str> {
        let [row, weight] = pair.as_array().map(Vec::as_slice).unwrap_or_default() else {
            return Err("malformed");
        };
        let at = row.as_u64().and_then(|at| usize::try_from(at).ok()).ok_or("malformed")?;
        let name = self.names.get(at).ok_or("malformed")?;
        let row = self.programme.rows.get(name).ok_or("row_unknown")?;
        self.used.1.insert(at);
        let weight = whole(Some(weight)).ok_or("malformed")?;
        let side = if weight > 0 { row.least } else { row.most };
        if weight == 0 {
            return Ok(0);
        }
        for (column, coefficient) in &row.terms {
            let place = left.get_mut(*column).ok_or("malformed")?;
            let taken = weight.checked_mul(*coefficient).ok_or("too_large")?;
            *place = place.checked_sub(taken).ok_or("too_large")?;
        }
        side.ok_or("weight")?.checked_mul(weight).ok_or("too_large")
    }
}

/// A whole number as text.
pub(super) fn whole(value: Option<&Value>) -> Option<i128> {
    value?.as_str()?.parse().ok()
}
