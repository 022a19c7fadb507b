//! `jicai payers`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::answer::table;
use super::command_line::Texts;
use super::tables::{self, PROFILE, printed, refused};
use super::{Answer, encoding, usage, word};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::money::Inexact;
use crate::read::{ReadOptions, any_text_file};
use crate::report::tables::{Illustration, Value, bill_tables, profile_tables, split_tables};
use crate::rules::Status;
use crate::savings::payers::{
    AreaSaving, Bill, Profile, SplitSaving, bill_parts, first_year_standard, split_saving,
};
use crate::savings::{Savings, savings_by_region};
use crate::text::Language;
use crate::{Evaluation, evaluate};

/// The command in one language.
pub(super) fn line(here: Texts) -> Command {
    let shown =
        Arg::new("profile").value_name("PROFILE").required(true).help(here.text("payers_show.profile"));
    let formats = ["text", "json", "csv", "toml"];
    let show = here.command("show", "payers_show").arg(shown).arg(here.tables_format().value_parser(formats));
    let option = |of: &str, name: &'static str, value: &'static str| {
        here.option(name, &format!("{of}.{name}")).value_name(value)
    };
    let profile = |of: &str| option(of, "profile", "PROFILE").default_value(PROFILE);
    let split = here
        .command("split", "payers_split")
        .arg(here.folder("tender", "TENDER", "payers_split.tender"))
        .arg(profile("payers_split"))
        .arg(option("payers_split", "area", "REGION=PROFILE").action(ArgAction::Append))
        .arg(option("payers_split", "baseline", "NAME").default_value("reference_price"))
        .arg(here.tables_format())
        .arg(here.option("encoding", "option.encoding").value_name("NAME"));
    let bill = here
        .command("bill", "payers_bill")
        .arg(option("payers_bill", "before", "AMOUNT").required(true))
        .arg(option("payers_bill", "after", "AMOUNT").required(true))
        .arg(option("payers_bill", "standard", "AMOUNT"))
        .arg(
            option("payers_bill", "award-price", "PRICE")
                .requires("product-price")
                .conflicts_with("standard"),
        )
        .arg(option("payers_bill", "product-price", "PRICE").requires("award-price"))
        .arg(option("payers_bill", "setting", "ID"))
        .arg(profile("payers_bill"))
        .arg(here.tables_format());
    here.command("payers", "payers")
        .subcommand_required(true)
        .subcommand(here.command("list", "payers_list"))
        .subcommands([show, split, bill])
}

/// One of the commands on payers.
pub(super) fn payers(matches: &ArgMatches, language: Language) -> Answer {
    match matches.subcommand() {
        Some(("show", of)) => show(of, language),
        Some(("split", of)) => split(of, language).unwrap_or_else(|answer| answer),
        Some(("bill", of)) => bill(of, language).unwrap_or_else(|answer| answer),
        _ => list(language),
    }
}

fn list(language: Language) -> Answer {
    let titles = Profile::built_in_ids().filter_map(|id| {
        let named = Profile::built_in(id).ok()?.named;
        let title = match language {
            Language::English => named.title,
            Language::Chinese => named.title_zh,
        };
        Some((id.to_owned(), title))
    });
    Answer::done(table(&titles.collect::<Vec<_>>()))
}

fn show(matches: &ArgMatches, language: Language) -> Answer {
    let id = word(matches, "profile");
    match tables::profile(id) {
        Ok(_) if word(matches, "format") == "toml" => match text_of(id) {
            Ok(text) => Answer::done(text),
            Err(found) => refused(&found, matches, language),
        },
        Ok(profile) => printed(&profile_tables(&profile, language), &Diagnostics::new(), matches, language),
        Err(found) => refused(&found, matches, language),
    }
}

fn text_of(id: &str) -> Result<String, Diagnostics> {
    if let Some(text) = Profile::built_in_text(id) {
        return Ok(text.to_owned());
    }
    any_text_file(Path::new(id), &ReadOptions::default()).map(|(source, _)| source.text().to_owned())
}

fn split(matches: &ArgMatches, language: Language) -> Result<Answer, Answer> {
    let refuse = |found: Diagnostics| refused(&found, matches, language);
    let encoding = encoding(matches, language)?;
    let named = areas_of(matches, language)?;
    let usual = tables::profile(word(matches, "profile")).map_err(refuse)?;
    let tender = matches.get_one::<PathBuf>("tender").map_or(Path::new(""), PathBuf::as_path);
    let options = ReadOptions { encoding, ..ReadOptions::default() };
    let evaluation = evaluate(tender, &options).map_err(refuse)?;
    let baseline = word(matches, "baseline");
    let areas = savings_by_region(&evaluation.award, &evaluation.allocation, baseline).map_err(refuse)?;
    if areas.is_empty() {
        return Err(usage::unknown("payers_split.baseline_unknown", baseline, &[], language));
    }
    unknown_area(&evaluation, &named, language)?;
    let tables = split_all(areas, &usual, &named, baseline, language)
        .map_err(|Inexact| refuse(tables::one(Diagnostic::new(Code::PayersTooLarge).with("of", baseline))))?;
    let mut tables = tables;
    tables.facts.push(("coverage", coverage(&evaluation.savings, baseline)));
    Ok(tables::of_tender(tables, &evaluation, matches, language))
}

/// The share of the award's value with a known baseline.
fn coverage(savings: &Savings, baseline: &str) -> Value {
    let built_in = savings.totals.iter().find(|total| total.baseline.name() == baseline);
    let stated = savings.stated.iter().find(|stated| stated.total.baseline == baseline);
    let coverage = built_in.and_then(|total| total.coverage);
    Value::number_if(coverage.or_else(|| stated.and_then(|stated| stated.total.coverage)))
}

/// The profiles that regions have of their own, from the command line.
pub(super) fn areas_of(
    matches: &ArgMatches,
    language: Language,
) -> Result<BTreeMap<String, Profile>, Answer> {
    let mut named = BTreeMap::new();
    for given in matches.get_many::<String>("area").into_iter().flatten() {
        let Some((region, id)) =
            given.split_once('=').filter(|(region, id)| !region.is_empty() && !id.is_empty())
        else {
            return Err(usage::unknown("payers_split.area_malformed", given, &[], language));
        };
        let profile = tables::profile(id).map_err(|found| refused(&found, matches, language))?;
        named.insert(region.to_owned(), profile);
    }
    Ok(named)
}

/// Refuses a region that the award does not serve.
pub(super) fn unknown_area(
    evaluation: &Evaluation,
    named: &BTreeMap<String, Profile>,
    language: Language,
) -> Result<(), Answer> {
    let rows = evaluation.allocation.lots.iter().flat_map(|lot| &lot.regions);
    let regions: BTreeSet<&str> = rows.map(|row| row.region.as_str()).collect();
    match named.keys().find(|region| !regions.contains(region.as_str())) {
        None => Ok(()),
        Some(stranger) => {
            let known: Vec<&str> = regions.into_iter().collect();
            Err(usage::unknown("payers_split.area_unknown", stranger, &known, language))
        }
    }
}

/// Profiles, each with how many of its parts nobody has read.
pub(super) type Used<'p> = Vec<(&'p Profile, usize)>;

/// Savings split by the profile of their region, and the profiles used with how many of their parts nobody has read.
pub(super) fn split_by<'p>(
    areas: Vec<AreaSaving>,
    usual: &'p Profile,
    named: &'p BTreeMap<String, Profile>,
) -> Result<(Vec<SplitSaving>, Used<'p>), Inexact> {
    let profile_of =
        |area: &AreaSaving| area.region.as_ref().and_then(|region| named.get(region)).unwrap_or(usual);
    let mut used: BTreeMap<String, &Profile> = BTreeMap::new();
    let mut splits = Vec::new();
    for area in areas {
        let profile = profile_of(&area);
        used.insert(profile.named.id.clone(), profile);
        splits.push(split_saving(area, profile)?);
    }
    Ok((splits, used.into_values().map(|profile| (profile, unverified(profile))).collect()))
}

fn split_all(
    areas: Vec<AreaSaving>,
    usual: &Profile,
    named: &BTreeMap<String, Profile>,
    baseline: &str,
    language: Language,
) -> Result<crate::report::tables::Tables, Inexact> {
    let (splits, used) = split_by(areas, usual, named)?;
    split_tables(&splits, baseline, &used, language)
}

/// Parts of a profile that nobody has read.
pub(super) fn unverified(profile: &Profile) -> usize {
    profile.sources().iter().filter(|(_, cited)| cited.status == Status::Unverified).count()
}

fn bill(matches: &ArgMatches, language: Language) -> Result<Answer, Answer> {
    let profile =
        tables::profile(word(matches, "profile")).map_err(|found| refused(&found, matches, language))?;
    let amount = |name| tables::money(matches, name, language).map(Option::unwrap_or_default);
    let before = Bill { amount: amount("before")?, standard: None };
    let after = amount("after")?;
    let price = |name| tables::price(matches, name, language);
    let standard = match (price("award-price")?, price("product-price")?) {
        (Some(award), Some(product)) => first_year_standard(&profile, award, product, after),
        _ => tables::money(matches, "standard", language)?,
    };
    let after = Bill { amount: after, standard };
    let wanted = matches.get_one::<String>("setting");
    let too_large = |Inexact| {
        refused(&tables::one(Diagnostic::new(Code::PayersTooLarge).with("of", "bill")), matches, language)
    };
    let mut all = Vec::new();
    for insured in &profile.insured {
        let settings =
            profile.scheme_of(insured).map(|scheme| scheme.settings.as_slice()).unwrap_or_default();
        let setting = settings.iter().find(|one| wanted.is_none_or(|wanted| one.named.id == *wanted));
        let Some(setting) = setting else { continue };
        let parts = |bill| bill_parts(&profile, insured, setting, bill).map_err(too_large);
        all.push(Illustration {
            insured: insured.named.clone(),
            setting: setting.named.clone(),
            before: parts(before)?,
            after: parts(after)?,
        });
    }
    if let (true, Some(wanted)) = (all.is_empty(), wanted) {
        let known: BTreeSet<&str> = profile
            .schemes
            .iter()
            .flat_map(|scheme| scheme.settings.iter().map(|one| one.named.id.as_str()))
            .collect();
        let known: Vec<&str> = known.into_iter().collect();
        return Err(usage::unknown("payers_bill.setting_unknown", wanted, &known, language));
    }
    let tables = bill_tables(&profile, [before, after], &all, language).map_err(too_large)?;
    Ok(printed(&tables, &Diagnostics::new(), matches, language))
}
