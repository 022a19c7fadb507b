//! Screens: what each rule says of each bid, before anybody chooses winners.

mod apply;
mod bidders;
mod capacity;
mod matching;
mod ranking;
mod revival;
mod round;
mod scores;
mod shortlist;
mod spread;
mod unheeded;

pub use apply::screen;

use crate::compare::{ComparableBid, ComparableLot};
use crate::money::UnitPrice;
use crate::rules::RuleSet;
use crate::tender::{Bid, InputFile, Notice, Reason, Supplier, SupplierId};
use std::collections::BTreeMap;

/// A tender whose bids have been through the rules.
#[derive(Debug, Clone)]
pub struct Screened {
    /// What `tender.toml` states.
    pub notice: Notice,
    /// What `suppliers.csv` says, by supplier.
    pub suppliers: BTreeMap<SupplierId, Supplier>,
    /// Every file read, by name.
    pub inputs: Vec<InputFile>,
    /// The rule set of the tender, with its overrides.
    pub rules: RuleSet,
    /// The lots, by id.
    pub lots: Vec<ScreenedLot>,
}

/// A lot whose bids have been through the rules.
#[derive(Debug, Clone)]
pub struct ScreenedLot {
    /// The lot with comparable prices.
    pub comparable: ComparableLot,
    /// Bidders counted (N), after related ones are merged.
    pub bidders: u32,
    /// Places by the quota (W), where the rule set has one.
    pub places: Option<u32>,
    /// Lowest comparable price among the bids that can win.
    pub lowest: Option<UnitPrice>,
    /// The anchor that limits are measured from, where the rule set has one.
    pub anchor: Option<UnitPrice>,
    /// One entry for each bid, in the order of `comparable.lot.bids`.
    pub bids: Vec<ScreenedBid>,
}

/// What the rules say of one bid.
#[derive(Debug, Clone)]
pub struct ScreenedBid {
    /// Every step, in the order in which the office applies them.
    pub reasons: Vec<Reason>,
    /// Whether it counts as a bidder, before related bids are taken together.
    pub counts: bool,
    /// Whether it can be ranked, and whether it may win.
    pub standing: Standing,
    /// How it wins, should it win.
    pub route: Route,
}

/// How a bid comes to win, should it win.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Route {
    /// By its place, at its own price.
    #[default]
    Place,
    /// By its place, at a lower price that it accepted.
    Revived {
        /// The award price of the representative specification.
        price: UnitPrice,
    },
    /// By its place, at the lowest price, which it matched.
    Matched {
        /// The award price of the representative specification.
        price: UnitPrice,
    },
    /// Without a place, at a lower price that it accepted. It picks no region.
    RevivedWithoutPlace {
        /// The award price of the representative specification.
        price: UnitPrice,
    },
    /// Without a place and without volume.
    WithoutVolume,
    /// Not known: it has not said whether it accepts a lower price, or a draw comes first.
    Open,
}

impl Route {
    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Revived { .. } => "revived",
            Self::Matched { .. } => "matched",
            Self::RevivedWithoutPlace { .. } => "revived_without_place",
            Self::WithoutVolume => "without_volume",
            Self::Open => "open",
        }
    }

    /// Whether who wins this way picks regions.
    pub fn picks_regions(self) -> bool {
        matches!(self, Self::Place | Self::Revived { .. } | Self::Matched { .. })
    }
}

/// Where a bid stands before winners are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It takes no place and cannot win, by this rule.
    Excluded {
        /// The rule's id.
        rule: &'static str,
    },
    /// It is ranked.
    Ranked {
        /// 1 for the best; tied bids share the best rank of their group.
        rank: u32,
        /// How many bids share this rank, itself included.
        tied: u32,
        /// The rule that keeps it from winning although it is ranked.
        fails: Option<&'static str>,
    },
}

impl ScreenedLot {
    /// The price of the representative specification at which a bid wins, should it win: its own, or the lower one that it
    /// accepted.
    pub fn award_price(&self, at: usize) -> Option<UnitPrice> {
        match self.route(at) {
            Route::Revived { price } | Route::Matched { price } | Route::RevivedWithoutPlace { price } => {
                Some(price)
            }
            Route::Place | Route::WithoutVolume | Route::Open => {
                self.comparable.bids.get(at)?.comparable_price
            }
        }
    }

    /// How a bid wins, should it win.
    pub fn route(&self, at: usize) -> Route {
        self.bids.get(at).map(|bid| bid.route).unwrap_or_default()
    }

    /// The bids with everything known of them: as filed, comparable, screened.
    pub fn each_bid(&self) -> impl Iterator<Item = (&Bid, &ComparableBid, &ScreenedBid)> {
        self.comparable
            .lot
            .bids
            .iter()
            .zip(&self.comparable.bids)
            .zip(&self.bids)
            .map(|((bid, comparable), screened)| (bid, comparable, screened))
    }
}
