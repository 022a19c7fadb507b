//! Volumes of which winners keep a part of their own; the rest is a pool that is given to some of them.

use crate::money::{Fraction, Inexact, Quantity, Ratio, Rounding, split_volume};

/// What one region or institution reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    /// For each winner's brand.
    pub(super) winners: Vec<Quantity>,
    /// For brands that lost, and for no brand.
    pub(super) others: Quantity,
    /// Parts of it for which somebody is chosen instead.
    pub(super) chosen: Vec<Chosen>,
}

/// A part of what was reported, and who is chosen for what the brand does not keep of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chosen {
    /// The winner whose brand it was reported for; `None` for a brand that lost, or none.
    pub(super) of: Option<usize>,
    /// The winners' bids that are chosen, in equal parts.
    pub(super) to: Vec<usize>,
    /// The volume reported.
    pub(super) volume: Quantity,
}

/// What a winner is entitled to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entitled {
    /// Share of its own volume that it keeps.
    pub(super) kept: Ratio,
    /// Share of its own volume that goes to the first winner.
    pub(super) to_first: Ratio,
    /// Share of what falls to it that is agreed.
    pub(super) agreed: Ratio,
    /// Whether it receives from the pool.
    pub(super) receives: bool,
    /// Whether it is the first winner.
    pub(super) is_first: bool,
}

/// The numbers of the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Terms {
    /// Share of everything reported that is agreed.
    pub(super) committed: Ratio,
    /// Share of the others' volume that joins the pool.
    pub(super) others: Ratio,
    /// Whether the pool goes by what winners keep, else by what was reported for them.
    pub(super) by_kept: bool,
    /// Steps of a volume.
    pub(super) rounding: Rounding,
}

/// For each place that reported the volume of each winner.
///
/// What somebody is chosen for goes to the winner chosen, if that receives. Each place's other pool is divided as the lot's: in proportion to what the receiving winners keep in the whole lot, or to what
/// was reported for them there; in equal parts where that is nothing; over all winners where nobody receives. All is exact
/// until the end. Then the sum is rounded, given to the winners by the largest remainder (equal remainders to the earlier
/// winner), and each winner's volume to the places likewise. Nothing is lost: the parts add up to the rounded sum.
///
/// # Errors
/// [`Inexact`] when a volume cannot be held, or winners keep more than there is.
pub(super) fn pooled(
    asked: &[Asked],
    entitled: &[Entitled],
    terms: Terms,
) -> Result<Vec<Vec<Quantity>>, Inexact> {
    let weights = weights(asked, entitled, terms);
    let sum = Fraction::total(weights.iter().cloned());
    let first = entitled.iter().position(|winner| winner.is_first);
    let nobody = !entitled.iter().any(|winner| winner.receives);
    let mut exact: Vec<Vec<Fraction>> = Vec::with_capacity(asked.len());
    for place in asked {
        let mut row = vec![Fraction::zero(); entitled.len()];
        let (mut pool, mut forced) =
            (Fraction::from(place.others).times(&Fraction::from(terms.others)), Fraction::zero());
        for ((own, winner), cell) in place.winners.iter().zip(entitled).zip(&mut row) {
            let own = Fraction::from(*own);
            let kept = own.times(&Fraction::from(winner.kept));
            let to_first = own.times(&Fraction::from(winner.to_first));
            pool = pool.plus(&own.minus(&kept).minus(&to_first));
            forced = forced.plus(&to_first);
            *cell = kept;
        }
        for chosen in &place.chosen {
            let part = to_pool(chosen, entitled, terms);
            let to = chosen.to.iter().filter(|to| entitled.get(**to).is_some_and(|to| to.receives || nobody));
            let number = u32::try_from(to.clone().count()).map_err(|_| Inexact)?;
            let Some(each) = part.over(&Fraction::whole(number)) else { continue };
            for to in to {
                row.get_mut(*to).into_iter().for_each(|cell| *cell = cell.plus(&each));
            }
            pool = pool.minus(&part);
        }
        if pool.is_negative() {
            return Err(Inexact);
        }
        match first.and_then(|first| row.get_mut(first)) {
            Some(cell) => *cell = cell.plus(&forced),
            None => pool = pool.plus(&forced),
        }
        for ((cell, weight), winner) in row.iter_mut().zip(&weights).zip(entitled) {
            let part = weight.over(&sum).ok_or(Inexact)?;
            let agreed = terms.committed.scaled(winner.agreed)?;
            *cell = cell.plus(&pool.times(&part)).times(&Fraction::from(agreed));
        }
        exact.push(row);
    }
    rounded(&exact, entitled.len(), terms.rounding)
}

/// How much of a part joins the pool.
fn to_pool(chosen: &Chosen, entitled: &[Entitled], terms: Terms) -> Fraction {
    let volume = Fraction::from(chosen.volume);
    match chosen.of.map(|of| entitled.get(of)) {
        None => volume.times(&Fraction::from(terms.others)),
        Some(None) => Fraction::zero(),
        Some(Some(winner)) => {
            let kept = volume.times(&Fraction::from(winner.kept));
            volume.minus(&kept).minus(&volume.times(&Fraction::from(winner.to_first)))
        }
    }
}

/// What the pool is divided by; never all nothing where there is a winner.
fn weights(asked: &[Asked], entitled: &[Entitled], terms: Terms) -> Vec<Fraction> {
    let nobody = !entitled.iter().any(|winner| winner.receives);
    let receives = |winner: &Entitled| winner.receives || nobody;
    let weight = |(at, winner): (usize, &Entitled)| {
        let own = asked.iter().filter_map(|place| place.winners.get(at)).map(|own| Fraction::from(*own));
        let by = if terms.by_kept { Fraction::from(winner.kept) } else { Fraction::one() };
        if receives(winner) { Fraction::total(own).times(&by) } else { Fraction::zero() }
    };
    let weights: Vec<Fraction> = entitled.iter().enumerate().map(weight).collect();
    if weights.iter().any(|weight| !weight.is_zero()) {
        return weights;
    }
    let equal = |winner| if receives(winner) { Fraction::one() } else { Fraction::zero() };
    entitled.iter().map(equal).collect()
}

/// The exact parts in steps, so that they add up.
fn rounded(
    exact: &[Vec<Fraction>],
    winners: usize,
    rounding: Rounding,
) -> Result<Vec<Vec<Quantity>>, Inexact> {
    let column = |winner: usize| -> Vec<Fraction> {
        exact.iter().filter_map(|row| row.get(winner).cloned()).collect()
    };
    let sums: Vec<Fraction> = (0..winners).map(|winner| Fraction::total(column(winner))).collect();
    let total = Fraction::total(sums.iter().cloned()).to_quantity(rounding).ok_or(Inexact)?;
    let totals = split_volume(total, &sums, rounding.digits)?;
    let mut rows = vec![Vec::with_capacity(winners); exact.len()];
    for (winner, total) in totals.into_iter().enumerate() {
        let parts = split_volume(total, &column(winner), rounding.digits)?;
        rows.iter_mut().zip(parts).for_each(|(row, part)| row.push(part));
    }
    Ok(rows)
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, reason = "small numbers of a test")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn quantity(text: &str) -> Quantity {
        Quantity::parse(text).unwrap()
    }

    fn entitled(kept: &str, to_first: &str, receives: bool, is_first: bool) -> Entitled {
        let ratio = |text| Ratio::parse(text).unwrap();
        let agreed = Ratio::ONE;
        Entitled { kept: ratio(kept), to_first: ratio(to_first), agreed, receives, is_first }
    }

    fn terms(committed: &str, others: &str, by_kept: bool, digits: u32) -> Terms {
        let ratio = |text| Ratio::parse(text).unwrap();
        let rounding = Rounding::half_up(digits);
        Terms { committed: ratio(committed), others: ratio(others), by_kept, rounding }
    }

    fn shown(rows: &[Vec<Quantity>]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(Quantity::to_string).collect()).collect()
    }

    #[test]
    fn nobody_receives_and_nothing_was_reported_still_adds_up() {
        let asked = [Asked {
            winners: vec![quantity("0"), quantity("0")],
            others: quantity("5"),
            chosen: Vec::new(),
        }];
        let two = [entitled("1", "0", false, false), entitled("1", "0", false, false)];
        assert_eq!(shown(&pooled(&asked, &two, terms("1", "1", true, 0)).unwrap()), [["3", "2"]]);
    }

    #[test]
    fn without_a_first_winner_its_part_joins_the_pool() {
        let asked = [Asked {
            winners: vec![quantity("100"), quantity("100")],
            others: quantity("0"),
            chosen: Vec::new(),
        }];
        let two = [entitled("1", "0", true, false), entitled("0.5", "0.3", false, false)];
        assert_eq!(shown(&pooled(&asked, &two, terms("1", "1", true, 0)).unwrap()), [["150", "50"]]);
        let more = [entitled("0.8", "0.3", true, true)];
        let asked = [Asked { winners: vec![quantity("100")], others: quantity("0"), chosen: Vec::new() }];
        assert_eq!(pooled(&asked, &more, terms("1", "1", true, 0)), Err(Inexact));
    }

    proptest! {
        #[test]
        fn parts_add_up_to_the_agreed_volume(
            places in prop::collection::vec((prop::collection::vec(0_i128..500, 3), 0_i128..500), 1..5),
            kept in prop::collection::vec(0_i128..=10, 3),
            committed in 0_i128..=10,
            others in 0_i128..=10,
            receives in prop::collection::vec(any::<bool>(), 3),
            by_kept in any::<bool>(),
            digits in 0_u32..=4,
        ) {
            let tenths = |number| Ratio::from_steps(number, 1).unwrap();
            let steps = |number| Quantity::from_steps(number, 0).unwrap();
            let asked: Vec<Asked> = places
                .iter()
                .map(|(winners, others)| Asked {
                    winners: winners.iter().map(|own| steps(*own)).collect(),
                    others: steps(*others),
                    chosen: Vec::new(),
                })
                .collect();
            let entitled: Vec<Entitled> = kept
                .iter()
                .zip(&receives)
                .enumerate()
                .map(|(at, (kept, receives))| Entitled {
                    kept: tenths(*kept),
                    to_first: tenths((10 - *kept) / 2),
                    agreed: Ratio::ONE,
                    receives: *receives,
                    is_first: at == 0,
                })
                .collect();
            let rounding = Rounding::half_up(digits);
            let terms = Terms { committed: tenths(committed), others: tenths(others), by_kept, rounding };
            let rows = pooled(&asked, &entitled, terms).unwrap();
            let own: i128 = places.iter().flat_map(|(winners, _)| winners).sum();
            let rest: i128 = places.iter().map(|(_, others)| others).sum();
            let all = Fraction::from(steps(own)).plus(&Fraction::from(steps(rest)).times(&Fraction::from(tenths(others))));
            let agreed = all.times(&Fraction::from(tenths(committed))).to_quantity(rounding).unwrap();
            prop_assert!(rows.iter().flatten().all(|part| *part >= Quantity::ZERO));
            prop_assert_eq!(Quantity::total(rows.into_iter().flatten()).unwrap(), agreed);
        }
    }
}
