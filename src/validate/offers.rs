//! `tiers.csv` and `regional_prices.csv`: prices by quantity, and prices by region.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::money::{Money, Quantity, UnitPrice};
use crate::read::{Column, Table};
use crate::tender::{Band, Bid, Lot, LotId, Region, RegionalPrice, SupplierId};

use super::acts::{bidder, served};
use super::cells::RowReader;
use super::lots::lot_of;
use super::seen::Seen;
use super::words::{BOOLEANS, NOT_OFFERED};

/// The bid that a row is about: by its id, or the only one of the supplier on the lot.
pub(super) fn bid_of<'l>(reader: &mut RowReader<'_, '_>, lot: &'l mut Lot) -> Option<&'l mut Bid> {
    let supplier = SupplierId::new(reader.id(Column::SupplierId)?);
    let named = reader.id_or_blank(Column::BidId);
    bidder(reader, lot, &supplier);
    let fits = |bid: &Bid| {
        bid.supplier_id == supplier && named.as_ref().is_none_or(|named| bid.id.as_str() == &**named)
    };
    let ids: Vec<&str> =
        lot.bids.iter().filter(|bid| bid.supplier_id == supplier).map(|bid| bid.id.as_str()).collect();
    let found = lot.bids.iter().filter(|bid| fits(bid)).count();
    if found != 1 && !ids.is_empty() {
        let column = if named.is_some() { Column::BidId } else { Column::SupplierId };
        let known = ids.join(", ");
        reader.fault_with(column, Code::BidNotNamed, |fault| fault.with("known", known));
        return None;
    }
    lot.bids.iter_mut().find(|bid| fits(bid))
}

/// Gives bids their price bands.
pub(super) fn tiers(table: Option<&Table>, lots: &mut BTreeMap<LotId, Lot>, faults: &mut Diagnostics) {
    for row in table.into_iter().flat_map(Table::rows) {
        let mut reader = RowReader::new(row, faults);
        let lot = lot_of(&mut reader, lots);
        let min_quantity = reader.required_number(Column::MinQuantity, Quantity::parse);
        let max_quantity = reader.number(Column::MaxQuantity, Quantity::parse_positive);
        let price = reader.required_number(Column::Price, UnitPrice::parse);
        let fixed_cost = reader.number(Column::FixedCost, Money::parse).unwrap_or(Money::ZERO);
        if min_quantity.zip(max_quantity).is_some_and(|(least, most)| least > most) {
            reader.fault(Column::MaxQuantity, Code::BandEmpty);
        }
        let Some(bid) = lot.and_then(|lot| bid_of(&mut reader, lot)) else { continue };
        if let (Some(min_quantity), Some(price)) = (min_quantity, price) {
            let place = row.cell(Column::MinQuantity).map_or_else(|| row.place(), |cell| cell.place());
            bid.bands.push(Band { min_quantity, max_quantity, price, fixed_cost, place });
        }
    }
    for bid in lots.values_mut().flat_map(|lot| &mut lot.bids) {
        bid.bands.sort_by_key(|band| (band.min_quantity, band.max_quantity.is_none(), band.max_quantity));
        for (one, next) in bid.bands.iter().zip(bid.bands.iter().skip(1)) {
            // Two bands may meet in one quantity: there the cheaper holds.
            let meets = one.max_quantity.is_some_and(|most| most <= next.min_quantity);
            if !meets {
                let fault = Diagnostic::at(Code::BandsOverlap, next.place.clone());
                faults.push(fault.with("bid", bid.id.as_str()).with("first", one.place.line.to_string()));
            }
        }
    }
}

/// Gives bids their prices by region.
pub(super) fn regional_prices(
    table: Option<&Table>,
    lots: &mut BTreeMap<LotId, Lot>,
    faults: &mut Diagnostics,
) {
    let mut seen = Seen::default();
    for row in table.into_iter().flat_map(Table::rows) {
        let mut reader = RowReader::new(row, faults);
        let lot = lot_of(&mut reader, lots);
        let region = reader.id(Column::Region).map(Region::new);
        let stated = row.cell(Column::Price).filter(|cell| !cell.is_blank());
        // The word may also stand where the price would.
        let says_so = stated.is_some_and(|cell| NOT_OFFERED.contains(&cell.text().trim()));
        let is_filled = stated.is_some() && !says_so;
        let price = if is_filled { reader.number(Column::Price, UnitPrice::parse) } else { None };
        let not_offered = reader.word(Column::NotOffered, BOOLEANS, Code::BooleanUnknown).unwrap_or(says_so);
        if is_filled == not_offered {
            reader.fault(Column::Price, Code::RegionalPriceUnclear);
        }
        let (Some(lot), Some(region)) = (lot, region) else { continue };
        served(&mut reader, lot, &region);
        let lot_id = lot.id.clone();
        let Some(bid) = bid_of(&mut reader, lot) else { continue };
        let key = (lot_id, bid.id.clone(), region.clone());
        if is_filled && !bid.bands.is_empty() {
            reader.fault(Column::SupplierId, Code::OffersExclude);
        } else if seen.check(key, &mut reader, Column::Region, Code::RegionalPriceTwice) {
            bid.regional.push(RegionalPrice { region, price, place: row.place() });
        }
    }
}
