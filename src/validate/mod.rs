//! Tables of text to a Tender, all errors collected.
