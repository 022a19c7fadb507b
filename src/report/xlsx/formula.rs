//! The formulas of the sheets of savings, as text. Rows are counted from 1, as in a spreadsheet.

use crate::money::{Rounding, RoundingMode};

/// The rows of a table that formulas go over.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    /// The table's sheet, where the formula stands on another one.
    pub(super) sheet: Option<&'a str>,
    /// First row.
    pub(super) first: usize,
    /// Last row.
    pub(super) last: usize,
}

impl Rows<'_> {
    /// A column of the table, as `$G$8:$G$99`.
    pub(super) fn column(self, letter: char) -> String {
        let sheet = self.sheet.map(|name| format!("'{}'!", name.replace('\'', "''"))).unwrap_or_default();
        format!("{sheet}${letter}${}:${letter}${}", self.first, self.last)
    }

    /// The sum of column `summed` over the rows whose `known` is above zero.
    pub(super) fn sum_known(self, summed: char, known: char) -> String {
        format!("SUMIF({},\">0\",{})", self.column(known), self.column(summed))
    }
}

/// `expression` rounded as the rule set rounds.
pub(super) fn rounded(expression: &str, rounding: Rounding) -> String {
    let digits = rounding.digits;
    match rounding.mode {
        RoundingMode::HalfUp => format!("ROUND({expression},{digits})"),
        RoundingMode::Down => format!("ROUNDDOWN({expression},{digits})"),
        RoundingMode::Up => format!("ROUNDUP({expression},{digits})"),
        // Half of an even step goes down, half of an odd one up, which is what ROUND does anyway.
        RoundingMode::HalfEven => format!(
            "IF(MOD(ABS({expression})*10^{digits},2)=0.5,ROUNDDOWN({expression},{digits}),ROUND({expression},{digits}))"
        ),
    }
}

/// `then` where `known` is a number above zero, else an empty text.
pub(super) fn where_known(known: &str, then: &str) -> String {
    format!("IF(N({known})>0,{then},\"\")")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_another_sheet_are_named_with_it() {
        let here = Rows { sheet: None, first: 8, last: 9 };
        assert_eq!(here.sum_known('M', 'J'), "SUMIF($J$8:$J$9,\">0\",$M$8:$M$9)");
        let there = Rows { sheet: Some("bidder's"), ..here };
        assert_eq!(there.column('A'), "'bidder''s'!$A$8:$A$9");
    }

    #[test]
    fn every_mode_of_rounding_has_its_formula() {
        let mode = |mode| rounded("A1", Rounding { digits: 4, mode });
        assert_eq!(mode(RoundingMode::HalfUp), "ROUND(A1,4)");
        assert_eq!(mode(RoundingMode::Down), "ROUNDDOWN(A1,4)");
        assert_eq!(mode(RoundingMode::Up), "ROUNDUP(A1,4)");
        assert!(mode(RoundingMode::HalfEven).starts_with("IF(MOD(ABS(A1)*10^4,2)=0.5,ROUNDDOWN(A1,4)"));
    }
}
