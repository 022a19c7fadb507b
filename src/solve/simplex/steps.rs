//! The steps of the dual simplex method.

use super::{End, FEASIBLE, MOST_CHANGES, Place, Simplex};

/// A number of a row below this is no pivot.
const SMALLEST: f64 = 1e-9;

/// A pivot below this is taken from a fresh factorisation only.
const GOOD: f64 = 1e-6;

/// What a step does.
enum Step {
    Done,
    Again,
    End(End),
}

/// A column that may enter the basis: the ratio at which what is left of its cost changes sign, and its number in the row.
#[derive(Clone, Copy)]
struct Entering {
    ratio: f64,
    column: usize,
    size: f64,
}

impl Simplex {
    /// Goes on from the present basis until no value is out of its bounds, or the bound is above `limit` in true cost.
    pub(in super::super) fn solve(&mut self, limit: Option<f64>) -> End {
        self.settle();
        let most = self.columns.len().saturating_mul(20).saturating_add(2_000);
        let mut fresh = false;
        for step in 0..most {
            if self.steps >= self.most_steps {
                return End::GaveUp;
            }
            if self.factors.changes() >= MOST_CHANGES {
                self.factorise();
            }
            if step % 16 == 0 && limit.is_some_and(|limit| self.objective() > limit) {
                return End::Above;
            }
            self.steps = self.steps.saturating_add(1);
            match self.step() {
                Step::Done => fresh = false,
                // The end is believed when it is reached from a fresh factorisation only.
                Step::Again | Step::End(_) if !fresh => {
                    self.factorise();
                    fresh = true;
                }
                Step::Again => return End::GaveUp,
                Step::End(end) => return end,
            }
        }
        End::GaveUp
    }

    /// One exchange of the basis.
    fn step(&mut self) -> Step {
        let Some((row, below)) = self.leaving() else { return Step::End(End::Optimal) };
        let mut rho = vec![0.0; self.rows];
        rho[row] = 1.0;
        self.factors.backward(&mut rho);
        let across = self.across(&rho);
        let sign = if below { 1.0 } else { -1.0 };
        let (head, fits) = (self.heads[row], self.fitting(&across, sign));
        let bound = if below { self.lower[head] } else { self.upper[head] };
        let far = (self.values[head] - bound).abs();
        let Some((enters, flips)) = self.entering(fits, far) else {
            let weights = rho.iter().zip(&self.row_factor).map(|(weight, factor)| -sign * weight * factor);
            return Step::End(End::Infeasible(weights.collect()));
        };
        let column = enters.column;
        let mut down = vec![0.0; self.rows];
        self.columns[column].iter().for_each(|&(at, value)| down[at] = value);
        self.factors.forward(&mut down);
        let (pivot, seen) = (down[row], across[column]);
        let off = (pivot - seen).abs() > 1e-7 * (1.0 + seen.abs());
        if (off || pivot.abs() < GOOD) && self.factors.changes() > 0 || pivot.abs() < SMALLEST {
            return Step::Again;
        }
        self.flip(&flips);
        self.reprice(&across, column, head, pivot);
        let move_by = (self.values[head] - bound) / pivot;
        for (at, value) in down.iter().enumerate().filter(|(_, value)| **value != 0.0) {
            self.values[self.heads[at]] -= move_by * value;
        }
        self.values[column] += move_by;
        self.values[head] = bound;
        self.weigh_edges(row, &down, rho);
        self.places[head] = if below { Place::Lower } else { Place::Upper };
        self.places[column] = Place::Basic(row);
        self.heads[row] = column;
        self.factors.change(row, &down);
        Step::Done
    }

    /// The row whose value is furthest out, along its edge, and whether it lies below its bound.
    fn leaving(&self) -> Option<(usize, bool)> {
        let mut best = None;
        let mut most = 0.0;
        for (row, &head) in self.heads.iter().enumerate() {
            let value = self.values[head];
            let (under, over) = (self.lower[head] - value, value - self.upper[head]);
            let out = under.max(over);
            if out > FEASIBLE {
                let gain = out * out / self.edges[row];
                if gain > most {
                    most = gain;
                    best = Some((row, under > over));
                }
            }
        }
        best
    }

    /// A row of the inverse times all columns.
    fn across(&self, rho: &[f64]) -> Vec<f64> {
        let mut across = vec![0.0; self.columns.len()];
        let first_slack = self.columns.len().saturating_sub(self.rows);
        for (row, &weight) in rho.iter().enumerate().filter(|(_, weight)| **weight != 0.0) {
            across[first_slack.saturating_add(row)] = weight;
            for &(column, value) in &self.by_row[row] {
                across[column] += weight * value;
            }
        }
        across
    }

    /// The columns that can bring the leaving one back to its bound.
    fn fitting(&self, across: &[f64], sign: f64) -> Vec<Entering> {
        let mut fits = Vec::new();
        for (column, &number) in across.iter().enumerate() {
            let towards = -sign * number;
            let open = match self.places[column] {
                Place::Basic(_) => false,
                Place::Lower => towards > SMALLEST,
                Place::Upper => towards < -SMALLEST,
            };
            if open && self.lower[column] < self.upper[column] {
                let ratio = (self.left[column] / towards).max(0.0);
                fits.push(Entering { ratio, column, size: number.abs() });
            }
        }
        fits.sort_by(|a, b| a.ratio.total_cmp(&b.ratio).then(b.size.total_cmp(&a.size)));
        fits
    }

    /// The entering column, and those that go to their other bound on the way; `None` when all together do not suffice.
    fn entering(&self, fits: Vec<Entering>, far: f64) -> Option<(Entering, Vec<usize>)> {
        let mut open = far;
        let mut last = None;
        for (at, fit) in fits.iter().enumerate() {
            open -= fit.size * (self.upper[fit.column] - self.lower[fit.column]);
            if open < 0.0 {
                last = Some(at);
                break;
            }
        }
        // What is short by less than the tolerance is reached with the last one.
        let last = last.or_else(|| if open < FEASIBLE { fits.len().checked_sub(1) } else { None })?;
        let edge = fits[last].ratio;
        let near = |fit: &&Entering| (fit.ratio - edge).abs() <= 1e-10;
        let largest = fits.iter().filter(near).max_by(|a, b| a.size.total_cmp(&b.size)).copied();
        let chosen = largest.unwrap_or(fits[last]);
        let before =
            fits.iter().take(last).filter(|fit| fit.column != chosen.column && fit.ratio <= chosen.ratio);
        Some((chosen, before.map(|fit| fit.column).collect()))
    }

    /// Moves columns to their other bound.
    fn flip(&mut self, columns: &[usize]) {
        if columns.is_empty() {
            return;
        }
        let mut sum = vec![0.0; self.rows];
        for &column in columns {
            let (place, to) = match self.places[column] {
                Place::Lower => (Place::Upper, self.upper[column]),
                _ => (Place::Lower, self.lower[column]),
            };
            let by = to - self.values[column];
            self.columns[column].iter().for_each(|&(row, value)| sum[row] += value * by);
            self.places[column] = place;
            self.values[column] = to;
        }
        self.factors.forward(&mut sum);
        for (head, moved) in self.heads.iter().zip(sum) {
            self.values[*head] -= moved;
        }
    }

    /// What is left of the costs after the exchange.
    fn reprice(&mut self, across: &[f64], column: usize, head: usize, pivot: f64) {
        let step = self.left[column] / pivot;
        if step != 0.0 {
            for (left, number) in self.left.iter_mut().zip(across) {
                *left -= step * number;
            }
        }
        self.left[column] = 0.0;
        self.left[head] = -step;
        // Rounding leaves traces in the basis.
        for &other in self.heads.iter().filter(|other| **other != head) {
            self.left[other] = 0.0;
        }
    }

    /// The squared lengths of the edges after the exchange.
    fn weigh_edges(&mut self, row: usize, down: &[f64], rho: Vec<f64>) {
        let length: f64 = rho.iter().map(|value| value * value).sum();
        let mut turned = rho;
        self.factors.forward(&mut turned);
        let pivot = down[row];
        for (at, &value) in down.iter().enumerate().filter(|(at, value)| *at != row && **value != 0.0) {
            let by = value / pivot;
            let edge = self.edges[at] - 2.0 * by * turned[at] + by * by * length;
            self.edges[at] = edge.max(1e-4).max(by * by * length * 1e-6);
        }
        self.edges[row] = (length / (pivot * pivot)).max(1e-4);
    }
}
