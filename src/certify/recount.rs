//! The recount of a ranked lot, bid by bid: how many are better, how many are level.

use super::CertifyFaultKind;
use crate::model::{Proposal, RankedCandidate, RankedLot, Tie};

/// Where a bid stands.
#[derive(PartialEq)]
enum Place {
    /// On the shortlist.
    On,
    /// Not on the shortlist.
    Off,
    /// Level with others at the edge; so many places are left for them.
    Edge(usize),
}

/// Checks each bid's place and win against the order and the screens. Returns the tie that a draw must settle, if there
/// is one: bids level at the edge of the shortlist, at least one of which would win.
pub(super) fn check(lot: &RankedLot, award: &Proposal) -> Result<Option<Tie>, CertifyFaultKind> {
    let layout = lot.layout();
    let value = |column: usize| award.values.get(column).copied();
    let places = usize::try_from(lot.places).map_err(|_| CertifyFaultKind::TooLarge)?;
    let mut edge: Vec<&RankedCandidate> = Vec::new();
    let (mut left, mut taken, mut winners) = (0, 0, 0_usize);
    for (b, candidate) in lot.candidates.iter().enumerate() {
        let on = value(layout.shortlisted(b)) == Some(1);
        match place(lot, candidate, places) {
            Place::Edge(open) => {
                left = open;
                taken = usize::saturating_add(taken, usize::from(on));
                edge.push(candidate);
            }
            certain => {
                if on != (certain == Place::On) {
                    return Err(CertifyFaultKind::Recount(candidate.bid_id.clone()));
                }
            }
        }
        // Who wins without a place must be off the shortlist.
        if on && candidate.without_place.is_some() {
            return Err(CertifyFaultKind::Recount(candidate.bid_id.clone()));
        }
        let wins = (on && candidate.win_barred_by.is_none()) || candidate.without_place.is_some();
        if value(layout.wins(b)) != Some(i128::from(wins)) {
            return Err(CertifyFaultKind::Recount(candidate.bid_id.clone()));
        }
        let counts = candidate.without_place.as_ref().is_none_or(|without| without.counts);
        winners = winners.saturating_add(usize::from(wins && counts));
    }
    if taken != left {
        return Err(CertifyFaultKind::Tie);
    }
    if value(layout.agreed()) != lot.agreed_volume(winners) {
        return Err(CertifyFaultKind::Recount("agreed-volume".to_owned()));
    }
    if edge.iter().all(|c| c.win_barred_by.is_some()) {
        return Ok(None);
    }
    let places = u32::try_from(left).map_err(|_| CertifyFaultKind::TooLarge)?;
    Ok(Some(Tie { tied: edge.into_iter().map(|c| c.bid_id.clone()).collect(), places }))
}

fn place(lot: &RankedLot, candidate: &RankedCandidate, places: usize) -> Place {
    if candidate.shortlist_barred_by.is_some() {
        return Place::Off;
    }
    let open = || lot.candidates.iter().filter(|c| c.shortlist_barred_by.is_none());
    let better = open().filter(|c| c.order_class < candidate.order_class).count();
    let level = open().filter(|c| c.order_class == candidate.order_class).count();
    match places.checked_sub(better) {
        None | Some(0) => Place::Off,
        Some(left) if level <= left => Place::On,
        Some(left) => Place::Edge(left),
    }
}
