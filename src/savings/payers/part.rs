//! One part of a payer profile: a table of text, with every fault kept with its place.

use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostics::Code;
use crate::money::{Money, Ratio};
use crate::rules::Status;
use crate::savings::faults::Faults;

use super::{Cited, Named};

/// The word for a limit that is not there.
const NONE: &str = "none";

/// One table of a profile.
pub(super) struct Part<'t, 's> {
    /// As the file names it.
    pub name: &'static str,
    /// Where it stands.
    pub at: Range<usize>,
    table: &'t DeTable<'s>,
}

impl<'t, 's> Part<'t, 's> {
    /// A table that must be there.
    pub fn one(root: &'t DeTable<'s>, name: &'static str, faults: &mut Faults<'_>) -> Option<Self> {
        let found = root.get(name).and_then(|value| Some((value.span(), value.get_ref().as_table()?)));
        if found.is_none() {
            let at = root.get(name).map_or(0..0, Spanned::span);
            faults.at(Code::ProfileKeyMissing, at, &[("key", name)]);
        }
        found.map(|(at, table)| Self { name, at, table })
    }

    /// The tables of an array that must hold one at least.
    pub fn each(root: &'t DeTable<'s>, name: &'static str, faults: &mut Faults<'_>) -> Vec<Self> {
        let array = root.get(name).and_then(|value| value.get_ref().as_array());
        let parts: Vec<Self> = array
            .into_iter()
            .flat_map(|array| array.iter())
            .filter_map(|value| Some(Self { name, at: value.span(), table: value.get_ref().as_table()? }))
            .collect();
        if parts.is_empty() {
            let at = root.get(name).map_or(0..0, Spanned::span);
            faults.at(Code::ProfileKeyMissing, at, &[("key", name)]);
        }
        parts
    }

    pub fn only(&self, known: &[&str], faults: &mut Faults<'_>) {
        let mut all = known.to_vec();
        all.extend(["cite", "status"]);
        faults.only(self.table, &all);
    }

    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// The place of a key's value; of the table without it.
    pub fn place(&self, key: &str) -> Range<usize> {
        self.table.get(key).map_or(self.at.clone(), Spanned::span)
    }

    /// Text that is not blank.
    pub fn text(&self, key: &str, faults: &mut Faults<'_>) -> Option<String> {
        let value = self.table.get(key);
        match value.map(Spanned::get_ref) {
            Some(DeValue::String(text)) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            Some(DeValue::String(_)) | None => {
                let name = format!("{}.{key}", self.name);
                faults.at(Code::ProfileKeyMissing, self.place(key), &[("key", &name)]);
                None
            }
            Some(_) => self.unfit(key, faults),
        }
    }

    /// The fault that a value does not fit; no value.
    fn unfit<T>(&self, key: &str, faults: &mut Faults<'_>) -> Option<T> {
        let name = format!("{}.{key}", self.name);
        faults.at(Code::ProfileValueUnfit, self.place(key), &[("key", &name)]);
        None
    }

    fn read<T>(&self, key: &str, faults: &mut Faults<'_>, of: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.text(key, faults)?;
        of(&text).or_else(|| self.unfit(key, faults))
    }

    /// A part of a whole: at most one.
    pub fn share(&self, key: &str, faults: &mut Faults<'_>) -> Option<Ratio> {
        let share = self.number(key, faults)?;
        if share > Ratio::ONE {
            let name = format!("{}.{key}", self.name);
            faults.at(Code::ProfileRateAboveOne, self.place(key), &[("key", &name)]);
            return None;
        }
        Some(share)
    }

    /// A plain number, zero or more.
    pub fn number(&self, key: &str, faults: &mut Faults<'_>) -> Option<Ratio> {
        self.read(key, faults, |text| Ratio::parse(text).ok())
    }

    /// An amount of money, zero or more.
    pub fn money(&self, key: &str, faults: &mut Faults<'_>) -> Option<Money> {
        self.read(key, faults, |text| Money::parse(text).ok())
    }

    /// An amount of money, or `none`.
    pub fn cap(&self, key: &str, faults: &mut Faults<'_>) -> Option<Option<Money>> {
        self.read(key, faults, |text| match text {
            NONE => Some(None),
            amount => Money::parse(amount).ok().map(Some),
        })
    }

    /// A whole number in a range.
    pub fn count(&self, key: &str, range: RangeInclusive<u32>, faults: &mut Faults<'_>) -> Option<u32> {
        let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        self.read(key, faults, |text| text.parse().ok().filter(|count| plain(text) && range.contains(count)))
    }

    pub fn yes_or_no(&self, key: &str, faults: &mut Faults<'_>) -> Option<bool> {
        self.read(key, faults, |text| text.parse().ok())
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
        let status = self.read("status", faults, |text| match text {
            "verified" => Some(Status::Verified),
            "unverified" => Some(Status::Unverified),
            _ => None,
        });
        Some(Cited { cite: cite?, status: status? })
    }
}
