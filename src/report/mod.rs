//! What is written, one file per format.

pub mod chart;
pub mod reading;
