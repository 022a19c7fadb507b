//! jicai evaluates centralised, volume-based tenders.
//!
//! ```text
//! read -> validate -> compare -> screen -> model -> solve -> certify -> allocate -> save -> report
//!  |         |           |          |         |        |        |          |          |       |
//! tables   Tender    Comparable  Screened   Award  Candidate Certified  Allocation Savings  files
//! of text            Tender      Tender     Model            Award
//! ```
//!
//! One direction, one type per stage, so that no stage can be skipped.
#![deny(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::float_arithmetic,
    clippy::iter_over_hash_type,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::too_many_lines
)]

// Nothing names this crate, but the library that it builds must be linked.
#[cfg(feature = "cbc")]
use cbc_src as _;

pub mod allocate;
pub mod certify;
pub mod cli;
pub mod compare;
pub mod crosscheck;
pub mod diagnostics;
pub mod model;
pub mod money;
pub mod price_to_win;
pub mod read;
pub mod report;
pub mod rules;
pub mod savings;
pub mod screen;
pub mod solve;
pub mod tender;
pub mod text;
pub mod validate;
pub mod verify;
pub mod whatif;

use std::path::Path;

use diagnostics::{Code, Diagnostic, Diagnostics, Place};
use rules::{RuleSet, RulesInstead};
use tender::Tender;

/// A tender evaluated: everything that a report is written from.
#[derive(Debug, Clone)]
pub struct Evaluation {
    /// Who won, why, and that nothing is better.
    pub award: certify::CertifiedAward,
    /// Who supplies how much, where.
    pub allocation: allocate::Allocation,
    /// What it saves, against which baseline.
    pub savings: savings::Savings,
    /// What a reader should know.
    pub warnings: Diagnostics,
}

/// Evaluates the tender in `folder`: reads it, applies its rule set, finds the award in two ways, certifies it, gives out
/// the volumes and states the savings. Nothing is written.
///
/// # Errors
/// Every fault of the first stage that finds one. A fault of the group `E09` is a fault of the program, not of the tender.
pub fn evaluate(folder: &Path, options: &read::ReadOptions) -> Result<Evaluation, Diagnostics> {
    evaluate_under(folder, options, None)
}

/// The same under another rule set in the place of the tender's own, when one is given. The award says so, and what was
/// recorded under the tender's own rules and does not fit is set aside with a warning.
///
/// # Errors
/// As [`evaluate`]; faults of the other rule set, and parameters of the tender that it does not have.
pub fn evaluate_under(
    folder: &Path,
    options: &read::ReadOptions,
    instead: Option<&RulesInstead>,
) -> Result<Evaluation, Diagnostics> {
    evaluate_and_ask(folder, options, instead, &whatif::Ask::default(), &solve::Effort::default())
        .map(|(evaluation, _)| evaluation)
}

/// The same, with answers to what is asked beside the award: scenarios, what each rule costs, frontiers. The effort is that
/// of the award itself.
///
/// # Errors
/// As [`evaluate_under`]; faults of the scenarios.
pub fn evaluate_and_ask(
    folder: &Path,
    options: &read::ReadOptions,
    instead: Option<&RulesInstead>,
    ask: &whatif::Ask,
    effort: &solve::Effort<'_>,
) -> Result<(Evaluation, whatif::WhatIf), Diagnostics> {
    let tables = read::read(folder, options)?;
    let (mut tender, mut warnings) = validate::validate(&tables)?;
    let rules = match instead.filter(|instead| !instead.is_own(&tender.notice)) {
        Some(instead) => instead.read(&tender.notice).inspect(|rules| {
            warnings.extend(instead.warnings(rules, &tender.notice));
        }),
        None => rules_of(&mut tender, folder, options, &mut warnings),
    };
    let mut rules = rules.map_err(|faults| validate::in_notice(&faults, &tables.notice))?;
    rules.limit_by(&tender.notice.limits);
    warnings = validate::in_notice(&warnings, &tables.notice);
    let asked = if ask.is_empty() { None } else { Some((tender.clone(), rules.clone())) };
    let comparable = compare::compare(tender, rules)?;
    let screened = screen::screen(comparable, &mut warnings)?;
    let model = model::model(&screened)?;
    let candidate = effort.propose_twice(&model)?;
    let award = explained(certify::certify_award(screened, &model, &candidate)?);
    crosscheck::agree(&award)?;
    let allocation = allocate::allocate(&award, &mut warnings)?;
    let savings = savings::save(&award, &allocation)?;
    let answers = match asked {
        Some((tender, rules)) => ask.answer(&tender, &rules, effort)?,
        None => whatif::WhatIf::default(),
    };
    Ok((Evaluation { award, allocation, savings, warnings }, answers))
}

/// The tender's rule set: built in, or a file of the tender folder, which then counts among its inputs.
fn rules_of(
    tender: &mut Tender,
    folder: &Path,
    options: &read::ReadOptions,
    warnings: &mut Diagnostics,
) -> Result<RuleSet, Diagnostics> {
    let Tender { notice, inputs, .. } = tender;
    let named = notice.rules.as_str();
    let rules = if named.ends_with(".toml") {
        let (source, input) = read::text_file(folder, named, options)?;
        inputs.push(input);
        inputs.sort_by(|one, other| one.name.cmp(&other.name));
        RuleSet::from_toml(named, source.text(), Some(notice.announced), &notice.overrides)?
    } else {
        RuleSet::built_in(named, Some(notice.announced), &notice.overrides)?
    };
    if !rules.is_in_force(notice.announced) {
        let until = rules.until.map_or_else(String::new, |until| format!("–{until}"));
        warnings.push(
            Diagnostic::at(Code::RulesNotInForce, Place::file("tender.toml"))
                .with("rules", rules.id.as_str())
                .with("announced", notice.announced.to_string())
                .with("from", rules.in_force.to_string())
                .with("until", until),
        );
    }
    Ok(rules)
}

/// The award with what stands against one where lots that are decided by cost have none. Lots whose search ended before an
/// award was found stay unproved, for nothing is certified; where solving again finds a conflict, it is told all the same.
fn explained(award: certify::CertifiedAward) -> certify::CertifiedAward {
    if matches!(award.screened().rules.award, rules::AwardRule::Ranked { .. }) {
        return award;
    }
    let offered = model::language::offered(award.screened());
    let certified: Vec<Option<bool>> = award.lots().map(|(_, lot)| lot.is_without_award()).collect();
    let mut conflicts = Vec::new();
    for group in &model::language::groups(&offered) {
        let mut own = group.lots.iter().map(|at| certified.get(*at).copied().flatten());
        let Some(is_certified) = own.try_fold(true, |all, own| own.map(|own| all && own)) else { continue };
        let mut found = solve::conflicts(&offered, group);
        if !is_certified {
            found.retain(|conflict| conflict.told != model::Told::NotTold);
            found.iter_mut().for_each(|conflict| conflict.is_certified = false);
        }
        conflicts.extend(found);
    }
    award.with_conflicts(conflicts)
}
