//! The dual simplex method with floats, for columns between two bounds (Lemke 1954; long steps after Kostina 2002;
//! steepest edges after Forrest and Goldfarb 1992).
//!
//! It only guesses: the row weights and the point that it ends with are made into whole numbers and checked elsewhere.
//! Since every column has two bounds, any basis can be made to fit the objective, and every step yields a valid bound. So
//! it may stop at any time.
#![allow(clippy::float_arithmetic)]

mod factor;
mod steps;
mod whole;

use num_traits::ToPrimitive;

use crate::model::{Direction, LotModel, Sense};
use factor::{Column, Factors};
pub(super) use whole::scaled;

/// How far a scaled value may lie outside its bounds.
const FEASIBLE: f64 = 1e-9;

/// Changes of the basis after which it is factorised anew.
const MOST_CHANGES: usize = 64;

/// Where a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In the basis, with its pivot in this row.
    Basic(usize),
    Lower,
    Upper,
}

/// How a solve ended.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum End {
    /// At an optimal point.
    Optimal,
    /// No point satisfies the rows; with these row weights as the reason.
    Infeasible(Vec<f64>),
    /// The bound went above the limit.
    Above,
    /// Too many steps, or numbers too bad.
    GaveUp,
}

/// A programme in floats with its present basis.
#[derive(Debug, Clone)]
pub(super) struct Simplex {
    rows: usize,
    /// The columns, then one for each row's slack.
    columns: Vec<Column>,
    by_row: Vec<Vec<(usize, f64)>>,
    costs: Vec<f64>,
    rhs: Vec<f64>,
    lower: Vec<f64>,
    upper: Vec<f64>,
    /// A true value is a scaled one times this.
    column_unit: Vec<f64>,
    /// A scaled row is the true one times this.
    row_factor: Vec<f64>,
    cost_unit: f64,
    places: Vec<Place>,
    heads: Vec<usize>,
    values: Vec<f64>,
    left: Vec<f64>,
    edges: Vec<f64>,
    factors: Factors,
    /// Exchanges of the basis so far.
    pub(super) steps: usize,
    /// Exchanges after which a solve is given up.
    pub(super) most_steps: usize,
}

/// The power of two nearest below.
fn power_of_two(size: f64) -> f64 {
    let mut power = 1.0;
    if !size.is_finite() || size <= 0.0 {
        return power;
    }
    while power * 2.0 <= size {
        power *= 2.0;
    }
    while power > size {
        power *= 0.5;
    }
    power
}

impl Simplex {
    /// The programme of a lot, with all slacks in the basis; `None` when a number does not fit a float. A maximum is
    /// turned into a minimum.
    pub(super) fn new(lot: &LotModel) -> Option<Self> {
        let rows = lot.rows.len();
        let float = |whole: i128| whole.to_f64();
        let mut simplex = Self::empty(rows);
        for column in &lot.columns {
            let (lower, upper) = (float(column.lower)?, float(column.upper)?);
            let unit = power_of_two((upper - lower).max(1.0));
            simplex.column_unit.push(unit);
            simplex.lower.push(lower / unit);
            simplex.upper.push(upper / unit);
            simplex.columns.push(Vec::new());
        }
        for (number, row) in lot.rows.iter().enumerate() {
            let scaled = |&(column, coefficient): &(usize, i128)| {
                Some((column, float(coefficient)? * simplex.column_unit.get(column)?))
            };
            let terms = row.terms.iter().map(scaled).collect::<Option<Vec<_>>>()?;
            let largest = terms.iter().map(|(_, value)| value.abs()).fold(0.0, f64::max);
            let factor = 1.0 / power_of_two(if largest > 0.0 { largest } else { 1.0 });
            for (column, value) in terms.into_iter().filter(|(_, value)| *value != 0.0) {
                simplex.columns[column].push((number, value * factor));
                simplex.by_row[number].push((column, value * factor));
            }
            simplex.row_factor.push(factor);
            simplex.rhs.push(float(row.rhs)? * factor);
        }
        let mut costs = vec![0.0; lot.columns.len()];
        for &(column, cost) in &lot.objective.terms {
            let cost = float(cost)? * simplex.column_unit.get(column)?;
            *costs.get_mut(column)? +=
                if lot.objective.direction == Direction::Maximise { -cost } else { cost };
        }
        simplex.cost_unit = power_of_two(costs.iter().map(|cost| cost.abs()).fold(0.0, f64::max));
        simplex.costs = costs.into_iter().map(|cost| cost / simplex.cost_unit).collect();
        simplex.slacks(lot);
        simplex.factorise();
        Some(simplex)
    }

    fn empty(rows: usize) -> Self {
        Self {
            rows,
            columns: Vec::new(),
            by_row: vec![Vec::new(); rows],
            costs: Vec::new(),
            rhs: Vec::new(),
            lower: Vec::new(),
            upper: Vec::new(),
            column_unit: Vec::new(),
            row_factor: Vec::new(),
            cost_unit: 1.0,
            places: Vec::new(),
            heads: Vec::new(),
            values: Vec::new(),
            left: Vec::new(),
            edges: vec![1.0; rows],
            factors: Factors::default(),
            steps: 0,
            most_steps: usize::MAX,
        }
    }

    /// Adds the slacks and puts them into the basis.
    fn slacks(&mut self, lot: &LotModel) {
        self.places = vec![Place::Lower; self.columns.len()];
        for (number, row) in lot.rows.iter().enumerate() {
            let (lower, upper) = match row.sense {
                Sense::Le => (0.0, f64::INFINITY),
                Sense::Ge => (f64::NEG_INFINITY, 0.0),
                Sense::Eq => (0.0, 0.0),
            };
            self.heads.push(self.columns.len());
            self.places.push(Place::Basic(number));
            self.columns.push(vec![(number, 1.0)]);
            self.costs.push(0.0);
            self.lower.push(lower);
            self.upper.push(upper);
        }
        self.values = vec![0.0; self.columns.len()];
        self.left = vec![0.0; self.columns.len()];
    }

    /// Takes in the rows that a programme has gained at its end, which hold from above, each with its slack in the basis;
    /// `None` when a number does not fit a float.
    pub(super) fn take_in(&mut self, lot: &LotModel) -> Option<()> {
        for row in lot.rows.get(self.rows..).unwrap_or_default() {
            let scaled = |&(column, coefficient): &(usize, i128)| {
                Some((column, coefficient.to_f64()? * self.column_unit.get(column)?))
            };
            let terms = row.terms.iter().map(scaled).collect::<Option<Vec<_>>>()?;
            let largest = terms.iter().map(|(_, value)| value.abs()).fold(0.0, f64::max);
            let factor = 1.0 / power_of_two(if largest > 0.0 { largest } else { 1.0 });
            let (number, slack) = (self.rows, self.columns.len());
            let terms: Column = terms.into_iter().map(|(column, value)| (column, value * factor)).collect();
            terms.iter().for_each(|&(column, value)| self.columns[column].push((number, value)));
            self.by_row.push(terms);
            self.row_factor.push(factor);
            self.rhs.push(row.rhs.to_f64()? * factor);
            self.columns.push(vec![(number, 1.0)]);
            self.heads.push(slack);
            self.places.push(Place::Basic(number));
            self.costs.push(0.0);
            self.lower.push(0.0);
            self.upper.push(f64::INFINITY);
            self.values.push(0.0);
            self.left.push(0.0);
            self.edges.push(1.0);
            self.rows = self.rows.saturating_add(1);
        }
        self.factorise();
        Some(())
    }

    /// Sets the bounds of a column.
    pub(super) fn bound(&mut self, column: usize, (lower, upper): (i128, i128)) {
        let unit = self.column_unit[column];
        self.lower[column] = lower.to_f64().unwrap_or(0.0) / unit;
        self.upper[column] = upper.to_f64().unwrap_or(0.0) / unit;
    }

    /// Factorises the basis and works out all values and what is left of all costs.
    fn factorise(&mut self) {
        let columns: Vec<&Column> = self.heads.iter().map(|head| &self.columns[*head]).collect();
        let (factors, pivots) = Factors::new(self.rows, &columns);
        let heads = std::mem::take(&mut self.heads);
        let old_edges = self.edges.clone();
        self.heads = vec![usize::MAX; self.rows];
        for (position, (head, pivot)) in heads.into_iter().zip(pivots).enumerate() {
            match pivot {
                Some(row) => {
                    self.heads[row] = head;
                    self.places[head] = Place::Basic(row);
                    self.edges[row] = old_edges[position];
                }
                None => self.places[head] = Place::Lower,
            }
        }
        let first_slack = self.columns.len().saturating_sub(self.rows);
        for (row, head) in self.heads.iter_mut().enumerate() {
            if *head == usize::MAX {
                *head = first_slack.saturating_add(row);
                self.places[*head] = Place::Basic(row);
            }
        }
        self.factors = factors;
        self.price_out();
        self.settle();
    }

    /// What is left of all costs.
    fn price_out(&mut self) {
        let mut y: Vec<f64> = self.heads.iter().map(|head| self.costs[*head]).collect();
        self.factors.backward(&mut y);
        for (column, left) in self.left.iter_mut().enumerate() {
            let paid: f64 = self.columns[column].iter().map(|&(row, value)| value * y[row]).sum();
            *left =
                if matches!(self.places[column], Place::Basic(_)) { 0.0 } else { self.costs[column] - paid };
        }
    }

    /// Puts every column outside the basis at the bound that fits what is left of its cost, and works out the others.
    fn settle(&mut self) {
        let mut x = self.rhs.clone();
        for column in 0..self.columns.len() {
            if matches!(self.places[column], Place::Basic(_)) {
                continue;
            }
            let (lower, upper, left) = (self.lower[column], self.upper[column], self.left[column]);
            let at_lower = match self.places[column] {
                _ if lower == f64::NEG_INFINITY => false,
                _ if upper == f64::INFINITY => true,
                _ if left > 1e-12 => true,
                _ if left < -1e-12 => false,
                place => place == Place::Lower,
            };
            self.places[column] = if at_lower { Place::Lower } else { Place::Upper };
            let value = if at_lower { lower } else { upper };
            self.values[column] = value;
            if value != 0.0 {
                self.columns[column].iter().for_each(|&(row, by)| x[row] -= by * value);
            }
        }
        self.factors.forward(&mut x);
        for (head, value) in self.heads.iter().zip(x) {
            self.values[*head] = value;
        }
    }

    /// The bound that the present basis gives, in true cost.
    pub(super) fn objective(&self) -> f64 {
        self.costs.iter().zip(&self.values).map(|(cost, value)| cost * value).sum::<f64>() * self.cost_unit
    }

    /// How large each column is, in its rows.
    pub(super) fn sizes(&self) -> Vec<f64> {
        let own = self.columns.iter().take(self.column_unit.len());
        own.map(|column| column.iter().map(|(_, value)| value.abs()).sum::<f64>().max(1e-6)).collect()
    }

    /// The true value of a column.
    pub(super) fn value(&self, column: usize) -> f64 {
        self.values[column] * self.column_unit[column]
    }
}
