//! Pages of the change of spending between two periods.

use super::{OnPage, Table, Tables, Value};
use crate::money::{Fraction, Ratio, Rounding};
use crate::report::reading::percent;
use crate::savings::effects::{Effect, Effects, PublishedIndex, PublishedProduct, Steps};
use crate::text::{Language, fill, text};

/// Steps of an index that is printed; half up. Files hold the fraction beside it.
const PRINTED: Rounding = Rounding::half_up(6);

/// Columns of the table in full.
const IN_FULL: [&str; 19] = [
    "scope",
    "lot_id",
    "spending_before",
    "spending_after",
    "price",
    "structure",
    "quantity",
    "product",
    "price_exact",
    "structure_exact",
    "quantity_exact",
    "product_exact",
    "matched_before",
    "matched_after",
    "before",
    "price_step",
    "quantity_step",
    "structure_step",
    "after",
];

fn printed(value: Option<&Fraction>) -> Option<Ratio> {
    value.and_then(|value| value.rounded(PRINTED))
}

/// A change in percent, from an index.
fn change(value: Option<&Fraction>) -> Value {
    let change = value.and_then(|value| value.minus(&Fraction::one()).rounded(Rounding::half_up(4)));
    change.map_or(Value::Unknown, |change| Value::number(percent(change, 2)))
}

/// The effects of every lot and in total.
pub fn effects_tables(effects: &Effects, language: Language) -> Tables {
    let rows: Vec<(&'static str, Value, &Effect)> = effects
        .lots
        .iter()
        .map(|(lot, effect)| ("lot", Value::text(lot.as_str()), effect))
        .chain([("total", Value::Word("total"), &effects.total)])
        .collect();
    let exact = Table {
        name: "effects",
        columns: IN_FULL.to_vec(),
        rows: rows.iter().map(|(scope, lot, effect)| in_full(scope, lot, effect)).collect(),
        on_page: OnPage::No,
    };
    let page = |name, columns: [&'static str; 4]| Table {
        name,
        columns: std::iter::once("lot_id").chain(columns).collect(),
        rows: rows
            .iter()
            .map(|(_, lot, effect)| {
                let cells = columns.map(|column| on_page(column, effect));
                std::iter::once(lot.clone()).chain(cells).collect()
            })
            .collect(),
        on_page: OnPage::Yes,
    };
    let multiplied = match (effects.total.product(), effects.total.change.as_ref()) {
        (Some(product), Some(change)) if product == *change => "savings.effects.exact",
        _ => "savings.effects.unknown",
    };
    Tables {
        schema: "jicai-effects-1",
        title: text(language, "savings.effects.title").to_owned(),
        facts: vec![
            ("index", Value::Word(effects.index.name())),
            ("quantity_basis", Value::Word(effects.basis.name())),
        ],
        tables: vec![
            exact,
            waterfall(&rows),
            page("spending", ["spending_before", "spending_after", "matched_before", "matched_after"]),
            page("indices", ["price", "structure", "quantity", "product"]),
            page("changes", ["price_change", "structure_change", "quantity_change", "spending_change"]),
        ],
        notes: [multiplied, "savings.effects.steps", "savings.effects.rounding", "savings.effects.method"]
            .map(|key| text(language, key).to_owned())
            .to_vec(),
    }
}

/// Spending before, the steps of price, quantity and structure in this order, and spending after.
fn waterfall(rows: &[(&'static str, Value, &Effect)]) -> Table {
    let row = |(_, lot, effect): &(&'static str, Value, &Effect)| {
        std::iter::once(lot.clone()).chain(steps(effect)).collect()
    };
    Table {
        name: "waterfall",
        columns: vec!["lot_id", "before", "price_step", "quantity_step", "structure_step", "after"],
        rows: rows.iter().map(row).collect(),
        on_page: OnPage::Yes,
    }
}

fn steps(effect: &Effect) -> [Value; 5] {
    match effect.levels().and_then(|levels| levels.steps()) {
        None => [(); 5].map(|()| Value::Unknown),
        Some(Steps { before, price, quantity, structure, after }) => {
            [before, price, quantity, structure, after].map(Value::number)
        }
    }
}

fn on_page(column: &str, effect: &Effect) -> Value {
    let [before, after] = effect.spending();
    let index = |value: &Option<Fraction>| Value::number_if(printed(value.as_ref()));
    match column {
        "spending_before" => Value::number_if(before),
        "spending_after" => Value::number_if(after),
        "matched_before" => index(&effect.matched_before),
        "matched_after" => index(&effect.matched_after),
        "price" => index(&effect.price),
        "structure" => index(&effect.structure),
        "quantity" => index(&effect.quantity),
        "product" => index(&effect.change),
        "price_change" => change(effect.price.as_ref()),
        "structure_change" => change(effect.structure.as_ref()),
        "quantity_change" => change(effect.quantity.as_ref()),
        _ => change(effect.change.as_ref()),
    }
}

fn in_full(scope: &'static str, lot: &Value, effect: &Effect) -> Vec<Value> {
    let lot = if scope == "total" { Value::Unknown } else { lot.clone() };
    let shown = ["spending_before", "spending_after", "price", "structure", "quantity", "product"];
    let exact = [&effect.price, &effect.structure, &effect.quantity, &effect.change];
    let mut row = vec![Value::text(scope), lot];
    row.extend(shown.map(|column| on_page(column, effect)));
    row.extend(exact.map(|value| Value::number_if(value.as_ref())));
    row.extend(["matched_before", "matched_after"].map(|column| on_page(column, effect)));
    row.extend(steps(effect));
    row
}

/// Published indices multiplied, beside the published change.
pub fn published_tables(
    indices: &[(String, PublishedIndex)],
    stated: Option<&PublishedIndex>,
    product: &PublishedProduct,
    language: Language,
) -> Tables {
    let row = |name: Value, index: &Fraction, least: &Fraction, most: &Fraction| {
        let number = |value: &Fraction| Value::number_if(printed(Some(value)));
        vec![name, number(index), change(Some(index)), number(least), number(most)]
    };
    let mut rows: Vec<Vec<Value>> = indices
        .iter()
        .map(|(name, index)| row(Value::text(name), &index.value, &index.least, &index.most))
        .collect();
    rows.push(row(Value::Word("product"), &product.product, &product.least, &product.most));
    rows.extend(
        stated.map(|stated| row(Value::Word("published"), &stated.value, &stated.least, &stated.most)),
    );
    let verdict = match product.matches {
        None => "savings.published.none",
        Some(true) => "savings.published.matches",
        Some(false) => "savings.published.differs",
    };
    let exact = product.product.to_string();
    Tables {
        schema: "jicai-published-indices-1",
        title: text(language, "savings.published.title").to_owned(),
        facts: vec![
            ("product_exact", Value::number(&exact)),
            (
                "matches",
                product.matches.map_or(Value::Unknown, |yes| Value::Word(if yes { "yes" } else { "no" })),
            ),
        ],
        tables: vec![Table {
            name: "published",
            columns: vec!["name", "index_value", "change", "least", "most"],
            rows,
            on_page: OnPage::Yes,
        }],
        notes: vec![text(language, verdict).to_owned(), fill(language, "savings.published.rounding", &[])],
    }
}
