//! What award.json says beside the award: the published result and the warnings.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::published::{Difference, Published};
use super::super::schema;
use super::Named;
use super::lot::ReasonRow;
use crate::certify::BidStatus;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::tender::BidId;

/// The comparison with the published result.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct PublishedRow<'a> {
    lots_compared: usize,
    agree: usize,
    option_of_draw: usize,
    differ: usize,
    lots: Vec<ComparedRow<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ComparedRow<'a> {
    lot_id: &'a str,
    #[schemars(extend("enum" = schema::agreements()))]
    agreement: &'static str,
    differences: Vec<DifferenceRow<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct DifferenceRow<'a> {
    supplier_id: &'a str,
    bid_id: Option<&'a str>,
    published_winner: bool,
    #[schemars(extend("enum" = schema::or_null(schema::statuses())))]
    status: Option<&'static str>,
    reason: Option<ReasonRow<'a>>,
}

pub(super) fn published_row(published: &Published) -> PublishedRow<'_> {
    let lots = published.lots.iter().map(|lot| ComparedRow {
        lot_id: lot.lot_id.as_str(),
        agreement: lot.agreement.name(),
        differences: lot.differences.iter().map(difference_row).collect(),
    });
    PublishedRow {
        lots_compared: published.lots.len(),
        agree: published.agree(),
        option_of_draw: published.options_of_draws(),
        differ: published.differ(),
        lots: lots.collect(),
    }
}

fn difference_row(difference: &Difference) -> DifferenceRow<'_> {
    DifferenceRow {
        supplier_id: difference.supplier_id.as_str(),
        bid_id: difference.bid_id.as_ref().map(BidId::as_str),
        published_winner: difference.published_winner,
        status: difference.status.map(BidStatus::name),
        reason: difference.reason.as_ref().map(ReasonRow::of),
    }
}

/// A warning without its line, column and text: they depend on the order of rows in a file, also where a warning about
/// several rows stands at the first of them.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct WarningRow<'a> {
    code: &'static str,
    file: Option<&'a str>,
    values: Named<'a>,
}

/// The warnings by code, file and values.
pub(super) fn warning_rows(warnings: &Diagnostics) -> Vec<WarningRow<'_>> {
    let file = |warning: &Diagnostic| warning.place.as_ref().map(|place| place.file.clone());
    let mut sorted: Vec<&Diagnostic> = warnings.iter().collect();
    sorted.sort_by_cached_key(|warning| (warning.code.id(), file(warning), warning.args.clone()));
    sorted
        .into_iter()
        .map(|warning| WarningRow {
            code: warning.code.id(),
            file: warning.place.as_ref().map(|place| &*place.file),
            values: Named(warning.args.iter().map(|(name, value)| (*name, value.as_str())).collect()),
        })
        .collect()
}
