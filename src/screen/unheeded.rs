//! What a tender states and its rule set does not look at: said, never passed over in silence.

use std::collections::BTreeMap;

use crate::compare::ComparableLot;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::rules::{AllocationRule, AwardRule, RuleSet, TieBreakKey};
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
    let AwardRule::Ranked { rank, stages, .. } = &rules.award else { return };
    let (scoring, capacity) = (&stages.scoring, stages.capacity.is_some());
    let quality = scoring.quality.is_some() || scoring.least_quality.is_some();
    let quality = quality || rank.tie_break().contains(&TieBreakKey::HigherQualityScore);
    let pools = matches!(rules.allocation, AllocationRule::ByClass(_) | AllocationRule::ByLadder(_));
    let chooses = |row: &Demand| row.second_choice.is_some();
    // Each column with whether some rule looks at it, and whether a bid states it.
    let columns = [
        ("second_choice", pools, lots.iter().any(|lot| lot.lot.demand.iter().any(chooses))),
        ("capacity", capacity, bids().any(|bid| bid.capacity.is_some())),
        ("min_quantity", false, bids().any(|bid| bid.min_quantity.is_some())),
        ("quality_score", quality, bids().any(|bid| bid.quality_score.is_some())),
        ("preferred", scoring.margin.is_some(), bids().any(|bid| bid.preferred == Some(true))),
        (
            "preference_points",
            scoring.preference.is_some(),
            bids().any(|bid| bid.preference_points.is_some_and(|points| !points.is_zero())),
        ),
        ("accepts_match", stages.match_lowest.is_some(), bids().any(|bid| bid.accepts_match.is_some())),
    ];
    for (column, ..) in columns.into_iter().filter(|(_, heeded, stated)| *stated && !heeded) {
        warnings.push(
            Diagnostic::new(Code::ColumnWithoutEffect)
                .with("column", column)
                .with("rules", rules.id.as_str()),
        );
    }
}
