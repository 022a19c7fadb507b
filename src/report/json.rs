//! award.json: everything, for programs.
//!
//! Decimals are text, keys stand in a fixed order, and what is unknown is `null`. The keys of the published schema come
//! first in each object; keys that were added later follow them. Nothing in it depends on the language, on the machine
//! or on the order of rows in the input, which is why warnings come without their lines.

mod lot;
mod notes;

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use super::figures::{LotFigures, Totals};
use super::published::Published;
use super::schema;
use crate::certify::CertifiedAward;
use crate::diagnostics::Diagnostics;
use crate::savings::{BaselineSaving, CutOf, Saving, Savings, StatedSavings};
use crate::tender::TenderKind;
use lot::{LotRow, lot_row};
use notes::{PublishedRow, WarningRow, published_row, warning_rows};

const SCHEMA: &str = "jicai-award-1";

/// The volume that savings stand for.
const AGREED: &str = "agreed";

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct AwardFile<'a> {
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    tender: TenderRow<'a>,
    rules: RulesRow<'a>,
    #[schemars(extend("enum" = schema::outcomes()))]
    outcome: &'static str,
    lots: Vec<LotRow<'a>>,
    totals: TotalsRow,
    illustrative: bool,
    overrides: Vec<OverrideRow<'a>>,
    published: Option<PublishedRow<'a>>,
    /// Why lots have no award, and what would have to give; the key is there only where a lot has none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    conflicts: Vec<super::conflict::ConflictRow<'a>>,
    warnings: Vec<WarningRow<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct TenderRow<'a> {
    id: &'a str,
    title: &'a str,
    #[schemars(extend("enum" = ["drug", "consumable"]))]
    kind: &'static str,
    currency: &'a str,
    title_zh: Option<&'a str>,
    announced: String,
    source: Option<&'a str>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct RulesRow<'a> {
    id: &'a str,
    unverified: &'a [String],
    title: &'a str,
    title_zh: &'a str,
    cite: &'a str,
    sha256: &'a str,
    /// The tender's own rule set, when this one stood in its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    instead_of: Option<&'a str>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct OverrideRow<'a> {
    parameter: &'a str,
    value: &'a str,
    rule_set_value: Option<&'a str>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct TotalsRow {
    agreed_volume: String,
    award_value: String,
    cost: String,
    savings: Vec<SavingRow>,
    lots_open: usize,
}

/// A saving: the schema's keys, then what must be said beside them.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct SavingRow {
    baseline: String,
    reference_value: Option<String>,
    saving: Option<String>,
    cut: Option<String>,
    coverage: Option<String>,
    simple_cut: Option<String>,
    covered_value: String,
    winners_covered: u32,
    winners: u32,
    #[schemars(extend("const" = AGREED))]
    volume_basis: &'static str,
    base_volume_saving: Option<String>,
    highest_cut: Option<CutRow>,
    lowest_cut: Option<CutRow>,
    source: Option<String>,
}

/// A cut with its winners, each as lot and supplier.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct CutRow {
    cut: String,
    winners: Vec<[String; 2]>,
}

impl CutRow {
    fn of(cut: &CutOf) -> Self {
        let pair = |(lot, supplier): &(_, _)| [ToString::to_string(lot), ToString::to_string(supplier)];
        Self { cut: cut.cut.to_string(), winners: cut.winners.iter().map(pair).collect() }
    }
}

impl SavingRow {
    /// Built-in baselines, then those of the tender; `of` picks a saving from each.
    fn all<'s>(
        built_in: &[BaselineSaving],
        stated: &'s [StatedSavings],
        of: impl Fn(&'s StatedSavings) -> Option<&'s Saving<String>>,
    ) -> Vec<Self> {
        let built_in = built_in.iter().map(|saving| Self::of(saving.baseline.name(), saving, &[]));
        let further = stated.iter().filter_map(|stated| {
            let saving = of(stated)?;
            Some(Self::of(&saving.baseline, saving, &stated.sources))
        });
        built_in.chain(further).collect()
    }

    fn of<B>(baseline: &str, saving: &Saving<B>, sources: &[String]) -> Self {
        Self {
            baseline: baseline.to_owned(),
            reference_value: saving.saving.map(|_| saving.reference_value.to_string()),
            saving: as_text(saving.saving),
            cut: as_text(saving.cut),
            coverage: as_text(saving.coverage),
            simple_cut: as_text(saving.simple_cut),
            covered_value: saving.covered_value.to_string(),
            winners_covered: saving.winners_covered,
            winners: saving.winners,
            volume_basis: AGREED,
            base_volume_saving: as_text(saving.base_saving),
            highest_cut: saving.highest.as_ref().map(CutRow::of),
            lowest_cut: saving.lowest.as_ref().map(CutRow::of),
            source: (!sources.is_empty()).then(|| sources.join("; ")),
        }
    }
}

/// award.json as text.
pub(super) fn award_json(
    award: &CertifiedAward,
    lots: &[LotFigures<'_>],
    savings: &Savings,
    published: Option<&Published>,
    warnings: &Diagnostics,
) -> Result<String, Diagnostics> {
    let screened = award.screened();
    let (notice, rules) = (&screened.notice, &screened.rules);
    let totals = Totals::of(lots)?;
    Ok(pretty(&AwardFile {
        schema: SCHEMA,
        tender: TenderRow {
            id: &notice.id,
            title: &notice.title,
            kind: match notice.kind {
                TenderKind::Drug => "drug",
                TenderKind::Consumable => "consumable",
            },
            currency: &notice.currency,
            title_zh: notice.title_zh.as_deref(),
            announced: notice.announced.to_string(),
            source: notice.source.as_deref(),
        },
        rules: RulesRow {
            id: &rules.id,
            unverified: rules.unverified(),
            title: &rules.title,
            title_zh: &rules.title_zh,
            cite: &rules.cite,
            sha256: &rules.sha256,
            instead_of: rules.instead_of.as_deref(),
        },
        outcome: award.outcome().name(),
        lots: lots.iter().map(|lot| lot_row(lot, rules)).collect::<Result<_, _>>()?,
        totals: TotalsRow {
            agreed_volume: totals.agreed_volume.to_string(),
            award_value: totals.award_value.to_string(),
            cost: totals.cost.to_string(),
            savings: SavingRow::all(&savings.totals, &savings.stated, |stated| Some(&stated.total)),
            lots_open: totals.lots_open,
        },
        illustrative: notice.is_illustrative(),
        overrides: rules
            .overrides()
            .map(|parameter| OverrideRow {
                parameter: &parameter.name,
                value: &parameter.value,
                rule_set_value: parameter.overridden_from.as_deref(),
            })
            .collect(),
        published: published.map(published_row),
        conflicts: super::conflict::rows(award),
        warnings: warning_rows(warnings),
    }))
}

/// `value` with two spaces an indent and a final line end; keys in the order of the fields.
pub(super) fn pretty(value: &impl Serialize) -> String {
    // Structs of texts, numbers and lists always serialise.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

fn as_text(number: Option<impl ToString>) -> Option<String> {
    number.map(|number| number.to_string())
}

/// Names with values, as an object in the order given. A name that comes again gets a number, so that no value is lost.
struct Named<'a>(Vec<(&'a str, &'a str)>);

impl JsonSchema for Named<'_> {
    fn schema_name() -> Cow<'static, str> {
        "Named".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "object", "additionalProperties": {"type": "string"}})
    }
}

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
        serializer.collect_map(self.0.iter().map(|(name, value)| {
            let times = seen.entry(name).or_default();
            *times = times.saturating_add(1);
            (if *times > 1 { format!("{name}_{times}") } else { (*name).to_owned() }, value)
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_values_keep_their_order_and_none_is_lost() {
        let facts = Named(vec![("price", "1"), ("limit", "2"), ("price", "3")]);
        assert_eq!(serde_json::to_string(&facts).unwrap(), r#"{"price":"1","limit":"2","price_2":"3"}"#);
    }
}
