//! `jicai effects`.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::command_line::Texts;
use super::tables::{printed, refused};
use super::{Answer, Exit, encoding, word};
use crate::diagnostics::Diagnostics;
use crate::read::{ReadOptions, TableKind, table_file};
use crate::report::tables::{effects_tables, published_tables};
use crate::savings::effects::{
    ChangeFault, PriceIndex, PublishedIndex, effects as effects_of, multiply_published,
};
use crate::tender::Purchase;
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
    let options = match encoding(matches, language) {
        Ok(encoding) => ReadOptions { encoding, ..ReadOptions::default() },
        Err(answer) => return answer,
    };
    match (read(before, &options), read(after, &options)) {
        (Ok(before), Ok(after)) => {
            let index = match word(matches, "price-index") {
                "laspeyres" => PriceIndex::Laspeyres,
                _ => PriceIndex::Paasche,
            };
            let tables = effects_tables(&effects_of(&before, &after, index), language);
            printed(&tables, &Diagnostics::new(), matches, language)
        }
        (before, after) => {
            let mut found = Diagnostics::new();
            found.extend([before, after].into_iter().filter_map(Result::err).flatten());
            refused(&found, matches, language)
        }
    }
}

fn read(path: &Path, options: &ReadOptions) -> Result<Vec<Purchase>, Diagnostics> {
    purchases(&table_file(path, TableKind::Purchases, options)?)
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
