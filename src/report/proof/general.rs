//! The proof of a lot that is given by columns and rows.

use serde::Serialize;

use super::weighted::{Head, Rows, Weighted, Weights};
use crate::certify::Certificate;
use crate::model::{Derived, Direction, LotModel, Objective, Proposal, Sense, Step, derived_label};

/// The order of the fields is the order of the keys.
#[derive(Serialize)]
pub(super) struct General<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    programme: Programme<'a>,
    awards: Vec<Award<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    derived: Vec<Derivation<'a>>,
    rows: Vec<[String; 1]>,
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

/// A derived row: its name, the rows that it follows from with their weights, the most that it comes to, and its columns.
type Derivation<'a> = (String, Vec<(&'a str, String)>, String, Terms<'a>);

/// Winners, what each objective comes to, and the columns that are not 0.
#[derive(Serialize)]
struct Award<'a> {
    winners: Vec<&'a str>,
    objectives: Vec<String>,
    values: Vec<(&'a str, String)>,
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

/// The programme of a lot, its awards, and the case distinctions that show that nothing is better.
pub(super) fn general<'a>(head: Head<'a>, certificate: &'a Certificate) -> General<'a> {
    let model = certificate.lot();
    let kept = certificate.kept();
    // After the lot's own rows come those derived from them, then the objectives that have been decided.
    let derived = &certificate.cases().derived;
    let name = |row: usize| {
        let Some(after) = row.checked_sub(model.rows.len()) else { return [label(model, row).to_owned()] };
        [match after.checked_sub(derived.len()) {
            Some(after) => kept.get(after).cloned().unwrap_or_default(),
            None => derived_label(after),
        }]
    };
    let mut rows = Rows::named(name);
    let weights = certificate.cases().weights.iter().map(|weights| rows.weights(weights)).collect();
    let cases = cases(model, certificate, &mut rows);
    General {
        head,
        programme: programme(model),
        awards: certificate.awards().iter().map(|award| award_of(model, award)).collect(),
        derived: derived.iter().enumerate().map(|(number, row)| derivation(model, number, row)).collect(),
        rows: rows.met,
        weights,
        cases,
    }
}

fn cases<'a, N, F: Fn(usize) -> N>(
    model: &'a LotModel,
    certificate: &'a Certificate,
    rows: &mut Rows<N, F>,
) -> Vec<CaseStep<'a>> {
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

fn derivation<'a>(model: &'a LotModel, number: usize, row: &Derived) -> Derivation<'a> {
    let from = row.from.iter().map(|(row, weight)| (label(model, *row), weight.to_string())).collect();
    (derived_label(number), from, row.rhs.to_string(), terms(model, &row.terms))
}

fn label(model: &LotModel, row: usize) -> &str {
    model.rows.get(row).map_or("", |row| row.label.as_str())
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
