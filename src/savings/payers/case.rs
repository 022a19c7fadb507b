//! One bill, and who pays it.

use super::{Insured, Profile, Setting};
use crate::money::{Fraction, Inexact, Money, Ratio, Rounding, UnitPrice};

/// Steps of every payment; half up, as bills are settled.
const CENTS: Rounding = Rounding::half_up(2);

/// A bill of one stay or one year, within the catalogue of the insurance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bill {
    /// What is billed.
    pub amount: Money,
    /// The payment standard, when it lies below the bill: what is above it is the patient's alone.
    pub standard: Option<Money>,
}

/// Who pays a bill; the parts add up to it exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BillParts {
    /// The fund of basic insurance.
    pub fund: Money,
    /// Critical-illness insurance.
    pub critical_illness: Money,
    /// Medical assistance.
    pub assistance: Money,
    /// The patient, with what is above the payment standard.
    pub patient: Money,
}

/// Who pays a bill of a kind of insured in a setting.
///
/// In order: the fund pays its rate above the deductible, up to its cap; critical-illness insurance pays on what is then
/// left; medical assistance on what is left after that; the patient has the rest. Each payment is rounded to the cent,
/// half up, and the patient's part is a difference, so nothing is lost.
///
/// # Errors
/// [`Inexact`] when an amount cannot be held.
pub fn bill_parts(
    profile: &Profile,
    insured: &Insured,
    setting: &Setting,
    bill: Bill,
) -> Result<BillParts, Inexact> {
    let covered = bill.standard.map_or(bill.amount, |standard| standard.min(bill.amount));
    let fund = paid(covered, setting.deductible, setting.rate, setting.cap)?;
    let left = covered.minus(fund)?;
    let layer = &profile.critical_illness;
    let deductible = layer.deductible.scaled(insured.critical_deductible_multiple)?;
    let cap = layer.cap.filter(|_| insured.critical_capped);
    let critical_illness = paid(left, deductible, insured.critical_rate, cap)?;
    let left = left.minus(critical_illness)?;
    let layer = &profile.assistance;
    let assistance = match insured.assistance {
        true => paid(left, layer.deductible, layer.rate, layer.cap)?,
        false => Money::ZERO,
    };
    let patient = bill.amount.minus(Money::total([fund, critical_illness, assistance])?)?;
    Ok(BillParts { fund, critical_illness, assistance, patient })
}

/// The payment standard of a bill for a product outside the award, in the first year.
///
/// An award price is the standard of awarded products. A product of the same generic that costs more keeps its price as
/// the standard for now; when that is far above the award price it comes down by the profile's cut, but not below the award
/// price. The bill shrinks in proportion, to the cent, half up. `None` when the price of the product is zero.
pub fn first_year_standard(
    profile: &Profile,
    award: UnitPrice,
    product: UnitPrice,
    bill: Money,
) -> Option<Money> {
    let terms = &profile.payment_standard;
    let (award, product) = (Fraction::from(award), Fraction::from(product));
    let far_above = product > award.times(&Fraction::from(terms.far_above));
    let left = Fraction::one().minus(&Fraction::from(terms.first_year_cut));
    let standard = if far_above { product.times(&left).max(award) } else { product.clone() };
    Fraction::from(bill).times(&standard).over(&product)?.to_money(CENTS)
}

/// What a layer pays of an amount.
fn paid(amount: Money, deductible: Money, rate: Ratio, cap: Option<Money>) -> Result<Money, Inexact> {
    let above = amount.minus(deductible)?.max(Money::ZERO);
    let paid = above.scaled(rate)?.rounded(CENTS)?.min(amount);
    Ok(cap.map_or(paid, |cap| paid.min(cap)))
}
