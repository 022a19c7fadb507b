//! The ladder of a certified award.

use std::collections::BTreeSet;

use super::cut_off::{CutOff, CutOffBasis, cut_off};
use super::finding::{LotFinding, SHARE_MODE, finding, whole};
use super::ladder::{Ladder, LadderBid, LadderLot, Mark, Millionths, Words};
use crate::allocate::{Allocation, LotAllocation};
use crate::certify::{BidStatus, CertifiedAward, LotAward, Winner};
use crate::compare::ComparableBid;
use crate::diagnostics::escape;
use crate::money::{Rounding, UnitPrice};
use crate::report::reading::{count, lot_name, percent, supplier_name, tender_title, unit, volume};
use crate::rules::RuleSet;
use crate::screen::{ScreenedLot, Standing};
use crate::tender::{Bid, Notice};
use crate::text::{Language, fill, text};

/// Decimals of a share of the scale.
const DIGITS: u32 = 6;

/// What a row of the ladder is made from.
pub(super) struct Rung<'a> {
    pub(super) lot: &'a ScreenedLot,
    pub(super) award: &'a LotAward,
    allocation: Option<&'a LotAllocation>,
    pub(super) scale: Option<Scale>,
    pub(super) cut_off: Option<CutOff>,
}

/// What stands for 100 %.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    pub(super) price: UnitPrice,
    pub(super) is_ceiling: bool,
}

/// The ladder of an award, in one language.
pub(super) fn ladder(award: &CertifiedAward, allocation: &Allocation, language: Language) -> Ladder {
    let mut rungs: Vec<Rung<'_>> = award
        .lots()
        .enumerate()
        .map(|(place, (lot, lot_award))| {
            Rung::new(&award.screened().rules, lot, lot_award, allocation.lots.get(place))
        })
        .collect();
    let found: Vec<LotFinding> = rungs.iter().map(Rung::finding).collect();
    // The deepest cut comes first; lots without a price come last. Equal ones keep the order of the award.
    rungs.sort_by_key(|rung| rung.lowest_share().unwrap_or(Millionths::MAX));
    let words = words(&rungs, &award.screened().notice.currency, language);
    let title = finding(&found, language);
    let subtitle = subtitle(&award.screened().notice, &rungs, language);
    let description = description(&title, subtitle.last(), &rungs, language);
    Ladder {
        notes: notes(award, &rungs, language),
        lots: rungs.iter().map(|rung| rung.row(award, language)).collect(),
        title,
        subtitle,
        description,
        words,
        language: language.code(),
    }
}

impl<'a> Rung<'a> {
    pub(super) fn new(
        rules: &RuleSet,
        lot: &'a ScreenedLot,
        award: &'a LotAward,
        allocation: Option<&'a LotAllocation>,
    ) -> Self {
        let scale = scale(lot, award);
        let ceiling = scale.filter(|scale| scale.is_ceiling).map(|scale| scale.price);
        Self { lot, award, allocation, scale, cut_off: cut_off(rules, lot, award, ceiling) }
    }

    /// Bids with a price, and what became of each.
    pub(super) fn priced(&self) -> impl Iterator<Item = (&'a Bid, UnitPrice, BidStatus)> {
        let statuses = &self.award.statuses;
        self.lot.each_bid().zip(statuses).filter_map(|((bid, comparable, _), status)| {
            comparable.comparable_price.map(|price| (bid, price, *status))
        })
    }

    /// The award prices of the winners, for the representative specification.
    pub(super) fn award_prices(&self) -> impl Iterator<Item = UnitPrice> {
        self.award.winners.iter().filter_map(|winner| self.award_price(winner))
    }

    fn award_price(&self, winner: &Winner) -> Option<UnitPrice> {
        winner.mean_price().or_else(|| self.lot.award_price(winner.bid))
    }

    /// The winners that accepted a lower price than they filed, each with that price; by bid.
    pub(super) fn lowered(&self) -> Vec<(&'a Bid, UnitPrice)> {
        let filed = |at: usize| self.lot.comparable.bids.get(at)?.comparable_price;
        let below = self.award.winners.iter().filter_map(|winner| {
            let price = self.lot.award_price(winner.bid)?;
            let bid = self.lot.comparable.lot.bids.get(winner.bid)?;
            filed(winner.bid).is_some_and(|filed| price < filed).then_some((bid, price))
        });
        let mut below: Vec<(&Bid, UnitPrice)> = below.collect();
        below.sort_by_key(|(bid, _)| &bid.id);
        below
    }

    pub(super) fn share(&self, price: UnitPrice) -> Option<Millionths> {
        let share = price.share_of(self.scale?.price, Rounding { digits: DIGITS, mode: SHARE_MODE })?;
        Some(
            share
                .in_steps(DIGITS)
                .and_then(|steps| Millionths::try_from(steps).ok())
                .unwrap_or(Millionths::MAX),
        )
    }

    fn lowest(&self) -> Option<UnitPrice> {
        let in_the_running = |status: BidStatus| status != BidStatus::Excluded;
        self.priced().filter(|(_, _, status)| in_the_running(*status)).map(|(_, price, _)| price).min()
    }

    fn lowest_share(&self) -> Option<Millionths> {
        self.share(self.lowest()?)
    }

    fn finding(&self) -> LotFinding {
        let won = || self.award_prices().filter_map(|price| self.share(price));
        LotFinding {
            outcome: self.award.outcome,
            winning: won().min().zip(won().max()),
            ceiling_known: self.scale.is_some_and(|scale| scale.is_ceiling),
        }
    }

    /// How far the lowest price lies below the ceiling, where that is known.
    pub(super) fn cut(&self) -> Option<String> {
        let ceiling = self.scale.filter(|scale| scale.is_ceiling)?.price;
        Some(percent(self.lowest()?.cut_from(ceiling, Rounding::half_up(DIGITS))?, 1))
    }

    fn row(&self, award: &CertifiedAward, language: Language) -> LadderLot {
        let mut bids: Vec<LadderBid> = self
            .priced()
            .filter_map(|(bid, price, status)| self.bid(award, bid, price, status, language))
            .collect();
        bids.sort_by_key(|bid| (bid.share, bid.mark));
        let scale_mark = if self.scale.is_some_and(|scale| !scale.is_ceiling) { "† " } else { "" };
        LadderLot {
            name: format!("{scale_mark}{}", lot_name(&self.lot.comparable.lot, language)),
            detail: self.detail(language),
            short_detail: self.agreed(language),
            bids,
            cut_off: self.cut_off.as_ref().and_then(|cut_off| self.share(cut_off.price)),
            cut: self.cut().unwrap_or_else(|| "—".to_owned()),
        }
    }

    fn bid(
        &self,
        award: &CertifiedAward,
        bid: &Bid,
        price: UnitPrice,
        status: BidStatus,
        language: Language,
    ) -> Option<LadderBid> {
        let scale = self.scale?.price;
        let mark = match status {
            BidStatus::Won => Mark::Won,
            BidStatus::Lost => Mark::Lost,
            BidStatus::Excluded => Mark::Excluded,
            BidStatus::Tied | BidStatus::Open => Mark::Tied,
        };
        let share = price.share_of(scale, Rounding::half_up(DIGITS)).map(|share| percent(share, 1));
        let screened = award.screened();
        let values = [
            ("supplier", &*supplier_name(&screened.suppliers, &bid.supplier_id, language)),
            ("price", &*price.to_string()),
            ("currency", &*unit(&screened.notice.currency, language)),
            ("percent", &*share.unwrap_or_default()),
            ("status", text(language, status_key(mark))),
        ];
        let label = fill(language, "report.chart.bid", &values);
        Some(LadderBid { share: self.share(price)?, above: price > scale, mark, label })
    }

    /// The agreed volume, or how the lot ended where there is none.
    fn agreed(&self, language: Language) -> String {
        match self.allocation.map(|lot| lot.agreed_volume).filter(|agreed| !agreed.is_zero()) {
            Some(agreed) => volume(agreed, language),
            None => text(language, &format!("report.outcome.{}", self.award.outcome.name())).to_owned(),
        }
    }

    fn detail(&self, language: Language) -> String {
        let agreed = self.agreed(language);
        match self.lot.comparable.lot.unit.as_deref().map(escape) {
            Some(unit) => fill(language, "report.chart.detail", &[("unit", &unit), ("volume", &agreed)]),
            None => agreed,
        }
    }
}

fn status_key(mark: Mark) -> &'static str {
    match mark {
        Mark::Won => "report.chart.won",
        Mark::Lost => "report.chart.lost",
        Mark::Tied => "report.chart.tied",
        Mark::Excluded => "report.chart.excluded",
    }
}

/// The ceiling where it is known: the lot's, or the one that all bids share. Else the highest bid that was ranked, or
/// the highest at all.
fn scale(lot: &ScreenedLot, award: &LotAward) -> Option<Scale> {
    let own: BTreeSet<UnitPrice> =
        lot.comparable.bids.iter().filter_map(|bid: &ComparableBid| bid.comparable_ceiling).collect();
    // A bid whose ceiling is unknown must not be drawn as if it lay above another's.
    let mut priced = lot.comparable.bids.iter().filter(|bid| bid.comparable_price.is_some());
    let all_known = priced.all(|bid| bid.comparable_ceiling.is_some());
    let common = own.first().filter(|_| own.len() == 1 && all_known).copied();
    if let Some(price) = lot.comparable.lot.ceiling_price.or(common).filter(|price| !price.is_zero()) {
        return Some(Scale { price, is_ceiling: true });
    }
    let prices = |ranked_only: bool| {
        lot.each_bid()
            .zip(&award.statuses)
            .filter(move |((_, _, screened), _)| {
                !ranked_only || matches!(screened.standing, Standing::Ranked { .. })
            })
            .filter_map(|((_, comparable, _), _)| comparable.comparable_price)
    };
    let price = prices(true).max().or_else(|| prices(false).max()).filter(|price| !price.is_zero())?;
    Some(Scale { price, is_ceiling: false })
}

fn any_ceiling(rungs: &[Rung<'_>]) -> bool {
    rungs.iter().any(|rung| rung.scale.is_some_and(|scale| scale.is_ceiling))
}

fn all_ceilings(rungs: &[Rung<'_>]) -> bool {
    rungs.iter().all(|rung| rung.scale.is_none_or(|scale| scale.is_ceiling))
}

fn words(rungs: &[Rung<'_>], currency: &str, language: Language) -> Words {
    let word = |key: &str| text(language, key).to_owned();
    let bases: BTreeSet<&CutOffBasis> =
        rungs.iter().filter_map(|rung| rung.cut_off.as_ref()).flat_map(|cut_off| &cut_off.bases).collect();
    let parts: Vec<String> = bases.into_iter().map(|basis| basis.in_words(currency, language)).collect();
    let parts = parts.join(text(language, "report.chart.or"));
    let end = if any_ceiling(rungs) { "report.chart.end_ceiling" } else { "report.chart.end_highest" };
    let above = if all_ceilings(rungs) { "report.chart.above_ceiling" } else { "report.chart.above_whole" };
    Words {
        won: word("report.chart.won"),
        lost: word("report.chart.lost"),
        tied: word("report.chart.tied"),
        excluded: word("report.chart.excluded"),
        cut_off: fill(language, "report.chart.cut_off", &[("parts", &parts)]),
        whole: word(end),
        above: word(above),
        detail: word("report.chart.detail_head"),
        cut: word("report.chart.cut"),
    }
}

fn subtitle(notice: &Notice, rungs: &[Rung<'_>], language: Language) -> Vec<String> {
    let illustrative =
        notice.is_illustrative().then(|| text(language, "report.chart.illustrative").to_owned());
    let bids: usize = rungs.iter().map(|rung| rung.priced().count()).sum();
    let values = [
        ("whole", whole(any_ceiling(rungs), language)),
        ("lots", &*count(rungs.len())),
        ("bids", &*count(bids)),
    ];
    [Some(tender_title(notice, language)), Some(fill(language, "report.chart.subtitle", &values))]
        .into_iter()
        .chain([illustrative])
        .flatten()
        .collect()
}

fn notes(award: &CertifiedAward, rungs: &[Rung<'_>], language: Language) -> Vec<String> {
    let notice = &award.screened().notice;
    let rules = escape(&notice.rules);
    let source = match &notice.source {
        Some(source) => {
            let source = source.trim_end_matches(['.', '。']);
            fill(language, "report.chart.source", &[("source", &escape(source)), ("rules", &rules)])
        }
        None => fill(language, "report.chart.no_source", &[("rules", &rules)]),
    };
    let bids: usize = rungs.iter().map(|rung| rung.lot.bids.len()).sum();
    let drawn: usize = rungs.iter().map(|rung| rung.priced().count()).sum();
    let unpriced = bids.saturating_sub(drawn);
    let unknown = (!all_ceilings(rungs)).then(|| text(language, "report.chart.unknown_ceiling").to_owned());
    let unpriced =
        (unpriced > 0).then(|| fill(language, "report.chart.unpriced", &[("count", &count(unpriced))]));
    let lowered: usize = rungs.iter().map(|rung| rung.lowered().len()).sum();
    let lowered =
        (lowered > 0).then(|| fill(language, "report.chart.lowered", &[("count", &count(lowered))]));
    unknown.into_iter().chain(unpriced).chain(lowered).chain([source]).collect()
}

/// The drawing in words: the finding, the measure, and one sentence a lot.
fn description(title: &str, subtitle: Option<&String>, rungs: &[Rung<'_>], language: Language) -> String {
    let lots: Vec<String> = rungs
        .iter()
        .map(|rung| {
            let winners = rung.award.winners.len().to_string();
            let cut = rung.cut();
            let key = match cut {
                Some(_) => "report.chart.description_lot",
                None => "report.chart.description_lot_unknown",
            };
            let values = [
                ("name", &*lot_name(&rung.lot.comparable.lot, language)),
                ("bids", &*rung.priced().count().to_string()),
                ("winners", &*winners),
                ("cut", cut.as_deref().unwrap_or("")),
            ];
            fill(language, key, &values)
        })
        .collect();
    let separator = if language == Language::English { " " } else { "" };
    let values = [
        ("title", title),
        ("subtitle", subtitle.map_or("", String::as_str)),
        ("lots", &*lots.join(separator)),
    ];
    fill(language, "report.chart.description", &values)
}
