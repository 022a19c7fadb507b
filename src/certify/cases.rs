//! The case distinction over winners: it must cover all awards, and each case must be closed by a bound.

use std::collections::BTreeSet;

use super::CertifyFaultKind;
use super::bound::{Reduced, Says, column_bounds};
use crate::model::{LotModel, Proof, Step};

/// What a case distinction shows.
pub(super) struct Proved {
    /// No award costs less; `None` when there is no award at all.
    pub(super) bound: Option<i128>,
    /// The listed sets of winners are all that reach the cost of the award.
    pub(super) complete: bool,
    /// What each case says: its bound, or `None` when it holds no award.
    pub(super) cases: Vec<Option<i128>>,
}

/// What each case of a proof says.
pub(super) fn bounds(lot: &LotModel, proof: &Proof) -> Result<Vec<Option<i128>>, CertifyFaultKind> {
    walk(lot, proof, None, &BTreeSet::new()).map(|proved| proved.cases)
}

/// The column bounds of each case of a proof, in its order.
pub(super) fn column_bounds_of_cases(
    lot: &LotModel,
    proof: &Proof,
) -> Result<Vec<Vec<(i128, i128)>>, CertifyFaultKind> {
    let mut bounds = column_bounds(lot);
    let (mut path, mut found) = (Vec::new(), Vec::new());
    for step in &proof.steps {
        match step {
            Step::Branch { column, first } => take(lot, &mut bounds, &mut path, *column, *first)?,
            Step::Case { .. } => {
                found.push(bounds.clone());
                next_side(lot, &mut bounds, &mut path);
            }
        }
    }
    Ok(found)
}

/// A branch that has been taken.
struct Taken {
    column: usize,
    value: i128,
    second: bool,
}

/// Walks a proof. `cost` is what the award costs and `listed` are the sets of winners that reach it, as the values of the
/// winner columns.
pub(super) fn walk(
    lot: &LotModel,
    proof: &Proof,
    cost: Option<i128>,
    listed: &BTreeSet<Vec<i128>>,
) -> Result<Proved, CertifyFaultKind> {
    let mut kept = None;
    let winner_columns: Vec<usize> = lot.winner_columns().into_iter().map(|(column, _)| column).collect();
    let mut bounds = column_bounds(lot);
    let mut path: Vec<Taken> = Vec::new();
    let mut proved = Proved { bound: None, complete: true, cases: Vec::new() };
    let mut covered = false;
    for step in &proof.steps {
        if covered {
            return Err(CertifyFaultKind::ProofMalformed);
        }
        match step {
            Step::Branch { column, first } => take(lot, &mut bounds, &mut path, *column, *first)?,
            Step::Case { weights, further } => {
                match case_says(lot, proof, &mut kept, (*weights, further), &bounds)? {
                    Says::NoAward => proved.cases.push(None),
                    Says::Nothing => return Err(CertifyFaultKind::ProofIncomplete),
                    Says::AtLeast(least) => {
                        let one = fixed(&bounds, &winner_columns).is_some_and(|set| listed.contains(&set));
                        let closed = cost.is_some_and(|cost| least > cost || (one && least == cost));
                        proved.complete = proved.complete && closed;
                        proved.cases.push(Some(least));
                        proved.bound = Some(proved.bound.map_or(least, |bound| bound.min(least)));
                    }
                }
                covered = next_side(lot, &mut bounds, &mut path);
            }
        }
    }
    if covered { Ok(proved) } else { Err(CertifyFaultKind::ProofIncomplete) }
}

/// What the weights of a case say. Cases that follow each other mostly share their weights, so the last are kept.
fn case_says(
    lot: &LotModel,
    proof: &Proof,
    kept: &mut Option<(usize, Reduced)>,
    (weights, further): (usize, &[(usize, i128)]),
    bounds: &[(i128, i128)],
) -> Result<Says, CertifyFaultKind> {
    let shared = match kept.take() {
        Some((same, shared)) if same == weights => shared,
        _ => Reduced::new(lot, proof.weights.get(weights).ok_or(CertifyFaultKind::ProofMalformed)?)?,
    };
    let mut case = kept.insert((weights, shared)).1.clone();
    case.take_out(lot, further)?;
    case.says(bounds)
}

/// Enters the first side of a branch. Only an open yes-or-no column can be branched on.
fn take(
    lot: &LotModel,
    bounds: &mut [(i128, i128)],
    path: &mut Vec<Taken>,
    column: usize,
    value: i128,
) -> Result<(), CertifyFaultKind> {
    let whole = lot.columns.get(column).is_some_and(|c| c.integer);
    let place = bounds.get_mut(column).ok_or(CertifyFaultKind::ProofMalformed)?;
    if !whole || *place != (0, 1) || !(0..=1).contains(&value) {
        return Err(CertifyFaultKind::ProofMalformed);
    }
    *place = (value, value);
    path.push(Taken { column, value, second: false });
    Ok(())
}

/// Leaves a case for the next side that has not been seen; true when there is none.
fn next_side(lot: &LotModel, bounds: &mut [(i128, i128)], path: &mut Vec<Taken>) -> bool {
    while let Some(mut taken) = path.pop() {
        let open = lot.columns.get(taken.column).map_or((0, 1), |c| (c.lower, c.upper));
        let Some(place) = bounds.get_mut(taken.column) else { continue };
        if taken.second {
            *place = open;
            continue;
        }
        let other = i128::from(taken.value == 0);
        *place = (other, other);
        taken.second = true;
        path.push(taken);
        return false;
    }
    true
}

/// The values of the winner columns, when all are fixed.
fn fixed(bounds: &[(i128, i128)], winner_columns: &[usize]) -> Option<Vec<i128>> {
    let value = |&column: &usize| bounds.get(column).filter(|(l, u)| l == u).map(|&(l, _)| l);
    winner_columns.iter().map(value).collect()
}
