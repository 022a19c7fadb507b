//! The bidding units of a lot, by demand or as the office states them.

use std::collections::{BTreeMap, BTreeSet};

use crate::money::{Inexact, Quantity};
use crate::rules::{AwardRule, RuleSet, Unit, UnitsByDemand, UsablePrice};
use crate::tender::{Demand, Fact, SupplierId, Verdict};

use super::bids::BidCount;

/// Puts every bid in its unit and says why. A supplier is in unit A while those with more demand than it have less than
/// the stated share of the demand for all that filed a price.
///
/// # Errors
/// [`Inexact`] when a sum cannot be held.
pub(super) fn divide(
    bids: &mut [BidCount<'_>],
    demand: &[(&Demand, Quantity)],
    rules: &RuleSet,
) -> Result<(), Inexact> {
    let AwardRule::Ranked { stages, .. } = &rules.award else { return Ok(()) };
    let Some(rule) = &stages.units else { return Ok(()) };
    let mut asked: BTreeMap<&SupplierId, Quantity> = BTreeMap::new();
    asked.extend(bids.iter().map(|bid| (&bid.bid.supplier_id, Quantity::ZERO)));
    for (row, volume) in demand {
        if let Some(sum) = row.supplier_id.as_ref().and_then(|supplier| asked.get_mut(supplier)) {
            *sum = sum.plus(*volume)?;
        }
    }
    let gone = |bid: &BidCount<'_>| bid.excluded() == Some(UsablePrice::ID);
    let priced: BTreeSet<&SupplierId> =
        bids.iter().filter(|bid| !gone(bid)).map(|bid| &bid.bid.supplier_id).collect();
    let of_priced: Vec<Quantity> =
        asked.iter().filter(|(supplier, _)| priced.contains(**supplier)).map(|(_, own)| *own).collect();
    let all = Quantity::total(of_priced.iter().copied())?;
    let line = all.scaled(rule.rule.share)?;
    for bid in bids {
        let own = asked.get(&bid.bid.supplier_id).copied().unwrap_or_default();
        let before = Quantity::total(of_priced.iter().copied().filter(|other| *other > own))?;
        let stated = match bid.bid.unit_group.as_deref() {
            Some("A") => Some(Unit::A),
            Some("B") => Some(Unit::B),
            _ => None,
        };
        let unit = stated.unwrap_or(if before < line { Unit::A } else { Unit::B });
        bid.unit = Some(unit);
        if bid.excluded() == Some(UsablePrice::ID) {
            continue;
        }
        let mut facts = vec![Fact::new("bidding_unit", unit.name())];
        facts.extend(stated.map(|unit| Fact::new("stated_unit", unit.name())));
        facts.push(Fact::new("own_demand", own));
        let share = before.share_of(all, rule.rule.rounding);
        facts.extend(share.map(|share| Fact::new("share_before", share)));
        facts.push(Fact::new("unit_share", rule.rule.share));
        bid.say(UnitsByDemand::ID, Verdict::Pass, facts, &rule.cite);
    }
    Ok(())
}
