//! `suppliers.csv`: who bids, and who owns whom.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place};
use crate::money::Quantity;
use crate::read::{Column, Table};
use crate::tender::{ControllerId, Supplier, SupplierId};

use super::cells::RowReader;
use super::seen::Seen;
use super::words::BOOLEANS;

/// The suppliers, each with the last of its chain of owners as its controller.
pub(super) fn suppliers(table: Option<&Table>, faults: &mut Diagnostics) -> BTreeMap<SupplierId, Supplier> {
    let mut suppliers = BTreeMap::new();
    let mut places = BTreeMap::new();
    let mut seen = Seen::default();
    for row in table.into_iter().flat_map(Table::rows) {
        let mut reader = RowReader::new(row, faults);
        let supplier = supplier(&mut reader);
        let Some(supplier) = supplier else { continue };
        if seen.check(supplier.id.clone(), &mut reader, Column::SupplierId, Code::SupplierTwice) {
            let place = row.cell(Column::Controller).map(|cell| cell.place());
            places.insert(supplier.id.clone(), place);
            suppliers.insert(supplier.id.clone(), supplier);
        }
    }
    settle_controllers(&mut suppliers, &places, faults);
    suppliers
}

fn supplier(reader: &mut RowReader<'_, '_>) -> Option<Supplier> {
    let id = reader.id(Column::SupplierId);
    let name = reader.text(Column::Name);
    let name_zh = reader.text(Column::NameZh);
    let controller = reader.id_or_blank(Column::Controller).map(ControllerId::new);
    let incumbent = reader.word(Column::Incumbent, BOOLEANS, Code::BooleanUnknown);
    let capacity_value = reader.number(Column::CapacityValue, Quantity::parse);
    let capacity_volume = reader.number(Column::CapacityVolume, Quantity::parse);
    let classes = reader.text(Column::Class).map(|text| classes(&text)).unwrap_or_default();
    let sanctioned_until = reader.date(Column::SanctionedUntil);
    let id = SupplierId::new(id?);
    Some(Supplier {
        id,
        name,
        name_zh,
        controller,
        incumbent,
        capacity_value,
        capacity_volume,
        classes,
        sanctioned_until,
    })
}

/// Classes parted by semicolons.
fn classes(text: &str) -> Vec<String> {
    let mut classes: Vec<String> =
        text.split([';', '；']).map(str::trim).filter(|class| !class.is_empty()).map(str::to_owned).collect();
    classes.sort();
    classes.dedup();
    classes
}

/// A controller may be a supplier that has a controller itself: the last of the chain is what counts.
fn settle_controllers(
    suppliers: &mut BTreeMap<SupplierId, Supplier>,
    places: &BTreeMap<SupplierId, Option<Place>>,
    faults: &mut Diagnostics,
) {
    let owners: BTreeMap<SupplierId, ControllerId> = suppliers
        .iter()
        .filter_map(|(id, supplier)| Some((id.clone(), supplier.controller.clone()?)))
        .filter(|(id, controller)| id.as_str() != controller.as_str())
        .collect();
    for (id, supplier) in suppliers.iter_mut() {
        match last_owner(id, &owners) {
            Some(last) => supplier.controller = last.or(supplier.controller.take()),
            None => {
                if let Some(Some(place)) = places.get(id) {
                    faults.push(
                        Diagnostic::at(Code::ControllerLoop, place.clone()).with("supplier", id.as_str()),
                    );
                }
            }
        }
    }
}

/// The last owner in the chain of a supplier, `Some(None)` when it has none; `None` when the chain runs in a circle.
fn last_owner(
    supplier: &SupplierId,
    owners: &BTreeMap<SupplierId, ControllerId>,
) -> Option<Option<ControllerId>> {
    let mut passed = BTreeSet::from([supplier.clone()]);
    let mut last = None;
    let mut current = supplier.clone();
    while let Some(owner) = owners.get(&current) {
        current = SupplierId::new(owner.as_str());
        if !passed.insert(current.clone()) {
            return None;
        }
        last = Some(owner.clone());
    }
    Some(last)
}
