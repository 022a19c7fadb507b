//! Rows that a proof derives from rows of the model: each must hold for every whole point that those allow.
//!
//! Whatever made a row, it is right when no whole point between the columns' bounds lies beyond it at which the sum of the
//! weighted rows still holds. That is looked up in a table: for every value that the row can reach, the least that the
//! sum comes to there (the table of Bellman's knapsack, 1957, by value). Covers, lifted or not, are rows of this kind.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::CertifyFaultKind;
use crate::model::whole::{add, mul, sub};
use crate::model::{Derived, LotModel, Sense, derived_label};

/// The largest table: values times columns.
const LARGEST_TABLE: i128 = 4_000_000;

/// The lot with the rows that a proof derives, once each has been checked.
pub(super) fn strengthened<'a>(
    lot: &'a LotModel,
    derived: &[Derived],
) -> Result<Cow<'a, LotModel>, CertifyFaultKind> {
    if derived.is_empty() {
        return Ok(Cow::Borrowed(lot));
    }
    for (number, row) in derived.iter().enumerate() {
        if !follows(lot, row)? {
            return Err(CertifyFaultKind::NotDerived(derived_label(number)));
        }
    }
    Ok(Cow::Owned(lot.with_derived(derived)))
}

/// Whether a row follows from the rows that it names.
fn follows(lot: &LotModel, derived: &Derived) -> Result<bool, CertifyFaultKind> {
    for &(number, weight) in &derived.from {
        let row = lot.rows.get(number).ok_or(CertifyFaultKind::ProofMalformed)?;
        let holds_from_above = match row.sense {
            Sense::Le => weight >= 0,
            Sense::Ge => weight <= 0,
            Sense::Eq => true,
        };
        if !holds_from_above {
            return Err(CertifyFaultKind::WeightSign);
        }
    }
    let (sum, room) = derived.sum(lot)?;
    let mut terms: BTreeMap<usize, i128> = BTreeMap::new();
    for &(column, coefficient) in &derived.terms {
        if column >= lot.columns.len() || coefficient == 0 || terms.insert(column, coefficient).is_some() {
            return Err(CertifyFaultKind::ProofMalformed);
        }
    }
    // Every column at the end at which the row comes to less; one that is not in it, where the sum does.
    let (mut value, mut least, mut moves) = (0, 0, Vec::new());
    for (column, (of, &by)) in lot.columns.iter().zip(&sum).enumerate() {
        let Some(&coefficient) = terms.get(&column) else {
            least = add(least, mul(by, of.lower)?.min(mul(by, of.upper)?))?;
            continue;
        };
        let (low, high) = if coefficient > 0 { (of.lower, of.upper) } else { (of.upper, of.lower) };
        value = add(value, mul(coefficient, low)?)?;
        least = add(least, mul(by, low)?)?;
        match sub(of.upper, of.lower)? {
            0 => {}
            1 => moves.push((mul(coefficient, coefficient.signum())?, mul(by, sub(high, low)?)?)),
            // Columns of more values are not looked through.
            _ => return Ok(false),
        }
    }
    let beyond = add(sub(derived.rhs, value)?, 1)?;
    let size = mul(beyond.max(0), i128::try_from(moves.len()).unwrap_or(i128::MAX))?;
    if beyond <= 0 || size > LARGEST_TABLE {
        return Ok(false);
    }
    let reached = least_beyond(beyond, &moves)?;
    Ok(reached.is_none_or(|moved| least.checked_add(moved).is_some_and(|sum| sum > room)))
}

/// The least that the sum rises by when the row rises by `beyond` or more; `None` when it never does. Each move raises the
/// row by its first number and the sum by its second, and is made once at most.
fn least_beyond(beyond: i128, moves: &[(i128, i128)]) -> Result<Option<i128>, CertifyFaultKind> {
    let last = usize::try_from(beyond).map_err(|_| CertifyFaultKind::TooLarge)?;
    let mut table: Vec<Option<i128>> = vec![None; last.saturating_add(1)];
    table.first_mut().into_iter().for_each(|place| *place = Some(0));
    for &(by, cost) in moves {
        let by = usize::try_from(by).unwrap_or(usize::MAX);
        for from in (0..=last).rev() {
            let Some(Some(known)) = table.get(from).copied() else { continue };
            let now = add(known, cost)?;
            let place = table.get_mut(from.saturating_add(by).min(last)).ok_or(CertifyFaultKind::TooLarge)?;
            *place = Some(place.map_or(now, |other| other.min(now)));
        }
    }
    Ok(table.pop().flatten())
}
