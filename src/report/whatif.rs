//! Scenarios, what each rule costs, and frontiers: tables, charts and their part of the page.
//!
//! | file | what |
//! | --- | --- |
//! | `ends` | what an evaluation comes to, and which lots end otherwise |
//! | `tables` | scenarios.csv, rule_costs.csv, frontier.csv |
//! | `page` | the sections of report.html |

mod ends;
mod page;
mod tables;

pub(super) use ends::{Ends, RuleRow, ScenarioRow};
pub(super) use page::{rule_name, scenario_title, sections};
pub(super) use tables::headings;

use super::figures::widest;
use super::files::ReportFiles;
use crate::allocate::Allocation;
use crate::certify::CertifiedAward;
use crate::diagnostics::Diagnostics;
use crate::money::Ratio;
use crate::savings::Savings;
use crate::whatif::{Frontier, Point, WhatIf};

/// Everything that the tables, the charts and the page show.
#[derive(Default)]
pub(super) struct Told {
    /// The award itself first, then the scenarios; none when none was asked for.
    pub(super) scenarios: Vec<ScenarioRow>,
    /// What each rule costs, the dearest first.
    pub(super) rule_costs: Option<Vec<RuleRow>>,
    /// Cost by the largest number of suppliers of a lot.
    pub(super) by_suppliers: Vec<(u32, Ends)>,
    /// Cost by the largest share of one supplier.
    pub(super) by_share: Vec<(Ratio, Ends)>,
}

impl Told {
    /// What is shown of the answers.
    pub(super) fn of(
        award: &CertifiedAward,
        allocation: &Allocation,
        savings: &Savings,
        answers: &WhatIf,
    ) -> Result<Self, Diagnostics> {
        let baseline = widest(savings);
        let mut told = Self::default();
        let asked = !answers.scenarios.is_empty() || answers.rule_costs.is_some();
        let own = asked.then(|| Ends::of(award, allocation, savings, baseline)).transpose()?;
        if let Some(own) = own.as_ref().filter(|_| !answers.scenarios.is_empty()) {
            told.scenarios.push(ScenarioRow::own(own.clone(), award));
            for scenario in answers.scenarios.iter().filter(|scenario| scenario.scenario.name != "own") {
                let run = &scenario.run;
                let ends = Ends::of(&run.award, &run.allocation, &run.savings, baseline)?;
                told.scenarios.push(ScenarioRow::of(&scenario.scenario, ends, &run.award, own));
            }
        }
        if let Some((costs, own)) = answers.rule_costs.as_ref().zip(own.as_ref()) {
            let rows = costs.iter().map(|cost| RuleRow::of(cost, own, baseline));
            let mut rows = rows.collect::<Result<Vec<_>, _>>()?;
            // The dearest rule first; equal ones in the order of the rule set.
            rows.sort_by_key(|row| (row.costs.is_none(), std::cmp::Reverse(row.costs)));
            told.rule_costs = Some(rows);
        }
        if let Some(Frontier { by_suppliers, by_share }) = &answers.frontier {
            told.by_suppliers = points(by_suppliers)?;
            told.by_share = points(by_share)?;
        }
        Ok(told)
    }

    /// Adds the tables, and the files of the scenarios.
    pub(super) fn add_tables(&self, files: &mut ReportFiles, award: &CertifiedAward, answers: &WhatIf) {
        if !self.scenarios.is_empty() {
            files.add("scenarios.csv", tables::scenarios(self, award));
        }
        if let Some(rows) = &self.rule_costs {
            files.add("rule_costs.csv", tables::rule_costs(rows, award));
        }
        if !self.by_suppliers.is_empty() {
            files.add("frontier.csv", tables::frontier(self, award));
        }
        for scenario in &answers.scenarios {
            if let Some(input) = &scenario.scenario.input {
                let name = format!("inputs/scenarios/{}.toml", plain(&scenario.scenario.name));
                files.add(&name, input.bytes.to_vec());
            }
        }
    }
}

fn points<L: Copy>(points: &[Point<L>]) -> Result<Vec<(L, Ends)>, Diagnostics> {
    let of = |point: &Point<L>| {
        let run = &point.run;
        Ok((point.limit, Ends::of(&run.award, &run.allocation, &run.savings, None)?))
    };
    points.iter().map(of).collect()
}

/// A name that every file system takes.
fn plain(name: &str) -> String {
    name.chars()
        .map(|letter| if letter.is_alphanumeric() || "-_.".contains(letter) { letter } else { '-' })
        .collect()
}
