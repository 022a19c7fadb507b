//! The input of the programme, from a screened tender.

use super::input::{BidOffered, LotOffered, Offered};
use crate::screen::{Screened, ScreenedLot, Standing};

/// A screened tender as offered.
pub fn offered(screened: &Screened) -> Offered<'_> {
    Offered {
        rules: &screened.rules,
        suppliers: &screened.suppliers,
        packages: &screened.packages,
        lots: screened.lots.iter().map(lot).collect(),
    }
}

fn lot(lot: &ScreenedLot) -> LotOffered<'_> {
    let bids = lot.each_bid().map(|(bid, comparable, screened)| BidOffered {
        bid,
        price: comparable.comparable_price,
        barred_by: match screened.standing {
            Standing::Excluded { rule } => Some(rule),
            Standing::Ranked { .. } => None,
        },
    });
    LotOffered {
        lot: &lot.comparable.lot,
        regions: lot.comparable.region_volumes.iter().map(|(region, volume)| (region, *volume)).collect(),
        bids: bids.collect(),
    }
}
