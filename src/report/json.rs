//! JSON as every file of a report has it.

use serde::Serialize;

/// `value` with two spaces an indent and a final line end; keys in the order of the fields.
pub(super) fn pretty(value: &impl Serialize) -> String {
    // Structs of texts, numbers and lists always serialise.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
