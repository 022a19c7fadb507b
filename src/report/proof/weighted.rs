//! What the proofs of all programmes have in common: what they begin with, and row weights.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::figures::LotFigures;
use crate::certify::Proof;
use crate::model::{Purpose, RowWeights, Steps};

/// What a lot's proof begins with. The order of the fields is the order of the keys.
#[derive(Serialize)]
pub(super) struct Head<'a> {
    pub(super) lot_id: &'a str,
    pub(super) kind: &'static str,
    pub(super) outcome: &'static str,
    pub(super) cost: Option<String>,
    pub(super) bound: Option<String>,
    pub(super) steps: StepSizes,
}

/// Decimals of a step of volume and of a price.
#[derive(Serialize)]
pub(super) struct StepSizes {
    volume_digits: u32,
    price_digits: u32,
}

/// A number for each row, by its place in the list of rows.
pub(super) type Weighted = Vec<(usize, String)>;

/// Row weights, and what they show.
#[derive(Serialize)]
pub(super) struct Weights {
    purpose: &'static str,
    denominator: String,
    rows: Weighted,
}

impl<'a> Head<'a> {
    pub(super) fn of(lot: &LotFigures<'a>, kind: &'static str, steps: Steps) -> Self {
        let (cost, bound) = match &lot.award.proof {
            Proof::Exact { cost } => (Some(cost), Some(cost)),
            Proof::Bound { cost, bound } => (Some(cost), Some(bound)),
            Proof::Rules | Proof::Nothing => (None, None),
        };
        Self {
            lot_id: lot.lot().id.as_str(),
            kind,
            outcome: lot.award.outcome.name(),
            cost: cost.map(|cost| cost.to_string()),
            bound: bound.map(|bound| bound.to_string()),
            steps: steps.into(),
        }
    }
}

impl From<Steps> for StepSizes {
    fn from(steps: Steps) -> Self {
        Self { volume_digits: steps.volume_digits, price_digits: steps.price_digits }
    }
}

/// The rows that a proof speaks of, each numbered when it is first met.
pub(super) struct Rows<N, F: Fn(usize) -> N> {
    name: F,
    numbers: BTreeMap<usize, usize>,
    pub(super) met: Vec<N>,
}

impl<N, F: Fn(usize) -> N> Rows<N, F> {
    pub(super) fn named(name: F) -> Self {
        Self { name, numbers: BTreeMap::new(), met: Vec::new() }
    }

    pub(super) fn weights(&mut self, weights: &RowWeights) -> Weights {
        let purpose = match weights.purpose {
            Purpose::Bound => "bound",
            Purpose::NoAward => "no_award",
        };
        Weights { purpose, denominator: weights.denominator.to_string(), rows: self.weighted(&weights.rows) }
    }

    pub(super) fn weighted(&mut self, rows: &[(usize, i128)]) -> Weighted {
        rows.iter().map(|(row, weight)| (self.number(*row), weight.to_string())).collect()
    }

    fn number(&mut self, row: usize) -> usize {
        let next = self.met.len();
        let number = *self.numbers.entry(row).or_insert(next);
        if number == next {
            self.met.push((self.name)(row));
        }
        number
    }
}
