//! `tender.toml`: the tender's notice.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostics::{Code, Diagnostic, Diagnostics, Source, is_hidden, nearest};
use crate::money::{NumberFault, Quantity};
use crate::read::Holds;
use crate::rules::limits_of;
use crate::tender::{Date, Notice, TenderKind};

use super::cells::word;
use super::dates::corrected_date;
use super::numbers::{corrected, number_code};
use super::words::{KINDS, first};

const SECTIONS: [&str; 3] = ["tender", "parameters", "limit"];
/// The keys of `[tender]`: name, what it holds, and whether it is required.
const KEYS: [(&str, Holds, bool); 9] = [
    ("id", Holds::Id, true),
    ("title", Holds::Text, true),
    ("title_zh", Holds::Text, false),
    ("kind", Holds::Word, true),
    ("announced", Holds::Date, true),
    ("currency", Holds::Id, true),
    ("rules", Holds::Text, true),
    ("volume_scale", Holds::Volume, false),
    ("source", Holds::Text, false),
];

/// A key of `tender.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeKey {
    /// Its name.
    pub name: &'static str,
    /// What it holds; `None` for a section.
    pub holds: Option<Holds>,
    /// Whether it cannot be left out.
    pub required: bool,
    /// The words that it may hold, when these are few.
    pub words: Vec<&'static str>,
}

/// Every key of `[tender]`, then the other sections.
pub fn notice_keys() -> impl Iterator<Item = NoticeKey> {
    let keys = KEYS.into_iter().map(|(name, holds, required)| NoticeKey {
        name,
        holds: Some(holds),
        required,
        words: if name == "kind" { first(KINDS) } else { Vec::new() },
    });
    let sections = SECTIONS.into_iter().skip(1);
    let sections = sections.map(|name| NoticeKey { name, holds: None, required: false, words: Vec::new() });
    keys.chain(sections)
}

/// Longest id, so that it can name a folder on any system.
const ID_LENGTH: usize = 100;

/// What `tender.toml` states.
///
/// # Errors
/// Text that is no TOML, unknown and missing keys, and values in a wrong form, each with its place.
pub fn notice(source: &Source) -> Result<Notice, Diagnostics> {
    let root = DeTable::parse(source.text()).map_err(|fault| {
        let place = source.place(fault.span().unwrap_or(0..0));
        Diagnostics::from(Diagnostic::at(Code::TomlMalformed, place).with("reason", fault.message()))
    })?;
    let mut reader = NoticeReader { source, faults: Diagnostics::new() };
    let root = root.get_ref();
    reader.known(root, "", &SECTIONS);
    let tender = reader.section(root, "tender");
    if let Some(tender) = tender {
        reader.known(tender, "tender.", &KEYS.map(|(name, ..)| name));
    } else if !root.contains_key("tender") {
        reader.missing("[tender]", 0..0);
    }
    let notice = tender.and_then(|tender| reader.notice(tender, root));
    match notice {
        Some(notice) if reader.faults.is_empty() => Ok(notice),
        _ => Err(reader.faults),
    }
}

struct NoticeReader<'s> {
    source: &'s Source,
    faults: Diagnostics,
}

type Value<'v, 's> = &'v Spanned<DeValue<'s>>;

impl NoticeReader<'_> {
    fn fault(&mut self, code: Code, range: Range<usize>, more: impl FnOnce(Diagnostic) -> Diagnostic) {
        self.faults.push(more(Diagnostic::at(code, self.source.place(range))));
    }

    fn missing(&mut self, key: &str, range: Range<usize>) {
        self.fault(Code::KeyMissing, range, |fault| fault.with("key", key));
    }

    /// Refuses keys that are not of the list.
    fn known(&mut self, table: &DeTable<'_>, prefix: &str, known: &[&str]) {
        for key in table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let name: &str = key.get_ref();
            let near = nearest(name, known.iter().copied());
            self.fault(Code::KeyUnknown, key.span(), |fault| {
                let fault = fault.with("key", format!("{prefix}{name}")).with("known", known.join(", "));
                match near {
                    Some(near) => fault.with("near", near),
                    None => fault,
                }
            });
        }
    }

    fn section<'t, 's>(&mut self, root: &'t DeTable<'s>, name: &str) -> Option<&'t DeTable<'s>> {
        let value = root.get(name)?;
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.fault(Code::SectionNotTable, value.span(), |fault| fault.with("key", name));
        }
        table
    }

    /// The value of a key that must be there.
    fn required<'t, 's>(&mut self, tender: &'t DeTable<'s>, key: &str) -> Option<Value<'t, 's>> {
        let value = tender.get(key);
        if value.is_none() {
            // The place of the section is that of its first key; without any key it is the start of the file.
            let first = tender.keys().map(Spanned::span).min_by_key(|span| span.start);
            self.missing(key, first.map_or(0..0, |span| span.start..span.start));
        }
        value
    }

    /// Text that is not blank.
    fn text(&mut self, key: &str, value: Value<'_, '_>) -> Option<String> {
        let text = value.get_ref().as_str();
        match text {
            Some(text) if !text.trim().is_empty() => return Some(text.trim().to_owned()),
            Some(_) => self.fault(Code::KeyBlank, value.span(), |fault| fault.with("key", key)),
            None => self.fault(Code::KeyNotText, value.span(), |fault| fault.with("key", key)),
        }
        None
    }

    fn required_text(&mut self, tender: &DeTable<'_>, key: &str) -> Option<String> {
        let value = self.required(tender, key)?;
        self.text(key, value)
    }

    fn optional_text(&mut self, tender: &DeTable<'_>, key: &str) -> Option<String> {
        self.text(key, tender.get(key)?)
    }

    fn notice(&mut self, tender: &DeTable<'_>, root: &DeTable<'_>) -> Option<Notice> {
        let id = self.checked(tender, "id", Code::TenderIdMalformed, is_folder_name);
        let title = self.required_text(tender, "title");
        let title_zh = self.optional_text(tender, "title_zh");
        let kind = self.kind(tender);
        let announced = self.announced(tender);
        let currency = self.checked(tender, "currency", Code::CurrencyMalformed, |text| {
            text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())
        });
        let rules = self.checked(tender, "rules", Code::RulesPathMalformed, is_inside);
        let volume_scale = self.volume_scale(tender);
        let source = self.optional_text(tender, "source");
        let overrides = self.overrides(root);
        let limits = limits_of(self.source, root).map_err(|faults| self.faults.append(faults));
        Some(Notice {
            id: id?,
            title: title?,
            title_zh,
            kind: kind?,
            announced: announced?,
            currency: currency?,
            rules: rules?,
            volume_scale: volume_scale?,
            source,
            overrides,
            limits: limits.ok()?,
        })
    }

    /// Required text of a certain form.
    fn checked(
        &mut self,
        tender: &DeTable<'_>,
        key: &str,
        code: Code,
        is_right: fn(&str) -> bool,
    ) -> Option<String> {
        let value = self.required(tender, key)?;
        let text = self.text(key, value)?;
        if is_right(&text) {
            return Some(text);
        }
        self.fault(code, value.span(), |fault| fault);
        None
    }

    fn kind(&mut self, tender: &DeTable<'_>) -> Option<TenderKind> {
        let value = self.required(tender, "kind")?;
        let text = self.text("kind", value)?;
        let kind = word(&text, KINDS);
        if kind.is_none() {
            self.fault(Code::KindUnknown, value.span(), |fault| fault);
        }
        kind
    }

    /// A TOML date, or the same as text.
    fn announced(&mut self, tender: &DeTable<'_>) -> Option<Date> {
        let value = self.required(tender, "announced")?;
        let written = match value.get_ref() {
            DeValue::Datetime(day) => day.to_string(),
            DeValue::String(text) => text.to_string(),
            _ => String::new(),
        };
        let date = Date::parse(&written);
        if date.is_none() {
            let right = corrected_date(&written).map(|date| date.to_string());
            self.fault(Code::DateMalformed, value.span(), |fault| {
                let fault = fault.with("column", "announced");
                match right {
                    Some(right) => fault.with("right", right),
                    None => fault,
                }
            });
        }
        date
    }

    fn volume_scale(&mut self, tender: &DeTable<'_>) -> Option<Quantity> {
        let Some(value) = tender.get("volume_scale") else { return Quantity::parse("1").ok() };
        let text = self.text("volume_scale", value)?;
        let fault = match Quantity::parse_positive(&text) {
            Ok(scale) => return Some(scale),
            Err(fault) => fault,
        };
        let right = corrected(&text, fault, |candidate| Quantity::parse_positive(candidate).is_ok());
        self.fault(number_code(fault), value.span(), |diagnostic| {
            let diagnostic = diagnostic.with("column", "volume_scale");
            let diagnostic = match fault {
                NumberFault::TooManyDecimals { allowed } => diagnostic.with("allowed", allowed.to_string()),
                _ => diagnostic,
            };
            match right {
                Some(right) => diagnostic.with("right", right),
                None => diagnostic,
            }
        });
        None
    }

    fn overrides(&mut self, root: &DeTable<'_>) -> BTreeMap<String, String> {
        let Some(parameters) = self.section(root, "parameters") else { return BTreeMap::new() };
        parameters
            .iter()
            .filter_map(|(key, value)| {
                let name = key.get_ref().to_string();
                let text = self.text(&name, value)?;
                Some((name, text))
            })
            .collect()
    }
}

/// Letters of any script, digits, `-`, `_` and `.`, not beginning with a point.
fn is_folder_name(id: &str) -> bool {
    let fits = |character: char| character.is_alphanumeric() || "-_.".contains(character);
    !id.starts_with('.')
        && id.chars().all(fits)
        && id.chars().count() <= ID_LENGTH
        && !id.chars().any(is_hidden)
}

/// A name, or a path with forward slashes that stays inside the tender folder.
fn is_inside(path: &str) -> bool {
    let outside = |part: &str| part.is_empty() || part == "." || part == "..";
    !path.contains(['\\', ':']) && !path.chars().any(is_hidden) && !path.split('/').any(outside)
}
