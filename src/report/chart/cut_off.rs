//! Where the rules cut a lot, as a price.

use crate::certify::{BidStatus, LotAward};
use crate::money::{Ratio, UnitPrice};
use crate::report::reading::{percent, plain_price, unit};
use crate::rules::{AwardRule, PriceLine, PriceTest, PriceTestGroup, RuleSet};
use crate::screen::{Route, ScreenedLot, Standing};
use crate::text::{Language, fill, text};

/// The highest price that passes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CutOff {
    /// The price.
    pub price: UnitPrice,
    /// What makes it; of several any one suffices.
    pub bases: Vec<CutOffBasis>,
}

/// What makes a cut-off.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum CutOffBasis {
    /// A multiple of the lowest price.
    Multiple(Ratio),
    /// A multiple of the anchor.
    MultipleOfAnchor(Ratio),
    /// A cut from the ceiling.
    RequiredCut(Ratio),
    /// A fixed price.
    Price(UnitPrice),
    /// The last place by the quota.
    LastPlace,
}

impl CutOffBasis {
    /// As the legend says it.
    pub(super) fn in_words(&self, currency: &str, language: Language) -> String {
        match self {
            Self::Multiple(multiple) => {
                fill(language, "report.chart.cut_off_multiple", &[("multiple", &multiple.to_string())])
            }
            Self::MultipleOfAnchor(multiple) => {
                fill(language, "report.chart.cut_off_anchor", &[("multiple", &multiple.to_string())])
            }
            Self::RequiredCut(cut) => {
                fill(language, "report.chart.cut_off_required_cut", &[("cut", &percent(*cut, 0))])
            }
            Self::Price(price) => {
                let values = [("limit", &*plain_price(*price)), ("currency", &*unit(currency, language))];
                fill(language, "report.chart.cut_off_limit", &values)
            }
            Self::LastPlace => text(language, "report.chart.cut_off_place").to_owned(),
        }
    }
}

/// The cut-off of a ranked lot: the most that every group of price tests lets pass, or the price at the last place when
/// the places run out before that.
pub(super) fn cut_off(
    rules: &RuleSet,
    lot: &ScreenedLot,
    award: &LotAward,
    ceiling: Option<UnitPrice>,
) -> Option<CutOff> {
    let AwardRule::Ranked { tests, rank, stages, .. } = &rules.award else { return None };
    if stages.units.is_some() {
        // Each bidding unit has its own.
        return None;
    }
    let by_price = !rank.is_by_score() && stages.scoring.margin.is_none();
    let lowest = lot.lowest?;
    let limits = tests.iter().filter_map(|group| group_limit(group, lot, lowest, ceiling));
    let limit = limits.min_by_key(|limit| limit.price);
    let within = |price: UnitPrice| limit.as_ref().is_none_or(|limit| price <= limit.price);
    let runs_out = lot.each_bid().zip(&award.statuses).any(|((_, comparable, screened), status)| {
        *status == BidStatus::Lost
            && matches!(screened.standing, Standing::Ranked { .. })
            && comparable.comparable_price.is_some_and(within)
    });
    // Tied bids share the last place until a draw decides.
    let placed = lot.each_bid().zip(&award.statuses).filter(|((_, _, screened), status)| {
        screened.route == Route::Place && matches!(status, BidStatus::Won | BidStatus::Tied)
    });
    let last_place =
        placed.filter_map(|((_, bid, _), _)| bid.comparable_price).max().filter(|_| runs_out && by_price);
    let found = last_place.map(|price| CutOff { price, bases: vec![CutOffBasis::LastPlace] }).or(limit)?;
    // A guarantee lets bids win above that.
    let guaranteed = stages.guaranteed.as_ref().zip(ceiling).and_then(|(rule, ceiling)| {
        let price = ceiling.minus(ceiling.scaled(rule.rule.cut).ok()?).ok()?;
        Some(CutOff { price, bases: vec![CutOffBasis::RequiredCut(rule.rule.cut)] })
    });
    Some(guaranteed.filter(|line| line.price > found.price).unwrap_or(found))
}

/// The most that a group lets pass: any one of its tests suffices.
fn group_limit(
    group: &PriceTestGroup,
    lot: &ScreenedLot,
    lowest: UnitPrice,
    ceiling: Option<UnitPrice>,
) -> Option<CutOff> {
    let limits: Vec<(UnitPrice, CutOffBasis)> =
        group.tests.iter().filter_map(|test| test_limit(&test.rule, lot, lowest, ceiling)).collect();
    let price = limits.iter().map(|(price, _)| *price).max()?;
    Some(CutOff { price, bases: limits.into_iter().map(|(_, basis)| basis).collect() })
}

fn test_limit(
    test: &PriceTest,
    lot: &ScreenedLot,
    lowest: UnitPrice,
    ceiling: Option<UnitPrice>,
) -> Option<(UnitPrice, CutOffBasis)> {
    match test {
        PriceTest::WithinMultipleOfLowest(rule) => {
            let limit = lowest.scaled(rule.multiple).ok()?.rounded(rule.rounding).ok()?;
            Some((limit, CutOffBasis::Multiple(rule.multiple)))
        }
        PriceTest::WithinMultipleOfAnchor(rule) => {
            Some((rule.limit(lot.anchor?).ok()?, CutOffBasis::MultipleOfAnchor(rule.multiple)))
        }
        PriceTest::CutFromCeilingAtLeast(rule) => {
            let ceiling = ceiling?;
            let limit = ceiling.minus(ceiling.scaled(rule.cut).ok()?).ok()?;
            Some((limit, CutOffBasis::RequiredCut(rule.cut)))
        }
        PriceTest::CutWithFewBidders(rule) => {
            let ceiling = ceiling.filter(|_| lot.bidders <= rule.bidders)?;
            let limit = ceiling.minus(ceiling.scaled(rule.cut).ok()?).ok()?;
            Some((limit, CutOffBasis::RequiredCut(rule.cut)))
        }
        PriceTest::AtMostLine(rule) => {
            let stated = &lot.comparable.lot;
            let line = match rule.line {
                PriceLine::ClassA => stated.class_a_line,
                PriceLine::ClassB => stated.class_b_line,
            };
            line.map(|line| (line, CutOffBasis::Price(line)))
        }
        PriceTest::AtMost(rule) => Some((rule.price, CutOffBasis::Price(rule.price))),
        PriceTest::AtMostInGroup(rule) => {
            let concerned = lot.comparable.lot.group.as_ref() == Some(&rule.group);
            concerned.then_some((rule.price, CutOffBasis::Price(rule.price)))
        }
    }
}
