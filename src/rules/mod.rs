//! Rule sets and one file per rule.

/// The dated, cited parameters and rules of one round.
#[derive(Debug, Clone)]
pub struct RuleSet;
