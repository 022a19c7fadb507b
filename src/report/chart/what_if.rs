//! Charts of scenarios, of what rules cost, and of frontiers.

use super::draw::draw;
use super::page::Ink;
use super::rows::{Row, draw_rows};
use super::sheet::Sheet;
use super::svg::Alternative;
use super::{notes, subject_lines};
use crate::certify::CertifiedAward;
use crate::money::{Money, Ratio, Rounding};
use crate::report::reading::{count, in_unit, money_column, percent};
use crate::report::whatif::{Ends, RuleRow, ScenarioRow, Told, rule_name, scenario_title};
use crate::text::{Language, fill, text};

/// Rules with a row of their own.
const SHOWN: usize = 20;

/// The charts of what was asked beside the award.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::report) struct WhatIfCharts {
    pub(in crate::report) scenarios: Option<String>,
    pub(in crate::report) rule_costs: Option<String>,
    pub(in crate::report) by_suppliers: Option<String>,
    pub(in crate::report) by_share: Option<String>,
}

/// A chart about to be drawn.
struct Chart<'a> {
    id: &'static str,
    title: String,
    subtitle: &'static str,
    rows: Vec<Row>,
    values: Vec<(&'static str, String)>,
    award: &'a CertifiedAward,
    language: Language,
}

impl WhatIfCharts {
    pub(in crate::report) fn of(award: &CertifiedAward, told: &Told, language: Language) -> Self {
        let rules = told.rule_costs.as_deref().unwrap_or_default();
        Self {
            scenarios: scenarios(award, &told.scenarios, language),
            rule_costs: rule_costs(award, rules, language),
            by_suppliers: frontier(
                award,
                "frontier-suppliers",
                &limits(&told.by_suppliers, language),
                language,
            ),
            by_share: frontier(award, "frontier-share", &shares(&told.by_share, language), language),
        }
    }

    /// Name in the report folder and bytes of each chart.
    pub(in crate::report) fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = [
            ("charts/scenarios.svg", &self.scenarios),
            ("charts/rule-costs.svg", &self.rule_costs),
            ("charts/frontier-suppliers.svg", &self.by_suppliers),
            ("charts/frontier-share.svg", &self.by_share),
        ];
        all.into_iter().filter_map(|(name, svg)| Some((name, svg.as_deref()?)))
    }
}

fn drawn(chart: Chart<'_>) -> String {
    let Chart { id, title, subtitle, rows, values, award, language } = chart;
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut lines = subject_lines(award, language);
    lines.push(fill(language, subtitle, &values));
    let mut sheet = Sheet::new(&title, &lines);
    draw_rows(&mut sheet, &rows);
    let word = |row: &Row| {
        let values = [("name", &*row.name), ("figure", &*row.figure), ("said", &*row.said)];
        fill(language, "charts.what_if.word", &values)
    };
    let description = format!("{title}. {}", rows.iter().map(word).collect::<Vec<_>>().join(" "));
    let alternative = Alternative { id, title: &title, description: &description, language: language.code() };
    draw(&sheet.finish(&notes(award, language)), &alternative)
}

/// By how much `cost` lies above or below `own`, in percent with its sign.
fn against(cost: Money, own: Money) -> Option<String> {
    let share = cost.minus(own).ok()?.share_of(own, Rounding::half_up(6))?;
    let shown = percent(share, 1);
    Some(match shown.strip_prefix('-') {
        Some(less) => format!("−{less}"),
        None => format!("+{shown}"),
    })
}

fn scenarios(award: &CertifiedAward, rows: &[ScenarioRow], language: Language) -> Option<String> {
    let (own, others) = rows.split_first()?;
    let column = money_column(rows.iter().map(|row| Some(row.ends.cost)), language);
    let unit = in_unit(&column, &award.screened().notice.currency, language);
    let cell = |at: usize| column.cells.get(at).cloned().flatten().unwrap_or_default();
    let whole = |row: &&ScenarioRow| row.ends.awarded() == own.ends.awarded();
    let cheapest = others.iter().filter(whole).min_by_key(|row| row.ends.cost);
    let title = match cheapest.filter(|row| row.ends.cost < own.ends.cost) {
        Some(row) => {
            let less = against(row.ends.cost, own.ends.cost)?;
            let name = scenario_title(row, language);
            let values = [("name", &*name), ("share", less.trim_start_matches('−'))];
            fill(language, "charts.what_if.scenarios_title", &values)
        }
        None => text(language, "charts.what_if.scenarios_title_own").to_owned(),
    };
    let bar = |(at, row): (usize, &ScenarioRow)| {
        let changed = [("count", &*count(row.changed.len())), ("lots", &*count(row.ends.awarded()))];
        let differs = row.ends.cost != own.ends.cost;
        let more = against(row.ends.cost, own.ends.cost).filter(|_| differs).unwrap_or_default();
        Row {
            name: scenario_title(row, language),
            value: Some(row.ends.cost),
            figure: format!("{} {more}", cell(at)).trim().to_owned(),
            said: fill(language, "charts.what_if.scenario_said", &changed),
            ink: if at == 0 { Ink::WON } else { Ink::BEFORE },
        }
    };
    let rows_drawn = rows.iter().enumerate().map(bar).collect();
    let values = vec![("unit", unit), ("lots", count(own.ends.lots.len())), ("count", count(rows.len()))];
    let subtitle = "charts.what_if.scenarios_subtitle";
    Some(drawn(Chart { id: "scenarios", title, subtitle, rows: rows_drawn, values, award, language }))
}

fn rule_costs(award: &CertifiedAward, rows: &[RuleRow], language: Language) -> Option<String> {
    let first = rows.first()?;
    // Those that move most are shown, whichever way; in the order of the table.
    let zero = Money::ZERO;
    let size = |row: &RuleRow| row.costs.map(|costs| costs.max(zero.minus(costs).unwrap_or(costs)));
    let mut sizes: Vec<Option<Money>> = rows.iter().map(size).collect();
    sizes.sort_by(|one, other| other.cmp(one));
    let least = sizes.get(SHOWN.saturating_sub(1)).copied().flatten();
    let shown: Vec<&RuleRow> = rows.iter().filter(|row| size(row) >= least).take(SHOWN).collect();
    let column = money_column(shown.iter().map(|row| row.costs), language);
    let unit = in_unit(&column, &award.screened().notice.currency, language);
    let bar = |(at, row): (usize, &&RuleRow)| {
        let figure = column.cells.get(at).cloned().flatten();
        let changed = [("count", &*count(row.changed.len()))];
        Row {
            name: rule_name(row, language),
            value: row.costs,
            figure: figure.map_or_else(
                || text(language, "charts.what_if.not_relaxed").to_owned(),
                |figure| figure.replace('-', "−"),
            ),
            said: fill(language, "charts.what_if.rule_said", &changed),
            ink: if row.costs.is_some_and(|costs| costs < zero) { Ink::SAVED } else { Ink::WON },
        }
    };
    let title = match first.costs.filter(|costs| *costs > zero) {
        Some(_) => {
            let figure = column.cells.first().cloned().flatten().unwrap_or_default();
            let values = [
                ("rule", &*rule_name(first, language)),
                ("figure", &*figure),
                ("unit", unit.trim_start_matches('≈')),
            ];
            fill(language, "charts.what_if.rule_costs_title", &values)
        }
        None if rows.iter().all(|row| row.costs.is_none_or(Money::is_zero)) => {
            text(language, "charts.what_if.rule_costs_title_free").to_owned()
        }
        None => text(language, "charts.what_if.rule_costs_title_saving").to_owned(),
    };
    let rows_drawn: Vec<Row> = shown.iter().enumerate().map(bar).collect();
    let values = vec![("unit", unit), ("count", count(rows.len())), ("shown", count(rows_drawn.len()))];
    let subtitle = "charts.what_if.rule_costs_subtitle";
    Some(drawn(Chart { id: "rule-costs", title, subtitle, rows: rows_drawn, values, award, language }))
}

fn limits(points: &[(u32, Ends)], language: Language) -> Vec<(String, &Ends)> {
    let name = |limit: u32| fill(language, "page.whatif.supplier_limit", &[("count", &limit.to_string())]);
    points.iter().map(|(limit, ends)| (name(*limit), ends)).collect()
}

fn shares(points: &[(Ratio, Ends)], language: Language) -> Vec<(String, &Ends)> {
    let name = |limit: Ratio| fill(language, "page.whatif.share_limit", &[("share", &percent(limit, 0))]);
    points.iter().map(|(limit, ends)| (name(*limit), ends)).collect()
}

/// What each limit costs more than the loosest; points at which fewer lots can be awarded have no bar.
fn frontier(
    award: &CertifiedAward,
    id: &'static str,
    points: &[(String, &Ends)],
    language: Language,
) -> Option<String> {
    let most = points.iter().map(|(_, ends)| ends.awarded()).max()?;
    let whole = |ends: &Ends| ends.awarded() == most;
    let least = points.iter().filter(|(_, ends)| whole(ends)).map(|(_, ends)| ends.cost).min()?;
    let (tightest, dearest) =
        points.iter().filter(|(_, ends)| whole(ends)).max_by_key(|(_, ends)| ends.cost)?;
    let above = |ends: &Ends| ends.cost.minus(least).ok();
    let column = money_column(points.iter().map(|(_, ends)| Some(ends.cost)), language);
    let unit = in_unit(&column, &award.screened().notice.currency, language);
    let bar = |(at, (name, ends)): (usize, &(String, &Ends))| {
        let cost = column.cells.get(at).cloned().flatten().unwrap_or_default();
        let missing = [("count", &*count(most.saturating_sub(ends.awarded())))];
        let reached = whole(ends);
        Row {
            name: name.clone(),
            value: above(ends).filter(|_| reached),
            figure: if reached {
                against(ends.cost, least).unwrap_or_default()
            } else {
                fill(language, "charts.what_if.no_award", &missing)
            },
            said: if reached { cost } else { String::new() },
            ink: Ink::WON,
        }
    };
    let key = match dearest.cost > least {
        true => "charts.what_if.frontier_title",
        false => "charts.what_if.frontier_title_flat",
    };
    let more = against(dearest.cost, least).unwrap_or_default();
    let title = fill(language, key, &[("limit", tightest), ("share", more.trim_start_matches('+'))]);
    let rows = points.iter().enumerate().map(bar).collect();
    let values = vec![("unit", unit), ("count", count(points.len())), ("lots", count(most))];
    let subtitle = "charts.what_if.frontier_subtitle";
    Some(drawn(Chart { id, title, subtitle, rows, values, award, language }))
}
