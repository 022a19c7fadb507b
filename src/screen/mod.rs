//! Screens: what each rule says of each bid, before anybody chooses winners.

mod apply;
mod bidders;
mod capacity;
mod classes;
mod guarantee;
mod incumbency;
mod matching;
mod ranking;
mod revival;
mod round;
mod scores;
mod shortlist;
mod spread;
mod unheeded;
mod units;

pub use apply::{screen, screen_at_other_prices};

use crate::compare::{ComparableBid, ComparableLot};
use crate::money::{Ratio, UnitPrice};
use crate::rules::{PriceClass, RuleSet, Unit};
use crate::tender::{Bid, InputFile, Notice, Package, Reason, Supplier, SupplierId};
use std::collections::BTreeMap;

/// A tender whose bids have been through the rules.
#[derive(Debug, Clone)]
pub struct Screened {
    /// What `tender.toml` states.
    pub notice: Notice,
    /// What `suppliers.csv` says, by supplier.
    pub suppliers: BTreeMap<SupplierId, Supplier>,
    /// Bids on several lots together, by id.
    pub packages: Vec<Package>,
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
    /// Places by the quota (W), where the rule set has one; of all bidding units together.
    pub places: Option<u32>,
    /// Places of each bidding unit, in their order; one entry where the lot is not divided.
    pub unit_places: Vec<u32>,
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
    /// The bidding unit in which it competes, where the rule set divides its lots.
    pub unit: Option<Unit>,
    /// Its class, should it win, where the rule set has classes and no draw must settle it first.
    pub class: Option<PriceClass>,
    /// Which share of what falls to it is agreed, should it win, where that is its own.
    pub agreed_share: Option<Ratio>,
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
    /// Without a place, at its own price, because that is far enough below the ceiling.
    Guaranteed,
    /// Without a place, at a published line that it accepted, or at its own price below the line.
    RevivedAtLine {
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
            Self::Guaranteed => "guaranteed",
            Self::RevivedAtLine { .. } => "revived_at_line",
            Self::WithoutVolume => "without_volume",
            Self::Open => "open",
        }
    }

    /// Whether who wins this way picks regions.
    pub fn picks_regions(self) -> bool {
        matches!(
            self,
            Self::Place
                | Self::Revived { .. }
                | Self::Matched { .. }
                | Self::Guaranteed
                | Self::RevivedAtLine { .. }
        )
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
        /// 1 for the best of its bidding unit; tied bids share the best rank of their group.
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
            Route::Revived { price }
            | Route::Matched { price }
            | Route::RevivedWithoutPlace { price }
            | Route::RevivedAtLine { price } => Some(price),
            Route::Place | Route::Guaranteed | Route::WithoutVolume | Route::Open => {
                self.comparable.bids.get(at)?.comparable_price
            }
        }
    }

    /// The place of each of these winners, in rank order, among those of its unit that win by their place, from 0; `None` for
    /// who wins without one.
    pub fn ladder_places(&self, winners: &[usize]) -> Vec<Option<usize>> {
        let mut seen: BTreeMap<Option<Unit>, usize> = BTreeMap::new();
        let place = |bid: &usize| {
            let bid = self.bids.get(*bid)?;
            let next = seen.entry(bid.unit).or_default();
            let place = *next;
            let by_place = matches!(bid.route, Route::Place | Route::Revived { .. });
            *next = place.saturating_add(usize::from(by_place));
            by_place.then_some(place)
        };
        winners.iter().map(place).collect()
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
