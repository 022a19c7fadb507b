//! Lots that are columns and rows only: the objectives are proved in turn, each by a case distinction of its own.

use std::collections::BTreeSet;

use super::cases::{Proved, walk_steps};
use super::certified::{CertifiedLot, Outcome, ProofKind};
use super::derived::strengthened;
use super::{CertifyFaultKind, least_cost, rows, winner_values, winners};
use crate::model::whole::{dot, sub};
use crate::model::{Claim, Direction, LotCandidate, LotModel, Objective, Proof, Proposal, Step};

/// Certifies the award of a lot, objective by objective.
pub(super) fn certify(lot: &LotModel, candidate: &LotCandidate) -> Result<CertifiedLot, CertifyFaultKind> {
    let strong = strengthened(lot, &candidate.proof.derived)?;
    let lot = &*strong;
    let awards: Vec<&Proposal> = candidate.best.iter().chain(&candidate.others).collect();
    let mut listed = BTreeSet::new();
    let reached = candidate.best.as_ref().map(|best| values(lot, best)).transpose()?.unwrap_or_default();
    for award in &awards {
        rows::check(lot, award)?;
        if values(lot, award)? != reached || !listed.insert(winner_values(lot, award)) {
            return Err(CertifyFaultKind::FurtherAward);
        }
    }
    match (candidate.claim, &candidate.best) {
        (Claim::NoAward, None) => match first(lot, candidate)?.bound {
            None => Ok(CertifiedLot::new(lot, Outcome::NoAward, Vec::new(), None, ProofKind::Exact)),
            bound => Err(not_proved(bound)),
        },
        (Claim::Unproved { bound }, best) => unproved(lot, candidate, bound, best.as_ref()),
        (Claim::Optimal, Some(best)) => {
            let complete = in_turn(lot, candidate, &reached, &listed)?;
            Ok(least_cost(lot, best, &awards, complete))
        }
        (Claim::Optimal, None) | (Claim::NoAward, Some(_)) => Err(CertifyFaultKind::Claim),
    }
}

/// What each objective comes to in an award; maxima with their sign turned, so that less is better.
fn values(lot: &LotModel, award: &Proposal) -> Result<Vec<i128>, CertifyFaultKind> {
    let value = |of: &Objective| {
        let counted = dot(&of.terms, &award.values)?;
        match of.direction {
            Direction::Minimise => Ok(counted),
            Direction::Maximise => Ok(sub(0, counted)?),
        }
    };
    lot.objectives().map(value).collect()
}

fn not_proved(bound: Option<i128>) -> CertifyFaultKind {
    CertifyFaultKind::NotProved { bound: Box::new(bound) }
}

/// The case distinction of the first objective, when the proof holds no other.
fn first(lot: &LotModel, candidate: &LotCandidate) -> Result<Proved, CertifyFaultKind> {
    super::cases::walk(lot, &candidate.proof, None, &BTreeSet::new())
}

/// An award that is known to be within a bound only.
fn unproved(
    lot: &LotModel,
    candidate: &LotCandidate,
    bound: i128,
    best: Option<&Proposal>,
) -> Result<CertifiedLot, CertifyFaultKind> {
    let proved = first(lot, candidate)?.bound;
    let claimed = match lot.objective.direction {
        Direction::Minimise => bound,
        Direction::Maximise => sub(0, bound)?,
    };
    let Some(least) = proved.filter(|proved| claimed <= *proved) else { return Err(not_proved(proved)) };
    let cost = best.map(|best| values(lot, best)).transpose()?.and_then(|values| values.first().copied());
    let least = cost.map_or(least, |cost| cost.min(least));
    let bound = match lot.objective.direction {
        Direction::Minimise => least,
        Direction::Maximise => sub(0, least)?,
    };
    let winners = best.map(|best| winners(lot, best)).unwrap_or_default();
    Ok(CertifiedLot::new(lot, Outcome::Unproved, winners, best.cloned(), ProofKind::Bound { bound }))
}

/// Whether the listed awards are shown to be all that are best in every objective in turn.
fn in_turn(
    lot: &LotModel,
    candidate: &LotCandidate,
    reached: &[i128],
    listed: &BTreeSet<Vec<i128>>,
) -> Result<bool, CertifyFaultKind> {
    let mut steps = candidate.proof.steps.as_slice();
    let mut kept = Vec::new();
    let mut complete = false;
    for (&value, objective) in reached.iter().zip(lot.objectives()) {
        let stage = lot.in_turn(&kept).ok_or(CertifyFaultKind::ProofMalformed)?;
        let (proved, used) = walk_steps(&stage, &candidate.proof, steps, Some(value), listed)?;
        if proved.bound.is_none_or(|bound| bound < value) {
            return Err(not_proved(proved.bound));
        }
        complete = proved.complete;
        steps = steps.get(used..).unwrap_or_default();
        kept.push(match objective.direction {
            Direction::Minimise => value,
            Direction::Maximise => sub(0, value)?,
        });
    }
    if steps.is_empty() { Ok(complete) } else { Err(CertifyFaultKind::ProofMalformed) }
}

/// The proof without what it does not need, objective by objective, and what each of its cases says.
pub(super) fn lean(
    lot: &LotModel,
    candidate: &LotCandidate,
) -> Result<(Proof, Vec<Option<i128>>), CertifyFaultKind> {
    let mut steps = candidate.proof.steps.as_slice();
    let (mut kept, mut proof, mut bounds) = (Vec::new(), Proof::default(), Vec::new());
    let strong = lot.with_derived(&candidate.proof.derived);
    for objective in lot.objectives() {
        let stage = strong.in_turn(&kept).ok_or(CertifyFaultKind::ProofMalformed)?;
        let (_, used) = walk_steps(&stage, &candidate.proof, steps, None, &BTreeSet::new())?;
        let own = steps.get(..used).unwrap_or_default().to_vec();
        let own = Proof { weights: candidate.proof.weights.clone(), steps: own, ..Proof::default() };
        let (own, says) = super::lean::lean(&stage, &own)?;
        bounds.extend(says);
        append(&mut proof, own);
        steps = steps.get(used..).unwrap_or_default();
        let Some(best) = candidate.best.as_ref().filter(|_| !steps.is_empty()) else { break };
        kept.push(dot(&objective.terms, &best.values)?);
    }
    proof.derived.clone_from(&candidate.proof.derived);
    without_unused(lot, &mut proof);
    Ok((proof, bounds))
}

/// Drops the derived rows that no case uses; those that are left, and the rows after them, move up.
fn without_unused(lot: &LotModel, proof: &mut Proof) {
    let Proof { derived, weights, steps } = proof;
    let further = steps.iter_mut().filter_map(|step| match step {
        Step::Case { further, .. } => Some(further),
        Step::Branch { .. } | Step::Split { .. } => None,
    });
    let mut lists: Vec<&mut Vec<(usize, i128)>> =
        weights.iter_mut().map(|weights| &mut weights.rows).chain(further).collect();
    let used: BTreeSet<usize> = lists.iter().flat_map(|rows| rows.iter().map(|(row, _)| *row)).collect();
    let own = lot.rows.len();
    let idle: Vec<usize> = (0..derived.len())
        .map(|number| own.saturating_add(number))
        .filter(|row| !used.contains(row))
        .collect();
    for (row, _) in lists.iter_mut().flat_map(|rows| rows.iter_mut()) {
        *row = row.saturating_sub(idle.iter().filter(|gone| **gone < *row).count());
    }
    let mut number = own;
    derived.retain(|_| {
        let kept = used.contains(&number);
        number = number.saturating_add(1);
        kept
    });
}

/// Puts the cases of the next objective behind those of the ones before.
fn append(proof: &mut Proof, next: Proof) {
    let before = proof.weights.len();
    proof.weights.extend(next.weights);
    proof.steps.extend(next.steps.into_iter().map(|step| match step {
        Step::Case { weights, further } => Step::Case { weights: weights.saturating_add(before), further },
        branch => branch,
    }));
}
