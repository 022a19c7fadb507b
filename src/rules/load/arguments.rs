//! The numbers that a rule asks for by name, found among the set's parameters and tables.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::parameters::{RawParameter, in_tender};
use super::refusals::Refusals;
use super::section::Text;
use super::tables::RawTable;
use super::unit::{NO_LIMIT, Unit, rounding, score_steps, share_bands, share_list, shares_by_place, whole};
use crate::diagnostics::Code;
use crate::money::{Ratio, Rounding, UnitPrice};
use crate::rules::{Band, ScoreStep, Table};
use crate::tender::Date;

/// Parameters and tables by name, and which of them were asked for.
pub(super) struct Named {
    pub(super) parameters: BTreeMap<String, RawParameter>,
    pub(super) tables: BTreeMap<String, RawTable>,
    /// Names under `[parameter]` and `[table]`, also of those that could not be read.
    pub(super) known: BTreeSet<String>,
    pub(super) used: BTreeSet<String>,
}

impl Named {
    /// Takes all names of a rule that is not known as used, so that they are not refused a second time.
    pub(super) fn use_all(&mut self, with: &[(Text, Text)]) {
        self.used.extend(with.iter().map(|(_, name)| name.value.clone()));
    }
}

/// What a rule's constructor asks its numbers from. Each question returns `None` when the answer was refused.
pub(crate) struct Arguments<'a, 's> {
    rule: &'static str,
    at: Range<usize>,
    with: &'a [(Text, Text)],
    named: &'a mut Named,
    refusals: &'a mut Refusals<'s>,
    asked: Vec<&'static str>,
}

impl<'a, 's> Arguments<'a, 's> {
    pub(super) fn new(
        rule: &'static str,
        at: Range<usize>,
        with: &'a [(Text, Text)],
        named: &'a mut Named,
        refusals: &'a mut Refusals<'s>,
    ) -> Self {
        Self { rule, at, with, named, refusals, asked: Vec::new() }
    }

    /// Refuses the arguments that the rule does not have.
    pub(super) fn finish(self) {
        for (key, name) in self.with {
            if !self.asked.contains(&key.value.as_str()) {
                self.named.used.insert(name.value.clone());
                let asked = self.asked.iter().copied();
                self.refusals.unknown(
                    Code::RulesArgumentUnknown,
                    key.at.clone(),
                    ("argument", &key.value),
                    asked,
                );
            }
        }
    }

    /// A multiple or a base.
    pub(crate) fn ratio(&mut self, argument: &'static str) -> Option<Ratio> {
        self.value(argument, Unit::Ratio, |text| Ratio::parse(text).ok())
    }

    /// A base: a plain number above zero.
    pub(crate) fn positive_ratio(&mut self, argument: &'static str) -> Option<Ratio> {
        let ratio = self.ratio(argument)?;
        if ratio.is_zero() {
            let name = self.name(argument)?;
            let values = [("name", name.value.as_str()), ("value", "0"), ("unit", Unit::Ratio.name())];
            self.refuse_value(&name.value, Code::RulesValueUnfit, &values);
            return None;
        }
        Some(ratio)
    }

    /// A part of a whole.
    pub(crate) fn share(&mut self, argument: &'static str) -> Option<Ratio> {
        self.value(argument, Unit::Share, share)
    }

    /// A part of a whole, or no limit.
    pub(crate) fn share_limit(&mut self, argument: &'static str) -> Option<Option<Ratio>> {
        self.limit(argument, Unit::Share, share)
    }

    /// Parts of a whole, parted by commas.
    pub(crate) fn share_list(&mut self, argument: &'static str) -> Option<Vec<Ratio>> {
        self.value(argument, Unit::Shares, share_list)
    }

    /// Bands of shares by rank, by a count.
    pub(crate) fn share_bands(&mut self, argument: &'static str) -> Option<Table<Vec<Band>>> {
        self.table(argument, Unit::ShareBands, share_bands)
    }

    /// Points by multiples of the lowest price.
    pub(crate) fn score_steps(&mut self, argument: &'static str) -> Option<Vec<ScoreStep>> {
        self.value(argument, Unit::ScoreSteps, score_steps)
    }

    /// A multiple above 1.
    pub(crate) fn ratio_above_one(&mut self, argument: &'static str) -> Option<Ratio> {
        let ratio = self.ratio(argument)?;
        if ratio <= Ratio::ONE {
            let name = self.name(argument)?;
            let text = ratio.to_string();
            let values = [("name", name.value.as_str()), ("value", &*text), ("unit", Unit::Ratio.name())];
            self.refuse_value(&name.value, Code::RulesValueUnfit, &values);
            return None;
        }
        Some(ratio)
    }

    /// Parts of a whole for each of so many, parted by commas.
    pub(crate) fn shares_for(&mut self, argument: &'static str, number: usize) -> Option<Vec<Ratio>> {
        let shares = self.shares_by_place(argument)?;
        if shares.len() != number {
            self.refuse_shares(argument);
            return None;
        }
        Some(shares)
    }

    /// Refuses the shares that an argument is given.
    pub(crate) fn refuse_shares(&mut self, argument: &'static str) {
        let Some(name) = self.name(argument) else { return };
        let value = self.named.parameters.get(&name.value).map_or("", |parameter| &parameter.value.value);
        let value = value.to_owned();
        let values =
            [("name", name.value.as_str()), ("value", &*value), ("unit", Unit::SharesByPlace.name())];
        self.refuse_value(&name.value, Code::RulesValueUnfit, &values);
    }

    /// Parts of a whole by place in an order, parted by commas.
    pub(crate) fn shares_by_place(&mut self, argument: &'static str) -> Option<Vec<Ratio>> {
        self.value(argument, Unit::SharesByPlace, shares_by_place)
    }

    /// A price per unit.
    pub(crate) fn price(&mut self, argument: &'static str) -> Option<UnitPrice> {
        self.value(argument, Unit::Price, |text| UnitPrice::parse(text).ok())
    }

    /// A whole number.
    pub(crate) fn count(&mut self, argument: &'static str) -> Option<u32> {
        self.value(argument, Unit::Count, whole)
    }

    /// A whole number, or no limit.
    pub(crate) fn count_limit(&mut self, argument: &'static str) -> Option<Option<u32>> {
        self.limit(argument, Unit::Count, whole)
    }

    /// How a step is rounded.
    pub(crate) fn rounding(&mut self, argument: &'static str) -> Option<Rounding> {
        self.value(argument, Unit::Rounding, rounding)
    }

    /// Places by a count.
    pub(crate) fn places(&mut self, argument: &'static str) -> Option<Table<u32>> {
        self.table(argument, Unit::Places, whole)
    }

    /// Years by a count.
    pub(crate) fn years(&mut self, argument: &'static str) -> Option<Table<u32>> {
        self.table(argument, Unit::Years, whole)
    }

    /// Regions by a count.
    pub(crate) fn regions(&mut self, argument: &'static str) -> Option<Table<u32>> {
        self.table(argument, Unit::Regions, whole)
    }

    /// A day.
    pub(crate) fn day(&mut self, argument: &'static str) -> Option<Date> {
        self.value(argument, Unit::Day, Date::parse)
    }

    /// A group of lots.
    pub(crate) fn group(&mut self, argument: &'static str) -> Option<String> {
        self.value(argument, Unit::Group, |text| Some(text.to_owned()))
    }

    /// Shares by a count.
    pub(crate) fn shares(&mut self, argument: &'static str) -> Option<Table<Ratio>> {
        self.table(argument, Unit::Share, share)
    }

    /// Shares by a count, if the rule set states them.
    pub(crate) fn optional_shares(&mut self, argument: &'static str) -> Option<Option<Table<Ratio>>> {
        if self.is_given(argument) { self.shares(argument).map(Some) } else { Some(None) }
    }

    /// One of the words that the rule knows.
    pub(crate) fn choice<T: Copy>(
        &mut self,
        argument: &'static str,
        words: &[(&'static str, T)],
    ) -> Option<T> {
        let name = self.name(argument)?;
        let parameter = self.parameter(&name, Unit::Choice)?;
        let value = parameter.value.value.clone();
        let chosen = words.iter().find(|(word, _)| *word == value).map(|(_, choice)| *choice);
        if chosen.is_none() {
            self.refuse_words(&name, &value, words);
        }
        chosen
    }

    /// Some of the words that the rule knows, in order, each once; `none` is no word.
    pub(crate) fn list<T: Copy>(
        &mut self,
        argument: &'static str,
        words: &[(&'static str, T)],
    ) -> Option<Vec<T>> {
        let name = self.name(argument)?;
        let value = self.parameter(&name, Unit::List)?.value.value.clone();
        if value == NO_LIMIT {
            return Some(Vec::new());
        }
        let mut chosen = Vec::new();
        let mut seen = BTreeSet::new();
        for part in value.split(',').map(str::trim) {
            match words.iter().find(|(word, _)| *word == part) {
                Some((word, choice)) if seen.insert(*word) => chosen.push(*choice),
                _ => {
                    self.refuse_words(&name, part, words);
                    return None;
                }
            }
        }
        Some(chosen)
    }

    fn refuse_words<T>(&mut self, name: &Text, value: &str, words: &[(&'static str, T)]) {
        let allowed: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let values = [("name", name.value.as_str()), ("value", value), ("allowed", &allowed.join(", "))];
        self.refuse_value(&name.value, Code::RulesNotAChoice, &values);
    }

    /// Refuses the value of a parameter where it was written: in the rule set, or in the tender that overrides it.
    fn refuse_value(&mut self, name: &str, code: Code, values: &[(&'static str, &str)]) {
        match self.named.parameters.get(name) {
            Some(parameter) if parameter.overridden_from.is_none() => {
                self.refusals.at(code, parameter.value.at.clone(), values);
            }
            _ => self.refusals.elsewhere(in_tender(code), values),
        }
    }

    fn value<T>(
        &mut self,
        argument: &'static str,
        unit: Unit,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        self.limit(argument, unit, parse)?.or_else(|| {
            let name = self.name(argument)?;
            let values = [("name", name.value.as_str()), ("value", NO_LIMIT), ("unit", unit.name())];
            self.refuse_value(&name.value, Code::RulesValueUnfit, &values);
            None
        })
    }

    /// The value, `Some(None)` for no limit. A value that does not fit its unit was refused where it stands.
    fn limit<T>(
        &mut self,
        argument: &'static str,
        unit: Unit,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<Option<T>> {
        let name = self.name(argument)?;
        let value = &self.parameter(&name, unit)?.value.value;
        if value == NO_LIMIT { Some(None) } else { parse(value).map(Some) }
    }

    /// A table, or a parameter as a table that has the same value for every count.
    fn table<V>(
        &mut self,
        argument: &'static str,
        unit: Unit,
        parse: impl Fn(&str) -> Option<V>,
    ) -> Option<Table<V>> {
        let name = self.name(argument)?;
        let Some(table) = self.named.tables.get(&name.value) else {
            return self.value(argument, unit, parse).map(Table::constant);
        };
        if table.unit == unit {
            return table.values(parse);
        }
        let found = table.unit;
        self.refuse_unit(&name, unit, found);
        None
    }

    fn parameter(&mut self, name: &Text, unit: Unit) -> Option<&RawParameter> {
        if self.named.tables.contains_key(&name.value) {
            let values = [("name", name.value.as_str()), ("rule", self.rule)];
            self.refusals.at(Code::RulesNotAParameter, name.at.clone(), &values);
            return None;
        }
        let found = self.named.parameters.get(&name.value)?.unit;
        if found != unit {
            self.refuse_unit(name, unit, found);
            return None;
        }
        self.named.parameters.get(&name.value)
    }

    fn refuse_unit(&mut self, name: &Text, wanted: Unit, found: Unit) {
        let values = [
            ("name", name.value.as_str()),
            ("rule", self.rule),
            ("unit", found.name()),
            ("wanted", wanted.name()),
        ];
        self.refusals.at(Code::RulesUnitWrong, name.at.clone(), &values);
    }

    /// Whether the rule set states an argument, so that another way of saying the same is not asked for.
    pub(crate) fn is_given(&mut self, argument: &'static str) -> bool {
        self.asked.push(argument);
        self.with.iter().any(|(key, _)| key.value == argument)
    }

    /// The name that an argument is given; refuses a missing argument and a name that does not exist.
    fn name(&mut self, argument: &'static str) -> Option<Text> {
        self.asked.push(argument);
        let Some((_, name)) = self.with.iter().find(|(key, _)| key.value == argument) else {
            let values = [("argument", argument), ("rule", self.rule)];
            self.refusals.at(Code::RulesArgumentMissing, self.at.clone(), &values);
            return None;
        };
        if !self.named.known.contains(&name.value) {
            let known = self.named.known.iter().map(String::as_str);
            self.refusals.unknown(Code::RulesNameUnknown, name.at.clone(), ("name", &name.value), known);
            return None;
        }
        self.named.used.insert(name.value.clone());
        Some(name.clone())
    }
}

fn share(text: &str) -> Option<Ratio> {
    Ratio::parse(text).ok().filter(|share| *share <= Ratio::ONE)
}
