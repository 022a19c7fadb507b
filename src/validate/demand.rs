//! `demand.csv`: how much is needed where.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostics};
use crate::money::Quantity;
use crate::read::{Column, Table};
use crate::tender::{Demand, Lot, LotId, Region, SupplierId};

use super::cells::RowReader;
use super::lots::lot_of;
use super::seen::Seen;

/// Gives every lot its reported demand.
pub(super) fn demand(table: &Table, lots: &mut BTreeMap<LotId, Lot>, faults: &mut Diagnostics) {
    let mut seen = Seen::default();
    for row in table.rows() {
        let mut reader = RowReader::new(row, faults);
        let lot = lot_of(&mut reader, lots);
        let Some(demand) = demand_row(&mut reader) else { continue };
        let Some(lot) = lot else { continue };
        let key = (
            lot.id.clone(),
            demand.region.clone(),
            demand.institution.clone(),
            demand.supplier_id.clone(),
            demand.second_choice.clone(),
            demand.content_ratio,
        );
        if seen.check(key, &mut reader, Column::Region, Code::DemandTwice) {
            lot.demand.push(demand);
        }
    }
}

fn demand_row(reader: &mut RowReader<'_, '_>) -> Option<Demand> {
    let region = reader.id(Column::Region).map(Region::new);
    let volume = reader.required_number(Column::Volume, Quantity::parse);
    let content_ratio = reader.proportion(Column::ContentRatio);
    let supplier_id = reader.id_or_blank(Column::SupplierId).map(SupplierId::new);
    let institution = reader.id_or_blank(Column::Institution).map(std::borrow::Cow::into_owned);
    let second_choice = reader.id_or_blank(Column::SecondChoice).map(SupplierId::new);
    let place = reader.row.place();
    // A row with a faulty volume still names its region, so that picks of the region find it.
    let volume = volume.unwrap_or(Quantity::ZERO);
    Some(Demand { region: region?, volume, content_ratio, supplier_id, institution, second_choice, place })
}
