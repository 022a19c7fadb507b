//! Where the rules cut a lot, as a price.

use crate::certify::LotAward;
use crate::money::{Ratio, UnitPrice};
use crate::report::reading::percent;
use crate::screen::{ScreenedLot, Standing};
use crate::tender::Reason;
use crate::text::{Language, fill, text};

/// The highest price that passes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CutOff {
    /// The price.
    pub price: UnitPrice,
    /// What makes it.
    pub bases: Vec<CutOffBasis>,
}

/// What makes a cut-off.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum CutOffBasis {
    /// A multiple of the lowest price.
    Multiple(Ratio),
    /// A cut from the ceiling.
    RequiredCut(Ratio),
    /// A fixed price.
    Price(UnitPrice),
    /// The last place by the quota.
    LastPlace,
}

impl CutOffBasis {
    /// As the legend says it.
    pub(super) fn in_words(&self, language: Language) -> String {
        match self {
            Self::Multiple(multiple) => {
                fill(language, "report.chart.cut_off_multiple", &[("multiple", &multiple.to_string())])
            }
            Self::RequiredCut(cut) => {
                fill(language, "report.chart.cut_off_required_cut", &[("cut", &percent(*cut, 0))])
            }
            Self::Price(price) => {
                fill(language, "report.chart.cut_off_limit", &[("limit", &price.to_string())])
            }
            Self::LastPlace => text(language, "report.chart.cut_off_place").to_owned(),
        }
    }
}

/// The cut-off of a lot: the most that its price tests let pass, by what they recorded; without such tests the price
/// at the last place, when more bids were ranked than there are places.
pub(super) fn cut_off(lot: &ScreenedLot, award: &LotAward, ceiling: Option<UnitPrice>) -> Option<CutOff> {
    let tested =
        lot.bids.iter().map(|bid| price_limits(&bid.reasons, ceiling)).find(|limits| !limits.is_empty());
    if let Some(limits) = tested {
        let price = limits.iter().map(|(price, _)| *price).max()?;
        return Some(CutOff { price, bases: limits.into_iter().map(|(_, basis)| basis).collect() });
    }
    let places = usize::try_from(lot.places?).ok()?;
    let ranked = lot.bids.iter().filter(|bid| matches!(bid.standing, Standing::Ranked { .. })).count();
    let winning =
        award.winners.iter().filter_map(|winner| lot.comparable.bids.get(winner.bid)?.comparable_price);
    let price = winning.max().filter(|_| ranked > places)?;
    Some(CutOff { price, bases: vec![CutOffBasis::LastPlace] })
}

/// Limits that price tests recorded for a bid.
fn price_limits(reasons: &[Reason], ceiling: Option<UnitPrice>) -> Vec<(UnitPrice, CutOffBasis)> {
    let fact = |reason: &Reason, name: &str| {
        reason.facts.iter().find(|fact| fact.name == name).map(|fact| fact.value.clone())
    };
    let limit_of = |reason: &Reason| {
        if let Some(limit) = fact(reason, "limit").and_then(|limit| UnitPrice::parse(&limit).ok()) {
            let multiple = fact(reason, "multiple").and_then(|multiple| Ratio::parse(&multiple).ok());
            return Some((limit, multiple.map_or(CutOffBasis::Price(limit), CutOffBasis::Multiple)));
        }
        let cut = fact(reason, "required_cut").and_then(|cut| Ratio::parse(&cut).ok())?;
        let ceiling = ceiling?;
        Some((ceiling.minus(ceiling.scaled(cut).ok()?).ok()?, CutOffBasis::RequiredCut(cut)))
    };
    reasons.iter().filter_map(limit_of).collect()
}
