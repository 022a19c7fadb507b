//! The case distinction over winners: it must cover all awards, and each case must be closed by a bound.

use std::collections::BTreeSet;

use super::CertifyFaultKind;
use super::bound::{Reduced, Says, column_bounds};
use crate::model::whole::add;
use crate::model::{Link, LotModel, Proof, Step};

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
    let mut sides = Sides::of(lot);
    let mut found = Vec::new();
    for step in &proof.steps {
        if sides.take(step)? {
            found.push(sides.bounds.clone());
            sides.turn();
        }
    }
    Ok(found)
}

/// Walks a proof. `cost` is what the award costs and `listed` are the sets of winners that reach it, as the values of the
/// winner columns.
pub(super) fn walk(
    lot: &LotModel,
    proof: &Proof,
    cost: Option<i128>,
    listed: &BTreeSet<Vec<i128>>,
) -> Result<Proved, CertifyFaultKind> {
    let (proved, used) = walk_steps(lot, proof, &proof.steps, cost, listed)?;
    if used == proof.steps.len() { Ok(proved) } else { Err(CertifyFaultKind::ProofMalformed) }
}

/// Walks the steps of a proof up to where all awards are covered; with the number of steps used.
pub(super) fn walk_steps(
    lot: &LotModel,
    proof: &Proof,
    steps: &[Step],
    cost: Option<i128>,
    listed: &BTreeSet<Vec<i128>>,
) -> Result<(Proved, usize), CertifyFaultKind> {
    let (mut kept, links) = (None, lot.links());
    let winner_columns: Vec<usize> = lot.winner_columns().into_iter().map(|(column, _)| column).collect();
    let mut sides = Sides::of(lot);
    let mut proved = Proved { bound: None, complete: true, cases: Vec::new() };
    for (step, used) in steps.iter().zip(1_usize..) {
        sides.take(step)?;
        let Step::Case { weights, further } = step else { continue };
        match case_says((lot, &links), proof, &mut kept, (*weights, further), &sides.bounds)? {
            Says::NoAward => proved.cases.push(None),
            Says::Nothing => return Err(CertifyFaultKind::ProofIncomplete),
            Says::AtLeast(least) => {
                let one = fixed(&sides.bounds, &winner_columns).is_some_and(|set| listed.contains(&set));
                let closed = cost.is_some_and(|cost| least > cost || (one && least == cost));
                proved.complete = proved.complete && closed;
                proved.cases.push(Some(least));
                proved.bound = Some(proved.bound.map_or(least, |bound| bound.min(least)));
            }
        }
        if sides.turn() {
            return Ok((proved, used));
        }
    }
    Err(CertifyFaultKind::ProofIncomplete)
}

/// What the weights of a case say. Cases that follow each other mostly share their weights, so the last are kept.
fn case_says(
    (lot, links): (&LotModel, &[Link]),
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
    case.says(links, bounds)
}

/// The column bounds of a case, with the way back to the sides that have not been seen.
struct Sides<'a> {
    lot: &'a LotModel,
    bounds: Vec<(i128, i128)>,
    path: Vec<Taken>,
}

/// A branch that has been taken: the column, its bounds before, and those of the side that is still to be seen.
struct Taken {
    column: usize,
    before: (i128, i128),
    second: Option<(i128, i128)>,
}

impl<'a> Sides<'a> {
    fn of(lot: &'a LotModel) -> Self {
        Self { lot, bounds: column_bounds(lot), path: Vec::new() }
    }

    /// Enters the first side of a branch; true when the step is a case instead. Two values are distinguished of an open
    /// yes-or-no column, small and large values of any column.
    fn take(&mut self, step: &Step) -> Result<bool, CertifyFaultKind> {
        let (column, at, large_first) = match *step {
            Step::Case { .. } => return Ok(true),
            Step::Split { column, at, large_first } => (column, at, large_first),
            Step::Branch { column, first } => {
                let whole = self.lot.columns.get(column).is_some_and(|c| c.integer);
                if !whole || self.bounds.get(column) != Some(&(0, 1)) || !(0..=1).contains(&first) {
                    return Err(CertifyFaultKind::ProofMalformed);
                }
                (column, 0, first == 1)
            }
        };
        let place = self.bounds.get_mut(column).ok_or(CertifyFaultKind::ProofMalformed)?;
        let before = *place;
        if at < before.0 || at >= before.1 {
            return Err(CertifyFaultKind::ProofMalformed);
        }
        let (small, large) = ((before.0, at), (add(at, 1)?, before.1));
        let (first, second) = if large_first { (large, small) } else { (small, large) };
        *place = first;
        self.path.push(Taken { column, before, second: Some(second) });
        Ok(false)
    }

    /// Leaves a case for the next side that has not been seen; true when there is none.
    fn turn(&mut self) -> bool {
        while let Some(mut taken) = self.path.pop() {
            let Some(place) = self.bounds.get_mut(taken.column) else { continue };
            match taken.second.take() {
                None => *place = taken.before,
                Some(second) => {
                    *place = second;
                    self.path.push(taken);
                    return false;
                }
            }
        }
        true
    }
}

/// The values of the winner columns, when all are fixed.
fn fixed(bounds: &[(i128, i128)], winner_columns: &[usize]) -> Option<Vec<i128>> {
    let value = |&column: &usize| bounds.get(column).filter(|(l, u)| l == u).map(|&(l, _)| l);
    winner_columns.iter().map(value).collect()
}
