//! All text that users see, one folder per language.
//!
//! A text is looked up by a dotted key. The first part of the key is the file that holds it: `errors.E0101.message` is
//! `message` in the table `[E0101]` of `errors.toml`. English and Chinese hold the same keys with the same
//! placeholders; a test keeps it so.

mod catalogue;

use catalogue::Catalogue;

/// A language that every text exists in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// The language by its code on the command line: `en` or `zh`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// The code on the command line and in the `lang` attribute of a page.
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
        }
    }
}

/// The text of `key`; a key that does not exist gives `⟦key⟧`, so that the gap is seen and nothing stops.
pub fn text(language: Language, key: &str) -> &'static str {
    find(language, key).unwrap_or_else(|| Box::leak(format!("⟦{key}⟧").into_boxed_str()))
}

/// The text of `key`, when there is one.
pub fn find(language: Language, key: &str) -> Option<&'static str> {
    Catalogue::of(language).get(key)
}

/// The keys that begin with `prefix`, without it, in the order of the alphabet.
pub fn keys_under(language: Language, prefix: &str) -> Vec<&'static str> {
    Catalogue::of(language).entries().filter_map(|(key, _)| key.strip_prefix(prefix)).collect()
}

/// The text of `key` with each `{name}` replaced by its value.
///
/// `{name:one|many}` is `one` where the value is exactly `1` and `many` elsewhere: `{bids} {bids:bid|bids}`. Both may hold
/// placeholders in their turn.
///
/// Values are taken as they are: a `{name}` inside a value stays. A placeholder without a value stays visible.
pub fn fill(language: Language, key: &str, values: &[(&str, &str)]) -> String {
    replace(text(language, key), values)
}

/// `template` with each placeholder replaced by its value, in one pass.
fn replace(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(found) = next_placeholder(rest) {
        filled.push_str(found.before);
        let value = values.iter().find(|(known, _)| *known == found.name).map(|(_, value)| *value);
        match (value, found.forms) {
            (Some(value), None) => filled.push_str(value),
            (Some(value), Some([one, many])) => {
                filled.push_str(&replace(if value == "1" { one } else { many }, values));
            }
            (None, _) => filled.push_str(found.written),
        }
        rest = found.after;
    }
    filled.push_str(rest);
    filled
}

/// A placeholder and what stands around it.
struct Placeholder<'t> {
    before: &'t str,
    /// With its braces.
    written: &'t str,
    name: &'t str,
    /// The words for one and for any other number.
    forms: Option<[&'t str; 2]>,
    after: &'t str,
}

/// The first placeholder of `template`. A name is of small letters, digits and `_`.
fn next_placeholder(template: &str) -> Option<Placeholder<'_>> {
    let opened = template.char_indices().filter(|(_, character)| *character == '{');
    opened.map(|(open, _)| open).find_map(|open| {
        let (before, from_open) = template.split_at_checked(open)?;
        let inside = from_open.get(1..)?;
        let name =
            inside.split(|character: char| !is_of_name(character)).next().filter(|name| !name.is_empty())?;
        let rest = inside.get(name.len()..)?;
        let (forms, after) = match rest.strip_prefix('}') {
            Some(after) => (None, after),
            None => {
                let (one, rest) = up_to('|', rest.strip_prefix(':')?)?;
                let (many, after) = up_to('}', rest)?;
                (Some([one, many]), after)
            }
        };
        let written = from_open.get(..from_open.len().checked_sub(after.len())?)?;
        Some(Placeholder { before, written, name, forms, after })
    })
}

fn is_of_name(character: char) -> bool {
    character.is_ascii_lowercase() || character.is_ascii_digit() || character == '_'
}

/// What stands before the first `mark` outside of braces, and what stands after it.
fn up_to(mark: char, text: &str) -> Option<(&str, &str)> {
    let mut depth = 0_u32;
    for (at, character) in text.char_indices() {
        if depth == 0 && character == mark {
            let (before, after) = text.split_at_checked(at)?;
            return Some((before, after.get(mark.len_utf8()..)?));
        }
        match character {
            '{' => depth = depth.saturating_add(1),
            '}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;

    fn placeholders(template: &str) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        let mut rest = template;
        while let Some(found) = next_placeholder(rest) {
            names.insert(found.name.to_owned());
            names.extend(found.forms.into_iter().flatten().flat_map(placeholders));
            rest = found.after;
        }
        names
    }

    #[test]
    fn placeholders_are_filled_once_and_unknown_ones_stay() {
        assert_eq!(replace("{a} of {b}", &[("a", "{b}"), ("b", "2")]), "{b} of 2");
        assert_eq!(replace("{missing} { } {A} {x", &[("x", "1")]), "{missing} { } {A} {x");
        assert_eq!(replace("价 {a}。", &[("a", "1")]), "价 1。");
    }

    #[test]
    fn one_is_singular_and_every_other_number_is_plural() {
        let bids = |count: &str| replace("{bids} {bids:bid|bids}", &[("bids", count)]);
        assert_eq!(
            ["0", "1", "2", "11", "1.5"].map(bids),
            ["0 bids", "1 bid", "2 bids", "11 bids", "1.5 bids"]
        );
        let nested = "{count:one at {price} is|{count} at {price} are} tied";
        for (count, said) in [("1", "one at 3 is tied"), ("2", "2 at 3 are tied")] {
            assert_eq!(replace(nested, &[("count", count), ("price", "3")]), said);
        }
        for unclear in ["{a:x}", "{a:x|y", "{a:{b|c}", "{A:x|y}", "{:x|y}", "{a :x|y}"] {
            assert_eq!(replace(unclear, &[("a", "1")]), unclear);
        }
        assert_eq!(replace("{b:x|y} {a}", &[("a", "1")]), "{b:x|y} 1");
        assert_eq!(replace("{a}", &[("a", "{a:x|y}")]), "{a:x|y}");
        assert_eq!(placeholders("{a:x {b}|y {c}} {d}").len(), 4);
    }

    /// Words that end in `s` after a placeholder and are no plural of what is counted.
    const NO_PLURALS: [&str; 41] = [
        "as",
        "bars",
        "begins",
        "belongs",
        "costs",
        "counts",
        "differs",
        "does",
        "ends",
        "fails",
        "gives",
        "guarantees",
        "has",
        "holds",
        "is",
        "its",
        "lacks",
        "leaves",
        "less",
        "lets",
        "lies",
        "loses",
        "lowers",
        "marks",
        "matters",
        "names",
        "needs",
        "passes",
        "reaches",
        "rests",
        "rounds",
        "stands",
        "states",
        "supplies",
        "takes",
        "this",
        "times",
        "units",
        "uses",
        "was",
        "wins",
    ];

    #[test]
    fn a_counted_noun_has_a_singular() {
        // `{count} bids` would say "1 bids"; `{count} {count:bid|bids}` does not.
        for (key, value) in Catalogue::of(Language::English).entries() {
            let mut rest = value;
            while let Some(found) = next_placeholder(rest) {
                let next = found.after.strip_prefix(' ').unwrap_or_default();
                let word =
                    next.split(|character: char| !character.is_ascii_lowercase()).next().unwrap_or_default();
                let plural =
                    found.forms.is_none() && word.len() > 2 && word.ends_with('s') && !word.ends_with("ss");
                assert!(!plural || NO_PLURALS.contains(&word), "{key}: {{{}}} {word}", found.name);
                rest = found.after;
            }
        }
    }

    #[test]
    fn a_missing_key_is_visible() {
        assert_eq!(text(Language::English, "errors.none"), "⟦errors.none⟧");
        assert_eq!(find(Language::Chinese, "errors.none"), None);
    }

    #[test]
    fn both_languages_hold_the_same_keys_and_placeholders() {
        let of = |language| -> BTreeMap<&str, BTreeSet<String>> {
            Catalogue::of(language).entries().map(|(key, value)| (key, placeholders(value))).collect()
        };
        let (english, chinese) = (of(Language::English), of(Language::Chinese));
        assert!(!english.is_empty());
        for (key, names) in &english {
            assert_eq!(chinese.get(key), Some(names), "{key} in Chinese");
        }
        for key in chinese.keys() {
            assert!(english.contains_key(key), "{key} is missing in English");
        }
    }

    #[test]
    fn no_text_is_empty() {
        for language in Language::ALL {
            for (key, value) in Catalogue::of(language).entries() {
                assert!(!key.starts_with(catalogue::FAULT), "{key}: {value}");
                assert!(!value.trim().is_empty(), "{key} in {language:?}");
            }
        }
    }

    fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }

    /// Literals that look like a key of the catalogue: an area, a point, and no file extension at the end.
    fn keys_in(source: &str) -> Vec<&str> {
        let product = source.split("#[cfg(test)]").next().unwrap_or("");
        let extensions = ["toml", "html", "json", "csv", "svg", "pdf", "typ", "xlsx", "md", "rs"];
        let is_key = |literal: &&str| {
            let mut parts = literal.split('.');
            let area = parts.next().is_some_and(|first| catalogue::AREAS.contains(&first));
            let last = parts.next_back();
            area && last.is_some_and(|last| !last.is_empty() && !extensions.contains(&last))
                && literal.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
        };
        product
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .flat_map(|line| line.split('"').skip(1).step_by(2))
            .filter(is_key)
            .collect()
    }

    #[test]
    fn every_key_in_the_source_exists() {
        let mut files = Vec::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
        for file in files {
            let source = fs::read_to_string(&file).unwrap();
            for key in keys_in(&source) {
                // A module may name its texts below its own area, as the commands do.
                let below = catalogue::AREAS.map(|area| format!("{area}.{key}"));
                let exists = |key: &str| find(Language::English, key).is_some();
                assert!(exists(key) || below.iter().any(|key| exists(key)), "{key} in {}", file.display());
            }
        }
        assert_eq!(keys_in("text(l, \"cli.done\") \"cli.toml\" \"other.key\""), ["cli.done"]);
    }
}
