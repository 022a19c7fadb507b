//! What a bid would have needed, in words.

use super::reading::plain_price;
use crate::certify::BidStatus;
use crate::money::UnitPrice;
use crate::tender::{PriceToWin, PriceToWinNote};
use crate::text::{Language, fill, text};

/// The price to win of a bid in one or two sentences; nothing where it was not asked for.
pub(super) fn sentences(language: Language, needed: PriceToWin, status: BidStatus) -> Option<String> {
    let won = status == BidStatus::Won;
    let first = match (needed.price, needed.note) {
        (None, None) => return None,
        (Some(price), note) => {
            let key = match (won, note) {
                (true, Some(PriceToWinNote::AtCeiling)) => "spare_at_ceiling",
                (true, Some(PriceToWinNote::AtLeast)) => "spare_at_least",
                (true, _) => "spare",
                (false, Some(PriceToWinNote::AtCeiling)) => "needed_at_ceiling",
                (false, Some(PriceToWinNote::AtLeast)) => "needed_at_least",
                (false, _) => "needed",
            };
            fill(language, &format!("report.price_to_win.{key}"), &[("price", &plain_price(price))])
        }
        (None, Some(note)) => text(language, &format!("report.price_to_win.{}", note.name())).to_owned(),
    };
    let moved = needed.change.map(|change| {
        let sign = if change > UnitPrice::ZERO { "+" } else { "" };
        let change = format!("{sign}{}", plain_price(change));
        fill(language, "report.price_to_win.all_move", &[("change", &change)])
    });
    let may = needed
        .may_win
        .map(|price| fill(language, "report.price_to_win.may_win", &[("price", &plain_price(price))]));
    let space = match language {
        Language::English => " ",
        Language::Chinese => "",
    };
    Some(std::iter::once(first).chain(moved).chain(may).collect::<Vec<_>>().join(space))
}
