//! Rows that a proof derives from rows of the programme, because all columns are whole.
//!
//! A derived row says `sum of coefficient × column <= most`. It names rows of the programme with weights, above 0 on rows with a
//! most and below 0 on rows with a least, so that their sum holds from above. It is right when that sum is too large at
//! every whole point beyond the row. The points are gone through by what the row comes to: for each value, the
//! smallest sum. Only columns of two values may stand in the row.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::cases::whole;
use super::programme::{Name, Programme, Row};

/// Values that are gone through for one row, over all of its columns, at most.
const MOST_VALUES: usize = 4_000_000;

/// The derived rows that a proof states, each by its name; none where it states none.
///
/// # Errors
/// The key of what does not hold.
pub(super) fn derived(programme: &Programme, proof: &Value) -> Result<BTreeMap<Name, Row>, &'static str> {
    let mut rows = BTreeMap::new();
    let Some(stated) = proof.get("derived") else { return Ok(rows) };
    let columns: BTreeMap<&str, usize> =
        programme.names.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
    let used: BTreeSet<&str> =
        list(proof.get("rows"))?.iter().filter_map(|name| name.get(0)?.as_str()).collect();
    for (number, row) in list(Some(stated))?.iter().enumerate() {
        let [name, from, most, terms] = list(Some(row))? else { return Err("malformed") };
        let own = format!("derived[{number}]");
        if name.as_str() != Some(&own) || programme.rows.contains_key(&vec![own.clone()]) {
            return Err("malformed");
        }
        if !used.contains(own.as_str()) {
            return Err("unused");
        }
        let column = |name: &str| columns.get(name).copied();
        let terms: BTreeMap<usize, i128> = pairs(terms, column)?;
        let row = |name: &str| Some(vec![name.to_owned()]).filter(|name| programme.rows.contains_key(name));
        let from: BTreeMap<Name, i128> = pairs(from, row)?;
        let most = whole(Some(most)).ok_or("malformed")?;
        if !follows(programme, &from, &terms, most)? {
            return Err("not_derived");
        }
        rows.insert(vec![own], Row { terms: terms.into_iter().collect(), least: None, most: Some(most) });
    }
    Ok(rows)
}

fn list(of: Option<&Value>) -> Result<&[Value], &'static str> {
    of.and_then(Value::as_array).map(Vec::as_slice).ok_or("malformed")
}

/// Names with a number other than 0 each; no name twice.
fn pairs<K: Ord>(of: &Value, known: impl Fn(&str) -> Option<K>) -> Result<BTreeMap<K, i128>, &'static str> {
    let mut found = BTreeMap::new();
    for pair in list(Some(of))? {
        let [name, number] = list(Some(pair))? else { return Err("malformed") };
        let key = name.as_str().and_then(&known).ok_or("malformed")?;
        let number = whole(Some(number)).filter(|number| *number != 0).ok_or("malformed")?;
        if found.insert(key, number).is_some() {
            return Err("malformed");
        }
    }
    Ok(found)
}

/// Whether a row follows from the sum of weighted rows.
fn follows(
    programme: &Programme,
    from: &BTreeMap<Name, i128>,
    terms: &BTreeMap<usize, i128>,
    most: i128,
) -> Result<bool, &'static str> {
    let (sum, mut room) = added(programme, from)?;
    // What is not in the row takes from the room what it must.
    for (column, (by, (low, high))) in sum.iter().zip(&programme.bounds).enumerate() {
        if !terms.contains_key(&column) {
            let least = times(*by, *low)?.min(times(*by, *high)?);
            room = room.checked_sub(least).ok_or("too_large")?;
        }
    }
    let mut left = 0_i128;
    for (column, by) in terms {
        let (low, high) = *programme.bounds.get(*column).ok_or("malformed")?;
        left = plus(left, times(*by, low)?.max(times(*by, high)?))?;
    }
    // The smallest sum for each value of the row, column by column.
    let mut smallest: BTreeMap<i128, i128> = BTreeMap::from([(0, 0)]);
    let mut gone_through = 0_usize;
    for (column, by) in terms {
        let (low, high) = *programme.bounds.get(*column).ok_or("malformed")?;
        let weight = *sum.get(*column).ok_or("malformed")?;
        if high.checked_sub(low).is_none_or(|apart| apart > 1) {
            return Ok(false);
        }
        left = left.checked_sub(times(*by, low)?.max(times(*by, high)?)).ok_or("too_large")?;
        let mut next = BTreeMap::new();
        for (reached, lowest) in smallest {
            for value in low..=high {
                let (reached, sum) =
                    (plus(reached, times(*by, value)?)?, plus(lowest, times(weight, value)?)?);
                // What cannot come beyond the row any more is left aside.
                if plus(reached, left)? > most {
                    let place = next.entry(reached).or_insert(sum);
                    *place = sum.min(*place);
                }
            }
        }
        gone_through = gone_through.saturating_add(next.len());
        if gone_through > MOST_VALUES {
            return Ok(false);
        }
        smallest = next;
    }
    // What is left lies beyond the row.
    Ok(smallest.into_values().all(|sum| sum > room))
}

/// The sum of weighted rows: its coefficients, and the most that it comes to.
fn added(programme: &Programme, from: &BTreeMap<Name, i128>) -> Result<(Vec<i128>, i128), &'static str> {
    let (mut sum, mut room) = (vec![0_i128; programme.bounds.len()], 0_i128);
    for (name, weight) in from {
        let row = programme.rows.get(name).ok_or("malformed")?;
        let side = if *weight > 0 { row.most } else { row.least };
        room = plus(room, times(*weight, side.ok_or("weight")?)?)?;
        for (column, coefficient) in &row.terms {
            let place = sum.get_mut(*column).ok_or("malformed")?;
            *place = plus(*place, times(*weight, *coefficient)?)?;
        }
    }
    Ok((sum, room))
}

fn times(one: i128, other: i128) -> Result<i128, &'static str> {
    one.checked_mul(other).ok_or("too_large")
}

fn plus(one: i128, other: i128) -> Result<i128, &'static str> {
    one.checked_add(other).ok_or("too_large")
}
