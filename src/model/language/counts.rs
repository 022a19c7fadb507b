//! Limits that count: winners, lots of a supplier, regions of a winner, backups, awards that must or must not be.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::programme::Sense;
use crate::model::whole::{TooLarge, add, sub};
use crate::tender::{Limit, Range};

use super::build::{Build, Sum};
use super::in_force::InForce;
use super::input::covers;

/// Places of bids: of their lot and within it.
pub(super) type Places = Vec<(usize, usize)>;

/// What bids deliver in one region.
#[derive(Default)]
struct Served {
    columns: Vec<usize>,
    /// The most that these columns come to.
    most: i128,
    lots: BTreeSet<usize>,
}

impl Build<'_> {
    /// The lots of a scope: each by itself, or all together; blank when the scope covers none of these lots.
    pub(super) fn lots_in(&self, limit: &Limit) -> Vec<Vec<usize>> {
        let covered = self.lots.iter().enumerate().filter(|(_, view)| {
            let stated = self.offered.lots.iter().find(|lot| lot.lot.id.as_str() == view.lot_id);
            stated.is_some_and(|lot| covers(&limit.scope, lot.lot))
        });
        let covered: Vec<usize> = covered.map(|(at, _)| at).collect();
        if limit.scope.together && !covered.is_empty() {
            return vec![covered];
        }
        covered.into_iter().map(|at| vec![at]).collect()
    }

    /// What lots are called in the names of rows.
    pub(super) fn name_of(&self, lots: &[usize]) -> String {
        match lots {
            [only] => self.lots.get(*only).map(|view| view.lot_id.clone()).unwrap_or_default(),
            _ => "*".to_owned(),
        }
    }

    /// The bids of a scope on some lots.
    pub(super) fn bids_in(&self, limit: &Limit, lots: &[usize]) -> Places {
        let found = self.bids_where(|bid| self.offered.concerns(&limit.scope, bid.bid));
        found.into_iter().filter(|(lot, _)| lots.contains(lot)).collect()
    }

    /// Every bid on some lots.
    pub(super) fn all_bids(&self, lots: &[usize]) -> Places {
        self.bids_where(|_| true).into_iter().filter(|(lot, _)| lots.contains(lot)).collect()
    }

    /// Bids by whom they count for.
    pub(super) fn parties(&self, bids: &Places) -> BTreeMap<String, Places> {
        let mut parties: BTreeMap<String, Places> = BTreeMap::new();
        for (lot, bid) in bids {
            let Some(view) = self.lots.get(*lot) else { continue };
            let stated = self.offered.lots.iter().find(|one| one.lot.id.as_str() == view.lot_id);
            let filed = view.bids.get(*bid).and_then(|own| stated?.bids.get(own.at));
            if let Some(filed) = filed {
                let party = self.offered.party(&filed.bid.supplier_id, self.as_one).to_owned();
                parties.entry(party).or_default().push((*lot, *bid));
            }
        }
        parties
    }

    /// The columns of winning of bids.
    pub(super) fn wins_of(&self, bids: &[(usize, usize)]) -> Vec<usize> {
        let wins = |(lot, bid): &(usize, usize)| Some(self.lots.get(*lot)?.bids.get(*bid)?.wins);
        bids.iter().filter_map(wins).collect()
    }

    /// A column that is 1 exactly when one of the bids of a party wins.
    pub(super) fn any_of(&mut self, party: &str, bids: &Places) -> Result<usize, TooLarge> {
        let columns = self.wins_of(bids);
        let place: Vec<String> = columns.iter().map(usize::to_string).collect();
        self.any(format!("wins-any[{party},{}]", place.join("+")), &columns)
    }

    /// The number of parties that win, as a sum.
    pub(super) fn count(&mut self, bids: &Places) -> Result<Sum, TooLarge> {
        let mut sum = Sum::default();
        for (party, own) in self.parties(bids) {
            let one_lot = own.iter().all(|(lot, _)| own.first().is_some_and(|(first, _)| lot == first));
            if one_lot && !self.as_one {
                // Of several bids of a supplier on a lot at most one wins.
                self.wins_of(&own).into_iter().try_for_each(|wins| sum.add(wins, 1))?;
            } else {
                sum.add(self.any_of(&party, &own)?, 1)?;
            }
        }
        Ok(sum)
    }

    /// A row for each side of a range.
    fn range(&mut self, in_force: &InForce<'_>, label: &str, sum: &Sum, range: Range<u32>) {
        let sides = [("least", Sense::Ge, range.min), ("most", Sense::Le, range.max)];
        for (side, sense, bound) in sides {
            if let Some(bound) = bound {
                self.row(in_force.rule(), format!("{label}-{side}"), sum, sense, i128::from(bound));
            }
        }
    }

    pub(super) fn winners(&mut self, in_force: &InForce<'_>, range: Range<u32>) -> Result<(), TooLarge> {
        for lots in self.lots_in(&in_force.limit) {
            let bids = self.bids_in(&in_force.limit, &lots);
            let sum = self.count(&bids)?;
            let label = in_force.label("winners", &self.name_of(&lots));
            self.range(in_force, &label, &sum, range);
        }
        Ok(())
    }

    pub(super) fn lots_per_supplier(
        &mut self,
        in_force: &InForce<'_>,
        range: Range<u32>,
    ) -> Result<(), TooLarge> {
        let lots: Vec<usize> = self.lots_in(&in_force.limit).into_iter().flatten().collect();
        let bids = self.bids_in(&in_force.limit, &lots);
        for (party, own) in self.parties(&bids) {
            let mut sum = Sum::default();
            for lot in &lots {
                let there: Places = own.iter().copied().filter(|(at, _)| at == lot).collect();
                if !there.is_empty() {
                    sum.add(self.any_of(&party, &there)?, 1)?;
                }
            }
            let label = in_force.label("lots-per-supplier", &party);
            self.range(in_force, &label, &sum, Range { min: None, max: range.max });
            if let Some(least) = range.min {
                let any = self.any_of(&party, &own)?;
                sum.add(any, sub(0, i128::from(least))?)?;
                self.row(in_force.rule(), format!("{label}-least"), &sum, Sense::Ge, 0);
            }
        }
        Ok(())
    }

    /// A supplier that wins serves so many regions; of the lots together, each region counts once.
    pub(super) fn regions_per_winner(
        &mut self,
        in_force: &InForce<'_>,
        range: Range<u32>,
    ) -> Result<(), TooLarge> {
        for lots in self.lots_in(&in_force.limit) {
            let bids = self.bids_in(&in_force.limit, &lots);
            for (party, own) in self.parties(&bids) {
                let of = format!("{},{party}", self.name_of(&lots));
                let count = self.regions_served(in_force, &of, &own)?;
                let any = self.any_of(&party, &own)?;
                let label = in_force.label("regions-per-winner", &of);
                let sides = [("least", Sense::Ge, range.min), ("most", Sense::Le, range.max)];
                for (side, sense, bound) in sides {
                    let Some(bound) = bound else { continue };
                    let mut sum = count.clone();
                    sum.add(any, sub(0, i128::from(bound))?)?;
                    self.row(in_force.rule(), format!("{label}-{side}"), &sum, sense, 0);
                }
            }
        }
        Ok(())
    }

    /// The number of regions that bids of one supplier serve, as a sum.
    fn regions_served(&mut self, in_force: &InForce<'_>, of: &str, bids: &Places) -> Result<Sum, TooLarge> {
        let one_lot = bids.iter().all(|(lot, _)| bids.first().is_some_and(|(first, _)| lot == first));
        let mut count = Sum::default();
        for (region, served) in self.deliveries(bids)? {
            let decided = |at: &usize| self.columns.get(*at).is_some_and(|column| column.integer);
            if one_lot && served.columns.iter().all(decided) {
                // A region that is decided as a whole has one supplier.
                served.columns.iter().try_for_each(|column| count.add(*column, 1))?;
                continue;
            }
            let serves = self.yes_no(in_force.label("sells-to", &format!("{of},{region}")));
            count.add(serves, 1)?;
            let mut volume = Sum::default();
            served.columns.iter().try_for_each(|column| volume.add(*column, 1))?;
            let mut least = volume.clone();
            least.add(serves, sub(0, 1)?)?;
            volume.add(serves, sub(0, served.most)?)?;
            let label = |what: &str| in_force.label(what, &format!("{of},{region}"));
            let (most, some) = (label("sells-only-if"), label("sells-if"));
            self.row(in_force.rule(), most, &volume, Sense::Le, 0);
            self.row(in_force.rule(), some, &least, Sense::Ge, 0);
        }
        Ok(count)
    }

    /// Lots that count together have one supplier for a region. Each lot by itself has one by its columns.
    pub(super) fn one_for_all_lots(&mut self, in_force: &InForce<'_>) -> Result<(), TooLarge> {
        for lots in self.lots_in(&in_force.limit).into_iter().filter(|lots| lots.len() > 1) {
            let mut serving: BTreeMap<String, Vec<(String, Vec<usize>)>> = BTreeMap::new();
            for (party, own) in self.parties(&self.all_bids(&lots)) {
                for (region, served) in self.deliveries(&own)? {
                    serving.entry(region).or_default().push((party.clone(), served.columns));
                }
            }
            for (region, parties) in serving {
                let mut sum = Sum::default();
                for (party, columns) in parties {
                    let name = in_force.label("serves-any", &format!("{region},{party}"));
                    sum.add(self.any(name, &columns)?, 1)?;
                }
                let label = in_force.label("one-supplier", &region);
                self.row(in_force.rule(), label, &sum, Sense::Le, 1);
            }
        }
        Ok(())
    }

    /// What bids deliver, by the name of the region.
    fn deliveries(&self, bids: &Places) -> Result<BTreeMap<String, Served>, TooLarge> {
        let mut regions: BTreeMap<String, Served> = BTreeMap::new();
        for (lot, bid) in bids {
            let Some((view, own)) = self.lots.get(*lot).and_then(|view| Some((view, view.bids.get(*bid)?)))
            else {
                continue;
            };
            for (region, (name, demand)) in view.regions.iter().zip(&view.demand).enumerate() {
                let columns = own.offers.iter().filter_map(|offer| offer.delivers.get(region)?.as_ref());
                let columns: Vec<usize> = columns.map(|delivery| delivery.column).collect();
                if !columns.is_empty() {
                    let served = regions.entry(name.clone()).or_default();
                    served.columns.extend(columns);
                    // Of several bids on a lot no more than its demand; a decision is at most 1.
                    if served.lots.insert(*lot) {
                        served.most = add(served.most, *demand)?;
                    }
                }
            }
        }
        Ok(regions)
    }

    /// In every region at least one more winner offers than there are backups.
    pub(super) fn backups(&mut self, in_force: &InForce<'_>, backups: u32) -> Result<(), TooLarge> {
        for lot in self.lots_in(&in_force.limit).into_iter().flatten() {
            let Some(view) = self.lots.get(lot) else { continue };
            let mut regions: Vec<(String, Places)> = Vec::new();
            for (region, (name, demand)) in view.regions.iter().zip(&view.demand).enumerate() {
                let offers =
                    |offer: &super::view::Offer| offer.price.get(region).is_some_and(Option::is_some);
                let offering = view.bids.iter().enumerate().filter(|(_, bid)| bid.offers.iter().any(offers));
                let places = offering.map(|(bid, _)| (lot, bid)).collect();
                if *demand > 0 {
                    regions.push((in_force.label("backups", &format!("{},{name}", view.lot_id)), places));
                }
            }
            for (label, places) in regions {
                let sum = self.count(&places)?;
                let least = i128::from(backups).saturating_add(1);
                self.row(in_force.rule(), label, &sum, Sense::Ge, least);
            }
        }
        Ok(())
    }

    /// Every supplier of the scope wins, each lot of the scope on which it bids; or none of its bids does.
    pub(super) fn forced(&mut self, in_force: &InForce<'_>, wins: bool) -> Result<(), TooLarge> {
        for lots in self.lots_in(&in_force.limit) {
            let bids = self.bids_in(&in_force.limit, &lots);
            for (party, own) in self.parties(&bids) {
                let mut sum = Sum::default();
                self.wins_of(&own).into_iter().try_for_each(|column| sum.add(column, 1))?;
                let what = format!("{},{party}", self.name_of(&lots));
                let (label, sense, rhs) = match wins {
                    true => (in_force.label("forced", &what), Sense::Ge, 1),
                    false => (in_force.label("forbidden", &what), Sense::Le, 0),
                };
                self.row(in_force.rule(), label, &sum, sense, rhs);
            }
        }
        Ok(())
    }
}
