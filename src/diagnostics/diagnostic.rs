//! One thing that is wrong.

use crate::text::{Language, fill, find};

use super::codes::Code;
use super::escape::{escape, shorten};
use super::severity::Severity;
use super::source::Place;

/// Longest value shown inside a sentence, in characters.
const VALUE_LENGTH: usize = 60;

/// One thing that is wrong with the input, or that a reader should know about it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Diagnostic {
    /// What is wrong.
    pub code: Code,
    /// Where, when it has a place in a file.
    pub place: Option<Place>,
    /// Values for the `{name}` placeholders of its texts, as the user wrote them.
    pub args: Vec<(&'static str, String)>,
}

impl Diagnostic {
    /// A diagnostic without a place.
    pub fn new(code: Code) -> Self {
        Self { code, place: None, args: Vec::new() }
    }

    /// A diagnostic at a place; the offending text is its `{text}`.
    pub fn at(code: Code, place: Place) -> Self {
        Self { code, place: Some(place), args: Vec::new() }
    }

    /// The same with a value for the placeholder `{name}`.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// Whether it stops the work or is only said.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// What is wrong, in one sentence; characters that do not show are escaped.
    pub fn message(&self, language: Language) -> String {
        self.sentence(language, "message")
    }

    /// A way out, in one or two sentences; characters that do not show are escaped.
    ///
    /// When the right form is known (`{right}`) or a known name is near (`{near}`), the code's text for that case is used; so
    /// is the one for the reason (`{why}`), where there are several.
    pub fn help(&self, language: Language) -> String {
        let given = |name| self.args.iter().any(|(known, _)| *known == name);
        let exists = |part: &str| find(language, &self.code.text_key(part)).is_some();
        let variant = [("right", "help_right"), ("near", "help_near")]
            .into_iter()
            .find(|(name, part)| given(*name) && exists(part));
        let reason = self.args.iter().find(|(name, _)| *name == "why").map(|(_, why)| format!("help_{why}"));
        let of_reason = reason.as_deref().filter(|part| exists(part));
        self.sentence(language, of_reason.or(variant.map(|(_, part)| part)).unwrap_or("help"))
    }

    fn sentence(&self, language: Language, part: &str) -> String {
        // A citation is what the reader must look up: it is never cut.
        let shown = |name: &str, value: &str| {
            if name.ends_with("cite") { escape(value) } else { escape(&shorten(value, VALUE_LENGTH)) }
        };
        let mut values: Vec<(&str, String)> =
            self.args.iter().map(|(name, value)| (*name, shown(name, value))).collect();
        if let Some(place) = &self.place {
            values.push(("text", escape(&shorten(&place.text, VALUE_LENGTH))));
            values.push(("file", escape(&place.file)));
        }
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        fill(language, &self.code.text_key(part), &values)
    }
}
