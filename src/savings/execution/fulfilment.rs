//! Agreed and bought, for the whole and for each part.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::agreed::{Agreed, Amount};
use super::matched::Bought;
use super::months::{Months, Progress};
use super::pace::{Pace, pace};
use crate::certify::CertifiedAward;
use crate::money::{Fraction, Inexact, Money, Quantity, Ratio};
use crate::tender::{LotId, Month, Region, SupplierId};

/// What a row of fulfilment is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// The whole tender.
    Total,
    /// A lot.
    Lot,
    /// A supplier, over all lots.
    Supplier,
    /// A region, over all lots.
    Region,
    /// An institution, over all lots.
    Institution,
    /// A supplier in a lot.
    LotSupplier,
    /// A region in a lot.
    LotRegion,
    /// An institution in a lot.
    LotInstitution,
    /// A supplier in a region of a lot.
    LotSupplierRegion,
}

impl Scope {
    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::Lot => "lot",
            Self::Supplier => "supplier",
            Self::Region => "region",
            Self::Institution => "institution",
            Self::LotSupplier => "lot_supplier",
            Self::LotRegion => "lot_region",
            Self::LotInstitution => "lot_institution",
            Self::LotSupplierRegion => "lot_supplier_region",
        }
    }
}

/// Whether more or less was bought than even use would have taken so far; compared without rounding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// More.
    Ahead,
    /// Exactly as much.
    OnSchedule,
    /// Less.
    Behind,
}

impl Standing {
    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ahead => "ahead",
            Self::OnSchedule => "on_schedule",
            Self::Behind => "behind",
        }
    }
}

/// Agreed and bought, of the whole or of a part. Amounts of money are at award prices.
#[derive(Debug, Clone)]
pub struct Fulfilment {
    /// What it is about.
    pub scope: Scope,
    /// The lot, where it is about one.
    pub lot_id: Option<LotId>,
    /// The supplier, where it is about one.
    pub supplier_id: Option<SupplierId>,
    /// The region, where it is about one, or about an institution in it.
    pub region: Option<Region>,
    /// The institution; `None` also for what was reported or bought without a name.
    pub institution: Option<String>,
    /// Agreed for the years begun; `None` over several lots, whose units do not add up.
    pub agreed_volume: Option<Quantity>,
    /// What that is worth.
    pub agreed_value: Money,
    /// The share of it whose purchases are known for every month; `None` when nothing is agreed.
    pub coverage: Option<Ratio>,
    /// Bought of the winners, where it counts; `None` when unknown, or over several lots.
    pub actual_volume: Option<Quantity>,
    /// What that is worth at award prices; `None` when unknown.
    pub actual_value: Option<Money>,
    /// Bought over agreed, where it counts: by volume within a lot, by value over several.
    pub fulfilment: Option<Ratio>,
    /// What even use would have reached.
    pub expected: Option<Ratio>,
    /// Ahead of even use or behind it.
    pub standing: Option<Standing>,
    /// How long it lasts.
    pub pace: Pace,
}

/// What fulfilment is summed from.
pub(super) struct Sums<'a> {
    pub award: &'a CertifiedAward,
    pub agreed: &'a Agreed<'a>,
    pub bought: &'a [Bought<'a>],
    pub months: &'a Months<'a>,
    pub start: Month,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key<'a> {
    scope: Scope,
    lot: Option<usize>,
    supplier: Option<&'a SupplierId>,
    region: Option<&'a Region>,
    institution: Option<&'a str>,
}

#[derive(Debug, Clone, Default)]
struct Sum {
    lots: BTreeSet<usize>,
    agreed: Amount,
    counted: Amount,
    expected_volume: Option<Fraction>,
    expected_value: Option<Fraction>,
    actual: Option<Amount>,
    by_month: BTreeMap<u32, Amount>,
}

/// Where an amount belongs: keys by the scopes in which it counts.
fn keys<'a>(lot: usize, region: &'a Region, whose: Whose<'a>) -> Vec<Key<'a>> {
    let key = |scope, lot, supplier, region, institution| Key { scope, lot, supplier, region, institution };
    let (one, here) = (Some(lot), Some(region));
    match whose {
        Whose::Supplier(supplier) => {
            let by = Some(supplier);
            vec![
                key(Scope::Total, None, None, None, None),
                key(Scope::Lot, one, None, None, None),
                key(Scope::Supplier, None, by, None, None),
                key(Scope::Region, None, None, here, None),
                key(Scope::LotSupplier, one, by, None, None),
                key(Scope::LotRegion, one, None, here, None),
                key(Scope::LotSupplierRegion, one, by, here, None),
            ]
        }
        Whose::Institution(institution) => vec![
            key(Scope::Institution, None, None, here, institution),
            key(Scope::LotInstitution, one, None, here, institution),
        ],
    }
}

#[derive(Clone, Copy)]
enum Whose<'a> {
    Supplier(&'a SupplierId),
    Institution(Option<&'a str>),
}

/// Every row, by scope and key.
pub(super) fn fulfilment(of: &Sums<'_>) -> Result<Vec<Fulfilment>, Inexact> {
    summed(of)?.iter().map(|(key, sum)| row(of, key, sum)).collect()
}

/// The share of the agreed volume that was bought by the end of each month, for the whole.
pub(super) fn by_month(of: &Sums<'_>) -> Result<Vec<(Month, Fraction)>, Inexact> {
    let sums = summed(of)?;
    let Some((_, sum)) = sums.iter().find(|(key, _)| key.scope == Scope::Total) else {
        return Ok(Vec::new());
    };
    let agreed = measure(sum, sum.counted);
    let mut reached = Fraction::zero();
    let mut all = Vec::new();
    for (at, bought) in (0_u32..).zip(months_of(of, sum)) {
        reached = reached.plus(&bought);
        let (Some(month), Some(share)) = (of.start.plus(at), reached.over(&agreed)) else { continue };
        all.push((month, share));
    }
    Ok(all)
}

fn summed<'a>(of: &'a Sums<'a>) -> Result<BTreeMap<Key<'a>, Sum>, Inexact> {
    let mut sums: BTreeMap<Key<'_>, Sum> = BTreeMap::new();
    // Where no purchase says which institution made it, nothing can be said of institutions.
    let named = of.bought.iter().any(|one| one.institution.is_some());
    let by_supplier = of.agreed.suppliers.iter();
    let by_supplier = by_supplier.map(|one| (one.lot, one.region, Whose::Supplier(one.supplier), one.amount));
    let by_institution = of.agreed.institutions.iter().filter(|_| named);
    let by_institution =
        by_institution.map(|one| (one.lot, one.region, Whose::Institution(one.institution), one.amount));
    for (lot, region, whose, amount) in by_supplier.chain(by_institution) {
        let counts = of.months.counted.contains(&(lot, region));
        let Some(progress) = of.months.progress.get(lot) else { continue };
        for key in keys(lot, region, whose) {
            agree(sums.entry(key).or_default(), lot, amount, *progress, counts)?;
        }
    }
    let counts = |one: &&Bought<'_>| of.months.counted.contains(&(one.lot, one.region));
    for one in of.bought.iter().filter(counts) {
        let Some(price) = one.award_price else { continue };
        let amount = Amount { volume: one.volume, value: price.times(one.volume)? };
        let institution = named.then_some(Whose::Institution(one.institution));
        for whose in [Some(Whose::Supplier(one.supplier)), institution].into_iter().flatten() {
            for key in keys(one.lot, one.region, whose) {
                buy(sums.entry(key).or_default(), one, amount)?;
            }
        }
    }
    Ok(sums)
}

fn agree(sum: &mut Sum, lot: usize, year: Amount, progress: Progress, counts: bool) -> Result<(), Inexact> {
    let value = year.value.scaled(Ratio::from_steps(i128::from(progress.years), 0)?)?;
    let begun = Amount { volume: year.volume.times_count(progress.years)?, value };
    sum.lots.insert(lot);
    sum.agreed = sum.agreed.plus(begun)?;
    if counts {
        sum.counted = sum.counted.plus(begun)?;
        let part =
            Fraction::whole(progress.elapsed).over(&Fraction::whole(Month::OF_A_YEAR)).ok_or(Inexact)?;
        let add = |to: &mut Option<Fraction>, year: Fraction| {
            let share = year.times(&part);
            *to = Some(to.as_ref().map_or_else(|| share.clone(), |sum| sum.plus(&share)));
        };
        add(&mut sum.expected_volume, Fraction::from(year.volume));
        add(&mut sum.expected_value, Fraction::from(year.value));
    }
    Ok(())
}

fn buy(sum: &mut Sum, one: &Bought<'_>, amount: Amount) -> Result<(), Inexact> {
    sum.lots.insert(one.lot);
    sum.actual = Some(sum.actual.unwrap_or_default().plus(amount)?);
    let month = sum.by_month.entry(one.month).or_default();
    *month = month.plus(amount)?;
    Ok(())
}

/// An amount by volume within a lot, by value over several.
fn measure(sum: &Sum, amount: Amount) -> Fraction {
    if sum.lots.len() > 1 { Fraction::from(amount.value) } else { Fraction::from(amount.volume) }
}

/// What was bought in each month so far.
fn months_of(of: &Sums<'_>, sum: &Sum) -> Vec<Fraction> {
    let elapsed = sum.lots.iter().filter_map(|lot| of.months.progress.get(*lot)).map(|one| one.elapsed).max();
    (0..elapsed.unwrap_or(0))
        .map(|month| measure(sum, sum.by_month.get(&month).copied().unwrap_or_default()))
        .collect()
}

fn row(of: &Sums<'_>, key: &Key<'_>, sum: &Sum) -> Result<Fulfilment, Inexact> {
    let rounding = of.award.screened().rules.savings.rule.rounding;
    let one_lot = sum.lots.len() == 1;
    let counted = measure(sum, sum.counted);
    let actual = sum.actual.map(|amount| measure(sum, amount));
    let expected = if one_lot { &sum.expected_volume } else { &sum.expected_value };
    let over = |part: &Fraction| part.over(&counted).and_then(|share| share.rounded(rounding));
    let standing = actual.as_ref().zip(expected.as_ref()).filter(|_| !counted.is_zero());
    let pace = match actual {
        Some(_) => pace(&counted, &months_of(of, sum), of.start),
        None => Pace::default(),
    };
    let lot = key.lot.and_then(|lot| of.award.lots().nth(lot));
    Ok(Fulfilment {
        scope: key.scope,
        lot_id: lot.map(|(lot, _)| lot.comparable.lot.id.clone()),
        supplier_id: key.supplier.cloned(),
        region: key.region.cloned(),
        institution: key.institution.map(str::to_owned),
        agreed_volume: one_lot.then_some(sum.agreed.volume),
        agreed_value: sum.agreed.value,
        coverage: sum.counted.value.share_of(sum.agreed.value, rounding),
        actual_volume: sum.actual.filter(|_| one_lot).map(|amount| amount.volume),
        actual_value: sum.actual.map(|amount| amount.value),
        fulfilment: actual.as_ref().and_then(over),
        expected: expected.as_ref().and_then(over),
        standing: standing.map(|(actual, expected)| match actual.cmp(expected) {
            Ordering::Greater => Standing::Ahead,
            Ordering::Equal => Standing::OnSchedule,
            Ordering::Less => Standing::Behind,
        }),
        pace,
    })
}
