//! The bidding units of a lot: who competes with whom.

use super::bidders::{Entrant, bidders_among};
use super::capacity;
use super::ranking::{Ranked, own_demand, rank};
use super::scores::Merit;
use super::shortlist::Shortlist;
use crate::compare::ComparableLot;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::money::{Inexact, Quantity};
use crate::rules::{
    Cited, PlacesByBidders, RankedStages, Ranking, RuleSet, Unit, UnitFacts, UnitsByDemand, UsablePrice,
};
use crate::tender::SupplierId;

/// The bids that compete for the same places, ranked.
pub(super) struct Field {
    /// The unit, where the rule set divides its lots.
    pub(super) unit: Option<Unit>,
    /// Bidders counted.
    pub(super) bidders: u32,
    /// The bids in rank order.
    pub(super) ranked: Vec<Ranked>,
    /// What the bids before each can deliver, in rank order, where that sets the places.
    pub(super) before: Vec<Option<Quantity>>,
    /// Who is within the places.
    pub(super) shortlist: Shortlist,
}

/// The fields of a lot: one for each unit, or one for all.
pub(super) fn fields(
    lot: &ComparableLot,
    entrants: &mut [Entrant],
    rules: &RuleSet,
    (ranking, places, merits): (&Ranking, &PlacesByBidders, &[Option<Merit>]),
    stages: &RankedStages,
    errors: &mut Diagnostics,
) -> Vec<Field> {
    let divided = stages.units.as_ref().map(|rule| divide(lot, entrants, rule, errors));
    let units = match divided {
        None => vec![None; entrants.len()],
        Some(divided) => divided.unwrap_or_else(|Inexact| {
            errors.push(Diagnostic::new(Code::ModelTooLarge).with("lot", lot.lot.id.as_str()));
            vec![None; entrants.len()]
        }),
    };
    let all: &[Option<Unit>] = if stages.units.is_some() { &Unit::ALL.map(Some) } else { &[None] };
    let field = |unit: &Option<Unit>| {
        let within = |at: usize| units.get(at) == Some(unit);
        let bidders = bidders_among(lot, entrants, rules, within);
        let ranked = rank(lot, merits, ranking, within, errors);
        let mut places = places.places(bidders).unwrap_or(0);
        let mut before = Vec::new();
        if let Some(rule) = &stages.capacity {
            before = capacity::before(lot, &ranked, rule, errors);
            places = places.min(capacity::places(lot, &before, &rule.rule));
        }
        let shortlist = Shortlist::new(lot, &ranked, places, stages);
        Field { unit: *unit, bidders, ranked, before, shortlist }
    };
    all.iter().map(field).collect()
}

/// The unit of each bid, recorded with what it follows from.
fn divide(
    lot: &ComparableLot,
    entrants: &mut [Entrant],
    rule: &Cited<UnitsByDemand>,
    errors: &mut Diagnostics,
) -> Result<Vec<Option<Unit>>, Inexact> {
    let own = own_demand(lot);
    let of = |supplier: &SupplierId| own.get(supplier.as_str()).copied().unwrap_or_default();
    let filed = lot.lot.bids.iter().zip(entrants.iter());
    let filed = filed.filter(|(_, entrant)| entrant.excluded != Some(UsablePrice::ID));
    let mut suppliers: Vec<&SupplierId> = filed.map(|(bid, _)| &bid.supplier_id).collect();
    suppliers.sort_unstable();
    suppliers.dedup();
    let demands: Vec<Quantity> = suppliers.into_iter().map(of).collect();
    let mut units = Vec::with_capacity(entrants.len());
    for (bid, entrant) in lot.lot.bids.iter().zip(entrants) {
        let stated = bid.unit_group.as_deref();
        let known = stated.and_then(Unit::from_name);
        if let (Some(stated), None) = (stated, known) {
            let error = Diagnostic::at(Code::BiddingUnitUnknown, bid.place.clone());
            errors.push(error.with("bid", bid.id.as_str()).with("unit", stated));
        }
        let facts: UnitFacts = rule.rule.unit(of(&bid.supplier_id), &demands, known)?;
        if entrant.excluded != Some(UsablePrice::ID) {
            entrant.reasons.push(rule.rule.record(facts).recorded(UnitsByDemand::ID, rule.cite.clone()));
        }
        units.push(Some(facts.unit));
    }
    Ok(units)
}
