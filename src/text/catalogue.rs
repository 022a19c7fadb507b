//! The texts of one language, read from the embedded files.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use toml::{Table, Value};

use super::Language;

/// The files of a language, each the first part of its keys.
pub(super) const AREAS: [&str; 13] = [
    "errors",
    "rules",
    "report",
    "cli",
    "verify",
    "page",
    "charts",
    "regions",
    "workbook",
    "savings",
    "projection",
    "pdf",
    "policy",
];

/// First part of the keys that hold a fault of the files; there are none in a tested build.
pub(super) const FAULT: &str = "fault.";

static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| {
    Catalogue::read([
        include_str!("en/errors.toml"),
        include_str!("en/rules.toml"),
        include_str!("en/report.toml"),
        include_str!("en/cli.toml"),
        include_str!("en/verify.toml"),
        include_str!("en/page.toml"),
        include_str!("en/charts.toml"),
        include_str!("en/regions.toml"),
        include_str!("en/workbook.toml"),
        include_str!("en/savings.toml"),
        include_str!("en/projection.toml"),
        include_str!("en/pdf.toml"),
        include_str!("en/policy.toml"),
    ])
});

static CHINESE: LazyLock<Catalogue> = LazyLock::new(|| {
    Catalogue::read([
        include_str!("zh/errors.toml"),
        include_str!("zh/rules.toml"),
        include_str!("zh/report.toml"),
        include_str!("zh/cli.toml"),
        include_str!("zh/verify.toml"),
        include_str!("zh/page.toml"),
        include_str!("zh/charts.toml"),
        include_str!("zh/regions.toml"),
        include_str!("zh/workbook.toml"),
        include_str!("zh/savings.toml"),
        include_str!("zh/projection.toml"),
        include_str!("zh/pdf.toml"),
        include_str!("zh/policy.toml"),
    ])
});

/// Texts by dotted key.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    texts: BTreeMap<String, String>,
}

impl Catalogue {
    /// The texts of `language`.
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::Chinese => &CHINESE,
        }
    }

    /// The text of `key`.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.texts.get(key).map(String::as_str)
    }

    /// All keys with their texts, in the order of the keys.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    fn read(files: [&str; AREAS.len()]) -> Self {
        let mut catalogue = Self::default();
        for (area, file) in AREAS.into_iter().zip(files) {
            match file.parse::<Table>() {
                Ok(table) => catalogue.flatten(area, table),
                Err(fault) => catalogue.fault(area, &fault.to_string()),
            }
        }
        catalogue
    }

    fn flatten(&mut self, prefix: &str, table: Table) {
        for (name, value) in table {
            let key = format!("{prefix}.{name}");
            match value {
                Value::Table(inner) => self.flatten(&key, inner),
                Value::String(text) => {
                    self.texts.insert(key, text.trim_end_matches('\n').to_owned());
                }
                _ => self.fault(&key, "not a text"),
            }
        }
    }

    /// Keeps a fault of the files under a key that the tests refuse.
    fn fault(&mut self, key: &str, fault: &str) {
        self.texts.insert(format!("{FAULT}{key}"), fault.to_owned());
    }
}
