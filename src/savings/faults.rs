//! The faults of a TOML file that savings are reckoned with: payer profiles, assumptions.

use std::ops::Range;

use toml::de::DeTable;

use crate::diagnostics::{Code, Diagnostic, Diagnostics, Source, nearest};

/// The faults of one file, each with its place.
pub(super) struct Faults<'s> {
    source: &'s Source,
    /// The code of a key that the file's format does not know.
    unknown: Code,
    found: Diagnostics,
}

impl<'s> Faults<'s> {
    pub fn new(source: &'s Source, unknown: Code) -> Self {
        Self { source, unknown, found: Diagnostics::new() }
    }

    pub fn at(&mut self, code: Code, span: Range<usize>, values: &[(&'static str, &str)]) {
        let fault = Diagnostic::at(code, self.source.place(span));
        self.found.push(values.iter().fold(fault, |fault, (name, value)| fault.with(name, *value)));
    }

    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    pub fn found(self) -> Diagnostics {
        self.found
    }

    /// Refuses keys that are none of `known`.
    pub fn only(&mut self, table: &DeTable<'_>, known: &[&str]) {
        for key in table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let name: &str = key.get_ref();
            let list = known.join(", ");
            let mut values = vec![("key", name), ("known", list.as_str())];
            values.extend(nearest(name, known.iter().copied()).map(|near| ("near", near)));
            self.at(self.unknown, key.span(), &values);
        }
    }
}
