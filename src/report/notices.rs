//! The public notices: the proposed winners and the supply list, each as a page and as a table, in the language asked
//! for and with the columns that such notices have.

use maud::{Markup, html};

use super::csv::{Cell, table};
use super::figures::LotFigures;
use super::files::ReportFiles;
use super::html::{Shell, Subject, document};
use super::reading::{lot_name, plain_volume, won_price};
use crate::allocate::Basis;
use crate::diagnostics::escape;
use crate::money::UnitPrice;
use crate::tender::{Bid, Role};

/// Columns of the proposed winners.
const WINNERS: [&str; 12] = [
    "serial",
    "lot",
    "variety",
    "product",
    "spec",
    "unit",
    "supplier",
    "price",
    "comparable",
    "volume",
    "term",
    "regions",
];
/// Columns of the supply list.
const SUPPLY: [&str; 9] =
    ["serial", "region", "variety", "product", "spec", "supplier", "role", "price", "volume"];

/// A cell of a notice.
enum Entry {
    /// Words.
    Text(String),
    /// A number: exactly, and as it is shown.
    Number(String, String),
    /// Unknown.
    Blank,
}

impl Entry {
    fn text_if(text: Option<&str>) -> Self {
        text.map_or(Self::Blank, |text| Self::Text(text.to_owned()))
    }

    fn price(lot: &LotFigures<'_>, price: Option<UnitPrice>) -> Self {
        price.map_or(Self::Blank, |price| Self::Number(price.to_string(), won_price(lot.screened, price)))
    }

    fn count(number: impl ToString) -> Self {
        Self::Number(number.to_string(), number.to_string())
    }
}

/// Adds the notices to a report.
pub(super) fn add(files: &mut ReportFiles, subject: &Subject<'_>) {
    let winners = winners(subject);
    files.add("notice-winners.html", page(subject, "winners", &WINNERS, &winners));
    files.add("notice-winners.csv", csv(subject, WINNERS, winners));
    let supply = supply(subject);
    files.add("supply-list.html", page(subject, "supply", &SUPPLY, &supply));
    files.add("supply-list.csv", csv(subject, SUPPLY, supply));
}

/// One row for each winner, by lot and rank.
fn winners(subject: &Subject<'_>) -> Vec<[Entry; WINNERS.len()]> {
    let mut rows = Vec::new();
    for lot in subject.lots {
        for winner in &lot.award.winners {
            let Some((bid, ..)) = lot.bid(winner.bid) else { continue };
            let [price, comparable] =
                lot.won_at(winner, &subject.screened().rules).map(|price| Entry::price(lot, price));
            let volume = lot.winner_volume(winner).map(|volume| volume.agreed_volume);
            rows.push([
                Entry::count(rows.len().saturating_add(1)),
                Entry::Text(lot.lot().id.as_str().to_owned()),
                Entry::Text(lot_name(lot.lot(), subject.language)),
                Entry::text_if(bid.product.as_deref()),
                Entry::text_if(bid.spec.as_deref()),
                Entry::text_if(lot.lot().unit.as_deref()),
                Entry::Text(subject.supplier(&bid.supplier_id)),
                price,
                comparable,
                volume.map_or(Entry::Blank, |volume| Entry::Number(volume.to_string(), plain_volume(volume))),
                lot.award.term_years.map_or(Entry::Blank, Entry::count),
                Entry::Text(regions_of(subject, lot, winner.bid)),
            ]);
        }
    }
    rows
}

/// The regions that a winner is the main supplier of.
fn regions_of(subject: &Subject<'_>, lot: &LotFigures<'_>, bid: usize) -> String {
    let rows = lot.allocation.regions.iter().filter(|row| row.bid == bid && row.role == Role::Main);
    rows.map(|row| subject.region(&row.region)).collect::<Vec<_>>().join(subject.word("comma"))
}

/// One row for each region, lot and supplier, by region, lot and role.
fn supply(subject: &Subject<'_>) -> Vec<[Entry; SUPPLY.len()]> {
    let mut found: Vec<_> = subject
        .lots
        .iter()
        .flat_map(|lot| {
            lot.allocation.regions.iter().filter_map(move |row| Some((lot, row, lot.bid(row.bid)?.0)))
        })
        .collect();
    found.sort_by_key(|(lot, row, bid): &(_, _, &Bid)| (&row.region, &lot.lot().id, row.role, &bid.id));
    let row = |(number, (lot, row, bid)): (u32, (&LotFigures<'_>, &crate::allocate::RegionVolume, &Bid))| {
        [
            Entry::count(number),
            Entry::Text(subject.region(&row.region)),
            Entry::Text(lot_name(lot.lot(), subject.language)),
            Entry::text_if(bid.product.as_deref()),
            Entry::text_if(bid.spec.as_deref()),
            Entry::Text(subject.supplier(&bid.supplier_id)),
            Entry::Text(subject.role(row.role)),
            Entry::price(lot, lot.won_in(row.bid, &row.region, &subject.screened().rules)),
            Entry::Number(row.agreed_volume.to_string(), plain_volume(row.agreed_volume)),
        ]
    };
    (1_u32..).zip(found).map(row).collect()
}

fn head(subject: &Subject<'_>, column: &str) -> String {
    subject.say(&format!("notice.column.{column}"), &[("currency", &subject.currency())])
}

fn csv<const WIDTH: usize>(
    subject: &Subject<'_>,
    columns: [&str; WIDTH],
    rows: Vec<[Entry; WIDTH]>,
) -> Vec<u8> {
    let heads = columns.map(|column| head(subject, column));
    let rows = rows.into_iter().map(|row| {
        row.map(|entry| match entry {
            Entry::Text(text) => Cell::text(text),
            Entry::Number(exact, _) => Cell::number(exact),
            Entry::Blank => Cell::Blank,
        })
    });
    table(heads.each_ref().map(String::as_str), rows)
}

fn page<const WIDTH: usize>(
    subject: &Subject<'_>,
    notice: &str,
    columns: &[&str; WIDTH],
    rows: &[[Entry; WIDTH]],
) -> String {
    let name = subject.word(&format!("notice.{notice}"));
    let title = format!("{} · {name}", subject.title());
    let numeric = |column: &&str| ["serial", "price", "comparable", "volume", "term"].contains(column);
    let count = rows.len().to_string();
    let body = html! {
        main .notice {
            header {
                p .kicker { (name) }
                h1 { (subject.title()) }
                (caveats(subject))
            }
            div .scroll tabindex="0" role="region" aria-label=(name) {
                table {
                    caption { (subject.say(&format!("notice.{notice}_caption"), &[("count", &count)])) }
                    thead {
                        tr {
                            @for column in columns {
                                th .n[numeric(column)] scope="col" { (head(subject, column)) }
                            }
                        }
                    }
                    tbody { @for row in rows { tr { @for entry in row { (cell(entry)) } } } }
                }
            }
            p { (subject.word("notice.objections")) " " span .blank { (subject.word("notice.blank")) } }
            p { (subject.word("notice.issued")) " " span .blank { (subject.word("notice.blank")) } }
        }
    };
    document(&Shell { language: subject.language, title: &title, with_script: false }, &body)
}

fn cell(entry: &Entry) -> Markup {
    html! {
        @match entry {
            Entry::Text(text) => td { (escape(text)) },
            Entry::Number(_, shown) => td .n { (shown) },
            Entry::Blank => td { "—" },
        }
    }
}

/// What keeps a notice from being published as it stands.
fn caveats(subject: &Subject<'_>) -> Markup {
    let open = subject.lots.iter().filter(|lot| lot.is_open()).count();
    let assumed = subject.lots.iter().any(|lot| lot.allocation.basis == Basis::SimulatedDraft);
    html! {
        @if subject.screened().notice.is_illustrative() {
            p .banner { strong { (subject.word("illustrative")) } " " (subject.word("illustrative_text")) }
        }
        @if !subject.screened().rules.unverified().is_empty() {
            p .banner { strong { (subject.word("unverified")) } " " (subject.word("notice.unverified")) }
        }
        @if open > 0 {
            p .banner { (subject.say("notice.open", &[("count", &open.to_string())])) }
        }
        @if assumed {
            p .banner { (subject.word("regions.assumed")) }
        }
    }
}
