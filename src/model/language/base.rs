//! Bids and demand as columns and rows: who wins with which offer delivers what where.

use crate::model::programme::Sense;
use crate::model::whole::{TooLarge, sub};
use crate::money::{Money, Quantity, UnitPrice};
use crate::rules::{LeastCost, VolumeAtLeastCost};
use crate::tender::{Package, PackageTerms};

use super::bands;
use super::build::{Build, Sum};
use super::input::{BidOffered, LotOffered, refuses};
use super::steps::{comparable, within_ceiling};
use super::view::{BidView, Delivery, LotView, Offer};

/// What must be awarded of a lot, and how.
pub(super) struct Wanted {
    /// For each region, in steps.
    pub(super) demand: Vec<i128>,
    /// Every region is served by one supplier.
    pub(super) one_supplier: bool,
}

/// What an offer is, before it has columns.
pub(super) struct Terms {
    pub(super) name: String,
    pub(super) quoted: Option<UnitPrice>,
    pub(super) price: Vec<Option<i128>>,
    pub(super) fixed_cost: i128,
    pub(super) least: i128,
    pub(super) most: Option<i128>,
}

impl Build<'_> {
    /// The columns of a lot, and the rows that hold whatever its limits are but that of its demand.
    pub(super) fn lot(&mut self, lot: &LotOffered<'_>, wanted: Wanted) -> Result<(), TooLarge> {
        let mut view = LotView {
            lot_id: lot.lot.id.as_str().to_owned(),
            regions: lot.regions.keys().map(|region| region.as_str().to_owned()).collect(),
            demand: wanted.demand.clone(),
            bids: Vec::new(),
            parts: Vec::new(),
        };
        let mut order: Vec<(usize, &BidOffered<'_>)> = lot.bids.iter().enumerate().collect();
        order.sort_by(|one, other| one.1.bid.id.cmp(&other.1.bid.id));
        for (at, bid) in order {
            let id = bid.bid.id.as_str();
            let wins = self.yes_no(format!("wins[{id}]"));
            let offers = self.offers(lot, bid, wins, &wanted)?;
            if offers.is_empty() || bid.barred_by.is_some() {
                let mut sum = Sum::default();
                sum.add(wins, 1)?;
                let rule = bid.barred_by.unwrap_or(LeastCost::ID);
                self.row(rule, format!("not-winning[{id}]"), &sum, Sense::Eq, 0);
            }
            view.bids.push(BidView { bid_id: id.to_owned(), at, wins, offers });
        }
        self.lots.push(view);
        self.alternates(lot)
    }

    fn offers(
        &mut self,
        lot: &LotOffered<'_>,
        bid: &BidOffered<'_>,
        wins: usize,
        wanted: &Wanted,
    ) -> Result<Vec<Offer>, TooLarge> {
        let terms = self.terms(lot, bid)?;
        let (several, of_supplier) = (terms.len() > 1, self.of_supplier(bid)?);
        let id = bid.bid.id.as_str();
        let (mut offers, mut taken_all) = (Vec::new(), Sum::default());
        for one in terms {
            let label = if several { format!("{id},{}", one.name) } else { id.to_owned() };
            let taken = if several { self.yes_no(format!("takes[{label}]")) } else { wins };
            taken_all.add(taken, 1)?;
            let offer = self.offer(lot, (&label, taken), (one, of_supplier), wanted)?;
            self.offer_rows(&label, &offer)?;
            offers.push(offer);
        }
        if several {
            taken_all.add(wins, sub(0, 1)?)?;
            self.row(LeastCost::ID, format!("one-offer[{id}]"), &taken_all, Sense::Eq, 0);
        }
        Ok(offers)
    }

    /// What a bid offers: its price, its bands, its prices by region, its price within a package.
    fn terms(&self, lot: &LotOffered<'_>, bid: &BidOffered<'_>) -> Result<Vec<Terms>, TooLarge> {
        let filed = bid.bid;
        let Some(own) = bid.price else { return Ok(Vec::new()) };
        let steps = self.steps;
        let in_steps = |price: UnitPrice| -> Result<Option<i128>, TooLarge> {
            if !within_ceiling(self.offered.rules, lot.lot, filed, price) {
                return Ok(None);
            }
            steps.of_price(comparable(self.offered.rules, filed, price)?).map(Some)
        };
        let capacity = filed.capacity.map(|most| steps.of_volume(most)).transpose()?;
        let asked = steps.of_volume(filed.min_quantity.unwrap_or(Quantity::ZERO))?.max(1);
        let fixed = steps.of_money(filed.fixed_cost.unwrap_or(Money::ZERO))?;
        let alike = |price: i128| -> Vec<Option<i128>> {
            lot.regions.keys().map(|region| (!refuses(filed, region)).then_some(price)).collect()
        };
        let mut terms = Vec::new();
        for (number, band) in filed.bands.iter().enumerate() {
            let Some(price) = in_steps(band.price)? else { continue };
            let end = band.max_quantity.map(|most| steps.of_volume(most)).transpose()?;
            terms.push(Terms {
                name: format!("band-{}", number.saturating_add(1)),
                quoted: Some(band.price),
                price: alike(price),
                fixed_cost: crate::model::whole::add(fixed, steps.of_money(band.fixed_cost)?)?,
                least: steps.of_volume(band.min_quantity)?.max(asked),
                most: end.into_iter().chain(capacity).min(),
            });
        }
        bands::part(&mut terms)?;
        if filed.bands.is_empty() {
            let own = steps.of_price(own)?;
            let of_region = |region: &str| {
                let stated = filed.regional.iter().find(|row| row.region.as_str() == region);
                match stated {
                    None => Ok(Some(own)),
                    Some(row) => row.price.map_or(Ok(None), in_steps),
                }
            };
            let price =
                lot.regions.keys().map(|region| of_region(region.as_str())).collect::<Result<_, _>>()?;
            let name = "own".to_owned();
            let quoted = None;
            terms.push(Terms { name, quoted, price, fixed_cost: fixed, least: asked, most: capacity });
            if let Some((package, price)) = self.package_price(bid) {
                let packed = Terms {
                    name: "package".to_owned(),
                    quoted: Some(price),
                    price: in_steps(price)?.map(alike).unwrap_or_default(),
                    fixed_cost: fixed,
                    least: asked,
                    most: capacity,
                };
                if package.terms == PackageTerms::AllOrNothing {
                    terms.clear();
                }
                terms.push(packed);
            }
        }
        terms.retain(|one| one.price.iter().any(Option::is_some));
        Ok(terms)
    }

    /// The package in which a bid has a price of its own.
    fn package_price(&self, bid: &BidOffered<'_>) -> Option<(&Package, UnitPrice)> {
        self.offered.packages.iter().find_map(|package| {
            let member = package.bids.iter().find(|member| member.bid_id == bid.bid.id)?;
            Some((package, member.price?))
        })
    }

    /// The most that the supplier of a bid can deliver over all lots, in steps.
    fn of_supplier(&self, bid: &BidOffered<'_>) -> Result<Option<i128>, TooLarge> {
        let known = self.offered.suppliers.get(&bid.bid.supplier_id);
        let most = known.and_then(|known| known.capacity_volume);
        most.map(|most| floor_steps(most, self.steps.volume_digits)).transpose()
    }

    /// The columns of an offer, of which the supplier can deliver so much over all lots.
    fn offer(
        &mut self,
        lot: &LotOffered<'_>,
        (label, taken): (&str, usize),
        (terms, of_supplier): (Terms, Option<i128>),
        wanted: &Wanted,
    ) -> Result<Offer, TooLarge> {
        let total = crate::model::whole::sum(wanted.demand.iter().copied())?;
        let most = terms.most.map_or(total, |most| most.min(total));
        let whole_region = of_supplier.map_or(most, |of_supplier| of_supplier.min(most));
        let mut delivers = Vec::new();
        for ((region, demand), price) in lot.regions.keys().zip(&wanted.demand).zip(&terms.price) {
            let name = region.as_str();
            // A region that is served by one supplier is served in full, or not by this offer.
            let beyond = wanted.one_supplier && *demand > whole_region;
            let offered = price.is_some() && *demand > 0 && !beyond;
            delivers.push(match (offered, wanted.one_supplier) {
                (false, _) => None,
                (true, true) => {
                    let column = self.yes_no(format!("serves[{label},{name}]"));
                    Some(Delivery { column, steps: *demand })
                }
                (true, false) => {
                    let column = self.volume(format!("delivers[{label},{name}]"), most.min(*demand));
                    Some(Delivery { column, steps: 1 })
                }
            });
        }
        let Terms { name, quoted, price, fixed_cost, least, .. } = terms;
        Ok(Offer { name, taken, delivers, quoted, price, fixed_cost, least, most })
    }

    /// Only a taken offer delivers, within its quantities. One link for each region says the same as the row of all regions,
    /// but leaves solvers that work with tolerances no room to cheat.
    fn offer_rows(&mut self, label: &str, offer: &Offer) -> Result<(), TooLarge> {
        let volume = Self::offer_volume(offer)?;
        for (region, delivery) in offer.delivers.iter().enumerate() {
            let Some(delivery) = delivery else { continue };
            let upper = self.columns.get(delivery.column).map_or(0, |column| column.upper);
            let mut sum = Sum::default();
            sum.add(delivery.column, 1)?;
            sum.add(offer.taken, sub(0, upper)?)?;
            self.row(LeastCost::ID, format!("winner-delivers[{label},{region}]"), &sum, Sense::Le, 0);
        }
        let mut most = volume.clone();
        most.add(offer.taken, sub(0, offer.most)?)?;
        self.row(LeastCost::ID, format!("capacity[{label}]"), &most, Sense::Le, 0);
        let mut least = volume;
        least.add(offer.taken, sub(0, offer.least)?)?;
        self.row(LeastCost::ID, format!("least-quantity[{label}]"), &least, Sense::Ge, 0);
        Ok(())
    }

    /// Of several bids of one supplier on a lot at most one wins.
    fn alternates(&mut self, lot: &LotOffered<'_>) -> Result<(), TooLarge> {
        let Some(view) = self.lots.last() else { return Ok(()) };
        let mut found = Vec::new();
        for one in &view.bids {
            let supplier = |at: usize| lot.bids.get(at).map(|bid| &bid.bid.supplier_id);
            let own: Vec<usize> = view
                .bids
                .iter()
                .filter(|bid| supplier(bid.at) == supplier(one.at))
                .map(|bid| bid.wins)
                .collect();
            if let (Some(first), Some(supplier), true) = (own.first(), supplier(one.at), own.len() > 1)
                && *first == one.wins
            {
                found.push((format!("alternates[{},{supplier}]", lot.lot.id), own));
            }
        }
        for (label, own) in found {
            let mut sum = Sum::default();
            own.iter().try_for_each(|wins| sum.add(*wins, 1))?;
            self.row(LeastCost::ID, label, &sum, Sense::Le, 1);
        }
        Ok(())
    }

    /// Every region of a lot gets what it needs: the demand, or the part of it that goes with the number of winners.
    /// `shares` are those parts, as a numerator for each number of winners over a denominator.
    pub(super) fn demand(&mut self, at: usize, shares: &[(usize, i128)], one: i128) -> Result<(), TooLarge> {
        let Some(view) = self.lots.get(at) else { return Ok(()) };
        let (lot_id, demand) = (view.lot_id.clone(), view.demand.clone());
        let offers: Vec<Vec<Option<Delivery>>> =
            view.bids.iter().flat_map(|bid| &bid.offers).map(|offer| offer.delivers.clone()).collect();
        for (region, demand) in demand.iter().enumerate() {
            let mut sum = Sum::default();
            for delivery in offers.iter().filter_map(|offer| (*offer.get(region)?).as_ref()) {
                sum.add(delivery.column, 1)?;
            }
            let serves = offers.iter().any(|offer| {
                matches!(offer.get(region), Some(Some(delivery)) if self.is_decision(delivery.column))
            });
            let mut rhs = if serves { 1 } else { *demand };
            if *demand == 0 {
                continue;
            }
            for (column, share) in shares {
                let part = crate::model::whole::mul(*demand, *share)?.checked_div_euclid(one);
                sum.add(*column, sub(0, part.ok_or(TooLarge)?)?)?;
                rhs = 0;
            }
            let name = self.lots.get(at).and_then(|view| view.regions.get(region)).cloned();
            let label = format!("demand[{lot_id},{}]", name.unwrap_or_default());
            self.row(VolumeAtLeastCost::ID, label, &sum, Sense::Eq, rhs);
        }
        Ok(())
    }

    fn is_decision(&self, column: usize) -> bool {
        self.columns.get(column).is_some_and(|column| column.integer)
    }

    /// Packages whose bids stand in these lots.
    pub(super) fn packages(&mut self) -> Result<(), TooLarge> {
        let offered = self.offered;
        for package in offered.packages {
            let bids = self.lots.iter().flat_map(|lot| &lot.bids);
            let members: Vec<(usize, Option<usize>, bool)> = bids
                .filter(|bid| package.bids.iter().any(|member| member.bid_id.as_str() == bid.bid_id))
                .map(|bid| {
                    let packed = bid.offers.iter().find(|offer| offer.name == "package");
                    let priced = package
                        .bids
                        .iter()
                        .any(|member| member.bid_id.as_str() == bid.bid_id && member.price.is_some());
                    (bid.wins, packed.map(|offer| offer.taken), priced)
                })
                .collect();
            if !members.is_empty() {
                self.package(package, &members)?;
            }
        }
        Ok(())
    }

    fn package(
        &mut self,
        package: &Package,
        members: &[(usize, Option<usize>, bool)],
    ) -> Result<(), TooLarge> {
        let won = self.yes_no(format!("package[{}]", package.id));
        let count = i128::try_from(members.len()).map_err(|_| TooLarge)?;
        let mut all = Sum::default();
        all.add(won, 1)?;
        for (number, (wins, packed, priced)) in members.iter().enumerate() {
            all.add(*wins, sub(0, 1)?)?;
            let discount = package.terms == PackageTerms::Discount;
            let mut together = Sum::default();
            together.add(*wins, 1)?;
            together.add(won, sub(0, 1)?)?;
            let sense = if discount { Sense::Ge } else { Sense::Eq };
            let label = format!("package[{},{number}]", package.id);
            self.row(super::PACKAGES, label, &together, sense, 0);
            if discount && *priced {
                let mut holds = Sum::default();
                holds.add(won, sub(0, 1)?)?;
                packed.iter().try_for_each(|packed| holds.add(*packed, 1))?;
                let label = format!("package-price[{},{number}]", package.id);
                self.row(super::PACKAGES, label, &holds, Sense::Eq, 0);
            }
        }
        if package.terms == PackageTerms::Discount {
            let label = format!("package-won[{}]", package.id);
            self.row(super::PACKAGES, label, &all, Sense::Ge, sub(1, count)?);
        }
        Ok(())
    }

    /// What a supplier can deliver over all lots, in volume and in value.
    pub(super) fn capacities(&mut self) -> Result<(), TooLarge> {
        let offered = self.offered;
        for (id, supplier) in offered.suppliers {
            let bids = self.bids_where(|bid| bid.bid.supplier_id == *id);
            if bids.is_empty() {
                continue;
            }
            if let Some(most) = supplier.capacity_volume {
                // More decimals than the lots count in cannot be delivered.
                let steps = floor_steps(most, self.steps.volume_digits)?;
                let label = format!("capacity-volume[{id}]");
                self.row(super::SUPPLIERS, label, &self.volume_of(&bids)?, Sense::Le, steps);
            }
            if let Some(most) = supplier.capacity_value {
                let digits = self.steps.volume_digits.saturating_add(self.steps.price_digits);
                let steps = floor_steps(most, digits)?;
                let label = format!("capacity-value[{id}]");
                self.row(super::SUPPLIERS, label, &self.value_of(&bids)?, Sense::Le, steps);
            }
        }
        Ok(())
    }

    /// The bids of which something holds, as places of lots and bids in the view.
    pub(super) fn bids_where(&self, holds: impl Fn(&BidOffered<'_>) -> bool) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for (at, view) in self.lots.iter().enumerate() {
            let stated = self.offered.lots.iter().find(|lot| lot.lot.id.as_str() == view.lot_id);
            let Some(stated) = stated else { continue };
            for (number, bid) in view.bids.iter().enumerate() {
                if stated.bids.get(bid.at).is_some_and(&holds) {
                    found.push((at, number));
                }
            }
        }
        found
    }
}

/// A number in steps, rounded down.
fn floor_steps(number: Quantity, digits: u32) -> Result<i128, TooLarge> {
    let exact = number.decimals().max(digits);
    let fine = number.in_steps(exact).ok_or(TooLarge)?;
    let by = 10_i128.checked_pow(exact.saturating_sub(digits)).ok_or(TooLarge)?;
    fine.checked_div_euclid(by).ok_or(TooLarge)
}
