//! Exact checks and proofs; imports no solver.

mod award;

pub use award::{BidStatus, CertifiedAward, LotAward, Proof, Tie, TieDecides, Winner};
