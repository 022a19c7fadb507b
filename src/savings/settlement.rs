//! The fund pays firms directly (直接结算): a year of months, beside the old practice.
//!
//! A delivery of one month is filed on a day of the next, confirmed by the hospital within some working days and paid
//! within some more; a share of the contract may be paid when it starts. In the old practice the hospital pays so many days
//! after the month of delivery has ended. What the difference is worth to a firm is simple interest: amount times rate
//! times days over the days of a year, each amount rounded to the cent, half up. Working days are Monday to Friday
//! without the holidays that are given.

use std::collections::BTreeSet;

use super::payers::Settlement;
use crate::money::{Fraction, Inexact, Money, Rounding, split_money};
use crate::tender::Date;

const CENTS: Rounding = Rounding::half_up(2);

/// Months of a year.
const MONTHS: usize = 12;

/// What a supplier delivers in a region in a year.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Contract {
    /// Who delivers.
    pub supplier_id: String,
    /// Where.
    pub region: String,
    /// Value at the award prices.
    pub value: Money,
}

/// One month of a contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthOfContract {
    /// Who delivers.
    pub supplier_id: String,
    /// Where.
    pub region: String,
    /// First day of the month of delivery.
    pub month: Date,
    /// Value delivered; the twelve months add up to the contract.
    pub delivered: Money,
    /// Part of it that was paid when the contract started.
    pub prepaid: Money,
    /// The rest, paid by the fund.
    pub paid: Money,
    /// When the firm files.
    pub filed_on: Date,
    /// When the hospital has confirmed.
    pub confirmed_by: Date,
    /// When the fund has paid.
    pub paid_by: Date,
    /// When the hospital would have paid.
    pub old_paid_by: Date,
    /// What the earlier payment is worth; below zero when it is later.
    pub worth: Money,
}

/// A year of months for every contract, by supplier, region and month; deliveries are even over the year.
///
/// # Errors
/// [`Inexact`] when an amount cannot be held or a day lies past the end of the calendar.
pub fn settled(
    contracts: &[Contract],
    start: Date,
    terms: &Settlement,
    holidays: &BTreeSet<Date>,
) -> Result<Vec<MonthOfContract>, Inexact> {
    let months = months(start, terms, holidays).ok_or(Inexact)?;
    let mut contracts = contracts.to_vec();
    contracts.sort();
    let even = vec![Fraction::one(); MONTHS];
    let mut all = Vec::new();
    for contract in &contracts {
        let delivered = split_money(contract.value, &even)?;
        let prepaid = contract.value.scaled(terms.prepaid_share)?.rounded(CENTS)?.min(contract.value);
        let prepaid = split_money(prepaid, &even)?;
        for ((month, delivered), prepaid) in months.iter().zip(delivered).zip(prepaid) {
            let prepaid = prepaid.min(delivered);
            let paid = delivered.minus(prepaid)?;
            let worth = Money::total([
                interest(paid, month.paid_by, month.old_paid_by, terms)?,
                interest(prepaid, start, month.old_paid_by, terms)?,
            ])?;
            all.push(MonthOfContract {
                supplier_id: contract.supplier_id.clone(),
                region: contract.region.clone(),
                month: month.first,
                delivered,
                prepaid,
                paid,
                filed_on: month.filed_on,
                confirmed_by: month.confirmed_by,
                paid_by: month.paid_by,
                old_paid_by: month.old_paid_by,
                worth,
            });
        }
    }
    Ok(all)
}

/// The days of one month of delivery.
struct Month {
    first: Date,
    filed_on: Date,
    confirmed_by: Date,
    paid_by: Date,
    old_paid_by: Date,
}

fn months(start: Date, terms: &Settlement, holidays: &BTreeSet<Date>) -> Option<Vec<Month>> {
    let mut first = Date::new(start.year(), start.month(), 1)?;
    let mut months = Vec::new();
    for _ in 0..MONTHS {
        let next = first.next_month()?;
        let day = u8::try_from(terms.file_by_day).ok()?;
        let filed_on = Date::new(next.year(), next.month(), day)?;
        let confirmed_by = working_days_after(filed_on, terms.confirm_working_days, holidays)?;
        let paid_by = working_days_after(confirmed_by, terms.pay_working_days, holidays)?;
        let last = Date::last_of(first.year(), first.month())?;
        let old_paid_by = last.plus_days(terms.old_days_outstanding)?;
        months.push(Month { first, filed_on, confirmed_by, paid_by, old_paid_by });
        first = next;
    }
    Some(months)
}

/// The day so many working days after another, which does not count itself.
pub fn working_days_after(day: Date, count: u32, holidays: &BTreeSet<Date>) -> Option<Date> {
    let (mut day, mut left) = (day, count);
    while left > 0 {
        day = day.next()?;
        if !day.is_weekend() && !holidays.contains(&day) {
            left = left.saturating_sub(1);
        }
    }
    Some(day)
}

/// Simple interest on an amount that comes on one day instead of another.
fn interest(amount: Money, on: Date, instead_of: Date, terms: &Settlement) -> Result<Money, Inexact> {
    let earlier = Fraction::whole(instead_of.number()).minus(&Fraction::whole(on.number()));
    let year = Fraction::whole(terms.days_in_year);
    let share = Fraction::from(terms.interest_rate).times(&earlier).over(&year).ok_or(Inexact)?;
    Fraction::from(amount).times(&share).to_money(CENTS).ok_or(Inexact)
}

#[cfg(test)]
mod tests {
    use super::super::payers::Profile;
    use super::*;
    use crate::money::Ratio;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn terms(prepaid: &str) -> Settlement {
        let mut terms = Profile::built_in("cn-jiangxi-2022").unwrap().settlement;
        terms.prepaid_share = Ratio::parse(prepaid).unwrap();
        terms.interest_rate = Ratio::parse("0.0365").unwrap();
        terms
    }

    fn contract(value: &str) -> Contract {
        let value = Money::parse(value).unwrap();
        Contract { supplier_id: "S".to_owned(), region: "R".to_owned(), value }
    }

    #[test]
    fn working_days_skip_weekends_and_holidays() {
        let none = BTreeSet::new();
        // 5 January 2023 is a Thursday.
        assert_eq!(working_days_after(day("2023-01-05"), 5, &none), Some(day("2023-01-12")));
        assert_eq!(working_days_after(day("2023-01-07"), 1, &none), Some(day("2023-01-09")));
        assert_eq!(working_days_after(day("2023-01-05"), 0, &none), Some(day("2023-01-05")));
        let holidays = BTreeSet::from([day("2023-01-06"), day("2023-01-08"), day("2023-01-09")]);
        assert_eq!(working_days_after(day("2023-01-05"), 1, &holidays), Some(day("2023-01-10")));
    }

    #[test]
    fn a_month_by_hand() {
        let months = settled(&[contract("12000")], day("2023-01-01"), &terms("0"), &BTreeSet::new()).unwrap();
        let first = &months[0];
        assert_eq!((first.filed_on, first.confirmed_by), (day("2023-02-05"), day("2023-02-10")));
        assert_eq!((first.paid_by, first.old_paid_by), (day("2023-02-24"), day("2023-07-30")));
        // 156 days earlier at 0.0001 a day.
        assert_eq!((first.paid.to_string(), first.worth.to_string()), ("1000.00".into(), "15.60".into()));
        assert_eq!((months.len(), months[11].month), (12, day("2023-12-01")));
    }

    #[test]
    fn months_add_up_and_prepayment_comes_off_them() {
        for (value, prepaid) in [("100", "0.3"), ("0.05", "0.5"), ("1234567.8912", "1"), ("0", "0.3")] {
            let whole = contract(value);
            let months =
                settled(std::slice::from_ref(&whole), day("2023-01-01"), &terms(prepaid), &BTreeSet::new());
            let months = months.unwrap();
            assert_eq!(Money::total(months.iter().map(|month| month.delivered)), Ok(whole.value));
            for month in &months {
                assert_eq!(month.prepaid.plus(month.paid), Ok(month.delivered));
            }
        }
        let months =
            settled(&[contract("12000")], day("2023-01-01"), &terms("0.3"), &BTreeSet::new()).unwrap();
        // 700 × 156 days and 300 × 210 days, at 0.0001 a day.
        assert_eq!(
            (months[0].prepaid.to_string(), months[0].worth.to_string()),
            ("300.00".into(), "17.22".into())
        );
    }

    #[test]
    fn later_than_before_is_a_loss() {
        let mut terms = terms("0");
        terms.old_days_outstanding = 0;
        let months = settled(&[contract("12000")], day("2023-01-01"), &terms, &BTreeSet::new()).unwrap();
        assert_eq!(months[0].worth.to_string(), "-2.40");
    }
}
