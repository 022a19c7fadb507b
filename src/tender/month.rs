//! Calendar months.

use std::fmt;

use super::Date;

/// A month of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: u16,
    month: u8,
}

impl Month {
    /// Months of a year.
    pub const OF_A_YEAR: u32 = 12;

    /// The month that a day lies in.
    pub fn of(day: Date) -> Self {
        Self { year: day.year(), month: day.month() }
    }

    /// Reads `2021-08`, and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let seven = text.len() == 7 && text.is_ascii();
        Date::parse(&format!("{text}-01")).filter(|_| seven).map(Self::of)
    }

    /// Its first day.
    pub fn first_day(self) -> Option<Date> {
        Date::new(self.year, self.month, 1)
    }

    /// Its last day.
    pub fn last_day(self) -> Option<Date> {
        Date::last_of(self.year, self.month)
    }

    /// How many months after `start` it lies: 0 for `start` itself; `None` when it lies before.
    pub fn since(self, start: Self) -> Option<u32> {
        self.number().checked_sub(start.number())
    }

    /// The month so many months later; `None` past the end of the calendar.
    pub fn plus(self, months: u32) -> Option<Self> {
        let number = self.number().checked_add(months)?;
        let year = u16::try_from(number.checked_div(Self::OF_A_YEAR)?).ok()?;
        let month = u8::try_from(number.checked_rem(Self::OF_A_YEAR)?.checked_add(1)?).ok()?;
        Date::new(year, month, 1).map(Self::of)
    }

    /// Months since the beginning of year 0.
    fn number(self) -> u32 {
        let years = u32::from(self.year).saturating_mul(Self::OF_A_YEAR);
        years.saturating_add(u32::from(self.month)).saturating_sub(1)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:04}-{:02}", self.year, self.month))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_counted_over_the_turn_of_the_year() {
        let month = |text: &str| Month::parse(text).unwrap();
        assert_eq!(month("2021-01").since(month("2020-11")), Some(2));
        assert_eq!(month("2020-10").since(month("2020-11")), None);
        assert_eq!(month("2020-11").plus(14), Some(month("2022-01")));
        assert_eq!(month("2020-12").plus(0), Some(month("2020-12")));
        assert_eq!(month("2024-02").last_day(), Date::parse("2024-02-29"));
        assert_eq!(month("2024-02").to_string(), "2024-02");
    }

    #[test]
    fn only_months_that_exist() {
        for text in ["2021-13", "2021-00", "2021-8", "2021-08-01", "202108", "2021/08", "", "二〇二一-8"]
        {
            assert_eq!(Month::parse(text), None, "{text}");
        }
    }
}
