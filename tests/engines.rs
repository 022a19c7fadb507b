//! The two engines and the certificate, against exhaustive search and against planted faults.

#[path = "engines/aggregate_link.rs"]
mod aggregate_link;
#[cfg(feature = "solver")]
#[path = "engines/backends.rs"]
mod backends;
#[path = "engines/core.rs"]
mod core;
#[path = "engines/damage.rs"]
mod damage;
#[path = "engines/derived.rs"]
mod derived;
#[path = "engines/exhaustive.rs"]
mod exhaustive;
#[path = "engines/general.rs"]
mod general;
#[path = "engines/location.rs"]
mod location;
#[path = "engines/programme_proofs.rs"]
mod programme_proofs;
#[path = "engines/random.rs"]
mod random;
#[path = "engines/ranked.rs"]
mod ranked;
