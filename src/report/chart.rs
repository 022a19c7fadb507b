//! The price ladder: every bid of a tender on one page.
//!
//! Each lot is a row and each bid a mark at its comparable price in percent of the ceiling price. The title says what
//! the picture shows. The drawing knows nothing of the award: it gets a ladder of plain values.
#![allow(
    clippy::float_arithmetic,
    reason = "coordinates of a drawing; no figure that is printed comes from them"
)]

mod cut_off;
mod draw;
mod evaluated;
mod finding;
mod ladder;
mod layout;
mod measure;
mod page;
mod svg;
mod swarm;
#[cfg(test)]
mod tests;

use crate::allocate::Allocation;
use crate::certify::CertifiedAward;
use crate::text::Language;

/// The price ladder of an award as one SVG text, the same bytes for the same award.
///
/// Bids above the ceiling stand in a strip of their own, so that no bid with a price is left out. The SVG carries a
/// title and a text alternative, and needs no font file and no network.
pub fn price_ladder(award: &CertifiedAward, allocation: &Allocation, language: Language) -> String {
    let ladder = evaluated::ladder(award, allocation, language);
    draw::draw(&layout::layout(&ladder), &ladder)
}
