//! One path: what is spent in every year when every factor has a stated value. All of it is exact.

use super::assumptions::{Assumptions, End, Factor};
use super::basis::{Basis, BasisLot};
use crate::money::{Fraction, Inexact, Money, Ratio, Rounding};

/// Steps of every amount; half up.
const CENTS: Rounding = Rounding::half_up(2);

/// The end that each factor takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ends([End; 5]);

impl Ends {
    /// Every factor at the same end.
    pub fn all(end: End) -> Self {
        Self([end; 5])
    }

    /// The same with one factor moved.
    #[must_use]
    pub fn with(self, factor: Factor, end: End) -> Self {
        let mut ends = self.0;
        for (own, _) in ends.iter_mut().zip(Factor::ALL).filter(|(_, of)| *of == factor) {
            *own = end;
        }
        Self(ends)
    }

    /// The end of a factor.
    pub fn of(&self, factor: Factor) -> End {
        let own = self.0.iter().zip(Factor::ALL).find(|(_, of)| *of == factor);
        own.map_or(End::Central, |(end, _)| *end)
    }
}

/// One year of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PathYear {
    /// What the use of the year would cost at the baseline prices.
    pub baseline_spending: Money,
    /// What is spent on awarded products.
    pub awarded_spending: Money,
    /// What is spent outside the award.
    pub outside_spending: Money,
    /// Baseline spending less the other two.
    pub saving: Money,
    /// The saving at its worth in the first year.
    pub discounted: Money,
}

/// A path over all years. Years add up to the whole, and so do lots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// The years from the first.
    pub years: Vec<PathYear>,
    /// Saving of each lot over all years, in the order of the basis.
    pub lots: Vec<Money>,
    /// All years together.
    pub whole: PathYear,
}

/// The values of a path in one year, and how often the award price was cut by then.
struct Values {
    uptake: Fraction,
    need: Fraction,
    outside_share: Fraction,
    outside_price: Fraction,
    price_left: Fraction,
}

/// The path on which every factor takes its end.
///
/// In year `t`, use is the agreed volume × uptake × (1 + growth)^(t-1). Of it, the outside share is bought at the outside
/// price times the baseline price, the rest at the award price × (1 - renewal cut)^k, where `k` is how often the lot's
/// term has run out. Each amount of a lot and year is rounded to the cent, half up; everything else is a sum of them.
///
/// # Errors
/// [`Inexact`] when an amount cannot be held.
pub fn path(basis: &Basis, assumptions: &Assumptions, ends: Ends, years: u32) -> Result<Path, Inexact> {
    let zero = PathYear {
        baseline_spending: Money::ZERO,
        awarded_spending: Money::ZERO,
        outside_spending: Money::ZERO,
        saving: Money::ZERO,
        discounted: Money::ZERO,
    };
    let mut path = Path { years: Vec::new(), lots: vec![Money::ZERO; basis.lots.len()], whole: zero };
    let rate = Fraction::one().plus(&Fraction::from(assumptions.discount.rate));
    let mut worth = Fraction::one();
    let mut need = Fraction::one();
    let growth = assumptions.need_growth.at(ends.of(Factor::NeedGrowth));
    let growth = Fraction::one().plus(&Fraction::from(growth));
    for year in 1..=years {
        let values = values(assumptions, ends, year, need.clone()).ok_or(Inexact)?;
        let mut sum = zero;
        for (lot, own) in basis.lots.iter().zip(&mut path.lots) {
            let renewed = power(&values.price_left, lot.renewals_before(year));
            let amounts = lot_year(lot, &values, &renewed)?;
            *own = own.plus(amounts.saving)?;
            sum = sum.plus(&amounts)?;
        }
        sum.discounted = Fraction::from(sum.saving).times(&worth).to_money(CENTS).ok_or(Inexact)?;
        path.whole = path.whole.plus(&sum)?;
        path.years.push(sum);
        worth = worth.over(&rate).ok_or(Inexact)?;
        need = need.times(&growth);
    }
    Ok(path)
}

fn values(assumptions: &Assumptions, ends: Ends, year: u32, need: Fraction) -> Option<Values> {
    let part = |value: Ratio| Fraction::from(value);
    let uptake = assumptions.uptake_in(year)?.at(ends.of(Factor::Uptake));
    let cut = assumptions.renewal_cut.at(ends.of(Factor::RenewalCut));
    Some(Values {
        uptake: part(uptake),
        need,
        outside_share: part(assumptions.outside_share.at(ends.of(Factor::OutsideShare))),
        outside_price: part(assumptions.outside_price.at(ends.of(Factor::OutsidePrice))),
        price_left: Fraction::one().minus(&part(cut)),
    })
}

fn lot_year(lot: &BasisLot, values: &Values, renewed: &Fraction) -> Result<PathYear, Inexact> {
    let used = values.uptake.times(&values.need);
    let inside = Fraction::one().minus(&values.outside_share);
    let before = Fraction::from(lot.baseline_value).times(&used);
    let awarded = Fraction::from(lot.award_value).times(&used).times(&inside).times(renewed);
    let outside = before.times(&values.outside_share).times(&values.outside_price);
    let cents = |amount: &Fraction| amount.to_money(CENTS).ok_or(Inexact);
    let (baseline_spending, awarded_spending, outside_spending) =
        (cents(&before)?, cents(&awarded)?, cents(&outside)?);
    let saving = baseline_spending.minus(awarded_spending)?.minus(outside_spending)?;
    Ok(PathYear { baseline_spending, awarded_spending, outside_spending, saving, discounted: Money::ZERO })
}

fn power(base: &Fraction, exponent: u32) -> Fraction {
    (0..exponent).fold(Fraction::one(), |product, _| product.times(base))
}

impl PathYear {
    fn plus(&self, other: &Self) -> Result<Self, Inexact> {
        Ok(Self {
            baseline_spending: self.baseline_spending.plus(other.baseline_spending)?,
            awarded_spending: self.awarded_spending.plus(other.awarded_spending)?,
            outside_spending: self.outside_spending.plus(other.outside_spending)?,
            saving: self.saving.plus(other.saving)?,
            discounted: self.discounted.plus(other.discounted)?,
        })
    }
}
