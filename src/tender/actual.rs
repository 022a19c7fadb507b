//! What was really bought after the award.

use super::{LotId, Month, Region, SupplierId};
use crate::diagnostics::Place;
use crate::money::{Quantity, UnitPrice};

/// One row of `actual.csv`: what one region or institution bought of one supplier's product in one month.
#[derive(Debug, Clone)]
pub struct Actual {
    /// The lot.
    pub lot_id: LotId,
    /// Where.
    pub region: Region,
    /// Who bought; `None` where it is not stated.
    pub institution: Option<String>,
    /// Whose product.
    pub supplier_id: SupplierId,
    /// Which product, where a supplier has several.
    pub product: Option<String>,
    /// When.
    pub month: Month,
    /// How much, in units of the representative specification.
    pub volume: Quantity,
    /// The price paid for one such unit; `None` when it is unknown.
    pub price: Option<UnitPrice>,
    /// Where the row stands in the file.
    pub places: ActualPlaces,
}

/// The cells of a row that may turn out not to fit the award.
#[derive(Debug, Clone)]
pub struct ActualPlaces {
    /// The lot.
    pub lot_id: Place,
    /// The region.
    pub region: Place,
    /// The institution, or the row.
    pub institution: Place,
    /// The supplier.
    pub supplier_id: Place,
    /// The product, or the row.
    pub product: Place,
    /// The month.
    pub month: Place,
    /// The price, or the row.
    pub price: Place,
}
