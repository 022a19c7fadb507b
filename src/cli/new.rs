//! `jicai new`.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::{Answer, Exit, shown, word};
use crate::text::{Language, fill, text};

/// The files of a template with their texts.
type Template = [(&'static str, &'static str); 5];

macro_rules! template {
    ($language:literal, $kind:literal) => {
        [
            ("tender.toml", template!($language, $kind, "tender.toml")),
            ("lots.csv", template!($language, $kind, "lots.csv")),
            ("bids.csv", template!($language, $kind, "bids.csv")),
            ("demand.csv", template!($language, $kind, "demand.csv")),
            ("suppliers.csv", template!($language, $kind, "suppliers.csv")),
        ]
    };
    ($language:literal, $kind:literal, $file:literal) => {
        include_str!(concat!("../text/", $language, "/template/", $kind, "/", $file))
    };
}

fn template(kind: &str, language: Language) -> Template {
    match (kind, language) {
        ("consumable", Language::English) => template!("en", "consumable"),
        ("consumable", Language::Chinese) => template!("zh", "consumable"),
        (_, Language::English) => template!("en", "drug"),
        (_, Language::Chinese) => template!("zh", "drug"),
    }
}

/// Spreadsheets take a CSV file for UTF-8 only when it begins with this mark.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Makes a folder with a filled template in it.
pub(super) fn new(matches: &ArgMatches, language: Language) -> Answer {
    let folder = matches.get_one::<PathBuf>("dir").map_or(Path::new(""), PathBuf::as_path);
    let name = shown(folder.as_os_str());
    let refused = |key: &str, reason: &str| {
        let message = fill(language, &format!("cli.new.{key}"), &[("folder", &name), ("reason", reason)]);
        let way = text(language, &format!("cli.new.{key}_help")).to_owned();
        Answer::refused(language, &message, &[way], Exit::Usage)
    };
    match is_free(folder).and_then(|free| {
        if free { make(folder, word(matches, "kind"), language).map(|()| true) } else { Ok(false) }
    }) {
        Ok(true) => Answer::done(format!("{}\n", fill(language, "cli.new.done", &[("folder", &name)]))),
        Ok(false) => refused("not_empty", ""),
        Err(fault) => refused("not_made", &fault.to_string()),
    }
}

/// Whether nothing lies there yet.
fn is_free(folder: &Path) -> io::Result<bool> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(fault) => Err(fault),
    }
}

fn make(folder: &Path, kind: &str, language: Language) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (name, contents) in template(kind, language) {
        let mut file = OpenOptions::new().write(true).create_new(true).open(folder.join(name))?;
        if name.ends_with(".csv") {
            file.write_all(BYTE_ORDER_MARK.as_bytes())?;
        }
        file.write_all(contents.as_bytes())?;
    }
    Ok(())
}
