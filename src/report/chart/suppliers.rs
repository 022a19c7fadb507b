//! The award's value by supplier: who lives off the tender.

use std::collections::{BTreeMap, BTreeSet};

use super::draw::draw;
use super::page::{Anchor, Ink};
use super::sheet::{BODY, MARGIN, SMALL, Sheet, WIDTH, part};
use super::svg::Alternative;
use super::{notes, subject_lines};
use crate::allocate::Allocation;
use crate::certify::CertifiedAward;
use crate::money::{Money, Rounding};
use crate::report::reading::{count, in_unit, money_column, percent, supplier_name};
use crate::tender::{LotId, SupplierId};
use crate::text::{Language, fill};

/// Suppliers with a bar of their own; the rest share one.
const SHOWN: usize = 25;
/// Left end of the bars.
const LEFT: f64 = 296.0;
/// Right end of the longest bar.
const RIGHT: f64 = WIDTH - MARGIN - 190.0;
/// Height of a row.
const ROW: f64 = 22.0;

/// A bar.
struct Bar {
    name: String,
    value: Money,
    lots: usize,
}

/// The chart; `None` when nothing is given out.
pub(super) fn chart(award: &CertifiedAward, allocation: &Allocation, language: Language) -> Option<String> {
    let (bars, total) = bars(award, allocation, language)?;
    let suppliers = bars.len();
    let half = holding_half(&bars, total)?;
    let (shown, rest) = bars.split_at(suppliers.min(SHOWN));
    let others = Money::total(rest.iter().map(|bar| bar.value)).ok()?;
    let column = money_column(shown.iter().map(|bar| bar.value).chain([others]).map(Some), language);
    let values = [("half", &*half.to_string()), ("suppliers", &*suppliers.to_string())];
    let title = fill(
        language,
        if suppliers == 1 { "charts.suppliers.title_one" } else { "charts.suppliers.title" },
        &values,
    );
    let unit = in_unit(&column, &award.screened().notice.currency, language);
    let values =
        [("unit", &*unit), ("suppliers", &*count(suppliers)), ("lots", &*count(allocation.lots.len()))];
    let mut subtitle = subject_lines(award, language);
    subtitle.push(fill(language, "charts.suppliers.subtitle", &values));
    let mut sheet = Sheet::new(&title, &subtitle);
    let rest_name = fill(language, "charts.suppliers.others", &[("count", &count(rest.len()))]);
    let rest_bar = Bar { name: rest_name, value: others, lots: 0 };
    let longest = shown.iter().map(|bar| bar.value).max().unwrap_or(others);
    let drawn = shown.iter().chain((!rest.is_empty()).then_some(&rest_bar));
    let mut words = Vec::new();
    for (bar, figure) in drawn.zip(&column.cells) {
        let share = bar
            .value
            .share_of(total, Rounding::half_up(6))
            .map_or_else(String::new, |share| percent(share, 1));
        let figure = figure.as_deref().unwrap_or_default();
        row(&mut sheet, bar, (figure, &share), longest, language);
        words.push(fill(
            language,
            "charts.suppliers.word",
            &[("name", &bar.name), ("value", figure), ("share", &share)],
        ));
    }
    let description = format!("{title}. {}", words.join(" "));
    let alternative =
        Alternative { id: "suppliers", title: &title, description: &description, language: language.code() };
    Some(draw(&sheet.finish(&notes(award, language)), &alternative))
}

/// Every supplier with a value, largest first; equal ones by id.
fn bars(award: &CertifiedAward, allocation: &Allocation, language: Language) -> Option<(Vec<Bar>, Money)> {
    let mut of: BTreeMap<&SupplierId, (Vec<Money>, BTreeSet<&LotId>)> = BTreeMap::new();
    for ((lot, _), given) in award.lots().zip(&allocation.lots) {
        for winner in &given.winners {
            let bid = lot.comparable.lot.bids.get(winner.bid)?;
            let (values, lots) = of.entry(&bid.supplier_id).or_default();
            values.push(winner.value);
            lots.insert(&lot.comparable.lot.id);
        }
    }
    let suppliers = &award.screened().suppliers;
    let bar = |(id, (values, lots)): (&SupplierId, (Vec<Money>, BTreeSet<&LotId>))| {
        let lots = lots.len();
        let value = Money::total(values).ok()?;
        Some(Bar { name: supplier_name(suppliers, id, language), value, lots })
    };
    let mut bars: Vec<Bar> = of.into_iter().map(bar).collect::<Option<_>>()?;
    bars.sort_by_key(|bar| std::cmp::Reverse(bar.value));
    let total = Money::total(bars.iter().map(|bar| bar.value)).ok()?;
    (!total.is_zero()).then_some((bars, total))
}

/// How many of the largest suppliers together hold at least half.
fn holding_half(bars: &[Bar], total: Money) -> Option<usize> {
    let mut held = Money::ZERO;
    for (at, bar) in bars.iter().enumerate() {
        held = held.plus(bar.value).ok()?;
        if held.plus(held).ok()? >= total {
            return Some(at.saturating_add(1));
        }
    }
    Some(bars.len())
}

fn row(sheet: &mut Sheet, bar: &Bar, (figure, share): (&str, &str), longest: Money, language: Language) {
    let y = sheet.y + ROW / 2.0;
    // The others together are not on the scale of the single ones, and have no bar.
    let end = if bar.lots == 0 { LEFT } else { LEFT + (RIGHT - LEFT) * part(bar.value, longest) };
    let style = (BODY, false, Ink::DARK);
    sheet.fitted(&bar.name, (LEFT - 10.0, y + 4.5), style, Anchor::End, LEFT - MARGIN - 10.0);
    if bar.lots > 0 {
        sheet.bar((LEFT, y - 7.5), (end.max(LEFT + 1.0), y + 7.5), Ink::WON);
    }
    sheet.label(figure, (end + 8.0, y + 4.5), (BODY, true, Ink::DARK), Anchor::Start);
    let lots = match bar.lots {
        0 => share.to_owned(),
        lots => fill(language, "charts.suppliers.detail", &[("share", share), ("lots", &lots.to_string())]),
    };
    sheet.label(&lots, (WIDTH - MARGIN, y + 4.5), (SMALL, false, Ink::GREY), Anchor::End);
    sheet.y += ROW;
}
