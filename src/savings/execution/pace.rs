//! How long the agreed volume lasts.

use crate::money::{Fraction, Ratio, Rounding, RoundingMode};
use crate::tender::{Date, Month};

/// Steps of a number of months.
const MONTHS: Rounding = Rounding::half_up(2);
/// A day that is begun is a day.
const DAYS: Rounding = Rounding { digits: 0, mode: RoundingMode::Up };

/// How long what is agreed for the years begun lasts, when use goes on as it has on average.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pace {
    /// Months from the start of the term that it lasts at the pace so far, to two decimals, half up.
    pub lasts_months: Option<Ratio>,
    /// The month in which it was used up, counted from 1 for the first of the term; `None` while some is left.
    pub used_up_month: Option<u32>,
    /// The day on which the last unit goes: within a month that was reported, by even use in that month; after the last, at
    /// the pace so far.
    pub used_up_on: Option<Date>,
    /// Days from the end of the last month reported to that day; 0 when it has passed.
    pub days_left: Option<u32>,
}

/// The pace at which `agreed` is bought, from what was bought in each month since `start`. Unknown where nothing is agreed;
/// the day stays unknown too while nothing has been bought.
pub(super) fn pace(agreed: &Fraction, months: &[Fraction], start: Month) -> Pace {
    let bought = Fraction::total(months.iter().cloned());
    let elapsed = u32::try_from(months.len()).unwrap_or(u32::MAX);
    if agreed.is_zero() || bought.is_zero() {
        return Pace::default();
    }
    let lasts = agreed.times(&Fraction::whole(elapsed)).over(&bought);
    let lasts_months = lasts.and_then(|months| months.rounded(MONTHS));
    if let Some((at, on)) = used_up(agreed, months, start) {
        return Pace { lasts_months, used_up_month: Some(at), used_up_on: on, days_left: Some(0) };
    }
    let days_left = days_left(agreed, &bought, elapsed, start);
    let end = start.plus(elapsed.saturating_sub(1)).and_then(Month::last_day);
    let used_up_on = days_left.and_then(|days| end?.plus_days(days));
    Pace { lasts_months, used_up_month: None, used_up_on, days_left }
}

/// The month in which the sum reached what is agreed, and the day within it.
fn used_up(agreed: &Fraction, months: &[Fraction], start: Month) -> Option<(u32, Option<Date>)> {
    let mut before = Fraction::zero();
    for (at, bought) in (0_u32..).zip(months) {
        let after = before.plus(bought);
        if after >= *agreed {
            let month = start.plus(at)?;
            let (first, last) = (month.first_day()?, month.last_day()?);
            let length = last.number().checked_sub(first.number())?.checked_add(1)?;
            let part = agreed.minus(&before).over(bought)?;
            let day = whole(&part.times(&Fraction::whole(length)))?;
            return Some((at.saturating_add(1), first.plus_days(day.saturating_sub(1))));
        }
        before = after;
    }
    None
}

/// Days that what is left lasts at the mean of all days so far.
fn days_left(agreed: &Fraction, bought: &Fraction, elapsed: u32, start: Month) -> Option<u32> {
    let first = start.first_day()?;
    let last = start.plus(elapsed.checked_sub(1)?)?.last_day()?;
    let days = last.number().checked_sub(first.number())?.checked_add(1)?;
    whole(&agreed.minus(bought).times(&Fraction::whole(days)).over(bought)?)
}

/// Days, a begun one counted whole.
fn whole(days: &Fraction) -> Option<u32> {
    u32::try_from(days.rounded(DAYS)?.in_steps(0)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Quantity;

    fn of(agreed: &str, months: &[&str]) -> (String, Option<u32>, String, Option<u32>) {
        let fraction = |text: &&str| Fraction::from(Quantity::parse(text).unwrap());
        let months: Vec<Fraction> = months.iter().map(fraction).collect();
        let pace = pace(&fraction(&agreed), &months, Month::parse("2021-01").unwrap());
        let text = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
        (
            text(pace.lasts_months.map(|value| value.to_string())),
            pace.used_up_month,
            text(pace.used_up_on.map(|value| value.to_string())),
            pace.days_left,
        )
    }

    #[test]
    fn the_day_on_which_the_last_unit_goes() {
        // Even use: 31 units in 31 days, 10 of them agreed.
        assert_eq!(of("10", &["31"]), ("0.32".to_owned(), Some(1), "2021-01-10".to_owned(), Some(0)));
        // A day that is begun counts: 10.5 of 31 units end on day 11.
        assert_eq!(of("10.5", &["31"]).2, "2021-01-11");
        // Reached with the last unit of a month: that month's last day, not the next month.
        assert_eq!(of("31", &["31", "28"]), ("1.05".to_owned(), Some(1), "2021-01-31".to_owned(), Some(0)));
        assert_eq!(of("31.0001", &["31", "28"]).2, "2021-02-01");
    }

    #[test]
    fn what_is_left_lasts_at_the_pace_so_far() {
        // 59 units in 59 days; 10 more are agreed.
        assert_eq!(of("69", &["31", "28"]), ("2.34".to_owned(), None, "2021-03-10".to_owned(), Some(10)));
        assert_eq!(of("69.5", &["31", "28"]).3, Some(11));
    }

    #[test]
    fn nothing_bought_or_nothing_agreed_has_no_pace() {
        let unknown = ("-".to_owned(), None, "-".to_owned(), None);
        assert_eq!(of("10", &["0", "0"]), unknown);
        assert_eq!(of("0", &["3"]), unknown);
        // A month without purchases is passed over, not divided by.
        assert_eq!(of("10", &["0", "10"]).1, Some(2));
    }
}
