//! What a tender states and its rule set does not look at: said, never passed over in silence.

use std::collections::BTreeMap;

use crate::compare::ComparableLot;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::rules::{AllocationRule, AwardRule, RuleSet};
use crate::tender::{BidState, Demand, Notice, Supplier, SupplierId};

/// Warns of bidders that are barred on the day of the announcement, and of columns without effect under the rule set.
pub(super) fn warn(
    lots: &[ComparableLot],
    notice: &Notice,
    suppliers: &BTreeMap<SupplierId, Supplier>,
    rules: &RuleSet,
    warnings: &mut Diagnostics,
) {
    let bids = || lots.iter().flat_map(|lot| &lot.lot.bids);
    for bid in bids().filter(|bid| bid.state == BidState::Valid) {
        let until = suppliers.get(&bid.supplier_id).and_then(|supplier| supplier.sanctioned_until);
        if let Some(until) = until.filter(|until| notice.announced <= *until) {
            let warning = Diagnostic::at(Code::SupplierSanctioned, bid.place.clone());
            let warning = warning.with("supplier", bid.supplier_id.as_str()).with("rules", rules.id.as_str());
            warnings.push(warning.with("until", until.to_string()));
        }
    }
    if matches!(rules.award, AwardRule::LeastCost { .. }) {
        return;
    }
    let pools = matches!(rules.allocation, AllocationRule::ByClass(_) | AllocationRule::ByLadder(_));
    let chooses = |row: &Demand| row.second_choice.is_some();
    let stated = [
        ("capacity", bids().any(|bid| bid.capacity.is_some())),
        ("min_quantity", bids().any(|bid| bid.min_quantity.is_some())),
        ("second_choice", !pools && lots.iter().any(|lot| lot.lot.demand.iter().any(chooses))),
    ];
    for (column, _) in stated.into_iter().filter(|(_, stated)| *stated) {
        warnings.push(
            Diagnostic::new(Code::ColumnWithoutEffect)
                .with("column", column)
                .with("rules", rules.id.as_str()),
        );
    }
}
