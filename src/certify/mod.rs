//! Exact checks and proofs; imports no solver.
//!
//! An award becomes a [`CertifiedLot`] only here. Every column bound and every row is checked in whole numbers, the
//! objective is counted anew, and that nothing is better is proved in whole numbers: for a ranked lot by a plain recount
//! of the order beside a bound on the shortlist, for a least-cost lot by the case distinction that came with the award.
//!
//! | file | what |
//! | --- | --- |
//! | `certified` | the certified award |
//! | `rows` | bounds, rows and objective of an award |
//! | `bound` | the bound that row weights give |
//! | `cases` | the case distinction |
//! | `derived` | rows that a proof derives from the model's |
//! | `general` | lots that are columns and rows only, objective by objective |
//! | `lean` | a proof without what it does not need |
//! | `drawn` | the award that a recorded draw chose between awards of one cost |
//! | `planned` | what an award gives each winner |
//! | `part` | the last step of every bid where cost decides |
//! | `recount` | the recount of a ranked lot |
//! | `volumes` | whether the winners' volumes are open at the same cost |

mod award;
mod bound;
mod cases;
mod certified;
mod derived;
mod drawn;
mod general;
mod lean;
mod part;
mod planned;
mod recount;
mod rows;
mod tender;
mod volumes;

use std::collections::BTreeSet;

pub use award::{
    BidStatus, Certificate, CertifiedAward, LotAward, PlannedRegion, Proof, RegionOffer, Tie, TieDecides,
    Winner,
};
pub use certified::{CertifiedLot, CertifiedLots, Draw, Outcome, ProofKind};
pub use tender::{certify_award, certify_programme};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::model::whole::TooLarge;
use crate::model::{
    AwardModel, Candidate, Claim, CoreLot, LotCandidate, LotModel, Proposal, RankedLot, Shape,
};

/// An award that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertifyFault {
    /// The lot.
    pub lot_id: String,
    /// Why.
    pub kind: CertifyFaultKind,
}

/// Why an award was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CertifyFaultKind {
    /// The candidate is not for this lot, or the lots do not match one by one.
    OtherLot,
    /// A sum left 128 bits.
    TooLarge,
    /// The award does not have one value for each column.
    Columns,
    /// The value of this column is outside its bounds.
    ColumnBound(String),
    /// This row does not hold.
    RowBroken {
        /// The rule that made the row.
        rule: String,
        /// The row.
        label: String,
    },
    /// The objective is not what the columns come to.
    Objective {
        /// What the candidate states, with what it comes to.
        stated: Box<(i128, i128)>,
    },
    /// The claim does not fit the award: for instance "optimal" without an award.
    Claim,
    /// There is no proof, or it ends before all cases are covered.
    ProofIncomplete,
    /// The proof refers to something that is not there, or goes on after its end.
    ProofMalformed,
    /// A weight has the wrong sign for its row, or a denominator is not positive.
    WeightSign,
    /// A row of the proof does not follow from the rows that it is said to be derived from.
    NotDerived(String),
    /// The proof bounds the objective by less than is claimed.
    NotProved {
        /// The bound that it gives; `None` when it shows that there is no award at all.
        bound: Box<Option<i128>>,
    },
    /// A bid's place or win is not what the order and the screens say.
    Recount(String),
    /// The tie is not the one that the order shows.
    Tie,
    /// A further award is not as good, or its winners are listed twice.
    FurtherAward,
    /// A draw is recorded that does not fit what is to be drawn: a fault of the tender.
    Draw(Box<Diagnostic>),
}

impl From<TooLarge> for CertifyFaultKind {
    fn from(_: TooLarge) -> Self {
        Self::TooLarge
    }
}

/// Certifies the award of a tender, lot by lot.
///
/// # Errors
/// The first lot that is refused.
pub fn certify(model: &AwardModel, candidate: &Candidate) -> Result<CertifiedLots, CertifyFault> {
    if let Some(lot) = model.lots.get(candidate.lots.len()) {
        return Err(CertifyFault { lot_id: lot.lot_id.clone(), kind: CertifyFaultKind::OtherLot });
    }
    if let Some(lot) = candidate.lots.get(model.lots.len()) {
        return Err(CertifyFault { lot_id: lot.lot_id.clone(), kind: CertifyFaultKind::OtherLot });
    }
    let pairs = model.lots.iter().zip(&candidate.lots);
    let lots = pairs.map(|(lot, proposed)| certify_lot(lot, proposed)).collect::<Result<_, _>>()?;
    Ok(CertifiedLots::new(lots))
}

/// Certifies the award of one lot.
///
/// # Errors
/// Why the award is refused: it breaks a row, it is not what it claims to be, or its proof does not hold.
pub fn certify_lot(lot: &LotModel, candidate: &LotCandidate) -> Result<CertifiedLot, CertifyFault> {
    let certified = match (&lot.shape, candidate.lot_id == lot.lot_id) {
        (_, false) => Err(CertifyFaultKind::OtherLot),
        (Shape::Ranked(ranked), true) => ranked_lot(lot, ranked, candidate),
        (Shape::Core(core), true) => core_lot(lot, core, candidate),
        (Shape::General(_), true) => general::certify(lot, candidate),
    };
    certified.map_err(|kind| CertifyFault { lot_id: lot.lot_id.clone(), kind })
}

/// A ranked lot: the recount decides the outcome, the bound shows that the shortlist is full.
fn ranked_lot(
    lot: &LotModel,
    ranked: &RankedLot,
    candidate: &LotCandidate,
) -> Result<CertifiedLot, CertifyFaultKind> {
    let (Claim::Optimal, Some(best), []) = (candidate.claim, &candidate.best, &*candidate.others) else {
        return Err(CertifyFaultKind::Claim);
    };
    rows::check(lot, best)?;
    let ties = recount::check(ranked, best)?;
    if !candidate.proof.derived.is_empty() {
        return Err(CertifyFaultKind::ProofMalformed);
    }
    if candidate.tie.is_some() && candidate.tie.as_ref() != ties.first() {
        return Err(CertifyFaultKind::Tie);
    }
    let bound = bound::shortlist(lot, ranked)?;
    if best.objective != bound {
        return Err(CertifyFaultKind::NotProved { bound: Box::new(Some(bound)) });
    }
    let mut winners = winners(lot, best);
    winners.retain(|bid| !ties.iter().any(|tie| tie.tied.contains(bid)));
    let outcome = match (ties.is_empty(), winners.is_empty()) {
        (false, _) => Outcome::DrawRequired(Draw::Places(ties)),
        (true, true) => Outcome::NoAward,
        (true, false) => Outcome::Awarded,
    };
    let nothing_to_rank = ranked.candidates.iter().all(|c| c.shortlist_barred_by.is_some());
    let proof = if nothing_to_rank { ProofKind::Rules } else { ProofKind::Exact };
    Ok(CertifiedLot::new(lot, outcome, winners, Some(best.clone()), proof))
}

/// A least-cost lot: the case distinction decides.
fn core_lot(
    lot: &LotModel,
    core: &CoreLot,
    candidate: &LotCandidate,
) -> Result<CertifiedLot, CertifyFaultKind> {
    let awards: Vec<&Proposal> = candidate.best.iter().chain(&candidate.others).collect();
    let mut listed = BTreeSet::new();
    for award in &awards {
        rows::check(lot, award)?;
        let same = candidate.best.as_ref().is_some_and(|best| best.objective == award.objective);
        if !same || !listed.insert(winner_values(lot, award)) {
            return Err(CertifyFaultKind::FurtherAward);
        }
    }
    if !candidate.proof.derived.is_empty() {
        return Err(CertifyFaultKind::ProofMalformed);
    }
    let cost = candidate.best.as_ref().map(|best| best.objective);
    let proved = cases::walk(lot, &candidate.proof, cost, &listed)?;
    let not_proved = CertifyFaultKind::NotProved { bound: Box::new(proved.bound) };
    match (candidate.claim, &candidate.best, proved.bound) {
        (Claim::NoAward, None, None) => {
            Ok(CertifiedLot::new(lot, Outcome::NoAward, Vec::new(), None, ProofKind::Exact))
        }
        (Claim::Unproved { bound }, best, Some(proved)) if bound <= proved => {
            let kind = ProofKind::Bound { bound: cost.map_or(proved, |cost| cost.min(proved)) };
            let winners = best.as_ref().map(|best| winners(lot, best)).unwrap_or_default();
            Ok(CertifiedLot::new(lot, Outcome::Unproved, winners, best.clone(), kind))
        }
        (Claim::Optimal, Some(best), Some(bound)) if bound >= best.objective => {
            let certified = least_cost(lot, best, &awards, proved.complete);
            match certified.outcome() {
                Outcome::Awarded => Ok(certified.with_open_volumes(volumes::open(core, best)?)),
                _ => Ok(certified),
            }
        }
        (Claim::Optimal, None, _) | (Claim::NoAward, Some(_), _) => Err(CertifyFaultKind::Claim),
        _ => Err(not_proved),
    }
}

/// The outcome of a lot whose least cost is proved: one set of winners, or several that cost the same.
fn least_cost(lot: &LotModel, best: &Proposal, awards: &[&Proposal], complete: bool) -> CertifiedLot {
    let mut sets: Vec<Vec<String>> = awards.iter().map(|award| winners(lot, award)).collect();
    sets.sort();
    let mut certain = winners(lot, best);
    if let [_, _, ..] = awards {
        // Of sets that are not listed nothing is known.
        certain.retain(|bid| complete && sets.iter().all(|set| set.contains(bid)));
        let outcome = Outcome::DrawRequired(Draw::Awards { winners: sets, complete });
        return CertifiedLot::new(lot, outcome, certain, Some(best.clone()), ProofKind::Exact);
    }
    let (outcome, proof) = match complete {
        true => (Outcome::Awarded, ProofKind::Exact),
        // The cost is proved, but not that these winners are the only ones that reach it.
        false => (Outcome::Unproved, ProofKind::Bound { bound: best.objective }),
    };
    CertifiedLot::new(lot, outcome, certain, Some(best.clone()), proof)
}

fn winners(lot: &LotModel, award: &Proposal) -> Vec<String> {
    let wins = |&(column, _): &(usize, &str)| award.values.get(column) == Some(&1);
    lot.winner_columns().into_iter().filter(wins).map(|(_, bid)| bid.to_owned()).collect()
}

fn winner_values(lot: &LotModel, award: &Proposal) -> Vec<i128> {
    let values = lot.winner_columns().into_iter().filter_map(|(column, _)| award.values.get(column));
    values.copied().collect()
}

impl From<CertifyFault> for Diagnostics {
    fn from(fault: CertifyFault) -> Self {
        if let CertifyFaultKind::Draw(draw) = fault.kind {
            return (*draw).into();
        }
        let detail = format!("{:?}", fault.kind);
        Diagnostic::new(Code::AwardNotCertified).with("lot", fault.lot_id).with("detail", detail).into()
    }
}
