//! Calendar days.

use std::fmt;

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day, if it exists.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        (year > 0 && day >= 1 && day <= days).then_some(Self { year, month, day })
    }

    /// Reads `2019-08-01`, and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let mut part = |digits: usize| {
            parts.next().filter(|text| text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        if parts.next().is_some() {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// Its year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// Its month, from 1.
    pub fn month(self) -> u8 {
        self.month
    }

    /// Days from the first day of year 1, which is a Monday and has number 0.
    pub fn number(self) -> u32 {
        let years = u32::from(self.year).saturating_sub(1);
        let leap_days = (years / 4).saturating_sub(years / 100).saturating_add(years / 400);
        let days = years.saturating_mul(365).saturating_add(leap_days);
        let before = (1..self.month).filter_map(|month| Self::last_of(self.year, month));
        let before = before.map(|last| u32::from(last.day)).fold(days, u32::saturating_add);
        before.saturating_add(u32::from(self.day)).saturating_sub(1)
    }

    /// The last day of a month.
    pub fn last_of(year: u16, month: u8) -> Option<Self> {
        (28..=31).rev().find_map(|day| Self::new(year, month, day))
    }

    /// Whether it is a Saturday or a Sunday.
    pub fn is_weekend(self) -> bool {
        matches!(self.number().checked_rem(7), Some(5 | 6))
    }

    /// The day so many days later; `None` past the end of the calendar.
    pub fn plus_days(self, days: u32) -> Option<Self> {
        (0..days).try_fold(self, |day, _| day.next())
    }

    /// The same day of the month after, or that month's last.
    pub fn next_month(self) -> Option<Self> {
        let (year, month) = match self.month {
            12 => (self.year.checked_add(1)?, 1),
            month => (self.year, month.saturating_add(1)),
        };
        Self::new(year, month, self.day).or_else(|| Self::last_of(year, month))
    }

    /// The day after; `None` at the end of the calendar.
    pub fn next(self) -> Option<Self> {
        let (year, month, day) = (self.year, self.month, self.day);
        Self::new(year, month, day.saturating_add(1))
            .or_else(|| Self::new(year, month.saturating_add(1), 1))
            .or_else(|| Self::new(year.checked_add(1)?, 1, 1))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_after_crosses_months_and_years() {
        for (day, after) in
            [("2024-02-28", "2024-02-29"), ("2023-02-28", "2023-03-01"), ("2019-12-31", "2020-01-01")]
        {
            assert_eq!(Date::parse(day).unwrap().next(), Date::parse(after));
        }
    }

    #[test]
    fn days_are_numbered_and_weekends_known() {
        let day = |text: &str| Date::parse(text).unwrap();
        assert_eq!(day("0001-01-01").number(), 0);
        // 719,162 days from the first day to the epoch of Unix, a Thursday.
        assert_eq!((day("1970-01-01").number(), day("1970-01-01").number() % 7), (719_162, 3));
        assert_eq!(day("2024-03-01").number() - day("2024-02-28").number(), 2);
        assert_eq!(day("2100-03-01").number() - day("2100-02-28").number(), 1);
        let weekend =
            ["2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"].map(|text| day(text).is_weekend());
        assert_eq!(weekend, [false, true, true, false]);
        assert_eq!(day("2023-12-31").plus_days(60), Some(day("2024-02-29")));
        assert_eq!(day("2024-01-31").next_month(), Some(day("2024-02-29")));
        assert_eq!(day("2023-12-05").next_month(), Some(day("2024-01-05")));
    }

    #[test]
    fn only_days_that_exist() {
        assert_eq!(Date::parse("2024-02-29").unwrap().to_string(), "2024-02-29");
        for text in
            ["2023-02-29", "2019-8-1", "2019/08/01", "2019-13-01", "2019-04-31", "19-04-30", "2019-04-30-1"]
        {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }
}
