//! Scenarios and what each rule costs, side by side on the terminal.

use super::columns::{Page, Side, aligned};
use crate::allocate::Allocation;
use crate::certify::CertifiedAward;
use crate::diagnostics::{Diagnostics, escape};
use crate::money::{Money, Ratio, Rounding};
use crate::report::reading::{percent, plain_money, unit};
use crate::report::whatif::{RuleRow, ScenarioRow, Told, rule_name, scenario_title};
use crate::savings::Savings;
use crate::text::{Language, fill, text};
use crate::whatif::WhatIf;

/// Columns that a name keeps at least.
const NAME_LEAST: usize = 16;
/// Decimals of a share while it is not yet a per cent.
const SHARE: Rounding = Rounding::half_up(6);
/// In the place of what is not known.
const NONE: &str = "-";

/// The answers in a page of text that ends with where the report stands; `None` where neither scenarios nor the costs of rules
/// were asked for.
///
/// # Errors
/// A sum that cannot be held.
pub fn answers(
    award: &CertifiedAward,
    allocation: &Allocation,
    savings: &Savings,
    answers: &WhatIf,
    folder: &str,
    language: Language,
) -> Result<Option<String>, Diagnostics> {
    let told = Told::of(award, allocation, savings, answers)?;
    let currency = &award.screened().notice.currency;
    let mut page = Page::new(language);
    if !told.scenarios.is_empty() {
        table(&mut page, &scenarios(&told.scenarios, currency, language));
    }
    if let Some(rows) = &told.rule_costs {
        table(&mut page, &rule_costs(rows, currency, language));
    }
    if told.scenarios.is_empty() && told.rule_costs.is_none() {
        return Ok(None);
    }
    page.say("report.summary.written", &[("folder", &escape(folder))]);
    Ok(Some(page.into_text()))
}

fn table(page: &mut Page, rows: &[Vec<String>]) {
    let columns = rows.first().map_or(0, Vec::len);
    let sides: Vec<Side> = (0..columns).map(|at| if at == 0 { Side::Left } else { Side::Right }).collect();
    for line in aligned(rows, &sides, NAME_LEAST) {
        page.line(&line);
    }
    page.blank();
}

fn heads(keys: &[&str], unit: &str, language: Language) -> Vec<String> {
    keys.iter()
        .map(|key| fill(language, &format!("report.summary.answers.{key}"), &[("currency", unit)]))
        .collect()
}

/// Each scenario with what it costs, by how much that differs from the first, and how it awards.
fn scenarios(rows: &[ScenarioRow], currency: &str, language: Language) -> Vec<Vec<String>> {
    let costs: Vec<Option<Money>> = rows.iter().map(|row| row.ends.cost_of_awarded()).collect();
    let keys = ["scenario", "cost", "differs", "cut", "largest", "awarded", "changed"];
    let mut shown = vec![heads(&keys, &unit(currency, language), language)];
    let own = costs.first().copied().flatten();
    let share = |share: Option<Ratio>| share.map_or_else(|| NONE.to_owned(), |share| percent(share, 1));
    for (at, (row, cost)) in rows.iter().zip(&costs).enumerate() {
        let differs = cost.zip(own).and_then(|(cost, own)| cost.minus(own).ok()?.share_of(own, SHARE));
        shown.push(vec![
            scenario_title(row, language),
            cost.map_or_else(|| NONE.to_owned(), plain_money),
            if at == 0 { String::new() } else { share(differs) },
            share(row.ends.saving.as_ref().and_then(|saving| saving.cut)),
            share(row.ends.largest.as_ref().map(|(_, share)| *share)),
            format!("{}/{}", row.ends.awarded(), row.ends.lots.len()),
            row.changed.len().to_string(),
        ]);
    }
    shown
}

/// Each rule with what it costs, the dearest first.
fn rule_costs(rows: &[RuleRow], currency: &str, language: Language) -> Vec<Vec<String>> {
    let keys = ["rule", "rule_costs", "changed"];
    let rows = rows.iter().map(|row| {
        let not_relaxed = || text(language, "charts.what_if.not_relaxed").to_owned();
        vec![
            rule_name(row, language),
            row.costs.map_or_else(not_relaxed, plain_money),
            row.changed.len().to_string(),
        ]
    });
    std::iter::once(heads(&keys, &unit(currency, language), language)).chain(rows).collect()
}
