//! Exact checks and proofs; imports no solver.
