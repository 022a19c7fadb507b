//! The smallest set of things that cannot hold together.
//!
//! First things are left out one after the other while there is still no award (deletion filter; Chinneck and Dravnieks,
//! "Locating minimal infeasible constraint sets in linear programs", ORSA Journal on Computing 3, 1991). What is left is in
//! conflict and none of it can be spared, but another set may have fewer. Where the things are few, the smallest set is
//! found as the smallest that meets every set of things whose leaving out allows an award (Ignatiev, Previti, Liffiton and
//! Marques-Silva, "Smallest MUS extraction with minimal hitting set dualization", CP 2015). Of several smallest sets it is
//! the one whose things come first in the order given.

use std::collections::BTreeSet;

use super::trial::Trial;
use crate::model::Told;

/// More things than this are not searched for the smallest set.
const MOST_THINGS: usize = 26;

/// Rounds in which the smallest set is looked for.
const MOST_ROUNDS: usize = 120;

/// Sets that are looked at for the smallest one that meets all others.
const MOST_SETS: usize = 20_000;

/// What of `count` things cannot hold together, as places, when `trial` says of sets of things whether there is an award
/// that keeps them; all of them together allow none.
pub(super) fn smallest(count: usize, trial: &dyn Fn(&BTreeSet<usize>) -> Trial) -> (BTreeSet<usize>, Told) {
    let all: BTreeSet<usize> = (0..count).collect();
    let places: Vec<usize> = (0..count).rev().collect();
    let (found, told) = reduced(all.clone(), &places, trial);
    if count > MOST_THINGS || found.len() <= 1 || told == Told::InConflict {
        let told = if found.len() <= 1 && told == Told::Irreducible { Told::Smallest } else { told };
        return (found, told);
    }
    match by_meeting(&all, trial).filter(|fewest| fewest.len() <= found.len()) {
        // What leaves more room may also close it, where a limit counts both ways: what was found must stand by itself.
        Some(fewest) => match reduced(fewest.clone(), &places, trial) {
            (stands, Told::Irreducible) if stands == fewest => (fewest, Told::Smallest),
            _ => (found, told),
        },
        None => (found, told),
    }
}

/// What is left when everything is left out, in this order, that can be; again and again, until nothing more can. Many at
/// once as long as that goes well, fewer where it does not (Junker, "QuickXplain", AAAI 2004).
pub(super) fn reduced(
    start: BTreeSet<usize>,
    order: &[usize],
    trial: &dyn Fn(&BTreeSet<usize>) -> Trial,
) -> (BTreeSet<usize>, Told) {
    let mut kept = start;
    loop {
        let (before, mut told) = (kept.len(), Told::Irreducible);
        let mut open: &[usize] = &order.iter().copied().filter(|at| kept.contains(at)).collect::<Vec<_>>();
        let mut count = open.len().div_euclid(PARTS).max(1);
        while !open.is_empty() {
            let (some, rest) = open.split_at(count.min(open.len()));
            let fewer: BTreeSet<usize> = kept.iter().copied().filter(|at| !some.contains(at)).collect();
            match trial(&fewer) {
                Trial::Closed => {
                    kept = fewer;
                    open = rest;
                    count = count.saturating_mul(2);
                }
                _ if some.len() > 1 => count = some.len().div_euclid(2),
                found => {
                    if found == Trial::Unknown {
                        told = Told::InConflict;
                    }
                    open = rest;
                }
            }
        }
        if kept.len() == before {
            return (kept, told);
        }
    }
}

/// The first part that is left out at once is one of so many.
const PARTS: usize = 8;

/// The smallest set without an award, when it is found.
fn by_meeting(all: &BTreeSet<usize>, trial: &dyn Fn(&BTreeSet<usize>) -> Trial) -> Option<BTreeSet<usize>> {
    let mut ways: Vec<BTreeSet<usize>> = Vec::new();
    for _ in 0..MOST_ROUNDS {
        let meets = smallest_meeting(&ways)?;
        match trial(&meets) {
            Trial::Closed => return Some(meets),
            Trial::Unknown => return None,
            Trial::Open => {}
        }
        let mut grown = meets;
        for at in all {
            let mut more = grown.clone();
            if more.insert(*at) && trial(&more) == Trial::Open {
                grown = more;
            }
        }
        ways.push(all.difference(&grown).copied().collect());
    }
    None
}

/// The smallest set that has something in common with each of these sets; of several the first in order.
fn smallest_meeting(sets: &[BTreeSet<usize>]) -> Option<BTreeSet<usize>> {
    let mut looked_at = 0;
    for size in 0..=sets.len() {
        let mut best = None;
        extend(sets, &mut Vec::new(), size, &mut best, &mut looked_at)?;
        if best.is_some() {
            return best;
        }
    }
    None
}

/// Adds things to a set until it meets all sets; `None` when too many were looked at.
fn extend(
    sets: &[BTreeSet<usize>],
    chosen: &mut Vec<usize>,
    size: usize,
    best: &mut Option<BTreeSet<usize>>,
    looked_at: &mut usize,
) -> Option<()> {
    *looked_at = looked_at.saturating_add(1);
    if *looked_at > MOST_SETS {
        return None;
    }
    let Some(missed) = sets.iter().find(|set| !chosen.iter().any(|own| set.contains(own))) else {
        let found: BTreeSet<usize> = chosen.iter().copied().collect();
        let before = |best: &BTreeSet<usize>| found.iter().lt(best.iter());
        if best.as_ref().is_none_or(before) {
            *best = Some(found);
        }
        return Some(());
    };
    if chosen.len() < size {
        for at in missed {
            chosen.push(*at);
            extend(sets, chosen, size, best, looked_at)?;
            chosen.pop();
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(count: usize, conflicts: &[&[usize]]) -> (Vec<usize>, Told) {
        let trial = |kept: &BTreeSet<usize>| {
            let closed = conflicts.iter().any(|own| own.iter().all(|at| kept.contains(at)));
            if closed { Trial::Closed } else { Trial::Open }
        };
        let (found, told) = smallest(count, &trial);
        (found.into_iter().collect(), told)
    }

    #[test]
    fn the_set_with_the_fewest_things_is_found_and_of_several_the_first() {
        assert_eq!(found(6, &[&[0, 1, 2], &[3, 5], &[2, 4, 5]]), (vec![3, 5], Told::Smallest));
        assert_eq!(found(6, &[&[1, 5], &[0, 4], &[0, 3]]), (vec![0, 3], Told::Smallest));
        assert_eq!(found(4, &[&[2]]), (vec![2], Told::Smallest));
        assert_eq!(found(3, &[&[]]), (Vec::new(), Told::Smallest));
    }

    #[test]
    fn of_many_things_a_set_is_found_that_cannot_be_reduced() {
        let (found, told) = found(40, &[&[0, 1, 2], &[30, 35]]);
        assert_eq!((found.len(), told), (3, Told::Irreducible));
    }

    #[test]
    fn what_is_not_known_is_said() {
        let trial = |kept: &BTreeSet<usize>| match (kept.contains(&0), kept.contains(&1)) {
            (true, true) => Trial::Closed,
            (true, false) => Trial::Unknown,
            _ => Trial::Open,
        };
        let (found, told) = smallest(3, &trial);
        assert_eq!((found, told), (BTreeSet::from([0, 1]), Told::InConflict));
    }
}
