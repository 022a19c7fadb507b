//! The data of a tender; no logic.
//!
//! Volumes and prices are as the files state them: conversion to the representative specification is the work of the
//! next stage. Every list is sorted by id, so that nothing later can depend on the order of rows in a file.

mod actual;
mod bid;
mod date;
mod decision;
mod demand;
mod ids;
mod limit;
mod lot;
mod month;
mod offer;
mod price_to_win;
mod purchase;
mod supplier;
mod verdict;

pub use actual::{Actual, ActualPlaces};
pub use bid::{Bid, BidState};
pub use date::Date;
pub use decision::{Act, Decision};
pub use demand::{Demand, Pick, Role};
pub use ids::{BidId, ControllerId, LotId, Region, SupplierId};
pub use limit::{Limit, LimitKind, Measure, Range, Scope};
pub use lot::{Lot, StatedBaseline, VolumeClass};
pub use month::Month;
pub use offer::{Band, Package, PackageBid, PackageTerms, RegionalPrice};
pub use price_to_win::{PriceToWin, PriceToWinNote};
pub use purchase::{Purchase, RetentionRow};
pub use supplier::Supplier;
pub use verdict::{Fact, Outcome, Reason, Verdict};

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::money::Quantity;

/// What is bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TenderKind {
    /// Drugs (药品).
    Drug,
    /// Medical consumables (医用耗材).
    Consumable,
}

/// One input file as it was read, for the manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// Name relative to the tender folder, with forward slashes.
    pub name: String,
    /// SHA-256 of the bytes on disk, lower-case hexadecimal.
    pub sha256: String,
    /// The bytes on disk; the report carries a copy, so that it can be re-checked by itself.
    pub bytes: Arc<[u8]>,
}

/// What `tender.toml` states: the tender's notice (公告).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Id, also the name of the report folder.
    pub id: String,
    /// Title in English, or in whatever language the tender has.
    pub title: String,
    /// Title in Chinese.
    pub title_zh: Option<String>,
    /// Drug or consumable.
    pub kind: TenderKind,
    /// The rules in force on this day apply.
    pub announced: Date,
    /// Currency code, such as `CNY`.
    pub currency: String,
    /// A built-in rule set's id, or a path inside the tender folder.
    pub rules: String,
    /// How many units a 1 in `demand.csv` stands for.
    pub volume_scale: Quantity,
    /// Where the facts come from; begins with `illustrative` when they are not public.
    pub source: Option<String>,
    /// Rule-set parameters that this tender overrides: name to value, as text.
    pub overrides: BTreeMap<String, String>,
    /// Limits on the award, by name; one with the name of a limit of the rule set takes its place.
    pub limits: BTreeMap<String, Limit>,
}

impl Notice {
    /// Whether the tender states that its facts are made up for illustration.
    pub fn is_illustrative(&self) -> bool {
        self.source.as_deref().is_some_and(|source| source.to_lowercase().starts_with("illustrative"))
    }
}

/// One procurement event (批次): several lots under one rule set.
#[derive(Debug, Clone)]
pub struct Tender {
    /// What `tender.toml` states.
    pub notice: Notice,
    /// The lots, by id.
    pub lots: Vec<Lot>,
    /// What `suppliers.csv` says, by supplier.
    pub suppliers: BTreeMap<SupplierId, Supplier>,
    /// Bids on several lots together, by id.
    pub packages: Vec<Package>,
    /// Every file read, by name.
    pub inputs: Vec<InputFile>,
}
