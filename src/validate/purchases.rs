//! Tables that stand alone: volumes and prices of a period, and what hospitals bought of awarded products.

use crate::diagnostics::{Code, Diagnostics};
use crate::money::{NumberFault, Quantity, Ratio, UnitPrice};
use crate::read::{Column, Table};
use crate::tender::{LotId, Purchase, RetentionRow};

use super::cells::RowReader;
use super::seen::Seen;

/// The purchases of a period, by lot, product and specification.
///
/// # Errors
/// Every cell in a wrong form, and a product that stands twice.
pub fn purchases(table: &Table) -> Result<Vec<Purchase>, Diagnostics> {
    let mut faults = Diagnostics::new();
    let mut seen = Seen::default();
    let mut all = Vec::new();
    for row in table.rows() {
        let mut reader = RowReader::new(row, &mut faults);
        let Some(purchase) = purchase(&mut reader) else { continue };
        let key = (purchase.lot_id.clone(), purchase.product.clone(), purchase.spec.clone());
        if seen.check(key, &mut reader, Column::Product, Code::PurchaseTwice) {
            all.push(purchase);
        }
    }
    all.sort_by(|one, other| key(one).cmp(&key(other)));
    if faults.has_errors() { Err(faults) } else { Ok(all) }
}

fn key(purchase: &Purchase) -> impl Ord + '_ {
    (&purchase.lot_id, &purchase.product, &purchase.spec)
}

fn purchase(reader: &mut RowReader<'_, '_>) -> Option<Purchase> {
    let lot_id = reader.id(Column::LotId).map(LotId::new);
    let product = reader.id(Column::Product).map(String::from);
    let spec = reader.id_or_blank(Column::Spec).map(String::from);
    let unit = reader.text(Column::Unit);
    let content_ratio = reader.proportion(Column::ContentRatio);
    let volume = reader.required_number(Column::Volume, Quantity::parse);
    let price = reader.required_number(Column::Price, UnitPrice::parse_positive);
    Some(Purchase {
        lot_id: lot_id?,
        product: product?,
        spec,
        unit,
        content_ratio,
        volume: volume?,
        price: price?,
    })
}

/// What hospitals bought of awarded products, by hospital and product.
///
/// # Errors
/// Every cell in a wrong form, a share above one, a score above 100, and a product that stands twice for a hospital.
pub fn retention(table: &Table) -> Result<Vec<RetentionRow>, Diagnostics> {
    let mut faults = Diagnostics::new();
    let mut seen = Seen::default();
    let mut all = Vec::new();
    for row in table.rows() {
        let mut reader = RowReader::new(row, &mut faults);
        let Some(row) = retention_row(&mut reader) else { continue };
        let key = (row.institution.clone(), row.product.clone());
        if seen.check(key, &mut reader, Column::Product, Code::PurchaseTwice) {
            all.push(row);
        }
    }
    all.sort_by(|one, other| (&one.institution, &one.product).cmp(&(&other.institution, &other.product)));
    if faults.has_errors() { Err(faults) } else { Ok(all) }
}

fn retention_row(reader: &mut RowReader<'_, '_>) -> Option<RetentionRow> {
    let institution = reader.id(Column::Institution).map(String::from);
    let product = reader.id(Column::Product).map(String::from);
    let agreed_volume = reader.required_number(Column::AgreedVolume, Quantity::parse);
    let price_before = reader.required_number(Column::PriceBefore, UnitPrice::parse_positive);
    let volume = reader.required_number(Column::Volume, Quantity::parse);
    let price = reader.required_number(Column::Price, UnitPrice::parse_positive);
    let fund_ratio = at_most(reader, Column::FundRatio, "1", Ratio::parse_positive);
    let insured_share = at_most(reader, Column::InsuredShare, "1", Ratio::parse_positive);
    let score = at_most(reader, Column::Score, "100", Ratio::parse);
    let cycle_done = reader.word(Column::CycleDone, super::words::BOOLEANS, Code::BooleanUnknown);
    Some(RetentionRow {
        institution: institution?,
        product: product?,
        agreed_volume: agreed_volume?,
        price_before: price_before?,
        volume: volume?,
        price: price?,
        fund_ratio: fund_ratio?,
        insured_share: insured_share?,
        score: score?,
        cycle_done: cycle_done.unwrap_or(false),
    })
}

/// A number that must be there and is not above `limit`.
fn at_most(
    reader: &mut RowReader<'_, '_>,
    column: Column,
    limit: &'static str,
    parse: fn(&str) -> Result<Ratio, NumberFault>,
) -> Option<Ratio> {
    let value = reader.required_number(column, parse)?;
    if Ratio::parse(limit).is_ok_and(|limit| value > limit) {
        reader.fault_with(column, Code::NumberAboveLimit, |fault| fault.with("limit", limit));
        return None;
    }
    Some(value)
}
