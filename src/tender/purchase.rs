//! What was bought in a period.

use super::LotId;
use crate::money::{Proportion, Quantity, Ratio, UnitPrice};

/// One row of a table of volumes and prices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    /// The lot, or whatever group the products belong to.
    pub lot_id: LotId,
    /// The product.
    pub product: String,
    /// Its specification group (规格组), where a product has several prices.
    pub spec: Option<String>,
    /// The comparable unit, such as `DDD`; volumes in the same unit add up over lots.
    pub unit: Option<String>,
    /// Comparable units in one unit of the product.
    pub content_ratio: Proportion,
    /// How many units of the product were bought.
    pub volume: Quantity,
    /// Price of one unit of the product.
    pub price: UnitPrice,
}

/// One row of a table of what hospitals bought of awarded products, for the retention of surplus (结余留用).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionRow {
    /// The hospital.
    pub institution: String,
    /// The awarded product, by its generic name.
    pub product: String,
    /// Agreed volume.
    pub agreed_volume: Quantity,
    /// Weighted mean price of the same generic before the tender.
    pub price_before: UnitPrice,
    /// Awarded volume bought, also what lies beyond the agreed volume.
    pub volume: Quantity,
    /// Mean price at which it was bought.
    pub price: UnitPrice,
    /// Share of insured cost that the fund really paid.
    pub fund_ratio: Ratio,
    /// Share of use by insured patients.
    pub insured_share: Ratio,
    /// The hospital's score in the assessment, 0 to 100.
    pub score: Ratio,
    /// Whether the product has completed a full cycle in an earlier round; then it is not counted again.
    pub cycle_done: bool,
}
