//! Days in another form than `2019-08-01`.

use crate::tender::Date;

/// The day that `text` can only have meant: year first, as in `2019/8/1`, `2019.8.1`, `2019年8月1日` or `20190801`.
///
/// With the year last nobody knows which of the other two is the month.
pub(super) fn corrected_date(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let (year, rest) = text.split_at_checked(4)?;
        let (month, day) = rest.split_at_checked(2)?;
        return day_of(year, month, day);
    }
    let text = text.trim_end_matches('日');
    let mut parts = text.split(['-', '/', '.', '年', '月']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() { None } else { day_of(year, month, day) }
}

fn day_of(year: &str, month: &str, day: &str) -> Option<Date> {
    let digits = |part: &str, lengths: &[usize]| {
        lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !digits(year, &[4]) || !digits(month, &[1, 2]) || !digits(day, &[1, 2]) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_year_first_is_understood() {
        for text in ["2019/8/1", "2019.08.01", "2019年8月1日", "20190801", "2019-8-1"] {
            assert_eq!(corrected_date(text).unwrap().to_string(), "2019-08-01", "{text}");
        }
        for text in ["1/8/2019", "2019-13-01", "2019-08", "43678", "2019-08-01 00:00"] {
            assert_eq!(corrected_date(text), None, "{text}");
        }
    }
}
