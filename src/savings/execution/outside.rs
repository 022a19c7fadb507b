//! Purchases from others than the winners, beside the award price.

use std::collections::BTreeMap;

use super::matched::Bought;
use crate::allocate::{Allocation, LotAllocation};
use crate::certify::CertifiedAward;
use crate::money::{Fraction, Inexact, Money, Quantity, Ratio, Rounding, UnitPrice};
use crate::tender::{LotId, Region, Role, SupplierId};

/// What one supplier that did not win sold in a region of a lot.
#[derive(Debug, Clone)]
pub struct Outside {
    /// The lot.
    pub lot_id: LotId,
    /// The supplier.
    pub supplier_id: SupplierId,
    /// The region.
    pub region: Region,
    /// How much.
    pub volume: Quantity,
    /// What was paid for the part whose price is known; `None` when no price is known.
    pub value: Option<Money>,
    /// That part.
    pub priced_volume: Quantity,
    /// Mean award price of the region, weighted by agreed volume; of the lot where nothing is agreed in the region.
    pub award_price: Option<UnitPrice>,
    /// What was paid above that price, below zero when it was cheaper; rounded as the rule set rounds money.
    pub extra: Option<Money>,
}

/// Purchases outside the award of a lot or of the whole.
#[derive(Debug, Clone)]
pub struct OutsideTotal {
    /// The lot; `None` for the whole.
    pub lot_id: Option<LotId>,
    /// How much; `None` for the whole of several lots.
    pub volume: Option<Quantity>,
    /// Its share of all that was bought; `None` for the whole of several lots.
    pub share_of_volume: Option<Ratio>,
    /// What was paid for the part whose price is known.
    pub value: Money,
    /// Its share of all that is known to have been paid.
    pub share_of_value: Option<Ratio>,
    /// The sum of what was paid above award prices; `None` when one of the parts is unknown.
    pub extra: Option<Money>,
}

#[derive(Default, Clone, Copy)]
struct Sum {
    volume: Quantity,
    priced: Quantity,
    value: Money,
}

impl Sum {
    fn add(&mut self, one: &Bought<'_>) -> Result<(), Inexact> {
        self.volume = self.volume.plus(one.volume)?;
        if let Some(price) = one.price {
            self.priced = self.priced.plus(one.volume)?;
            self.value = self.value.plus(price.times(one.volume)?)?;
        }
        Ok(())
    }
}

/// By lot, supplier and region; then each lot with purchases, and the whole first.
pub(super) fn outside(
    award: &CertifiedAward,
    allocation: &Allocation,
    bought: &[Bought<'_>],
) -> Result<(Vec<Outside>, Vec<OutsideTotal>), Inexact> {
    let rule = &award.screened().rules.savings.rule;
    let lots: Vec<(&LotId, &LotAllocation)> =
        award.lots().map(|(lot, _)| &lot.comparable.lot.id).zip(&allocation.lots).collect();
    let mut sums: BTreeMap<(usize, &SupplierId, &Region), Sum> = BTreeMap::new();
    let mut all: BTreeMap<usize, Sum> = BTreeMap::new();
    for one in bought {
        all.entry(one.lot).or_default().add(one)?;
        if one.award_price.is_none() {
            sums.entry((one.lot, one.supplier, one.region)).or_default().add(one)?;
        }
    }
    let mut rows: Vec<(usize, Outside)> = Vec::new();
    for ((lot, supplier, region), sum) in sums {
        let Some((lot_id, volumes)) = lots.get(lot) else { continue };
        let mean = mean_award(volumes, region);
        let at_award = mean.as_ref().map(|mean| mean.times(&Fraction::from(sum.priced)));
        let known = !sum.priced.is_zero() || sum.volume.is_zero();
        let extra = at_award
            .filter(|_| known)
            .and_then(|at_award| Fraction::from(sum.value).minus(&at_award).to_money(rule.money_rounding));
        let row = Outside {
            lot_id: (*lot_id).clone(),
            supplier_id: supplier.clone(),
            region: region.clone(),
            volume: sum.volume,
            value: known.then_some(sum.value),
            priced_volume: sum.priced,
            award_price: mean.and_then(|mean| mean.to_price(MEAN)),
            extra,
        };
        rows.push((lot, row));
    }
    let mut totals = vec![total(None, &rows, &all, rule.rounding)?];
    for lot in all.keys() {
        let of: Vec<(usize, Outside)> = rows.iter().filter(|(at, _)| at == lot).cloned().collect();
        let only = all.get_key_value(lot).map(|(at, sum)| (*at, *sum)).into_iter().collect();
        totals.push(total(lots.get(*lot).map(|(id, _)| (*id).clone()), &of, &only, rule.rounding)?);
    }
    Ok((rows.into_iter().map(|(_, row)| row).collect(), totals))
}

/// Decimals of a mean price as it is printed; the difference is computed from the exact mean.
const MEAN: Rounding = Rounding::half_up(4);

/// The mean award price of a region, weighted by agreed volume, else that of the lot.
fn mean_award(volumes: &LotAllocation, region: &Region) -> Option<Fraction> {
    let main = |role: Role| matches!(role, Role::Main | Role::OwnBrand);
    let rows = || volumes.regions.iter().filter(|row| row.region == *region && main(row.role));
    let value = Fraction::total(rows().map(|row| Fraction::from(row.value)));
    let volume = Fraction::total(rows().map(|row| Fraction::from(row.agreed_volume)));
    let whole = || Fraction::from(volumes.value).over(&Fraction::from(volumes.agreed_volume));
    value.over(&volume).or_else(whole)
}

fn total(
    lot_id: Option<LotId>,
    rows: &[(usize, Outside)],
    all: &BTreeMap<usize, Sum>,
    rounding: Rounding,
) -> Result<OutsideTotal, Inexact> {
    let value = Money::total(rows.iter().filter_map(|(_, row)| row.value))?;
    let paid = Money::total(all.values().map(|sum| sum.value))?;
    let one = all.len() == 1;
    let volume = Quantity::total(rows.iter().map(|(_, row)| row.volume).filter(|_| one))?;
    let bought = Quantity::total(all.values().map(|sum| sum.volume).filter(|_| one))?;
    let extras: Option<Vec<Money>> = rows.iter().map(|(_, row)| row.extra).collect();
    Ok(OutsideTotal {
        lot_id,
        volume: one.then_some(volume),
        share_of_volume: volume.share_of(bought, rounding).filter(|_| one),
        value,
        share_of_value: value.share_of(paid, rounding),
        extra: extras.map(Money::total).transpose()?,
    })
}
