//! The two long tables: every lot, and every bid of the tender.

use maud::{Markup, html};

use super::savings::share_cell;
use super::subject::{Subject, number_cell, price_cell};
use super::{bids, framed};
use crate::certify::BidStatus;
use crate::money::UnitPrice;
use crate::report::figures::{LotFigures, widest};
use crate::report::reading::{Scaled, in_unit, money_column, volume_column, won_price};
use crate::text::text;

/// Every lot with its figures.
pub(super) fn lots(subject: &Subject<'_>) -> Markup {
    let language = subject.language;
    let volumes = volume_column(subject.lots.iter().map(LotFigures::agreed_volume), language);
    let values = money_column(subject.lots.iter().map(LotFigures::value), language);
    let baseline = widest(subject.savings);
    let against = baseline
        .map_or("", |baseline| text(language, &format!("report.summary.against_short.{}", baseline.name())));
    let label = subject.word("section.lots");
    let value_unit = in_unit(&values, &subject.screened().notice.currency, language);
    let table = html! {
        table .sortable #lots-table {
            caption { (subject.say("lots.caption", &[("count", &subject.lots.len().to_string())])) }
            thead {
                tr {
                    th scope="col" { (subject.word("lots.lot")) }
                    th scope="col" { (subject.word("lots.outcome")) }
                    th .n scope="col" { (subject.word("lots.bidders")) }
                    th .n scope="col" { (subject.word("lots.places")) }
                    th .n scope="col" { (subject.word("lots.winners")) }
                    th .n scope="col" { (subject.word("lots.lowest")) }
                    th .n scope="col" { (subject.word("lots.highest")) }
                    th .n scope="col" { (subject.say("lots.volume", &[("unit", &volumes.unit)])) }
                    th .n scope="col" { (subject.say("lots.value", &[("unit", &*value_unit)])) }
                    th .n scope="col" { (subject.say("lots.cut", &[("against", against)])) }
                }
            }
            tbody {
                @for (place, lot) in subject.lots.iter().enumerate() {
                    tr { (cells(subject, lot, (scaled(&volumes, place), scaled(&values, place)))) }
                }
            }
        }
    };
    html! {
        section #lots {
            h2 { (label) }
            (tools(subject, "lots-table", None))
            (framed(label, &table))
        }
    }
}

fn scaled(column: &Scaled, place: usize) -> Option<String> {
    column.cells.get(place).cloned().flatten()
}

fn cells(subject: &Subject<'_>, lot: &LotFigures<'_>, shown: (Option<String>, Option<String>)) -> Markup {
    let outcome = text(subject.language, &format!("report.outcome.{}", lot.award.outcome.name()));
    let count = |number: usize| number_cell(Some((number.to_string(), number.to_string())));
    let prices = || lot.award.winners.iter().filter_map(|winner| lot.price_paid(winner));
    let price = |price: Option<UnitPrice>| {
        number_cell(price.map(|price| (price.to_string(), won_price(lot.screened, price))))
    };
    let baseline = widest(subject.savings);
    let cut =
        lot.savings.iter().find(|saving| Some(saving.baseline) == baseline).and_then(|saving| saving.cut);
    let exact = |exact: Option<String>, shown: Option<String>| number_cell(exact.zip(shown));
    html! {
        th scope="row" { (subject.lot_link(lot)) }
        td { span class={ "outcome " (lot.award.outcome.name()) } { (outcome) } }
        (number_cell(Some((lot.screened.bidders.to_string(), lot.screened.bidders.to_string()))))
        (number_cell(lot.screened.places.map(|places| (places.to_string(), places.to_string()))))
        (count(lot.award.winners.len()))
        (price(prices().min()))
        (price(prices().max()))
        (exact(lot.agreed_volume().map(|volume| volume.to_string()), shown.0))
        (exact(lot.value().map(|value| value.to_string()), shown.1))
        (share_cell(cut))
    }
}

/// Every bid of the tender with the step that decided it.
pub(super) fn bids(subject: &Subject<'_>) -> Markup {
    let label = subject.word("section.bids");
    let all: usize = subject.lots.iter().map(|lot| lot.screened.bids.len()).sum();
    let table = html! {
        table .sortable #bids-table {
            caption { (subject.say("bids.caption", &[("count", &all.to_string())])) }
            thead {
                tr {
                    th scope="col" { (subject.word("bids.lot")) }
                    th scope="col" { (subject.word("bids.supplier")) }
                    th .n scope="col" { (subject.word("bids.comparable")) }
                    th scope="col" { (subject.word("bids.result")) }
                    th scope="col" { (subject.word("bids.because")) }
                }
            }
            tbody {
                @for lot in subject.lots {
                    @for (at, bid, comparable, status) in bids::in_order(lot) {
                        tr data-status=(status.name()) {
                            td { (subject.lot_link(lot)) }
                            td { (subject.bid_link(bid)) }
                            (price_cell(comparable.comparable_price))
                            td { (subject.status(status)) }
                            td { (bids::because(subject, lot, at, status)) }
                        }
                    }
                }
            }
        }
    };
    let statuses = [BidStatus::Won, BidStatus::Lost, BidStatus::Excluded, BidStatus::Tied];
    html! {
        section #bids {
            h2 { (label) }
            (tools(subject, "bids-table", Some(&statuses)))
            (framed(label, &table))
        }
    }
}

/// Filters of a table; the script shows them.
fn tools(subject: &Subject<'_>, table: &str, statuses: Option<&[BidStatus]>) -> Markup {
    let word = |status: &BidStatus| text(subject.language, &format!("report.status.{}", status.name()));
    html! {
        div .tools hidden data-table=(table) data-rows=(subject.word("filter.rows")) {
            label {
                (subject.word("filter.text")) " "
                input type="search" autocomplete="off" placeholder=(subject.word("filter.hint"));
            }
            @if let Some(statuses) = statuses {
                label {
                    (subject.word("bids.result")) " "
                    select {
                        option value="" { (subject.word("filter.all")) }
                        @for status in statuses { option value=(status.name()) { (word(status)) } }
                    }
                }
            }
            span .count role="status" aria-live="polite" {}
            span .hint { (subject.word("filter.sort")) }
        }
    }
}
