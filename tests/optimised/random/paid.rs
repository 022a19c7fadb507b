//! What a report says that the winners of a random tender are paid, against their prices.

use jicai::allocate::{Allocation, RegionVolume};
use jicai::certify::CertifiedAward;

use super::tender::{Bid, Lot, Tender};

/// Decimals in which volumes, and money, are counted here.
const DIGITS: (u32, u32) = (6, 12);

impl Tender {
    /// The first bid whose value in a region is not its price there times its volume. Values in packages that have prices
    /// of their own are left to the check of reports.
    pub fn misstated(&self, award: &CertifiedAward, allocation: &Allocation) -> Option<String> {
        let lots = award.lots().zip(&allocation.lots).enumerate();
        lots.flat_map(|(at, ((screened, _), lot))| {
            let bids = &screened.comparable.lot.bids;
            lot.regions.iter().filter_map(move |row| {
                let id = bids[row.bid].id.as_str();
                let own = (0..self.lots[at].bids.len()).find(|own| Self::bid_id(at, *own) == id).unwrap();
                (!self.is_paid(at, own, row, lot)).then(|| format!("{id} in {}", row.region.as_str()))
            })
        })
        .next()
    }

    fn is_paid(
        &self,
        lot: usize,
        own: usize,
        row: &RegionVolume,
        given: &jicai::allocate::LotAllocation,
    ) -> bool {
        let packed = |package: &super::tender::Package| {
            package.bids.iter().any(|(at, bid, price)| (*at, *bid) == (lot, own) && price.is_some())
        };
        if self.packages.iter().any(packed) {
            return true;
        }
        let bid = &self.lots[lot].bids[own];
        let of_bid = given.winners.iter().find(|winner| winner.bid == row.bid);
        let volume = of_bid.unwrap().agreed_volume.in_steps(DIGITS.0).unwrap();
        let region: usize = row.region.as_str()[1..].parse().unwrap();
        let Some(price) = self.asked(&self.lots[lot], bid, (region, volume)) else { return false };
        let scale = |digits: usize| 10_i128.pow(u32::try_from(digits).unwrap());
        let units = i128::from(price) * row.agreed_volume.in_steps(DIGITS.0).unwrap();
        // Prices stand in their own decimals, volumes in six.
        row.value.in_steps(DIGITS.1).unwrap() * scale(self.price_digits) == units * scale(6)
    }

    /// The price of a bid in a region, for a volume in steps of six decimals.
    pub fn asked(&self, lot: &Lot, bid: &Bid, (region, volume): (usize, i128)) -> Option<i64> {
        if bid.bands.is_empty() {
            return bid.regional[region].unwrap_or(Some(bid.price));
        }
        let steps =
            |stated: i64| i128::from(stated) * 10_i128.pow(6 - u32::try_from(self.volume_digits).unwrap());
        let holds = bid.bands.iter().filter(|band| {
            !lot.is_above_ceiling(band.price)
                && steps(band.least) <= volume
                && band.most.is_none_or(|most| volume <= steps(most))
        });
        // Money stands in the decimals of a price and a stated volume together.
        holds.min_by_key(|band| i128::from(band.price) * volume + steps(band.fixed)).map(|band| band.price)
    }
}
