//! Lots in which bids and limits can say more than a core lot holds: price bands, packages, one supplier for each region,
//! shares by rank. They stand as columns and rows only; beside these stands what is needed to read an award.

use std::collections::BTreeSet;

use super::programme::{Column, LotModel, ModelFault, ModelFaultKind, Objective, Row, Shape};
use super::whole::{TooLarge, add, mul};

/// The largest number that a column bound, a coefficient or a right-hand side may be.
const LARGEST: i128 = 1_000_000_000_000_000_000_000_000;

/// The largest value that a row or an objective may take on any award, and the largest number of columns times this: far
/// below where weighted sums could leave 128 bits.
const LARGEST_SUM: i128 = 10_000_000_000_000_000_000_000_000_000;

/// What is needed to read an award of a lot that is given by columns and rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneralLot {
    /// The yes-or-no column that says whether a bid wins, and the bid's id; in the order of the ids.
    pub winners: Vec<(usize, String)>,
    /// The regions' names.
    pub regions: Vec<String>,
    /// What the columns deliver.
    pub delivers: Vec<Delivery>,
}

/// What one column delivers. A bid may have several columns for one region; they add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivery {
    /// The column.
    pub column: usize,
    /// The bid, as a place in [`GeneralLot::winners`].
    pub bid: usize,
    /// The region, as a place in [`GeneralLot::regions`].
    pub region: usize,
    /// The volume, in the tender's smallest step, when the column is 1.
    pub volume: i128,
}

impl GeneralLot {
    /// What each bid delivers to each region in an award, in steps.
    ///
    /// # Errors
    /// [`TooLarge`] when a volume does not fit or a column has no value.
    pub fn volumes(&self, values: &[i128]) -> Result<Vec<Vec<i128>>, TooLarge> {
        let mut volumes = vec![vec![0; self.regions.len()]; self.winners.len()];
        for delivery in &self.delivers {
            let own = volumes.get_mut(delivery.bid).and_then(|own| own.get_mut(delivery.region));
            let place = own.ok_or(TooLarge)?;
            let value = *values.get(delivery.column).ok_or(TooLarge)?;
            *place = add(*place, mul(value, delivery.volume)?)?;
        }
        Ok(volumes)
    }
}

impl LotModel {
    /// A lot given by columns, rows and objectives, the cost first and the others in turn.
    ///
    /// # Errors
    /// No objective, a name that stands twice, a column that is not there or stands twice in a row, bounds in the wrong
    /// order, a winner column that is not yes-or-no, a number that is too large for exact sums.
    pub fn general(
        lot_id: &str,
        columns: Vec<Column>,
        rows: Vec<Row>,
        objectives: Vec<Objective>,
        lot: GeneralLot,
    ) -> Result<Self, ModelFault> {
        let fault = |kind| ModelFault::new(lot_id, kind);
        check(&columns, &rows, &objectives, &lot).map_err(fault)?;
        let mut objectives = objectives.into_iter();
        let objective =
            objectives.next().ok_or_else(|| fault(ModelFaultKind::Unknown("objective".to_owned())))?;
        let (lot_id, then) = (lot_id.to_owned(), objectives.collect());
        Ok(Self { lot_id, columns, rows, objective, then, shape: Shape::General(lot) })
    }
}

fn check(
    columns: &[Column],
    rows: &[Row],
    objectives: &[Objective],
    lot: &GeneralLot,
) -> Result<(), ModelFaultKind> {
    let mut names = BTreeSet::new();
    for name in columns.iter().map(|c| &c.name) {
        if !names.insert(name) {
            return Err(ModelFaultKind::NameTwice(name.clone()));
        }
    }
    let mut labels = BTreeSet::new();
    for label in rows.iter().map(|row| &row.label) {
        if !labels.insert(label) {
            return Err(ModelFaultKind::NameTwice(label.clone()));
        }
    }
    for column in columns {
        if column.lower > column.upper {
            return Err(ModelFaultKind::Bounds(column.name.clone()));
        }
        fits(column.lower)?;
        fits(column.upper)?;
    }
    for row in rows {
        fits(row.rhs)?;
        terms(columns, &row.terms, &row.label)?;
    }
    for objective in objectives {
        terms(columns, &objective.terms, "objective")?;
    }
    let mut bids = BTreeSet::new();
    for (column, bid) in &lot.winners {
        let yes_no = |c: &Column| c.integer && (0..=1).contains(&c.lower) && (0..=1).contains(&c.upper);
        if !columns.get(*column).is_some_and(yes_no) {
            return Err(ModelFaultKind::Unknown(bid.clone()));
        }
        if !bids.insert(bid) {
            return Err(ModelFaultKind::BidTwice(bid.clone()));
        }
    }
    let there =
        |d: &Delivery| d.column < columns.len() && d.bid < lot.winners.len() && d.region < lot.regions.len();
    match lot.delivers.iter().find(|delivery| !there(delivery)) {
        Some(delivery) => Err(ModelFaultKind::Unknown(delivery.column.to_string())),
        None => Ok(()),
    }
}

fn fits(number: i128) -> Result<(), ModelFaultKind> {
    if (-LARGEST..=LARGEST).contains(&number) { Ok(()) } else { Err(ModelFaultKind::TooLarge) }
}

/// Columns exist and stand once, and no award can bring the sum out of range.
fn terms(columns: &[Column], terms: &[(usize, i128)], name: &str) -> Result<(), ModelFaultKind> {
    let mut seen = BTreeSet::new();
    let mut most = 0_i128;
    for &(column, coefficient) in terms {
        let column = match columns.get(column) {
            Some(known) if seen.insert(column) => known,
            _ => return Err(ModelFaultKind::Unknown(name.to_owned())),
        };
        fits(coefficient)?;
        let far = column.lower.abs().max(column.upper.abs());
        most = add(most, mul(far, coefficient.abs())?)?;
    }
    if most <= LARGEST_SUM { Ok(()) } else { Err(ModelFaultKind::TooLarge) }
}
