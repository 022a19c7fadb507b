//! What differs between two rule sets, rule by rule and number by number.

use std::collections::{BTreeMap, BTreeSet};

use super::{RuleSet, Status, UsedRule, rule_ids};

/// What differs between two rule sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleSetDiff {
    /// Rules of one set only and rules that differ, in the order in which an office applies them.
    pub rules: Vec<RuleDiff>,
    /// Rules that are alike in both, numbers and citations included.
    pub alike: Vec<&'static str>,
}

/// A rule that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleDiff {
    /// The rule's id.
    pub id: &'static str,
    /// Where it is written down in each set; `None` where the set does not use it.
    pub cites: [Option<String>; 2],
    /// The group of tests of which any one suffices, in each set.
    pub any: [Option<String>; 2],
    /// Arguments whose value differs; all of them for a rule of one set only.
    pub arguments: Vec<ArgumentDiff>,
}

impl RuleDiff {
    /// Whether nothing differs but citations.
    pub fn is_only_cited_otherwise(&self) -> bool {
        let both = self.cites.iter().all(Option::is_some);
        let same = |argument: &ArgumentDiff| argument.changed_rows().is_empty();
        both && self.is_grouped_alike() && self.arguments.iter().all(same)
    }

    /// Whether it stands alone in both sets, or in a group in both; the group's name says nothing.
    pub fn is_grouped_alike(&self) -> bool {
        self.any[0].is_some() == self.any[1].is_some()
    }
}

/// An argument of a rule in both sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArgumentDiff {
    /// The argument.
    pub argument: String,
    /// What each set gives it; `None` where it gives nothing.
    pub stated: [Option<Stated>; 2],
}

/// A number, a word or a table as a set states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// Name of the parameter or table.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Counts with values; one row with a blank count for a single value.
    pub rows: Vec<(String, String)>,
    /// Where it is written down.
    pub cite: String,
    /// Whether somebody has read that source.
    pub status: Status,
}

impl Stated {
    /// The value for a count from 1 on; a single value holds for every count.
    pub fn at(&self, count: u32) -> Option<&str> {
        let exact = count.to_string();
        let row = self.rows.iter().find(|(key, _)| *key == exact);
        let (_, value) = row.or_else(|| self.rows.last())?;
        Some(value)
    }

    /// The count of the open row; 0 for a single value.
    fn last_count(&self) -> u32 {
        let last = self.rows.last().map_or("", |(count, _)| count.trim_end_matches('+'));
        last.parse().unwrap_or(0)
    }
}

impl ArgumentDiff {
    /// The counts whose values differ, with both values; a blank count for single values. The last count is open.
    pub fn changed_rows(&self) -> Vec<(String, [Option<String>; 2])> {
        let [before, after] = &self.stated;
        let last = [before, after].into_iter().flatten().map(Stated::last_count).max().unwrap_or(0);
        let value = |stated: &Option<Stated>, count: u32| {
            stated.as_ref().and_then(|stated| stated.at(count)).map(str::to_owned)
        };
        let rows = (u32::from(last > 0)..=last).map(|count| {
            let key = match count {
                0 => String::new(),
                count if count == last => format!("{count}+"),
                count => count.to_string(),
            };
            (key, [value(before, count), value(after, count)])
        });
        rows.filter(|(_, [before, after])| before != after).collect()
    }
}

impl RuleSetDiff {
    /// What differs from `before` to `after`.
    pub fn between(before: &RuleSet, after: &RuleSet) -> Self {
        let mut diff = Self { rules: Vec::new(), alike: Vec::new() };
        let by_place = [by_place(before), by_place(after)];
        let keys: BTreeSet<&(usize, usize)> = by_place.iter().flat_map(BTreeMap::keys).collect();
        for key in keys {
            let uses = by_place.each_ref().map(|used| used.get(key).copied());
            let Some(known) = uses.iter().flatten().next() else { continue };
            let arguments: BTreeSet<&String> = uses
                .iter()
                .flatten()
                .flat_map(|used| used.with.iter().map(|(argument, _)| argument))
                .collect();
            let arguments = arguments.into_iter().map(|argument| ArgumentDiff {
                argument: argument.clone(),
                stated: [stated(before, uses[0], argument), stated(after, uses[1], argument)],
            });
            let rule = RuleDiff {
                id: known.id,
                cites: uses.map(|used| used.map(|used| used.cite.clone())),
                any: uses.map(|used| used.and_then(|used| used.any.clone())),
                arguments: arguments.filter(|argument| argument.stated[0] != argument.stated[1]).collect(),
            };
            let alike = rule.cites[0] == rule.cites[1] && rule.any[0] == rule.any[1];
            if alike && rule.arguments.is_empty() {
                diff.alike.push(rule.id);
            } else {
                diff.rules.push(rule);
            }
        }
        diff
    }
}

/// The rules by their place in the order of an office, and by how often the rule came before.
fn by_place(set: &RuleSet) -> BTreeMap<(usize, usize), &UsedRule> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let place = |id: &str| rule_ids().position(|known| known == id).unwrap_or(usize::MAX);
    set.used
        .iter()
        .map(|used| {
            let times = seen.entry(used.id).or_default();
            let key = (place(used.id), *times);
            *times = times.saturating_add(1);
            (key, used)
        })
        .collect()
}

/// What a set gives an argument of a rule.
fn stated(set: &RuleSet, used: Option<&UsedRule>, argument: &str) -> Option<Stated> {
    let (_, name) = used?.with.iter().find(|(known, _)| known == argument)?;
    if let Some(parameter) = set.parameters.iter().find(|parameter| parameter.name == *name) {
        return Some(Stated {
            name: name.clone(),
            unit: parameter.unit.clone(),
            rows: vec![(String::new(), parameter.value.clone())],
            cite: parameter.cite.clone(),
            status: parameter.status,
        });
    }
    let table = set.tables.iter().find(|table| table.name == *name)?;
    Some(Stated {
        name: name.clone(),
        unit: table.unit.clone(),
        rows: table.rows.clone(),
        cite: table.cite.clone(),
        status: table.status,
    })
}
