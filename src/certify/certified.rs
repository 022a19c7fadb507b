//! The certified award. Its parts are private, so that it can be made in this module only.

use crate::model::{LotModel, Proposal, Tie};

/// The certified lots of a tender, before they are read as winners and volumes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertifiedLots {
    lots: Vec<CertifiedLot>,
}

/// The certified award of one lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertifiedLot {
    lot_id: String,
    outcome: Outcome,
    winners: Vec<String>,
    award: Option<Proposal>,
    proof: ProofKind,
    open_volumes: Vec<String>,
}

/// What came of a lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The winners are known.
    Awarded,
    /// The rules leave a choice that only a draw may make.
    DrawRequired(Draw),
    /// No bid can win.
    NoAward,
    /// The best award found is not proved to be the only best one. Never to be called optimal.
    Unproved,
}

/// What a draw decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Draw {
    /// Which of the tied bids take the last places, in each bidding unit that has such a tie.
    Places(Vec<Tie>),
    /// Which of several sets of winners that cost the same.
    Awards {
        /// The sets, each in the order of the bids' ids.
        winners: Vec<Vec<String>>,
        /// Whether it is proved that there are no others.
        complete: bool,
    },
}

/// How it is known that nothing is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProofKind {
    /// The objective meets an exact bound.
    Exact,
    /// The objective is proved up to this bound only.
    Bound {
        /// The exact bound on the objective.
        bound: i128,
    },
    /// The rules leave nothing to optimise: no bid may be shortlisted.
    Rules,
}

impl CertifiedLots {
    pub(super) fn new(lots: Vec<CertifiedLot>) -> Self {
        Self { lots }
    }

    /// The lots, in the order of the model.
    pub fn lots(&self) -> &[CertifiedLot] {
        &self.lots
    }
}

impl CertifiedLot {
    pub(super) fn new(
        lot: &LotModel,
        outcome: Outcome,
        winners: Vec<String>,
        award: Option<Proposal>,
        proof: ProofKind,
    ) -> Self {
        Self { lot_id: lot.lot_id.clone(), outcome, winners, award, proof, open_volumes: Vec::new() }
    }

    pub(super) fn with_open_volumes(self, open_volumes: Vec<String>) -> Self {
        Self { open_volumes, ..self }
    }

    /// The lot's id.
    pub fn lot_id(&self) -> &str {
        &self.lot_id
    }

    /// What came of the lot.
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// The bids that win, in the order of their ids. Where a draw decides, the bids that are known to win whatever is
    /// drawn; where the award is unproved, the winners of the best award found.
    pub fn winners(&self) -> &[String] {
        &self.winners
    }

    /// The value of each column of the lot's model, if there is an award. Where a draw decides, it is one of the awards
    /// between which the draw decides and must not be read as a decision.
    pub fn values(&self) -> Option<&[i128]> {
        self.award.as_ref().map(|award| award.values.as_slice())
    }

    /// The objective, if there is an award: the length of the shortlist, or the cost in price units.
    pub fn objective(&self) -> Option<i128> {
        self.award.as_ref().map(|award| award.objective)
    }

    /// How it is known that nothing is better.
    pub fn proof(&self) -> ProofKind {
        self.proof
    }

    /// On an awarded least-cost lot: the winners whose volume could be another at the same cost, in the order of their
    /// ids. The volumes in [`Self::values`] are then one choice among several, which the rules did not make.
    pub fn open_volumes(&self) -> &[String] {
        &self.open_volumes
    }
}
