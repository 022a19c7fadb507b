//! Every lot of a tender counted anew, and what comes out of the walk for the cross-check of an evaluation.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::money::{Inexact, Quantity, UnitPrice};
use crate::rules::RuleSet;
use crate::tender::{BidId, Lot, Supplier, SupplierId, Tender};

use super::bids::{self, Count};
use super::expected::Lot as Counted;
use super::walk::{Award, Shortlist, spread_ranks, walk};
use super::{Finding, proof, volumes};

/// The bids of every lot, and the award of every lot of a rule set that ranks.
///
/// # Errors
/// [`Inexact`] when a number cannot be held.
fn ranked<'a>(
    lots: &[&'a Lot],
    rules: &'a RuleSet,
    suppliers: &'a BTreeMap<SupplierId, Supplier>,
    scale: Quantity,
) -> Result<Vec<(Count<'a>, Option<Award>)>, Inexact> {
    let counted = lots.iter().map(|lot| bids::count(lot, rules, suppliers, scale));
    let mut counts = counted.collect::<Result<Vec<_>, _>>()?;
    let lists = counts.iter().map(Shortlist::of).collect::<Result<Vec<_>, _>>()?;
    let spreads =
        spread_ranks(&counts.iter().zip(lists.iter().map(|lists| lists.first())).collect::<Vec<_>>());
    let mut awards = Vec::new();
    for ((count, lists), spread) in counts.iter_mut().zip(&lists).zip(spreads) {
        awards.push(walk(count, lists, spread)?);
    }
    Ok(counts.into_iter().zip(awards).collect())
}

/// Counts every lot. A least-cost lot takes its award from the proof, once that holds.
///
/// # Errors
/// [`Inexact`] when a number cannot be held.
pub(super) fn recount<'a>(
    tender: &'a Tender,
    rules: &'a RuleSet,
    proof: &Value,
    findings: &mut Vec<Finding>,
) -> Result<Vec<Counted<'a>>, Inexact> {
    let stated: Vec<&Lot> = tender.lots.iter().collect();
    let mut lots = Vec::new();
    let all = ranked(&stated, rules, &tender.suppliers, tender.notice.volume_scale)?;
    for ((count, ranked), proof) in all.into_iter().zip(proof_lots(proof)) {
        let optimum = match (&ranked, proof::limits(&count)) {
            (None, Some(limits)) => match proof::least_cost(&count, limits, proof) {
                Ok(optimum) => Some(optimum),
                Err(what) => {
                    let finding = Finding::new("proof", "proof.json").with("lot", count.lot.id.as_str());
                    findings.push(finding.with("fault", what));
                    None
                }
            },
            _ => None,
        };
        let (award, planned, cost, shown) = match (ranked, optimum) {
            (Some(award), _) => (award, Vec::new(), None, None),
            (None, Some(optimum)) => (optimum.award, optimum.planned, optimum.cost, Some(optimum.shown)),
            (None, None) => continue,
        };
        let volumes = volumes::volumes(&count, &award, &planned)?;
        lots.push(Counted { count, award, volumes, cost, shown });
    }
    Ok(lots)
}

/// The lots of a proof, and nothing after them.
pub(super) fn proof_lots(proof: &Value) -> impl Iterator<Item = &Value> {
    let lots = proof.get("lots").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    lots.iter().chain(std::iter::repeat(&Value::Null))
}

/// What the walk finds of a lot that is decided by rank.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Walked {
    /// Bids that win, whatever a draw says, with the price at which they win.
    pub winners: BTreeMap<BidId, UnitPrice>,
    /// Bids between which a draw must decide who wins, with the price at which they would.
    pub tied: BTreeMap<BidId, UnitPrice>,
    /// Bids that win or lose by an answer that is missing.
    pub open: BTreeSet<BidId>,
}

/// Walks every lot: for the cross-check of an evaluation. A lot that is not decided by rank has `None`; so have all when a
/// number cannot be held.
pub fn walked(
    lots: &[&Lot],
    rules: &RuleSet,
    suppliers: &BTreeMap<SupplierId, Supplier>,
    scale: Quantity,
) -> Vec<Option<Walked>> {
    let Ok(all) = ranked(lots, rules, suppliers, scale) else { return vec![None; lots.len()] };
    let one = |(count, award): (Count<'_>, Option<Award>)| {
        let award = award?;
        let mut found = Walked::default();
        for (at, bid) in count.bids.iter().enumerate() {
            let id = bid.bid.id.clone();
            match (award.status(&count, at), award.price(&count, at)) {
                ("won", Some(price)) => drop(found.winners.insert(id, price)),
                ("tied", Some(price)) => drop(found.tied.insert(id, price)),
                ("open", _) => drop(found.open.insert(id)),
                _ => {}
            }
        }
        Some(found)
    };
    all.into_iter().map(one).collect()
}
