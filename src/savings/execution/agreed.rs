//! Agreed volumes of a year, by lot, region, supplier and institution.

use std::collections::BTreeMap;

use crate::allocate::Allocation;
use crate::certify::CertifiedAward;
use crate::compare::ComparableLot;
use crate::money::{Fraction, Inexact, Money, Quantity, split_largest_remainder, split_money};
use crate::tender::{Region, Role, SupplierId};

/// A volume with its value at award prices.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Amount {
    pub volume: Quantity,
    pub value: Money,
}

impl Amount {
    pub fn plus(self, other: Self) -> Result<Self, Inexact> {
        Ok(Self { volume: self.volume.plus(other.volume)?, value: self.value.plus(other.value)? })
    }
}

/// What a supplier is to deliver in a region of a lot.
#[derive(Debug, Clone)]
pub(super) struct OfSupplier<'a> {
    pub lot: usize,
    pub region: &'a Region,
    pub supplier: &'a SupplierId,
    pub amount: Amount,
}

/// An institution's part of what is agreed in its region.
#[derive(Debug, Clone)]
pub(super) struct OfInstitution<'a> {
    pub lot: usize,
    pub region: &'a Region,
    /// `None` for what was reported without a name.
    pub institution: Option<&'a str>,
    pub amount: Amount,
}

/// What is agreed for a year, in two cuts that add up to the same.
#[derive(Debug, Clone, Default)]
pub(super) struct Agreed<'a> {
    pub suppliers: Vec<OfSupplier<'a>>,
    pub institutions: Vec<OfInstitution<'a>>,
}

/// The agreed volumes. Those of institutions are parts of their region's in proportion to what they reported, by the
/// largest remainder; equal remainders go to the institution that comes first by name.
pub(super) fn agreed<'a>(
    award: &'a CertifiedAward,
    allocation: &'a Allocation,
) -> Result<Agreed<'a>, Inexact> {
    let mut all = Agreed::default();
    for (lot, ((screened, _), volumes)) in award.lots().zip(&allocation.lots).enumerate() {
        let comparable = &screened.comparable;
        let mut of: BTreeMap<(&Region, &SupplierId), Amount> = BTreeMap::new();
        for row in volumes.regions.iter().filter(|row| matches!(row.role, Role::Main | Role::OwnBrand)) {
            let Some(bid) = comparable.lot.bids.get(row.bid) else { continue };
            let sum = of.entry((&row.region, &bid.supplier_id)).or_default();
            *sum = sum.plus(Amount { volume: row.agreed_volume, value: row.value })?;
        }
        let mut regions: BTreeMap<&Region, Amount> = BTreeMap::new();
        for ((region, supplier), amount) in of {
            let sum = regions.entry(region).or_default();
            *sum = sum.plus(amount)?;
            all.suppliers.push(OfSupplier { lot, region, supplier, amount });
        }
        for (region, amount) in regions {
            for (institution, amount) in parts(comparable, region, amount)? {
                all.institutions.push(OfInstitution { lot, region, institution, amount });
            }
        }
    }
    Ok(all)
}

/// A region's agreed volume by institution; one part without a name where nobody reported by name.
fn parts<'a>(
    lot: &'a ComparableLot,
    region: &Region,
    whole: Amount,
) -> Result<Vec<(Option<&'a str>, Amount)>, Inexact> {
    let mut reported: BTreeMap<Option<&str>, Quantity> = BTreeMap::new();
    for demand in &lot.demand {
        if demand.region == *region {
            let sum = reported.entry(demand.institution.as_deref()).or_default();
            *sum = sum.plus(demand.volume)?;
        }
    }
    let weights: Vec<Quantity> = reported.values().copied().collect();
    if weights.iter().all(|weight| weight.is_zero()) {
        return Ok(vec![(None, whole)]);
    }
    let volumes = split_largest_remainder(whole.volume, &weights, whole.volume.decimals())?;
    let weights: Vec<Fraction> = weights.into_iter().map(Fraction::from).collect();
    let values = split_money(whole.value, &weights)?;
    let amounts = volumes.into_iter().zip(values).map(|(volume, value)| Amount { volume, value });
    Ok(reported.into_keys().zip(amounts).collect())
}
