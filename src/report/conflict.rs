//! Why a lot has no award, in the tender's words: what cannot hold together, and what would have to give.

use schemars::JsonSchema;
use serde::Serialize;

use super::reading::{grouped, money};
use crate::certify::CertifiedAward;
use crate::diagnostics::escape;
use crate::model::{Conflict, Part, PartKind, WayOut};
use crate::text::{Language, fill, text};

/// A conflict in award.json. The order of the fields is the order of the keys, here and below.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ConflictRow<'a> {
    lots: &'a [String],
    parts: Vec<PartRow<'a>>,
    ways_out: Vec<WayOutRow<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct PartRow<'a> {
    what: &'static str,
    name: &'a str,
    region: Option<&'a str>,
    kind: Option<&'static str>,
    stated: Option<&'a str>,
    cite: Option<&'a str>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct WayOutRow<'a> {
    what: &'static str,
    name: &'a str,
    region: Option<&'a str>,
    needed: Option<&'a str>,
    cost: Option<String>,
}

/// Every conflict of an award.
pub(super) fn rows(award: &CertifiedAward) -> Vec<ConflictRow<'_>> {
    award.conflicts().iter().map(row).collect()
}

fn row(conflict: &Conflict) -> ConflictRow<'_> {
    let part = |part: &'_ Part| -> (&'static str, Option<&'static str>) { (part.what.name(), part.kind) };
    ConflictRow {
        lots: &conflict.lots,
        parts: conflict
            .parts
            .iter()
            .map(|own| PartRow {
                what: part(own).0,
                name: &own.name,
                region: own.region.as_deref(),
                kind: part(own).1,
                stated: own.stated.as_deref(),
                cite: own.cite.as_deref(),
            })
            .collect(),
        ways_out: conflict
            .ways_out
            .iter()
            .map(|way| WayOutRow {
                what: way.part.what.name(),
                name: &way.part.name,
                region: way.part.region.as_deref(),
                needed: way.needed.as_deref(),
                cost: way.cost.map(|cost| cost.to_string()),
            })
            .collect(),
    }
}

/// The conflict that a lot is in.
pub(super) fn of_lot<'a>(award: &'a CertifiedAward, lot: &str) -> Option<&'a Conflict> {
    award.conflicts().iter().find(|conflict| conflict.lots.iter().any(|own| own == lot))
}

/// What cannot hold together, one sentence each.
pub(super) fn parts(conflict: &Conflict, language: Language) -> Vec<String> {
    conflict.parts.iter().map(|part| in_words(part, language)).collect()
}

/// What would have to give, one sentence each; the cheapest first.
pub(super) fn ways_out(conflict: &Conflict, currency: &str, language: Language) -> Vec<String> {
    conflict.ways_out.iter().map(|way| way_in_words(way, currency, language)).collect()
}

fn in_words(part: &Part, language: Language) -> String {
    let kind = part.kind.map(|kind| text(language, &format!("report.conflict.kind.{kind}")));
    let values = [
        ("name", &*escape(&part.name)),
        ("region", &*escape(part.region.as_deref().unwrap_or_default())),
        ("kind", kind.unwrap_or_default()),
        ("stated", &*readable(part.stated.as_deref().unwrap_or_default())),
    ];
    let said = fill(language, &format!("report.conflict.part.{}", part.what.name()), &values);
    // A limit without numbers ends with its kind.
    let said = said.trim_end().to_owned();
    match &part.cite {
        Some(cite) => fill(language, "report.conflict.cited", &[("said", &said), ("cite", &escape(cite))]),
        None => said,
    }
}

fn way_in_words(way: &WayOut, currency: &str, language: Language) -> String {
    let what = match (way.part.what, &way.needed) {
        (PartKind::Demand, _) => "demand",
        (_, Some(_)) => "needed",
        (_, None) => "lifted",
    };
    let values = [
        ("part", &*in_words(&Part { cite: None, ..way.part.clone() }, language)),
        ("needed", &*readable(way.needed.as_deref().unwrap_or_default())),
        ("stated", &*readable(way.part.stated.as_deref().unwrap_or_default())),
        ("region", &*escape(way.part.region.as_deref().unwrap_or_default())),
    ];
    let said = fill(language, &format!("report.conflict.way.{what}"), &values);
    match way.cost {
        Some(cost) => {
            let cost = money(cost, &escape(currency), language);
            fill(language, "report.conflict.costs", &[("said", &said), ("cost", &cost)])
        }
        None => said,
    }
}

/// The numbers of a limit as they are stated, with thousands separated: `>= 2000, <= 450000.00` as `>= 2,000, <= 450,000.00`.
fn readable(stated: &str) -> String {
    let number = |word: &str| {
        let (figures, comma) = word.strip_suffix(',').map_or((word, ""), |figures| (figures, ","));
        let plain = figures.chars().all(|sign| sign.is_ascii_digit() || sign == '.');
        if plain { format!("{}{comma}", grouped(figures)) } else { word.to_owned() }
    };
    stated.split(' ').map(number).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn thousands_are_separated_and_words_stay() {
        assert_eq!(readable(">= 2000, <= 450000.00"), ">= 2,000, <= 450,000.00");
        assert_eq!(readable("0.6, 0.4"), "0.6, 0.4");
        assert_eq!(readable("of value"), "of value");
        assert_eq!(readable(""), "");
    }
}
