//! The region draft: a simulated one, and what spending any draft can lead to.

use std::cmp::Reverse;

use super::SpendingRange;
use crate::money::{Inexact, Money, Quantity, UnitPrice};

/// Which winner serves each region when every pick takes the largest region that is left; `None` where no turn is left.
///
/// `turns` names the winner at each turn, by rank from 0. Regions of equal volume are taken in the order given, which is
/// that of their names: it tells regions apart, not bidders. Real winners choose otherwise, so the result is an
/// assumption wherever it is shown.
pub(super) fn simulate(turns: &[usize], volumes: &[Quantity]) -> Vec<Option<usize>> {
    let mut by_size: Vec<(usize, Quantity)> = volumes.iter().copied().enumerate().collect();
    by_size.sort_by_key(|(_, volume)| Reverse(*volume));
    let mut served = vec![None; volumes.len()];
    for ((region, _), winner) in by_size.iter().zip(turns) {
        if let Some(place) = served.get_mut(*region) {
            *place = Some(*winner);
        }
    }
    served
}

/// How many regions each of `winners` picks.
pub(super) fn counts(turns: &[usize], winners: usize) -> Vec<usize> {
    (0..winners).map(|winner| turns.iter().filter(|turn| **turn == winner).count()).collect()
}

/// Least and greatest spending over all drafts with these turns, for the agreed `volumes` of the regions picked and the
/// `prices` of the winners by rank.
///
/// The turns fix how many regions each winner gets. Any assignment of regions with these counts can happen: let every
/// winner take, at its turns, the regions that the assignment gives it; nobody else wants them, so each is still there.
/// Write every winner's price once for each of its regions; a draft then pairs the prices with the volumes, one to one,
/// and every pairing is a draft. By the rearrangement inequality (Hardy, Littlewood and Pólya, "Inequalities", §10.2) the
/// sum of the products is greatest when both are sorted the same way and least when they are sorted in opposite ways.
///
/// # Errors
/// [`Inexact`] when a number needs more than 28 digits, or a turn names no winner.
pub(super) fn spending_range(
    turns: &[usize],
    prices: &[UnitPrice],
    volumes: &[Quantity],
) -> Result<SpendingRange, Inexact> {
    let mut paid: Vec<UnitPrice> =
        turns.iter().map(|winner| prices.get(*winner).copied().ok_or(Inexact)).collect::<Result<_, _>>()?;
    paid.sort();
    let mut volumes = volumes.to_vec();
    volumes.sort();
    let greatest = spending(paid.iter().zip(&volumes))?;
    let least = spending(paid.iter().rev().zip(&volumes))?;
    Ok(SpendingRange { least, greatest })
}

fn spending<'a>(pairs: impl Iterator<Item = (&'a UnitPrice, &'a Quantity)>) -> Result<Money, Inexact> {
    let values = pairs.map(|(price, volume)| price.times(*volume)).collect::<Result<Vec<_>, _>>()?;
    Money::total(values)
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, reason = "small numbers of a test")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn volumes<const N: usize>(texts: [&str; N]) -> Vec<Quantity> {
        texts.iter().map(|text| Quantity::parse(text).unwrap()).collect()
    }

    fn prices<const N: usize>(texts: [&str; N]) -> Vec<UnitPrice> {
        texts.iter().map(|text| UnitPrice::parse(text).unwrap()).collect()
    }

    /// One priority pick for rank 1, then all in turn.
    fn turns(winners: usize, regions: usize) -> Vec<usize> {
        std::iter::once(0).chain((0..winners).cycle()).take(regions).collect()
    }

    #[test]
    fn the_worked_example_goes_by_size_with_one_priority_pick() {
        let regions = volumes(["1200", "900", "800", "600", "500", "300", "200"]);
        let served: Vec<usize> = simulate(&turns(5, 7), &regions).into_iter().flatten().collect();
        assert_eq!(served, [0, 0, 1, 2, 3, 4, 0]);
        assert_eq!(counts(&turns(5, 7), 5), [3, 1, 1, 1, 1]);
    }

    #[test]
    fn the_order_of_regions_matters_only_between_equal_volumes() {
        let served = simulate(&turns(2, 3), &volumes(["5", "7", "5"]));
        assert_eq!(served, [Some(0), Some(0), Some(1)]);
        let served = simulate(&turns(2, 4), &volumes(["5", "0", "7", "5"]));
        assert_eq!(served, [Some(0), Some(0), Some(0), Some(1)], "a volume of zero is picked last");
        let served = simulate(&turns(2, 4), &volumes(["1", "2", "3", "4"]));
        assert_eq!(served, [Some(0), Some(1), Some(0), Some(0)]);
    }

    #[test]
    fn the_range_holds_the_dearest_and_the_cheapest_draft() {
        // Rank 1 has two regions, rank 2 one. Cheapest: rank 2 takes the smallest; dearest: the largest.
        let range = spending_range(&turns(2, 3), &prices(["1", "2"]), &volumes(["10", "30", "20"])).unwrap();
        assert_eq!((range.least.to_string(), range.greatest.to_string()), ("70.00".into(), "90.00".into()));
    }

    /// Every way to give regions to winners, as long as the counts are those of the draft.
    fn every_assignment(counts: &[usize], regions: usize) -> Vec<Vec<usize>> {
        if regions == 0 {
            return vec![Vec::new()];
        }
        let mut all = Vec::new();
        for (winner, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let mut left = counts.to_vec();
            left[winner] = count - 1;
            for mut rest in every_assignment(&left, regions - 1) {
                rest.push(winner);
                all.push(rest);
            }
        }
        all
    }

    proptest! {
        #[test]
        fn no_assignment_with_the_counts_of_the_draft_leaves_the_range_and_both_ends_are_reached(
            priced in prop::collection::vec(1_i128..30, 1..4),
            wanted in prop::collection::vec(1_i128..40, 1..7),
        ) {
            let prices: Vec<_> = priced.iter().map(|price| UnitPrice::from_steps(*price, 1).unwrap()).collect();
            let volumes: Vec<_> = wanted.iter().map(|volume| Quantity::from_steps(*volume, 0).unwrap()).collect();
            let turns = turns(prices.len(), volumes.len());
            let range = spending_range(&turns, &prices, &volumes).unwrap();
            let costs: Vec<i128> = every_assignment(&counts(&turns, prices.len()), volumes.len())
                .iter()
                .map(|served| served.iter().zip(&wanted).map(|(winner, volume)| priced[*winner] * volume).sum())
                .collect();
            prop_assert_eq!(range.least.in_steps(1), costs.iter().min().copied());
            prop_assert_eq!(range.greatest.in_steps(1), costs.iter().max().copied());
        }
    }
}
