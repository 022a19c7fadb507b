//! The proof of a lot that is given by columns and rows.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::figures::LotFigures;
use super::least_cost::{StepSizes, Weighted, purpose};
use crate::certify::{Certificate, Proof};
use crate::model::{Direction, LotModel, Objective, Proposal, Sense, Step};

/// The order of the fields is the order of the keys.
#[derive(Serialize)]
pub(super) struct General<'a> {
    lot_id: &'a str,
    kind: &'static str,
    outcome: &'static str,
    cost: Option<String>,
    bound: Option<String>,
    steps: StepSizes,
    programme: Programme<'a>,
    awards: Vec<Award<'a>>,
    rows: Vec<[&'a str; 1]>,
    weights: Vec<Weights>,
    cases: Vec<CaseStep<'a>>,
}

/// The columns, with their smallest and largest values; the bids, each with the column that says whether it wins; what
/// counts, in turn; the rows, each with its rule.
#[derive(Serialize)]
struct Programme<'a> {
    columns: Vec<(&'a str, String, String)>,
    bids: Vec<(&'a str, &'a str)>,
    objectives: Vec<(&'static str, Terms<'a>)>,
    rows: Vec<(&'a str, &'a str, &'static str, String, Terms<'a>)>,
}

/// Columns with their coefficients.
type Terms<'a> = Vec<(&'a str, String)>;

/// Winners, what each objective comes to, and the columns that are not 0.
#[derive(Serialize)]
struct Award<'a> {
    winners: Vec<&'a str>,
    objectives: Vec<String>,
    values: Vec<(&'a str, String)>,
}

#[derive(Serialize)]
struct Weights {
    purpose: &'static str,
    denominator: String,
    rows: Weighted,
}

/// A branch: the column, and whether its side 1 or 0 comes first. A split: the column, the largest of its small values, and
/// whether the large ones come first. A case: its weights, those of further rows, the bound that they give (null when they
/// show that it is empty), and the bids that win in it.
#[derive(Serialize)]
#[serde(untagged)]
enum CaseStep<'a> {
    Branch(&'static str, &'a str, i128),
    Split(&'static str, &'a str, String, bool),
    Case(&'static str, usize, Weighted, Option<String>, Vec<&'a str>),
}

/// The smallest value of each column in a case, with the way back.
struct Sides {
    least: Vec<i128>,
    /// The column, its smallest value before, and that of the side that is still to be seen.
    open: Vec<(usize, i128, Option<i128>)>,
}

impl Sides {
    fn take(&mut self, column: usize, at: i128, large_first: bool) {
        let Some(place) = self.least.get_mut(column) else { return };
        let (small, large) = (*place, at.saturating_add(1));
        *place = if large_first { large } else { small };
        self.open.push((column, small, Some(if large_first { small } else { large })));
    }

    fn turn(&mut self) {
        while let Some((column, before, second)) = self.open.pop() {
            let Some(place) = self.least.get_mut(column) else { continue };
            *place = second.unwrap_or(before);
            if second.is_some() {
                self.open.push((column, before, None));
                return;
            }
        }
    }
}

/// The rows that a proof speaks of, each numbered when it is first met. After the lot's own come the objectives that have
/// been decided.
struct Rows<'a> {
    lot: &'a LotModel,
    kept: &'a [String],
    numbers: BTreeMap<usize, usize>,
    met: Vec<[&'a str; 1]>,
}

impl Rows<'_> {
    fn weighted(&mut self, rows: &[(usize, i128)]) -> Weighted {
        rows.iter().map(|(row, weight)| (self.number(*row), weight.to_string())).collect()
    }

    fn number(&mut self, row: usize) -> usize {
        let next = self.met.len();
        let number = *self.numbers.entry(row).or_insert(next);
        if number == next {
            let own = self.lot.rows.get(row).map(|row| row.label.as_str());
            let kept = || self.kept.get(row.saturating_sub(self.lot.rows.len())).map(String::as_str);
            self.met.push([own.or_else(kept).unwrap_or_default()]);
        }
        number
    }
}

/// What a lot's proof begins with: its id, its outcome, cost and bound.
pub(super) struct Head<'a> {
    pub(super) lot_id: &'a str,
    pub(super) outcome: &'static str,
    pub(super) cost: Option<String>,
    pub(super) bound: Option<String>,
}

impl<'a> Head<'a> {
    pub(super) fn of(lot: &LotFigures<'a>) -> Self {
        let (cost, bound) = match &lot.award.proof {
            Proof::Exact { cost } => (Some(cost), Some(cost)),
            Proof::Bound { cost, bound } => (Some(cost), Some(bound)),
            Proof::Rules | Proof::Nothing => (None, None),
        };
        Self {
            lot_id: lot.lot().id.as_str(),
            outcome: lot.award.outcome.name(),
            cost: cost.map(|cost| cost.to_string()),
            bound: bound.map(|bound| bound.to_string()),
        }
    }
}

/// The programme of a lot, its awards, and the case distinctions that show that nothing is better.
pub(super) fn general<'a>(head: Head<'a>, certificate: &'a Certificate) -> General<'a> {
    let model = certificate.lot();
    let mut rows = Rows { lot: model, kept: certificate.kept(), numbers: BTreeMap::new(), met: Vec::new() };
    let weights = certificate.cases().weights.iter().map(|weights| Weights {
        purpose: purpose(weights.purpose),
        denominator: weights.denominator.to_string(),
        rows: rows.weighted(&weights.rows),
    });
    let weights = weights.collect();
    let cases = cases(model, certificate, &mut rows);
    let Head { lot_id, outcome, cost, bound } = head;
    General {
        lot_id,
        kind: "general",
        outcome,
        cost,
        bound,
        steps: StepSizes::of(certificate.steps()),
        programme: programme(model),
        awards: certificate.awards().iter().map(|award| award_of(model, award)).collect(),
        rows: rows.met,
        weights,
        cases,
    }
}

fn cases<'a>(model: &'a LotModel, certificate: &'a Certificate, rows: &mut Rows<'a>) -> Vec<CaseStep<'a>> {
    let least = model.columns.iter().map(|column| column.lower).collect();
    let mut sides = Sides { least, open: Vec::new() };
    let mut bounds = certificate.bounds().iter();
    let mut cases = Vec::new();
    for step in &certificate.cases().steps {
        cases.push(match *step {
            Step::Branch { column, first } => {
                sides.take(column, 0, first == 1);
                CaseStep::Branch("branch", name(model, column), first)
            }
            Step::Split { column, at, large_first } => {
                sides.take(column, at, large_first);
                CaseStep::Split("split", name(model, column), at.to_string(), large_first)
            }
            Step::Case { weights, ref further } => {
                let bound = bounds.next().copied().flatten().map(|bound| bound.to_string());
                let wins = |column: usize| sides.least.get(column).is_some_and(|least| *least > 0);
                let bids = model.winner_columns().into_iter();
                let winners = bids.filter(|(column, _)| wins(*column)).map(|(_, bid)| bid).collect();
                sides.turn();
                CaseStep::Case("case", weights, rows.weighted(further), bound, winners)
            }
        });
    }
    cases
}

fn name(model: &LotModel, column: usize) -> &str {
    model.columns.get(column).map_or("", |column| column.name.as_str())
}

fn terms<'a>(model: &'a LotModel, terms: &[(usize, i128)]) -> Terms<'a> {
    terms.iter().map(|(column, by)| (name(model, *column), by.to_string())).collect()
}

fn programme(model: &LotModel) -> Programme<'_> {
    let objective = |objective: &Objective| {
        let direction = match objective.direction {
            Direction::Minimise => "least",
            Direction::Maximise => "most",
        };
        (direction, terms(model, &objective.terms))
    };
    let sense = |sense: Sense| match sense {
        Sense::Le => "at_most",
        Sense::Ge => "at_least",
        Sense::Eq => "equal",
    };
    let columns = model.columns.iter();
    Programme {
        columns: columns.map(|c| (c.name.as_str(), c.lower.to_string(), c.upper.to_string())).collect(),
        bids: model.winner_columns().into_iter().map(|(column, bid)| (bid, name(model, column))).collect(),
        objectives: model.objectives().map(objective).collect(),
        rows: model
            .rows
            .iter()
            .map(|row| {
                let (rule, label) = (row.rule.as_str(), row.label.as_str());
                (label, rule, sense(row.sense), row.rhs.to_string(), terms(model, &row.terms))
            })
            .collect(),
    }
}

fn award_of<'a>(model: &'a LotModel, award: &Proposal) -> Award<'a> {
    let value = |column: usize| award.values.get(column).copied().unwrap_or(0);
    let sum = |objective: &Objective| {
        let terms = objective.terms.iter().map(|(column, by)| by.saturating_mul(value(*column)));
        terms.fold(0_i128, i128::saturating_add).to_string()
    };
    let winners = model.winner_columns().into_iter().filter(|(column, _)| value(*column) == 1);
    let values = award.values.iter().enumerate().filter(|(_, value)| **value != 0);
    Award {
        winners: winners.map(|(_, bid)| bid).collect(),
        objectives: model.objectives().map(sum).collect(),
        values: values.map(|(column, value)| (name(model, column), value.to_string())).collect(),
    }
}
