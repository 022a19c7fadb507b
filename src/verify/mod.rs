//! The solver-free recount.
