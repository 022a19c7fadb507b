//! Least-cost awards: each winner's total is part of the award; this gives it to regions.

use crate::money::{Inexact, Quantity, split_largest_remainder};

/// Spreads what each winner delivers over regions: for each region, in the order given, the part of each winner.
///
/// Every region is split in proportion to what each winner still has to deliver, in steps of `10^-digits` by the largest
/// remainder; equal remainders go to the earlier winner, one step at most. Regions and winners both add up exactly.
///
/// No winner is given more than it still has: a region is at most the sum of what is left, so a winner's proportional
/// part is at most what it has left; that is a whole number of steps, so the part rounded up is not more either.
///
/// # Errors
/// [`Inexact`] when the totals and the regions do not add up to the same, one of them is finer than the steps, or a
/// number cannot be held.
pub(super) fn spread(
    totals: &[Quantity],
    regions: &[Quantity],
    digits: u32,
) -> Result<Vec<Vec<Quantity>>, Inexact> {
    if Quantity::total(totals.iter().copied())? != Quantity::total(regions.iter().copied())? {
        return Err(Inexact);
    }
    if totals.iter().any(|total| total.in_steps(digits).is_none()) {
        return Err(Inexact);
    }
    let mut left = totals.to_vec();
    regions
        .iter()
        .map(|region| {
            let parts = split_largest_remainder(*region, &left, digits)?;
            for (left, part) in left.iter_mut().zip(&parts) {
                *left = left.minus(*part)?;
            }
            Ok(parts)
        })
        .collect()
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, reason = "small numbers of a test")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn steps(numbers: &[i128]) -> Vec<Quantity> {
        numbers.iter().map(|number| Quantity::from_steps(*number, 0).unwrap()).collect()
    }

    #[test]
    fn regions_are_split_in_proportion() {
        let parts = spread(&steps(&[60, 40]), &steps(&[50, 30, 20]), 0).unwrap();
        assert_eq!(parts, [steps(&[30, 20]), steps(&[18, 12]), steps(&[12, 8])]);
    }

    #[test]
    fn totals_that_do_not_match_the_regions_are_refused() {
        assert_eq!(spread(&steps(&[60, 40]), &steps(&[50, 30]), 0), Err(Inexact));
        let half = Quantity::parse("0.5").unwrap();
        assert_eq!(spread(&[half, half], &steps(&[1]), 0), Err(Inexact));
        assert_eq!(spread(&[half, half], &steps(&[1]), 1).unwrap(), [[half, half]]);
    }

    proptest! {
        #[test]
        fn both_margins_are_exact_and_nothing_is_negative(
            totals in prop::collection::vec(0_i128..50, 1..6),
            cuts in prop::collection::vec(0_i128..200, 0..6),
        ) {
            let whole: i128 = totals.iter().sum();
            let mut ends: Vec<i128> = cuts.into_iter().map(|cut| cut.min(whole)).chain([0, whole]).collect();
            ends.sort_unstable();
            let regions: Vec<i128> = ends.windows(2).map(|pair| pair[1] - pair[0]).collect();
            let parts = spread(&steps(&totals), &steps(&regions), 0).unwrap();
            for (row, region) in parts.iter().zip(&regions) {
                prop_assert!(row.iter().all(|part| *part >= Quantity::ZERO));
                prop_assert_eq!(Quantity::total(row.iter().copied()).unwrap().in_steps(0), Some(*region));
            }
            for (winner, total) in totals.iter().enumerate() {
                let delivered = Quantity::total(parts.iter().map(|row| row[winner])).unwrap();
                prop_assert_eq!(delivered.in_steps(0), Some(*total));
            }
        }
    }
}
