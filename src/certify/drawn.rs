//! The award that a recorded draw chose between several that cost the same.

use std::collections::BTreeSet;

use super::certified::{CertifiedLot, Draw, Outcome, ProofKind};
use super::{CertifyFaultKind, winners};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{LotCandidate, LotModel, Proposal, Shape};
use crate::screen::ScreenedLot;
use crate::tender::{Act, Decision};

/// The lot with the award that was drawn; `None` when no draw between awards is recorded.
///
/// A drawn award is recorded by a row `draw-1` for each supplier that wins in it, so that the set drawn stands there as a whole.
///
/// # Errors
/// [`CertifyFaultKind::Draw`] when there is nothing to draw, or when the suppliers drawn are not exactly those of one award.
pub(super) fn drawn(
    lot: &ScreenedLot,
    model: &LotModel,
    certified: &CertifiedLot,
    candidate: &LotCandidate,
) -> Result<Option<CertifiedLot>, CertifyFaultKind> {
    let stated = &lot.comparable.lot;
    let draws: Vec<&Decision> =
        stated.decisions.iter().filter(|decision| matches!(decision.act, Act::Draw(_))).collect();
    let (Shape::Core(_) | Shape::General(_), Some(first)) =
        (&model.shape, draws.iter().min_by_key(|draw| draw.place.line))
    else {
        return Ok(None);
    };
    let Outcome::DrawRequired(Draw::Awards { complete, .. }) = certified.outcome() else {
        let error = Diagnostic::at(Code::DrawNotTied, first.place.clone());
        return Err(fault(error.with("supplier", first.supplier_id.as_str())));
    };
    let suppliers = |award: &Proposal| -> BTreeSet<&str> {
        let ids = winners(model, award);
        let won = stated.bids.iter().filter(|bid| ids.iter().any(|id| id == bid.id.as_str()));
        won.map(|bid| bid.supplier_id.as_str()).collect()
    };
    let wanted: BTreeSet<&str> = draws.iter().map(|draw| draw.supplier_id.as_str()).collect();
    let awards: Vec<&Proposal> = candidate.best.iter().chain(&candidate.others).collect();
    let named: Vec<&&Proposal> = awards.iter().filter(|award| suppliers(award) == wanted).collect();
    match named.as_slice() {
        [award] if *complete => {
            let chosen = winners(model, award);
            let award = Some((**award).clone());
            Ok(Some(CertifiedLot::new(model, Outcome::Awarded, chosen, award, ProofKind::Exact)))
        }
        _ => {
            let joined = |set: &BTreeSet<&str>| set.iter().copied().collect::<Vec<_>>().join(" + ");
            let options: BTreeSet<String> = awards.iter().map(|award| joined(&suppliers(award))).collect();
            let error = Diagnostic::at(Code::DrawNotAnOption, first.place.clone())
                .with("lot", stated.id.as_str())
                .with("drawn", joined(&wanted))
                .with("options", options.into_iter().collect::<Vec<_>>().join("; "));
            Err(fault(error))
        }
    }
}

fn fault(error: Diagnostic) -> CertifyFaultKind {
    CertifyFaultKind::Draw(Box::new(error))
}
