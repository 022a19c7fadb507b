//! The folder on a change of spending: a page to read, the tables, everything for programs, and the waterfall.

use maud::{Markup, PreEscaped, html};

use super::chart;
use super::files::{ReportFiles, sha256};
use super::html::{Shell, document};
use super::manifest::{MANIFEST, manifest_without_rules};
use super::tables::{Table, Tables, Value, effects_tables};
use crate::savings::effects::Effects;
use crate::tender::InputFile;
use crate::text::{Language, text};

/// A change of spending with the two tables that it was computed from.
#[derive(Debug, Clone, Copy)]
pub struct EffectsOf<'a> {
    /// The effects.
    pub effects: &'a Effects,
    /// The table of the earlier and of the later period.
    pub inputs: [&'a InputFile; 2],
    /// How many rows each has.
    pub rows: (usize, usize),
}

impl EffectsOf<'_> {
    /// The tables on the change of spending and every file about it, in memory; [`super::folder::write`] puts them in
    /// their place.
    pub fn files(&self, language: Language) -> (Tables, ReportFiles) {
        let tables = effects_tables(self.effects, language);
        let svg = chart::effects_waterfall(self.effects, self.rows, language);
        let mut files = ReportFiles::new();
        files.add("effects.html", page(&tables, svg.as_deref(), language));
        files.add("effects.csv", tables.csv());
        files.add("effects.json", tables.json());
        if let Some(svg) = svg {
            files.add("charts/waterfall.svg", svg);
        }
        // Whatever the files were called and wherever they lay, the copies have the same names.
        let mut inputs = Vec::new();
        for (given, name) in self.inputs.into_iter().zip(["before.csv", "after.csv"]) {
            files.add(&format!("inputs/{name}"), given.bytes.to_vec());
            inputs.push(InputFile {
                name: name.to_owned(),
                sha256: sha256(&given.bytes),
                bytes: given.bytes.clone(),
            });
        }
        let listed = manifest_without_rules(&inputs, &files);
        files.add(MANIFEST, listed);
        (tables, files)
    }
}

/// effects.html: the finding, the waterfall, every table of the terminal's page, and what they rest on. It needs no
/// network and no script.
fn page(tables: &Tables, svg: Option<&str>, language: Language) -> String {
    let label = text(language, "page.chart");
    let body = html! {
        main .effects {
            header { h1 { (tables.title) } }
            @match svg {
                Some(svg) => figure .scroll tabindex="0" role="group" aria-label=(label) { (PreEscaped(svg)) },
                None => p .banner { (text(language, "savings.effects.unknown")) },
            }
            dl .facts {
                @for (name, value) in &tables.facts {
                    div { dt { (text(language, &format!("savings.column.{name}"))) } dd { (value.shown(language)) } }
                }
            }
            @for shown in tables.on_page() { (table(shown, language)) }
            @for note in &tables.notes { p .note { (note) } }
        }
    };
    document(&Shell { language, title: &tables.title, with_script: false }, &body)
}

fn table(table: &Table, language: Language) -> Markup {
    let caption = text(language, &format!("savings.table.{}", table.name));
    let head = |name: &str| text(language, &format!("savings.column.{name}"));
    html! {
        div .scroll tabindex="0" role="region" aria-label=(caption) {
            table {
                caption { (caption) }
                thead {
                    tr {
                        @for (place, name) in table.columns.iter().enumerate() {
                            @if place == 0 { th scope="col" { (head(name)) } } @else { th .n scope="col" { (head(name)) } }
                        }
                    }
                }
                tbody { @for row in &table.rows { tr { @for (place, value) in row.iter().enumerate() { (cell(place, value, language)) } } } }
            }
        }
    }
}

/// A cell: numbers with thousands marks, and in full in the page's source.
fn cell(place: usize, value: &Value, language: Language) -> Markup {
    let shown = match value {
        Value::Number(number) if !number.ends_with('%') => super::reading::grouped(number),
        Value::Unknown => "—".to_owned(),
        other => other.shown(language),
    };
    html! {
        @if place == 0 { th scope="row" { (shown) } }
        @else if let Value::Number(exact) = value { td .n data-value=(exact) { (shown) } }
        @else { td .n { (shown) } }
    }
}
