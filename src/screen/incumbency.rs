//! Which share of a winner's volume is agreed, by whether it supplies today.

use std::collections::BTreeMap;

use super::revival::Contender;
use crate::compare::ComparableLot;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::rules::{AgreedShareByIncumbency, Cited};
use crate::tender::{Supplier, SupplierId};

/// Records the share of every bid that wins, or may win by a draw.
pub(super) fn share(
    contenders: &mut [&mut Contender],
    rule: &Cited<AgreedShareByIncumbency>,
    lot: &ComparableLot,
    suppliers: &BTreeMap<SupplierId, Supplier>,
    errors: &mut Diagnostics,
) {
    for contender in contenders.iter_mut().filter(|contender| contender.award_price().is_some()) {
        let Some(bid) = lot.lot.bids.get(contender.place.bid) else { continue };
        let Some(incumbent) = suppliers.get(&bid.supplier_id).and_then(|supplier| supplier.incumbent) else {
            let error = Diagnostic::at(Code::IncumbencyMissing, bid.place.clone());
            errors.push(error.with("supplier", bid.supplier_id.as_str()));
            continue;
        };
        let class = lot.lot.volume_class;
        contender.agreed_share = Some(rule.rule.share(incumbent, class));
        let judged = rule.rule.record(incumbent, class);
        contender.reasons.push(judged.recorded(AgreedShareByIncumbency::ID, rule.cite.clone()));
    }
}
