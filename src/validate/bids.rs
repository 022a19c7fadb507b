//! `bids.csv`: who offers what at which price.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostics};
use crate::money::{Money, Quantity, Ratio, UnitPrice};
use crate::read::{Column, Table};
use crate::tender::{Bid, BidId, BidState, Lot, LotId, Supplier, SupplierId};

use super::cells::RowReader;
use super::lots::lot_of;
use super::seen::Seen;
use super::words::{BOOLEANS, STATES};

/// Gives every lot its bids.
pub(super) fn bids(
    table: &Table,
    lots: &mut BTreeMap<LotId, Lot>,
    suppliers: Option<&BTreeMap<SupplierId, Supplier>>,
    faults: &mut Diagnostics,
) {
    let mut seen = Seen::default();
    for row in table.rows() {
        let mut reader = RowReader::new(row, faults);
        let lot = lot_of(&mut reader, lots);
        let Some(bid) = bid(&mut reader, lot.as_deref()) else { continue };
        if suppliers.is_some_and(|suppliers| !suppliers.contains_key(&bid.supplier_id)) {
            reader.fault(Column::SupplierId, Code::SupplierNotListed);
        }
        let column = if row.cell(Column::BidId).is_some() { Column::BidId } else { Column::SupplierId };
        if let Some(lot) = lot
            && seen.check(bid.id.clone(), &mut reader, column, Code::BidTwice)
        {
            lot.bids.push(bid);
        }
    }
}

fn bid(reader: &mut RowReader<'_, '_>, lot: Option<&Lot>) -> Option<Bid> {
    let supplier_id = reader.id(Column::SupplierId).map(SupplierId::new);
    let named = reader.id_or_blank(Column::BidId).map(BidId::new);
    let state = reader.word(Column::State, STATES, Code::StateUnknown).unwrap_or(BidState::Valid);
    let mut bid = Bid {
        id: BidId::new(""),
        supplier_id: supplier_id.clone().unwrap_or_else(|| SupplierId::new("")),
        product: reader.text(Column::Product),
        spec: reader.text(Column::Spec),
        content_ratio: reader.proportion(Column::ContentRatio),
        fill_ratio: reader.proportion(Column::FillRatio),
        pack_count: reader.proportion(Column::PackCount),
        price: price(reader, state),
        ceiling_price: reader.number(Column::CeilingPrice, UnitPrice::parse_positive),
        previous_price: reader.number(Column::PreviousPrice, UnitPrice::parse_positive),
        capacity: reader.number(Column::Capacity, Quantity::parse_positive),
        min_quantity: reader.number(Column::MinQuantity, Quantity::parse),
        fixed_cost: reader.number(Column::FixedCost, Money::parse),
        bands: Vec::new(),
        regional: Vec::new(),
        unit_group: reader.text(Column::UnitGroup),
        quality_score: reader.number(Column::QualityScore, Ratio::parse),
        supply_score: reader.number(Column::SupplyScore, Ratio::parse),
        own_active_ingredient: reader.word(Column::OwnActiveIngredient, BOOLEANS, Code::BooleanUnknown),
        service_fee: reader.number(Column::ServiceFee, UnitPrice::parse),
        approved_on: reader.date(Column::ApprovedOn),
        prior_volume: reader.number(Column::PriorVolume, Quantity::parse),
        preferred: reader.word(Column::Preferred, BOOLEANS, Code::BooleanUnknown),
        preference_points: reader.number(Column::PreferencePoints, Ratio::parse),
        accepts_match: reader.word(Column::AcceptsMatch, BOOLEANS, Code::BooleanUnknown),
        accepts_revival: reader.word(Column::AcceptsRevival, BOOLEANS, Code::BooleanUnknown),
        state,
        reason: reader.text(Column::Reason),
        place: reader.row.place(),
    };
    if bid.min_quantity.zip(bid.capacity).is_some_and(|(least, most)| least > most) {
        reader.fault(Column::MinQuantity, Code::MinimumAboveCapacity);
    }
    let default = || BidId::new(format!("{}/{}", lot.map_or("", |lot| lot.id.as_str()), bid.supplier_id));
    bid.id = named.unwrap_or_else(default);
    // Only now: the faults of the other cells are kept all the same.
    supplier_id.map(|_| bid)
}

/// A valid bid has a price; a void one has none that counts; one that is gone may have one.
fn price(reader: &mut RowReader<'_, '_>, state: BidState) -> Option<UnitPrice> {
    let price = reader.number(Column::Price, UnitPrice::parse_positive);
    match state {
        BidState::Valid => {
            if reader.row.cell(Column::Price).is_some_and(|cell| cell.is_blank()) {
                reader.fault(Column::Price, Code::PriceMissing);
            }
            price
        }
        BidState::Void => None,
        BidState::Withdrawn | BidState::Disqualified => price,
    }
}
