//! One part of a file of assumptions, with every fault kept with its place.

use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostics::{Code, nearest};
use crate::money::Ratio;
use crate::rules::Status;
use crate::savings::faults::Faults;
use crate::savings::payers::{Cited, Named};

/// Least and greatest value that a number of a kind can have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    least: i128,
    greatest: i128,
}

impl Limits {
    /// A part of a whole.
    pub const SHARE: Self = Self { least: 0, greatest: 1 };
    /// How many times something: more than a thousand is a typing error.
    pub const MULTIPLE: Self = Self { least: 0, greatest: 1_000 };
    /// A cut: at most all of a price; below zero a rise, at most to eleven times.
    pub const CUT: Self = Self { least: -10, greatest: 1 };
    /// Growth: at worst nothing is left; more than tenfold is a typing error.
    pub const GROWTH: Self = Self { least: -1, greatest: 10 };
}

/// One table of the file.
pub(super) struct Part<'t, 's> {
    /// As the file names it.
    pub name: String,
    at: Range<usize>,
    table: &'t DeTable<'s>,
}

impl<'t, 's> Part<'t, 's> {
    /// A table that must be there.
    pub fn one(root: &'t DeTable<'s>, name: &'static str, faults: &mut Faults<'_>) -> Option<Self> {
        let found = root.get(name).and_then(|value| Some((value.span(), value.get_ref().as_table()?)));
        if found.is_none() {
            let at = root.get(name).map_or(0..0, Spanned::span);
            faults.at(Code::AssumptionsKeyMissing, at, &[("key", name)]);
        }
        found.map(|(at, table)| Self { name: name.to_owned(), at, table })
    }

    /// The tables of an array that must hold one at least.
    pub fn each(root: &'t DeTable<'s>, name: &'static str, faults: &mut Faults<'_>) -> Vec<Self> {
        let array = root.get(name).and_then(|value| value.get_ref().as_array());
        let parts: Vec<Self> = array
            .into_iter()
            .flat_map(|array| array.iter())
            .filter_map(|value| {
                Some(Self { name: name.to_owned(), at: value.span(), table: value.get_ref().as_table()? })
            })
            .collect();
        if parts.is_empty() {
            let at = root.get(name).map_or(0..0, Spanned::span);
            faults.at(Code::AssumptionsKeyMissing, at, &[("key", name)]);
        }
        parts
    }

    pub fn only(&self, known: &[&str], faults: &mut Faults<'_>) {
        let mut all = known.to_vec();
        all.extend(["cite", "status"]);
        faults.only(self.table, &all);
    }

    /// The place of a key's value; of the table without it.
    pub fn place(&self, key: &str) -> Range<usize> {
        self.table.get(key).map_or(self.at.clone(), Spanned::span)
    }

    fn full(&self, key: &str) -> String {
        format!("{}.{key}", self.name)
    }

    /// Text in quotes that is not blank.
    pub fn text(&self, key: &str, faults: &mut Faults<'_>) -> Option<String> {
        let value = self.table.get(key).map(Spanned::get_ref);
        let code = match value {
            Some(DeValue::String(text)) if !text.trim().is_empty() => return Some(text.trim().to_owned()),
            Some(DeValue::String(_)) | None => Code::AssumptionsKeyMissing,
            Some(_) => Code::AssumptionsNotText,
        };
        faults.at(code, self.place(key), &[("key", &self.full(key))]);
        None
    }

    /// A number within limits, below zero with a sign before it.
    pub fn number(&self, key: &str, limits: Limits, faults: &mut Faults<'_>) -> Option<Ratio> {
        let text = self.text(key, faults)?;
        within(&text, limits, &self.full(key), self.place(key), faults)
    }

    /// A list of numbers within limits.
    pub fn numbers(
        &self,
        key: &str,
        limits: Limits,
        faults: &mut Faults<'_>,
    ) -> Option<Vec<(Range<usize>, Ratio)>> {
        let full = self.full(key);
        let Some(array) = self.table.get(key) else {
            faults.at(Code::AssumptionsKeyMissing, self.place(key), &[("key", &full)]);
            return None;
        };
        let Some(array) = array.get_ref().as_array().filter(|array| !array.is_empty()) else {
            faults.at(Code::AssumptionsNotText, self.place(key), &[("key", &full)]);
            return None;
        };
        let mut all = Vec::new();
        for value in array.iter() {
            let number = match value.get_ref() {
                DeValue::String(text) => within(text.trim(), limits, &full, value.span(), faults),
                _ => {
                    faults.at(Code::AssumptionsNotText, value.span(), &[("key", &full)]);
                    None
                }
            };
            all.push(number.map(|number| (value.span(), number)));
        }
        all.into_iter().collect()
    }

    /// A whole number in a range.
    pub fn count(&self, key: &str, range: RangeInclusive<u32>, faults: &mut Faults<'_>) -> Option<u32> {
        let text = self.text(key, faults)?;
        let plain = text.bytes().all(|byte| byte.is_ascii_digit());
        let count = text.parse().ok().filter(|count| plain && range.contains(count));
        if count.is_none() {
            faults.at(Code::AssumptionsNotANumber, self.place(key), &[("key", &self.full(key))]);
        }
        count
    }

    /// One of some words.
    pub fn choice(&self, key: &str, words: &[&'static str], faults: &mut Faults<'_>) -> Option<&'static str> {
        let text = self.text(key, faults)?;
        let word = words.iter().find(|word| **word == text).copied();
        if word.is_none() {
            let list = words.join(", ");
            let mut values = vec![("known", list.as_str())];
            values.extend(nearest(&text, words.iter().copied()).map(|near| ("near", near)));
            faults.at(Code::AssumptionsWordUnknown, self.place(key), &values);
        }
        word
    }

    /// Id and titles.
    pub fn named(&self, faults: &mut Faults<'_>) -> Option<Named> {
        let (id, title) = (self.text("id", faults), self.text("title", faults));
        let title_zh = self.text("title_zh", faults);
        Some(Named { id: id?, title: title?, title_zh: title_zh? })
    }

    /// Where its numbers come from.
    pub fn cited(&self, faults: &mut Faults<'_>) -> Option<Cited> {
        let cite = self.text("cite", faults);
        let status = match self.choice("status", &["verified", "unverified"], faults) {
            Some("verified") => Some(Status::Verified),
            Some(_) => Some(Status::Unverified),
            None => None,
        };
        Some(Cited { cite: cite?, status: status? })
    }
}

fn within(
    text: &str,
    limits: Limits,
    key: &str,
    place: Range<usize>,
    faults: &mut Faults<'_>,
) -> Option<Ratio> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
    let Ok(size) = Ratio::parse(digits) else {
        faults.at(Code::AssumptionsNotANumber, place, &[("key", key)]);
        return None;
    };
    let number = if negative { Ratio::ZERO.minus(size).ok()? } else { size };
    let [least, greatest] = [limits.least, limits.greatest].map(|limit| Ratio::from_steps(limit, 0));
    let (least, greatest) = (least.ok()?, greatest.ok()?);
    let wrong = match number {
        _ if number > greatest => Some((Code::AssumptionsAboveLimit, greatest)),
        _ if number < least => Some((Code::AssumptionsBelowLimit, least)),
        _ => None,
    };
    if let Some((code, limit)) = wrong {
        faults.at(code, place, &[("key", key), ("limit", &limit.to_string())]);
        return None;
    }
    Some(number)
}
