//! Where `tender.toml` says what a rule set refuses.

use std::ops::Range;

use toml::de::DeTable;

use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place, Source};

/// Gives each fault of `tender.toml` as a whole the place of what it speaks of: the value of the parameter that it names,
/// the day of the announcement, or the name of the rule set.
///
/// Rule sets are loaded from a tender's values, which no longer know where they were written.
pub fn in_notice(faults: &Diagnostics, notice: &Source) -> Diagnostics {
    let whole_file = Place::file(notice.name());
    let mut placed = Diagnostics::new();
    for fault in faults.iter() {
        let of_the_file = fault.place.as_ref() == Some(&whole_file);
        let range = if of_the_file { range(fault, notice) } else { None };
        let mut fault = fault.clone();
        if let Some(range) = range {
            fault.place = Some(notice.place(range));
        }
        placed.push(fault);
    }
    placed
}

fn range(fault: &Diagnostic, notice: &Source) -> Option<Range<usize>> {
    let root = DeTable::parse(notice.text()).ok()?;
    let section = |name: &str| root.get_ref().get(name)?.get_ref().as_table();
    let parameter = fault.args.iter().find(|(name, _)| *name == "name").map(|(_, value)| value.as_str());
    match (fault.code, parameter) {
        (Code::RulesOverrideUnknown, Some(name)) => {
            Some(section("parameters")?.get_key_value(name)?.0.span())
        }
        (_, Some(name)) => Some(section("parameters")?.get(name)?.span()),
        (Code::RulesNotInForce, None) => Some(section("tender")?.get("announced")?.span()),
        (_, None) => Some(section("tender")?.get("rules")?.span()),
    }
}
