//! Small random tenders over the bidding language, and their best awards by trying all.

#[path = "random/dice.rs"]
mod dice;
#[path = "random/limits.rs"]
mod limits;
#[path = "random/moved.rs"]
mod moved;
#[path = "random/named.rs"]
mod named;
#[path = "random/oracle.rs"]
mod oracle;
#[path = "random/paid.rs"]
mod paid;
#[path = "random/tender.rs"]
mod tender;
#[path = "random/text.rs"]
mod text;

pub use dice::Dice;
pub use oracle::{Best, best, best_on};
pub use tender::{Stated, Tender, WORDS, tender};
