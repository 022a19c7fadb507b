//! `jicai schema`.

use clap::{Arg, ArgMatches, Command};

use super::command_line::Texts;
use super::tables::printed;
use super::{Answer, usage, word};
use crate::diagnostics::Diagnostics;
use crate::report::schema::{ColumnShape, FileShape, Shape, files};
use crate::report::tables::{OnPage, Table, Tables, Value};
use crate::text::{Language, fill, text};

/// The command in one language.
pub(super) fn line(here: Texts) -> Command {
    here.command("schema", "schema")
        .arg(Arg::new("file").value_name("FILE").help(here.text("schema.file")))
        .arg(here.tables_format())
}

/// The shape of one file, or the list of the files whose shape is known.
pub(super) fn schema(matches: &ArgMatches, language: Language) -> Answer {
    let all = files();
    let wanted = word(matches, "file");
    if wanted.is_empty() {
        return printed(&list(&all, language), &Diagnostics::new(), matches, language);
    }
    let Some(file) = all.iter().find(|file| file.asked == wanted) else {
        let names: Vec<&str> = all.iter().map(|file| file.asked.as_str()).collect();
        return usage::unknown("schema.unknown", wanted, &names, language);
    };
    match &file.shape {
        Shape::Json(schema) => Answer::done(format!("{schema:#}\n")),
        Shape::Columns(columns) => {
            printed(&of_columns(file, columns, language), &Diagnostics::new(), matches, language)
        }
    }
}

fn list(files: &[FileShape], language: Language) -> Tables {
    let row = |file: &FileShape| {
        let shape = match file.shape {
            Shape::Columns(_) => "columns",
            Shape::Json(_) => "json_schema",
        };
        vec![
            Value::text(&file.asked),
            Value::Word(file.way.name()),
            yes_or_no(file.required),
            Value::Word(shape),
        ]
    };
    Tables {
        schema: "jicai-files-1",
        title: text(language, "savings.schema.list").to_owned(),
        facts: Vec::new(),
        tables: vec![Table {
            name: "files",
            columns: vec!["file", "way", "required", "shape"],
            rows: files.iter().map(row).collect(),
            on_page: OnPage::Yes,
        }],
        notes: vec![text(language, "savings.schema.list_note").to_owned()],
    }
}

fn of_columns(file: &FileShape, columns: &[ColumnShape], language: Language) -> Tables {
    let joined = |words: &[&str]| match words.is_empty() {
        true => Value::Unknown,
        false => Value::text(words.join(" | ")),
    };
    let row = |column: &ColumnShape| {
        vec![
            Value::text(column.name),
            column.chinese.map_or(Value::Unknown, Value::text),
            Value::Word(column.holds),
            yes_or_no(column.required),
            joined(&column.words),
            joined(&column.synonyms),
        ]
    };
    let unknown = |at: usize| columns.iter().all(|column| row(column).get(at) == Some(&Value::Unknown));
    let heads = ["column", "chinese", "holds", "required", "words", "synonyms"];
    let shown: Vec<usize> = (0..heads.len()).filter(|at| !unknown(*at)).collect();
    let pick = |row: Vec<Value>| shown.iter().filter_map(|at| row.get(*at).cloned()).collect();
    let table = |name, columns, rows, on_page| Table { name, columns, rows, on_page };
    let on_page: Vec<Vec<Value>> = columns.iter().map(|column| pick(row(column))).collect();
    let shown_heads = shown.iter().filter_map(|at| heads.get(*at).copied()).collect();
    Tables {
        schema: "jicai-columns-1",
        title: fill(language, "savings.schema.title", &[("file", file.name)]),
        facts: vec![
            ("file", Value::text(file.name)),
            ("way", Value::Word(file.way.name())),
            ("required", yes_or_no(file.required)),
        ],
        tables: vec![
            table("columns", heads.to_vec(), columns.iter().map(row).collect(), OnPage::No),
            table("columns", shown_heads, on_page, OnPage::Only),
        ],
        notes: vec![text(language, "savings.schema.note").to_owned()],
    }
}

fn yes_or_no(yes: bool) -> Value {
    Value::Word(if yes { "yes" } else { "no" })
}
