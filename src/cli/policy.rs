//! `jicai report TENDER --policy`: one page for those who decide, in both languages.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::payers::{areas_of, split_by, unknown_area, unverified};
use super::{Answer, Exit, encoding, shown, tables, usage, word};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, plain};
use crate::money::{Inexact, Money};
use crate::read::ReadOptions;
use crate::report::{self, PayerName, PolicyPayers};
use crate::savings::payers::{Payer, Profile, SplitSaving};
use crate::savings::savings_by_region;
use crate::text::{Language, fill};
use crate::{Evaluation, evaluate};

/// Evaluates a tender and writes the page.
pub(super) fn policy(matches: &ArgMatches, language: Language) -> Answer {
    written(matches, language).unwrap_or_else(|answer| answer)
}

fn written(matches: &ArgMatches, language: Language) -> Result<Answer, Answer> {
    let refuse = |found: Diagnostics| Answer {
        results: String::new(),
        messages: plain(&found, language, false),
        exit: Exit::of_diagnostics(&found),
    };
    let out = matches.get_one::<PathBuf>("out");
    if let Some(folder) = out {
        report::folder::check(folder).map_err(refuse)?;
    }
    let options = ReadOptions { encoding: encoding(matches, language)?, ..ReadOptions::default() };
    let named = areas_of(matches, language)?;
    let profile = match word(matches, "profile") {
        "" => None,
        given => Some(tables::profile(given).map_err(refuse)?),
    };
    let tender = matches.get_one::<PathBuf>("tender").map_or(Path::new(""), PathBuf::as_path);
    let done = evaluate(tender, &options).map_err(refuse)?;
    let baseline = match word(matches, "baseline") {
        "" => report::policy_baseline(&done).to_owned(),
        given => known_baseline(&done, given, language)?,
    };
    let payers = match &profile {
        None => None,
        Some(usual) => {
            let of_large = |Inexact| {
                refuse(tables::one(Diagnostic::new(Code::PayersTooLarge).with("of", baseline.as_str())))
            };
            unknown_area(&done, &named, language)?;
            let areas = savings_by_region(&done.award, &done.allocation, &baseline).map_err(refuse)?;
            let (splits, used) = split_by(areas, usual, &named).map_err(of_large)?;
            Some(payers(&splits, &used).map_err(of_large)?)
        }
    };
    let files = report::policy(&done, &baseline, payers.as_ref()).map_err(refuse)?;
    let folder = match out {
        Some(folder) => folder.clone(),
        None => Path::new("reports").join(format!("{}-policy", done.award.screened().notice.id)),
    };
    report::folder::write(&files, &folder).map_err(refuse)?;
    let folder = shown(folder.as_os_str());
    let results = format!("{}\n", fill(language, "cli.report.policy_written", &[("folder", &folder)]));
    let warnings = &done.warnings;
    let messages = if warnings.is_empty() { String::new() } else { plain(warnings, language, false) };
    Ok(Answer { results, messages, exit: Exit::of_outcome(done.award.outcome()) })
}

/// A baseline of the tender by its name.
fn known_baseline(done: &Evaluation, given: &str, language: Language) -> Result<String, Answer> {
    let built_in = done.savings.totals.iter().map(|total| total.baseline.name());
    let stated = done.savings.stated.iter().map(|stated| stated.total.baseline.as_str());
    let known: Vec<&str> = built_in.chain(stated).collect();
    if known.contains(&given) {
        return Ok(given.to_owned());
    }
    Err(usage::unknown("payers_split.baseline_unknown", given, &known, language))
}

/// The fund of each scheme in the order of the profiles, then the others; together the whole saving.
fn payers(splits: &[SplitSaving], used: &[(&Profile, usize)]) -> Result<PolicyPayers, Inexact> {
    let titles: BTreeMap<&str, (String, String)> = used
        .iter()
        .flat_map(|(profile, _)| &profile.schemes)
        .map(|scheme| (scheme.named.id.as_str(), (scheme.named.title.clone(), scheme.named.title_zh.clone())))
        .collect();
    let mut rows: Vec<(PayerName, Money)> = Vec::new();
    let mut add = |name: PayerName, amount: Money| -> Result<(), Inexact> {
        match rows.iter_mut().find(|(known, _)| *known == name) {
            Some((_, sum)) => *sum = sum.plus(amount)?,
            None => rows.push((name, amount)),
        }
        Ok(())
    };
    for payer in Payer::ALL {
        for part in splits.iter().flat_map(|split| &split.parts).filter(|part| part.payer == payer) {
            let scheme = part.place.as_ref().filter(|_| payer == Payer::Fund);
            let title = scheme.and_then(|(scheme, _)| titles.get(scheme.as_str()));
            let name = match title {
                Some((english, chinese)) => PayerName::FundOf(english.clone(), chinese.clone()),
                None => PayerName::Other(payer.name()),
            };
            add(name, part.saving)?;
        }
    }
    let profiles = used.iter().map(|(of, _)| (of.named.title.clone(), of.named.title_zh.clone())).collect();
    Ok(PolicyPayers { rows, profiles, unverified: used.iter().map(|(of, _)| unverified(of)).sum() })
}
