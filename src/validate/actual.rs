//! `actual.csv`: what was really bought after the award.

use crate::diagnostics::{Code, Diagnostics};
use crate::money::{Quantity, UnitPrice};
use crate::read::{Cell, Column, Table};
use crate::tender::{Actual, ActualPlaces, LotId, Month, Region, SupplierId};

use super::cells::RowReader;
use super::seen::Seen;

/// The purchases of a table, by lot, region, institution, supplier, product and month. Whether they fit an award is for the
/// stage that knows it.
///
/// # Errors
/// Every cell in a wrong form, a volume that is missing, and two rows for the same purchases.
pub fn actual(table: &Table) -> Result<Vec<Actual>, Diagnostics> {
    let mut faults = Diagnostics::new();
    let mut seen = Seen::default();
    let mut all = Vec::new();
    for row in table.rows() {
        let mut reader = RowReader::new(row, &mut faults);
        let Some(purchase) = purchase(&mut reader) else { continue };
        if seen.check(key(&purchase), &mut reader, Column::Month, Code::ActualTwice) {
            all.push(purchase);
        }
    }
    all.sort_by_cached_key(key);
    if faults.has_errors() { Err(faults) } else { Ok(all) }
}

type Key = (LotId, Region, Option<String>, SupplierId, Option<String>, Month);

fn key(of: &Actual) -> Key {
    (
        of.lot_id.clone(),
        of.region.clone(),
        of.institution.clone(),
        of.supplier_id.clone(),
        of.product.clone(),
        of.month,
    )
}

fn purchase(reader: &mut RowReader<'_, '_>) -> Option<Actual> {
    let lot_id = reader.id(Column::LotId).map(LotId::new);
    let region = reader.id(Column::Region).map(Region::new);
    let institution = reader.id_or_blank(Column::Institution).map(String::from);
    let supplier_id = reader.id(Column::SupplierId).map(SupplierId::new);
    let product = reader.text(Column::Product);
    let month = month(reader);
    let volume = reader.required_number(Column::Volume, Quantity::parse);
    let price = reader.number(Column::Price, UnitPrice::parse_positive);
    let row = reader.row;
    let place = |column| row.cell(column).map_or_else(|| row.place(), Cell::place);
    Some(Actual {
        lot_id: lot_id?,
        region: region?,
        institution,
        supplier_id: supplier_id?,
        product,
        month: month?,
        volume: volume?,
        price,
        places: ActualPlaces {
            lot_id: place(Column::LotId),
            region: place(Column::Region),
            institution: place(Column::Institution),
            supplier_id: place(Column::SupplierId),
            product: place(Column::Product),
            month: place(Column::Month),
            price: place(Column::Price),
        },
    })
}

fn month(reader: &mut RowReader<'_, '_>) -> Option<Month> {
    let text = reader.id(Column::Month)?;
    let month = Month::parse(&text);
    if month.is_none() {
        reader.fault(Column::Month, Code::MonthMalformed);
    }
    month
}
