//! The change of spending between two periods, as price, quantity and mix effects that multiply exactly to the whole.
//!
//! With volumes q in comparable units and prices p per comparable unit, before (0) and after (1):
//!
//! - quantity: volume after over volume before, `Σq1 / Σq0`;
//! - price: over the products bought in both periods, by the volumes after (Paasche, `Σp1q1 / Σp0q1`) or before
//!   (Laspeyres, `Σp1q0 / Σp0q0`);
//! - structure: `spending after / spending before / quantity / price`. With Paasche prices and the same products in both
//!   periods this is the mean old price of what is bought now over the mean old price of what was bought then; products
//!   that came or went are in it too.
//!
//! The three multiply to the change of spending by construction, and all are kept as fractions. The form is that of
//! cost-driver analyses (PMPRB, The Drivers of Prescription Drug Expenditures: A Methodological Report, 2013; price
//! indexes as in Rovira et al., Eur J Health Econ 2001;2:142-149). A Fisher index is a square root, no fraction, and could
//! not multiply exactly; so there is none.

mod award;
mod published;
mod steps;

use std::collections::{BTreeMap, BTreeSet};

use crate::money::{Fraction, Money};
use crate::tender::{LotId, Purchase};

pub use award::{AwardEffects, of_award};
pub use steps::{Levels, Steps};

pub use published::{ChangeFault, PublishedIndex, PublishedProduct, multiply_published};

/// By which volumes prices are weighted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriceIndex {
    /// By the volumes after.
    Paasche,
    /// By the volumes before.
    Laspeyres,
}

impl PriceIndex {
    /// The word on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Paasche => "paasche",
            Self::Laspeyres => "laspeyres",
        }
    }
}

/// How the total's quantity effect is made from those of the lots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuantityBasis {
    /// Volumes add up over lots, because every row states the same unit.
    SameUnit,
    /// The volume ratios of the lots, weighted by what each cost before.
    WeightedBySpending,
}

impl QuantityBasis {
    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::SameUnit => "same_unit",
            Self::WeightedBySpending => "weighted_by_spending",
        }
    }
}

/// The effects of every lot and of all together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effects {
    /// By lot.
    pub lots: Vec<(LotId, Effect)>,
    /// All lots.
    pub total: Effect,
    /// How the total's quantity was made.
    pub basis: QuantityBasis,
    /// How prices are weighted.
    pub index: PriceIndex,
}

/// Three indices, each 1 when nothing changed, and their product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// Spending before.
    pub before: Fraction,
    /// Spending after.
    pub after: Fraction,
    /// Spending after over spending before.
    pub change: Option<Fraction>,
    /// Price effect over the products bought in both periods.
    pub price: Option<Fraction>,
    /// Quantity effect.
    pub quantity: Option<Fraction>,
    /// Structure effect.
    pub structure: Option<Fraction>,
    /// Share of spending before on products of both periods.
    pub matched_before: Option<Fraction>,
    /// Share of spending after on products of both periods.
    pub matched_after: Option<Fraction>,
}

/// One product in one period, in comparable units.
#[derive(Clone)]
struct Bought {
    volume: Fraction,
    price: Fraction,
    spending: Fraction,
}

type ProductKey<'p> = (&'p str, Option<&'p str>);
type ByLot<'p> = BTreeMap<&'p LotId, BTreeMap<ProductKey<'p>, Bought>>;

/// What changed between two periods. Products are matched by lot, product and specification group.
pub fn effects(before: &[Purchase], after: &[Purchase], index: PriceIndex) -> Effects {
    let units: BTreeSet<Option<&str>> =
        before.iter().chain(after).map(|purchase| purchase.unit.as_deref()).collect();
    let basis = match units.iter().collect::<Vec<_>>()[..] {
        [Some(_)] => QuantityBasis::SameUnit,
        _ => QuantityBasis::WeightedBySpending,
    };
    let (old, new) = (by_lot(before), by_lot(after));
    let ids: BTreeSet<&LotId> = old.keys().chain(new.keys()).copied().collect();
    let sums: Vec<(&LotId, Sums)> =
        ids.into_iter().map(|id| (id, sums(old.get(id), new.get(id), index))).collect();
    let lots = sums.iter().map(|(id, sums)| ((*id).clone(), sums.effect(sums.quantity()))).collect();
    let all = sums.iter().fold(Sums::default(), |all, (_, lot)| all.plus(lot));
    let quantity = match basis {
        QuantityBasis::SameUnit => all.quantity(),
        QuantityBasis::WeightedBySpending => weighted(&sums, &all.spending_before),
    };
    Effects { lots, total: all.effect(quantity), basis, index }
}

fn by_lot(purchases: &[Purchase]) -> ByLot<'_> {
    let mut lots = ByLot::new();
    for purchase in purchases {
        let ratio = Fraction::from(purchase.content_ratio);
        let volume = Fraction::from(purchase.volume);
        let price = Fraction::from(purchase.price);
        let bought = Bought {
            spending: price.times(&volume),
            // A ratio is never zero.
            price: price.over(&ratio).unwrap_or_else(Fraction::zero),
            volume: volume.times(&ratio),
        };
        // A product that was not bought has a price that nobody paid.
        if !bought.volume.is_zero() {
            let key = (purchase.product.as_str(), purchase.spec.as_deref());
            lots.entry(&purchase.lot_id).or_default().insert(key, bought);
        }
    }
    lots
}

/// The volume ratios of the lots weighted by their spending before: a Laspeyres quantity index of lots.
fn weighted(lots: &[(&LotId, Sums)], before: &Fraction) -> Option<Fraction> {
    let parts = lots.iter().filter_map(|(_, lot)| Some(lot.quantity()?.times(&lot.spending_before)));
    Fraction::total(parts).over(before)
}

/// The sums that the effects are made of.
#[derive(Clone)]
struct Sums {
    volume_before: Fraction,
    volume_after: Fraction,
    spending_before: Fraction,
    spending_after: Fraction,
    matched_before: Fraction,
    matched_after: Fraction,
    /// Matched products at new prices, by the index's volumes.
    at_new_prices: Fraction,
    /// The same at old prices.
    at_old_prices: Fraction,
}

impl Default for Sums {
    fn default() -> Self {
        Self::from([(); 8].map(|()| Fraction::zero()))
    }
}

impl From<[Fraction; 8]> for Sums {
    fn from(all: [Fraction; 8]) -> Self {
        let [
            volume_before,
            volume_after,
            spending_before,
            spending_after,
            matched_before,
            matched_after,
            new,
            old,
        ] = all;
        Self {
            volume_before,
            volume_after,
            spending_before,
            spending_after,
            matched_before,
            matched_after,
            at_new_prices: new,
            at_old_prices: old,
        }
    }
}

fn sums(
    before: Option<&BTreeMap<ProductKey<'_>, Bought>>,
    after: Option<&BTreeMap<ProductKey<'_>, Bought>>,
    index: PriceIndex,
) -> Sums {
    let total = |of: Option<&BTreeMap<ProductKey<'_>, Bought>>, part: fn(&Bought) -> &Fraction| {
        Fraction::total(of.into_iter().flat_map(BTreeMap::values).map(part).cloned())
    };
    let mut sums = Sums {
        volume_before: total(before, |bought| &bought.volume),
        volume_after: total(after, |bought| &bought.volume),
        spending_before: total(before, |bought| &bought.spending),
        spending_after: total(after, |bought| &bought.spending),
        ..Sums::default()
    };
    for (key, old) in before.into_iter().flatten() {
        let Some(new) = after.and_then(|after| after.get(key)) else { continue };
        let volume = match index {
            PriceIndex::Paasche => &new.volume,
            PriceIndex::Laspeyres => &old.volume,
        };
        sums.matched_before = sums.matched_before.plus(&old.spending);
        sums.matched_after = sums.matched_after.plus(&new.spending);
        sums.at_new_prices = sums.at_new_prices.plus(&new.price.times(volume));
        sums.at_old_prices = sums.at_old_prices.plus(&old.price.times(volume));
    }
    sums
}

impl Sums {
    fn plus(&self, other: &Self) -> Self {
        Self {
            volume_before: self.volume_before.plus(&other.volume_before),
            volume_after: self.volume_after.plus(&other.volume_after),
            spending_before: self.spending_before.plus(&other.spending_before),
            spending_after: self.spending_after.plus(&other.spending_after),
            matched_before: self.matched_before.plus(&other.matched_before),
            matched_after: self.matched_after.plus(&other.matched_after),
            at_new_prices: self.at_new_prices.plus(&other.at_new_prices),
            at_old_prices: self.at_old_prices.plus(&other.at_old_prices),
        }
    }

    fn quantity(&self) -> Option<Fraction> {
        self.volume_after.over(&self.volume_before)
    }

    fn effect(&self, quantity: Option<Fraction>) -> Effect {
        let change = self.spending_after.over(&self.spending_before);
        let price = self.at_new_prices.over(&self.at_old_prices);
        let structure = change
            .as_ref()
            .zip(quantity.as_ref())
            .zip(price.as_ref())
            .and_then(|((change, quantity), price)| change.over(quantity)?.over(price));
        Effect {
            before: self.spending_before.clone(),
            after: self.spending_after.clone(),
            change,
            price,
            quantity,
            structure,
            matched_before: self.matched_before.over(&self.spending_before),
            matched_after: self.matched_after.over(&self.spending_after),
        }
    }
}

impl Effect {
    /// The product of the three effects; equal to `change` whenever all are known.
    pub fn product(&self) -> Option<Fraction> {
        Some(self.price.as_ref()?.times(self.structure.as_ref()?).times(self.quantity.as_ref()?))
    }

    /// Spending as money, where it has a decimal form of at most 10 places.
    pub fn spending(&self) -> [Option<Money>; 2] {
        [&self.before, &self.after].map(|amount| amount.to_money(crate::money::Rounding::half_up(10)))
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
