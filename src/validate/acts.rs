//! `picks.csv`, `decisions.csv` and `expected.csv`: what people did and published.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostics, nearest};
use crate::read::{Column, Table};
use crate::tender::{Act, Decision, Lot, LotId, Pick, Region, Role, SupplierId};

use super::cells::{RowReader, word};
use super::lots::lot_of;
use super::seen::Seen;
use super::words::{ACTS, ROLES, backup, draw};

/// Gives every lot its recorded picks.
pub(super) fn picks(table: Option<&Table>, lots: &mut BTreeMap<LotId, Lot>, faults: &mut Diagnostics) {
    let mut seen = Seen::default();
    for row in table.into_iter().flat_map(Table::rows) {
        let mut reader = RowReader::new(row, faults);
        let lot = lot_of(&mut reader, lots);
        let region = reader.id(Column::Region).map(Region::new);
        let supplier = reader.id(Column::SupplierId).map(SupplierId::new);
        let role = role(&mut reader).unwrap_or(Role::Main);
        let (Some(lot), Some(region), Some(supplier_id)) = (lot, region, supplier) else { continue };
        bidder(&mut reader, lot, &supplier_id);
        served(&mut reader, lot, &region);
        let key = (lot.id.clone(), region.clone(), role);
        if seen.check(key, &mut reader, Column::Region, Code::RegionPickedTwice) {
            lot.picks.push(Pick { region, supplier_id, role, place: row.place() });
        }
    }
}

fn role(reader: &mut RowReader<'_, '_>) -> Option<Role> {
    let text = reader.text(Column::Role)?;
    let role = word(&text, ROLES).or_else(|| backup(&text));
    if role.is_none() {
        let known = ROLES.iter().flat_map(|(_, words)| words.iter().copied());
        reader.unknown_word(Column::Role, Code::RoleUnknown, known);
    }
    role
}

/// Gives every lot the decisions about it.
pub(super) fn decisions(table: Option<&Table>, lots: &mut BTreeMap<LotId, Lot>, faults: &mut Diagnostics) {
    let mut seen = Seen::default();
    for row in table.into_iter().flat_map(Table::rows) {
        let mut reader = RowReader::new(row, faults);
        let lot = lot_of(&mut reader, lots);
        let Some(decision) = decision(&mut reader) else { continue };
        let Some(lot) = lot else { continue };
        bidder(&mut reader, lot, &decision.supplier_id);
        if let Some(region) = &decision.region {
            served(&mut reader, lot, region);
        }
        let key = (lot.id.clone(), decision.supplier_id.clone(), decision.region.clone(), decision.act);
        if seen.check(key, &mut reader, Column::Act, Code::DecisionTwice) {
            lot.decisions.push(decision);
        }
    }
}

fn decision(reader: &mut RowReader<'_, '_>) -> Option<Decision> {
    let supplier = reader.id(Column::SupplierId).map(SupplierId::new);
    let region = reader.id_or_blank(Column::Region).map(Region::new);
    let act = act(reader);
    let by = reader.text(Column::By);
    let on = reader.date(Column::On);
    let why = reader.text(Column::Why);
    let document = reader.text(Column::Document);
    let place = reader.row.place();
    Some(Decision { supplier_id: supplier?, region, act: act?, by, on, why, document, place })
}

fn act(reader: &mut RowReader<'_, '_>) -> Option<Act> {
    let Some(text) = reader.text(Column::Act) else {
        reader.fault(Column::Act, Code::ValueMissing);
        return None;
    };
    let act = word(&text, ACTS).or_else(|| draw(&text));
    if act.is_none() {
        reader.unknown_word(
            Column::Act,
            Code::ActUnknown,
            ACTS.iter().flat_map(|(_, words)| words.iter().copied()),
        );
    }
    act
}

/// Gives every lot its published winners.
pub(super) fn expected(table: Option<&Table>, lots: &mut BTreeMap<LotId, Lot>, faults: &mut Diagnostics) {
    let mut seen = Seen::default();
    for row in table.into_iter().flat_map(Table::rows) {
        let mut reader = RowReader::new(row, faults);
        let lot = lot_of(&mut reader, lots);
        let supplier = reader.id(Column::SupplierId).map(SupplierId::new);
        let (Some(lot), Some(supplier)) = (lot, supplier) else { continue };
        bidder(&mut reader, lot, &supplier);
        let key = (lot.id.clone(), supplier.clone());
        if seen.check(key, &mut reader, Column::SupplierId, Code::ExpectedTwice) {
            lot.expected.get_or_insert_default().push(supplier);
        }
    }
}

/// The row's supplier must have a bid on the lot.
pub(super) fn bidder(reader: &mut RowReader<'_, '_>, lot: &Lot, supplier: &SupplierId) {
    if lot.bids.iter().any(|bid| bid.supplier_id == *supplier) {
        return;
    }
    let bidders = lot.bids.iter().map(|bid| bid.supplier_id.as_str());
    refer(reader, Column::SupplierId, Code::SupplierWithoutBid, lot, nearest(supplier.as_str(), bidders));
}

/// The row's region must have demand in the lot.
pub(super) fn served(reader: &mut RowReader<'_, '_>, lot: &Lot, region: &Region) {
    if lot.demand.iter().any(|demand| demand.region == *region) {
        return;
    }
    let regions = lot.demand.iter().map(|demand| demand.region.as_str());
    refer(reader, Column::Region, Code::RegionWithoutDemand, lot, nearest(region.as_str(), regions));
}

fn refer(reader: &mut RowReader<'_, '_>, column: Column, code: Code, lot: &Lot, near: Option<&str>) {
    reader.fault_with(column, code, |fault| {
        let fault = fault.with("lot", lot.id.as_str());
        match near {
            Some(near) => fault.with("near", near),
            None => fault,
        }
    });
}
