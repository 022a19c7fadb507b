//! What is wrong with a rule set, collected with its places.

use std::ops::Range;

use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place, Source, nearest};

/// The faults found so far in one rule-set file.
pub(super) struct Refusals<'s> {
    source: &'s Source,
    found: Diagnostics,
}

impl<'s> Refusals<'s> {
    pub(super) fn new(source: &'s Source) -> Self {
        Self { source, found: Diagnostics::new() }
    }

    /// The place of a range of bytes of the file.
    pub(super) fn place(&self, span: Range<usize>) -> Place {
        self.source.place(span)
    }

    /// A fault at a range of bytes of the file.
    pub(super) fn at(&mut self, code: Code, span: Range<usize>, values: &[(&'static str, &str)]) {
        let place = self.source.place(span);
        self.push(Diagnostic::at(code, place), values);
    }

    /// A name at a range of bytes that is none of `known`; the nearest of them is suggested.
    pub(super) fn unknown<'k>(
        &mut self,
        code: Code,
        span: Range<usize>,
        (key, name): (&'static str, &str),
        known: impl IntoIterator<Item = &'k str>,
    ) {
        let mut values = vec![(key, name)];
        values.extend(nearest(name, known).map(|near| ("near", near)));
        self.at(code, span, &values);
    }

    /// A fault that stands in another file.
    pub(super) fn elsewhere(&mut self, diagnostic: Diagnostic, values: &[(&'static str, &str)]) {
        self.push(diagnostic, values);
    }

    fn push(&mut self, diagnostic: Diagnostic, values: &[(&'static str, &str)]) {
        let filled =
            values.iter().fold(diagnostic, |diagnostic, (name, value)| diagnostic.with(name, *value));
        // A parameter that several rules use would be refused by each of them.
        if !self.found.iter().any(|known| *known == filled) {
            self.found.push(filled);
        }
    }

    pub(super) fn found(self) -> Diagnostics {
        self.found
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }
}
