//! The page of the surplus that hospitals keep.

use super::{OnPage, Table, Tables, Value};
use crate::money::{Inexact, Money};
use crate::savings::payers::Profile;
use crate::savings::retention::{HospitalSurplus, ProductSurplus};
use crate::text::{Language, fill, text};

/// What hospitals keep, by hospital and by product.
///
/// # Errors
/// [`Inexact`] when a sum cannot be held.
pub fn retention_tables(
    hospitals: &[HospitalSurplus],
    profile: &Profile,
    language: Language,
) -> Result<Tables, Inexact> {
    let bands = profile.retention.iter().map(|band| {
        let key = if band.includes_bound { "savings.retention.from" } else { "savings.retention.above" };
        let (bound, share) = (band.bound.to_string(), band.share.to_string());
        fill(language, key, &[("bound", &bound), ("share", &share), ("cite", &band.cited.cite)])
    });
    let how = text(language, "savings.retention.how").to_owned();
    Ok(Tables {
        schema: "jicai-retention-1",
        title: text(language, "savings.retention.title").to_owned(),
        facts: vec![("profile", Value::text(&profile.named.id))],
        tables: vec![by_hospital(hospitals)?, by_product(hospitals)?],
        notes: std::iter::once(how).chain(bands).collect(),
    })
}

fn by_hospital(hospitals: &[HospitalSurplus]) -> Result<Table, Inexact> {
    let row = |name: Value, of: [Money; 5], score: Value, share: Value| {
        let [budget, spending, base, kept, stays] = of.map(Value::number);
        vec![name, score, budget, spending, base, share, kept, stays]
    };
    let mut rows = Vec::new();
    let mut all = [Money::ZERO; 5];
    for one in hospitals {
        let figures = [one.budget, one.spending, one.base, one.kept, one.stays];
        rows.push(row(
            Value::text(&one.institution),
            figures,
            Value::number(one.score),
            Value::number(one.share),
        ));
        for (sum, figure) in all.iter_mut().zip(figures) {
            *sum = sum.plus(figure)?;
        }
    }
    rows.push(row(Value::Word("total"), all, Value::Unknown, Value::Unknown));
    let columns = ["institution", "score", "budget", "spending", "base", "share", "kept", "stays"];
    Ok(Table { name: "hospitals", columns: columns.to_vec(), rows, on_page: OnPage::Yes })
}

fn by_product(hospitals: &[HospitalSurplus]) -> Result<Table, Inexact> {
    let each = hospitals.iter().flat_map(|one| one.products.iter().map(move |product| (one, product)));
    let row = |(hospital, of): (&HospitalSurplus, &ProductSurplus)| -> Result<Vec<Value>, Inexact> {
        Ok(vec![
            Value::text(&hospital.institution),
            Value::text(&of.product),
            Value::Word(if of.counted { "yes" } else { "no" }),
            Value::number(of.budget),
            Value::number(of.spending),
            Value::number(of.budget.minus(of.spending)?),
        ])
    };
    let columns = ["institution", "product_name", "counted", "budget", "spending", "base"];
    let rows = each.map(row).collect::<Result<_, _>>()?;
    Ok(Table { name: "products", columns: columns.to_vec(), rows, on_page: OnPage::Yes })
}
