//! The comparison of two engines.

use super::{EngineFault, EngineFaultKind, Objectives};
use crate::model::whole::dot;
use crate::model::{Claim, LotCandidate, LotModel, Proposal, Shape, Tie};

/// Holds that two engines say the same about a lot: the same objective, or both "no award". On a ranked lot the awards must
/// also have the same winners, but for a tie. Where the first engine has only a bound, the second must not be below it.
///
/// # Errors
/// A fault that names the lot and both values.
pub fn agree(
    lot: &LotModel,
    (here, first): (&'static str, &LotCandidate),
    (there, second): (&'static str, &LotCandidate),
) -> Result<(), EngineFault> {
    let fault = |kind| EngineFault::new(lot, here, kind);
    let (ours, theirs) = (said(first), said(second));
    let same = match first.claim {
        Claim::Unproved { bound } => theirs.is_none_or(|theirs| theirs >= bound),
        Claim::Optimal | Claim::NoAward => ours == theirs,
    };
    if !same {
        return Err(fault(EngineFaultKind::Objectives(Box::new(Objectives {
            here: ours,
            other: there,
            there: theirs,
        }))));
    }
    let (Some(best), Some(other)) = (&first.best, &second.best) else { return Ok(()) };
    let among = match &lot.shape {
        Shape::Ranked(_) => same_up_to_tie(lot, best, other, first.tie.as_ref()),
        Shape::Core(_) => true,
        Shape::General(_) => lot.then.iter().all(|then| {
            let reached = |award: &Proposal| dot(&then.terms, &award.values);
            !matches!(first.claim, Claim::Optimal) || reached(best) == reached(other)
        }),
    };
    if among { Ok(()) } else { Err(fault(EngineFaultKind::NotAmongTheBest { other: there })) }
}

fn said(candidate: &LotCandidate) -> Option<i128> {
    candidate.best.as_ref().map(|best| best.objective)
}

/// Whether two awards of a ranked lot have the same winners, but for the bids that are tied.
fn same_up_to_tie(lot: &LotModel, best: &Proposal, other: &Proposal, tie: Option<&Tie>) -> bool {
    lot.winner_columns().into_iter().all(|(column, bid)| {
        tie.is_some_and(|tie| tie.tied.iter().any(|t| t == bid))
            || best.values.get(column) == other.values.get(column)
    })
}
