//! What it has brought so far to split on a column (Bénichou and others 1971).
#![allow(clippy::float_arithmetic)]

/// The rise of the bound for each step by which a column is moved, down and up.
#[derive(Debug, Clone, Copy, Default)]
struct Risen {
    sum: [f64; 2],
    count: [f64; 2],
}

/// What splits have brought, by column.
#[derive(Debug)]
pub(super) struct Promise {
    risen: Vec<Risen>,
    sizes: Vec<f64>,
    all: Risen,
}

impl Promise {
    /// Nothing is known yet; larger columns are taken to bring more.
    pub(super) fn new(sizes: Vec<f64>) -> Self {
        Self { risen: vec![Risen::default(); sizes.len()], sizes, all: Risen::default() }
    }

    /// Notes by how much the bound rose when a column was moved so far, up or down.
    pub(super) fn note(&mut self, column: usize, up: bool, far: f64, rise: f64) {
        let (side, rise) = (usize::from(up), rise.max(0.0) / far.max(1e-6));
        let size = self.sizes.get(column).copied().unwrap_or(1.0);
        if let Some(risen) = self.risen.get_mut(column) {
            risen.sum[side] += rise;
            risen.count[side] += 1.0;
            self.all.sum[side] += rise / size;
            self.all.count[side] += 1.0;
        }
    }

    /// What a split of a column promises whose value is `part` above a whole number.
    pub(super) fn of(&self, column: usize, part: f64) -> f64 {
        let Some(risen) = self.risen.get(column) else { return 0.0 };
        let size = self.sizes.get(column).copied().unwrap_or(1.0);
        let side = |side: usize, far: f64| {
            let mean = |risen: &Risen| risen.sum[side] / risen.count[side];
            let rise = if risen.count[side] > 0.0 {
                mean(risen)
            } else if self.all.count[side] > 0.0 {
                mean(&self.all) * size
            } else {
                size
            };
            (rise * far).max(1e-9)
        };
        side(0, part) * side(1, 1.0 - part)
    }
}
