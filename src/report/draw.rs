//! What a draw that is still to be held can give.

use std::collections::BTreeSet;

use num_bigint::BigUint;

use super::figures::LotFigures;
use crate::certify::{Tie, TieDecides};
use crate::screen::Standing;

/// Most options that a report lists; above it, it gives their number.
const LISTED: u32 = 100;

/// The results that the draw on one tie can have.
pub(super) struct Options {
    /// How many draws are possible.
    pub count: BigUint,
    /// The results when they are few enough, as places in the lot's list of bids: the sets of winners of the lot, or,
    /// where only the order is drawn, the orders of the tied bids.
    pub listed: Option<Vec<Vec<usize>>>,
}

/// The results that the draw on `tie` can have.
pub(super) fn options(lot: &LotFigures<'_>, tie: &Tie) -> Options {
    match &tie.decides {
        TieDecides::Award { sets, complete } => {
            let listed = sets.iter().map(|set| sorted(set.iter().copied())).collect::<BTreeSet<_>>();
            Options {
                count: BigUint::from(listed.len()),
                listed: Some(listed.into_iter().collect())
                    .filter(|_| *complete && BigUint::from(sets.len()) <= LISTED.into()),
            }
        }
        TieDecides::Order => {
            let count = (1..=tie.bids.len()).fold(BigUint::from(1_u32), |count, factor| count * factor);
            let listed = (count <= LISTED.into()).then(|| orders(&tie.bids));
            Options { count, listed }
        }
        TieDecides::Places { places } => {
            let places = usize::try_from(*places).unwrap_or(usize::MAX);
            let count = ways(tie.bids.len(), places);
            let listed = (count <= LISTED.into()).then(|| {
                let sets = choices(&tie.bids, places).into_iter().map(|chosen| {
                    let win = chosen.into_iter().filter(|bid| may_win(lot, *bid));
                    sorted(lot.award.winners.iter().map(|winner| winner.bid).chain(win))
                });
                sets.collect::<BTreeSet<_>>().into_iter().collect()
            });
            Options { count, listed }
        }
    }
}

/// Whether a bid that is drawn wins; one that breaks a later rule takes its place and does not.
pub(super) fn may_win(lot: &LotFigures<'_>, bid: usize) -> bool {
    let standing = lot.screened.bids.get(bid).map(|bid| bid.standing);
    matches!(standing, Some(Standing::Ranked { fails: None, .. }))
}

fn sorted(bids: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut bids: Vec<usize> = bids.collect();
    bids.sort_unstable();
    bids
}

/// In how many ways `places` of `bids` can be drawn, by Pascal's rule.
fn ways(bids: usize, places: usize) -> BigUint {
    let mut row = vec![BigUint::from(1_u32)];
    for _ in 0..bids {
        let shifted = std::iter::once(BigUint::ZERO).chain(row.iter().cloned());
        let padded = row.iter().cloned().chain([BigUint::ZERO]);
        row = shifted.zip(padded).map(|(one, other)| one + other).collect();
    }
    row.get(places).cloned().unwrap_or_default()
}

/// Every way to draw `places` of `bids`, in the order of the list.
fn choices(bids: &[usize], places: usize) -> Vec<Vec<usize>> {
    let Some(fewer) = places.checked_sub(1) else { return vec![Vec::new()] };
    let Some((first, rest)) = bids.split_first() else { return Vec::new() };
    let with = choices(rest, fewer).into_iter().map(|chosen| [*first].into_iter().chain(chosen).collect());
    with.chain(choices(rest, places)).collect()
}

/// Every order of `bids`.
fn orders(bids: &[usize]) -> Vec<Vec<usize>> {
    if bids.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for first in bids {
        let rest: Vec<usize> = bids.iter().copied().filter(|bid| bid != first).collect();
        all.extend(
            orders(&rest).into_iter().map(|order| [*first].into_iter().chain(order).collect::<Vec<_>>()),
        );
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_counted_and_listed_alike() {
        for bids in 0..7_usize {
            let list: Vec<usize> = (10..).take(bids).collect();
            for places in 0..8_usize {
                assert_eq!(
                    BigUint::from(choices(&list, places).len()),
                    ways(bids, places),
                    "{bids} {places}"
                );
            }
        }
        assert_eq!(choices(&[4, 7, 9], 2), [[4, 7], [4, 9], [7, 9]]);
        assert_eq!(ways(60, 30).to_string(), "118264581564861424");
        assert_eq!(orders(&[1, 2, 3]).len(), 6);
        assert_eq!(orders(&[5, 2]), [[5, 2], [2, 5]]);
    }
}
