//! The solver-free recount: a second, short way from the same inputs to the same winners.

mod walk;

pub use walk::{Walked, walk};
