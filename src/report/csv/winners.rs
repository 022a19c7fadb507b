//! winners.csv: one row for each winner.

use super::super::figures::{LotFigures, has_units_or_classes};
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

/// What follows them where the rule set divides lots or puts winners in classes.
pub(super) const UNITS_AND_CLASSES: [Heading; 2] = [text("bidding_unit"), text("class")];

/// Winners by lot and rank; with a draw open, those that win whatever is drawn, without volumes.
pub(in crate::report) fn winners_csv(award: &CertifiedAward, lots: &[LotFigures<'_>]) -> Vec<u8> {
    let rows: Vec<([Cell; 15], [Cell; 2])> = lots
        .iter()
        .flat_map(|lot| {
            lot.award.winners.iter().filter_map(|winner| row(award, lot, winner)).collect::<Vec<_>>()
        })
        .collect();
    if !has_units_or_classes(lots) {
        return table(names(&HEADER), rows.into_iter().map(|(row, _)| row));
    }
    let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o] = names(&HEADER);
    let [unit, class] = names(&UNITS_AND_CLASSES);
    let all = [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, unit, class];
    let joined = rows.into_iter().map(|(row, [unit, class])| {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o] = row;
        [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, unit, class]
    });
    table(all, joined)
}

fn row(award: &CertifiedAward, lot: &LotFigures<'_>, winner: &Winner) -> Option<([Cell; 15], [Cell; 2])> {
    let (bid, ..) = lot.bid(winner.bid)?;
    let price = lot.award_price(winner.bid, &award.screened().rules).ok()?;
    let notice = &award.screened().notice;
    let supplier = award.screened().suppliers.get(&bid.supplier_id);
    let volume = lot.winner_volume(winner);
    let row = [
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
    ];
    Some((row, lot.unit_and_class(winner).map(Cell::text_if)))
}
