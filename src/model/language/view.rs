//! What the columns of a programme mean: winners, volumes and values are read from an award by it.

use crate::model::whole::{TooLarge, add, mul};
use crate::money::UnitPrice;

/// One lot of a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LotView {
    /// The lot's id.
    pub lot_id: String,
    /// The regions, by name.
    pub regions: Vec<String>,
    /// What must be awarded in each region, in steps.
    pub demand: Vec<i128>,
    /// The bids, by id.
    pub bids: Vec<BidView>,
    /// The yes-or-no columns of the number of winners with the awarded part of the lot's demand, in steps; empty when all
    /// of the demand is awarded whatever that number is.
    pub parts: Vec<(usize, i128)>,
}

/// One bid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BidView {
    /// The bid's id.
    pub bid_id: String,
    /// Its place in the lot's list of bids.
    pub at: usize,
    /// The yes-or-no column of its winning.
    pub wins: usize,
    /// Its offers: a winner takes exactly one of them.
    pub offers: Vec<Offer>,
}

/// One offer of a bid: its price, one of its price bands, or its price within a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Its name within the bid; blank for the only one.
    pub name: String,
    /// The yes-or-no column of its being taken; that of winning when the bid has one offer.
    pub taken: usize,
    /// What it delivers to each region; `None` where it does not offer.
    pub delivers: Vec<Option<Delivery>>,
    /// What it quotes for a unit of its own specification, wherever it offers; `None` where the bid's own price and those by
    /// region hold.
    pub quoted: Option<UnitPrice>,
    /// What is paid for one step in each region, in price steps.
    pub price: Vec<Option<i128>>,
    /// What is paid once when it is taken, in cost steps.
    pub fixed_cost: i128,
    /// The least volume when it is taken, in steps.
    pub least: i128,
    /// The largest volume, in steps.
    pub most: i128,
}

/// Whether an award switches away from incumbents, as one limit counts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Switch {
    /// The yes-or-no column.
    pub column: usize,
    /// The lots that the limit speaks of together, as places in the programme's lots, each with the yes-or-no columns of
    /// winning of the bids that are not of incumbents.
    pub lots: Vec<(usize, Vec<usize>)>,
}

impl Switch {
    /// The first lot in which an award switches; `None` when it switches in none.
    pub fn first_lot(&self, values: &[i128]) -> Option<usize> {
        let wins = |column: &usize| values.get(*column) == Some(&1);
        self.lots.iter().find(|(_, new)| new.iter().any(wins)).map(|(lot, _)| *lot)
    }
}

/// Where the volume of an offer in a region stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivery {
    /// The column.
    pub column: usize,
    /// How many volume steps a 1 in the column stands for.
    pub steps: i128,
}

impl Offer {
    /// The volume that an award gives it in each region, in steps.
    ///
    /// # Errors
    /// [`TooLarge`] when a product does not fit or a column has no value.
    pub fn volumes(&self, values: &[i128]) -> Result<Vec<i128>, TooLarge> {
        let volume = |delivery: &Option<Delivery>| match delivery {
            Some(delivery) => mul(*values.get(delivery.column).ok_or(TooLarge)?, delivery.steps),
            None => Ok(0),
        };
        self.delivers.iter().map(volume).collect()
    }
}

impl BidView {
    /// The offer that an award takes, if the bid wins.
    pub fn taken(&self, values: &[i128]) -> Option<&Offer> {
        let wins = values.get(self.wins) == Some(&1);
        self.offers.iter().find(|offer| wins && values.get(offer.taken) == Some(&1))
    }

    /// What an award pays for the volume of each region, in cost steps, without fixed costs.
    ///
    /// # Errors
    /// [`TooLarge`] when a product does not fit.
    pub fn region_values(&self, values: &[i128]) -> Result<Vec<i128>, TooLarge> {
        let Some(offer) = self.taken(values) else { return Ok(Vec::new()) };
        let pairs = offer.volumes(values)?.into_iter().zip(&offer.price);
        pairs.map(|(volume, price)| mul(volume, price.unwrap_or(0))).collect()
    }

    /// What an award pays for the bid, fixed cost included, in cost steps.
    ///
    /// # Errors
    /// [`TooLarge`] when a sum does not fit.
    pub fn paid(&self, values: &[i128]) -> Result<i128, TooLarge> {
        let Some(offer) = self.taken(values) else { return Ok(0) };
        self.region_values(values)?.into_iter().try_fold(offer.fixed_cost, add)
    }
}
