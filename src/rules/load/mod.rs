//! Reads a rule set from TOML: located faults, all at once, or a set that is whole.

mod arguments;
mod assemble;
mod complete;
mod contradictions;
mod limits;
mod parameters;
mod refusals;
mod scores;
mod section;
mod steps;
mod tables;
mod unit;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use sha2::{Digest, Sha256};
use toml::de::DeTable;

pub(super) use arguments::Arguments;

use self::arguments::Named;
use self::assemble::Slots;
pub use self::limits::limits_of;
pub(super) use self::parameters::in_tender;
use self::parameters::{Days, RawParameter};
use self::refusals::Refusals;
use self::section::Section;
use self::steps::Step;
use super::{RuleSet, Status};
use crate::diagnostics::{Code, Diagnostics, Source};
use crate::tender::Date;

impl RuleSet {
    /// Reads a rule set from the text of its file, as it is on the day `announced`, with the tender's own `overrides`
    /// (parameter to value). Without a day, it is read as on the first day in force.
    ///
    /// `source_name` is the file's name in diagnostics.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its place.
    pub fn from_toml(
        source_name: &str,
        text: &str,
        announced: Option<Date>,
        overrides: &BTreeMap<String, String>,
    ) -> Result<Self, Diagnostics> {
        let source = Source::new(source_name, text.to_owned());
        let mut refusals = Refusals::new(&source);
        let (document, faults) = DeTable::parse_recoverable(source.text());
        for fault in &faults {
            let at = fault.span().unwrap_or(0..0);
            refusals.at(Code::RulesNotToml, at, &[("reason", fault.message())]);
        }
        if !faults.is_empty() {
            return Err(refusals.found());
        }
        let root = Section::new("rule set", 0..0, document.get_ref());
        let set = read(&root, text, announced, overrides, &mut refusals);
        match set {
            Some(set) if refusals.is_empty() => Ok(set),
            _ => Err(refusals.found()),
        }
    }
}

fn read(
    root: &Section,
    text: &str,
    announced: Option<Date>,
    overrides: &BTreeMap<String, String>,
    refusals: &mut Refusals,
) -> Option<RuleSet> {
    root.only(&["ruleset", "parameter", "table", "rule", "limit"], refusals);
    let header = header(root, announced, refusals);
    let days = header.as_ref().and_then(|header| header.days);
    let mut named = named(root, days, refusals);
    parameters::overridden(&mut named.parameters, overrides, refusals);
    let sections = root.array("rule", refusals);
    let steps: Vec<Step> =
        sections.iter().filter_map(|rule| steps::step(rule, &mut named, refusals)).collect();
    unused(&named, root, refusals);
    let used: Vec<_> = steps.iter().map(|step| (step.id, step.at.clone())).collect();
    let header = header?;
    if steps.len() == sections.len() {
        complete::complete(&used, &header.at, refusals);
        contradictions::refuse(&steps, refusals);
    }
    let limits = limits::limits(root, refusals);
    let set = finish(header, text, &named, steps, refusals)?;
    Some(RuleSet { limits: limits.into_values().collect(), ..set })
}

/// What `[ruleset]` says.
struct Header {
    at: std::ops::Range<usize>,
    days: Option<Days>,
    id: Option<String>,
    title: Option<String>,
    title_zh: Option<String>,
    cite: Option<String>,
}

fn header(root: &Section, announced: Option<Date>, refusals: &mut Refusals) -> Option<Header> {
    let Some(section) = root.section("ruleset", refusals) else {
        refusals.at(Code::RulesKeyMissing, 0..0, &[("key", "ruleset"), ("section", &root.name)]);
        return None;
    };
    section.only(&["id", "in_force", "until", "title", "title_zh", "cite"], refusals);
    let mut text = |key| section.text(key, refusals).map(|text| text.value);
    let (id, title, title_zh, cite) = (text("id"), text("title"), text("title_zh"), text("cite"));
    let in_force = section.day("in_force", refusals);
    let until = section.optional_day("until", refusals);
    let days = in_force.map(|(in_force, _)| {
        if let Some((until, at)) = &until
            && *until < in_force
        {
            let values = [("until", until.to_string()), ("from", in_force.to_string())];
            refusals.at(
                Code::RulesUntilBeforeFrom,
                at.clone(),
                &values.each_ref().map(|(name, day)| (*name, day.as_str())),
            );
        }
        let until = until.map(|(until, _)| until);
        // A tender announced outside the days in force is warned of; the nearest day in force says which values apply.
        let on = announced.unwrap_or(in_force).max(in_force);
        let on = until.map_or(on, |until| on.min(until));
        Days { in_force, until, on }
    });
    Some(Header { at: section.at, days, id, title, title_zh, cite })
}

/// Parameters and tables by name; no name may stand for both.
fn named(root: &Section, days: Option<Days>, refusals: &mut Refusals) -> Named {
    let mut known = BTreeSet::new();
    let mut parameters: BTreeMap<String, RawParameter> = BTreeMap::new();
    for section in root.sections("parameter", refusals) {
        known.insert(section.name.clone());
        if let Some(parameter) = parameters::parameter(&section, days, refusals) {
            parameters.insert(section.name, parameter);
        }
    }
    let mut tables = BTreeMap::new();
    for section in root.sections("table", refusals) {
        if !known.insert(section.name.clone()) {
            refusals.at(Code::RulesNameTwice, section.at.clone(), &[("name", &section.name)]);
        }
        if let Some(table) = tables::table(&section, refusals) {
            tables.insert(section.name, table);
        }
    }
    Named { parameters, tables, known, used: BTreeSet::new() }
}

/// Refuses parameters and tables that no rule uses.
fn unused(named: &Named, root: &Section, refusals: &mut Refusals) {
    let places = named.parameters.iter().map(|(name, parameter)| (name, parameter.at.clone()));
    let tables = named.tables.iter().map(|(name, table)| (name, table.at.clone()));
    for (name, at) in places.chain(tables) {
        if !named.used.contains(name) && root.has("rule") {
            refusals.at(Code::RulesUnused, at, &[("name", name)]);
        }
    }
}

fn finish(
    header: Header,
    text: &str,
    named: &Named,
    steps: Vec<Step>,
    refusals: &mut Refusals,
) -> Option<RuleSet> {
    let parameters: Vec<_> =
        named.parameters.iter().map(|(name, parameter)| parameter.public(name)).collect();
    let tables: Vec<_> = named.tables.iter().map(|(name, table)| table.public(name)).collect();
    let is_open = |status: Status| status == Status::Unverified;
    let unverified: BTreeSet<String> = parameters
        .iter()
        .map(|parameter| (parameter.name.as_str(), parameter.status))
        .chain(tables.iter().map(|table| (table.name.as_str(), table.status)))
        .chain(steps.iter().map(|step| (step.id, step.status)))
        .filter(|(_, status)| is_open(*status))
        .map(|(name, _)| name.to_owned())
        .collect();
    let rules = steps.iter().map(|step| step.id).collect();
    let used = steps.iter().map(Step::used).collect();
    let mut slots = Slots::default();
    for step in steps {
        slots.put(step, refusals);
    }
    let days = header.days?;
    let award = slots.take_award()?;
    let mut comparable_price = slots.comparable_price.take()?;
    comparable_price.rule.keeps_quotes = matches!(award, crate::rules::AwardRule::LeastCost { .. });
    Some(RuleSet {
        id: header.id?,
        in_force: days.in_force,
        until: days.until,
        title: header.title?,
        title_zh: header.title_zh?,
        cite: header.cite?,
        sha256: sha256(text),
        text: text.to_owned(),
        parameters,
        tables,
        rules,
        used,
        award,
        allocation: slots.take_allocation()?,
        comparable_price,
        related_bids: slots.related_bids?,
        bidders_counted: slots.bidders_counted?,
        usable_price: slots.usable_price?,
        ceiling: slots.ceiling,
        service_fee: slots.service_fee,
        agreed_share: slots.agreed_share,
        incumbency: slots.incumbency,
        term: slots.term,
        term_until: slots.term_until,
        draft: slots.draft_stages,
        savings: slots.savings?,
        limits: Vec::new(),
        instead_of: None,
        unverified: unverified.into_iter().collect(),
    })
}

fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::new(), |mut shown, byte| {
        let _ = write!(shown, "{byte:02x}");
        shown
    })
}

/// A rule set that is neither built in nor a file of the tender.
pub(super) fn unknown<'k>(id: &str, known: impl IntoIterator<Item = &'k str>) -> Diagnostics {
    let diagnostic = in_tender(Code::RulesUnknown).with("rules", id);
    match crate::diagnostics::nearest(id, known) {
        Some(near) => diagnostic.with("near", near).into(),
        None => diagnostic.into(),
    }
}
