//! winners.csv: one row for each winner.

use super::super::figures::LotFigures;
use super::{Cell, Heading, names, number, table, text, yes_or_no};
use crate::certify::{CertifiedAward, Winner};

pub(super) const HEADER: [Heading; 15] = [
    text("lot_id"),
    text("lot_name"),
    text("lot_name_zh"),
    text("lot_outcome"),
    number("rank"),
    text("supplier_id"),
    text("supplier_name"),
    text("supplier_name_zh"),
    text("bid_id"),
    number("price"),
    number("comparable_price"),
    number("agreed_volume"),
    number("value"),
    text("currency"),
    yes_or_no("illustrative"),
];

/// Winners by lot and rank; with a draw open, those that win whatever is drawn, without volumes.
pub(in crate::report) fn winners_csv(award: &CertifiedAward, lots: &[LotFigures<'_>]) -> Vec<u8> {
    let rows = lots.iter().flat_map(|lot| {
        lot.award.winners.iter().filter_map(|winner| row(award, lot, winner)).collect::<Vec<_>>()
    });
    table(names(&HEADER), rows)
}

fn row(award: &CertifiedAward, lot: &LotFigures<'_>, winner: &Winner) -> Option<[Cell; 15]> {
    let (bid, ..) = lot.bid(winner.bid)?;
    let price = lot.award_price(winner.bid, &award.screened().rules).ok()?;
    let notice = &award.screened().notice;
    let supplier = award.screened().suppliers.get(&bid.supplier_id);
    let volume = lot.winner_volume(winner);
    Some([
        Cell::text(lot.lot().id.as_str()),
        Cell::text(&lot.lot().name),
        Cell::text_if(lot.lot().name_zh.as_ref()),
        Cell::text(lot.award.outcome.name()),
        Cell::number_if(lot.rank(winner.bid)),
        Cell::text(bid.supplier_id.as_str()),
        Cell::text_if(supplier.and_then(|supplier| supplier.name.as_ref())),
        Cell::text_if(supplier.and_then(|supplier| supplier.name_zh.as_ref())),
        Cell::text(bid.id.as_str()),
        Cell::number_if(price),
        Cell::number_if(lot.price_paid(winner)),
        Cell::number_if(volume.map(|volume| volume.agreed_volume)),
        Cell::number_if(volume.map(|volume| volume.value)),
        Cell::text(&notice.currency),
        Cell::yes_or_no(notice.is_illustrative()),
    ])
}
