//! What the programme is built from: the bids as they were filed, their comparable prices, and the rule set.

use std::collections::BTreeMap;

use crate::money::{Quantity, UnitPrice};
use crate::rules::RuleSet;
use crate::tender::{Bid, Lot, Package, Region, Scope, Supplier, SupplierId};

/// A tender whose awards are chosen by cost.
#[derive(Debug, Clone)]
pub struct Offered<'a> {
    /// The rule set, with the limits in force.
    pub rules: &'a RuleSet,
    /// What `suppliers.csv` says, by supplier.
    pub suppliers: &'a BTreeMap<SupplierId, Supplier>,
    /// Bids on several lots together.
    pub packages: &'a [Package],
    /// The lots, by id.
    pub lots: Vec<LotOffered<'a>>,
}

/// One lot.
#[derive(Debug, Clone)]
pub struct LotOffered<'a> {
    /// The lot as stated.
    pub lot: &'a Lot,
    /// Base volume by region, in units of the representative specification.
    pub regions: BTreeMap<&'a Region, Quantity>,
    /// The bids, in the order of the lot's.
    pub bids: Vec<BidOffered<'a>>,
}

/// One bid.
#[derive(Debug, Clone)]
pub struct BidOffered<'a> {
    /// The bid as filed.
    pub bid: &'a Bid,
    /// Its comparable price; `None` without a usable one.
    pub price: Option<UnitPrice>,
    /// The rule that excludes it, if one does.
    pub barred_by: Option<&'a str>,
}

impl Offered<'_> {
    /// Who a supplier counts as: its controller where related suppliers count as one.
    pub fn party<'p>(&'p self, supplier: &'p SupplierId, as_one: bool) -> &'p str {
        let controller = || self.suppliers.get(supplier)?.controller.as_ref();
        match controller().filter(|_| as_one) {
            Some(controller) => controller.as_str(),
            None => supplier.as_str(),
        }
    }

    /// Whether a supplier is of a class.
    pub fn is_of_class(&self, supplier: &SupplierId, class: &str) -> bool {
        let known = self.suppliers.get(supplier);
        match class {
            INCUMBENT => known.is_some_and(|known| known.incumbent == Some(true)),
            NEW_ENTRANT => known.is_some_and(|known| known.incumbent == Some(false)),
            _ => known.is_some_and(|known| known.classes.iter().any(|own| own == class)),
        }
    }

    /// Whether a supplier supplies today; where related suppliers count as one, itself or one of them.
    pub fn is_incumbent(&self, supplier: &SupplierId, as_one: bool) -> bool {
        let party = self.party(supplier, as_one);
        let related = |other: &&SupplierId| self.party(other, as_one) == party;
        self.suppliers.keys().filter(related).any(|other| self.is_of_class(other, INCUMBENT))
    }

    /// Whether a bid is within a scope.
    pub fn concerns(&self, scope: &Scope, bid: &Bid) -> bool {
        let listed = scope.suppliers.is_empty() || scope.suppliers.contains(&bid.supplier_id);
        let of_class = scope.class.as_ref().is_none_or(|class| self.is_of_class(&bid.supplier_id, class));
        let of_unit = scope.unit_group.is_none() || scope.unit_group == bid.unit_group;
        listed && of_class && of_unit
    }
}

/// Whether a lot is within a scope.
pub fn covers(scope: &Scope, lot: &Lot) -> bool {
    let listed = scope.lots.is_empty() || scope.lots.contains(&lot.id);
    listed && (scope.group.is_none() || scope.group == lot.group)
}

/// Whether a bid states that it does not offer in a region.
pub fn refuses(bid: &Bid, region: &Region) -> bool {
    bid.regional.iter().any(|row| row.region == *region && row.price.is_none())
}

/// The class of suppliers that supply today.
pub const INCUMBENT: &str = "incumbent";

/// The class of suppliers that do not.
pub const NEW_ENTRANT: &str = "new-entrant";
