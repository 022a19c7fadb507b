//! Rows that let a column be above zero only when another is: their weights need not be stated.

use std::collections::BTreeSet;

use super::derived::DERIVED;
use super::programme::{LotModel, Sense};
use super::whole::{TooLarge, add, mul};

/// A row `small - most · large <= 0` in which `most` is the largest value of `small`, and the smallest is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The row.
    pub row: usize,
    /// The column that is held.
    pub small: usize,
    /// The column that lets it go.
    pub large: usize,
    /// The largest value of the column that is held.
    pub most: i128,
}

/// How often the links are gone through; enough for links of links.
const ROUNDS: usize = 3;

impl LotModel {
    /// The links of a lot, in the order of their labels, one for each column that is held.
    pub fn links(&self) -> Vec<Link> {
        let mut rows: Vec<usize> = (0..self.rows.len()).collect();
        rows.sort_by_key(|row| self.rows.get(*row).map(|row| row.label.as_str()));
        let mut held = BTreeSet::new();
        let links = rows.into_iter().filter_map(|row| self.link(row));
        links.filter(|link| held.insert(link.small)).collect()
    }

    fn link(&self, number: usize) -> Option<Link> {
        let row = self.rows.get(number)?;
        let [one, other] = row.terms.as_slice() else { return None };
        let ((small, 1), (large, most)) = (if one.1 == 1 { (*one, *other) } else { (*other, *one) }) else {
            return None;
        };
        let (most, column) = (most.checked_neg()?, self.columns.get(small)?);
        // Of derived rows the weights are stated.
        let holds = row.rule != DERIVED && row.sense == Sense::Le && row.rhs == 0 && most > 0;
        let fits = column.lower == 0 && column.upper == most;
        (holds && fits).then_some(Link { row: number, small, large, most })
    }
}

/// Moves what is left of the cost of each column that is held, where it is below zero, to the column that lets it go. This
/// weighs the links as well as can be: the column that is held then counts only where the other is above zero. Columns
/// between narrower bounds than those of the lot keep what they have.
///
/// # Errors
/// [`TooLarge`] when a number does not fit.
pub fn weigh_links(links: &[Link], bounds: &[(i128, i128)], left: &mut [i128]) -> Result<(), TooLarge> {
    for _ in 0..ROUNDS {
        for link in links.iter().filter(|link| bounds.get(link.small) == Some(&(0, link.most))) {
            let small = left.get_mut(link.small).ok_or(TooLarge)?;
            let moved = (*small).min(0);
            if moved != 0 {
                *small = 0;
                let large = left.get_mut(link.large).ok_or(TooLarge)?;
                *large = add(*large, mul(moved, link.most)?)?;
            }
        }
    }
    Ok(())
}
