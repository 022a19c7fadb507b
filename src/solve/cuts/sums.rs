//! Sums of rows in which volumes cancel out: what all winners can deliver together against what is asked for.

use std::collections::BTreeMap;

use crate::model::{LotModel, Row, Sense};

/// The sum of all rows that hold what one yes-or-no column lets through, less the rows that say how much there must be.
pub(super) fn of(lot: &LotModel) -> Vec<Vec<(usize, i128)>> {
    let mut from: Vec<(usize, i128)> = Vec::new();
    let mut sum: BTreeMap<usize, i128> = BTreeMap::new();
    let mut gates = Vec::new();
    for (number, row) in lot.rows.iter().enumerate() {
        let Some(gate) = gate(row) else { continue };
        gates.push(gate);
        from.push((number, 1));
        for &(column, by) in &row.terms {
            let place = sum.entry(column).or_default();
            *place = place.saturating_add(by);
        }
    }
    for (number, row) in lot.rows.iter().enumerate().filter(|(_, row)| row.sense == Sense::Eq) {
        let Some(&(first, by)) = row.terms.first() else { continue };
        let there = sum.get(&first).copied().unwrap_or(0);
        let times = there.checked_div(by).unwrap_or(0);
        let cancels = |&(column, by): &(usize, i128)| {
            by.checked_mul(times).is_some_and(|all| sum.get(&column).copied().unwrap_or(0) == all)
        };
        if times <= 0 || !row.terms.iter().all(cancels) {
            continue;
        }
        from.push((number, times.saturating_neg()));
        row.terms.iter().for_each(|(column, _)| {
            sum.remove(column);
        });
    }
    sum.retain(|_, by| *by != 0);
    let done = !gates.is_empty() && sum.keys().all(|column| gates.contains(column));
    if done { vec![from] } else { Vec::new() }
}

/// The column that lets others through, of a row that holds them: three or more of them, no more than the gate allows.
fn gate(row: &Row) -> Option<usize> {
    let mut below = row.terms.iter().filter(|(_, by)| *by < 0);
    let &(gate, _) = below.next()?;
    let holds = row.sense == Sense::Le && row.rhs == 0 && row.terms.len() > 3 && below.next().is_none();
    holds.then_some(gate)
}
