//! Lots that are decided together, with the prices of one bid moved.

use super::quoted::Quoted;
use crate::compare::{AgainstCeiling, ComparableTender};
use crate::screen::{Screened, screen_at_other_prices};
use crate::tender::{Act, Decision, Package, PackageBid};

/// Lots that are decided together, and the bid whose prices move.
#[derive(Clone, Copy)]
pub(super) struct Moved<'a> {
    pub(super) screened: &'a Screened,
    /// Places of the lots among all.
    pub(super) lots: &'a [usize],
    /// Place of the bid's lot among all.
    pub(super) lot: usize,
    /// Place of the bid in its lot.
    pub(super) bid: usize,
}

/// What became of lots at another price.
pub(super) enum At {
    /// The rules were applied.
    Screened(Box<Screened>),
    /// Bids stand beside each other that the rules do not allow.
    Refused,
}

impl Moved<'_> {
    /// The lots with the bid's own price at so many steps, and all its other prices moved by as much; `None` when a number
    /// cannot be held.
    pub(super) fn to(&self, quoted: &Quoted<'_>, steps: i128) -> Option<At> {
        let (price, change) = (quoted.price(steps)?, quoted.change(steps)?);
        let comparable = quoted.comparable(price)?;
        let mut lots = Vec::with_capacity(self.lots.len());
        for at in self.lots {
            let mut lot = self.screened.lots.get(*at)?.comparable.clone();
            if *at == self.lot {
                let ceiling = lot.lot.ceiling_price;
                let bid = lot.lot.bids.get_mut(self.bid)?;
                bid.price = Some(price);
                for band in &mut bid.bands {
                    band.price = quoted.moved(band.price, change)?;
                }
                for stated in bid.regional.iter_mut().filter_map(|row| row.price.as_mut()) {
                    *stated = quoted.moved(*stated, change)?;
                }
                let own = lot.bids.get_mut(self.bid)?;
                let filed = own.comparable_price.replace(comparable);
                let supplier = bid.supplier_id.clone();
                own.against_ceiling = match bid.ceiling_price {
                    Some(ceiling) => Some(AgainstCeiling { price, ceiling }),
                    None => ceiling.map(|ceiling| AgainstCeiling { price: comparable, ceiling }),
                };
                // Its own draw was among those that were as low as it filed.
                if filed != Some(comparable) {
                    let of_it =
                        |act: &Decision| act.supplier_id == supplier && matches!(act.act, Act::Draw(_));
                    lot.lot.decisions.retain(|act| !of_it(act));
                }
            }
            lots.push(lot);
        }
        let own = &self.screened.lots.get(self.lot)?.comparable.lot.bids.get(self.bid)?.id;
        let held = |package: &&Package| {
            let inside = |bid: &PackageBid| lots.iter().any(|lot| lot.lot.id == bid.lot_id);
            package.bids.iter().all(inside)
        };
        let mut packages: Vec<Package> = self.screened.packages.iter().filter(held).cloned().collect();
        for member in packages.iter_mut().flat_map(|package| &mut package.bids) {
            if let Some(stated) = member.price.as_mut().filter(|_| member.bid_id == *own) {
                *stated = quoted.moved(*stated, change)?;
            }
        }
        let Screened { notice, suppliers, rules, .. } = self.screened;
        let (notice, suppliers, rules) = (notice.clone(), suppliers.clone(), rules.clone());
        let tender = ComparableTender { notice, suppliers, packages, inputs: Vec::new(), rules, lots };
        Some(match screen_at_other_prices(tender) {
            Ok(screened) => At::Screened(Box::new(screened)),
            Err(_) => At::Refused,
        })
    }

    /// Place of the bid's lot among those that are decided together.
    pub(super) fn place(&self) -> Option<usize> {
        self.lots.iter().position(|at| *at == self.lot)
    }
}
