//! Volumes that follow the brands institutions asked for, and a pool of what is left.

use super::least_cost::spread;
use crate::money::{Inexact, Quantity, Ratio, Rounding, split_largest_remainder};

/// What one institution reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reported {
    /// For each winner's brand, in rank order.
    pub(super) winners: Vec<Quantity>,
    /// For brands that lost, and for no brand.
    pub(super) others: Quantity,
}

impl Reported {
    /// Nothing yet.
    pub(super) fn none(winners: usize) -> Self {
        Self { winners: vec![Quantity::ZERO; winners], others: Quantity::ZERO }
    }

    /// Adds `volume` to the winners that were `asked` for: equally when there are several, to the others when there are
    /// none.
    ///
    /// # Errors
    /// [`Inexact`] when a number needs more than 28 digits.
    pub(super) fn add(&mut self, asked: &[bool], volume: Quantity) -> Result<(), Inexact> {
        let weights = asked.iter().map(|is| if *is { step(0) } else { Ok(Quantity::ZERO) });
        let weights = weights.collect::<Result<Vec<_>, _>>()?;
        if !asked.contains(&true) {
            self.others = self.others.plus(volume)?;
            return Ok(());
        }
        for (winner, part) in
            self.winners.iter_mut().zip(split_largest_remainder(volume, &weights, volume.decimals())?)
        {
            *winner = winner.plus(part)?;
        }
        Ok(())
    }
}

/// The numbers of the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shares {
    /// Share of its own reported volume that a winner keeps.
    pub(super) own: Ratio,
    /// Share of the rest that goes to the lowest-priced winner.
    pub(super) compulsory: Ratio,
    /// Steps of a volume.
    pub(super) rounding: Rounding,
}

/// What one institution buys of each winner, before the rest is given out.
struct Kept {
    by_winner: Vec<Quantity>,
    compulsory: Quantity,
    free: Quantity,
}

/// For each institution the volume of each winner; `total` is the agreed volume of the lot, and `lowest` says of each
/// winner whether no other is cheaper.
///
/// 1. The total is split over the institutions, and each institution's part over the brands it asked for, in proportion
///    to what was reported.
/// 2. Every winner keeps the own share of its volume.
/// 3. Of the institution's rest (losers' volume and what winners do not keep) the compulsory share goes to the
///    lowest-priced winner; winners that share the lowest price share it equally over the lot, for nothing tells them apart.
/// 4. What then remains goes to the institution's own winners in proportion to what they keep there. An institution that
///    asked for no winner says nothing about its choice, so its remainder follows what winners keep in the whole lot; if
///    nobody asked for any winner, the lowest-priced have it. These two cases are choices of this program: the rules that
///    are known do not speak of them.
///
/// Everything is in the rule's steps by the largest remainder (equal remainders to the better rank, then bid id, one step
/// at most), and every part adds up.
///
/// # Errors
/// [`Inexact`] when a number needs more than 28 digits, `total` is finer than the steps, or a share is above one.
pub(super) fn distribute(
    reported: &[Reported],
    lowest: &[bool],
    total: Quantity,
    shares: Shares,
) -> Result<Vec<Vec<Quantity>>, Inexact> {
    let digits = shares.rounding.digits;
    let sizes = reported.iter().map(size).collect::<Result<Vec<_>, _>>()?;
    let parts = split_largest_remainder(total, &sizes, digits)?;
    let kept = reported
        .iter()
        .zip(&parts)
        .map(|(reported, part)| keep(reported, *part, shares))
        .collect::<Result<Vec<_>, _>>()?;
    let in_lot = (0..lowest.len())
        .map(|winner| Quantity::total(kept.iter().filter_map(|kept| kept.by_winner.get(winner).copied())))
        .collect::<Result<Vec<_>, _>>()?;
    let cheapest: Vec<Quantity> = lowest
        .iter()
        .map(|is| if *is { step(digits) } else { Ok(Quantity::ZERO) })
        .collect::<Result<_, _>>()?;
    let slices: Vec<Quantity> = kept.iter().map(|kept| kept.compulsory).collect();
    let compulsory_total = Quantity::total(slices.iter().copied())?;
    let compulsory = spread(&split_largest_remainder(compulsory_total, &cheapest, digits)?, &slices, digits)?;
    kept.iter()
        .zip(compulsory)
        .map(|(kept, compulsory)| {
            let asked = |weights: &[Quantity]| weights.iter().any(|weight| !weight.is_zero());
            let weights = [&kept.by_winner, &in_lot].into_iter().find(|weights| asked(weights));
            let free = split_largest_remainder(kept.free, weights.unwrap_or(&cheapest), digits)?;
            let each = kept.by_winner.iter().zip(compulsory).zip(free);
            each.map(|((kept, compulsory), free)| kept.plus(compulsory)?.plus(free)).collect()
        })
        .collect()
}

/// The smallest volume.
fn step(digits: u32) -> Result<Quantity, Inexact> {
    Quantity::from_steps(1, digits)
}

fn size(reported: &Reported) -> Result<Quantity, Inexact> {
    Quantity::total(reported.winners.iter().copied())?.plus(reported.others)
}

/// What the winners keep of `part`, the agreed volume of one institution, and how the rest divides.
fn keep(reported: &Reported, part: Quantity, shares: Shares) -> Result<Kept, Inexact> {
    let brands: Vec<Quantity> = reported.winners.iter().copied().chain([reported.others]).collect();
    let mut own = split_largest_remainder(part, &brands, shares.rounding.digits)?;
    own.truncate(reported.winners.len());
    let by_winner = own
        .into_iter()
        .map(|volume| volume.scaled(shares.own)?.rounded(shares.rounding))
        .collect::<Result<Vec<_>, _>>()?;
    let rest = part.minus(Quantity::total(by_winner.iter().copied())?)?;
    let compulsory = rest.scaled(shares.compulsory)?.rounded(shares.rounding)?;
    let free = rest.minus(compulsory)?;
    if rest < Quantity::ZERO || free < Quantity::ZERO {
        return Err(Inexact);
    }
    Ok(Kept { by_winner, compulsory, free })
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, reason = "small numbers of a test")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn quantity(text: &str) -> Quantity {
        Quantity::parse(text).unwrap()
    }

    fn reported(winners: &[&str], others: &str) -> Reported {
        Reported { winners: winners.iter().map(|text| quantity(text)).collect(), others: quantity(others) }
    }

    fn shares(own: &str, compulsory: &str) -> Shares {
        let ratio = |text| Ratio::parse(text).unwrap();
        Shares { own: ratio(own), compulsory: ratio(compulsory), rounding: Rounding::half_up(0) }
    }

    fn distributed(all: &[Reported], lowest: &[bool], total: &str, shares: Shares) -> Vec<Vec<String>> {
        let parts = distribute(all, lowest, quantity(total), shares).unwrap();
        parts.iter().map(|row| row.iter().map(Quantity::to_string).collect()).collect()
    }

    const CHEAPEST_FIRST: [bool; 7] = [true, false, false, false, false, false, false];

    #[test]
    fn the_worked_stent_lot() {
        let all = [
            reported(&["100", "0", "200", "0", "0", "0", "0"], "100"),
            reported(&["0", "150", "0", "0", "0", "50", "0"], "200"),
            reported(&["0", "0", "0", "80", "120", "0", "0"], "0"),
        ];
        let parts = distributed(&all, &CHEAPEST_FIRST, "1000", shares("1", "0.1"));
        assert_eq!(parts[0], ["140", "0", "260", "0", "0", "0", "0"]);
        assert_eq!(parts[1], ["20", "285", "0", "0", "0", "95", "0"]);
        assert_eq!(parts[2], ["0", "0", "0", "80", "120", "0", "0"]);
    }

    #[test]
    fn what_winners_do_not_keep_joins_the_rest() {
        // Kept 80 and 40; of the rest, 80, a quarter is compulsory and 60 are split 40 to 20.
        let parts =
            distributed(&[reported(&["100", "50"], "50")], &[true, false], "200", shares("0.8", "0.25"));
        assert_eq!(parts, [["140", "60"]]);
    }

    #[test]
    fn an_institution_without_a_winner_follows_the_lot_and_a_lot_without_one_the_cheapest() {
        let all = [reported(&["30", "60"], "0"), reported(&["0", "0"], "100")];
        let parts = distributed(&all, &[true, false], "190", shares("1", "0.1"));
        assert_eq!(parts[1], ["40", "60"]);
        let parts = distributed(&[reported(&["0", "0"], "100")], &[false, true], "100", shares("1", "0.1"));
        assert_eq!(parts, [["0", "100"]]);
    }

    #[test]
    fn a_shared_lowest_price_shares_the_compulsory_slice_over_the_lot() {
        // Three institutions with a slice of one each: 2 and 1 over the lot, not 3 and 0.
        let all = vec![reported(&["0", "0", "9"], "1"); 3];
        let parts = distributed(&all, &[true, true, false], "30", shares("1", "1"));
        let column = |winner: usize| parts.iter().map(|row| row[winner].parse::<u32>().unwrap()).sum::<u32>();
        assert_eq!([column(0), column(1), column(2)], [2, 1, 27]);
    }

    #[test]
    fn a_share_of_the_reported_volume_shrinks_every_institution() {
        let all = [reported(&["100", "0"], "0"), reported(&["0", "50"], "50")];
        let parts = distributed(&all, &[true, false], "100", shares("1", "0"));
        assert_eq!(parts, [["50", "0"], ["0", "50"]]);
        assert_eq!(distribute(&all, &[true, false], quantity("100"), shares("1.1", "0")), Err(Inexact));
        assert_eq!(distribute(&all, &[true, false], quantity("100"), shares("1", "1.1")), Err(Inexact));
    }

    proptest! {
        #[test]
        fn institutions_add_up_to_the_lot(
            rows in prop::collection::vec((prop::collection::vec(0_i128..40, 3), 0_i128..40), 1..5),
            own in 0_i128..=10,
            compulsory in 0_i128..=10,
            agreed in 0_i128..=10,
        ) {
            let steps = |number: i128| Quantity::from_steps(number, 0).unwrap();
            let all: Vec<Reported> = rows
                .iter()
                .map(|(winners, others)| Reported {
                    winners: winners.iter().map(|volume| steps(*volume)).collect(),
                    others: steps(*others),
                })
                .collect();
            let base: i128 = rows.iter().map(|(winners, others)| winners.iter().sum::<i128>() + others).sum();
            let total = steps(base * agreed / 10);
            let tenths = |number| Ratio::from_steps(number, 1).unwrap();
            let shares = Shares { own: tenths(own), compulsory: tenths(compulsory), rounding: Rounding::half_up(0) };
            let parts = distribute(&all, &[true, true, false], total, shares).unwrap();
            prop_assert!(parts.iter().flatten().all(|part| *part >= Quantity::ZERO));
            prop_assert_eq!(Quantity::total(parts.into_iter().flatten()).unwrap(), total);
        }
    }
}
