//! How things are named on paper.

use crate::report::html::Subject;
use crate::text::{fill, text};

/// The subject of the report, and the texts that only paper has.
pub(super) struct Words<'a> {
    /// What it is about.
    pub subject: &'a Subject<'a>,
}

impl Words<'_> {
    /// A text of the pages.
    pub(super) fn own(&self, key: &str) -> &'static str {
        text(self.subject.language, &format!("pdf.{key}"))
    }

    /// A text of the pages with its values.
    pub(super) fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.subject.language, &format!("pdf.{key}"), values)
    }

    /// The number of a source, as it stands beside what rests on it.
    pub(super) fn source(&self, cite: &str) -> String {
        format!("[{}]", self.subject.source_number(cite))
    }
}

/// What stands where nothing is known.
pub(super) fn dash() -> String {
    "—".to_owned()
}
