//! `jicai project`.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::award_of::evaluated;
use super::command_line::Texts;
use super::tables::{self, PROFILE, of_tender, refused};
use super::{Answer, encoding, shown, usage, word};
use crate::Evaluation;
use crate::diagnostics::Diagnostics;
use crate::read::{ReadOptions, any_text_file};
use crate::report;
use crate::report::projection::ProjectionOf;
use crate::savings::projection::{Assumptions, Wanted, basis, project as project_basis};
use crate::text::{Language, fill};

/// Fewest and most draws: below, the outer percentiles mean nothing; above, no digit that anybody reads changes.
const DRAWS: std::ops::RangeInclusive<u32> = 100..=200_000;
/// Most years.
const YEARS: std::ops::RangeInclusive<u32> = 1..=30;
/// Longest seed, in bytes.
const SEED: usize = 200;

/// The command in one language.
pub(super) fn line(here: Texts) -> Command {
    let option = |name: &'static str, key: &str, value: &'static str| {
        here.option(name, &format!("project.{key}")).value_name(value)
    };
    here.command("project", "project")
        .arg(
            Arg::new("report")
                .value_name("REPORT_OR_TENDER")
                .required_unless_present("print-assumptions")
                .value_parser(value_parser!(PathBuf))
                .help(here.text("project.report")),
        )
        .arg(option("assumptions", "assumptions", "FILE.toml").value_parser(value_parser!(PathBuf)))
        .arg(option("baseline", "baseline", "NAME"))
        .arg(option("years", "years", "N"))
        .arg(option("discount", "discount", "RATE"))
        .arg(option("payers", "payers", "PROFILE").default_value(PROFILE))
        .arg(option("seed", "seed", "N|TEXT").default_value("1"))
        .arg(option("draws", "draws", "N").default_value("10000"))
        .arg(option("out", "out", "DIR").value_parser(value_parser!(PathBuf)))
        .arg(
            here.option("print-assumptions", "project.print_assumptions")
                .action(ArgAction::SetTrue)
                .conflicts_with("report"),
        )
        .arg(here.tables_format())
        .arg(here.option("encoding", "option.encoding").value_name("NAME"))
}

/// Projects the saving of a report or a tender, and writes it.
pub(super) fn project(matches: &ArgMatches, language: Language) -> Answer {
    if matches.get_flag("print-assumptions") {
        return Answer::done(Assumptions::built_in_text().to_owned());
    }
    projected(matches, language).unwrap_or_else(|answer| answer)
}

fn projected(matches: &ArgMatches, language: Language) -> Result<Answer, Answer> {
    let refuse = |found: Diagnostics| refused(&found, matches, language);
    let encoding = encoding(matches, language)?;
    let wanted = wanted(matches, language)?;
    let profile = tables::profile(word(matches, "payers")).map_err(refuse)?;
    let (assumptions, text) = assumptions(matches).map_err(refuse)?;
    let out = matches.get_one::<PathBuf>("out");
    if let Some(folder) = out {
        report::folder::check(folder).map_err(refuse)?;
    }
    let given = matches.get_one::<PathBuf>("report").map_or(Path::new(""), PathBuf::as_path);
    let options = ReadOptions { encoding, ..ReadOptions::default() };
    let evaluation = evaluated(given, &options).map_err(refuse)?;
    let Evaluation { award, savings, .. } = &evaluation;
    let leading = report::leading_baseline(savings).map(|baseline| baseline.name());
    let baseline = match word(matches, "baseline") {
        "" => leading.unwrap_or_default(),
        named => named,
    };
    let Some(basis) = basis(award, savings, baseline) else {
        let key = if baseline.is_empty() { "project.no_baseline" } else { "project.baseline_unknown" };
        return Err(usage::unknown(key, baseline, &[], language));
    };
    let projection = project_basis(basis, assumptions, &wanted).map_err(refuse)?;
    let of = ProjectionOf { award, projection: &projection, profile: &profile, assumptions: &text };
    let files = of.files(language).map_err(refuse)?;
    let folder = match out {
        Some(folder) => folder.clone(),
        None => Path::new("reports").join(format!("{}-projection", award.screened().notice.id)),
    };
    report::folder::write(&files, &folder).map_err(refuse)?;
    if word(matches, "format") != "text" {
        return Ok(of_tender(of.tables(language).map_err(refuse)?, &evaluation, matches, language));
    }
    let mut answer = of_tender(of.page(language).map_err(refuse)?, &evaluation, matches, language);
    let written = fill(language, "cli.project.written", &[("folder", &shown(folder.as_os_str()))]);
    answer.results.push_str(&super::answer::paragraph(&written, 0));
    Ok(answer)
}

/// Years, discount, seed and draws as the line asks for them.
fn wanted(matches: &ArgMatches, language: Language) -> Result<Wanted, Answer> {
    let count = |name: &str, range: &std::ops::RangeInclusive<u32>| -> Result<Option<u32>, Answer> {
        let Some(given) = matches.get_one::<String>(name) else { return Ok(None) };
        let plain = given.bytes().all(|byte| byte.is_ascii_digit());
        match given.parse().ok().filter(|count| plain && range.contains(count)) {
            Some(count) => Ok(Some(count)),
            None => Err(usage::unknown(&format!("project.{name}_wrong"), given, &[], language)),
        }
    };
    let seed = word(matches, "seed");
    if seed.is_empty() || seed.len() > SEED || seed.chars().any(char::is_control) {
        return Err(usage::unknown("project.seed_wrong", seed, &[], language));
    }
    Ok(Wanted {
        years: count("years", &YEARS)?,
        discount: tables::share(matches, "discount", language)?,
        seed: seed.to_owned(),
        draws: count("draws", &DRAWS)?.unwrap_or(*DRAWS.start()),
        threads: thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
    })
}

/// The assumptions of a file, or the built-in ones, with their text.
fn assumptions(matches: &ArgMatches) -> Result<(Assumptions, String), Diagnostics> {
    match matches.get_one::<PathBuf>("assumptions") {
        None => Ok((Assumptions::built_in()?, Assumptions::built_in_text().to_owned())),
        Some(path) => {
            let (source, _) = any_text_file(path, &ReadOptions::default())?;
            Ok((Assumptions::from_toml(&source)?, source.text().to_owned()))
        }
    }
}
