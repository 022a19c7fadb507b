//! Engines that propose an award.
//!
//! Two engines stand behind one trait. [`Exact`] works from the lot's shape, without floats. [`Linear`] works from the
//! rows, with floats. Where they differ, the difference is an error that names the lot. Neither is trusted: `certify`
//! checks the award and the proof.
//!
//! | file | what |
//! | --- | --- |
//! | `exact` | the exact engine: picks the method for the lot's shape |
//! | `level` | equal volumes for winners at the same price |
//! | `order` | lots decided by rank, by walking the order |
//! | `branch` | lots decided by least cost, by distinguishing cases over winners |
//! | `relax` | an exact bound for a case, from a price for each region |
//! | `transport` | the cheapest volumes of a case |
//! | `flow` | least-cost flow in whole numbers |
//! | `general` | lots that are columns and rows only, objective by objective |
//! | `against` | a programme held against values that are known |
//! | `tree` | the cases of one objective |
//! | `cuts` | rows derived from a programme's rows, to bound it better |
//! | `simplex` | guesses for a case, with floats |
//! | `weigh` | what row weights say about a case |
//! | `linear` | the solver with floats |
//! | `conflict` | why lots have no award, and what would have to give |
//! | `effort` | how much is done to find and prove an award |
//! | `agree` | the comparison of the two |
//! | `watch` | who looks on, and how long a search goes on |

mod against;
mod agree;
mod branch;
mod conflict;
mod cuts;
mod effort;
mod exact;
mod flow;
mod general;
mod level;
#[cfg(feature = "solver")]
mod linear;
mod order;
mod relax;
mod simplex;
mod transport;
mod tree;
mod watch;
mod weigh;

pub use against::{Against, Allowance, Best, against, best, values};
pub use agree::agree;
pub use conflict::conflicts;
pub use effort::Effort;
pub use exact::Exact;
#[cfg(feature = "cbc")]
pub use linear::Cbc;
#[cfg(feature = "highs")]
pub use linear::Highs;
#[cfg(feature = "solver")]
pub use linear::Linear;
pub use watch::{Pace, Search, Seen, Unwatched, Watch};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::model::whole::TooLarge;
use crate::model::{AwardModel, Candidate, LotCandidate, LotModel, Shape};

/// Something that proposes awards.
pub trait Engine {
    /// The engine's name, as it stands in faults.
    fn name(&self) -> &'static str;

    /// Proposes an award of one lot.
    ///
    /// # Errors
    /// A fault that names the lot. That no award exists, or that none could be proved best, is not a fault but a claim
    /// of the candidate.
    fn solve(&self, lot: &LotModel) -> Result<LotCandidate, EngineFault>;
}

/// An engine failed on a lot. Always an internal error: no input should lead here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngineFault {
    /// The lot.
    pub lot_id: String,
    /// The engine.
    pub engine: &'static str,
    /// What happened.
    pub kind: EngineFaultKind,
}

/// What happened to an engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EngineFaultKind {
    /// A sum left 128 bits.
    TooLarge,
    /// The solver gave up, in its own words.
    Refused(String),
    /// The solver's answer, rounded to whole numbers, breaks the row of this name.
    NotWhole(String),
    /// The engines differ in the objective.
    Objectives(Box<Objectives>),
    /// The other engine's award is none of the best awards.
    NotAmongTheBest {
        /// The other engine.
        other: &'static str,
    },
}

/// Two engines that differ in the objective; `None` is "no award".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objectives {
    /// What this engine found.
    pub here: Option<i128>,
    /// The other engine.
    pub other: &'static str,
    /// What the other engine found.
    pub there: Option<i128>,
}

impl EngineFault {
    pub(crate) fn new(lot: &LotModel, engine: &'static str, kind: EngineFaultKind) -> Self {
        Self { lot_id: lot.lot_id.clone(), engine, kind }
    }
}

impl From<TooLarge> for EngineFaultKind {
    fn from(_: TooLarge) -> Self {
        Self::TooLarge
    }
}

/// Proposes an award of every lot.
///
/// # Errors
/// The first fault.
pub fn solve(model: &AwardModel, engine: &dyn Engine) -> Result<Candidate, EngineFault> {
    let lots = model.lots.iter().map(|lot| engine.solve(lot)).collect::<Result<_, _>>()?;
    Ok(Candidate { lots })
}

/// Yes-or-no decisions and columns up to which a second engine is asked. Beyond, a solver with floats may take for ever.
const SECOND: (usize, usize) = (64, 4_000);

/// Whether a second engine is asked about a lot. One that is columns and rows only rests on its certificate.
fn is_asked_twice(lot: &LotModel) -> bool {
    let decisions = lot.columns.iter().filter(|column| column.integer).count();
    let charged = match &lot.shape {
        Shape::General(_) => return false,
        Shape::Ranked(_) => 0,
        Shape::Core(core) => core.bidders.iter().filter(|bidder| bidder.fixed_cost > 0).count(),
    };
    let (most_decisions, most_columns) = SECOND;
    decisions.saturating_add(charged.saturating_mul(6)) <= most_decisions && lot.columns.len() <= most_columns
}

/// Proposes an award of every lot with one engine and compares it with what a second engine finds, where it is asked.
///
/// # Errors
/// The first fault; a difference between the engines is one.
pub fn solve_twice(
    model: &AwardModel,
    engine: &dyn Engine,
    second: &dyn Engine,
) -> Result<Candidate, EngineFault> {
    let candidate = solve(model, engine)?;
    let pairs = model.lots.iter().zip(&candidate.lots);
    for (lot, proposed) in pairs.filter(|(lot, _)| is_asked_twice(lot)) {
        let other = second.solve(lot)?;
        agree(lot, (engine.name(), proposed), (second.name(), &other))?;
    }
    Ok(candidate)
}

impl From<EngineFault> for Diagnostics {
    fn from(fault: EngineFault) -> Self {
        let detail = format!("{}: {:?}", fault.engine, fault.kind);
        Diagnostic::new(Code::EngineFailed).with("lot", fault.lot_id).with("detail", detail).into()
    }
}
