//! jicai evaluates centralised, volume-based tenders.
//!
//! ```text
//! read -> validate -> compare -> screen -> model -> solve -> certify -> allocate -> save -> report
//!  |         |           |          |         |        |        |          |          |       |
//! tables   Tender    Comparable  Screened   Award  Candidate Certified  Allocation Savings  files
//! of text            Tender      Tender     Model            Award
//! ```
//!
//! One direction, one type per stage, so that no stage can be skipped.
#![deny(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::float_arithmetic,
    clippy::iter_over_hash_type,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::too_many_lines
)]

pub mod allocate;
pub mod certify;
pub mod compare;
pub mod diagnostics;
pub mod model;
pub mod money;
pub mod read;
pub mod report;
pub mod rules;
pub mod savings;
pub mod screen;
pub mod solve;
pub mod tender;
pub mod text;
pub mod validate;
pub mod verify;
