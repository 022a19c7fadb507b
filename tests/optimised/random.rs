//! Small random tenders over the bidding language, and their best awards by trying all.

#[path = "random/dice.rs"]
mod dice;
#[path = "random/given.rs"]
mod given;
#[path = "random/less.rs"]
mod less;
#[path = "random/limits.rs"]
mod limits;
#[path = "random/moved.rs"]
mod moved;
#[path = "random/named.rs"]
mod named;
#[path = "random/offers.rs"]
mod offers;
#[path = "random/oracle.rs"]
mod oracle;
#[path = "random/paid.rs"]
mod paid;
#[path = "random/small.rs"]
mod small;
#[path = "random/stated.rs"]
mod stated;
#[path = "random/tender.rs"]
mod tender;
#[path = "random/text.rs"]
mod text;
#[path = "random/together.rs"]
mod together;

pub use less::{Thing, WHATS};
pub use oracle::{Best, best, best_on};
pub use small::tender;
pub use tender::{Kind, Limit, Stated, Tender, WORDS};
