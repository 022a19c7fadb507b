//! What has been seen before in a table.

use std::collections::BTreeMap;

use crate::diagnostics::Code;
use crate::read::Column;

use super::cells::RowReader;

/// Keys seen, each with the line of its first row.
pub(super) struct Seen<K> {
    first: BTreeMap<K, usize>,
}

impl<K> Default for Seen<K> {
    fn default() -> Self {
        Self { first: BTreeMap::new() }
    }
}

impl<K: Ord> Seen<K> {
    /// Whether the row is the first with this key; a later one is a fault at `column` that names the first line.
    pub fn check(&mut self, key: K, reader: &mut RowReader<'_, '_>, column: Column, code: Code) -> bool {
        let line = reader.row.line();
        match self.first.get(&key) {
            Some(first) => {
                let first = first.to_string();
                reader.fault_with(column, code, |fault| fault.with("first", first));
                false
            }
            None => {
                self.first.insert(key, line);
                true
            }
        }
    }
}
