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
    fn only_days_that_exist() {
        assert_eq!(Date::parse("2024-02-29").unwrap().to_string(), "2024-02-29");
        for text in
            ["2023-02-29", "2019-8-1", "2019/08/01", "2019-13-01", "2019-04-31", "19-04-30", "2019-04-30-1"]
        {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }
}
