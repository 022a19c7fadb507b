//! The tables of execution: what was bought beside what was agreed.

use super::{OnPage, Table, Tables, Value};
use crate::Evaluation;
use crate::money::Ratio;
use crate::report::reading::{percent, tender_title};
use crate::savings::execution::{Execution, Fulfilment, Scope};
use crate::savings::{Saving, Savings};
use crate::text::{Language, fill, text};

/// Everything that execution says: fulfilment in full, then what stands on the page, purchases outside the award, savings on
/// every volume, and what is not reported.
pub fn execution_tables(evaluation: &Evaluation, execution: &Execution, language: Language) -> Tables {
    let mut tables = vec![in_full(execution)];
    let several = execution.fulfilment.iter().filter(|row| row.scope == Scope::Lot).count() > 1;
    let parts = [
        ("by_lot", Scope::Lot),
        ("by_supplier", Scope::Supplier),
        ("by_region", Scope::Region),
        ("by_institution", Scope::Institution),
    ];
    for (name, scope) in parts.into_iter().filter(|(_, scope)| several || *scope != Scope::Lot) {
        tables.extend(on_page(name, scope, execution));
    }
    tables.push(by_month(execution));
    tables.push(outside_totals(execution));
    tables.push(outside(execution));
    tables.extend(savings(&evaluation.savings, execution));
    tables.push(not_reported(execution));
    let mut notes = vec![text(language, "savings.execution.how").to_owned()];
    if several {
        notes.push(text(language, "savings.execution.by_value").to_owned());
    }
    notes.push(text(language, "savings.execution.volumes").to_owned());
    let tender = tender_title(&evaluation.award.screened().notice, language);
    let (finding, more) = said(execution, language);
    Tables {
        schema: "jicai-execution-1",
        title: fill(
            language,
            "savings.execution.title",
            &[("tender", &tender), ("finding", &finding), ("more", &more)],
        ),
        facts: vec![
            ("start", Value::number(execution.start)),
            ("through", Value::number(execution.through)),
            ("elapsed_months", Value::number(execution.elapsed)),
            ("rows", Value::number(execution.rows)),
            ("rows_unpriced", Value::number(execution.rows_unpriced)),
        ],
        tables,
        notes,
    }
}

/// The finding in one sentence without its full stop: used up, or how far.
pub fn finding(execution: &Execution, language: Language) -> String {
    said(execution, language).0
}

/// The finding, and what is to be added to it.
fn said(execution: &Execution, language: Language) -> (String, String) {
    let total = execution.fulfilment.iter().find(|row| row.scope == Scope::Total);
    let Some((total, share)) = total.and_then(|total| Some((total, total.fulfilment?))) else {
        return (text(language, "savings.execution.unknown").to_owned(), String::new());
    };
    let years = execution.elapsed.div_ceil(12);
    let key = if years == 1 { "savings.execution.one_year" } else { "savings.execution.years" };
    let years = fill(language, key, &[("years", &years.to_string())]);
    let shown = |ratio: Option<Ratio>| ratio.map_or_else(|| "-".to_owned(), |ratio| percent(ratio, 1));
    let pace = &total.pace;
    let values = [
        ("years", &*years),
        ("elapsed", &execution.elapsed.to_string()),
        ("share", &percent(share, 1)),
        ("expected", &shown(total.expected)),
        ("month", &pace.used_up_month.map_or_else(String::new, |month| month.to_string())),
        ("on", &pace.used_up_on.map_or_else(|| "-".to_owned(), |day| day.to_string())),
        ("days", &pace.days_left.map_or_else(|| "-".to_owned(), |days| days.to_string())),
    ];
    let (finding, more) = match (pace.used_up_month, pace.used_up_on) {
        (Some(_), _) => ("used_up", "used_up_more"),
        (None, Some(_)) => ("left", "left_more"),
        (None, None) => ("left", "left_more_unknown"),
    };
    let say = |key: &str| fill(language, &format!("savings.execution.{key}"), &values);
    (say(finding), say(more))
}

fn table(name: &'static str, columns: &[&'static str], rows: Vec<Vec<Value>>, on_page: OnPage) -> Table {
    Table { name, columns: columns.to_vec(), rows, on_page }
}

/// What stands on the page only when there is something to show.
fn if_any(rows: &[Vec<Value>]) -> OnPage {
    if rows.is_empty() { OnPage::No } else { OnPage::Yes }
}

fn text_if(value: Option<impl ToString>) -> Value {
    value.map_or(Value::Unknown, |value| Value::text(value.to_string()))
}

fn in_full(execution: &Execution) -> Table {
    let columns = [
        "scope",
        "lot_id",
        "supplier_id",
        "region",
        "institution",
        "agreed_volume",
        "actual_volume",
        "agreed_value",
        "actual_value",
        "reported_share",
        "fulfilment",
        "expected",
        "standing",
        "lasts_months",
        "used_up_month",
        "used_up_on",
        "days_left",
    ];
    let row = |row: &Fulfilment| {
        vec![
            Value::text(row.scope.name()),
            text_if(row.lot_id.as_ref()),
            text_if(row.supplier_id.as_ref()),
            text_if(row.region.as_ref()),
            text_if(row.institution.as_ref()),
            Value::number_if(row.agreed_volume),
            Value::number_if(row.actual_volume),
            Value::number(row.agreed_value),
            Value::number_if(row.actual_value),
            Value::number_if(row.coverage),
            Value::number_if(row.fulfilment),
            Value::number_if(row.expected),
            row.standing.map_or(Value::Unknown, |standing| Value::Word(standing.name())),
            Value::number_if(row.pace.lasts_months),
            Value::number_if(row.pace.used_up_month),
            Value::number_if(row.pace.used_up_on),
            Value::number_if(row.pace.days_left),
        ]
    };
    table("fulfilment", &columns, execution.fulfilment.iter().map(row).collect(), OnPage::No)
}

/// The rows of one scope, as wide as a page; volumes of one lot, values over several.
fn on_page(name: &'static str, scope: Scope, execution: &Execution) -> Option<Table> {
    let rows: Vec<&Fulfilment> = execution.fulfilment.iter().filter(|row| row.scope == scope).collect();
    let part = match scope {
        Scope::Lot => "lot_id",
        Scope::Supplier => "supplier_id",
        Scope::Region => "region",
        _ => "institution",
    };
    let row = |row: &&Fulfilment| {
        let region = row.region.as_ref().map(ToString::to_string);
        let named = match scope {
            Scope::Lot => row.lot_id.as_ref().map(ToString::to_string),
            Scope::Supplier => row.supplier_id.as_ref().map(ToString::to_string),
            Scope::Region => region,
            _ => {
                let institution = row.institution.as_deref().unwrap_or("-");
                region.map(|region| format!("{region} / {institution}"))
            }
        };
        let volumes = row.agreed_volume.is_some();
        let agreed =
            if volumes { Value::number_if(row.agreed_volume) } else { Value::number(row.agreed_value) };
        let actual =
            if volumes { Value::number_if(row.actual_volume) } else { Value::number_if(row.actual_value) };
        let share = |ratio: Option<Ratio>| Value::number_if(ratio.map(|ratio| percent(ratio, 1)));
        vec![
            text_if(named),
            agreed,
            actual,
            share(row.fulfilment),
            row.standing.map_or(Value::Unknown, |standing| Value::Word(standing.name())),
            Value::number_if(row.pace.used_up_on),
        ]
    };
    let columns = [part, "agreed", "actual", "fulfilment", "standing", "used_up_on"];
    (!rows.is_empty()).then(|| table(name, &columns, rows.iter().map(row).collect(), OnPage::Only))
}

fn by_month(execution: &Execution) -> Table {
    let rounding = crate::money::Rounding::half_up(4);
    let row = |(month, share): &(crate::tender::Month, crate::money::Fraction)| {
        vec![Value::number(month), Value::number_if(share.rounded(rounding))]
    };
    table("months_of_term", &["month", "reached"], execution.by_month.iter().map(row).collect(), OnPage::Yes)
}

fn outside(execution: &Execution) -> Table {
    let columns =
        ["lot_id", "supplier_id", "region", "volume", "priced_volume", "value", "award_price", "above_award"];
    let row = |row: &crate::savings::execution::Outside| {
        vec![
            Value::text(row.lot_id.as_str()),
            Value::text(row.supplier_id.as_str()),
            Value::text(row.region.as_str()),
            Value::number(row.volume),
            Value::number(row.priced_volume),
            Value::number_if(row.value),
            Value::number_if(row.award_price),
            Value::number_if(row.extra),
        ]
    };
    table("outside", &columns, execution.outside.iter().map(row).collect(), OnPage::No)
}

fn outside_totals(execution: &Execution) -> Table {
    let columns = ["lot_id", "volume", "share_of_volume", "value", "share_of_value", "above_award"];
    let rows: Vec<Vec<Value>> = execution
        .outside_totals
        .iter()
        .map(|total| {
            vec![
                total.lot_id.as_ref().map_or(Value::Word("total"), |lot| Value::text(lot.as_str())),
                Value::number_if(total.volume),
                Value::number_if(total.share_of_volume),
                Value::number(total.value),
                Value::number_if(total.share_of_value),
                Value::number_if(total.extra),
            ]
        })
        .collect();
    let on_page = if_any(&rows);
    table("outside_totals", &columns, rows, on_page)
}

fn not_reported(execution: &Execution) -> Table {
    let columns = ["lot_id", "region", "supplier_id", "reported_from", "reported_to"];
    let rows: Vec<Vec<Value>> = execution
        .not_reported
        .iter()
        .map(|row| {
            vec![
                Value::text(row.lot_id.as_str()),
                Value::text(row.region.as_str()),
                Value::text(row.supplier_id.as_str()),
                Value::number_if(row.reported.map(|(first, _)| first)),
                Value::number_if(row.reported.map(|(_, last)| last)),
            ]
        })
        .collect();
    let on_page = if_any(&rows);
    table("not_reported", &columns, rows, on_page)
}

/// Each saving on each volume: the agreed, the base, the actual. The tender's stand on the page, the lots' in the files.
fn savings(savings: &Savings, execution: &Execution) -> [Table; 2] {
    let columns = [
        "lot_id",
        "baseline",
        "volume_basis",
        "reference_value",
        "covered_value",
        "saving",
        "cut",
        "coverage",
    ];
    let mut totals = Vec::new();
    for saving in &savings.totals {
        totals.extend(bases(Value::Word("total"), saving.baseline.name(), saving, None, execution));
    }
    for stated in &savings.stated {
        totals.extend(bases(Value::Word("total"), &stated.total.baseline, &stated.total, None, execution));
    }
    let mut lots = Vec::new();
    for row in execution.fulfilment.iter().filter(|row| row.scope == Scope::Lot) {
        let Some(lot_id) = &row.lot_id else { continue };
        let of = execution.realised.iter().filter(|one| one.lot_id.as_ref() == Some(lot_id));
        lots.extend(of.map(|one| actual(Value::text(lot_id.as_str()), one)));
    }
    let percents = |value: Option<&Value>| match value {
        Some(Value::Number(share)) => {
            let share = Ratio::parse(share).ok();
            Value::number_if(share.map(|share| percent(share, 1)))
        }
        _ => Value::Unknown,
    };
    let short = |row: &Vec<Value>| {
        let mut kept: Vec<Value> = [1, 2, 5].iter().filter_map(|at| row.get(*at).cloned()).collect();
        kept.extend([percents(row.get(6)), percents(row.get(7))]);
        kept
    };
    let on_page = totals.iter().map(short).collect();
    let short = ["baseline", "volume_basis", "saving", "cut", "known_share"];
    let all = totals.into_iter().chain(lots).collect();
    [table("savings", &columns, all, OnPage::No), table("savings_total", &short, on_page, OnPage::Only)]
}

/// The rows of one baseline of the tender.
fn bases<B>(
    scope: Value,
    name: &str,
    saving: &Saving<B>,
    lot: Option<&str>,
    execution: &Execution,
) -> Vec<Vec<Value>> {
    let agreed = vec![
        scope.clone(),
        Value::text(name),
        Value::Word("agreed"),
        Value::number_if(saving.saving.map(|_| saving.reference_value)),
        Value::number(saving.covered_value),
        Value::number_if(saving.saving),
        Value::number_if(saving.cut),
        Value::number_if(saving.coverage),
    ];
    let mut base =
        vec![scope.clone(), Value::text(name), Value::Word("base"), Value::Unknown, Value::Unknown];
    base.extend([Value::number_if(saving.base_saving), Value::Unknown, Value::number_if(saving.coverage)]);
    let of = execution.realised.iter();
    let of = of.filter(|one| one.baseline == name && one.lot_id.as_ref().map(|id| id.as_str()) == lot);
    [agreed, base].into_iter().chain(of.map(|one| actual(scope.clone(), one))).collect()
}

fn actual(scope: Value, one: &crate::savings::execution::Realised) -> Vec<Value> {
    vec![
        scope,
        Value::text(&one.baseline),
        Value::Word("actual"),
        Value::number_if(one.saving.map(|_| one.reference_value)),
        Value::number(one.covered_value),
        Value::number_if(one.saving),
        Value::number_if(one.cut),
        Value::number_if(one.coverage),
    ]
}
