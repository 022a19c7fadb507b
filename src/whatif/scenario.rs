//! A scenario: the same tender with other parameters.

use std::collections::BTreeMap;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Run, run, standard};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place, Source, nearest};
use crate::read::{self, ReadOptions};
use crate::rules::{RuleSet, limits_of};
use crate::solve::Effort;
use crate::tender::{InputFile, Limit, Tender};
use crate::validate::in_notice;

/// Tables of a scenario file.
const SECTIONS: [&str; 3] = ["scenario", "parameters", "limit"];
/// Keys of `[scenario]`.
const KEYS: [&str; 4] = ["name", "title", "title_zh", "rules"];
/// The folder of a tender that holds its scenarios.
const FOLDER: &str = "scenarios";

/// A scenario by its name.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// Its name, which no other scenario of the same run has.
    pub name: String,
    /// Title in English, or in whatever language it has; standard scenarios are titled by the program.
    pub title: Option<String>,
    /// Title in Chinese.
    pub title_zh: Option<String>,
    /// What it changes.
    pub kind: ScenarioKind,
    /// The file as it was read, for the report.
    pub input: Option<InputFile>,
}

/// What a scenario changes.
#[derive(Debug, Clone)]
pub enum ScenarioKind {
    /// Nothing: the rule set's own award.
    Own,
    /// The volumes of the rule set's own award are met at least cost, without a limit or a screen but the ceiling.
    Cheapest,
    /// As [`Self::Cheapest`], with the bids of incumbents only.
    StatusQuo,
    /// What a file states.
    Stated {
        /// Another rule set, built in.
        rules: Option<String>,
        /// Parameters with their values.
        parameters: BTreeMap<String, String>,
        /// Limits by name; one takes the place of its namesake.
        limits: BTreeMap<String, Limit>,
        /// The file, for the places of faults.
        source: Source,
    },
}

impl Scenario {
    /// The scenario that a word names: a standard one, a file of the tender's folder `scenarios`, or a file anywhere.
    ///
    /// # Errors
    /// No such scenario; everything that is wrong with its file, each with its place.
    pub fn named(word: &str, tender: &Path, options: &ReadOptions) -> Result<Self, Diagnostics> {
        if let Some(kind) = standard::named(word) {
            return Ok(Self { name: word.to_owned(), title: None, title_zh: None, kind, input: None });
        }
        let own = tender.join(FOLDER).join(format!("{word}.toml"));
        let plain = !word.contains(['/', '\\']) && !word.ends_with(".toml");
        let (source, input) = if plain && own.is_file() {
            read::text_file(tender, &format!("{FOLDER}/{word}.toml"), options)?
        } else if Path::new(word).is_file() {
            read::any_text_file(Path::new(word), options)?
        } else {
            let known = standard::NAMES.join(", ");
            return Err(Diagnostic::new(Code::ScenarioUnknown)
                .with("name", word)
                .with("known", known)
                .into());
        };
        let stem = Path::new(word).file_stem().map_or(word.into(), |stem| stem.to_string_lossy());
        Self::from_toml(source, &stem, input)
    }

    /// Reads the text of a scenario file; `stem` is its name where it states none.
    fn from_toml(source: Source, stem: &str, input: InputFile) -> Result<Self, Diagnostics> {
        let mut faults = Diagnostics::new();
        let (name, title, title_zh, rules, parameters, limits) = {
            let root = DeTable::parse(source.text()).map_err(|fault| {
                let place = source.place(fault.span().unwrap_or(0..0));
                let fault = Diagnostic::at(Code::ScenarioMalformed, place).with("reason", fault.message());
                Diagnostics::from(fault)
            })?;
            let mut reader = Reader { source: &source, faults: &mut faults };
            let root = root.get_ref();
            reader.known(root, &SECTIONS);
            let scenario = reader.table(root, "scenario");
            scenario.into_iter().for_each(|table| reader.known(table, &KEYS));
            let mut text = |key: &str| {
                let value = scenario.and_then(|table| table.get(key))?;
                reader.text(key, value)
            };
            let (name, title) = (text("name"), text("title"));
            let (title_zh, rules) = (text("title_zh"), text("rules"));
            let mut parameters = BTreeMap::new();
            for (key, value) in reader.table(root, "parameters").into_iter().flatten() {
                let text = reader.text(key.get_ref(), value);
                parameters.extend(text.map(|text| (key.get_ref().to_string(), text)));
            }
            let limits = limits_of(&source, root).unwrap_or_else(|found| {
                reader.faults.append(found);
                BTreeMap::new()
            });
            (name.unwrap_or_else(|| stem.to_owned()), title, title_zh, rules, parameters, limits)
        };
        if standard::named(&name).is_some() {
            let place = Place::file(source.name());
            faults.push(Diagnostic::at(Code::ScenarioTwice, place).with("name", name.as_str()));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let kind = ScenarioKind::Stated { rules, parameters, limits, source };
        Ok(Self { name, title, title_zh, kind, input: Some(input) })
    }

    /// Evaluates a tender as the scenario has it. `rules` is the rule set of the award itself.
    ///
    /// # Errors
    /// Parameters that the rule set does not have or whose value does not fit; faults of the evaluation.
    pub fn run(&self, tender: &Tender, rules: &RuleSet, effort: &Effort<'_>) -> Result<Run, Diagnostics> {
        match &self.kind {
            ScenarioKind::Own => run(tender.clone(), rules.clone(), effort),
            ScenarioKind::Cheapest => run(
                standard::at_agreed_volumes(tender, rules, effort)?,
                standard::without_limits(rules),
                effort,
            ),
            ScenarioKind::StatusQuo => {
                let agreed = standard::at_agreed_volumes(tender, rules, effort)?;
                run(standard::of_incumbents(&agreed)?, standard::without_limits(rules), effort)
            }
            ScenarioKind::Stated { rules: other, parameters, limits, source } => {
                let stated = stated(tender, rules, other.as_deref(), parameters);
                let stated = stated.map_err(|faults| placed(&faults, source))?;
                let mut stated = stated;
                stated.limit_by(limits);
                stated.instead_of = Some(tender.notice.rules.clone());
                run(tender.clone(), stated, effort)
            }
        }
    }
}

/// The rule set with the scenario's parameters. The tender's own parameters hold too, as long as the rule set is the same.
fn stated(
    tender: &Tender,
    rules: &RuleSet,
    other: Option<&str>,
    parameters: &BTreeMap<String, String>,
) -> Result<RuleSet, Diagnostics> {
    let announced = Some(tender.notice.announced);
    let other = other.filter(|other| *other != rules.id);
    let mut overrides = BTreeMap::new();
    if other.is_none() {
        overrides.extend(rules.overrides().map(|own| (own.name.clone(), own.value.clone())));
    }
    overrides.extend(parameters.clone());
    let mut stated = match other {
        Some(other) => RuleSet::built_in(other, announced, &overrides)?,
        None => RuleSet::from_toml(&rules.id, &rules.text, announced, &overrides)?,
    };
    if other.is_none() {
        stated.limits.clone_from(&rules.limits);
    }
    Ok(stated)
}

/// Faults of the tender's file are the scenario's: its parameters were tried.
fn placed(faults: &Diagnostics, source: &Source) -> Diagnostics {
    let mut moved = Diagnostics::new();
    let tender = Place::file("tender.toml");
    for fault in faults.iter() {
        let mut fault = fault.clone();
        if fault.place.as_ref() == Some(&tender) {
            fault.place = Some(Place::file(source.name()));
        }
        moved.push(fault);
    }
    in_notice(&moved, source)
}

struct Reader<'r> {
    source: &'r Source,
    faults: &'r mut Diagnostics,
}

impl Reader<'_> {
    fn known(&mut self, table: &DeTable<'_>, known: &[&str]) {
        for key in table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let name: &str = key.get_ref();
            let fault = Diagnostic::at(Code::ScenarioKeyUnknown, self.source.place(key.span()));
            let fault = fault.with("key", name).with("known", known.join(", "));
            self.faults.push(match nearest(name, known.iter().copied()) {
                Some(near) => fault.with("near", near),
                None => fault,
            });
        }
    }

    fn table<'t, 's>(&mut self, root: &'t DeTable<'s>, name: &str) -> Option<&'t DeTable<'s>> {
        let value = root.get(name)?;
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.not_text(name, value);
        }
        table
    }

    fn text(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let text = value.get_ref().as_str().map(str::trim).filter(|text| !text.is_empty());
        if text.is_none() {
            self.not_text(key, value);
        }
        text.map(str::to_owned)
    }

    fn not_text(&mut self, key: &str, value: &Spanned<DeValue<'_>>) {
        let fault = Diagnostic::at(Code::ScenarioNotText, self.source.place(value.span()));
        self.faults.push(fault.with("key", key));
    }
}
