//! What is minimised or maximised, one criterion after the other.

use crate::model::programme::{Direction, Objective, Sense};
use crate::model::whole::{TooLarge, mul, sub, sum};
use crate::money::Ratio;
use crate::rules::Criterion;

use super::build::{Build, Sum};
use super::counts::Places;
use super::input::INCUMBENT;

impl Build<'_> {
    /// The objective of a criterion.
    pub(super) fn objective(&mut self, criterion: Criterion) -> Result<Objective, TooLarge> {
        let lots: Vec<usize> = (0..self.lots.len()).collect();
        let all = self.all_bids(&lots);
        let (direction, sum) = match criterion {
            Criterion::Cost => (Direction::Minimise, self.compared()?),
            Criterion::FewerWinners => (Direction::Minimise, self.winning(&all)?),
            Criterion::MoreWinners => (Direction::Maximise, self.winning(&all)?),
            Criterion::EqualShares => (Direction::Minimise, self.largest_volumes()?),
            Criterion::Incumbents => (Direction::Maximise, self.of_incumbents(&all)?),
            Criterion::Quality => (Direction::Maximise, self.quality(&all)?),
            Criterion::Volume => (Direction::Maximise, self.volume_of(&all)?),
        };
        Ok(Objective { direction, terms: sum.terms() })
    }

    /// What is paid, fixed costs included.
    pub(super) fn paid(&self) -> Result<Sum, TooLarge> {
        let lots: Vec<usize> = (0..self.lots.len()).collect();
        let all = self.all_bids(&lots);
        let mut sum = self.value_of(&all)?;
        sum.add_sum(&self.fixed_of(&all)?, 1)?;
        Ok(sum)
    }

    /// What prices are compared as: what is paid, less margins, with the amounts of switching.
    fn compared(&self) -> Result<Sum, TooLarge> {
        let mut sum = self.paid()?;
        sum.add_sum(&self.beside, 1)?;
        Ok(sum)
    }

    /// At one cost no award switches away from incumbents that could stay: it would not save more than the amount.
    pub(super) fn fewest_switches(&self) -> Result<Option<Objective>, TooLarge> {
        let mut sum = Sum::default();
        self.switches.iter().try_for_each(|switch| sum.add(switch.column, 1))?;
        let some = !self.switches.is_empty();
        Ok(some.then(|| Objective { direction: Direction::Minimise, terms: sum.terms() }))
    }

    fn winning(&self, bids: &Places) -> Result<Sum, TooLarge> {
        let mut sum = Sum::default();
        self.wins_of(bids).into_iter().try_for_each(|wins| sum.add(wins, 1))?;
        Ok(sum)
    }

    fn of_incumbents(&self, bids: &Places) -> Result<Sum, TooLarge> {
        let offered = self.offered;
        let own = self.bids_where(|bid| offered.is_of_class(&bid.bid.supplier_id, INCUMBENT));
        let own: Places = bids.iter().copied().filter(|place| own.contains(place)).collect();
        self.volume_of(&own)
    }

    /// The sum over the lots of the largest volume that one bid gets.
    fn largest_volumes(&mut self) -> Result<Sum, TooLarge> {
        let mut largest = Sum::default();
        for lot in 0..self.lots.len() {
            let Some(view) = self.lots.get(lot) else { continue };
            let (name, total) = (view.lot_id.clone(), sum(view.demand.iter().copied())?);
            let most = self.volume(format!("largest-volume[{name}]"), total);
            for place in self.all_bids(&[lot]) {
                let mut sum = self.volume_of(&[place])?;
                sum.add(most, sub(0, 1)?)?;
                let label = format!("largest-volume[{name},{}]", place.1);
                self.row(super::OBJECTIVES, label, &sum, Sense::Le, 0);
            }
            largest.add(most, 1)?;
        }
        Ok(largest)
    }

    /// Quality scores weighed by volume; an unknown score weighs nothing.
    fn quality(&self, bids: &Places) -> Result<Sum, TooLarge> {
        let score = |(lot, bid): &(usize, usize)| -> Option<Ratio> {
            let view = self.lots.get(*lot)?;
            let stated = self.offered.lots.iter().find(|one| one.lot.id.as_str() == view.lot_id)?;
            stated.bids.get(view.bids.get(*bid)?.at)?.bid.quality_score
        };
        let digits = bids.iter().filter_map(score).map(Ratio::decimals).max().unwrap_or(0);
        let mut sum = Sum::default();
        for place in bids {
            let Some(score) = score(place) else { continue };
            let by = score.in_steps(digits).ok_or(TooLarge)?;
            sum.add_sum(&self.volume_of(&[*place])?, mul(by, 1)?)?;
        }
        Ok(sum)
    }
}
