//! The two engines and the certificate, against exhaustive search and against planted faults.

#[path = "engines/exhaustive.rs"]
mod exhaustive;
#[path = "engines/random.rs"]
mod random;
#[path = "engines/ranked.rs"]
mod ranked;
