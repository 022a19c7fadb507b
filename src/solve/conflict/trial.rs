//! Solving a changed tender again, within the work that is allowed.

use std::cell::Cell;

use super::less::{Change, Less};
use super::sums::Sums;
use crate::model::language::Language;
use crate::model::language::input::Offered;
use crate::model::whole::dot;
use crate::model::{Claim, LotCandidate, LotModel, Objective};
use crate::money::Money;
use crate::rules::Criterion;
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

/// Work in one trial: steps of the simplex method times columns and rows, and terms of rows that are looked at.
const MOST_WORK: usize = 10_000_000;

/// The same among the sums, which are smaller and say more.
const MOST_IN_SUMS: usize = 20_000_000;

/// Work for the conflicts of one group, and after that for their ways out.
const ALLOWED: usize = 200_000_000;

/// Work to bring something to its end, and how often it is allowed.
const TO_END: usize = 60_000_000;
const MOST_ENDED: usize = 3;

/// What it is to build a programme, for each column and row.
const TO_BUILD: usize = 50;

/// The lots of one group, tried again and again.
pub(super) struct Trials<'a> {
    pub(super) offered: Offered<'a>,
    /// With all other lots.
    tender: Offered<'a>,
    left: Cell<usize>,
    /// How often work was allowed to bring something to its end.
    ended: Cell<usize>,
}

impl<'a> Trials<'a> {
    /// These lots of a tender.
    pub(super) fn new(offered: Offered<'a>, tender: Offered<'a>) -> Self {
        Self { offered, tender, left: Cell::new(ALLOWED), ended: Cell::new(0) }
    }

    /// The programme with some changes, unless the work that is allowed has been done.
    pub(super) fn built(&self, changes: &[&Change]) -> Option<Language> {
        if self.left.get() == 0 {
            return None;
        }
        let built = Less::new(&self.offered, changes.iter().copied()).language(&self.offered)?;
        self.worked(size(&built.model).saturating_mul(TO_BUILD));
        Some(built)
    }

    /// As much work once more.
    pub(super) fn allow_more(&self) {
        self.left.set(ALLOWED);
    }

    /// Some work to bring what was found to its end, though all that was allowed has been done.
    pub(super) fn allow_to_end(&self) {
        if self.left.get() < TO_END && self.ended.get() < MOST_ENDED {
            self.left.set(TO_END);
            self.ended.set(self.ended.get().saturating_add(1));
        }
    }

    fn worked(&self, work: usize) {
        self.left.set(self.left.get().saturating_sub(work));
    }

    /// Whether the tender could be stated with some changes: not every limit can do without every other, here or on another
    /// lot, and it may name what only another lot has.
    pub(super) fn can_be_stated(&self, changes: &[&Change]) -> bool {
        Less::new(&self.tender, changes.iter().copied()).can_be_stated(&self.tender)
    }

    /// Whether there is an award with some changes.
    pub(super) fn of(&self, changes: &[&Change]) -> Trial {
        let Some(mut built) = self.built(changes) else { return Trial::Unknown };
        let cost = std::mem::take(&mut built.model.objective.terms);
        built.model.then.clear();
        let sums = Sums::of(&built);
        if let Some(found) = sums.as_ref().and_then(|sums| self.by_sums(sums, &built)) {
            return found;
        }
        // A cost leans towards awards that fit a budget.
        built.model.objective.terms = cost;
        if let Some(sums) = sums.and_then(|_| Sums::of(&built))
            && let Some(found) = self.by_sums(&sums, &built)
        {
            return found;
        }
        built.model.objective.terms.clear();
        match self.solved(&built.model, Vec::new(), MOST_WORK) {
            Some(found) if found.best.is_some() => Trial::Open,
            Some(found) if found.claim == Claim::NoAward => Trial::Closed,
            _ => Trial::Unknown,
        }
    }

    /// What the sums say, when they say it.
    fn by_sums(&self, sums: &Sums, full: &Language) -> Option<Trial> {
        let found = self.solved(&sums.model, Vec::new(), MOST_IN_SUMS)?;
        match found.best {
            None => (found.claim == Claim::NoAward).then_some(Trial::Closed),
            Some(best) => sums.award(full, &best.values).map(|_| Trial::Open),
        }
    }

    /// What an award costs with some changes; `None` when none is known.
    pub(super) fn best(&self, changes: &[&Change]) -> Option<Best> {
        let built = self.built(changes)?;
        let found = self.searched(&built)?;
        let is_proved = found.claim == Claim::Optimal;
        let values = found.best?.values;
        // Where no objective asks for a low cost, awards that are as good cost more or less.
        let asked = built.criteria.contains(&Criterion::Cost);
        let total = dot(&built.paid, &values).ok().filter(|_| asked);
        Some(Best { paid: total.and_then(|total| built.steps.cost(total)), is_proved })
    }

    /// The best value of an objective that is known, and whether it is proved that there is no better one.
    pub(super) fn optimum(&self, mut language: Language, objective: Objective) -> Option<(i128, bool)> {
        (language.model.objective, language.model.then) = (objective, Vec::new());
        let found = self.searched(&language)?;
        Some((found.best?.objective, found.claim == Claim::Optimal))
    }

    /// The best award of a programme: by the sums, where what they allow is an award, too; else by a search that begins there.
    fn searched(&self, full: &Language) -> Option<LotCandidate> {
        let mut known = Vec::new();
        if let Some(mut sums) = Sums::of(full) {
            let mut found = self.solved(&sums.model, Vec::new(), MOST_IN_SUMS)?;
            if let Some(best) = &mut found.best
                && let Some(award) = sums.award(full, &best.values)
            {
                let value = dot(&full.model.objective.terms, &award).ok()?;
                if full.model.then.is_empty() && found.claim == Claim::Optimal && value == best.objective {
                    best.values = award;
                    return Some(found);
                }
                known.push(award);
            }
            if found.claim == Claim::NoAward {
                return Some(found);
            }
            if known.is_empty() {
                // Any award is better than none.
                sums.model.objective.terms.clear();
                let any = self.solved(&sums.model, Vec::new(), MOST_IN_SUMS).and_then(|found| found.best);
                known.extend(any.and_then(|best| sums.award(full, &best.values)));
            }
        }
        self.solved(&full.model, known, MOST_WORK)
    }

    /// What a search finds, unless the work that is allowed has been done.
    fn solved(&self, model: &LotModel, known: Vec<Vec<i128>>, most_work: usize) -> Option<LotCandidate> {
        let left = self.left.get();
        if left == 0 {
            return None;
        }
        let (found, work) = general::search_for_one(model, known, MOST_CASES, left.min(most_work)).ok()?;
        // To begin a search is work, too.
        self.worked(work.saturating_add(size(model).saturating_mul(TO_BUILD)));
        Some(found)
    }
}

fn size(model: &LotModel) -> usize {
    model.columns.len().saturating_add(model.rows.len())
}
