//! Solving a changed tender again, within the work that is allowed.

use std::cell::Cell;

use super::less::{Change, Less};
use crate::model::language::Language;
use crate::model::language::input::Offered;
use crate::model::{Claim, LotCandidate, LotModel, Objective};
use crate::money::Money;
use crate::solve::general;

/// Whether there is an award.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trial {
    /// One is known.
    Open,
    /// There is none.
    Closed,
    /// Not known within the work that is allowed.
    Unknown,
}

/// An award that costs least, as far as is known.
pub(super) struct Best {
    pub(super) paid: Option<Money>,
    pub(super) is_proved: bool,
}

/// Cases that are looked at in one trial.
const MOST_CASES: usize = 2_000;

/// Work in one trial: steps of the simplex method times columns and rows.
const MOST_WORK: usize = 150_000_000;

/// Work for the conflicts of one group.
const ALLOWED: usize = 2_000_000_000;

/// The lots of one group, tried again and again.
pub(super) struct Trials<'a> {
    pub(super) offered: Offered<'a>,
    /// With all other lots.
    tender: Offered<'a>,
    left: Cell<usize>,
}

impl<'a> Trials<'a> {
    /// These lots of a tender.
    pub(super) fn new(offered: Offered<'a>, tender: Offered<'a>) -> Self {
        Self { offered, tender, left: Cell::new(ALLOWED) }
    }

    /// The programme with some changes.
    pub(super) fn built(&self, changes: &[&Change]) -> Option<Language> {
        Less::new(&self.offered, changes.iter().copied()).language(&self.offered)
    }

    /// Whether the tender could be stated with some changes: not every limit can do without every other, here or on another
    /// lot, and it may name what only another lot has.
    pub(super) fn can_be_stated(&self, changes: &[&Change]) -> bool {
        Less::new(&self.tender, changes.iter().copied()).can_be_stated(&self.tender)
    }

    /// Whether there is an award with some changes.
    pub(super) fn of(&self, changes: &[&Change]) -> Trial {
        let Some(mut built) = self.built(changes) else { return Trial::Unknown };
        built.model.objective = Objective { terms: Vec::new(), ..built.model.objective };
        built.model.then.clear();
        match self.solved(&built.model) {
            Some(found) if found.best.is_some() => Trial::Open,
            Some(found) if found.claim == Claim::NoAward => Trial::Closed,
            _ => Trial::Unknown,
        }
    }

    /// What an award costs with some changes; `None` when none is known.
    pub(super) fn best(&self, changes: &[&Change]) -> Option<Best> {
        let built = self.built(changes)?;
        let found = self.solved(&built.model)?;
        let is_proved = found.claim == Claim::Optimal;
        let values = found.best?.values;
        let total = crate::model::whole::dot(&built.paid, &values).ok();
        Some(Best { paid: total.and_then(|total| built.steps.cost(total)), is_proved })
    }

    /// The best value of an objective that is known, and whether it is proved that there is no better one.
    pub(super) fn optimum(&self, language: &Language, objective: Objective) -> Option<(i128, bool)> {
        let model = LotModel { objective, then: Vec::new(), ..language.model.clone() };
        let found = self.solved(&model)?;
        Some((found.best?.objective, found.claim == Claim::Optimal))
    }

    /// What a search finds, unless the work that is allowed has been done.
    fn solved(&self, model: &LotModel) -> Option<LotCandidate> {
        let left = self.left.get();
        if left == 0 {
            return None;
        }
        let (found, work) = general::search_for_one(model, MOST_CASES, left.min(MOST_WORK)).ok()?;
        // Building a programme is work, too.
        let size = model.columns.len().saturating_add(model.rows.len());
        self.left.set(left.saturating_sub(work.saturating_add(size.saturating_mul(100))));
        Some(found)
    }
}
