//! Lots decided by rank, by walking the order: class after class takes places until there are none left.

use std::collections::BTreeMap;

use super::EngineFaultKind;
use crate::model::{Claim, LotCandidate, Proof, Proposal, RankedLot, Tie};

/// Shortlists class by class. The class that does not fit whole is a tie, if it decides who wins.
pub(super) fn walk(lot: &RankedLot) -> Result<LotCandidate, EngineFaultKind> {
    let mut classes: BTreeMap<(usize, u32), Vec<usize>> = BTreeMap::new();
    for (b, candidate) in lot.candidates.iter().enumerate() {
        if candidate.shortlist_barred_by.is_none() {
            classes.entry((candidate.unit, candidate.order_class)).or_default().push(b);
        }
    }
    let places = lot.places.iter().map(|places| usize::try_from(*places));
    let mut left = places.collect::<Result<Vec<_>, _>>().map_err(|_| EngineFaultKind::TooLarge)?;
    let mut shortlist: Vec<usize> = Vec::new();
    let mut tie = None;
    for ((unit, _), class) in classes {
        let Some(left) = left.get_mut(unit) else { continue };
        let open = *left;
        if open > 0 && open < class.len() && class.iter().any(|&b| passes(lot, b)) {
            let ids = class.iter().filter_map(|&b| lot.candidates.get(b)).map(|c| c.bid_id.clone());
            let places = u32::try_from(open).map_err(|_| EngineFaultKind::TooLarge)?;
            // Of several units with a tie the first is stated; the certificate finds the others.
            tie = tie.or(Some(Tie { tied: ids.collect(), places }));
        }
        *left = open.saturating_sub(class.len());
        shortlist.extend(class.into_iter().take(open));
    }
    let best = Some(proposal(lot, &shortlist)?);
    let lot_id = lot.lot_id.clone();
    // No proof is needed beside the award: the places, or the number of bids, bound the shortlist.
    Ok(LotCandidate { lot_id, claim: Claim::Optimal, best, others: Vec::new(), tie, proof: Proof::default() })
}

fn passes(lot: &RankedLot, b: usize) -> bool {
    lot.candidates.get(b).is_some_and(|c| c.win_barred_by.is_none())
}

/// The values of all columns for a shortlist.
fn proposal(lot: &RankedLot, shortlist: &[usize]) -> Result<Proposal, EngineFaultKind> {
    let layout = lot.layout();
    let mut values = vec![0; layout.columns()];
    let mut set = |column: usize, value: i128| {
        if let Some(place) = values.get_mut(column) {
            *place = value;
        }
    };
    for &b in shortlist {
        set(layout.shortlisted(b), 1);
        set(layout.wins(b), i128::from(passes(lot, b)));
    }
    let mut winners = shortlist.iter().filter(|&&b| passes(lot, b)).count();
    for (b, candidate) in lot.candidates.iter().enumerate() {
        if let Some(without) = &candidate.without_place {
            set(layout.wins(b), 1);
            winners = winners.saturating_add(usize::from(without.counts));
        }
    }
    set(layout.winners_are(winners), 1);
    set(layout.agreed(), lot.agreed_volume(winners).ok_or(EngineFaultKind::TooLarge)?);
    let objective = i128::try_from(shortlist.len()).map_err(|_| EngineFaultKind::TooLarge)?;
    Ok(Proposal { values, objective })
}
