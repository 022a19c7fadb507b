//! What a certified award gives each winner of a lot: its volume, where, and what is paid for it.

use super::award::{PlannedRegion, RegionOffer};
use super::certified::CertifiedLot;
use crate::model::language::{Language, LotView};
use crate::model::{CoreLot, LotModel, Shape, Steps};
use crate::money::{Money, Quantity, UnitPrice};
use crate::rules::RuleSet;
use crate::screen::ScreenedLot;
use crate::tender::{Bid, Region};

/// How a lot is read from its programme.
pub(super) struct Reading<'a> {
    pub(super) lot: &'a ScreenedLot,
    pub(super) rules: &'a RuleSet,
    pub(super) model: &'a LotModel,
    pub(super) certified: &'a CertifiedLot,
    /// The programme of the whole bidding language, with the lot's place in it.
    pub(super) language: Option<(&'a Language, usize)>,
}

/// What a winner gets.
#[derive(Default)]
pub(super) struct Planned {
    pub(super) volume: Option<Quantity>,
    pub(super) regions: Option<Vec<PlannedRegion>>,
    pub(super) fixed_cost: Option<Money>,
    pub(super) offers: Vec<RegionOffer>,
}

impl Reading<'_> {
    pub(super) fn steps(&self) -> Steps {
        self.language.map_or_else(|| Steps::of(self.lot, self.rules), |(language, _)| language.steps)
    }

    fn view(&self) -> Option<&LotView> {
        let (language, at) = self.language?;
        language.lots.get(at)
    }

    /// What the award gives a winner; a ranked lot's volumes follow from the draft instead.
    pub(super) fn planned(&self, id: &str) -> Option<Planned> {
        match &self.model.shape {
            Shape::Ranked(_) => Some(Planned::default()),
            Shape::Core(core) => self.planned_core(core, id),
            Shape::General(_) => self.planned_general(id),
        }
    }

    fn planned_core(&self, core: &CoreLot, id: &str) -> Option<Planned> {
        let Some(values) = self.certified.values() else { return Some(Planned::default()) };
        let at = core.bidders.iter().position(|bidder| bidder.bid_id == id)?;
        let (layout, bidder) = (core.layout(), core.bidders.get(at)?);
        let volumes: Vec<i128> = layout
            .delivers
            .get(at)?
            .iter()
            .map(|column| column.map_or(Some(0), |column| values.get(column).copied()))
            .collect::<Option<_>>()?;
        let steps = self.steps();
        let total = volumes.iter().try_fold(0_i128, |sum, volume| sum.checked_add(*volume))?;
        // Where every bid has its own price in every region, each region is shared in proportion.
        let differ = core.bidders.iter().any(|bidder| {
            let own = self.own_price(&bidder.bid_id).and_then(|own| own.in_steps(steps.price_digits));
            bidder.price.iter().any(|price| *price != own)
        });
        let values = volumes.iter().zip(&bidder.price);
        let values = values.map(|(volume, price)| volume.checked_mul(price.unwrap_or(0)));
        let values = values.collect::<Option<Vec<_>>>()?;
        let of_bid = || regions(self.bid(id)?, None, &core.regions, (&volumes, &values), steps);
        let regions = if differ { Some(of_bid()?) } else { None };
        let volume = Some(steps.volume(total)?);
        Some(Planned { volume, regions, ..Planned::default() })
    }

    fn bid(&self, id: &str) -> Option<&Bid> {
        self.lot.comparable.lot.bids.iter().find(|bid| bid.id.as_str() == id)
    }

    /// The comparable price of a bid, of which those of regions may differ.
    fn own_price(&self, id: &str) -> Option<UnitPrice> {
        let bid = self.lot.each_bid().find(|(bid, _, _)| bid.id.as_str() == id)?;
        bid.1.comparable_price
    }

    fn planned_general(&self, id: &str) -> Option<Planned> {
        let Some(values) = self.certified.values() else { return Some(Planned::default()) };
        let view = self.view()?;
        let bid = view.bids.iter().find(|bid| bid.bid_id == id)?;
        let Some(offer) = bid.taken(values) else { return Some(Planned::default()) };
        let (volumes, paid) = (offer.volumes(values).ok()?, bid.region_values(values).ok()?);
        let steps = self.steps();
        let total = volumes.iter().try_fold(0_i128, |sum, volume| sum.checked_add(*volume))?;
        let filed = self.bid(id)?;
        let offered = view.regions.iter().zip(&offer.price);
        let offers = |(name, price): (&String, &Option<i128>)| {
            let price = UnitPrice::from_steps((*price)?, steps.price_digits).ok()?;
            let region = Region::new(name.as_str());
            let quoted = quoted_in(filed, offer.quoted, &region)?;
            Some(RegionOffer { region, price, quoted })
        };
        Some(Planned {
            offers: offered.filter_map(offers).collect(),
            volume: Some(steps.volume(total)?),
            regions: Some(regions(filed, offer.quoted, &view.regions, (&volumes, &paid), steps)?),
            fixed_cost: Some(steps.cost(offer.fixed_cost)?),
        })
    }

    /// What the award costs as prices are compared.
    pub(super) fn cost(&self) -> Option<i128> {
        match self.language {
            None => self.certified.objective(),
            Some((language, at)) => language.cost_of(at, self.certified.values()?).ok(),
        }
    }
}

/// What a bid is given in each region, `quoted` being its price wherever it offers, if it has one.
fn regions(
    bid: &Bid,
    quoted: Option<UnitPrice>,
    names: &[String],
    (volumes, values): (&[i128], &[i128]),
    steps: Steps,
) -> Option<Vec<PlannedRegion>> {
    let all = names.iter().zip(volumes).zip(values).filter(|((_, volume), _)| **volume != 0);
    let region = |((name, volume), value): ((&String, &i128), &i128)| {
        let region = Region::new(name.as_str());
        let (volume, value) = (steps.volume(*volume)?, steps.cost(*value)?);
        let quoted = quoted_in(bid, quoted, &region)?;
        Some(PlannedRegion { region, volume, value, quoted })
    };
    all.map(region).collect()
}

/// What a bid quotes in a region: its price wherever it offers, if it has one, else that of the region or its own.
fn quoted_in(bid: &Bid, quoted: Option<UnitPrice>, region: &Region) -> Option<UnitPrice> {
    let stated = || bid.regional.iter().find(|row| row.region == *region);
    quoted.or_else(|| stated().map_or(bid.price, |row| row.price))
}
