//! Every lot of a tender counted anew, and what comes out of the walk for the cross-check of an evaluation.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::model::language::groups;
use crate::money::{Inexact, Quantity, UnitPrice};
use crate::rules::{AwardRule, RuleSet};
use crate::tender::{BidId, Lot, Supplier, SupplierId, Tender};

use super::bids::{self, Count};
use super::expected::Lot as Counted;
use super::proof::Optimum;
use super::walk::{Award, Shortlist, spread_ranks, walk};
use super::{Finding, linked, part, proof, volumes};

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
    let proofs: Vec<&Value> = proof_lots(proof).take(all.len()).collect();
    let (counts, awards): (Vec<_>, Vec<_>) = all.into_iter().unzip();
    let (mut optima, proved_at) = optima(tender, rules, &counts, &proofs, findings);
    for (at, (mut count, ranked)) in counts.into_iter().zip(awards).enumerate() {
        let optimum = optima.remove(&at);
        let (award, planned, cost, shown) = match (ranked, optimum) {
            (Some(award), _) => (award, Vec::new(), None, None),
            (None, Some(optimum)) => (optimum.award, optimum.planned, optimum.cost, Some(optimum.shown)),
            (None, None) => continue,
        };
        let volumes = volumes::volumes(&count, &award, &planned)?;
        let proved_at = proved_at.get(&at).cloned();
        part::say(&mut count, &award, cost);
        lots.push(Counted { count, award, volumes, cost, shown, proved_at });
    }
    Ok(lots)
}

/// Awards by the place of their lots, and the lots at which proofs in the whole bidding language stand.
type Optima = (BTreeMap<usize, Optimum>, BTreeMap<usize, String>);

/// The awards of the lots that are decided by cost, as far as their proofs hold.
fn optima(
    tender: &Tender,
    rules: &RuleSet,
    counts: &[Count<'_>],
    proofs: &[&Value],
    findings: &mut Vec<Finding>,
) -> Optima {
    let (mut found, mut places) = Optima::default();
    let AwardRule::LeastCost { limits } = &rules.award else { return (found, places) };
    let offered = linked::offered(tender, rules, counts);
    for group in groups(&offered) {
        let first = group.lots.first().copied().unwrap_or_default();
        let (Some(count), Some(proof)) = (counts.get(first), proofs.get(first)) else { continue };
        if !group.is_core {
            places.extend(group.lots.iter().map(|at| (*at, count.lot.id.as_str().to_owned())));
        }
        let checked = match group.is_core {
            true => proof::least_cost(count, &limits.rule, proof).map(|optimum| vec![optimum]),
            false => linked::optima(&offered, &group, counts, proof),
        };
        match checked {
            Ok(optima) => found.extend(group.lots.iter().copied().zip(optima)),
            Err(what) => {
                let finding = Finding::new("proof", "proof.json").with("lot", count.lot.id.as_str());
                findings.push(finding.with("fault", what));
            }
        }
    }
    (found, places)
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
    all.into_iter().map(|(count, award)| Some(as_walked(&count, &award?))).collect()
}

fn as_walked(count: &Count<'_>, award: &Award) -> Walked {
    {
        let mut found = Walked::default();
        for (at, bid) in count.bids.iter().enumerate() {
            let id = bid.bid.id.clone();
            match (award.status(count, at), award.price(count, at)) {
                ("won", Some(price)) => drop(found.winners.insert(id, price)),
                ("tied", Some(price)) => drop(found.tied.insert(id, price)),
                ("open", _) => drop(found.open.insert(id)),
                _ => {}
            }
        }
        found
    }
}

/// A tender as filed, for trying one of its lots with another price.
pub(super) struct Filed<'a> {
    counts: Vec<Count<'a>>,
    lists: Vec<Vec<Shortlist>>,
    rules: &'a RuleSet,
    suppliers: &'a BTreeMap<SupplierId, Supplier>,
    scale: Quantity,
}

impl<'a> Filed<'a> {
    /// Counts every lot as filed.
    ///
    /// # Errors
    /// [`Inexact`] when a number cannot be held.
    pub(super) fn new(tender: &'a Tender, rules: &'a RuleSet) -> Result<Self, Inexact> {
        let (suppliers, scale) = (&tender.suppliers, tender.notice.volume_scale);
        let counted = tender.lots.iter().map(|lot| bids::count(lot, rules, suppliers, scale));
        let counts = counted.collect::<Result<Vec<_>, _>>()?;
        let lists = counts.iter().map(Shortlist::of).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { counts, lists, rules, suppliers, scale })
    }

    /// The rule set.
    pub(super) fn rules(&self) -> &'a RuleSet {
        self.rules
    }

    /// Who owns whom.
    pub(super) fn suppliers(&self) -> &'a BTreeMap<SupplierId, Supplier> {
        self.suppliers
    }

    /// Walks `lot` in the place of the lot there; `None` where the rule set does not rank or a number cannot be held.
    pub(super) fn walked_with(&self, place: usize, lot: &Lot) -> Option<Walked> {
        let mut count = bids::count(lot, self.rules, self.suppliers, self.scale).ok()?;
        let lists = Shortlist::of(&count).ok()?;
        let mut spread = None;
        if matches!(&self.rules.award, AwardRule::Ranked { stages, .. } if stages.highest_excluded.is_some())
        {
            let others = self.counts.iter().zip(self.lists.iter().map(|lists| lists.first())).enumerate();
            let own = (&count, lists.first());
            let all: Vec<_> = others.map(|(at, other)| if at == place { own } else { other }).collect();
            spread = spread_ranks(&all).get(place).copied().flatten();
        }
        let award = walk(&mut count, &lists, spread).ok()??;
        Some(as_walked(&count, &award))
    }
}
