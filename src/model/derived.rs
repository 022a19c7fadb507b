//! Rows that follow from rows of the model because all columns are whole: they cut off fractions, and no award.

use super::programme::{LotModel, Row, Sense};
use super::whole::{TooLarge, add, mul};

/// What a derived row names as the rule that made it.
pub const DERIVED: &str = "derived";

/// A row `sum of coefficient × column <= rhs` that holds for every whole point between the columns' bounds at which a sum of
/// weighted rows of the model holds. Nothing here is to be trusted before it has been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    /// Rows of the model by number, with weights under which their sum holds from above.
    pub from: Vec<(usize, i128)>,
    /// The columns of the row, with their coefficients.
    pub terms: Vec<(usize, i128)>,
    /// The right-hand side.
    pub rhs: i128,
}

impl Derived {
    /// The sum of the weighted rows: what each column has in it, and its right-hand side.
    ///
    /// # Errors
    /// [`TooLarge`] when a number does not fit, or when a row is named that is not there.
    pub fn sum(&self, lot: &LotModel) -> Result<(Vec<i128>, i128), TooLarge> {
        let (mut sum, mut side) = (vec![0; lot.columns.len()], 0);
        for &(number, weight) in &self.from {
            let row = lot.rows.get(number).ok_or(TooLarge)?;
            side = add(side, mul(weight, row.rhs)?)?;
            for &(column, coefficient) in &row.terms {
                let place = sum.get_mut(column).ok_or(TooLarge)?;
                *place = add(*place, mul(weight, coefficient)?)?;
            }
        }
        Ok((sum, side))
    }
}

impl LotModel {
    /// The same lot with derived rows after its own.
    #[must_use]
    pub fn with_derived(&self, derived: &[Derived]) -> Self {
        let mut lot = self.clone();
        for (number, row) in derived.iter().enumerate() {
            lot.derive(number, row);
        }
        lot
    }

    /// Adds a derived row.
    pub fn derive(&mut self, number: usize, row: &Derived) {
        let (rule, label) = (DERIVED.to_owned(), derived_label(number));
        self.rows.push(Row { rule, label, terms: row.terms.clone(), sense: Sense::Le, rhs: row.rhs });
    }
}

/// How the derived row of a number is named.
pub fn derived_label(number: usize) -> String {
    format!("derived[{number}]")
}
