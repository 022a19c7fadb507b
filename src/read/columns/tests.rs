//! Tests of the list of columns.

use std::collections::BTreeSet;

use super::*;

#[test]
fn no_heading_names_two_columns_of_a_table() {
    for table in TableKind::ALL.into_iter().chain(TableKind::ALONE) {
        let headings: Vec<&str> = table.fields().iter().flat_map(Field::headings).collect();
        let distinct: BTreeSet<&str> = headings.iter().copied().collect();
        assert_eq!(headings.len(), distinct.len(), "{}", table.file());
        assert!(headings.iter().all(|heading| table.field(heading).is_some()));
    }
}

#[test]
fn headings_are_found_in_any_case_and_with_blanks_around() {
    assert_eq!(TableKind::Bids.field(" Price ").map(|field| field.column), Some(Column::Price));
    assert_eq!(TableKind::Bids.field("申报价").map(|field| field.column), Some(Column::Price));
    assert_eq!(TableKind::Expected.field("price"), None);
}
