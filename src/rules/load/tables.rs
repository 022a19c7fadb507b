//! `[table.NAME]`: values by a count.

use std::ops::Range;

use super::parameters::unit_of;
use super::refusals::Refusals;
use super::section::{Section, Text, text_of};
use super::unit::{Unit, share_bands, whole};
use crate::diagnostics::Code;
use crate::money::Ratio;
use crate::rules::{CitedTable, Status, Table};

/// A table as it is written, its rows by count; the last one is open.
#[derive(Debug)]
pub(super) struct RawTable {
    pub(super) at: Range<usize>,
    pub(super) unit: Unit,
    cite: String,
    status: Status,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    count: u32,
    open: bool,
    key: Text,
    value: Text,
}

impl RawTable {
    pub(super) fn public(&self, name: &str) -> CitedTable {
        CitedTable {
            name: name.to_owned(),
            unit: self.unit.name().to_owned(),
            cite: self.cite.clone(),
            status: self.status,
            rows: self.rows.iter().map(|row| (row.key.value.clone(), row.value.value.clone())).collect(),
        }
    }

    /// The values read by `parse`; `None` when one of them, already refused, cannot be read.
    pub(super) fn values<V>(&self, parse: impl Fn(&str) -> Option<V>) -> Option<Table<V>> {
        let mut values = self.rows.iter().map(|row| parse(&row.value.value)).collect::<Option<Vec<_>>>()?;
        let last = values.pop()?;
        Some(Table::new(values, last))
    }
}

/// Reads one table and refuses what does not give every count from 1 on one value.
pub(super) fn table(section: &Section, refusals: &mut Refusals) -> Option<RawTable> {
    section.only(&["unit", "cite", "status", "rows"], refusals);
    let unit = unit_of(section, Unit::OF_TABLES, refusals);
    let cite = section.text("cite", refusals);
    let status = section.status(refusals);
    let Some(rows) = section.section("rows", refusals) else {
        refusals.at(
            Code::RulesKeyMissing,
            section.at.clone(),
            &[("key", "rows"), ("section", &section.name)],
        );
        return None;
    };
    let mut rows: Vec<Row> = rows
        .entries()
        .filter_map(|(key, value)| row(key, text_of("rows", value, refusals)?, refusals))
        .collect();
    rows.sort_by_key(|row| (row.count, row.open));
    check_counts(section, &rows, refusals);
    if let Some(unit) = unit {
        check_values(section, unit, &rows, refusals);
    }
    Some(RawTable { at: section.at.clone(), unit: unit?, cite: cite?.value, status: status?, rows })
}

/// A row's count: a whole number from 1 on, with a `+` when it is open.
fn row(key: Text, value: Text, refusals: &mut Refusals) -> Option<Row> {
    let (count, open) = match key.value.strip_suffix('+') {
        Some(count) => (count, true),
        None => (key.value.as_str(), false),
    };
    let count = whole(count).filter(|count| *count > 0);
    if count.is_none() {
        refusals.at(Code::RulesTableCount, key.at.clone(), &[("count", &key.value)]);
    }
    Some(Row { count: count?, open, key, value })
}

/// Refuses holes, overlaps and a table without an open end.
fn check_counts(section: &Section, rows: &[Row], refusals: &mut Refusals) {
    let name = section.name.as_str();
    let mut next = 1_u32;
    let mut open: Option<&Row> = None;
    for row in rows {
        if let Some(open) = open {
            let values =
                [("name", name), ("count", row.key.value.as_str()), ("other", open.key.value.as_str())];
            refusals.at(Code::RulesTableOverlap, row.key.at.clone(), &values);
        } else if row.count < next {
            let values =
                [("name", name), ("count", row.key.value.as_str()), ("other", &row.count.to_string())];
            refusals.at(Code::RulesTableOverlap, row.key.at.clone(), &values);
        } else if row.count > next {
            refusals.at(
                Code::RulesTableHole,
                row.key.at.clone(),
                &[("name", name), ("count", &next.to_string())],
            );
        }
        next = row.count.saturating_add(1).max(next);
        open = open.or(row.open.then_some(row));
    }
    if open.is_none() {
        refusals.at(
            Code::RulesTableNotOpen,
            section.at.clone(),
            &[("name", name), ("count", &next.to_string())],
        );
    }
}

/// Refuses values that do not fit the unit, more places than bidders, and places that get fewer.
fn check_values(section: &Section, unit: Unit, rows: &[Row], refusals: &mut Refusals) {
    let mut most = 0;
    for row in rows {
        let value = row.value.value.as_str();
        if let Some(code) = unit.fault(value) {
            let values = [("name", section.name.as_str()), ("value", value), ("unit", unit.name())];
            refusals.at(code, row.value.at.clone(), &values);
            continue;
        }
        if unit == Unit::ShareBands && !bands_hold_the_whole(value, row.count) {
            let values =
                [("name", section.name.as_str()), ("value", value), ("count", row.key.value.as_str())];
            refusals.at(Code::RulesBandsMissTheWhole, row.value.at.clone(), &values);
        }
        let Some(places) = whole(value).filter(|_| unit == Unit::Places) else { continue };
        let values = [("name", section.name.as_str()), ("value", value), ("count", row.key.value.as_str())];
        if places > row.count {
            refusals.at(Code::RulesMorePlacesThanBidders, row.value.at.clone(), &values);
        }
        if places < most {
            refusals.at(Code::RulesPlacesDecrease, row.value.at.clone(), &values);
        }
        most = most.max(places);
    }
}

/// Whether the bands of so many ranks can come to the whole: at most that with their least shares, at least that with their
/// greatest.
fn bands_hold_the_whole(value: &str, count: u32) -> bool {
    let Some(bands) = share_bands(value) else { return true };
    let first = usize::try_from(count).unwrap_or(usize::MAX);
    let sum = |parts: Vec<Ratio>| Ratio::total(parts).unwrap_or_default();
    let least = sum(bands.iter().take(first).map(|band| band.least).collect());
    let most = sum(bands.iter().take(first).map(|band| band.most).collect());
    least <= Ratio::ONE && most >= Ratio::ONE
}
