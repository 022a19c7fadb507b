//! Files to tables of text with positions.
