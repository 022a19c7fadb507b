//! Rule `term-until`.

use crate::tender::Date;

/// The agreed volume is bought up to a stated day.
///
/// # What it checks
/// Nothing; it states the last day of the term, whatever the number of winners.
///
/// # Why
/// Rounds that end on one day can be renewed together.
///
/// # Parameters
/// - `until` (day): the last day.
///
/// # Example
/// The term ends on 2027-12-31 with one winner as with ten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermUntil {
    /// The last day.
    pub until: Date,
}

impl TermUntil {
    /// The rule's id.
    pub const ID: &'static str = "term-until";
}
