//! Rule `term-by-winners`.

use super::Table;

/// How long the agreement runs, by the number of winners.
///
/// # What it checks
/// Nothing; it gives the term of the procurement agreement (采购周期) in years.
///
/// # Why
/// A long agreement with a single supplier would leave the buyer without a choice for long.
///
/// # Parameters
/// - `years` (years): a table by number of winners, or a parameter.
///
/// # Example
/// Five winners under the table 1, 1, 2, 3: three years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermByWinners {
    /// Years by number of winners.
    pub years: Table<u32>,
}

impl TermByWinners {
    /// The rule's id.
    pub const ID: &'static str = "term-by-winners";

    /// The term in years; `None` without winners.
    pub fn years(&self, winners: u32) -> Option<u32> {
        self.years.at(winners).copied()
    }
}
