//! A supplier.

use super::{ControllerId, Date, SupplierId};
use crate::money::Quantity;

/// Who bids (企业), as `suppliers.csv` tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supplier {
    /// Id.
    pub id: SupplierId,
    /// Name in English, or in whatever language the tender has.
    pub name: Option<String>,
    /// Name in Chinese.
    pub name_zh: Option<String>,
    /// Who owns it; suppliers with the same controller count as one.
    pub controller: Option<ControllerId>,
    /// Whether it supplies today.
    pub incumbent: Option<bool>,
    /// Most that it can deliver over all lots, at its own prices.
    pub capacity_value: Option<Quantity>,
    /// Most units that it can deliver over all lots.
    pub capacity_volume: Option<Quantity>,
    /// Its classes, such as `local`, as the file names them.
    pub classes: Vec<String>,
    /// Barred up to and including this day.
    pub sanctioned_until: Option<Date>,
}
