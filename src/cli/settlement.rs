//! `jicai settlement`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::{ArgAction, ArgMatches, Command, value_parser};

use super::command_line::Texts;
use super::tables::{self, PROFILE, refused};
use super::{Answer, encoding, word};
use crate::diagnostics::{Code, Diagnostic};
use crate::evaluate;
use crate::money::Inexact;
use crate::read::ReadOptions;
use crate::report::tables::settlement_tables;
use crate::savings::contracts;
use crate::savings::settlement::settled;
use crate::text::Language;

/// Longest time to payment that makes sense, in days.
const MOST_DAYS: i64 = 3_660;

/// The command in one language.
pub(super) fn line(here: Texts) -> Command {
    let option = |name: &'static str, key: &str, value: &'static str| {
        here.option(name, &format!("settlement.{key}")).value_name(value)
    };
    here.command("settlement", "settlement")
        .arg(here.folder("tender", "TENDER", "settlement.tender"))
        .arg(option("start", "start", "DATE").required(true))
        .arg(option("holiday", "holiday", "DATE").action(ArgAction::Append))
        .arg(option("profile", "profile", "PROFILE").default_value(PROFILE))
        .arg(option("prepaid-share", "prepaid", "SHARE"))
        .arg(
            option("days-outstanding", "outstanding", "DAYS")
                .value_parser(value_parser!(u32).range(0..=MOST_DAYS)),
        )
        .arg(option("interest", "interest", "RATE"))
        .arg(here.tables_format())
        .arg(here.option("encoding", "option.encoding").value_name("NAME"))
}

/// A year of months.
pub(super) fn settlement(matches: &ArgMatches, language: Language) -> Answer {
    computed(matches, language).unwrap_or_else(|answer| answer)
}

fn computed(matches: &ArgMatches, language: Language) -> Result<Answer, Answer> {
    let refuse = |found| refused(&found, matches, language);
    let encoding = encoding(matches, language)?;
    let start = tables::date(word(matches, "start"), language)?;
    let holidays = matches.get_many::<String>("holiday").into_iter().flatten();
    let holidays = holidays.map(|day| tables::date(day, language)).collect::<Result<BTreeSet<_>, _>>()?;
    let mut terms = tables::profile(word(matches, "profile")).map_err(refuse)?.settlement;
    if let Some(share) = tables::share(matches, "prepaid-share", language)? {
        terms.prepaid_share = share;
    }
    if let Some(rate) = tables::share(matches, "interest", language)? {
        terms.interest_rate = rate;
    }
    if let Some(days) = matches.get_one::<u32>("days-outstanding") {
        terms.old_days_outstanding = *days;
    }
    let tender = matches.get_one::<PathBuf>("tender").map_or(Path::new(""), PathBuf::as_path);
    let options = ReadOptions { encoding, ..ReadOptions::default() };
    let evaluation = evaluate(tender, &options).map_err(refuse)?;
    let contracts = contracts(&evaluation.award, &evaluation.allocation).map_err(refuse)?;
    let tables = settled(&contracts, start, &terms, &holidays)
        .and_then(|months| settlement_tables(&months, start, &terms, language))
        .map_err(|Inexact| {
            refuse(tables::one(Diagnostic::new(Code::PayersTooLarge).with("of", "settlement")))
        })?;
    Ok(tables::of_tender(tables, &evaluation, matches, language))
}
