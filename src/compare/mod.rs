//! Comparable prices: every bid and every reported volume brought to the lot's representative specification.

mod convert;

pub use convert::compare;

use std::collections::BTreeMap;

use crate::money::{Quantity, UnitPrice};
use crate::rules::RuleSet;
use crate::tender::{ControllerId, InputFile, Lot, Notice, Package, Region, Supplier, SupplierId};

/// A tender whose prices and volumes can be compared.
#[derive(Debug, Clone)]
pub struct ComparableTender {
    /// What `tender.toml` states.
    pub notice: Notice,
    /// What `suppliers.csv` says, by supplier.
    pub suppliers: BTreeMap<SupplierId, Supplier>,
    /// Bids on several lots together, by id.
    pub packages: Vec<Package>,
    /// Every file read, by name.
    pub inputs: Vec<InputFile>,
    /// The rule set of the tender, with its overrides.
    pub rules: RuleSet,
    /// The lots, by id.
    pub lots: Vec<ComparableLot>,
}

/// A lot with comparable prices and converted demand.
#[derive(Debug, Clone)]
pub struct ComparableLot {
    /// The lot as stated.
    pub lot: Lot,
    /// One entry for each bid of `lot.bids`, in the same order.
    pub bids: Vec<ComparableBid>,
    /// One entry for each row of `lot.demand`, in the same order.
    pub demand: Vec<ComparableDemand>,
    /// Base volume by region, in units of the representative specification.
    pub region_volumes: BTreeMap<Region, Quantity>,
    /// Base volume of the lot: the sum over the regions.
    pub base_volume: Quantity,
}

/// What a bid comes to on the representative specification.
#[derive(Debug, Clone)]
pub struct ComparableBid {
    /// Who owns the supplier.
    pub controller: ControllerId,
    /// Price converted to the representative specification (单位可比价); `None` without a usable price.
    pub comparable_price: Option<UnitPrice>,
    /// The product's own previous price, converted the same way.
    pub comparable_previous: Option<UnitPrice>,
    /// The bid's ceiling, converted the same way; the lot's ceiling when the bid has none of its own.
    pub comparable_ceiling: Option<UnitPrice>,
    /// The price and the ceiling as they are to be compared: of the quoted specification when it has a ceiling of its
    /// own, else of the representative one.
    pub against_ceiling: Option<AgainstCeiling>,
}

/// A price beside the ceiling of the same specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgainstCeiling {
    /// The price.
    pub price: UnitPrice,
    /// The ceiling of that specification.
    pub ceiling: UnitPrice,
}

/// Reported demand in units of the representative specification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparableDemand {
    /// Where.
    pub region: Region,
    /// Who reported it.
    pub institution: Option<String>,
    /// The brand that was asked for.
    pub supplier_id: Option<SupplierId>,
    /// Whom it takes for what the brand does not keep.
    pub second_choice: Option<SupplierId>,
    /// Volume after scale and content conversion.
    pub volume: Quantity,
}
