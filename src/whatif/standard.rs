//! The scenarios that every tender has.

use super::{ScenarioKind, run};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::rules::{
    AllocationRule, AwardRule, Cited, Criterion, DraftStages, LeastCost, RuleSet, VolumeAtLeastCost,
};
use crate::solve::Effort;
use crate::tender::{BidState, Tender};

/// Their names.
pub(super) const NAMES: [&str; 3] = ["own", "cheapest", "status-quo"];

/// The standard scenario of a name.
pub(super) fn named(name: &str) -> Option<ScenarioKind> {
    match name {
        "own" => Some(ScenarioKind::Own),
        "cheapest" => Some(ScenarioKind::Cheapest),
        "status-quo" => Some(ScenarioKind::StatusQuo),
        _ => None,
    }
}

/// The rule set with nothing left but conversion, usable prices and the ceiling: all demand goes out at least cost.
pub(super) fn without_limits(rules: &RuleSet) -> RuleSet {
    let (cite, status) = (rules.cite.clone(), crate::rules::Status::Verified);
    let limits = LeastCost {
        min_suppliers: None,
        max_suppliers: None,
        max_share: None,
        one_supplier_per_region: false,
        objectives: vec![Criterion::Cost],
    };
    // Volumes without a decimal form are rounded as before; where no rule says how, as prices are.
    let rounding = rules.conversion_rounding().unwrap_or(rules.comparable_price.rule.rounding);
    let mut bare = rules.clone();
    bare.award = AwardRule::LeastCost { limits: Cited { rule: limits, cite: cite.clone(), status } };
    bare.allocation =
        AllocationRule::AtLeastCost(Cited { rule: VolumeAtLeastCost { rounding }, cite, status });
    bare.limits = Vec::new();
    bare.agreed_share = None;
    bare.draft = DraftStages::default();
    bare.instead_of = Some(rules.id.clone());
    bare
}

/// The tender with the volumes that the rule set's own award agrees on, so that costs are of the same volumes: reported demand
/// times the agreed share of its lot. A lot without a settled share keeps its demand.
pub(super) fn at_agreed_volumes(
    tender: &Tender,
    rules: &RuleSet,
    effort: &Effort<'_>,
) -> Result<Tender, Diagnostics> {
    let own = run(tender.clone(), rules.clone(), effort)?;
    let mut agreed = tender.clone();
    for (screened, award) in own.award.lots() {
        let id = &screened.comparable.lot.id;
        let (Some(share), Some(lot)) = (award.agreed_share, agreed.lots.iter_mut().find(|lot| lot.id == *id))
        else {
            continue;
        };
        for row in &mut lot.demand {
            let too_long = |_| Diagnostic::at(Code::ConversionTooLarge, row.place.clone());
            row.volume = row.volume.scaled(share).map_err(too_long)?;
        }
    }
    Ok(agreed)
}

/// The tender with the bids of those only who supply today.
pub(super) fn of_incumbents(tender: &Tender) -> Result<Tender, Diagnostics> {
    let is_incumbent =
        |supplier| tender.suppliers.get(supplier).and_then(|known| known.incumbent) == Some(true);
    let mut own = tender.clone();
    let mut any = false;
    for bid in own.lots.iter_mut().flat_map(|lot| &mut lot.bids) {
        if is_incumbent(&bid.supplier_id) {
            any = true;
        } else if bid.state == BidState::Valid {
            bid.state = BidState::Withdrawn;
        }
    }
    if any { Ok(own) } else { Err(Diagnostic::new(Code::IncumbentsUnknown).into()) }
}
