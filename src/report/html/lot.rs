//! One lot: figures, ladder, winners, bids, regions, savings.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use maud::{Markup, PreEscaped, html};

use super::subject::{Subject, money_cell, number_cell, volume_cell};
use super::{anchor, bids, framed, savings};
use crate::allocate::{Basis, RegionVolume};
use crate::certify::Proof;
use crate::diagnostics::escape;
use crate::report::figures::LotFigures;
use crate::report::reading::{percent, plain_money, plain_price, plain_volume, won_price};
use crate::tender::{Region, Role};
use crate::text::text;

/// The section of one lot.
pub(super) fn lot(subject: &Subject<'_>, lot: &LotFigures<'_>, ladder: Option<&str>) -> Markup {
    let label = subject.lot_label(lot);
    let savings_caption = subject.say("lot.savings", &[("lot", &label)]);
    html! {
        section .lot #(anchor::lot(&lot.lot().id)) {
            h3 { (label) }
            (facts(subject, lot))
            @if let Some(svg) = ladder {
                figure .scroll tabindex="0" role="group" aria-label=(subject.word("chart_of_lot")) { (PreEscaped(svg)) }
            }
            @if !lot.award.winners.is_empty() { (winners(subject, lot)) }
            (bids::table(subject, lot))
            @if !lot.allocation.regions.is_empty() { (regions(subject, lot)) }
            @if !lot.award.winners.is_empty() { (savings::of_lot(subject, &savings_caption, lot)) }
            p .up { a href="#lots" { (subject.word("lot.back")) } }
        }
    }
}

fn facts(subject: &Subject<'_>, lot: &LotFigures<'_>) -> Markup {
    let stated = lot.lot();
    let dash = || "—".to_owned();
    let proof = match lot.award.proof {
        Proof::Rules => "rules",
        Proof::Exact { .. } => "exact",
        Proof::Bound { .. } => "bound",
        Proof::Nothing => "nothing",
    };
    let facts = [
        (
            "outcome",
            text(subject.language, &format!("report.outcome.{}", lot.award.outcome.name())).to_owned(),
        ),
        ("unit", stated.unit.as_deref().map_or_else(dash, escape)),
        ("bidders", lot.screened.bidders.to_string()),
        ("places", lot.screened.places.map_or_else(dash, |places| places.to_string())),
        ("ceiling", stated.ceiling_price.map_or_else(dash, plain_price)),
        ("reference", stated.reference_price.map_or_else(dash, plain_price)),
        ("base_volume", plain_volume(lot.screened.comparable.base_volume)),
        ("agreed_share", lot.award.agreed_share.map_or_else(dash, |share| percent(share, 1))),
        ("agreed_volume", lot.agreed_volume().map_or_else(dash, plain_volume)),
        ("term", lot.award.term_years.map_or_else(dash, |years| years.to_string())),
        ("value", lot.value().map_or_else(dash, plain_money)),
        ("proof", subject.word(&format!("proof.{proof}")).to_owned()),
    ];
    let currency = subject.currency();
    html! {
        dl .facts {
            @for (key, value) in &facts {
                div data-fact=(key) {
                    dt { (subject.say(&format!("lot.{key}"), &[("currency", &currency)])) }
                    dd { (value) }
                }
            }
        }
    }
}

fn winners(subject: &Subject<'_>, lot: &LotFigures<'_>) -> Markup {
    let label = subject.say("winners.caption", &[("lot", &subject.lot_label(lot))]);
    let currency = subject.currency();
    let heads = ["price", "comparable", "volume", "value"];
    let rows = lot.award.winners.iter().filter_map(|winner| {
        let (bid, ..) = lot.bid(winner.bid)?;
        let prices = lot.won_at(winner, &subject.screened().rules);
        Some((lot.rank(winner.bid), bid, prices, lot.winner_volume(winner)))
    });
    let table = html! {
        table .winners {
            caption { (label) }
            thead {
                tr {
                    th .n scope="col" { (subject.word("bids.rank")) }
                    th scope="col" { (subject.word("bids.supplier")) }
                    @for head in heads {
                        th .n scope="col" { (subject.say(&format!("winners.{head}"), &[("currency", &currency)])) }
                    }
                }
            }
            tbody {
                @for (rank, bid, prices, volume) in rows {
                    tr data-bid=(bid.id.as_str()) {
                        (number_cell(rank.map(|rank| (rank.to_string(), rank.to_string()))))
                        th scope="row" { (subject.bid_link(bid)) }
                        @for price in prices {
                            (number_cell(price.map(|price| (price.to_string(), won_price(lot.screened, price)))))
                        }
                        (volume_cell(volume.map(|volume| volume.agreed_volume)))
                        (money_cell(volume.map(|volume| volume.value)))
                    }
                }
            }
        }
    };
    framed(&label, &table)
}

/// Regions with their main suppliers and those who stand in.
fn regions(subject: &Subject<'_>, lot: &LotFigures<'_>) -> Markup {
    let label = subject.say("regions.caption", &[("lot", &subject.lot_label(lot))]);
    let mut by_region: BTreeMap<&Region, Vec<&RegionVolume>> = BTreeMap::new();
    for row in &lot.allocation.regions {
        by_region.entry(&row.region).or_default().push(row);
    }
    let places = backup_places(lot);
    let currency = subject.currency();
    let table = html! {
        table .sortable .regions {
            caption { (label) }
            thead {
                tr {
                    th scope="col" { (subject.word("regions.region")) }
                    th scope="col" { (subject.word("regions.main")) }
                    th .n scope="col" { (subject.word("regions.volume")) }
                    th .n scope="col" { (subject.say("regions.value", &[("currency", &currency)])) }
                    @for place in places.clone() { th scope="col" { (backup(subject, place)) } }
                }
            }
            tbody {
                @for (region, rows) in &by_region {
                    (region_rows(subject, lot, region, rows, places.clone()))
                }
            }
        }
    };
    let simulated = lot.allocation.basis == Basis::SimulatedDraft;
    html! {
        @if simulated { p .note { (subject.word("regions.assumed")) } }
        (framed(&label, &table))
    }
}

/// The places of those who stand in somewhere in the lot: the first two at least, none where nobody does.
fn backup_places(lot: &LotFigures<'_>) -> RangeInclusive<u32> {
    let place = |row: &RegionVolume| match row.role {
        Role::Backup(place) => Some(place.max(2)),
        Role::Main | Role::OwnBrand => None,
    };
    1..=lot.allocation.regions.iter().filter_map(place).max().unwrap_or(0)
}

/// What a column of those who stand in is called.
fn backup(subject: &Subject<'_>, place: u32) -> String {
    match place {
        1 => subject.word("regions.backup_1").to_owned(),
        2 => subject.word("regions.backup_2").to_owned(),
        _ => subject.say("regions.backup_more", &[("place", &place.to_string())]),
    }
}

/// One row for each main supplier of a region; a region without one has a row too.
fn region_rows(
    subject: &Subject<'_>,
    lot: &LotFigures<'_>,
    region: &Region,
    rows: &[&RegionVolume],
    places: RangeInclusive<u32>,
) -> Markup {
    let of = |role: Role| rows.iter().filter(move |row| row.role == role);
    let names = |role: Role| -> String {
        let bids = of(role).filter_map(|row| Some(subject.supplier(&lot.bid(row.bid)?.0.supplier_id)));
        bids.collect::<Vec<_>>().join(subject.word("comma"))
    };
    let backups = html! {
        @for place in places { td { (names(Role::Backup(place))) } }
    };
    let name = subject.region(region);
    let own_brand = of(Role::OwnBrand).map(|row| Some(*row));
    let mut mains: Vec<Option<&RegionVolume>> =
        of(Role::Main).map(|row| Some(*row)).chain(own_brand).collect();
    if mains.is_empty() {
        mains.push(None);
    }
    html! {
        @for main in mains {
            tr data-region=[(name != region.as_str()).then_some(region.as_str())] {
                th scope="row" { (name) }
                td {
                    (main.and_then(|row| lot.bid(row.bid)).map(|(bid, ..)| subject.supplier(&bid.supplier_id)).unwrap_or_default())
                    @if main.is_some_and(|row| row.role == Role::OwnBrand) {
                        small { (subject.word("regions.own_brand")) }
                    }
                }
                (volume_cell(main.map(|row| row.agreed_volume)))
                (money_cell(main.map(|row| row.value)))
                (backups)
            }
        }
    }
}
