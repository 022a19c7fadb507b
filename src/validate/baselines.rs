//! `baselines.csv`: further prices that savings are measured against.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostics};
use crate::money::UnitPrice;
use crate::read::{Column, Table};
use crate::tender::{Lot, LotId, StatedBaseline, SupplierId};

use super::acts::bidder;
use super::cells::RowReader;
use super::lots::lot_of;
use super::seen::Seen;

/// Names of the baselines that stand in lots.csv and bids.csv.
const BUILT_IN: [&str; 3] = ["previous_price", "reference_price", "ceiling_price"];

/// Gives every lot its further baselines.
pub(super) fn baselines(table: Option<&Table>, lots: &mut BTreeMap<LotId, Lot>, faults: &mut Diagnostics) {
    let mut seen = Seen::default();
    for row in table.into_iter().flat_map(Table::rows) {
        let mut reader = RowReader::new(row, faults);
        let lot = lot_of(&mut reader, lots);
        let supplier_id = reader.id_or_blank(Column::SupplierId).map(SupplierId::new);
        let name = reader.id(Column::Baseline).map(String::from);
        let price = reader.required_number(Column::Price, UnitPrice::parse_positive);
        let source = reader.text(Column::Source);
        if name.as_deref().is_some_and(|name| BUILT_IN.contains(&name)) {
            reader.fault_with(Column::Baseline, Code::BaselineReserved, |fault| {
                fault.with("known", BUILT_IN.join(", "))
            });
            continue;
        }
        let (Some(lot), Some(name)) = (lot, name) else { continue };
        if let Some(supplier) = &supplier_id {
            bidder(&mut reader, lot, supplier);
        }
        let key = (lot.id.clone(), name.clone(), supplier_id.clone());
        if seen.check(key, &mut reader, Column::Baseline, Code::BaselineTwice)
            && let Some(price) = price
        {
            lot.baselines.push(StatedBaseline { name, supplier_id, price, source });
        }
    }
}
