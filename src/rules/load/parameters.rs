//! `[parameter.NAME]`: a value, or a history of values by date.

use std::collections::BTreeMap;
use std::ops::Range;

use super::refusals::Refusals;
use super::section::{Section, Text};
use super::unit::{NO_LIMIT, Unit};
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::rules::{Parameter, Status};
use crate::tender::Date;

/// A parameter as it is in force.
#[derive(Debug)]
pub(super) struct RawParameter {
    pub(super) at: Range<usize>,
    pub(super) unit: Unit,
    /// The value in force, with its place in the rule set.
    pub(super) value: Text,
    pub(super) overridden_from: Option<String>,
    cite: String,
    status: Status,
}

impl RawParameter {
    pub(super) fn public(&self, name: &str) -> Parameter {
        Parameter {
            name: name.to_owned(),
            value: self.value.value.clone(),
            unit: self.unit.name().to_owned(),
            cite: self.cite.clone(),
            status: self.status,
            overridden_from: self.overridden_from.clone(),
        }
    }
}

/// The days on which a rule set is in force, and the day that is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    pub(super) in_force: Date,
    pub(super) until: Option<Date>,
    pub(super) on: Date,
}

/// Reads one parameter; its value is the one in force on the day asked for.
pub(super) fn parameter(
    section: &Section,
    days: Option<Days>,
    refusals: &mut Refusals,
) -> Option<RawParameter> {
    let unit = unit_of(section, &Unit::names(), refusals);
    let dated = if section.has("history") {
        section.only(&["unit", "history"], refusals);
        in_force(section, unit, days, refusals)
    } else {
        section.only(&["value", "unit", "cite", "status"], refusals);
        value(section, unit, refusals)
    };
    let Dated { value, cite, status } = dated?;
    Some(RawParameter { at: section.at.clone(), unit: unit?, value, overridden_from: None, cite, status })
}

/// The unit of a parameter or table.
pub(super) fn unit_of(section: &Section, allowed: &[&str], refusals: &mut Refusals) -> Option<Unit> {
    let text = section.text("unit", refusals)?;
    let unit = Unit::from_name(&text.value).filter(|_| allowed.contains(&text.value.as_str()));
    if unit.is_none() {
        super::section::refuse_choice("unit", &text, allowed.iter().copied(), refusals);
    }
    unit
}

struct Dated {
    value: Text,
    cite: String,
    status: Status,
}

/// The value of a parameter, or of one entry of a history.
fn value(section: &Section, unit: Option<Unit>, refusals: &mut Refusals) -> Option<Dated> {
    let value = section.text("value", refusals);
    let cite = section.text("cite", refusals);
    let status = section.status(refusals);
    if let (Some(value), Some(unit)) = (&value, unit)
        && value.value != NO_LIMIT
        && let Some(code) = unit.fault(&value.value)
    {
        let name = section.name.as_str();
        let values = [("name", name), ("value", value.value.as_str()), ("unit", unit.name())];
        refusals.at(code, value.at.clone(), &values);
    }
    Some(Dated { value: value?, cite: cite?.value, status: status? })
}

/// One entry of a history.
struct Entry {
    from: Date,
    until: Option<(Date, Range<usize>)>,
    at: Range<usize>,
    dated: Option<Dated>,
}

/// The entry of a history that is in force on the day asked for; all entries are checked.
fn in_force(
    section: &Section,
    unit: Option<Unit>,
    days: Option<Days>,
    refusals: &mut Refusals,
) -> Option<Dated> {
    let mut entries = Vec::new();
    for entry in section.array("history", refusals) {
        entry.only(&["from", "until", "value", "cite", "status"], refusals);
        let until = entry.optional_day("until", refusals);
        let from = entry.day("from", refusals);
        let dated = value(&entry, unit, refusals);
        if let Some((from, at)) = from {
            entries.push(Entry { from, until, at, dated });
        }
    }
    entries.sort_by_key(|entry| entry.from);
    let days = days?;
    check_history(section, &entries, days, refusals);
    let covers = |entry: &Entry| {
        entry.from <= days.on && entry.until.as_ref().is_none_or(|(until, _)| days.on <= *until)
    };
    entries.into_iter().find(covers)?.dated
}

/// Refuses holes and overlaps between the first and the last day in force.
fn check_history(section: &Section, entries: &[Entry], days: Days, refusals: &mut Refusals) {
    let name = section.name.as_str();
    let mut next = Some(days.in_force);
    let mut first = true;
    for entry in entries {
        if let Some((until, at)) = &entry.until
            && *until < entry.from
        {
            refusals.at(
                Code::RulesUntilBeforeFrom,
                at.clone(),
                &[("until", &until.to_string()), ("from", &entry.from.to_string())],
            );
        }
        match next {
            // The first entry may reach further back than the rule set.
            Some(day) if entry.from > day => {
                refusals.at(
                    Code::RulesHistoryHole,
                    entry.at.clone(),
                    &[("name", name), ("day", &day.to_string())],
                );
            }
            Some(day) if entry.from == day || first => {}
            _ => refusals.at(
                Code::RulesHistoryOverlap,
                entry.at.clone(),
                &[("name", name), ("day", &entry.from.to_string())],
            ),
        }
        next = entry.until.as_ref().and_then(|(until, _)| until.next());
        first = false;
    }
    if let Some(day) = next
        && days.until.is_none_or(|until| day <= until)
    {
        refusals.at(Code::RulesHistoryHole, section.at.clone(), &[("name", name), ("day", &day.to_string())]);
    }
}

/// Puts the tender's own values in; each must name a parameter and fit its unit.
pub(super) fn overridden(
    parameters: &mut BTreeMap<String, RawParameter>,
    overrides: &BTreeMap<String, String>,
    refusals: &mut Refusals,
) {
    for (name, value) in overrides {
        let Some(parameter) = parameters.get_mut(name) else {
            let near = crate::diagnostics::nearest(name, parameters.keys().map(String::as_str));
            let mut values = vec![("name", name.as_str())];
            values.extend(near.map(|near| ("near", near)));
            refusals.elsewhere(in_tender(Code::RulesOverrideUnknown), &values);
            continue;
        };
        if value != NO_LIMIT
            && let Some(code) = parameter.unit.fault(value)
        {
            let values =
                [("name", name.as_str()), ("value", value.as_str()), ("unit", parameter.unit.name())];
            refusals.elsewhere(in_tender(code), &values);
            continue;
        }
        parameter.overridden_from = Some(std::mem::replace(&mut parameter.value.value, value.clone()));
    }
}

/// A fault of the tender's own file.
pub(in crate::rules) fn in_tender(code: Code) -> Diagnostic {
    Diagnostic::at(code, Place::file("tender.toml"))
}
