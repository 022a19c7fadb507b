//! Whether a least-cost award leaves open how much each winner gets.
//!
//! The winners can be certain and their volumes not: two winners at the same price may share in any way that their
//! capacities allow. That must be seen, so that no order of names or rows settles it unnoticed.

use super::CertifyFaultKind;
use crate::model::whole::{add, sub};
use crate::model::{CoreLot, Proposal};

/// A winner with its deliveries.
struct Winner<'a> {
    bid_id: &'a str,
    price: &'a [Option<i128>],
    delivers: Vec<i128>,
    can_give: bool,
    can_take: bool,
}

/// The winners whose volume could be another at the same cost, by bid id.
///
/// A step can wander from winner to winner: one gives up a step in a region where it delivers, the next takes it over and
/// gives up one elsewhere, and so on. Volumes are open where such a chain costs nothing and both its ends may change.
pub(super) fn open(lot: &CoreLot, award: &Proposal) -> Result<Vec<String>, CertifyFaultKind> {
    let winners = winners(lot, award)?;
    let mut cost = Vec::new();
    for from in &winners {
        cost.push(winners.iter().map(|to| hand_over(from, to)).collect::<Result<Vec<_>, _>>()?);
    }
    shortest_chains(&mut cost)?;
    let mut open = vec![false; winners.len()];
    for (i, from) in winners.iter().enumerate() {
        for (j, to) in winners.iter().enumerate() {
            let free = cost.get(i).and_then(|row| row.get(j)) == Some(&Some(0));
            if i != j && free && from.can_give && to.can_take {
                for at in [i, j] {
                    open.get_mut(at).into_iter().for_each(|place| *place = true);
                }
            }
        }
    }
    let ids = winners.iter().zip(open).filter(|(_, open)| *open);
    Ok(ids.map(|(winner, _)| winner.bid_id.to_owned()).collect())
}

fn winners<'a>(lot: &'a CoreLot, award: &Proposal) -> Result<Vec<Winner<'a>>, CertifyFaultKind> {
    let layout = lot.layout();
    let value = |column: usize| award.values.get(column).copied().unwrap_or(0);
    let mut winners = Vec::new();
    for (b, (bidder, columns)) in lot.bidders.iter().zip(&layout.delivers).enumerate() {
        if value(b) == 1 {
            let delivers: Vec<i128> = columns.iter().map(|column| column.map_or(0, value)).collect();
            let total = delivers.iter().try_fold(0, |total, volume| add(total, *volume))?;
            winners.push(Winner {
                bid_id: &bidder.bid_id,
                price: &bidder.price,
                delivers,
                can_give: total > bidder.least(),
                can_take: total < lot.most(bidder)?,
            });
        }
    }
    Ok(winners)
}

/// What it costs at least when one winner hands a step over to another; `None` when there is no region for it.
fn hand_over(from: &Winner, to: &Winner) -> Result<Option<i128>, CertifyFaultKind> {
    let mut least: Option<i128> = None;
    for ((volume, old), new) in from.delivers.iter().zip(from.price).zip(to.price) {
        if let (1.., Some(old), Some(new)) = (*volume, old, new) {
            let cost = sub(*new, *old)?;
            least = Some(least.map_or(cost, |least| least.min(cost)));
        }
    }
    Ok(least)
}

/// The cheapest chain between each two winners (Floyd 1962, Warshall 1962).
fn shortest_chains(cost: &mut [Vec<Option<i128>>]) -> Result<(), CertifyFaultKind> {
    for through in 0..cost.len() {
        let onward = cost.get(through).cloned().unwrap_or_default();
        for row in &mut *cost {
            let Some(first) = row.get(through).copied().flatten() else { continue };
            for (place, second) in row.iter_mut().zip(&onward) {
                if let Some(second) = second {
                    let chain = add(first, *second)?;
                    *place = Some(place.map_or(chain, |known| known.min(chain)));
                }
            }
        }
    }
    Ok(())
}
