//! Limits on shares: of a supplier, of a class, by rank, and of the demand by the number of winners.

use crate::model::programme::Sense;
use crate::model::whole::{TooLarge, mul, sub, sum};
use crate::money::{Ratio, UnitPrice};
use crate::tender::{Limit, Measure, Range};

use super::build::{Build, Sum};
use super::counts::Places;
use super::in_force::InForce;
use super::input::BidOffered;
use super::steps::{fraction, part_above, part_below};

/// A whole that shares are taken of.
enum Whole {
    /// A known volume.
    Known(i128),
    /// A sum of columns, with the largest value that it can have.
    Open(Sum, i128),
}

impl Build<'_> {
    /// What shares of some lots are taken of.
    fn whole(&self, measure: Measure, lots: &[usize]) -> Result<Whole, TooLarge> {
        let views = || lots.iter().filter_map(|lot| self.lots.get(*lot));
        if measure == Measure::Value {
            let value = self.value_of(&self.all_bids(lots))?;
            let largest = self.largest(&value)?;
            return Ok(Whole::Open(value, largest));
        }
        if views().all(|view| view.parts.is_empty()) {
            return Ok(Whole::Known(sum(views().flat_map(|view| view.demand.iter().copied()))?));
        }
        let volume = self.volume_of(&self.all_bids(lots))?;
        let largest = sum(views().flat_map(|view| view.demand.iter().copied()))?;
        Ok(Whole::Open(volume, largest))
    }

    fn measured(&self, measure: Measure, bids: &Places) -> Result<Sum, TooLarge> {
        match measure {
            Measure::Volume => self.volume_of(bids),
            Measure::Value => self.value_of(bids),
        }
    }

    pub(super) fn share(
        &mut self,
        in_force: &InForce<'_>,
        measure: Measure,
        range: Range<Ratio>,
    ) -> Result<(), TooLarge> {
        for lots in self.lots_in(&in_force.limit) {
            let whole = self.whole(measure, &lots)?;
            let bids = self.bids_in(&in_force.limit, &lots);
            for (party, own) in self.parties(&bids) {
                let part = self.measured(measure, &own)?;
                let label = in_force.label("share", &format!("{},{party}", self.name_of(&lots)));
                if let Some(most) = range.max {
                    let wins = self.wins_of(&own);
                    let only = if let [only] = wins.as_slice() { Some(*only) } else { None };
                    self.at_most(in_force, format!("{label}-most"), (&part, only), &whole, most)?;
                }
                if let Some(least) = range.min {
                    let any = self.any_of(&party, &own)?;
                    self.at_least(in_force, format!("{label}-least"), (&part, Some(any)), &whole, least)?;
                }
            }
        }
        Ok(())
    }

    pub(super) fn class_share(
        &mut self,
        in_force: &InForce<'_>,
        measure: Measure,
        range: Range<Ratio>,
    ) -> Result<(), TooLarge> {
        for lots in self.lots_in(&in_force.limit) {
            let whole = self.whole(measure, &lots)?;
            let part = self.measured(measure, &self.bids_in(&in_force.limit, &lots))?;
            let label = in_force.label("class-share", &self.name_of(&lots));
            if let Some(most) = range.max {
                self.at_most(in_force, format!("{label}-most"), (&part, None), &whole, most)?;
            }
            if let Some(least) = range.min {
                self.at_least(in_force, format!("{label}-least"), (&part, None), &whole, least)?;
            }
        }
        Ok(())
    }

    /// A part is at most a share of the whole; with the column of the only bid that it is of, if it is of one.
    fn at_most(
        &mut self,
        in_force: &InForce<'_>,
        label: String,
        (part, wins): (&Sum, Option<usize>),
        whole: &Whole,
        share: Ratio,
    ) -> Result<(), TooLarge> {
        match whole {
            Whole::Known(total) => {
                let most = part_below(*total, share)?;
                let mut sum = part.clone();
                if let Some(wins) = wins {
                    sum.add(wins, sub(0, most)?)?;
                }
                self.row(in_force.rule(), label, &sum, Sense::Le, if wins.is_some() { 0 } else { most });
            }
            Whole::Open(total, _) => {
                let (numerator, denominator) = fraction(share)?;
                let mut sum = Sum::default();
                sum.add_sum(part, denominator)?;
                sum.add_sum(total, sub(0, numerator)?)?;
                self.row(in_force.rule(), label, &sum, Sense::Le, 0);
            }
        }
        Ok(())
    }

    /// A part is at least a share of the whole; with a column, only where that is 1.
    fn at_least(
        &mut self,
        in_force: &InForce<'_>,
        label: String,
        (part, wins): (&Sum, Option<usize>),
        whole: &Whole,
        share: Ratio,
    ) -> Result<(), TooLarge> {
        match whole {
            Whole::Known(total) => {
                let least = part_above(*total, share)?;
                let mut sum = part.clone();
                if let Some(wins) = wins {
                    sum.add(wins, sub(0, least)?)?;
                }
                self.row(in_force.rule(), label, &sum, Sense::Ge, if wins.is_some() { 0 } else { least });
            }
            Whole::Open(total, largest) => {
                let (numerator, denominator) = fraction(share)?;
                let mut sum = Sum::default();
                sum.add_sum(part, denominator)?;
                sum.add_sum(total, sub(0, numerator)?)?;
                let room = mul(*largest, numerator)?;
                let rhs = match wins {
                    Some(wins) => {
                        sum.add(wins, sub(0, room)?)?;
                        sub(0, room)?
                    }
                    None => 0,
                };
                self.row(in_force.rule(), label, &sum, Sense::Ge, rhs);
            }
        }
        Ok(())
    }

    /// The bids of a limit on a lot that can win, by price: those at one price stand together.
    fn by_price(&self, limit: &Limit, lot: usize) -> Vec<Vec<(usize, usize)>> {
        let Some(view) = self.lots.get(lot) else { return Vec::new() };
        let stated = self.offered.lots.iter().find(|one| one.lot.id.as_str() == view.lot_id);
        let price = |at: usize| -> Option<UnitPrice> {
            let ranked = |bid: &&BidOffered<'_>| self.offered.concerns(&limit.scope, bid.bid);
            stated?.bids.get(at).filter(|bid| bid.barred_by.is_none()).filter(ranked)?.price
        };
        let mut priced: Vec<(UnitPrice, usize)> =
            view.bids.iter().enumerate().filter_map(|(number, bid)| Some((price(bid.at)?, number))).collect();
        priced.sort_unstable();
        priced
            .chunk_by(|one, other| one.0 == other.0)
            .map(|class| class.iter().map(|(_, bid)| (lot, *bid)).collect())
            .collect()
    }

    /// With `k` winners, the one at rank `j` has the share that the list of length `k` states for it. A lot on which none of
    /// the bids can win that have a rank is not concerned.
    pub(super) fn shares_by_rank(
        &mut self,
        in_force: &InForce<'_>,
        lists: &[Vec<Ratio>],
    ) -> Result<(), TooLarge> {
        for lots in self.lots_in(&in_force.limit) {
            for lot in lots {
                self.ranks_of_lot(in_force, lot, lists)?;
            }
        }
        Ok(())
    }

    fn ranks_of_lot(
        &mut self,
        in_force: &InForce<'_>,
        lot: usize,
        lists: &[Vec<Ratio>],
    ) -> Result<(), TooLarge> {
        let order: Places = self.by_price(&in_force.limit, lot).into_iter().flatten().collect();
        if order.is_empty() && in_force.limit.scope.is_of_some_bids() {
            return Ok(());
        }
        let Some(view) = self.lots.get(lot) else { return Ok(()) };
        let (name, total) = (view.lot_id.clone(), sum(view.demand.iter().copied())?);
        let wins = self.wins_of(&order);
        let mut one = Sum::default();
        let mut places: Vec<Sum> = vec![Sum::default(); order.len()];
        let mut volumes = order.iter().map(|bid| self.volume_of(&[*bid])).collect::<Result<Vec<_>, _>>()?;
        for shares in lists {
            let list = shares.len();
            let label = |what: &str| in_force.label(what, &format!("{name},{list}"));
            let winners_are = self.yes_no(label("winners-are"));
            one.add(winners_are, 1)?;
            let mut slots: Vec<Vec<usize>> = Vec::new();
            for (bid, (place, volume)) in places.iter_mut().zip(&mut volumes).enumerate() {
                let mut own = Vec::new();
                for (rank, share) in shares.iter().enumerate() {
                    let slot = self.yes_no(label(&format!("rank-{rank}-{bid}")));
                    place.add(slot, 1)?;
                    volume.add(slot, sub(0, part_below(total, *share)?)?)?;
                    own.push(slot);
                }
                slots.push(own);
            }
            for rank in 0..list {
                let mut filled = Sum::default();
                slots.iter().filter_map(|own| own.get(rank)).try_for_each(|slot| filled.add(*slot, 1))?;
                filled.add(winners_are, sub(0, 1)?)?;
                self.row(in_force.rule(), label(&format!("rank-filled-{rank}")), &filled, Sense::Eq, 0);
            }
            self.rank_order(in_force, &label("rank-order"), &slots, winners_are)?;
        }
        self.row(in_force.rule(), in_force.label("one-number-of-winners", &name), &one, Sense::Eq, 1);
        for (bid, ((mut place, volume), wins)) in places.into_iter().zip(volumes).zip(wins).enumerate() {
            place.add(wins, sub(0, 1)?)?;
            let label = |what: &str| in_force.label(what, &format!("{name},{bid}"));
            let (ranked, shared) = (label("has-rank"), label("share-of-rank"));
            self.row(in_force.rule(), ranked, &place, Sense::Eq, 0);
            self.row(in_force.rule(), shared, &volume, Sense::Eq, 0);
        }
        Ok(())
    }

    /// A worse price never stands before a better one: where a bid has a rank up to `j`, no bid before it has rank `j` or a
    /// later one.
    fn rank_order(
        &mut self,
        in_force: &InForce<'_>,
        label: &str,
        slots: &[Vec<usize>],
        winners_are: usize,
    ) -> Result<(), TooLarge> {
        for (better, before) in slots.iter().enumerate() {
            for (worse, after) in slots.iter().enumerate().skip(better.saturating_add(1)) {
                for rank in 0..before.len() {
                    let mut sum = Sum::default();
                    after.iter().take(rank.saturating_add(1)).try_for_each(|slot| sum.add(*slot, 1))?;
                    before.iter().skip(rank).try_for_each(|slot| sum.add(*slot, 1))?;
                    sum.add(winners_are, sub(0, 1)?)?;
                    let name = format!("{label}-{better}-{worse}-{rank}");
                    self.row(in_force.rule(), name, &sum, Sense::Le, 0);
                }
            }
        }
        Ok(())
    }

    /// A winner with a better price has at least the volume of one with a worse price.
    pub(super) fn rank_monotone(&mut self, in_force: &InForce<'_>) -> Result<(), TooLarge> {
        for lot in self.lots_in(&in_force.limit).into_iter().flatten() {
            let classes = self.by_price(&in_force.limit, lot);
            let Some(view) = self.lots.get(lot) else { continue };
            let (name, total) = (view.lot_id.clone(), sum(view.demand.iter().copied())?);
            for (number, better) in classes.iter().enumerate() {
                for worse in classes.iter().skip(number.saturating_add(1)).flatten() {
                    for one in better {
                        let least = self.volume_of(&[*worse])?;
                        let mut sum = Self::less(&self.volume_of(&[*one])?, &least)?;
                        for wins in self.wins_of(&[*one]) {
                            sum.add(wins, sub(0, total)?)?;
                        }
                        let label = format!("{name},{},{}", one.1, worse.1);
                        let label = in_force.label("rank-monotone", &label);
                        self.row(in_force.rule(), label, &sum, Sense::Ge, sub(0, total)?);
                    }
                }
            }
        }
        Ok(())
    }

    /// The part of the demand that is awarded goes with the number of winners; the last share holds for more winners too.
    pub(super) fn agreed_share(
        &mut self,
        in_force: &InForce<'_>,
        lot: usize,
        shares: &[Ratio],
    ) -> Result<(), TooLarge> {
        let Some(view) = self.lots.get(lot) else { return Ok(()) };
        let (name, demand, bids) = (view.lot_id.clone(), view.demand.clone(), view.bids.len());
        let mut one = Sum::default();
        let mut least = self.count(&self.all_bids(&[lot]))?;
        let mut most = least.clone();
        let (mut columns, total) = (Vec::new(), sum(demand.iter().copied())?);
        let digits = shares.iter().map(|share| share.decimals()).max().unwrap_or(0);
        let denominator = Ratio::ONE.in_steps(digits).ok_or(TooLarge)?;
        for (number, share) in shares.iter().enumerate() {
            let winners = number.saturating_add(1);
            let column = self.yes_no(in_force.label("winners-are", &format!("{name},{winners}")));
            one.add(column, 1)?;
            let last = winners == shares.len();
            let up_to = if last { bids.max(winners) } else { winners };
            let steps = |count: usize| i128::try_from(count).map_err(|_| TooLarge);
            least.add(column, sub(0, steps(winners)?)?)?;
            most.add(column, sub(0, steps(up_to)?)?)?;
            columns.push((column, share.in_steps(digits).ok_or(TooLarge)?));
        }
        let rows = [
            ("one-number-of-winners", one, Sense::Eq, 1),
            ("winners-least", least, Sense::Ge, 0),
            ("winners-most", most, Sense::Le, 0),
        ];
        for (what, sum, sense, rhs) in rows {
            self.row(in_force.rule(), in_force.label(what, &name), &sum, sense, rhs);
        }
        let part = |(column, share): &(usize, i128)| {
            let part = mul(total, *share)?.checked_div_euclid(denominator).ok_or(TooLarge)?;
            Ok((*column, part))
        };
        let parts = columns.iter().map(part).collect::<Result<_, TooLarge>>()?;
        self.lots.get_mut(lot).into_iter().for_each(|view| view.parts = Vec::clone(&parts));
        self.demand(lot, &columns, denominator)
    }
}
