//! The page of direct settlement: a year of months.

use std::collections::BTreeMap;

use super::{OnPage, Table, Tables, Value};
use crate::money::{Inexact, Money};
use crate::savings::payers::Settlement;
use crate::savings::settlement::MonthOfContract;
use crate::tender::Date;
use crate::text::{Language, fill, text};

/// Delivered, prepaid, paid and worth.
type Sums = [Money; 4];

fn figures(of: &MonthOfContract) -> Sums {
    [of.delivered, of.prepaid, of.paid, of.worth]
}

fn sums<'m, K: Ord>(
    months: &'m [MonthOfContract],
    key: impl Fn(&'m MonthOfContract) -> K,
) -> Result<BTreeMap<K, Sums>, Inexact> {
    let mut all: BTreeMap<K, Sums> = BTreeMap::new();
    for month in months {
        let sums = all.entry(key(month)).or_insert([Money::ZERO; 4]);
        for (sum, figure) in sums.iter_mut().zip(figures(month)) {
            *sum = sum.plus(figure)?;
        }
    }
    Ok(all)
}

/// Months of every contract in full; on the page, the months of all together and the suppliers.
///
/// # Errors
/// [`Inexact`] when a sum cannot be held.
pub fn settlement_tables(
    months: &[MonthOfContract],
    start: Date,
    terms: &Settlement,
    language: Language,
) -> Result<Tables, Inexact> {
    let all = sums(months, |_| ())?.remove(&()).unwrap_or([Money::ZERO; 4]);
    let [delivered, _, _, worth] = all;
    Ok(Tables {
        schema: "jicai-settlement-1",
        title: text(language, "savings.settlement.title").to_owned(),
        facts: vec![
            ("start", Value::number(start)),
            ("prepaid_share", Value::number(terms.prepaid_share)),
            ("delivered", Value::number(delivered)),
            ("worth", Value::number(worth)),
        ],
        tables: vec![in_full(months), by_month(months)?, old_practice(months)?, by_supplier(months, all)?],
        notes: vec![stated(terms, language), text(language, "savings.settlement.how").to_owned()],
    })
}

fn table(name: &'static str, columns: &[&'static str], rows: Vec<Vec<Value>>, on_page: OnPage) -> Table {
    Table { name, columns: columns.to_vec(), rows, on_page }
}

fn in_full(months: &[MonthOfContract]) -> Table {
    let columns = [
        "supplier_id",
        "region",
        "month",
        "delivered",
        "prepaid",
        "paid",
        "filed_on",
        "confirmed_by",
        "paid_by",
        "old_paid_by",
        "worth",
    ];
    let row = |month: &MonthOfContract| {
        let mut row =
            vec![Value::text(&month.supplier_id), Value::text(&month.region), Value::number(month.month)];
        row.extend([month.delivered, month.prepaid, month.paid].map(Value::number));
        row.extend([month.filed_on, month.confirmed_by, month.paid_by, month.old_paid_by].map(Value::number));
        row.push(Value::number(month.worth));
        row
    };
    table("settlement", &columns, months.iter().map(row).collect(), OnPage::No)
}

fn by_month(months: &[MonthOfContract]) -> Result<Table, Inexact> {
    let of_days = sums(months, |month| (month.month, month.filed_on, month.confirmed_by, month.paid_by))?;
    let row = |((month, filed, confirmed, by), [_, _, paid, _]): ((Date, Date, Date, Date), Sums)| {
        let days = [month, filed, confirmed, by].map(Value::number);
        days.into_iter().chain([Value::number(paid)]).collect()
    };
    let columns = ["month", "filed_on", "confirmed_by", "paid_by", "paid"];
    Ok(table("months", &columns, of_days.into_iter().map(row).collect(), OnPage::Yes))
}

fn old_practice(months: &[MonthOfContract]) -> Result<Table, Inexact> {
    let of_days = sums(months, |month| (month.month, month.old_paid_by))?;
    let row = |((month, old), [delivered, prepaid, _, worth]): ((Date, Date), Sums)| {
        vec![
            Value::number(month),
            Value::number(delivered),
            Value::number(prepaid),
            Value::number(old),
            Value::number(worth),
        ]
    };
    let columns = ["month", "delivered", "prepaid", "old_paid_by", "worth"];
    Ok(table("old_practice", &columns, of_days.into_iter().map(row).collect(), OnPage::Yes))
}

fn by_supplier(months: &[MonthOfContract], all: Sums) -> Result<Table, Inexact> {
    let row = |name: Value, sums: Sums| std::iter::once(name).chain(sums.map(Value::number)).collect();
    let mut rows: Vec<Vec<Value>> = sums(months, |month| month.supplier_id.as_str())?
        .into_iter()
        .map(|(supplier, sums)| row(Value::text(supplier), sums))
        .collect();
    rows.push(row(Value::Word("total"), all));
    Ok(table("suppliers", &["supplier_id", "delivered", "prepaid", "paid", "worth"], rows, OnPage::Yes))
}

/// The terms in a sentence.
fn stated(terms: &Settlement, language: Language) -> String {
    let words = [
        ("day", terms.file_by_day.to_string()),
        ("confirm", terms.confirm_working_days.to_string()),
        ("pay", terms.pay_working_days.to_string()),
        ("old", terms.old_days_outstanding.to_string()),
        ("rate", terms.interest_rate.to_string()),
        ("year", terms.days_in_year.to_string()),
        ("cite", terms.cited.cite.clone()),
    ];
    let words = words.each_ref().map(|(name, value)| (*name, value.as_str()));
    fill(language, "savings.settlement.terms", &words)
}
