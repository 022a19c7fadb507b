//! A proof without what it does not need: weights that no case uses, and rows whose weight changes no case's bound.
//!
//! The bound of a case is a concave function of each weight, so a row that is kept here cannot be left out, nor its weight
//! turned, without a case's bound falling. A damaged proof then shows.

use std::collections::BTreeSet;

use super::CertifyFaultKind;
use super::bound::{Reduced, Says};
use super::cases;
use crate::model::{Link, LotModel, Proof, RowWeights, Step};

/// Work that is spent on one set of weights, in columns looked at; above it the weights stay as they are.
const MOST_WORK: usize = 4_000_000;

/// A case with the bounds of its columns.
struct Case {
    step: usize,
    weights: usize,
    further: Vec<(usize, i128)>,
    bounds: Vec<(i128, i128)>,
}

/// The proof without what it does not need, and what each of its cases says: a bound, or `None` for a case without awards.
pub(super) fn lean(lot: &LotModel, proof: &Proof) -> Result<(Proof, Vec<Option<i128>>), CertifyFaultKind> {
    let mut lean = proof.clone();
    without_unused(&mut lean);
    let proof = &lean.clone();
    let (columns, links) = (lot.columns.len().max(1), lot.links());
    let small = proof.steps.len().saturating_mul(columns) <= MOST_WORK;
    if small {
        let mut open = open_cases(lot, proof)?;
        for case in &mut open {
            let Some(weights) = proof.weights.get(case.weights) else { continue };
            case.further = needed((lot, &links), weights, case)?;
            if let Some(Step::Case { further, .. }) = lean.steps.get_mut(case.step) {
                further.clone_from(&case.further);
            }
        }
        for (number, weights) in lean.weights.iter_mut().enumerate() {
            let own: Vec<&Case> = open.iter().filter(|case| case.weights == number).collect();
            let looks = weights.rows.len().saturating_mul(own.len().saturating_add(1));
            if looks.saturating_mul(columns) <= MOST_WORK {
                shorten((lot, &links), weights, &own)?;
            }
        }
    }
    let bounds = cases::bounds(lot, &lean)?;
    Ok((lean, bounds))
}

fn open_cases(lot: &LotModel, proof: &Proof) -> Result<Vec<Case>, CertifyFaultKind> {
    let mut bounds = cases::column_bounds_of_cases(lot, proof)?.into_iter();
    let mut open = Vec::new();
    for (step, one) in proof.steps.iter().enumerate() {
        if let Step::Case { weights, further } = one {
            let bounds = bounds.next().ok_or(CertifyFaultKind::ProofMalformed)?;
            open.push(Case { step, weights: *weights, further: further.clone(), bounds });
        }
    }
    Ok(open)
}

/// What a case says under weights.
fn says((lot, links): (&LotModel, &[Link]), shared: &Reduced, case: &Case) -> Result<Says, CertifyFaultKind> {
    let mut reduced = shared.clone();
    reduced.take_out(lot, &case.further)?;
    reduced.says(links, &case.bounds)
}

/// Whether a case is closed as well as before.
fn as_good(now: &Says, before: &Says) -> bool {
    match (now, before) {
        (Says::AtLeast(now), Says::AtLeast(before)) => now >= before,
        (now, before) => now == before,
    }
}

/// The further rows of a case that change what it says.
fn needed(
    (lot, links): (&LotModel, &[Link]),
    weights: &RowWeights,
    case: &Case,
) -> Result<Vec<(usize, i128)>, CertifyFaultKind> {
    let shared = Reduced::new(lot, weights)?;
    let before = says((lot, links), &shared, case)?;
    let mut kept = case.further.clone();
    for at in (0..kept.len()).rev() {
        let mut fewer = kept.clone();
        fewer.remove(at);
        let without = Case { further: fewer, bounds: case.bounds.clone(), ..*case };
        if as_good(&says((lot, links), &shared, &without)?, &before) {
            kept = without.further;
        }
    }
    Ok(kept)
}

/// Takes out the rows whose weight changes no case.
fn shorten(
    (lot, links): (&LotModel, &[Link]),
    weights: &mut RowWeights,
    own: &[&Case],
) -> Result<(), CertifyFaultKind> {
    let shared = Reduced::new(lot, weights)?;
    let before = own.iter().map(|case| says((lot, links), &shared, case)).collect::<Result<Vec<_>, _>>()?;
    // A row may become idle when another has gone.
    let mut idle = true;
    while idle {
        idle = false;
        for at in (0..weights.rows.len()).rev() {
            let mut fewer = weights.clone();
            fewer.rows.remove(at);
            let shared = Reduced::new(lot, &fewer)?;
            let mut good = true;
            for (case, before) in own.iter().zip(&before) {
                good = good && as_good(&says((lot, links), &shared, case)?, before);
            }
            if good {
                *weights = fewer;
                idle = true;
            }
        }
    }
    Ok(())
}

/// Drops the weights that no case uses.
fn without_unused(proof: &mut Proof) {
    let used: BTreeSet<usize> = proof
        .steps
        .iter()
        .filter_map(|step| if let Step::Case { weights, .. } = step { Some(*weights) } else { None })
        .collect();
    for step in &mut proof.steps {
        if let Step::Case { weights, .. } = step {
            *weights = used.iter().position(|number| number == weights).unwrap_or(usize::MAX);
        }
    }
    let all = std::mem::take(&mut proof.weights).into_iter().enumerate();
    proof.weights = all.filter(|(number, _)| used.contains(number)).map(|(_, weights)| weights).collect();
}
