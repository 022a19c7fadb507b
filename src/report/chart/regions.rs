//! The award by region: a tile for each, placed like the provinces where they are provinces, else in a grid.

use std::collections::{BTreeMap, BTreeSet};

use super::draw::draw;
use super::page::{Anchor, Ink};
use super::provinces::{SIZE, place};
use super::sheet::{BODY, MARGIN, Sheet, WIDTH, number};
use super::svg::Alternative;
use super::{notes, subject_lines};
use crate::allocate::Allocation;
use crate::certify::CertifiedAward;
use crate::money::{Money, Rounding};
use crate::report::reading::{Scaled, count, in_unit, money_column, percent, region_key, region_name};
use crate::tender::{Region, Role, SupplierId};
use crate::text::{Language, fill, text};

/// Width, height and distance of tiles.
const TILE: (f64, f64, f64) = (86.0, 58.0, 5.0);
/// Columns where the regions are no provinces.
const COLUMNS: usize = 9;
/// Steps of the shade, from light to dark.
const SHADES: [Ink; 5] = [
    Ink(0xe8, 0xf1, 0xfa),
    Ink(0xc6, 0xdb, 0xef),
    Ink(0x8f, 0xbf, 0xe0),
    Ink(0x3f, 0x86, 0xc0),
    Ink(0x0b, 0x4a, 0x8f),
];
/// Shades from this one on carry white text.
const DARK_FROM: usize = 3;

/// What a region gets.
struct Tile<'a> {
    region: &'a Region,
    value: Money,
    mains: usize,
    backups: usize,
}

/// The chart; `None` when nothing is given out, or all of it to one region.
pub(super) fn chart(award: &CertifiedAward, allocation: &Allocation, language: Language) -> Option<String> {
    let tiles = tiles(award, allocation)?;
    let column = money_column(tiles.iter().map(|tile| Some(tile.value)), language);
    let total = Money::total(tiles.iter().map(|tile| tile.value)).ok()?;
    let top = tiles.iter().max_by_key(|tile| (tile.value, std::cmp::Reverse(tile.region)))?;
    let share = percent(top.value.share_of(total, Rounding::half_up(6))?, 1);
    let (least, most) =
        (tiles.iter().map(|tile| tile.mains).min()?, tiles.iter().map(|tile| tile.mains).max()?);
    let values = [
        ("top", &*region_name(top.region, language)),
        ("share", &*share),
        ("least", &*least.to_string()),
        ("most", &*most.to_string()),
    ];
    let title = fill(
        language,
        if least == most { "charts.regions.title_even" } else { "charts.regions.title" },
        &values,
    );
    let mut subtitle = subject_lines(award, language);
    let unit = in_unit(&column, &award.screened().notice.currency, language);
    subtitle.push(fill(
        language,
        "charts.regions.subtitle",
        &[("unit", &*unit), ("count", &count(tiles.len()))],
    ));
    let mut sheet = Sheet::new(&title, &subtitle);
    draw_tiles(&mut sheet, &tiles, &column, language);
    let mut foot = notes(award, language);
    let on_map = tiles.iter().all(|tile| place(tile.region).is_some());
    foot.insert(
        0,
        text(language, if on_map { "charts.regions.map" } else { "charts.regions.grid" }).to_owned(),
    );
    let words: Vec<String> = tiles
        .iter()
        .zip(&column.cells)
        .map(|(tile, cell)| in_words(tile, cell.as_deref(), language))
        .collect();
    let description = format!("{title}. {}", words.join(" "));
    let alternative =
        Alternative { id: "regions", title: &title, description: &description, language: language.code() };
    Some(draw(&sheet.finish(&foot), &alternative))
}

/// Regions with the value of their main suppliers' volumes and the number of suppliers, by name.
fn tiles<'a>(award: &'a CertifiedAward, allocation: &'a Allocation) -> Option<Vec<Tile<'a>>> {
    type Found<'a> = (Vec<Money>, BTreeSet<&'a SupplierId>, BTreeSet<&'a SupplierId>);
    let mut found: BTreeMap<&Region, Found<'_>> = BTreeMap::new();
    for ((lot, _), given) in award.lots().zip(&allocation.lots) {
        for row in &given.regions {
            let supplier = &lot.comparable.lot.bids.get(row.bid)?.supplier_id;
            let (values, mains, backups) = found.entry(&row.region).or_default();
            values.push(row.value);
            match row.role {
                Role::Main => mains.insert(supplier),
                Role::Backup(_) => backups.insert(supplier),
                // It serves the hospitals that asked for it, and stands in for nobody.
                Role::OwnBrand => continue,
            };
        }
    }
    let tile = |(region, (values, mains, backups)): (&'a Region, Found<'_>)| {
        let value = Money::total(values).ok()?;
        Some(Tile { region, value, mains: mains.len(), backups: backups.len() })
    };
    let tiles: Vec<Tile<'a>> = found.into_iter().map(tile).collect::<Option<_>>()?;
    let some = tiles.iter().any(|tile| !tile.value.is_zero());
    (tiles.len() > 1 && some).then_some(tiles)
}

fn in_words(tile: &Tile<'_>, value: Option<&str>, language: Language) -> String {
    let values = [
        ("region", &*region_name(tile.region, language)),
        ("value", value.unwrap_or_default()),
        ("mains", &*tile.mains.to_string()),
        ("backups", &*tile.backups.to_string()),
    ];
    fill(language, "charts.regions.word", &values)
}

fn draw_tiles(sheet: &mut Sheet, tiles: &[Tile<'_>], column: &Scaled, language: Language) {
    let (wide, high, gap) = TILE;
    let on_map = tiles.iter().all(|tile| place(tile.region).is_some());
    let mut values: Vec<Money> = tiles.iter().map(|tile| tile.value).collect();
    values.sort_unstable();
    let down = |tile: &Tile<'_>| place(tile.region).map_or(0, |(_, down)| usize::from(down));
    // Rows of the map above and below all regions of the tender are left out.
    let first = if on_map { tiles.iter().map(down).min().unwrap_or_default() } else { 0 };
    let last = tiles.iter().map(down).max().unwrap_or_default();
    let (columns, rows) = if on_map {
        (usize::from(SIZE.0), last.saturating_sub(first).saturating_add(1))
    } else {
        (COLUMNS.min(tiles.len()), tiles.len().div_ceil(COLUMNS))
    };
    let left = MARGIN + ((WIDTH - 2.0 * MARGIN) - number(columns) * (wide + gap)).max(0.0) / 2.0;
    let top = sheet.y;
    for (at, tile) in tiles.iter().enumerate() {
        let grid = (at.wrapping_rem(COLUMNS), at.div_euclid(COLUMNS));
        let (across, down) = place(tile.region)
            .filter(|_| on_map)
            .map_or(grid, |(across, down)| (usize::from(across), usize::from(down).saturating_sub(first)));
        let corner = (left + number(across) * (wide + gap), top + number(down) * (high + gap));
        let shade = shade(tile.value, &values);
        let ink = if shade < DARK_FROM { Ink::DARK } else { Ink::PAPER };
        sheet.bar(
            corner,
            (corner.0 + wide, corner.1 + high),
            SHADES.get(shade).copied().unwrap_or(Ink::TRACK),
        );
        let middle = corner.0 + wide / 2.0;
        let room = wide - 2.0;
        let name = tile_name(tile.region, language);
        sheet.fitted(&name, (middle, corner.1 + 16.0), (11.0, false, ink), Anchor::Middle, room);
        let value = column.cells.get(at).and_then(Option::as_deref).unwrap_or_default();
        sheet.fitted(value, (middle, corner.1 + 34.0), (BODY, true, ink), Anchor::Middle, room);
        let values = [("mains", &*tile.mains.to_string()), ("backups", &*tile.backups.to_string())];
        let key = if tile.backups > 0 { "charts.regions.tile" } else { "charts.regions.tile_mains" };
        let suppliers = fill(language, key, &values);
        sheet.fitted(&suppliers, (middle, corner.1 + 50.0), (10.5, false, ink), Anchor::Middle, room);
    }
    sheet.y = top + number(rows) * (high + gap);
}

/// The short name: a province joined with the Corps has no room for both.
fn tile_name(region: &Region, language: Language) -> String {
    match region_key(region) {
        Some("with_corps") => text(language, "regions.xinjiang").to_owned(),
        _ => region_name(region, language),
    }
}

/// The fifth of the regions in which a value lies; equal values have one shade.
fn shade(value: Money, sorted: &[Money]) -> usize {
    let below = sorted.iter().filter(|other| **other < value).count();
    below
        .saturating_mul(SHADES.len())
        .checked_div(sorted.len())
        .unwrap_or(0)
        .min(SHADES.len().saturating_sub(1))
}
