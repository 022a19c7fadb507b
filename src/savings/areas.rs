//! Savings by lot and region, and contracts by supplier and region: what payers and settlement are computed from.

use std::collections::BTreeMap;

use super::baseline;
use super::payers::AreaSaving;
use super::settlement::Contract;
use crate::allocate::Allocation;
use crate::certify::CertifiedAward;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::money::{Inexact, Money};
use crate::tender::Role;

/// The saving against one baseline, built in or stated, of every lot and region whose winner has a known baseline; by lot
/// and region. Together they are the tender's total saving against it.
///
/// # Errors
/// Amounts that cannot be held.
pub fn savings_by_region(
    award: &CertifiedAward,
    allocation: &Allocation,
    baseline: &str,
) -> Result<Vec<AreaSaving>, Diagnostics> {
    let mut areas: BTreeMap<(String, String), Money> = BTreeMap::new();
    for ((screened, _), volumes) in award.lots().zip(&allocation.lots) {
        let lot = &screened.comparable;
        for row in volumes.regions.iter().filter(|row| row.role == Role::Main) {
            let Some(before) = baseline::price_under(lot, row.bid, baseline) else { continue };
            let key = (lot.lot.id.to_string(), row.region.to_string());
            let known = areas.get(&key).copied().unwrap_or(Money::ZERO);
            let saving = before.times(row.agreed_volume).and_then(|cost| cost.minus(row.value)?.plus(known));
            areas.insert(key, saving.map_err(|Inexact| too_large(lot.lot.id.as_str()))?);
        }
    }
    let area = |((lot_id, region), saving)| AreaSaving { lot_id, region: Some(region), saving };
    Ok(areas.into_iter().map(area).collect())
}

/// What every supplier delivers in every region in the first year, by supplier and region.
///
/// # Errors
/// Amounts that cannot be held.
pub fn contracts(award: &CertifiedAward, allocation: &Allocation) -> Result<Vec<Contract>, Diagnostics> {
    let mut values: BTreeMap<(String, String), Money> = BTreeMap::new();
    for ((screened, _), volumes) in award.lots().zip(&allocation.lots) {
        let lot = &screened.comparable.lot;
        for row in volumes.regions.iter().filter(|row| row.role == Role::Main) {
            let Some(bid) = lot.bids.get(row.bid) else { continue };
            let key = (bid.supplier_id.to_string(), row.region.to_string());
            let known = values.get(&key).copied().unwrap_or(Money::ZERO);
            let value = known.plus(row.value).map_err(|Inexact| too_large(lot.id.as_str()))?;
            values.insert(key, value);
        }
    }
    let contract = |((supplier_id, region), value)| Contract { supplier_id, region, value };
    Ok(values.into_iter().map(contract).collect())
}

fn too_large(of: &str) -> Diagnostics {
    Diagnostic::new(Code::PayersTooLarge).with("of", of).into()
}
