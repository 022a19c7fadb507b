//! `[[rule]]`: which rules a set uses, with which numbers.

use super::arguments::{Arguments, Named};
use super::refusals::Refusals;
use super::section::{Section, Text, text_of};
use crate::diagnostics::Code;
use crate::rules::registry::{REGISTRY, Rule};
use crate::rules::{Status, UsedRule};

/// A rule of the set with its numbers, in the order of the file.
pub(super) struct Step {
    pub(super) rule: Rule,
    pub(super) id: &'static str,
    /// The place of its id.
    pub(super) at: std::ops::Range<usize>,
    pub(super) cite: String,
    pub(super) status: Status,
    /// Its arguments with the names that they are given.
    pub(super) with: Vec<(String, String)>,
    /// The group of tests of which any one suffices.
    pub(super) any: Option<Text>,
}

impl Step {
    /// As a reader of the set sees it.
    pub(super) fn used(&self) -> UsedRule {
        UsedRule {
            id: self.id,
            with: self.with.clone(),
            any: self.any.as_ref().map(|any| any.value.clone()),
            cite: self.cite.clone(),
            status: self.status,
        }
    }
}

/// Reads one `[[rule]]`.
pub(super) fn step(section: &Section, named: &mut Named, refusals: &mut Refusals) -> Option<Step> {
    section.only(&["use", "with", "cite", "status", "any"], refusals);
    let cite = section.text("cite", refusals);
    let status = section.status(refusals);
    let any = if section.has("any") { section.text("any", refusals) } else { None };
    let with = with(section, refusals);
    let id = section.text("use", refusals)?;
    let Some(row) = REGISTRY.iter().find(|row| row.id == id.value) else {
        let known = REGISTRY.iter().map(|row| row.id);
        refusals.unknown(Code::RulesRuleUnknown, id.at, ("rule", &id.value), known);
        named.use_all(&with);
        return None;
    };
    let mut arguments = Arguments::new(row.id, id.at.clone(), &with, named, refusals);
    let rule = (row.build)(&mut arguments);
    arguments.finish();
    if let Some(any) = &any
        && !row.is_price_test
    {
        refusals.at(Code::RulesAnyWithoutTest, any.at.clone(), &[("rule", row.id)]);
    }
    let with = with.into_iter().map(|(key, name)| (key.value, name.value)).collect();
    Some(Step { rule: rule?, id: row.id, at: id.at, cite: cite?.value, status: status?, with, any })
}

/// The arguments of a rule with the names that they are given.
fn with(section: &Section, refusals: &mut Refusals) -> Vec<(Text, Text)> {
    let Some(with) = section.section("with", refusals) else { return Vec::new() };
    let named = with.entries().filter_map(|(key, value)| {
        let name = text_of(&key.value, value, refusals)?;
        Some((key, name))
    });
    named.collect()
}
