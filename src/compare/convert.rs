//! Conversion of prices by powers and of volumes in proportion.

use std::collections::BTreeMap;

use super::{AgainstCeiling, ComparableBid, ComparableDemand, ComparableLot, ComparableTender};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::money::{ConversionFault, Quantity, UnitPrice};
use crate::rules::RuleSet;
use crate::tender::{Bid, ControllerId, Demand, Lot, Region, Supplier, SupplierId, Tender};

/// Brings every price and volume of `tender` to the representative specification of its lot.
///
/// # Errors
/// Every price whose rounding the computed digits do not decide, and every volume that cannot be held exactly.
pub fn compare(tender: Tender, rules: RuleSet) -> Result<ComparableTender, Diagnostics> {
    let Tender { notice, lots, suppliers, packages, inputs } = tender;
    let mut errors = Diagnostics::new();
    let mut comparable = Vec::with_capacity(lots.len());
    for lot in lots {
        let bids: Vec<ComparableBid> = lot
            .bids
            .iter()
            .filter_map(|bid| match compare_bid(bid, &lot, &rules, &suppliers) {
                Ok(bid) => Some(bid),
                Err(error) => {
                    errors.push(error);
                    None
                }
            })
            .collect();
        match compare_demand(&lot, &rules, notice.volume_scale) {
            Ok((demand, region_volumes, base_volume)) => {
                comparable.push(ComparableLot { lot, bids, demand, region_volumes, base_volume });
            }
            Err(found) => errors.append(found),
        }
    }
    if errors.is_empty() {
        Ok(ComparableTender { notice, suppliers, packages, inputs, rules, lots: comparable })
    } else {
        Err(errors)
    }
}

fn compare_bid(
    bid: &Bid,
    lot: &Lot,
    rules: &RuleSet,
    suppliers: &BTreeMap<SupplierId, Supplier>,
) -> Result<ComparableBid, Diagnostic> {
    let convert = |price: Option<UnitPrice>| {
        let rule = &rules.comparable_price.rule;
        price
            .map(|price| rule.convert(price, bid.content_ratio, bid.fill_ratio, bid.pack_count))
            .transpose()
            .map_err(|fault| conversion_error(bid, fault))
    };
    let comparable_price = convert(bid.price)?;
    let own_ceiling = convert(bid.ceiling_price)?;
    let against_ceiling = match bid.ceiling_price {
        Some(ceiling) => bid.price.map(|price| AgainstCeiling { price, ceiling }),
        None => {
            comparable_price.zip(lot.ceiling_price).map(|(price, ceiling)| AgainstCeiling { price, ceiling })
        }
    };
    Ok(ComparableBid {
        controller: controller_of(&bid.supplier_id, suppliers),
        comparable_price,
        comparable_previous: convert(bid.previous_price)?,
        comparable_ceiling: own_ceiling.or(lot.ceiling_price),
        against_ceiling,
    })
}

/// A supplier without a stated controller is its own.
fn controller_of(supplier: &SupplierId, suppliers: &BTreeMap<SupplierId, Supplier>) -> ControllerId {
    suppliers
        .get(supplier)
        .and_then(|known| known.controller.clone())
        .unwrap_or_else(|| ControllerId::new(supplier.as_str()))
}

fn conversion_error(bid: &Bid, fault: ConversionFault) -> Diagnostic {
    let code = match fault {
        ConversionFault::Undecided => Code::ConversionUndecided,
        _ => Code::ConversionTooLarge,
    };
    Diagnostic::at(code, bid.place.clone()).with("bid", bid.id.as_str())
}

type Volumes = (Vec<ComparableDemand>, BTreeMap<Region, Quantity>, Quantity);

fn compare_demand(lot: &Lot, rules: &RuleSet, scale: Quantity) -> Result<Volumes, Diagnostics> {
    let mut errors = Diagnostics::new();
    let mut rows = Vec::with_capacity(lot.demand.len());
    let mut regions: BTreeMap<Region, Quantity> = BTreeMap::new();
    let mut base = Some(Quantity::ZERO);
    for row in &lot.demand {
        let Some(volume) = convert_volume(row, rules, scale) else {
            errors.push(Diagnostic::at(Code::VolumeNotExact, row.place.clone()));
            continue;
        };
        let sum = regions.entry(row.region.clone()).or_insert(Quantity::ZERO);
        base = base.and_then(|base| base.plus(volume).ok());
        match sum.plus(volume) {
            Ok(total) => *sum = total,
            Err(_) => errors.push(Diagnostic::at(Code::VolumeNotExact, row.place.clone())),
        }
        rows.push(ComparableDemand {
            region: row.region.clone(),
            institution: row.institution.clone(),
            supplier_id: row.supplier_id.clone(),
            second_choice: row.second_choice.clone(),
            volume,
        });
    }
    match base {
        Some(base) if errors.is_empty() => Ok((rows, regions, base)),
        _ => Err(errors),
    }
}

/// Volume in units of the representative specification: times the scale, times the content ratio. What can be written in
/// full stays exact; a proportion without a finite decimal is rounded as the rule set says of volumes, and a rule set
/// that says nothing refuses it.
fn convert_volume(row: &Demand, rules: &RuleSet, scale: Quantity) -> Option<Quantity> {
    let units = row.volume.scaled(scale.as_ratio()).ok()?;
    units
        .converted_exactly(&row.content_ratio)
        .or_else(|| units.converted(&row.content_ratio, rules.conversion_rounding()?))
}
