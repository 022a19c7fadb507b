//! What an evaluation comes to, and which lots end otherwise than in the award itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::allocate::Allocation;
use crate::certify::CertifiedAward;
use crate::diagnostics::Diagnostics;
use crate::money::{Money, Quantity, Ratio, Rounding};
use crate::report::figures::{self, Totals};
use crate::savings::{Baseline, BaselineSaving, Savings};
use crate::tender::{BidId, LotId, Outcome, SupplierId};
use crate::whatif::{RuleCost, Scenario};

/// Decimals of a share.
const SHARE: Rounding = Rounding::half_up(6);

/// What an evaluation comes to.
#[derive(Debug, Clone)]
pub(in crate::report) struct Ends {
    pub(in crate::report) outcome: Outcome,
    pub(in crate::report) lots: Vec<LotEnd>,
    /// Lots whose volumes wait for a draw or an answer.
    pub(in crate::report) lots_open: usize,
    pub(in crate::report) suppliers: usize,
    pub(in crate::report) winning_bids: usize,
    /// The supplier with the largest value, and its share of all value; of equal ones none is named.
    pub(in crate::report) largest: Option<(Option<SupplierId>, Ratio)>,
    pub(in crate::report) volume: Quantity,
    pub(in crate::report) value: Money,
    pub(in crate::report) cost: Money,
    /// Against the baseline that most winners of the award itself have.
    pub(in crate::report) saving: Option<BaselineSaving>,
}

/// How a lot ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::report) struct LotEnd {
    pub(in crate::report) lot: LotId,
    pub(in crate::report) outcome: Outcome,
    pub(in crate::report) winners: BTreeSet<BidId>,
    /// What it costs, once that is settled.
    pub(in crate::report) cost: Option<Money>,
}

impl Ends {
    /// What an evaluation comes to.
    pub(in crate::report) fn of(
        award: &CertifiedAward,
        allocation: &Allocation,
        savings: &Savings,
        baseline: Option<Baseline>,
    ) -> Result<Self, Diagnostics> {
        let lots = figures::lots(award, allocation, savings);
        let totals = Totals::of(&lots)?;
        let mut ends = Vec::with_capacity(lots.len());
        let mut values: BTreeMap<&SupplierId, Vec<Money>> = BTreeMap::new();
        for lot in &lots {
            let bids = lot.award.winners.iter().filter_map(|winner| Some((winner, lot.bid(winner.bid)?.0)));
            for (winner, bid) in bids.clone() {
                let of = values.entry(&bid.supplier_id).or_default();
                of.extend(lot.winner_volume(winner).map(|volume| volume.value));
            }
            ends.push(LotEnd {
                lot: lot.lot().id.clone(),
                outcome: lot.award.outcome,
                winners: bids.map(|(_, bid)| bid.id.clone()).collect(),
                cost: lot.paid()?,
            });
        }
        let suppliers = values.len();
        let sums: Vec<(&SupplierId, Money)> = values
            .into_iter()
            .filter_map(|(supplier, values)| Some((supplier, Money::total(values).ok()?)))
            .collect();
        Ok(Self {
            outcome: award.outcome(),
            winning_bids: ends.iter().map(|lot| lot.winners.len()).sum(),
            lots: ends,
            lots_open: totals.lots_open,
            suppliers,
            largest: largest(&sums, totals.award_value),
            volume: totals.agreed_volume,
            value: totals.award_value,
            cost: totals.paid,
            saving: savings.totals.iter().find(|saving| Some(saving.baseline) == baseline).cloned(),
        })
    }

    /// Lots that are awarded.
    pub(in crate::report) fn awarded(&self) -> usize {
        self.lots.iter().filter(|lot| lot.outcome == Outcome::Awarded).count()
    }

    /// What the awarded lots cost; unknown where none is awarded.
    pub(in crate::report) fn cost_of_awarded(&self) -> Option<Money> {
        (self.awarded() > 0).then_some(self.cost)
    }

    /// Lots that end otherwise: with another outcome, other winners or another cost.
    fn changed(&self, own: &Self) -> Vec<LotId> {
        let pairs = self.lots.iter().zip(&own.lots);
        pairs.filter(|(one, other)| one != other).map(|(lot, _)| lot.lot.clone()).collect()
    }
}

fn largest(values: &[(&SupplierId, Money)], total: Money) -> Option<(Option<SupplierId>, Ratio)> {
    let most = values.iter().map(|(_, value)| *value).max()?;
    let share = most.share_of(total, SHARE)?;
    let mut with_most = values.iter().filter(|(_, value)| *value == most).map(|(supplier, _)| *supplier);
    let first = with_most.next().cloned();
    Some((first.filter(|_| with_most.next().is_none()), share))
}

/// A scenario in a table.
pub(in crate::report) struct ScenarioRow {
    pub(in crate::report) name: String,
    pub(in crate::report) title: Option<String>,
    pub(in crate::report) title_zh: Option<String>,
    pub(in crate::report) rules: String,
    pub(in crate::report) ends: Ends,
    /// Lots that end otherwise than in the award itself.
    pub(in crate::report) changed: Vec<LotId>,
}

impl ScenarioRow {
    pub(super) fn own(ends: Ends, award: &CertifiedAward) -> Self {
        let rules = award.screened().rules.id.clone();
        Self { name: "own".to_owned(), title: None, title_zh: None, rules, ends, changed: Vec::new() }
    }

    pub(super) fn of(scenario: &Scenario, ends: Ends, award: &CertifiedAward, own: &Ends) -> Self {
        Self {
            name: scenario.name.clone(),
            title: scenario.title.clone(),
            title_zh: scenario.title_zh.clone(),
            rules: award.screened().rules.id.clone(),
            changed: ends.changed(own),
            ends,
        }
    }
}

/// What a rule costs.
pub(in crate::report) struct RuleRow {
    pub(in crate::report) rule: &'static str,
    pub(in crate::report) limit: String,
    pub(in crate::report) cite: String,
    /// Lots that are awarded with the rule and without it, and what they cost.
    pub(in crate::report) compared: usize,
    pub(in crate::report) with: Option<Money>,
    pub(in crate::report) without: Option<Money>,
    /// The difference: below zero when the rule saves.
    pub(in crate::report) costs: Option<Money>,
    pub(in crate::report) changed: Vec<LotId>,
    /// Lots that are awarded only without the rule.
    pub(in crate::report) gained: Vec<LotId>,
    /// Lots that are awarded only with it.
    pub(in crate::report) lost: Vec<LotId>,
    /// The code of what kept the rule from being relaxed.
    pub(in crate::report) fault: Option<&'static str>,
}

impl RuleRow {
    pub(super) fn of(cost: &RuleCost, own: &Ends, baseline: Option<Baseline>) -> Result<Self, Diagnostics> {
        let mut row = Self {
            rule: cost.rule,
            limit: cost.limit.clone(),
            cite: cost.cite.clone(),
            compared: 0,
            with: None,
            without: None,
            costs: None,
            changed: Vec::new(),
            gained: Vec::new(),
            lost: Vec::new(),
            fault: None,
        };
        let run = match &cost.run {
            Ok(run) => run,
            Err(faults) => {
                row.fault = faults.iter().next().map(|fault| fault.code.id());
                return Ok(row);
            }
        };
        let ends = Ends::of(&run.award, &run.allocation, &run.savings, baseline)?;
        row.changed = ends.changed(own);
        let (mut with, mut without) = (Vec::new(), Vec::new());
        for (relaxed, own) in ends.lots.iter().zip(&own.lots) {
            match (own.outcome == Outcome::Awarded, relaxed.outcome == Outcome::Awarded) {
                (true, true) => {
                    with.extend(own.cost);
                    without.extend(relaxed.cost);
                }
                (false, true) => row.gained.push(own.lot.clone()),
                (true, false) => row.lost.push(own.lot.clone()),
                (false, false) => {}
            }
        }
        row.compared = with.len();
        row.with = Money::total(with).ok();
        row.without = Money::total(without).ok();
        row.costs = row.with.zip(row.without).and_then(|(with, without)| with.minus(without).ok());
        Ok(row)
    }
}
