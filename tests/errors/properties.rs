//! Any bytes are read or refused, and what is read is what was written, where it was written.

use std::fs;
use std::path::Path;

use jicai::read::{Column, ReadOptions, TenderTables, read};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::cases::{Case, base};
use crate::folder::{Form, written};
use crate::said;

fn folder() -> TempDir {
    written(&base(), &Case::default(), Form::Utf8)
}

/// `lots.csv` with these names, as another program writes it.
fn write_lots(folder: &Path, names: &[String], ending: csv::Terminator) {
    let mut writer = csv::WriterBuilder::new().terminator(ending).from_path(folder.join("lots.csv")).unwrap();
    writer.write_record(["lot_id", "name"]).unwrap();
    for (number, name) in names.iter().enumerate() {
        writer.write_record([format!("lot-{number}"), name.clone()]).unwrap();
    }
    writer.flush().unwrap();
}

/// Line and column of the first place of `needle`, counted character by character.
fn counted(text: &str, needle: &str) -> (usize, usize) {
    let before = &text[..text.find(needle).unwrap()];
    let (mut line, mut column, mut last) = (1, 1, ' ');
    for character in before.chars() {
        if character == '\n' && last == '\r' {
            // The second half of one line end.
        } else if character == '\n' || character == '\r' {
            (line, column) = (line + 1, 1);
        } else {
            column += 1;
        }
        last = character;
    }
    (line, column)
}

fn lots(tables: &TenderTables) -> Vec<(String, (usize, usize))> {
    let rows = tables.lots.rows();
    rows.map(|row| {
        let place = row.cell(Column::LotId).unwrap().place();
        (row.cell(Column::Name).unwrap().text().into_owned(), (place.line, place.column))
    })
    .collect()
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z ,\"\r\n]{0,12}", "[价格药,\"\n甲乙]{0,8}", "[^\u{0}\u{feff}]{0,6}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200), which in 0_usize..4) {
        let folder = folder();
        let file = ["tender.toml", "lots.csv", "bids.csv", "demand.csv"][which];
        fs::write(folder.path().join(file), bytes).unwrap();
        let _ = said(folder.path(), &ReadOptions::default());
    }

    #[test]
    fn any_cells_are_read_or_refused(cells in proptest::collection::vec("[0-9.,%e\"\n ０.\u{202e}合计-]{0,6}", 9)) {
        let folder = folder();
        let text = format!(
            "lot_id,supplier_id,price\nA,{},{}\n{},{},{}\n{},{},{},{}\n",
            cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7], cells[8],
        );
        fs::write(folder.path().join("bids.csv"), text).unwrap();
        let _ = said(folder.path(), &ReadOptions::default());
    }

    #[test]
    fn what_another_program_writes_is_read_where_it_stands(
        names in proptest::collection::vec(name(), 1..6),
        carriage in any::<bool>(),
    ) {
        let names: Vec<String> =
            names.into_iter().filter(|name| !name.contains("lot-") && !total(name)).collect();
        prop_assume!(!names.is_empty());
        let folder = folder();
        let ending = if carriage { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        write_lots(folder.path(), &names, ending);
        let text = fs::read_to_string(folder.path().join("lots.csv")).unwrap();
        let tables = read(folder.path(), &ReadOptions::default()).unwrap();
        let expected: Vec<_> = names
            .into_iter()
            .enumerate()
            .map(|(number, name)| (name, counted(&text, &format!("lot-{number},"))))
            .collect();
        prop_assert_eq!(lots(&tables), expected);
    }
}

/// Names that make a row one of totals are refused, and are not meant here.
fn total(name: &str) -> bool {
    let word: String = name.chars().filter(|character| character.is_alphabetic()).collect();
    ["sum", "total", "合计", "总计", "小计"].contains(&word.to_lowercase().as_str())
}
