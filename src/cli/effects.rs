//! `jicai effects`.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::command_line::Texts;
use super::tables::{printed, refused};
use super::{Answer, Exit, encoding, shown, word};
use crate::diagnostics::Diagnostics;
use crate::read::{ReadOptions, TableKind, table_and_input};
use crate::report::tables::published_tables;
use crate::report::{self, EffectsOf};
use crate::savings::effects::{
    ChangeFault, PriceIndex, PublishedIndex, effects as effects_of, multiply_published,
};
use crate::tender::{InputFile, Purchase};
use crate::text::{Language, fill, text};
use crate::validate::purchases;

/// The command in one language.
pub(super) fn line(here: Texts) -> Command {
    let table = |name: &'static str, value: &'static str| {
        Arg::new(name)
            .value_name(value)
            .value_parser(value_parser!(PathBuf))
            .help(here.text(&format!("effects.{name}")))
    };
    here.command("effects", "effects")
        .arg(table("before", "BEFORE.csv"))
        .arg(table("after", "AFTER.csv"))
        .arg(
            here.option("price-index", "effects.price_index")
                .value_name("NAME")
                .value_parser(["paasche", "laspeyres"])
                .default_value("paasche"),
        )
        .arg(
            here.option("index", "effects.index")
                .value_name("NAME=VALUE")
                .action(ArgAction::Append)
                .conflicts_with("before"),
        )
        .arg(
            here.option("published", "effects.published")
                .value_name("CHANGE")
                .allow_hyphen_values(true)
                .requires("index"),
        )
        .arg(
            here.option("out", "effects.out")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .conflicts_with("index"),
        )
        .arg(here.option("png", "execution.png").action(ArgAction::SetTrue).requires("out"))
        .arg(
            here.option("font", "execution.font")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .requires("png"),
        )
        .arg(here.tables_format())
        .arg(here.option("encoding", "option.encoding").value_name("NAME"))
}

/// Splits a change of spending, or multiplies published indices.
pub(super) fn effects(matches: &ArgMatches, language: Language) -> Answer {
    if matches.contains_id("index") {
        return published(matches, language);
    }
    let paths = ["before", "after"].map(|name| matches.get_one::<PathBuf>(name));
    let [Some(before), Some(after)] = paths else {
        let ways = [text(language, "cli.effects.help").to_owned()];
        return Answer::refused(language, text(language, "cli.effects.either"), &ways, Exit::Usage);
    };
    of_tables([before, after], matches, language).unwrap_or_else(|answer| answer)
}

fn of_tables(paths: [&PathBuf; 2], matches: &ArgMatches, language: Language) -> Result<Answer, Answer> {
    let refuse = |found: Diagnostics| refused(&found, matches, language);
    let options = ReadOptions { encoding: encoding(matches, language)?, ..ReadOptions::default() };
    let path = |name| matches.get_one::<PathBuf>(name).map(PathBuf::as_path);
    let out = path("out");
    if let Some(folder) = out {
        report::folder::check(folder).map_err(refuse)?;
    }
    let png = matches.get_flag("png");
    let fonts = png.then(|| report::png::Fonts::of(path("font"))).transpose().map_err(refuse)?;
    let [before, after] = paths.map(|path| read(path, &options));
    let ((before, before_file), (after, after_file)) = match (before, after) {
        (Ok(before), Ok(after)) => (before, after),
        (before, after) => {
            let mut found = Diagnostics::new();
            found.extend([before, after].into_iter().filter_map(Result::err).flatten());
            return Err(refuse(found));
        }
    };
    let index = match word(matches, "price-index") {
        "laspeyres" => PriceIndex::Laspeyres,
        _ => PriceIndex::Paasche,
    };
    let found = effects_of(&before, &after, index);
    let of =
        EffectsOf { effects: &found, inputs: [&before_file, &after_file], rows: (before.len(), after.len()) };
    let (tables, mut files) = of.files(language);
    let mut answer = printed(&tables, &Diagnostics::new(), matches, language);
    if let Some(folder) = out {
        if let Some(fonts) = fonts {
            report::png::add_pictures(&mut files, &fonts).map_err(refuse)?;
        }
        report::folder::write(&files, folder).map_err(refuse)?;
        if word(matches, "format") == "text" {
            let written = fill(language, "cli.effects.written", &[("folder", &shown(folder.as_os_str()))]);
            answer.results.push_str(&format!("\n{written}\n"));
        }
    }
    Ok(answer)
}

fn read(path: &Path, options: &ReadOptions) -> Result<(Vec<Purchase>, InputFile), Diagnostics> {
    let (table, file) = table_and_input(path, TableKind::Purchases, options)?;
    Ok((purchases(&table)?, file))
}

fn published(matches: &ArgMatches, language: Language) -> Answer {
    let mut indices = Vec::new();
    for given in matches.get_many::<String>("index").into_iter().flatten() {
        let named = given.split_once('=').filter(|(name, _)| !name.trim().is_empty());
        match named.map_or(Err(ChangeFault::NotANumber), |(_, value)| PublishedIndex::parse(value)) {
            Ok(index) => indices.push((named.map_or("", |(name, _)| name).to_owned(), index)),
            Err(fault) => return no_index(fault, given, language),
        }
    }
    let stated = match matches.get_one::<String>("published") {
        None => None,
        Some(given) => match PublishedIndex::parse(given) {
            Ok(stated) => Some(stated),
            Err(fault) => return no_index(fault, given, language),
        },
    };
    let values: Vec<PublishedIndex> = indices.iter().map(|(_, index)| index.clone()).collect();
    let product = multiply_published(&values, stated.as_ref());
    let tables = published_tables(&indices, stated.as_ref(), &product, language);
    printed(&tables, &Diagnostics::new(), matches, language)
}

fn no_index(fault: ChangeFault, given: &str, language: Language) -> Answer {
    let key = match fault {
        ChangeFault::NotANumber => "cli.effects.malformed",
        ChangeFault::NothingLeft => "cli.effects.too_low",
    };
    let message = fill(language, key, &[("given", &super::answer::quoted(given))]);
    Answer::refused(language, &message, &[text(language, "cli.effects.help").to_owned()], Exit::Usage)
}
