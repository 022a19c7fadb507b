//! What else could have been: scenarios, what each rule costs, and how cost moves with the number of suppliers.
//!
//! Every one of them is the same tender evaluated again with something changed, in memory, by the stages that made the award
//! itself: screened, solved exactly and certified. Runs are shared among threads; their results stand in the order asked for.
//!
//! | file | what |
//! | --- | --- |
//! | `scenario` | a scenario as its file states it |
//! | `standard` | the scenarios that every tender has |
//! | `relax` | a rule set without one of its rules |
//! | `frontier` | limits tightened step by step |

mod frontier;
mod relax;
mod scenario;
mod standard;

pub use frontier::{Frontier, Point};
pub use scenario::{Scenario, ScenarioKind};

use crate::allocate::{Allocation, allocate};
use crate::certify::{CertifiedAward, certify_award};
use crate::compare::compare;
use crate::diagnostics::Diagnostics;
use crate::model::model;
use crate::price_to_win::shared_out;
use crate::rules::RuleSet;
use crate::savings::{Savings, save};
use crate::screen::screen;
use crate::solve::Effort;
use crate::tender::Tender;

/// The tender evaluated once more.
#[derive(Debug, Clone)]
pub struct Run {
    /// Who won, certified.
    pub award: CertifiedAward,
    /// Who supplies how much, where.
    pub allocation: Allocation,
    /// What it saves.
    pub savings: Savings,
}

/// A scenario with what it comes to.
#[derive(Debug, Clone)]
pub struct ScenarioRun {
    /// The scenario.
    pub scenario: Scenario,
    /// The evaluation.
    pub run: Run,
}

/// A rule set without one of its rules, and what that comes to.
#[derive(Debug, Clone)]
pub struct RuleCost {
    /// The rule's id.
    pub rule: &'static str,
    /// What it says, as text of the rule set: a number, a word; blank where the id says it all.
    pub limit: String,
    /// Where it is written down.
    pub cite: String,
    /// The evaluation without it; what kept it from being evaluated, when something did.
    pub run: Result<Run, Diagnostics>,
}

/// What is asked beside the award itself.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    /// Scenarios, in the order asked for.
    pub scenarios: Vec<Scenario>,
    /// What each rule costs.
    pub rule_costs: bool,
    /// How cost moves with the number of suppliers and with the largest share.
    pub frontier: bool,
}

/// What came of it.
#[derive(Debug, Clone, Default)]
pub struct WhatIf {
    /// The scenarios; none when none was asked for.
    pub scenarios: Vec<ScenarioRun>,
    /// What each rule costs; `None` when it was not asked for.
    pub rule_costs: Option<Vec<RuleCost>>,
    /// The frontiers; `None` when they were not asked for.
    pub frontier: Option<Frontier>,
}

impl Ask {
    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.scenarios.is_empty() && !self.rule_costs && !self.frontier
    }

    /// Evaluates everything that is asked of a tender under its rule set.
    ///
    /// # Errors
    /// The faults of the scenarios, each with its place; a frontier of a tender that is decided by rank.
    pub fn answer(
        &self,
        tender: &Tender,
        rules: &RuleSet,
        effort: &Effort<'_>,
    ) -> Result<WhatIf, Diagnostics> {
        let mut faults = Diagnostics::new();
        let found = shared_out(&self.scenarios, 1, |scenario| scenario.run(tender, rules, effort));
        let mut scenarios = Vec::with_capacity(found.len());
        for (scenario, run) in self.scenarios.iter().zip(found) {
            match run {
                Ok(run) => scenarios.push(ScenarioRun { scenario: scenario.clone(), run }),
                Err(found) => faults.append(found),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let rule_costs = self.rule_costs.then(|| relax::rule_costs(tender, rules, effort));
        let frontier = if self.frontier { Some(frontier::frontier(tender, rules, effort)?) } else { None };
        Ok(WhatIf { scenarios, rule_costs, frontier })
    }
}

/// Evaluates a tender under a rule set, up to the savings; warnings are those of the award itself and are not said again.
///
/// # Errors
/// As for the award itself.
pub fn run(tender: Tender, rules: RuleSet, effort: &Effort<'_>) -> Result<Run, Diagnostics> {
    let mut warnings = Diagnostics::new();
    let comparable = compare(tender, rules)?;
    let screened = screen(comparable, &mut warnings)?;
    let models = model(&screened)?;
    let candidate = effort.propose(&models)?;
    let award = certify_award(screened, &models, &candidate)?;
    let allocation = allocate(&award, &mut warnings)?;
    let savings = save(&award, &allocation)?;
    Ok(Run { award, allocation, savings })
}
