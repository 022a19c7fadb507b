//! A tender with some of what it states changed or left out.
//!
//! Changes are made to the tender and not to the rows wherever the tender can say them, so that column bounds and links
//! follow, and so that the reader who makes a change gets what was found.

use std::collections::BTreeMap;

use crate::model::Sense;
use crate::model::language::input::{BidOffered, LotOffered, Offered};
use crate::model::language::{Group, Language, check, language};
use crate::money::{Quantity, Ratio};
use crate::rules::{AwardRule, LeastCost, RuleSet};
use crate::tender::{Bid, Limit, Lot, Package, Region, Supplier, SupplierId};

/// A change of a tender. A number that is `None` is not stated.
#[derive(Debug, Clone)]
pub(super) enum Change {
    /// This limit, in the place of the one of the same name.
    Limit(Box<Limit>),
    /// Without the limit of this name.
    Lift(String),
    MinSuppliers(Option<u32>),
    MaxSuppliers(Option<u32>),
    MaxShare(Option<Ratio>),
    /// Several suppliers may serve a region.
    SeveralPerRegion,
    Capacity(String, Option<Quantity>),
    MinQuantity(String, Option<Quantity>),
    SupplierVolume(String, Option<Quantity>),
    SupplierValue(String, Option<Quantity>),
    /// The bids of the package win or lose by themselves, at their own prices.
    NoPackage(String),
    /// The bid offers in the region, at its own price.
    Offers(String, String),
    /// A bid has a price for any quantity: its first price band runs from 0, each up to where the next begins, the last
    /// without end. No two hold a quantity but the one in which they meet.
    AnyQuantity(String),
    /// A band of a bid, by its number from 0, from and up to these quantities.
    Band(String, usize, Quantity, Option<Quantity>),
    /// The demand of a lot in a region.
    Demand(String, String, Quantity),
    /// Regions of a lot of which the demand need not be met.
    Unmet(String, Vec<String>),
    /// Bids of a supplier on a lot that may win together: lot and supplier.
    Together(String, String),
}

/// A tender with changes.
pub(super) struct Less<'a> {
    rules: RuleSet,
    suppliers: BTreeMap<SupplierId, Supplier>,
    packages: Vec<Package>,
    lots: Vec<LessLot<'a>>,
    /// Rows that are not kept as equations, and rows that are not kept at all.
    open: Vec<String>,
    gone: Vec<String>,
}

struct LessLot<'a> {
    lot: &'a Lot,
    regions: BTreeMap<&'a Region, Quantity>,
    bids: Vec<Bid>,
}

impl<'a> Less<'a> {
    /// The tender with the changes, one after the other.
    pub(super) fn new<'c>(offered: &Offered<'a>, changes: impl IntoIterator<Item = &'c Change>) -> Self {
        let lot = |lot: &LotOffered<'a>| LessLot {
            lot: lot.lot,
            regions: lot.regions.clone(),
            bids: lot.bids.iter().map(|bid| bid.bid.clone()).collect(),
        };
        let mut less = Self {
            rules: offered.rules.clone(),
            suppliers: offered.suppliers.clone(),
            packages: offered.packages.to_vec(),
            lots: offered.lots.iter().map(lot).collect(),
            open: Vec::new(),
            gone: Vec::new(),
        };
        for change in changes {
            less.make(change);
        }
        less.rules.limits.sort_by(|one, other| one.name.cmp(&other.name));
        less
    }

    fn make(&mut self, change: &Change) {
        match change {
            Change::Limit(limit) => {
                self.rules.limits.retain(|own| own.name != limit.name);
                self.rules.limits.push(Limit::clone(limit));
            }
            Change::Lift(name) => self.rules.limits.retain(|own| own.name != *name),
            Change::MinSuppliers(least) => self.rule(|rule| rule.min_suppliers = *least),
            Change::MaxSuppliers(most) => self.rule(|rule| rule.max_suppliers = *most),
            Change::MaxShare(most) => self.rule(|rule| rule.max_share = *most),
            Change::SeveralPerRegion => self.rule(|rule| rule.one_supplier_per_region = false),
            Change::Capacity(bid, most) => self.bid(bid, |bid| bid.capacity = *most),
            Change::MinQuantity(bid, least) => self.bid(bid, |bid| bid.min_quantity = *least),
            Change::SupplierVolume(id, most) => self.supplier(id, |own| own.capacity_volume = *most),
            Change::SupplierValue(id, most) => self.supplier(id, |own| own.capacity_value = *most),
            Change::NoPackage(id) => self.packages.retain(|package| package.id != *id),
            Change::Offers(bid, region) => {
                self.bid(bid, |bid| bid.regional.retain(|row| row.region.as_str() != region));
            }
            Change::AnyQuantity(bid) => self.bid(bid, |bid| {
                let next = bid.bands.iter().skip(1).map(|band| Some(band.min_quantity));
                let ends: Vec<Option<Quantity>> = next.chain([None]).collect();
                bid.bands.iter_mut().zip(ends).for_each(|(band, end)| band.max_quantity = end);
                bid.bands.iter_mut().take(1).for_each(|band| band.min_quantity = Quantity::ZERO);
            }),
            Change::Band(bid, number, least, most) => self.bid(bid, |bid| {
                if let Some(band) = bid.bands.get_mut(*number) {
                    (band.min_quantity, band.max_quantity) = (*least, *most);
                }
            }),
            Change::Demand(lot, region, volume) => {
                let own = self.lots.iter_mut().filter(|own| own.lot.id.as_str() == lot);
                for (_, stated) in
                    own.flat_map(|own| &mut own.regions).filter(|(name, _)| name.as_str() == region)
                {
                    *stated = *volume;
                }
            }
            Change::Unmet(lot, regions) => {
                self.open.extend(regions.iter().map(|region| demand_row(lot, region)));
            }
            Change::Together(lot, supplier) => self.gone.push(format!("alternates[{lot},{supplier}]")),
        }
    }

    fn rule(&mut self, change: impl FnOnce(&mut LeastCost)) {
        if let AwardRule::LeastCost { limits } = &mut self.rules.award {
            change(&mut limits.rule);
        }
    }

    fn bid(&mut self, id: &str, change: impl FnOnce(&mut Bid)) {
        let mut bids = self.lots.iter_mut().flat_map(|lot| &mut lot.bids);
        if let Some(bid) = bids.find(|bid| bid.id.as_str() == id) {
            change(bid);
        }
    }

    fn supplier(&mut self, id: &str, change: impl FnOnce(&mut Supplier)) {
        if let Some(supplier) = self.suppliers.get_mut(&SupplierId::new(id)) {
            change(supplier);
        }
    }

    /// The changed tender, for those who build programmes.
    fn offered<'s>(&'s self, stated: &Offered<'s>) -> Offered<'s> {
        let lots = self.lots.iter().zip(&stated.lots).map(|(less, stated)| LotOffered {
            lot: less.lot,
            regions: less.regions.clone(),
            bids: less
                .bids
                .iter()
                .zip(&stated.bids)
                .map(|(bid, own)| BidOffered { bid, price: own.price, barred_by: own.barred_by })
                .collect(),
        });
        Offered {
            rules: &self.rules,
            suppliers: &self.suppliers,
            packages: &self.packages,
            lots: lots.collect(),
        }
    }

    /// Whether a tender could state it: every limit has what it needs beside it.
    pub(super) fn can_be_stated(&self, stated: &Offered<'_>) -> bool {
        check(&self.offered(stated)).is_ok()
    }

    /// The programme of all lots; `None` when a number leaves the range of exact sums.
    pub(super) fn language(&self, stated: &Offered<'_>) -> Option<Language> {
        let offered = self.offered(stated);
        let group = Group { lots: (0..self.lots.len()).collect(), is_core: false };
        let mut built = language(&offered, &group).ok()?;
        for row in built.model.rows.iter_mut().filter(|row| self.open.contains(&row.label)) {
            row.sense = Sense::Le;
        }
        built.model.rows.retain(|row| !self.gone.contains(&row.label));
        Some(built)
    }
}

/// The name of the row of a demand.
pub(super) fn demand_row(lot: &str, region: &str) -> String {
    format!("demand[{lot},{region}]")
}
