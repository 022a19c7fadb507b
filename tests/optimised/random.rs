//! Small random tenders over the bidding language, and their best awards by trying all.

#[path = "random/moved.rs"]
mod moved;
#[path = "random/oracle.rs"]
mod oracle;
#[path = "random/tender.rs"]
mod tender;
#[path = "random/text.rs"]
mod text;

pub use oracle::best;
pub use tender::{Tender, tender};
