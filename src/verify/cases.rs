//! The case distinction of a least-cost lot: do its cases cover every award, and is each closed?
//!
//! A case is closed by row weights (Neumaier and Shcherbina 2004). Every award keeps every row, so for weights `w` that are
//! positive only on rows with a least and negative only on rows with a most, the cost of any award in the case is at least
//! `sum of w × side + sum over columns of min(r × lower, r × upper)`, where `r` is the column's cost less the weighted
//! coefficients. Links, `small <= most · large` where `most` is the largest value of `small`, are not stated with a weight:
//! as much of `r` of the small column as is below 0 is moved, `most` times, to the large one, unless the case narrows the
//! small column. With no costs at all the same sum, when it is above 0, shows that the case holds no award.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::derived::derived;
use super::programme::{Goal, Link, Name, Programme, Row};

/// How often the links are weighed; links of links need more than once.
const ROUNDS: usize = 3;

/// How deep cases may lie within each other.
const DEEPEST: usize = 2_000;

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
    links: Vec<Link>,
    /// What a step of each column costs in the goal that is looked at, less being better.
    costs: Vec<i128>,
    /// The rows that the proof derives, and the goals that have been proved, as rows.
    kept: BTreeMap<Name, Row>,
    /// The least cost and the listed sets of winners.
    cost: Option<i128>,
    sets: &'a BTreeSet<Vec<usize>>,
    shown: Shown,
    /// Weights and rows that have been used; a proof holds nothing else.
    used: (BTreeSet<usize>, BTreeSet<usize>),
}

/// Walks the cases of a lot's proof, goal after goal. `reached` is what the listed awards come to in each goal; it is
/// empty without an award.
///
/// # Errors
/// The key of what does not hold.
pub(super) fn walk(
    programme: &Programme,
    ids: &[&str],
    proof: &Value,
    reached: &[i128],
    sets: &BTreeSet<Vec<usize>>,
) -> Result<Shown, &'static str> {
    let list = |key: &str| proof.get(key).and_then(Value::as_array).map(Vec::as_slice).ok_or("malformed");
    let name = |row: &Value| -> Option<Name> {
        row.as_array()?.iter().map(|part| part.as_str().map(str::to_owned)).collect()
    };
    let names = list("rows")?.iter().map(name).collect::<Option<Vec<_>>>().ok_or("malformed")?;
    let (weights, steps) = (list("weights")?, list("cases")?.iter());
    let (links, used) = (programme.links(), Default::default());
    let shown = Shown { bound: None, complete: true, bounded: 0, empty: 0 };
    let (costs, kept, cost) = (Vec::new(), derived(programme, proof)?, None);
    let mut walk =
        Walk { programme, ids, names, weights, steps, links, costs, kept, cost, sets, shown, used };
    let mut first = None;
    for (number, goal) in programme.goals.iter().enumerate() {
        if first.is_some() && walk.steps.len() == 0 {
            // Of a goal without cases nothing is known.
            walk.shown.complete = false;
            break;
        }
        let best = walk.goal(number, goal, reached.get(number).copied())?;
        first.get_or_insert(walk.shown.bound);
        if !best {
            walk.shown.complete = false;
            break;
        }
    }
    walk.shown.bound = first.flatten();
    let idle = walk.used.0.len() < walk.weights.len() || walk.used.1.len() < walk.names.len();
    match (walk.steps.next(), idle) {
        (Some(_), _) => Err("goes_on"),
        (None, true) => Err("unused"),
        (None, false) => Ok(walk.shown),
    }
}

impl Walk<'_> {
    /// The cases of one goal; true when they show that nothing is better than what was reached.
    fn goal(&mut self, number: usize, goal: &Goal, reached: Option<i128>) -> Result<bool, &'static str> {
        let turned = |value: i128| if goal.largest { value.checked_neg() } else { Some(value) };
        self.costs = goal.costs.iter().map(|cost| turned(*cost)).collect::<Option<_>>().ok_or("too_large")?;
        self.cost = reached.map(|value| turned(value).ok_or("too_large")).transpose()?;
        (self.shown.bound, self.shown.complete) = (None, true);
        self.case(&mut self.programme.bounds.clone(), DEEPEST)?;
        let (Some(value), Some(cost), Some(bound)) = (reached, self.cost, self.shown.bound) else {
            return Ok(false);
        };
        let terms = goal.costs.iter().copied().enumerate().filter(|(_, cost)| *cost != 0).collect();
        let (least, most) = if goal.largest { (Some(value), None) } else { (None, Some(value)) };
        self.kept.insert(vec![format!("objective[{number}]")], Row { terms, least, most });
        Ok(bound >= cost)
    }

    /// One case, between the bounds of its columns.
    fn case(&mut self, bounds: &mut Vec<(i128, i128)>, deeper: usize) -> Result<(), &'static str> {
        let deeper = deeper.checked_sub(1).ok_or("malformed")?;
        let step = self.steps.next().and_then(Value::as_array).ok_or("not_covered")?;
        let (column, at, large_first) = match (step.first().and_then(Value::as_str), step.get(1..)) {
            (Some("branch"), Some([name, first])) => match first.as_u64() {
                Some(first @ (0 | 1)) => (name, 0, first == 1),
                _ => return Err("malformed"),
            },
            (Some("split"), Some([name, at, first])) => {
                (name, whole(Some(at)).ok_or("malformed")?, first.as_bool().ok_or("malformed")?)
            }
            (Some("case"), Some([weights, further, stated, winners])) => {
                let wins = |column: &usize| bounds.get(*column).is_some_and(|(least, _)| *least > 0);
                let pairs = self.ids.iter().zip(&self.programme.winners);
                let won: Vec<&str> = pairs.filter(|(_, column)| wins(column)).map(|(id, _)| *id).collect();
                if serde_json::json!(won) != *winners {
                    return Err("case_winners");
                }
                let bound = self.close(bounds, weights, further)?;
                return if whole(Some(stated)) == bound { Ok(()) } else { Err("case_bound") };
            }
            _ => return Err("malformed"),
        };
        let named = |name: &String| Some(name.as_str()) == column.as_str();
        let column = self.programme.names.iter().position(named).ok_or("malformed")?;
        let before = *bounds.get(column).ok_or("malformed")?;
        if at < before.0 || at >= before.1 {
            return Err("malformed");
        }
        let (small, large) = ((before.0, at), (at.checked_add(1).ok_or("too_large")?, before.1));
        for side in if large_first { [large, small] } else { [small, large] } {
            bounds.get_mut(column).into_iter().for_each(|place| *place = side);
            self.case(bounds, deeper)?;
        }
        bounds.get_mut(column).into_iter().for_each(|place| *place = before);
        Ok(())
    }

    /// Closes a case; its bound, when it is not closed as empty.
    fn close(
        &mut self,
        bounds: &[(i128, i128)],
        number: &Value,
        further: &Value,
    ) -> Result<Option<i128>, &'static str> {
        let at = number.as_u64().and_then(|at| usize::try_from(at).ok()).ok_or("malformed")?;
        let weights = self.weights.get(at).ok_or("malformed")?;
        self.used.0.insert(at);
        let denominator = whole(weights.get("denominator")).filter(|by| *by > 0).ok_or("weight")?;
        let costly = match weights.get("purpose").and_then(Value::as_str) {
            Some("bound") => true,
            Some("no_award") => false,
            _ => return Err("malformed"),
        };
        let costs = self.costs.iter();
        let mut left: Vec<i128> = costs
            .map(|cost| if costly { cost.checked_mul(denominator) } else { Some(0) })
            .collect::<Option<_>>()
            .ok_or("too_large")?;
        let mut sum = self.weigh_all(weights.get("rows"), &mut left)?;
        sum = sum.checked_add(self.weigh_all(Some(further), &mut left)?).ok_or("too_large")?;
        self.weigh_links(bounds, &mut left).ok_or("too_large")?;
        for (cost, (low, high)) in left.iter().zip(bounds) {
            let least = cost.checked_mul(*low).zip(cost.checked_mul(*high)).map(|(low, high)| low.min(high));
            sum = least.and_then(|least| sum.checked_add(least)).ok_or("too_large")?;
        }
        if !costly {
            self.shown.empty = self.shown.empty.saturating_add(1);
            return if sum > 0 { Ok(None) } else { Err("not_empty") };
        }
        // Costs are whole, so a fraction is rounded up.
        let up =
            sum.checked_neg().and_then(|sum| sum.checked_div_euclid(denominator)).and_then(i128::checked_neg);
        let bound = up.ok_or("too_large")?;
        self.shown.bounded = self.shown.bounded.saturating_add(1);
        self.shown.bound = Some(self.shown.bound.map_or(bound, |least| least.min(bound)));
        let decided = |column: &usize| bounds.get(*column).filter(|(least, most)| least == most).map(|b| b.0);
        let winners: Option<Vec<i128>> = self.programme.winners.iter().map(decided).collect();
        let winners = winners.map(|wins| (0..wins.len()).filter(|at| wins.get(*at) == Some(&1)).collect());
        let listed = winners.is_some_and(|set: Vec<usize>| self.sets.contains(&set));
        let closed = self.cost.is_some_and(|cost| bound > cost || (bound == cost && listed));
        self.shown.complete = self.shown.complete && closed;
        Ok(Some(bound))
    }

    /// Weighs the links as well as can be: what is left below zero of a column that is held goes to the one that lets it go.
    fn weigh_links(&self, bounds: &[(i128, i128)], left: &mut [i128]) -> Option<()> {
        let open = |link: &&Link| bounds.get(link.small) == Some(&(0, link.most));
        for link in [&self.links; ROUNDS].into_iter().flatten().filter(open) {
            let small = left.get_mut(link.small)?;
            let moved = (*small).min(0);
            *small = (*small).max(0);
            let large = left.get_mut(link.large)?;
            *large = large.checked_add(moved.checked_mul(link.most)?)?;
        }
        Some(())
    }

    fn weigh_all(&mut self, rows: Option<&Value>, left: &mut [i128]) -> Result<i128, &'static str> {
        let mut sum = 0_i128;
        for pair in rows.and_then(Value::as_array).ok_or("malformed")? {
            sum = sum.checked_add(self.weigh(pair, left)?).ok_or("too_large")?;
        }
        Ok(sum)
    }

    /// Takes a weighted row out of the costs; what it is worth at its side.
    fn weigh(&mut self, pair: &Value, left: &mut [i128]) -> Result<i128, &'static str> {
        let [row, weight] = pair.as_array().map(Vec::as_slice).unwrap_or_default() else {
            return Err("malformed");
        };
        let at = row.as_u64().and_then(|at| usize::try_from(at).ok()).ok_or("malformed")?;
        let name = self.names.get(at).ok_or("malformed")?;
        let row = self.kept.get(name).or_else(|| self.programme.rows.get(name)).ok_or("row_unknown")?;
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
