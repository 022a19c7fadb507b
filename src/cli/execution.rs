//! `jicai execution`.

use std::path::{Path, PathBuf};

use clap::{ArgAction, ArgMatches, Command, value_parser};

use super::award_of::evaluated;
use super::command_line::Texts;
use super::tables::{self, refused, wrong_value};
use super::{Answer, encoding, shown, word};
use crate::diagnostics::Diagnostics;
use crate::read::{ReadOptions, TableKind, table_and_input};
use crate::report;
use crate::savings::execution::execution as of_award;
use crate::tender::Month;
use crate::text::{Language, fill};
use crate::validate::actual;

/// The command in one language.
pub(super) fn line(here: Texts) -> Command {
    let file = |name: &'static str, key: &str, value: &'static str| {
        let option = here.option(name, &format!("execution.{key}"));
        option.value_name(value).value_parser(value_parser!(PathBuf))
    };
    here.command("execution", "execution")
        .arg(here.folder("tender", "TENDER_OR_REPORT", "execution.tender"))
        .arg(here.option("start", "execution.start").value_name("MONTH").required(true))
        .arg(file("actual", "actual", "FILE"))
        .arg(file("out", "out", "DIR"))
        .arg(here.option("png", "execution.png").action(ArgAction::SetTrue).requires("out"))
        .arg(file("font", "font", "FILE").requires("png"))
        .arg(here.tables_format())
        .arg(here.option("encoding", "option.encoding").value_name("NAME"))
}

/// What was bought beside what was agreed.
pub(super) fn execution(matches: &ArgMatches, language: Language) -> Answer {
    computed(matches, language).unwrap_or_else(|answer| answer)
}

fn computed(matches: &ArgMatches, language: Language) -> Result<Answer, Answer> {
    let refuse = |found: Diagnostics| refused(&found, matches, language);
    let options = ReadOptions { encoding: encoding(matches, language)?, ..ReadOptions::default() };
    let start = word(matches, "start");
    let start =
        Month::parse(start).ok_or_else(|| wrong_value("execution.month", "--start", start, language))?;
    let path = |name| matches.get_one::<PathBuf>(name).map(PathBuf::as_path);
    let out = path("out");
    if let Some(folder) = out {
        report::folder::check(folder).map_err(refuse)?;
    }
    let png = matches.get_flag("png");
    let fonts = png.then(|| report::png::Fonts::of(path("font"))).transpose().map_err(refuse)?;
    let given = path("tender").unwrap_or(Path::new(""));
    let beside = given.join(TableKind::Actual.file());
    let file = path("actual").unwrap_or(&beside);
    let (table, input) = table_and_input(file, TableKind::Actual, &options).map_err(refuse)?;
    let rows = actual(&table).map_err(refuse)?;
    let mut evaluation = evaluated(given, &options).map_err(refuse)?;
    let found = of_award(&evaluation.award, &evaluation.allocation, &rows, start, &mut evaluation.warnings)
        .map_err(refuse)?;
    let (tables, mut files) = report::execution(&evaluation, &found, &input, language);
    let mut answer = tables::of_tender(tables, &evaluation, matches, language);
    if let Some(folder) = out {
        if let Some(fonts) = fonts {
            report::png::add_pictures(&mut files, &fonts).map_err(refuse)?;
        }
        report::folder::write(&files, folder).map_err(refuse)?;
        if word(matches, "format") == "text" {
            let folder = shown(folder.as_os_str());
            let written = fill(language, "cli.execution.written", &[("folder", &folder)]);
            answer.results.push_str(&format!("\n{written}\n"));
        }
    }
    Ok(answer)
}
