//! Ids that a reader takes for the same, and a computer does not.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::read::{Cell, Column, TenderTables};

use super::numbers::half_width;

/// The columns whose ids are matched across rows and tables.
const MATCHED: [Column; 5] =
    [Column::LotId, Column::SupplierId, Column::Region, Column::Controller, Column::Baseline];

/// Warns of ids of one kind that differ only in capital letters, blanks, or full-width and ordinary characters: offices write
/// `新疆（含兵团）` and `新疆(含兵团)`, and mean one region.
pub(super) fn alike(tables: &TenderTables, found: &mut Diagnostics) {
    for column in MATCHED {
        let mut first: BTreeMap<String, Cell<'_>> = BTreeMap::new();
        for cell in tables.tables().flat_map(|table| table.rows()).filter_map(|row| row.cell(column)) {
            let text = cell.text();
            if !first.contains_key(text.trim()) {
                first.insert(text.trim().to_owned(), cell);
            }
        }
        let mut spellings: BTreeMap<String, &str> = BTreeMap::new();
        for (id, cell) in &first {
            if let Some(other) = spellings.insert(folded(id), id) {
                let warning = Diagnostic::at(Code::IdsAlike, cell.place());
                found.push(warning.with("column", cell.heading()).with("other", other));
            }
        }
    }
}

/// What stays of an id when its way of writing is left out.
fn folded(id: &str) -> String {
    id.chars()
        .map(half_width)
        .filter(|character| !character.is_whitespace())
        .collect::<String>()
        .to_lowercase()
}
