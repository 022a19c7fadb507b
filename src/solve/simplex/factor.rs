//! A basis as two triangular factors, with the changes of columns since they were made (Dantzig and Orchard-Hays 1954;
//! Suhl and Suhl 1990 for the order of the pivots).

/// A sparse column: row and number.
pub(super) type Column = Vec<(usize, f64)>;

/// A pivot below this part of the largest number of its column is not taken.
const THRESHOLD: f64 = 0.1;

/// A column whose largest number is below this depends on the others.
const DEPENDENT: f64 = 1e-9;

/// One column with its pivot row.
#[derive(Debug, Clone)]
struct Pivot {
    row: usize,
    at: f64,
    others: Column,
}

/// A factorised basis.
#[derive(Debug, Clone, Default)]
pub(super) struct Factors {
    lower: Vec<Pivot>,
    upper: Vec<Pivot>,
    changes: Vec<Pivot>,
}

impl Factors {
    /// Factorises the columns of a basis with so many rows. Also says which row each column has its pivot in; `None` for a
    /// column that depends on the others. In rows without a pivot, the unit column stands in.
    pub(super) fn new(rows: usize, columns: &[&Column]) -> (Self, Vec<Option<usize>>) {
        let mut order = Order::of(rows, columns);
        let mut factors = Self::default();
        order.single_columns(columns, &mut factors);
        order.single_rows(columns, &mut factors);
        order.rest(columns, &mut factors);
        for (row, open) in order.open_rows.iter().enumerate() {
            if *open {
                factors.upper.push(Pivot { row, at: 1.0, others: Vec::new() });
            }
        }
        (factors, order.pivots)
    }

    /// How many columns have been changed.
    pub(super) fn changes(&self) -> usize {
        self.changes.len()
    }

    /// The basis' inverse times a column, in place.
    pub(super) fn forward(&self, x: &mut [f64]) {
        for pivot in &self.lower {
            let by = x[pivot.row];
            if by != 0.0 {
                pivot.others.iter().for_each(|&(row, value)| x[row] -= value * by);
            }
        }
        for pivot in self.upper.iter().rev() {
            spread(pivot, x);
        }
        for pivot in &self.changes {
            spread(pivot, x);
        }
    }

    /// A row times the basis' inverse, in place.
    pub(super) fn backward(&self, z: &mut [f64]) {
        for pivot in self.changes.iter().rev() {
            gather(pivot, z);
        }
        for pivot in &self.upper {
            gather(pivot, z);
        }
        for pivot in self.lower.iter().rev() {
            let sum: f64 = pivot.others.iter().map(|&(row, value)| value * z[row]).sum();
            z[pivot.row] -= sum;
        }
    }

    /// Puts another column in the place of that with its pivot in `row`; `column` is the basis' inverse times it.
    pub(super) fn change(&mut self, row: usize, column: &[f64]) {
        let others = column.iter().copied().enumerate().filter(|(at, value)| *at != row && *value != 0.0);
        self.changes.push(Pivot { row, at: column[row], others: others.collect() });
    }
}

fn spread(pivot: &Pivot, x: &mut [f64]) {
    let by = x[pivot.row];
    if by != 0.0 {
        let by = by / pivot.at;
        x[pivot.row] = by;
        pivot.others.iter().for_each(|&(row, value)| x[row] -= value * by);
    }
}

fn gather(pivot: &Pivot, z: &mut [f64]) {
    let sum: f64 = pivot.others.iter().map(|&(row, value)| value * z[row]).sum();
    let left = z[pivot.row] - sum;
    z[pivot.row] = if left == 0.0 { 0.0 } else { left / pivot.at };
}

/// The order in which pivots are chosen.
struct Order {
    /// The columns that have a number in a row.
    by_row: Vec<Vec<usize>>,
    open_rows: Vec<bool>,
    open_columns: Vec<bool>,
    pivots: Vec<Option<usize>>,
}

impl Order {
    fn of(rows: usize, columns: &[&Column]) -> Self {
        let mut by_row = vec![Vec::new(); rows];
        for (number, column) in columns.iter().enumerate() {
            column.iter().for_each(|&(row, _)| by_row[row].push(number));
        }
        let open_columns = vec![true; columns.len()];
        Self { by_row, open_rows: vec![true; rows], open_columns, pivots: vec![None; columns.len()] }
    }

    fn open_of(&self, column: &Column) -> usize {
        column.iter().filter(|(row, _)| self.open_rows[*row]).count()
    }

    fn columns_of(&self, row: usize) -> usize {
        self.by_row[row].iter().filter(|column| self.open_columns[**column]).count()
    }

    fn close(&mut self, column: usize, row: usize) {
        self.open_columns[column] = false;
        self.open_rows[row] = false;
        self.pivots[column] = Some(row);
    }

    /// Columns with one open row: they need no elimination.
    fn single_columns(&mut self, columns: &[&Column], factors: &mut Factors) {
        let mut counts: Vec<usize> = columns.iter().map(|column| self.open_of(column)).collect();
        let mut waiting: Vec<usize> = (0..columns.len()).filter(|c| counts[*c] == 1).rev().collect();
        while let Some(number) = waiting.pop() {
            let found = columns[number].iter().find(|(row, _)| self.open_rows[*row]);
            let Some(&(row, at)) = found.filter(|(_, at)| at.abs() > DEPENDENT) else { continue };
            let others = columns[number].iter().copied().filter(|(other, _)| *other != row).collect();
            factors.upper.push(Pivot { row, at, others });
            self.close(number, row);
            for &other in &self.by_row[row] {
                counts[other] = counts[other].saturating_sub(1);
                if self.open_columns[other] && counts[other] == 1 {
                    waiting.push(other);
                }
            }
        }
    }

    /// Rows with one open column: their elimination changes no other open column.
    fn single_rows(&mut self, columns: &[&Column], factors: &mut Factors) {
        let mut counts: Vec<usize> = (0..self.by_row.len()).map(|row| self.columns_of(row)).collect();
        let single = |row: &usize| self.open_rows[*row] && counts[*row] == 1;
        let mut waiting: Vec<usize> = (0..counts.len()).filter(single).rev().collect();
        while let Some(row) = waiting.pop() {
            let found = self.by_row[row].iter().copied().find(|column| self.open_columns[*column]);
            let Some(number) = found.filter(|_| self.open_rows[row]) else { continue };
            let at = columns[number].iter().find(|(other, _)| *other == row).map_or(0.0, |(_, at)| *at);
            let largest = columns[number].iter().filter(|(other, _)| self.open_rows[*other]);
            let largest = largest.map(|(_, value)| value.abs()).fold(0.0, f64::max);
            if at.abs() < DEPENDENT || at.abs() < 1e-3 * largest {
                continue;
            }
            self.push(number, row, columns[number], factors);
            for &(other, _) in columns[number] {
                counts[other] = counts[other].saturating_sub(1);
                if self.open_rows[other] && counts[other] == 1 {
                    waiting.push(other);
                }
            }
        }
    }

    /// Splits a column that has been worked out at its pivot row.
    fn push(&mut self, number: usize, row: usize, column: &Column, factors: &mut Factors) {
        let at = column.iter().find(|(other, _)| *other == row).map_or(1.0, |(_, at)| *at);
        let (mut below, mut above) = (Vec::new(), Vec::new());
        for &(other, value) in column.iter().filter(|(other, _)| *other != row) {
            if self.open_rows[other] { below.push((other, value / at)) } else { above.push((other, value)) }
        }
        self.close(number, row);
        if !below.is_empty() {
            factors.lower.push(Pivot { row, at: 1.0, others: below });
        }
        factors.upper.push(Pivot { row, at, others: above });
    }

    /// What is left, column by column, the shortest first; each with its best pivot.
    fn rest(&mut self, columns: &[&Column], factors: &mut Factors) {
        let first = factors.lower.len();
        let mut left: Vec<usize> = (0..columns.len()).filter(|c| self.open_columns[*c]).collect();
        left.sort_by_key(|c| (self.open_of(columns[*c]), *c));
        let lengths: Vec<usize> = (0..self.by_row.len()).map(|row| self.columns_of(row)).collect();
        let mut x = vec![0.0; self.by_row.len()];
        for number in left {
            columns[number].iter().for_each(|&(row, value)| x[row] = value);
            for pivot in factors.lower.get(first..).unwrap_or_default() {
                let by = x[pivot.row];
                if by != 0.0 {
                    pivot.others.iter().for_each(|&(row, value)| x[row] -= value * by);
                }
            }
            let worked: Column =
                x.iter().copied().enumerate().filter(|(_, value)| value.abs() > 1e-14).collect();
            x.iter_mut().for_each(|value| *value = 0.0);
            let open = || worked.iter().filter(|(row, _)| self.open_rows[*row]);
            let largest = open().map(|(_, value)| value.abs()).fold(0.0, f64::max);
            if largest < DEPENDENT {
                continue;
            }
            let good = open().filter(|(_, value)| value.abs() >= THRESHOLD * largest);
            if let Some(row) = good.map(|(row, _)| *row).min_by_key(|row| (lengths[*row], *row)) {
                self.push(number, row, &worked, factors);
            }
        }
    }
}
