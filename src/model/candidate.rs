//! What an engine proposes: an award, what it claims about it, and the proof.
//!
//! Nothing here is to be trusted before `certify` has checked it.

use super::derived::Derived;
use super::ranked::Tie;

/// The proposed award of a tender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// One proposal per lot, in the order of the model.
    pub lots: Vec<LotCandidate>,
}

/// The proposed award of one lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LotCandidate {
    /// The lot.
    pub lot_id: String,
    /// What the engine says about the award.
    pub claim: Claim,
    /// The award. Where a draw decides, it is one of those between which the draw decides.
    pub best: Option<Proposal>,
    /// Further awards with another set of winners and the same objective, as far as they were listed.
    pub others: Vec<Proposal>,
    /// On a lot decided by rank: the bids that are tied at the edge of the shortlist, when the tie decides who wins.
    pub tie: Option<Tie>,
    /// Why there is nothing better.
    pub proof: Proof,
}

/// A value for each column of the lot's model, and what they come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// One value per column.
    pub values: Vec<i128>,
    /// The objective.
    pub objective: i128,
}

/// What an engine says about its award.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// Nothing is better.
    Optimal,
    /// The search was given up; nothing is better than the bound.
    Unproved {
        /// The bound.
        bound: i128,
    },
    /// No award satisfies the rows.
    NoAward,
}

/// A case distinction over columns that covers all awards, with an exact bound for each case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proof {
    /// Rows that follow from those of the model. They are numbered after these.
    pub derived: Vec<Derived>,
    /// Row weights that the cases refer to.
    pub weights: Vec<RowWeights>,
    /// The cases: a branch is followed by the steps of its first side, then by those of its second. On a lot with further
    /// objectives the cases of the first objective come first, then those of the next among the awards that reach the
    /// best value so far, and so on.
    pub steps: Vec<Step>,
}

/// A step of a proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Distinguishes the two values of a yes-or-no column.
    Branch {
        /// The column.
        column: usize,
        /// The value, 0 or 1, of the side that comes first.
        first: i128,
    },
    /// Distinguishes small and large values of a column.
    Split {
        /// The column.
        column: usize,
        /// The largest small value.
        at: i128,
        /// Whether the large values come first.
        large_first: bool,
    },
    /// A case that needs no further distinction.
    Case {
        /// Position in [`Proof::weights`].
        weights: usize,
        /// Weights of further rows, used in this case only.
        further: Vec<(usize, i128)>,
    },
}

/// A weight for each row, divided by a common denominator.
///
/// For weights `w` of the right sign, every award costs at least `w·b` plus, for each column, the smaller of its reduced
/// cost `c - A'w` times its lower and times its upper bound (Neumaier and Shcherbina, "Safe bounds in linear and
/// mixed-integer linear programming", Mathematical Programming 99, 2004).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowWeights {
    /// What the weights are used for.
    pub purpose: Purpose,
    /// The common denominator of the weights.
    pub denominator: i128,
    /// Row number and weight; rows that are not named weigh nothing. After the rows of the model come those that are
    /// derived from them, then, for the objectives that have been decided, the rows that keep them at their best value.
    pub rows: Vec<(usize, i128)>,
}

/// What row weights are used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To bound the objective.
    Bound,
    /// To show that no award satisfies the rows: without an objective the bound is above 0.
    NoAward,
}
