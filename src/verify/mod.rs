//! The solver-free recount: a second, short way from the same inputs to the same winners.

mod agree;
mod walk;

pub use agree::agree;
pub use walk::{Walked, walk};
