//! The effects of an award: from what the reported volume would have cost before to what the agreed volume costs.
//!
//! For a lot with base volume V and agreed volume A, against one baseline:
//!
//! - before: V at the price before. Where the lot's demand is reported by brand and the baseline is each product's own
//!   price, that is every brand's reported volume at its own price; else the winners' value before, carried over from
//!   A to V.
//! - price: the award's value over the winners' value before, on the same volumes (Paasche).
//! - quantity: A / V. What is not agreed is bought outside the award, and is no saving.
//! - mix: the rest. With one price before for the whole lot, or without volumes by brand, there is none to state, and the
//!   three other figures meet without it.
//!
//! Levels are sums over lots, so the total's steps are the sums of the lots' steps, and its indices multiply exactly.

use std::collections::BTreeMap;

use super::Levels;
use crate::allocate::{Allocation, LotAllocation};
use crate::certify::CertifiedAward;
use crate::compare::ComparableLot;
use crate::money::{Fraction, UnitPrice};
use crate::savings::{Baseline, BaselineSaving, Savings, price_before};
use crate::tender::{LotId, SupplierId};

/// The effects of an award against one baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwardEffects {
    /// Against which price.
    pub baseline: Baseline,
    /// Lots with a saving against it, by id, each with whether its mix is known.
    pub lots: Vec<(LotId, Levels, bool)>,
    /// All of them together.
    pub total: Levels,
}

impl AwardEffects {
    /// Lots whose mix is known.
    pub fn with_mix(&self) -> usize {
        self.lots.iter().filter(|(.., mix)| *mix).count()
    }
}

/// The effects against one baseline; `None` when no lot has a saving against it.
pub fn of_award(
    award: &CertifiedAward,
    allocation: &Allocation,
    savings: &Savings,
    baseline: Baseline,
) -> Option<AwardEffects> {
    let lots: Vec<(LotId, Levels, bool)> = award
        .lots()
        .zip(&allocation.lots)
        .zip(&savings.lots)
        .filter_map(|(((screened, _), volumes), savings)| {
            let saving = savings.iter().find(|saving| saving.baseline == baseline)?;
            let (levels, mix) = of_lot(&screened.comparable, volumes, saving)?;
            Some((screened.comparable.lot.id.clone(), levels, mix))
        })
        .collect();
    let total = lots.iter().fold(Levels::zero(), |total, (_, lot, _)| total.plus(lot));
    (!lots.is_empty() && !total.before.is_zero()).then_some(AwardEffects { baseline, lots, total })
}

/// The levels of one lot, and whether its mix is known.
fn of_lot(lot: &ComparableLot, volumes: &LotAllocation, saving: &BaselineSaving) -> Option<(Levels, bool)> {
    saving.saving?;
    let after = Fraction::from(saving.covered_value);
    let carried = Fraction::from(lot.base_volume).over(&Fraction::from(volumes.agreed_volume))?;
    let one_mix = Levels {
        before: Fraction::from(saving.reference_value).times(&carried),
        price: after.times(&carried),
        quantity: after.clone(),
        after: after.clone(),
    };
    let whole = saving.covered_value == volumes.value && saving.baseline == Baseline::Previous;
    let Some(before) = by_brand(lot).filter(|_| whole) else { return Some((one_mix, false)) };
    let price = before.times(&after.over(&Fraction::from(saving.reference_value))?);
    let quantity = price.over(&carried)?;
    Some((Levels { before, price, quantity, after }, true))
}

/// What every brand's reported volume cost at its own price before; `None` unless all of it is known.
fn by_brand(lot: &ComparableLot) -> Option<Fraction> {
    let mut prices: BTreeMap<&SupplierId, Option<UnitPrice>> = BTreeMap::new();
    for (at, bid) in lot.lot.bids.iter().enumerate() {
        let price = price_before(Baseline::Previous, lot, at);
        // A supplier with products of several prices: nobody says which of them was used.
        prices
            .entry(&bid.supplier_id)
            .and_modify(|known| *known = known.filter(|_| *known == price))
            .or_insert(price);
    }
    let reported = lot.demand.iter().filter(|row| !row.volume.is_zero());
    let spent = reported.map(|row| {
        let price = (*prices.get(row.supplier_id.as_ref()?)?)?;
        Some(Fraction::from(price).times(&Fraction::from(row.volume)))
    });
    spent.collect::<Option<Vec<Fraction>>>().filter(|spent| !spent.is_empty()).map(Fraction::total)
}
