//! Our winners beside the published ones.

use std::collections::BTreeSet;

use super::draw::may_win;
use super::figures::LotFigures;
use crate::certify::{BidStatus, TieDecides};
use crate::screen::{ScreenedBid, Standing};
use crate::tender::{BidId, LotId, Outcome, Reason, SupplierId, Verdict};

/// Our winners beside those of `expected.csv`, for the lots that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The lots with a published result, by id.
    pub lots: Vec<PublishedLot>,
}

/// One lot beside its published result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedLot {
    /// The lot.
    pub lot_id: LotId,
    /// Whether the winners are the same.
    pub agreement: Agreement,
    /// Suppliers on which the two differ, by id; empty when they agree.
    pub differences: Vec<Difference>,
}

/// Whether our winners are the published ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// The same winners.
    Agrees,
    /// A draw is needed, and the published winners are one of its possible results.
    OptionOfDraw,
    /// Other winners.
    Differs,
}

impl Agreement {
    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::OptionOfDraw => "option_of_draw",
            Self::Differs => "differs",
        }
    }
}

/// A supplier on which our result and the published one differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Who.
    pub supplier_id: SupplierId,
    /// Its bid; `None` when it has none on this lot.
    pub bid_id: Option<BidId>,
    /// Whether it is a published winner.
    pub published_winner: bool,
    /// What became of its bid here.
    pub status: Option<BidStatus>,
    /// The step that decided it here.
    pub reason: Option<Reason>,
}

impl Published {
    /// Lots with the same winners.
    pub fn agree(&self) -> usize {
        self.count(Agreement::Agrees)
    }

    /// Lots that need a draw of which the published winners are a possible result.
    pub fn options_of_draws(&self) -> usize {
        self.count(Agreement::OptionOfDraw)
    }

    /// Lots with other winners.
    pub fn differ(&self) -> usize {
        self.count(Agreement::Differs)
    }

    fn count(&self, agreement: Agreement) -> usize {
        self.lots.iter().filter(|lot| lot.agreement == agreement).count()
    }
}

/// Our winners beside the published ones; `None` when the tender states no published result.
pub(super) fn compare(lots: &[LotFigures<'_>]) -> Option<Published> {
    let lots: Vec<PublishedLot> = lots.iter().filter_map(compare_lot).collect();
    (!lots.is_empty()).then_some(Published { lots })
}

fn compare_lot(lot: &LotFigures<'_>) -> Option<PublishedLot> {
    let expected: BTreeSet<&SupplierId> = lot.lot().expected.as_ref()?.iter().collect();
    let certain = suppliers(lot, lot.award.winners.iter().map(|winner| winner.bid));
    let agreement = if draws_winners(lot) {
        if is_option(lot, &expected, &certain) { Agreement::OptionOfDraw } else { Agreement::Differs }
    } else if expected == certain {
        Agreement::Agrees
    } else {
        Agreement::Differs
    };
    let differences = match agreement {
        Agreement::Differs => differences(lot, &expected, &certain),
        Agreement::Agrees | Agreement::OptionOfDraw => Vec::new(),
    };
    Some(PublishedLot { lot_id: lot.lot().id.clone(), agreement, differences })
}

fn suppliers<'a>(lot: &LotFigures<'a>, bids: impl Iterator<Item = usize>) -> BTreeSet<&'a SupplierId> {
    bids.filter_map(|bid| Some(&lot.bid(bid)?.0.supplier_id)).collect()
}

/// Whether a draw that is still to be held decides who wins, and not only who picks first.
fn draws_winners(lot: &LotFigures<'_>) -> bool {
    lot.award.outcome == Outcome::DrawRequired
        && lot.award.ties.iter().any(|tie| tie.decides != TieDecides::Order)
}

/// Whether the draws can give exactly the winners `expected`.
fn is_option(
    lot: &LotFigures<'_>,
    expected: &BTreeSet<&SupplierId>,
    certain: &BTreeSet<&SupplierId>,
) -> bool {
    let mut drawn: BTreeSet<&SupplierId> = expected.difference(certain).copied().collect();
    let mut possible = certain.is_subset(expected);
    for tie in &lot.award.ties {
        match &tie.decides {
            TieDecides::Order => {}
            TieDecides::Award { sets, .. } => {
                possible &= sets.iter().any(|set| suppliers(lot, set.iter().copied()) == *expected);
                drawn.clear();
            }
            TieDecides::Places { places } => {
                let able = suppliers(lot, tie.bids.iter().copied().filter(|bid| may_win(lot, *bid)));
                let places = usize::try_from(*places).unwrap_or(usize::MAX);
                let here = able.iter().filter(|supplier| drawn.contains(*supplier)).count();
                // Places that no winner takes must have gone to tied bids that cannot win.
                let unable = tie.bids.len().saturating_sub(able.len());
                possible &= here <= places && places.saturating_sub(here) <= unable;
                drawn.retain(|supplier| !able.contains(*supplier));
            }
        }
    }
    possible && drawn.is_empty()
}

fn differences(
    lot: &LotFigures<'_>,
    expected: &BTreeSet<&SupplierId>,
    certain: &BTreeSet<&SupplierId>,
) -> Vec<Difference> {
    let open = suppliers(lot, (0..lot.award.statuses.len()).filter(|bid| is_tied(lot, *bid)));
    let sure: BTreeSet<&SupplierId> =
        expected.symmetric_difference(certain).copied().filter(|supplier| !open.contains(supplier)).collect();
    // Everybody is possible, only not all together: the tied are what differs.
    let differ = if sure.is_empty() { open } else { sure };
    differ.into_iter().map(|supplier| difference(lot, supplier, expected.contains(supplier))).collect()
}

fn is_tied(lot: &LotFigures<'_>, bid: usize) -> bool {
    lot.award.statuses.get(bid) == Some(&BidStatus::Tied)
}

fn difference(lot: &LotFigures<'_>, supplier: &SupplierId, published_winner: bool) -> Difference {
    let bids = lot.screened.each_bid().zip(&lot.award.statuses);
    // Of several bids of one supplier the one that came furthest.
    let best =
        bids.filter(|((bid, ..), _)| bid.supplier_id == *supplier).min_by_key(|(_, status)| match status {
            BidStatus::Won => 0,
            BidStatus::Tied | BidStatus::Open => 1,
            BidStatus::Lost => 2,
            BidStatus::Excluded => 3,
        });
    Difference {
        supplier_id: supplier.clone(),
        bid_id: best.as_ref().map(|((bid, ..), _)| bid.id.clone()),
        published_winner,
        status: best.as_ref().map(|(_, status)| **status),
        reason: best.and_then(|((_, _, screened), status)| deciding(screened, *status)).cloned(),
    }
}

/// The step that decided a bid: of one that does not win the rule that bars it, else the last that it fails; of a winner
/// the last that it keeps; of a tied bid the last that a draw must settle.
pub(super) fn deciding(bid: &ScreenedBid, status: BidStatus) -> Option<&Reason> {
    let bars = match bid.standing {
        Standing::Excluded { rule } => Some(rule),
        Standing::Ranked { fails, .. } => fails,
    };
    let says = match status {
        BidStatus::Won => Verdict::Pass,
        BidStatus::Tied | BidStatus::Open => Verdict::NotApplicable,
        BidStatus::Lost | BidStatus::Excluded => Verdict::Fail,
    };
    let mut saying = bid.reasons.iter().rev().filter(|reason| reason.verdict == says);
    let last = saying.clone().next();
    saying.find(|reason| Some(reason.rule) == bars).or(last).or_else(|| bid.reasons.last())
}

#[cfg(test)]
#[path = "published_tests.rs"]
mod tests;
