//! The award model: an integer programme as data.
//!
//! One [`LotModel`] per lot. Its rows say what an award may be, and each row names the rule that made it. Beside the
//! rows stands the [`Shape`]: the same lot in the field's words. An engine that works from the shape and an engine that
//! works from the rows must find the same award, so a wrong row is noticed.
//!
//! | file | what |
//! | --- | --- |
//! | `programme` | columns, rows, objective |
//! | `ranked` | lots decided by rank, places and screens |
//! | `core` | lots decided by least cost |
//! | `language` | the bidding language and the limits as columns and rows |
//! | `general` | lots that are columns and rows only |
//! | `links` | rows whose weights need not be stated |
//! | `derived` | rows that follow from others because all columns are whole |
//! | `conflict` | why lots have no award |
//! | `candidate` | what an engine proposes, with its proof |
//! | `whole` | checked whole-number arithmetic |

mod build;
pub mod candidate;
mod conflict;
mod core;
mod derived;
mod general;
pub mod language;
mod links;
mod programme;
mod ranked;
pub mod whole;

pub use self::core::{CoreBidder, CoreLayout, CoreLot, CoreRules, MaxShare};
pub use build::{Steps, groups, model};
pub use candidate::{Candidate, Claim, LotCandidate, Proof, Proposal, Purpose, RowWeights, Step};
pub use conflict::{Conflict, Part, PartKind, Told, WayOut};
pub use derived::{DERIVED, Derived, derived_label};
pub use general::{Delivery, GeneralLot};
pub use links::{Link, weigh_links};
pub use programme::{
    AwardModel, Column, Direction, LotModel, ModelFault, ModelFaultKind, Objective, Row, Sense, Shape,
};
pub use ranked::{RankedCandidate, RankedLayout, RankedLot, RankedRules, Share, Tie, WithoutPlace};
