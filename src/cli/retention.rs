//! `jicai retention`.

use std::path::PathBuf;

use clap::{ArgMatches, Command};

use super::command_line::Texts;
use super::tables::{self, PROFILE, printed, refused};
use super::{Answer, encoding, word};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::money::Inexact;
use crate::read::{ReadOptions, TableKind, table_file};
use crate::report::tables::{Tables, retention_tables};
use crate::savings::retention::retained;
use crate::text::Language;
use crate::validate::retention as rows_of;

/// The command in one language.
pub(super) fn line(here: Texts) -> Command {
    here.command("retention", "retention")
        .arg(here.folder("table", "TABLE.csv", "retention.table"))
        .arg(here.option("profile", "retention.profile").value_name("PROFILE").default_value(PROFILE))
        .arg(here.tables_format())
        .arg(here.option("encoding", "option.encoding").value_name("NAME"))
}

/// What hospitals keep.
pub(super) fn retention(matches: &ArgMatches, language: Language) -> Answer {
    let options = match encoding(matches, language) {
        Ok(encoding) => ReadOptions { encoding, ..ReadOptions::default() },
        Err(answer) => return answer,
    };
    match computed(matches, &options, language) {
        Ok(tables) => printed(&tables, &Diagnostics::new(), matches, language),
        Err(found) => refused(&found, matches, language),
    }
}

fn computed(matches: &ArgMatches, options: &ReadOptions, language: Language) -> Result<Tables, Diagnostics> {
    let profile = tables::profile(word(matches, "profile"))?;
    let path = matches.get_one::<PathBuf>("table").cloned().unwrap_or_default();
    let rows = rows_of(&table_file(&path, TableKind::Retention, options)?)?;
    let hospitals = retained(&rows, &profile.retention)?;
    retention_tables(&hospitals, &profile, language)
        .map_err(|Inexact| tables::one(Diagnostic::new(Code::PayersTooLarge).with("of", "total")))
}
