//! Rule sets and one file per rule.
