//! Where each lot stands among all lots by its highest shortlisted price over its lowest.

use super::shortlist::Shortlist;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::money::Proportion;
use crate::rules::{HighestPriceExcluded, SpreadPlace};
use crate::tender::Lot;

/// The place of every lot, in their order; `None` for a lot without a spread.
///
/// A stated rank that lies beyond the lots ranked says nothing about the narrowest lots; where the rule asks for those, it is an
/// error.
pub(super) fn places(
    lots: &[(&Lot, &Shortlist)],
    rule: &HighestPriceExcluded,
    errors: &mut Diagnostics,
) -> Vec<Option<SpreadPlace>> {
    let spreads: Vec<Option<Proportion>> =
        lots.iter().map(|(_, shortlist)| HighestPriceExcluded::spread(&shortlist.taken)).collect();
    let all: Vec<Proportion> = spreads.iter().copied().flatten().collect();
    let count = rule.lots.unwrap_or(u32::try_from(all.len()).unwrap_or(u32::MAX));
    let mut place = |(lot, _): &(&Lot, &Shortlist), spread: Option<Proportion>| {
        let own = spread?;
        let Some(rank) = lot.spread_rank else { return Some(HighestPriceExcluded::place(own, &all)) };
        let stated = HighestPriceExcluded::stated(rank, count);
        if stated.from_bottom.is_none() && rule.bottom > 0 {
            errors.push(
                Diagnostic::new(Code::SpreadRankBeyondLots)
                    .with("lot", lot.id.as_str())
                    .with("rank", rank.to_string())
                    .with("lots", count.to_string()),
            );
        }
        Some(stated)
    };
    lots.iter().zip(spreads).map(|(lot, spread)| place(lot, spread)).collect()
}
