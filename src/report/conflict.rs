//! Why a lot has no award, in the tender's words: what cannot hold together, and what would have to give.

use schemars::JsonSchema;
use serde::Serialize;

use super::reading::{grouped, money};
use crate::certify::CertifiedAward;
use crate::diagnostics::escape;
use crate::model::{Conflict, Part, PartKind, Told, WayOut};
use crate::money::{Quantity, Ratio};
use crate::text::{Language, fill, text};

/// A conflict in award.json. The order of the fields is the order of the keys, here and below.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ConflictRow<'a> {
    lots: &'a [String],
    told: &'static str,
    looked_at: usize,
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
    count: Option<usize>,
    any_of: &'a [String],
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
    proved: bool,
}

/// Every conflict of an award.
pub(super) fn rows(award: &CertifiedAward) -> Vec<ConflictRow<'_>> {
    award.conflicts().iter().map(row).collect()
}

fn row(conflict: &Conflict) -> ConflictRow<'_> {
    let part = |own: &'_ Part| -> (&'static str, Option<&'static str>) { (own.what.name(), own.kind) };
    ConflictRow {
        lots: &conflict.lots,
        told: conflict.told.name(),
        looked_at: conflict.looked_at,
        parts: conflict
            .parts
            .iter()
            .map(|own| PartRow {
                what: part(own).0,
                name: &own.name,
                region: own.region.as_deref(),
                kind: part(own).1,
                stated: own.stated.as_deref(),
                count: own.count,
                any_of: &own.any_of,
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
                proved: way.is_proved,
            })
            .collect(),
    }
}

/// A conflict in words.
pub(super) struct ConflictWords {
    /// What is said before the things in conflict.
    pub(super) heading: String,
    /// What cannot hold together, one sentence each.
    pub(super) parts: Vec<String>,
    /// How much is known of that, where it is less than all.
    pub(super) note: Option<String>,
    /// What is said before the ways out.
    pub(super) ways_heading: String,
    /// What would have to give, one sentence each; the cheapest first.
    pub(super) ways: Vec<String>,
}

/// The conflicts that a lot is in, in words; blank when none was looked for.
pub(super) fn of_lot(award: &CertifiedAward, lot: &str, language: Language) -> Vec<ConflictWords> {
    let of_lot = award.conflicts().iter().filter(|conflict| conflict.lots.iter().any(|own| own == lot));
    let currency = &award.screened().notice.currency;
    of_lot.enumerate().map(|(number, own)| words(own, number > 0, currency, language)).collect()
}

fn words(conflict: &Conflict, is_further: bool, currency: &str, language: Language) -> ConflictWords {
    let count = conflict.looked_at.to_string();
    let say = |key: &str| fill(language, &format!("report.conflict.{key}"), &[("count", &*count)]);
    let note = match conflict.told {
        Told::Smallest | Told::NotTold => None,
        Told::Irreducible => Some(say("told.irreducible")),
        Told::InConflict => Some(say("told.in_conflict")),
    };
    ConflictWords {
        heading: say(match (conflict.told, is_further) {
            (Told::NotTold, _) => "heading.not_told",
            (_, false) if !conflict.is_certified => "heading.not_certified",
            (_, false) => "heading.first",
            (_, true) => "heading.further",
        }),
        parts: parts_in_words(&conflict.parts, language),
        note,
        ways_heading: say(if conflict.is_one_of_several { "ways.of_several" } else { "ways.of_one" }),
        ways: ways_in_words(&conflict.ways_out, currency, language),
    }
}

/// So many things of one kind are said one by one; more of them in one sentence. award.json has each.
const MOST_SAID: usize = 6;

/// Of more regions, of which any one is enough, so many are named.
const LARGEST_SAID: usize = 3;

/// What cannot hold together: what bids and suppliers can do in one sentence of a kind where there is much of it.
fn parts_in_words(parts: &[Part], language: Language) -> Vec<String> {
    let mut said = Vec::new();
    for of_kind in parts.chunk_by(|one, other| one.what == other.what) {
        match of_kind.first().map(|first| first.what) {
            Some(
                what @ (PartKind::Demand
                | PartKind::SupplierVolume
                | PartKind::SupplierValue
                | PartKind::Capacity
                | PartKind::MinQuantity
                | PartKind::Bands
                | PartKind::NotOffered),
            ) if of_kind.len() > MOST_SAID => said.push(many_in_words(what, of_kind, language)),
            _ => said.extend(of_kind.iter().map(|part| in_words(part, language))),
        }
    }
    said
}

fn many_in_words(what: PartKind, parts: &[Part], language: Language) -> String {
    let numbers: Vec<Quantity> =
        parts.iter().filter_map(|part| Quantity::parse(part.stated.as_deref()?).ok()).collect();
    let shown = |number: Option<&Quantity>| number.map_or_else(String::new, |own| readable(&own.to_string()));
    let mut names: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
    names.dedup();
    let values = [
        ("names", &*escape(&names.join(text(language, "report.summary.comma")))),
        ("count", &*parts.len().to_string()),
        ("least", &*shown(numbers.iter().min())),
        ("largest", &*shown(numbers.iter().max())),
        ("total", &*shown(Quantity::total(numbers.iter().copied()).ok().as_ref())),
    ];
    fill(language, &format!("report.conflict.many.{}", what.name()), &values)
}

/// What would have to give: the cheapest.
fn ways_in_words(ways: &[WayOut], currency: &str, language: Language) -> Vec<String> {
    let said = ways.iter().take(MOST_SAID).map(|way| way_in_words(way, currency, language));
    let more = ways.len().saturating_sub(MOST_SAID);
    let rest =
        (more > 0).then(|| fill(language, "report.conflict.way.more_ways", &[("count", &*more.to_string())]));
    said.chain(rest).collect()
}

/// Numbers as they are read: with thousands separated, shares in per cent.
fn number_of(part: &Part, stated: &str) -> String {
    let is_share = match part.what {
        PartKind::Demand => part.region.is_none(),
        _ => part.kind.is_some_and(|kind| kind.contains("share") || matches!(kind, "reserve" | "preference")),
    };
    if is_share { in_per_cent(stated) } else { readable(stated) }
}

pub(super) fn in_words(part: &Part, language: Language) -> String {
    let kind = part.kind.map(|kind| text(language, &format!("report.conflict.kind.{kind}")));
    let values = [
        ("name", &*escape(&part.name)),
        ("region", &*escape(part.region.as_deref().unwrap_or_default())),
        ("kind", kind.unwrap_or_default()),
        (
            "stated",
            &*match &part.stated {
                Some(lot) if part.what == PartKind::Alternates => escape(lot),
                Some(stated) if part.what == PartKind::Demand => readable(stated),
                stated => number_of(part, stated.as_deref().unwrap_or_default()),
            },
        ),
        ("count", &*part.count.unwrap_or(1).to_string()),
        ("regions", &*regions(part, language)),
    ];
    let several = match (part.count, part.what) {
        (Some(_), PartKind::Demand) if part.any_of.len() > MOST_SAID => "_any_of_many",
        (Some(_), PartKind::Demand) if !part.any_of.is_empty() => "_any_of",
        (Some(_), PartKind::Demand) => "_regions",
        (Some(_), what) if !matches!(what, PartKind::Alternates | PartKind::NoBid) => "_several",
        _ => "",
    };
    let said = fill(language, &format!("report.conflict.part.{}{several}", part.what.name()), &values);
    // A limit without numbers ends with its kind.
    let said = said.trim_end().to_owned();
    match &part.cite {
        Some(cite) => fill(language, "report.conflict.cited", &[("said", &said), ("cite", &escape(cite))]),
        None => said,
    }
}

/// The regions of which any one is enough; of many the largest.
fn regions(part: &Part, language: Language) -> String {
    let shown = if part.any_of.len() > MOST_SAID { LARGEST_SAID } else { MOST_SAID };
    let named = part.any_of.iter().take(shown).map(|region| escape(region));
    named.collect::<Vec<_>>().join(text(language, "report.conflict.comma"))
}

/// By how much a volume that is needed is above the one stated.
fn more(way: &WayOut) -> Option<String> {
    let number = |text: &Option<String>| Quantity::parse(text.as_deref()?).ok();
    let volumes =
        matches!(way.part.what, PartKind::Capacity | PartKind::SupplierVolume | PartKind::SupplierValue);
    let (needed, stated) = (number(&way.needed)?, number(&way.part.stated)?);
    volumes.then(|| needed.minus(stated).ok()).flatten().map(|more| readable(&more.to_string()))
}

fn way_in_words(way: &WayOut, currency: &str, language: Language) -> String {
    let more = more(way);
    let what = match (way.part.what, &way.needed) {
        (PartKind::Demand, _) if way.part.region.is_none() => "demand_of_lot",
        (PartKind::Demand, _) => "demand",
        (PartKind::NotOffered, _) => "not_offered",
        (PartKind::Alternates, _) => "alternates",
        (PartKind::Bands, Some(_)) => "bands",
        (_, Some(_)) if more.is_some() => "more",
        (_, Some(_)) => "needed",
        (_, None) => "lifted",
    };
    let values = [
        ("part", &*in_words(&Part { cite: None, ..way.part.clone() }, language)),
        ("needed", &*number_of(&way.part, way.needed.as_deref().unwrap_or_default())),
        ("more", more.as_deref().unwrap_or_default()),
        (
            "stated",
            &*match (way.part.what, way.part.stated.as_deref().unwrap_or_default()) {
                (PartKind::Alternates, lot) => escape(lot),
                (_, stated) => readable(stated),
            },
        ),
        ("name", &*escape(&way.part.name)),
        ("region", &*escape(way.part.region.as_deref().unwrap_or_default())),
    ];
    let said = fill(language, &format!("report.conflict.way.{what}"), &values);
    let key = if way.is_proved { "report.conflict.costs" } else { "report.conflict.costs_at_most" };
    match way.cost {
        Some(cost) => {
            let cost = money(cost, &escape(currency), language);
            fill(language, key, &[("said", &said), ("cost", &cost)])
        }
        None => said,
    }
}

/// Shares in per cent: `>= 0.1, <= 0.635` as `>= 10%, <= 63.5%`.
fn in_per_cent(stated: &str) -> String {
    let share = |word: &str| {
        let (figures, comma) = word.strip_suffix(',').map_or((word, ""), |figures| (figures, ","));
        match Ratio::parse(figures) {
            // Per cents are shown with two decimals.
            Ok(share) if share.decimals() <= 4 => {
                let per_cent = share.percent();
                let figures = per_cent.trim_end_matches('%');
                let short = match figures.contains('.') {
                    true => figures.trim_end_matches('0').trim_end_matches('.'),
                    false => figures,
                };
                format!("{short}%{comma}")
            }
            _ => word.to_owned(),
        }
    };
    stated.split(' ').map(share).collect::<Vec<_>>().join(" ")
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
    use super::{in_per_cent, readable};

    #[test]
    fn shares_are_read_in_per_cent() {
        assert_eq!(in_per_cent(">= 0.1, <= 0.635"), ">= 10%, <= 63.5%");
        assert_eq!(in_per_cent("0.5, 0.3, 0.2 / 1"), "50%, 30%, 20% / 100%");
        assert_eq!(in_per_cent("0.333333"), "0.333333");
    }

    #[test]
    fn thousands_are_separated_and_words_stay() {
        assert_eq!(readable(">= 2000, <= 450000.00"), ">= 2,000, <= 450,000.00");
        assert_eq!(readable("0.6, 0.4"), "0.6, 0.4");
        assert_eq!(readable("of value"), "of value");
        assert_eq!(readable(""), "");
    }
}
