//! The solver-free recount: a second, short way from the same inputs to the same winners.
//!
//! | file | what |
//! | --- | --- |
//! | `filed` | the bids of a lot, and which of two comes first |
//! | `walk` | the rules of a ranked round, one after the other |
//! | `second_chance` | who may win by lowering its price |
//! | `spread` | in which lots the highest price is excluded |
//! | `agree` | the certified award beside the walk |

mod agree;
mod filed;
mod second_chance;
mod spread;
mod walk;

pub use agree::agree;
pub use filed::Round;
pub use spread::{Bites, bites};
pub use walk::{Walked, walk};
