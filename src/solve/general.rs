//! Lots that are columns and rows only: objective by objective, each among the awards that are best in those before.

use std::borrow::Cow;

use super::EngineFaultKind;
use super::tree::{Found, SHORT, Tree};
use super::watch::{Search, Unwatched};
use crate::model::whole::{dot, sub};
use crate::model::{Claim, Direction, LotCandidate, LotModel, Proof, Proposal, Shape, Step};

/// Finds the awards that are best in each objective in turn, and proves them. The search is given up after `most_cases`
/// for each objective, unless whoever looks on has it otherwise; one that is not `short` derives rows. `awards` are some to
/// begin with.
pub(super) fn search(
    lot: &LotModel,
    awards: Vec<Vec<i128>>,
    (most_cases, short): (usize, usize),
    watched: &mut dyn Search,
) -> Result<LotCandidate, EngineFaultKind> {
    let allowed = Allowed { most_cases, short, most_work: None, ties: true };
    in_turn(lot, awards, &allowed, watched).map(|(found, _)| found)
}

/// The same without a look for further awards that are as good, with so much work for each objective and no more; with the
/// work that was done.
pub(super) fn search_for_one(
    lot: &LotModel,
    awards: Vec<Vec<i128>>,
    most_cases: usize,
    most_work: usize,
) -> Result<(LotCandidate, usize), EngineFaultKind> {
    let allowed = Allowed { most_cases, short: SHORT, most_work: Some(most_work), ties: false };
    in_turn(lot, awards, &allowed, &mut Unwatched)
}

/// How long an objective is searched for, and whether for all awards that are as good.
struct Allowed {
    most_cases: usize,
    short: usize,
    most_work: Option<usize>,
    ties: bool,
}

fn in_turn(
    lot: &LotModel,
    mut awards: Vec<Vec<i128>>,
    allowed: &Allowed,
    watched: &mut dyn Search,
) -> Result<(LotCandidate, usize), EngineFaultKind> {
    let count = lot.objectives().count();
    let (mut kept, mut proof, mut work) = (Vec::new(), Proof::default(), 0_usize);
    let mut strong = Cow::Borrowed(lot);
    for (number, objective) in (1..).zip(lot.objectives()) {
        let ties = allowed.ties && number == count;
        let stage = strong.in_turn(&kept).ok_or(EngineFaultKind::TooLarge)?;
        let mut tree = Tree::new(&stage, ties, awards, allowed.most_cases, watched)?;
        if let Some(most_work) = allowed.most_work {
            tree = tree.within(most_work);
        }
        // What proves a lot of the least-cost shape speaks of its own rows only.
        if kept.is_empty() && matches!(lot.shape, Shape::General(_)) {
            tree = tree.deriving(allowed.short);
        }
        let found = tree.run()?;
        work = work.saturating_add(found.work);
        if !found.proof.derived.is_empty() {
            proof.derived.clone_from(&found.proof.derived);
            strong = Cow::Owned(lot.with_derived(&proof.derived));
        }
        let turned = |value| match objective.direction {
            Direction::Minimise => Ok(value),
            Direction::Maximise => sub(0, value),
        };
        let Found { best, cost, bound, proof: cases, .. } = found;
        match (cost, bound) {
            (None, None) => {
                append(&mut proof, cases);
                return Ok((candidate(lot, Claim::NoAward, Vec::new(), proof)?, work));
            }
            (cost, Some(bound)) if cost.is_none_or(|cost| bound < cost) => {
                // Of the objectives before this one the best value is known, of this one not.
                let (bound, cases) = match kept.first() {
                    Some(first) => (*first, first_only(&proof)),
                    None => (turned(bound)?, Proof { derived: proof.derived, ..cases }),
                };
                let best = best.into_iter().take(1).collect();
                return Ok((candidate(lot, Claim::Unproved { bound }, best, cases)?, work));
            }
            _ => {}
        }
        kept.push(turned(cost.ok_or(EngineFaultKind::TooLarge)?)?);
        awards = best;
        append(&mut proof, cases);
    }
    awards.sort_by(|a, b| b.cmp(a));
    Ok((candidate(lot, Claim::Optimal, awards, proof)?, work))
}

fn candidate(
    lot: &LotModel,
    claim: Claim,
    awards: Vec<Vec<i128>>,
    proof: Proof,
) -> Result<LotCandidate, EngineFaultKind> {
    let mut proposals = Vec::with_capacity(awards.len());
    for values in awards {
        proposals.push(Proposal { objective: dot(&lot.objective.terms, &values)?, values });
    }
    let mut proposals = proposals.into_iter();
    let best = proposals.next();
    let others = proposals.collect();
    Ok(LotCandidate { lot_id: lot.lot_id.clone(), claim, best, others, tie: None, proof })
}

/// Puts the cases of the next objective behind those of the ones before.
fn append(proof: &mut Proof, cases: Proof) {
    let before = proof.weights.len();
    proof.weights.extend(cases.weights);
    proof.steps.extend(cases.steps.into_iter().map(|step| match step {
        Step::Case { weights, further } => Step::Case { weights: weights.saturating_add(before), further },
        branch => branch,
    }));
}

/// The cases of the first objective. They end where every branch has had both its sides.
fn first_only(proof: &Proof) -> Proof {
    let mut open = 1_usize;
    let ends = |step: &Step| {
        open = match step {
            Step::Case { .. } => open.saturating_sub(1),
            _ => open.saturating_add(1),
        };
        open == 0
    };
    let last = proof.steps.iter().position(ends).unwrap_or(0);
    let steps = proof.steps.iter().take(last.saturating_add(1)).cloned().collect();
    Proof { steps, ..proof.clone() }
}
