//! The figures of one baseline over some winners.

use std::cmp::Ordering;

use super::{CutOf, Saving};
use crate::money::{Inexact, Money, Quantity, Rounding, UnitPrice};
use crate::tender::{LotId, SupplierId};

/// A winner with everything that its saving is computed from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Priced {
    /// Its lot.
    pub(super) lot_id: LotId,
    /// Who it is.
    pub(super) supplier_id: SupplierId,
    /// Comparable price at which it wins.
    pub(super) price: UnitPrice,
    /// Agreed volume.
    pub(super) volume: Quantity,
    /// What that costs.
    pub(super) value: Money,
    /// Price before; `None` where unknown. First the baselines in the order of [`super::Baseline::ALL`], then the
    /// further ones by name.
    pub(super) baselines: Vec<Option<UnitPrice>>,
}

/// The saving of these winners against the baseline at one place of their list.
///
/// `base_saving` is left unknown: it is a matter of whole lots.
///
/// # Errors
/// [`Inexact`] when an amount needs more than 28 digits.
pub(super) fn sum<B>(
    baseline: B,
    at: usize,
    winners: &[Priced],
    rounding: Rounding,
) -> Result<Saving<B>, Inexact> {
    let covered: Vec<(&Priced, UnitPrice)> = winners
        .iter()
        .filter_map(|winner| Some((winner, winner.baselines.get(at).copied().flatten()?)))
        .collect();
    let before = covered.iter().map(|(winner, before)| before.times(winner.volume));
    let reference_value = Money::total(before.collect::<Result<Vec<_>, _>>()?)?;
    let covered_value = Money::total(covered.iter().map(|(winner, _)| winner.value))?;
    let value = Money::total(winners.iter().map(|winner| winner.value))?;
    let has_volume = covered.iter().any(|(winner, _)| !winner.volume.is_zero());
    let saving = if has_volume { Some(reference_value.minus(covered_value)?) } else { None };
    let prices: Vec<(UnitPrice, UnitPrice)> =
        covered.iter().map(|(winner, before)| (winner.price, *before)).collect();
    Ok(Saving {
        baseline,
        reference_value,
        covered_value,
        saving,
        cut: saving.and_then(|saving| saving.share_of(reference_value, rounding)),
        simple_cut: UnitPrice::mean_cut(&prices, rounding),
        coverage: covered_value.share_of(value, rounding),
        winners_covered: count(covered.len())?,
        winners: count(winners.len())?,
        base_saving: None,
        highest: extreme(&covered, Ordering::Less, rounding),
        lowest: extreme(&covered, Ordering::Greater, rounding),
    })
}

/// The winners whose price is the least (or greatest) part of their baseline, compared without rounding.
fn extreme(covered: &[(&Priced, UnitPrice)], wanted: Ordering, rounding: Rounding) -> Option<CutOf> {
    let order = |one: &(&Priced, UnitPrice), other: &(&Priced, UnitPrice)| {
        UnitPrice::compare_parts((one.0.price, one.1), (other.0.price, other.1))
    };
    let best = covered.iter().find(|one| covered.iter().all(|other| order(other, one) != wanted))?;
    let equal = covered.iter().filter(|one| order(one, best) == Ordering::Equal);
    let mut winners: Vec<(LotId, SupplierId)> =
        equal.map(|(winner, _)| (winner.lot_id.clone(), winner.supplier_id.clone())).collect();
    winners.sort();
    Some(CutOf { cut: best.0.price.cut_from(best.1, rounding)?, winners })
}

fn count(winners: usize) -> Result<u32, Inexact> {
    u32::try_from(winners).map_err(|_| Inexact)
}

#[cfg(test)]
mod tests {
    use super::super::{Baseline, BaselineSaving};
    use super::*;

    fn winner(price: &str, volume: &str, baselines: [&str; 3]) -> Priced {
        let price = UnitPrice::parse(price).unwrap();
        let volume = Quantity::parse(volume).unwrap();
        let value = price.times(volume).unwrap();
        let baselines = baselines.map(|text| UnitPrice::parse(text).ok()).to_vec();
        let supplier_id = SupplierId::new(price.to_string());
        Priced { lot_id: LotId::new("L"), supplier_id, price, volume, value, baselines }
    }

    fn summed(baseline: Baseline, winners: &[Priced]) -> BaselineSaving {
        let at = Baseline::ALL.iter().position(|one| *one == baseline).unwrap();
        sum(baseline, at, winners, Rounding::half_up(4)).unwrap()
    }

    fn text<T: ToString>(value: Option<T>) -> String {
        value.map_or("-".to_owned(), |value| value.to_string())
    }

    /// Agreed volumes in units.
    fn worked_example() -> [Priced; 5] {
        let before = ["", "1.1", "1.6"];
        [
            winner("0.3", "18400000", before),
            winner("0.36", "6400000", before),
            winner("0.41", "4800000", before),
            winner("0.52", "4000000", before),
            winner("0.56", "2400000", before),
        ]
    }

    #[test]
    fn the_worked_example_to_the_last_digit() {
        let saving = summed(Baseline::Reference, &worked_example());
        assert_eq!(saving.reference_value.to_string(), "39600000.00");
        assert_eq!(saving.covered_value.to_string(), "13216000.00");
        assert_eq!(text(saving.saving), "26384000.00");
        assert_eq!((text(saving.cut), text(saving.simple_cut)), ("0.6663".to_owned(), "0.6091".to_owned()));
        assert_eq!((text(saving.coverage), saving.winners_covered, saving.winners), ("1".to_owned(), 5, 5));
        let saving = summed(Baseline::Ceiling, &worked_example());
        assert_eq!(text(saving.simple_cut), "0.7313");
    }

    #[test]
    fn an_unknown_baseline_is_no_saving_and_no_zero() {
        let saving = summed(Baseline::Previous, &worked_example());
        assert_eq!((saving.saving, saving.cut, saving.simple_cut), (None, None, None));
        assert_eq!((text(saving.coverage), saving.winners_covered, saving.winners), ("0".to_owned(), 0, 5));
    }

    #[test]
    fn coverage_is_the_share_of_value_and_the_rest_stays_out_of_both_sides() {
        let winners = [winner("1", "30", ["2", "", ""]), winner("3", "30", ["", "", ""])];
        let saving = summed(Baseline::Previous, &winners);
        assert_eq!(
            (saving.reference_value.to_string(), saving.covered_value.to_string()),
            ("60.00".into(), "30.00".into())
        );
        assert_eq!((text(saving.saving), text(saving.cut)), ("30.00".to_owned(), "0.5".to_owned()));
        assert_eq!(
            (text(saving.coverage), saving.winners_covered, saving.winners),
            ("0.25".to_owned(), 1, 2)
        );
    }

    #[test]
    fn a_winner_without_volume_counts_in_the_simple_mean_only() {
        let winners = [winner("1", "30", ["", "2", ""]), winner("1", "0", ["", "4", ""])];
        let saving = summed(Baseline::Reference, &winners);
        assert_eq!((text(saving.cut), text(saving.simple_cut)), ("0.5".to_owned(), "0.625".to_owned()));
        let saving = summed(Baseline::Reference, &winners[1..]);
        assert_eq!((saving.saving, saving.cut, saving.coverage), (None, None, None));
        assert_eq!(text(saving.simple_cut), "0.75");
    }

    #[test]
    fn a_dearer_award_is_a_negative_saving() {
        let saving = summed(Baseline::Reference, &[winner("3", "10", ["", "2", ""])]);
        assert_eq!((text(saving.saving), text(saving.cut)), ("-10.00".to_owned(), "-0.5".to_owned()));
    }

    #[test]
    fn no_winners_give_no_figures() {
        let saving = summed(Baseline::Ceiling, &[]);
        assert_eq!((saving.saving, saving.cut, saving.simple_cut, saving.coverage), (None, None, None, None));
        assert!(saving.reference_value.is_zero() && saving.winners == 0);
    }

    #[test]
    fn highest_and_lowest_cut_name_their_winners_and_equals_are_all_named() {
        let saving = summed(Baseline::Reference, &worked_example());
        let (highest, lowest) = (saving.highest.unwrap(), saving.lowest.unwrap());
        assert_eq!((highest.cut.to_string(), highest.winners.len()), ("0.7273".to_owned(), 1));
        assert_eq!(highest.winners[0].1.as_str(), "0.3000");
        assert_eq!((lowest.cut.to_string(), lowest.winners[0].1.as_str()), ("0.4909".to_owned(), "0.5600"));
        let equal = [winner("1", "1", ["", "2", ""]), winner("2", "1", ["", "4", ""])];
        let saving = summed(Baseline::Reference, &equal);
        assert_eq!(saving.highest, saving.lowest);
        assert_eq!(saving.highest.unwrap().winners.len(), 2);
        // Cuts that round alike are still told apart.
        let near = [winner("1", "1", ["", "3", ""]), winner("1", "1", ["", "3.00001", ""])];
        assert_eq!(summed(Baseline::Reference, &near).highest.unwrap().winners.len(), 1);
        assert_eq!(summed(Baseline::Previous, &near).highest, None);
    }
}
