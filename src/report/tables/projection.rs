//! A projection as tables: in every detail for files, and in short for the terminal.

use super::{OnPage, Table, Tables, Value};
use crate::money::{Inexact, Money, Ratio};
use crate::report::reading::percent;
use crate::rules::Status;
use crate::savings::payers::{Payer, Profile};
use crate::savings::projection::{
    Assumption, Figures, PathYear, PayerFigures, PayersOfProjection, Projection,
};
use crate::text::{Language, fill, text};

/// The three paths, then the mean of the draws and their percentiles.
const FIGURES: [&str; 9] = ["low", "central", "high", "mean", "p5", "p25", "p50", "p75", "p95"];

/// The whole projection: one flat table for projection.csv, and what it rests on.
///
/// # Errors
/// [`Inexact`] when a sum cannot be held.
pub fn projection_tables(
    tender: &str,
    currency: &str,
    projection: &Projection,
    payers: &PayersOfProjection,
    language: Language,
) -> Result<Tables, Inexact> {
    let basis = &projection.basis;
    let (baseline_year, award_year) = basis.year()?;
    let saving = projection.saving();
    let error = saving.map(|saving| saving.drawn.standard_error);
    let facts = vec![
        ("kind", Value::Word("projection")),
        ("tender", Value::text(tender)),
        ("currency", Value::text(currency)),
        ("baseline", Value::text(&basis.baseline)),
        ("volume_basis", Value::Word("agreed")),
        ("coverage", Value::number_if(basis.coverage)),
        ("lots_covered", Value::number(basis.lots.len())),
        ("lots_left_out", Value::number(basis.lots_left_out)),
        ("baseline_year", Value::number(baseline_year)),
        ("award_year", Value::number(award_year)),
        ("years", Value::number(projection.years)),
        ("years_of_term", Value::Word(if projection.years_of_term { "yes" } else { "no" })),
        ("discount_rate", Value::number(projection.assumptions.discount.rate)),
        ("assumptions_id", Value::text(&projection.assumptions.named.id)),
        ("profile", Value::text(&payers.profile)),
        ("seed", Value::text(&projection.seed)),
        ("draws", Value::number(projection.draws)),
        ("standard_error", Value::number_if(error)),
    ];
    Ok(Tables {
        schema: "jicai-projection-1",
        title: text(language, "projection.title").to_owned(),
        facts,
        tables: vec![figures(projection, payers)?, effects(projection), assumptions(projection)],
        notes: Vec::new(),
    })
}

/// A row of projection.csv before its figures.
fn head(scope: &'static str, year: Option<usize>, measure: &'static str) -> Vec<Value> {
    let blank = Value::Unknown;
    vec![
        Value::Word("projection"),
        Value::Word(scope),
        Value::number_if(year),
        blank.clone(),
        Value::Word(measure),
        blank.clone(),
        blank,
    ]
}

/// Places of lot, scheme and payer in a row.
const LOT: usize = 3;
const SCHEME: usize = 5;
const PAYER: usize = 6;

fn set(row: &mut [Value], place: usize, value: Value) {
    if let Some(own) = row.get_mut(place) {
        *own = value;
    }
}

fn nine(mut head: Vec<Value>, figures: [Money; 9]) -> Vec<Value> {
    head.extend(figures.map(Value::number));
    head
}

/// Figures that only the three paths have.
fn three(mut head: Vec<Value>, paths: [Money; 3]) -> Vec<Value> {
    head.extend(paths.map(Value::number));
    head.extend([const { Value::Unknown }; 6]);
    head
}

fn of_payer(scope: &'static str, year: Option<usize>, own: &PayerFigures) -> Vec<Value> {
    let mut row = head(scope, year, "saving_of_payer");
    set(&mut row, SCHEME, own.scheme.as_ref().map_or(Value::Unknown, Value::text));
    set(&mut row, PAYER, Value::Word(own.payer.name()));
    nine(row, own.figures)
}

/// The flat table: each year, the years up to each, all years, and each lot.
fn figures(projection: &Projection, payers: &PayersOfProjection) -> Result<Table, Inexact> {
    let mut rows = Vec::new();
    let savings = projection.savings_by_year();
    let discounted = projection.discounted_by_year();
    let years = savings.iter().zip(&discounted).zip(&payers.years).enumerate();
    for (place, ((saving, discounted), payers)) in years {
        let year = Some(place.saturating_add(1));
        rows.extend(spending(projection, "year", year, |path| path.get(place).copied()));
        rows.push(nine(head("year", year, "saving"), saving.all()));
        rows.push(nine(head("year", year, "discounted_saving"), discounted.all()));
        rows.extend(payers.iter().map(|own| of_payer("year", year, own)));
    }
    for (place, until) in projection.cumulative()?.iter().enumerate() {
        rows.push(nine(head("until_year", Some(place.saturating_add(1)), "saving"), until.all()));
    }
    let whole = projection.paths().map(|path| path.whole);
    rows.extend(of_spending("all_years", None, whole));
    rows.extend(projection.saving().map(|saving| nine(head("all_years", None, "saving"), saving.all())));
    rows.push(nine(head("all_years", None, "discounted_saving"), projection.discounted().all()));
    rows.extend(payers.whole.iter().map(|own| of_payer("all_years", None, own)));
    for (place, lot) in projection.basis.lots.iter().enumerate() {
        let mut row = head("lot", None, "saving");
        set(&mut row, LOT, Value::text(lot.lot_id.as_str()));
        let of = projection.paths().map(|path| path.lots.get(place).copied().unwrap_or(Money::ZERO));
        rows.push(three(row, of));
    }
    let columns = ["kind", "scope", "year", "lot_id", "measure", "scheme", "payer"];
    let columns = columns.into_iter().chain(FIGURES).collect();
    Ok(Table { name: "figures", columns, rows, on_page: OnPage::No })
}

fn spending(
    projection: &Projection,
    scope: &'static str,
    year: Option<usize>,
    of: impl Fn(&[PathYear]) -> Option<PathYear>,
) -> Vec<Vec<Value>> {
    let [low, central, high] = projection.paths().map(|path| of(&path.years));
    match (low, central, high) {
        (Some(low), Some(central), Some(high)) => of_spending(scope, year, [low, central, high]),
        _ => Vec::new(),
    }
}

fn of_spending(scope: &'static str, year: Option<usize>, paths: [PathYear; 3]) -> Vec<Vec<Value>> {
    vec![
        three(head(scope, year, "baseline_spending"), paths.map(|path| path.baseline_spending)),
        three(head(scope, year, "awarded_spending"), paths.map(|path| path.awarded_spending)),
        three(head(scope, year, "outside_spending"), paths.map(|path| path.outside_spending)),
    ]
}

fn effects(projection: &Projection) -> Table {
    let rows = projection.effects.iter().map(|effect| {
        vec![
            Value::Word(effect.factor.name()),
            Value::number(effect.at_low),
            Value::number(effect.at_high),
            Value::number(effect.swing()),
        ]
    });
    Table {
        name: "factors",
        columns: vec!["factor", "at_low", "at_high", "swing"],
        rows: rows.collect(),
        on_page: OnPage::Yes,
    }
}

fn word_of(status: Status) -> Value {
    Value::Word(match status {
        Status::Verified => "verified",
        Status::Unverified => "unverified",
    })
}

fn assumptions(projection: &Projection) -> Table {
    let rows = projection.assumptions.each().into_iter().map(|(factor, year, assumption)| {
        vec![
            Value::Word(factor.name()),
            Value::number_if(year),
            Value::number(assumption.low),
            Value::number(assumption.central),
            Value::number(assumption.high),
            Value::Word(assumption.distribution.name()),
            Value::text(drawn_from(assumption)),
            word_of(assumption.cited.status),
            Value::text(&assumption.cited.cite),
        ]
    });
    let discount = &projection.assumptions.discount;
    let mut rows: Vec<Vec<Value>> = rows.collect();
    let rate = Value::number(discount.rate);
    let (status, cite) = match &discount.cited {
        Some(cited) => (word_of(cited.status), Value::text(&cited.cite)),
        None => (Value::Word("given"), Value::Unknown),
    };
    let fixed = [Value::Word("discount"), Value::Unknown, rate.clone(), rate.clone(), rate];
    rows.push(fixed.into_iter().chain([Value::Word("fixed"), Value::text(""), status, cite]).collect());
    let columns = ["factor", "from_year", "low", "central", "high", "distribution", "drawn_from"];
    Table {
        name: "assumptions",
        columns: columns.into_iter().chain(["status", "cite"]).collect(),
        rows,
        on_page: OnPage::No,
    }
}

/// The further numbers of a distribution: percentiles, or values with their weights.
pub(in crate::report) fn drawn_from(assumption: &Assumption) -> String {
    use crate::savings::projection::Distribution;
    let list: Vec<String> = match &assumption.distribution {
        Distribution::Percentiles(values) => values.iter().map(ToString::to_string).collect(),
        Distribution::Discrete(values) => {
            values.iter().map(|(value, weight)| format!("{value} ({weight})")).collect()
        }
        Distribution::Fixed | Distribution::Triangular | Distribution::Uniform => Vec::new(),
    };
    list.join("; ")
}

/// The page on the terminal: the same figures, fewer of them.
///
/// # Errors
/// [`Inexact`] when a sum cannot be held.
pub fn projection_page(
    title: &str,
    projection: &Projection,
    payers: &PayersOfProjection,
    profile: &Profile,
    language: Language,
) -> Result<Tables, Inexact> {
    let say = |key: &str| text(language, &format!("projection.{key}")).to_owned();
    let whole = Value::text(text(language, "savings.word.total"));
    let mut by_year: Vec<Vec<Value>> = projection
        .savings_by_year()
        .iter()
        .enumerate()
        .map(|(place, year)| short(Value::number(place.saturating_add(1)), year.all()))
        .collect();
    by_year.extend(projection.saving().map(|saving| short(whole.clone(), saving.all())));
    by_year.push(short(Value::Word("discounted"), projection.discounted().all()));
    let mut by_payer: Vec<Vec<Value>> = payers
        .whole
        .iter()
        .map(|own| short(Value::text(short_name(own, profile, language)), own.figures))
        .collect();
    by_payer.extend(projection.saving().map(|saving| short(whole, saving.all())));
    let columns = |first: &'static str| vec![first, "central", "p5", "p50", "p95"];
    let table = |name, first, rows| Table { name, columns: columns(first), rows, on_page: OnPage::Yes };
    let basis = &projection.basis;
    let rate = percent(projection.assumptions.discount.rate, 1);
    Ok(Tables {
        schema: "jicai-projection-1",
        title: title.to_owned(),
        facts: vec![
            ("baseline", Value::text(&basis.baseline)),
            ("volume_basis", Value::Word("agreed")),
            ("coverage", Value::number_if(basis.coverage)),
            ("lots_covered", Value::number(basis.lots.len())),
            ("lots_left_out", Value::number(basis.lots_left_out)),
            ("years", Value::number(projection.years)),
            ("seed", Value::text(&projection.seed)),
            ("draws", Value::number(projection.draws)),
            ("standard_error", Value::number_if(projection.saving().map(|all| all.drawn.standard_error))),
        ],
        tables: vec![
            table("projected_years", "year", by_year),
            table("projected_payers", "payer", by_payer),
            effects(projection),
            assumed(projection),
        ],
        notes: vec![
            say("note.nature"),
            fill(language, "projection.note.assumptions", &counts(projection).each()),
            fill(language, "projection.note.discount", &[("rate", &rate)]),
            say("note.percentiles"),
        ],
    })
}

/// The low, the central and the high value of each factor.
fn assumed(projection: &Projection) -> Table {
    let rows = projection.assumptions.each().into_iter().map(|(factor, year, assumption)| {
        vec![
            Value::Word(factor.name()),
            Value::number_if(year),
            Value::number(assumption.low),
            Value::number(assumption.central),
            Value::number(assumption.high),
            Value::Word(assumption.distribution.name()),
        ]
    });
    Table {
        name: "assumptions",
        columns: vec!["factor", "from_year", "low", "central", "high", "distribution"],
        rows: rows.collect(),
        on_page: OnPage::Yes,
    }
}

fn short(name: Value, [_, central, _, _, p5, _, p50, _, p95]: [Money; 9]) -> Vec<Value> {
    std::iter::once(name).chain([central, p5, p50, p95].map(Value::number)).collect()
}

/// Parts of the assumptions, and how many of them nobody has read.
pub(in crate::report) struct Counts {
    parts: String,
    unverified: String,
    /// Whether there are any that nobody has read.
    pub any: bool,
}

impl Counts {
    /// For a sentence.
    pub(in crate::report) fn each(&self) -> [(&'static str, &str); 2] {
        [("parts", &self.parts), ("unverified", &self.unverified)]
    }
}

pub(in crate::report) fn counts(projection: &Projection) -> Counts {
    let (parts, unverified) = projection.assumptions.unverified();
    Counts { parts: parts.to_string(), unverified: unverified.to_string(), any: unverified > 0 }
}

/// A payer as people name him; the fund with its scheme.
pub(in crate::report) fn payer_name(own: &PayerFigures, profile: &Profile, language: Language) -> String {
    let word = text(language, &format!("savings.word.{}", own.payer.name()));
    let scheme = profile.schemes.iter().find(|scheme| Some(&scheme.named.id) == own.scheme.as_ref());
    match (own.payer, scheme) {
        (Payer::Fund, Some(scheme)) => {
            let title = match language {
                Language::English => &scheme.named.title,
                Language::Chinese => &scheme.named.title_zh,
            };
            fill(language, "projection.fund_of", &[("fund", word), ("scheme", title)])
        }
        _ => word.to_owned(),
    }
}

/// The same as the terminal has room for.
fn short_name(own: &PayerFigures, profile: &Profile, language: Language) -> String {
    match own.payer {
        Payer::Fund => payer_name(own, profile, language),
        other => text(language, &format!("savings.column.{}", other.name())).to_owned(),
    }
}

/// A value of a factor as people read it: in percent, with no more decimals than it has.
pub(in crate::report) fn shown_value(value: Ratio) -> String {
    percent(value, value.decimals().saturating_sub(2))
}

/// Figures for a page: the percentiles of the draws without the quarters.
pub(in crate::report) fn for_page(figures: &Figures) -> [Money; 6] {
    let [low, central, high, _, p5, _, p50, _, p95] = figures.all();
    [low, central, high, p5, p50, p95]
}
