//! Surplus that hospitals keep (结余留用).
//!
//! For each awarded product the budget is the agreed volume at the price before, times the share that the fund pays and the
//! share of insured use; the spending is the awarded volume bought, but no more than the agreed, at its own price and the
//! same shares. The base is what is left over all products of a hospital; its score says which share of it the hospital
//! keeps. A product that has completed a full cycle in an earlier round is not counted. Every product amount, the base
//! and the kept part are rounded to the cent, half up.

use std::collections::BTreeMap;

use super::payers::Band;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::money::{Fraction, Inexact, Money, Quantity, Ratio, Rounding, UnitPrice};
use crate::tender::RetentionRow;

const CENTS: Rounding = Rounding::half_up(2);

/// What one hospital keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HospitalSurplus {
    /// The hospital.
    pub institution: String,
    /// By product.
    pub products: Vec<ProductSurplus>,
    /// Sum of the products' budgets.
    pub budget: Money,
    /// Sum of their spending.
    pub spending: Money,
    /// Budget less spending; below zero when more was spent.
    pub base: Money,
    /// The hospital's score.
    pub score: Ratio,
    /// The share of its band.
    pub share: Ratio,
    /// What it keeps: the share of the base; nothing of a base below zero.
    pub kept: Money,
    /// What stays with the fund: the base less what is kept.
    pub stays: Money,
}

/// The surplus on one product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductSurplus {
    /// The product.
    pub product: String,
    /// Whether it counts.
    pub counted: bool,
    /// Agreed volume at the price before, as far as the fund pays; zero when it does not count.
    pub budget: Money,
    /// What the fund spent on the awarded product up to the agreed volume; zero when it does not count.
    pub spending: Money,
}

/// What hospitals keep, by hospital.
///
/// # Errors
/// A hospital with two scores; amounts that cannot be held.
pub fn retained(rows: &[RetentionRow], bands: &[Band]) -> Result<Vec<HospitalSurplus>, Diagnostics> {
    let mut hospitals: BTreeMap<&str, Vec<&RetentionRow>> = BTreeMap::new();
    for row in rows {
        hospitals.entry(&row.institution).or_default().push(row);
    }
    let mut problems = Diagnostics::new();
    let mut all = Vec::new();
    for (institution, rows) in hospitals {
        if rows.windows(2).any(|pair| matches!(pair, [one, other] if one.score != other.score)) {
            problems.push(Diagnostic::new(Code::ScoresDiffer).with("institution", institution));
            continue;
        }
        match hospital(institution, &rows, bands) {
            Ok(surplus) => all.push(surplus),
            Err(Inexact) => problems.push(Diagnostic::new(Code::PayersTooLarge).with("of", institution)),
        }
    }
    if problems.has_errors() { Err(problems) } else { Ok(all) }
}

fn hospital(institution: &str, rows: &[&RetentionRow], bands: &[Band]) -> Result<HospitalSurplus, Inexact> {
    let products = rows.iter().map(|row| product(row)).collect::<Result<Vec<_>, _>>()?;
    let budget = Money::total(products.iter().map(|product| product.budget))?;
    let spending = Money::total(products.iter().map(|product| product.spending))?;
    let base = budget.minus(spending)?;
    let score = rows.first().map_or(Ratio::ZERO, |row| row.score);
    let share = bands.iter().find(|band| band.reached_by(score)).map_or(Ratio::ZERO, |band| band.share);
    let kept = base.max(Money::ZERO).scaled(share)?.rounded(CENTS)?;
    let stays = base.minus(kept)?;
    let institution = institution.to_owned();
    Ok(HospitalSurplus { institution, products, budget, spending, base, score, share, kept, stays })
}

fn product(row: &RetentionRow) -> Result<ProductSurplus, Inexact> {
    let paid = |price: UnitPrice, volume: Quantity| {
        let shares = Fraction::from(row.fund_ratio).times(&Fraction::from(row.insured_share));
        let cost = Fraction::from(price).times(&Fraction::from(volume));
        cost.times(&shares).to_money(CENTS).ok_or(Inexact)
    };
    let counted = !row.cycle_done;
    let (budget, spending) = match counted {
        true => {
            (paid(row.price_before, row.agreed_volume)?, paid(row.price, row.volume.min(row.agreed_volume))?)
        }
        false => (Money::ZERO, Money::ZERO),
    };
    Ok(ProductSurplus { product: row.product.clone(), counted, budget, spending })
}

#[cfg(test)]
mod tests {
    use super::super::payers::Profile;
    use super::*;

    fn row(institution: &str, product: &str, volume: &str, score: &str) -> RetentionRow {
        let quantity = |text: &str| Quantity::parse(text).unwrap();
        let price = |text: &str| UnitPrice::parse(text).unwrap();
        let ratio = |text: &str| Ratio::parse(text).unwrap();
        RetentionRow {
            institution: institution.to_owned(),
            product: product.to_owned(),
            agreed_volume: quantity("3600"),
            price_before: price("1.10"),
            volume: quantity(volume),
            price: price("0.367111"),
            fund_ratio: ratio("0.70"),
            insured_share: ratio("0.90"),
            score: ratio(score),
            cycle_done: false,
        }
    }

    fn kept(rows: &[RetentionRow]) -> Vec<HospitalSurplus> {
        retained(rows, &Profile::built_in("cn-jiangxi-2022").unwrap().retention).unwrap()
    }

    #[test]
    fn the_worked_example_to_the_last_digit() {
        let found = kept(&[row("H", "x", "3000", "85")]);
        let hospital = &found[0];
        let figures = [hospital.budget, hospital.spending, hospital.base, hospital.kept, hospital.stays];
        let figures = figures.map(|figure| figure.to_string());
        assert_eq!(figures, ["2494.80", "693.84", "1800.96", "900.48", "900.48"]);
        assert_eq!(kept(&[row("H", "x", "3000", "75")])[0].kept.to_string(), "720.38");
    }

    #[test]
    fn both_sides_of_every_band() {
        let share = |score: &str| kept(&[row("H", "x", "3000", score)])[0].share.to_string();
        let scores = ["100", "80.01", "80", "79.99", "70", "69.99", "60", "59.99", "0"];
        let shares = ["0.5", "0.5", "0.4", "0.4", "0.4", "0.3", "0.3", "0", "0"];
        assert_eq!(scores.map(share), shares);
    }

    #[test]
    fn volume_beyond_the_agreed_and_finished_cycles_are_left_out() {
        let at = kept(&[row("H", "x", "3600", "85")])[0].spending;
        assert_eq!(kept(&[row("H", "x", "9999", "85")])[0].spending, at);
        assert!(kept(&[row("H", "x", "3599", "85")])[0].spending < at);
        let mut done = row("H", "x", "3000", "85");
        done.cycle_done = true;
        let found = kept(&[done, row("H", "y", "3000", "85")]);
        assert_eq!((found[0].base.to_string(), found[0].products[0].counted), ("1800.96".to_owned(), false));
    }

    #[test]
    fn a_base_below_zero_keeps_nothing_and_two_scores_are_refused() {
        let mut dear = row("H", "x", "3600", "85");
        dear.price = UnitPrice::parse("1.2").unwrap();
        let found = kept(&[dear]);
        assert_eq!((found[0].kept, found[0].stays), (Money::ZERO, found[0].base));
        assert!(found[0].base < Money::ZERO);
        let rows = [row("H", "x", "1", "85"), row("H", "y", "1", "84")];
        let refused = retained(&rows, &Profile::built_in("cn-jiangxi-2022").unwrap().retention);
        assert_eq!(refused.unwrap_err().iter().next().unwrap().code, Code::ScoresDiffer);
    }
}
