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

/// Checks each bid's place and win against the order and the screens. Returns the ties that a draw must settle, one for a
/// bidding unit at most: bids level at the edge of the shortlist, at least one of which would win.
pub(super) fn check(lot: &RankedLot, award: &Proposal) -> Result<Vec<Tie>, CertifyFaultKind> {
    let layout = lot.layout();
    let value = |column: usize| award.values.get(column).copied();
    let mut edges: Vec<Edge> = lot.places.iter().map(|_| Edge::default()).collect();
    let mut winners = 0_usize;
    for (b, candidate) in lot.candidates.iter().enumerate() {
        let on = value(layout.shortlisted(b)) == Some(1);
        let edge = edges.get_mut(candidate.unit).ok_or(CertifyFaultKind::Columns)?;
        match place(lot, candidate)? {
            Place::Edge(open) => {
                edge.left = open;
                edge.taken = edge.taken.saturating_add(usize::from(on));
                edge.bids.push(candidate);
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
    if edges.iter().any(|edge| edge.taken != edge.left) {
        return Err(CertifyFaultKind::Tie);
    }
    if value(layout.agreed()) != lot.agreed_volume(winners) {
        return Err(CertifyFaultKind::Recount("agreed-volume".to_owned()));
    }
    let decides = |edge: &Edge| edge.bids.iter().any(|c| c.win_barred_by.is_none());
    edges.into_iter().filter(decides).map(Edge::into_tie).collect()
}

/// The bids at the edge of a unit's shortlist.
#[derive(Default)]
struct Edge<'a> {
    bids: Vec<&'a RankedCandidate>,
    /// Places left for them.
    left: usize,
    /// How many of them the award shortlists.
    taken: usize,
}

impl Edge<'_> {
    fn into_tie(self) -> Result<Tie, CertifyFaultKind> {
        let places = u32::try_from(self.left).map_err(|_| CertifyFaultKind::TooLarge)?;
        Ok(Tie { tied: self.bids.into_iter().map(|c| c.bid_id.clone()).collect(), places })
    }
}

fn place(lot: &RankedLot, candidate: &RankedCandidate) -> Result<Place, CertifyFaultKind> {
    if candidate.shortlist_barred_by.is_some() {
        return Ok(Place::Off);
    }
    let places = lot.places.get(candidate.unit).copied().unwrap_or(0);
    let places = usize::try_from(places).map_err(|_| CertifyFaultKind::TooLarge)?;
    let rivals = |c: &&RankedCandidate| c.unit == candidate.unit && c.shortlist_barred_by.is_none();
    let open = || lot.candidates.iter().filter(rivals);
    let better = open().filter(|c| c.order_class < candidate.order_class).count();
    let level = open().filter(|c| c.order_class == candidate.order_class).count();
    Ok(match places.checked_sub(better) {
        None | Some(0) => Place::Off,
        Some(left) if level <= left => Place::On,
        Some(left) => Place::Edge(left),
    })
}
