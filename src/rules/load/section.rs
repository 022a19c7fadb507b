//! Tables of a rule-set file, read key by key with their places.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::refusals::Refusals;
use crate::diagnostics::Code;
use crate::rules::Status;
use crate::tender::Date;

/// A text of the file with its place.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub(super) value: String,
    pub(super) at: Range<usize>,
}

/// One table of the file, such as `[parameter.NAME]`.
pub(super) struct Section<'d> {
    /// What it is called in messages.
    pub(super) name: String,
    /// The place of its name.
    pub(super) at: Range<usize>,
    table: &'d DeTable<'d>,
}

impl<'d> Section<'d> {
    pub(super) fn new(name: impl Into<String>, at: Range<usize>, table: &'d DeTable<'d>) -> Self {
        Self { name: name.into(), at, table }
    }

    /// Refuses every key that is none of `allowed`.
    pub(super) fn only(&self, allowed: &[&str], refusals: &mut Refusals) {
        for (key, _) in self.table {
            if !allowed.contains(&key.get_ref().as_ref()) {
                let name = ("key", key.get_ref().as_ref());
                refusals.unknown(Code::RulesKeyUnknown, key.span(), name, allowed.iter().copied());
            }
        }
    }

    /// Every key with its place and value, in the order of the keys.
    pub(super) fn entries(&self) -> impl Iterator<Item = (Text, &'d Spanned<DeValue<'d>>)> {
        self.table
            .iter()
            .map(|(key, value)| (Text { value: key.get_ref().to_string(), at: key.span() }, value))
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// The text of `key`; refuses a missing or blank one.
    pub(super) fn text(&self, key: &str, refusals: &mut Refusals) -> Option<Text> {
        let value = self.required(key, refusals)?;
        let text = text_of(key, value, refusals)?;
        if text.value.trim().is_empty() {
            self.missing(key, text.at, refusals);
            return None;
        }
        Some(text)
    }

    /// The day of `key`; refuses a missing one.
    pub(super) fn day(&self, key: &str, refusals: &mut Refusals) -> Option<(Date, Range<usize>)> {
        let value = self.required(key, refusals)?;
        let day = match value.get_ref() {
            DeValue::Datetime(day) => Date::parse(&day.to_string()),
            _ => None,
        };
        if day.is_none() {
            refusals.at(Code::RulesNotADay, value.span(), &[("key", key)]);
        }
        Some((day?, value.span()))
    }

    /// The day of `key`, if it is there.
    pub(super) fn optional_day(&self, key: &str, refusals: &mut Refusals) -> Option<(Date, Range<usize>)> {
        if self.has(key) { self.day(key, refusals) } else { None }
    }

    /// Whether the source of this section has been read.
    pub(super) fn status(&self, refusals: &mut Refusals) -> Option<Status> {
        let text = self.text("status", refusals)?;
        let status = Status::WORDS.iter().find(|(word, _)| *word == text.value).map(|(_, status)| *status);
        if status.is_none() {
            refuse_choice("status", &text, Status::WORDS.iter().map(|(word, _)| *word), refusals);
        }
        status
    }

    /// The table under `key`, if it is there.
    pub(super) fn section(&self, key: &str, refusals: &mut Refusals) -> Option<Section<'d>> {
        let (name, value) = self.table.get_key_value(key)?;
        table_of(key.to_owned(), name.span(), value, refusals)
    }

    /// The tables under the table `key`, such as `[parameter.NAME]` for `parameter`.
    pub(super) fn sections(&self, key: &str, refusals: &mut Refusals) -> Vec<Section<'d>> {
        let Some(outer) = self.section(key, refusals) else { return Vec::new() };
        outer.entries().filter_map(|(name, value)| table_of(name.value, name.at, value, refusals)).collect()
    }

    /// The tables of the array `key`, such as `[[rule]]`; none when it is not there.
    pub(super) fn array(&self, key: &str, refusals: &mut Refusals) -> Vec<Section<'d>> {
        let Some((_, value)) = self.table.get_key_value(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            refusals.at(Code::RulesNotATable, value.span(), &[("key", key)]);
            return Vec::new();
        };
        items.iter().filter_map(|item| table_of(key.to_owned(), item.span(), item, refusals)).collect()
    }

    fn required(&self, key: &str, refusals: &mut Refusals) -> Option<&'d Spanned<DeValue<'d>>> {
        let value = self.table.get(key);
        if value.is_none() {
            self.missing(key, self.at.clone(), refusals);
        }
        value
    }

    fn missing(&self, key: &str, at: Range<usize>, refusals: &mut Refusals) {
        refusals.at(Code::RulesKeyMissing, at, &[("key", key), ("section", &self.name)]);
    }
}

/// The text of a value; refuses anything that is not in quotes.
pub(super) fn text_of(key: &str, value: &Spanned<DeValue<'_>>, refusals: &mut Refusals) -> Option<Text> {
    if let DeValue::String(text) = value.get_ref() {
        return Some(Text { value: text.to_string(), at: value.span() });
    }
    refusals.at(Code::RulesNotText, value.span(), &[("key", key)]);
    None
}

/// Refuses a word that is none of those allowed.
pub(super) fn refuse_choice<'k>(
    name: &str,
    text: &Text,
    allowed: impl Iterator<Item = &'k str>,
    refusals: &mut Refusals,
) {
    let allowed: Vec<&str> = allowed.collect();
    let values = [("name", name), ("value", text.value.as_str()), ("allowed", &allowed.join(", "))];
    refusals.at(Code::RulesNotAChoice, text.at.clone(), &values);
}

fn table_of<'d>(
    name: String,
    at: Range<usize>,
    value: &'d Spanned<DeValue<'d>>,
    refusals: &mut Refusals,
) -> Option<Section<'d>> {
    if let DeValue::Table(table) = value.get_ref() {
        return Some(Section { name, at, table });
    }
    refusals.at(Code::RulesNotATable, value.span(), &[("key", &name)]);
    None
}
