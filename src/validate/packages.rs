//! `packages.csv`: bids on several lots together.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::money::UnitPrice;
use crate::read::{Column, Table};
use crate::tender::{Lot, LotId, Package, PackageBid, PackageTerms};

use super::cells::RowReader;
use super::lots::lot_of;
use super::offers::bid_of;
use super::seen::Seen;
use super::words::PACKAGE_TERMS;

/// The packages, by id.
pub(super) fn packages(
    table: Option<&Table>,
    lots: &mut BTreeMap<LotId, Lot>,
    faults: &mut Diagnostics,
) -> Vec<Package> {
    let mut packages: BTreeMap<String, Package> = BTreeMap::new();
    let mut seen = Seen::default();
    for row in table.into_iter().flat_map(Table::rows) {
        let mut reader = RowReader::new(row, faults);
        let id = reader.id(Column::PackageId).map(String::from);
        let lot = lot_of(&mut reader, lots);
        let terms = reader.word(Column::Terms, PACKAGE_TERMS, Code::PackageTermsUnknown);
        let terms = terms.unwrap_or(PackageTerms::AllOrNothing);
        let price = reader.number(Column::Price, UnitPrice::parse_positive);
        let (Some(id), Some(lot)) = (id, lot) else { continue };
        let lot_id = lot.id.clone();
        let Some(bid) = bid_of(&mut reader, lot) else { continue };
        if price.is_some() && !(bid.bands.is_empty() && bid.regional.iter().all(|row| row.price.is_none())) {
            reader.fault(Column::Price, Code::OffersExclude);
        }
        // A bid in two packages would have two prices when both are won.
        if !seen.check(bid.id.clone(), &mut reader, Column::SupplierId, Code::PackageBidTwice) {
            continue;
        }
        let place = row.cell(Column::PackageId).map_or_else(|| row.place(), |cell| cell.place());
        let member = PackageBid { lot_id, bid_id: bid.id.clone(), price, place };
        let package = packages.entry(id.clone()).or_insert_with(|| Package { id, terms, bids: Vec::new() });
        if package.terms != terms {
            reader.fault(Column::Terms, Code::PackageTermsDiffer);
        }
        package.bids.push(member);
    }
    for package in packages.values_mut() {
        package.bids.sort_by(|one, other| one.bid_id.cmp(&other.bid_id));
        if let [only] = package.bids.as_slice() {
            let fault = Diagnostic::at(Code::PackageOfOne, only.place.clone());
            faults.push(fault.with("package", package.id.as_str()));
        }
    }
    packages.into_values().collect()
}
