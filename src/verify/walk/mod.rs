//! The plain walk of a ranked round's rules over one lot.
//!
//! It starts from the lot as filed and the rule set's numbers, and shares with the main path only the data types, the
//! exact numbers and the conversion of prices. No model, no screens, no engine.
//!
//! | file | what |
//! | --- | --- |
//! | `filed` | the bids of a lot, and which of two comes first |
//! | `second_chance` | who may win by lowering its price |
//! | `spread` | in which lots the highest price is excluded |

mod filed;
mod second_chance;
mod spread;

pub use filed::Round;
pub use spread::{Bites, bites};
pub(super) use spread::{Ratios, bites_of, ratios};

use std::collections::{BTreeMap, BTreeSet};

use filed::{Filed, acted, beats, file};
use second_chance::{of_the_fused, of_the_unlisted};

use crate::money::{Proportion, UnitPrice};
use crate::rules::{
    AnchorSet, AnchorTerm, AwardRule, Join, PriceTest, PriceTestGroup, RankedStages, RuleSet, SharedHighest,
};
use crate::tender::{Act, BidId, Lot};

/// What the walk finds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Walked {
    /// Bids that win, whatever a draw says, with the price at which they win.
    pub winners: BTreeMap<BidId, UnitPrice>,
    /// Bids between which a draw must decide who wins, with the price at which they would.
    pub tied: BTreeMap<BidId, UnitPrice>,
    /// Bids that win or lose by an answer that is missing.
    pub open: BTreeSet<BidId>,
}

/// A bid and how far it has come.
struct Walker<'a> {
    filed: Filed<'a>,
    /// Whether it is within the places, perhaps by a draw.
    within: bool,
    /// Whether no draw can take its place.
    certain: bool,
    /// The price at which it wins.
    wins_at: Option<UnitPrice>,
    /// Whether only its price keeps it out.
    fused: bool,
    /// Whether its answer is missing.
    open: bool,
}

/// The prices of a lot that its limits come from.
struct Prices {
    /// Of every bid that is ranked, lowest first.
    ranked: Vec<UnitPrice>,
    /// Of those within the places.
    first: Vec<UnitPrice>,
    /// Below this a bid is set apart.
    line: Option<UnitPrice>,
    /// Of those that take the places when the others are set apart.
    taken: Vec<UnitPrice>,
}

/// The winners of a lot under a rule set that ranks; `None` when it does not rank, or a number cannot be held. `bites` says
/// whether the highest price of the lot is excluded.
pub fn walk(lot: &Lot, round: Round<'_>, bites: Bites) -> Option<Walked> {
    let rules = round.rules;
    let AwardRule::Ranked { places, stages, .. } = &rules.award else { return None };
    let (bidders, filed) = file(lot, round)?;
    let places = usize::try_from(places.rule.places(bidders).unwrap_or(0)).ok()?;
    let prices = prices(&filed, places, stages);
    let apart = |bid: &Filed<'_>| prices.line.is_some_and(|line| bid.price < line);
    let (apart, running): (Vec<Filed<'_>>, Vec<Filed<'_>>) = filed.into_iter().partition(apart);
    let anchor = anchor(stages, &prices);
    let mut walkers = start(lot, rules, running, bidders, places, &prices, anchor, bites)?;
    if let Some(rule) = &stages.fused_revival {
        of_the_fused(&mut walkers, places, &rule.rule, anchor)?;
    }
    if let Some(rule) = &stages.unshortlisted_revival {
        of_the_unlisted(&mut walkers, places, &rule.rule, lot, round)?;
    }
    let mut found = Walked::default();
    found.winners.extend(apart.iter().map(|bid| (bid.bid.id.clone(), bid.price)));
    for walker in walkers {
        let id = walker.filed.bid.id.clone();
        if walker.open {
            found.open.insert(id);
        } else if let Some(price) = walker.wins_at {
            let settled = !walker.within || walker.certain;
            let into = if settled { &mut found.winners } else { &mut found.tied };
            into.insert(id, price);
        }
    }
    Some(found)
}

fn prices(filed: &[Filed<'_>], places: usize, stages: &RankedStages) -> Prices {
    let mut ranked: Vec<UnitPrice> = filed.iter().map(|bid| bid.price).collect();
    ranked.sort();
    let first: Vec<UnitPrice> = ranked.iter().take(places).copied().collect();
    let line = stages.without_volume.as_ref().and_then(|rule| {
        let from = if rule.rule.set == AnchorSet::Ranked { &ranked } else { &first };
        UnitPrice::mean_less_deviations(from, rule.rule.deviations, rule.rule.divisor, rule.rule.rounding)
    });
    let above = |price: &&UnitPrice| line.is_none_or(|line| **price >= line);
    let taken = ranked.iter().filter(above).take(places).copied().collect();
    Prices { ranked, first, line, taken }
}

fn anchor(stages: &RankedStages, prices: &Prices) -> Option<UnitPrice> {
    let join = stages.anchor.as_ref()?.rule.join;
    let of = |set| if set == AnchorSet::Ranked { &prices.ranked } else { &prices.first };
    let terms = stages.anchor_terms.iter().filter_map(|term| match &term.rule {
        AnchorTerm::OfLowest(rule) => {
            of(rule.set).first()?.scaled(rule.multiple).ok()?.rounded(rule.rounding).ok()
        }
        AnchorTerm::OfMean(rule) => {
            let mean = UnitPrice::mean(of(rule.set), rule.rounding)?;
            mean.scaled(rule.multiple).ok()?.rounded(rule.rounding).ok()
        }
        AnchorTerm::BelowMean(rule) => {
            UnitPrice::mean_less_deviations(of(rule.set), rule.deviations, rule.divisor, rule.rounding)
        }
    });
    if join == Join::Highest { terms.max() } else { terms.min() }
}

/// Every bid up to the second chances.
#[allow(clippy::too_many_arguments, reason = "one call; each is a number that the next line compares")]
fn start<'a>(
    lot: &Lot,
    rules: &RuleSet,
    running: Vec<Filed<'a>>,
    bidders: u32,
    places: usize,
    prices: &Prices,
    anchor: Option<UnitPrice>,
    bites: Bites,
) -> Option<Vec<Walker<'a>>> {
    let AwardRule::Ranked { rank, negotiation, tests, stages, .. } = &rules.award else { return None };
    let keys = &rank.rule.tie_break;
    let lowest = running.iter().map(|bid| bid.price).min();
    let highest = prices.taken.iter().max().copied();
    let alone = prices.taken.iter().filter(|price| Some(**price) == highest).count() == 1;
    let walker = |one: &Filed<'a>| {
        let before = running.iter().filter(|other| beats(other, one, &running, keys)).count();
        let worse = running.iter().filter(|other| beats(one, other, &running, keys)).count();
        let negotiated = negotiation.as_ref().is_none_or(|rule| {
            before > 0
                || bidders >= rule.rule.bidders
                || (acted(lot, one.bid, Act::Negotiated) && !acted(lot, one.bid, Act::NoAward))
        });
        let too_high = stages.highest_excluded.as_ref().is_some_and(|rule| {
            let all = alone || rule.rule.shared_highest == SharedHighest::ExcludeAll;
            bites == Bites::Yes && all && Some(one.price) >= highest
        });
        let within = before < places;
        let passes = passes(lot, one, lowest?, anchor, tests);
        let free = negotiated && !too_high;
        Some(Walker {
            filed: *one,
            within,
            certain: running.len().saturating_sub(worse) <= places,
            wins_at: (within && free && passes).then_some(one.price),
            fused: within && free && !passes,
            open: false,
        })
    };
    running.iter().map(walker).collect()
}

/// Whether a bid passes one test of every group.
fn passes(
    lot: &Lot,
    one: &Filed<'_>,
    lowest: UnitPrice,
    anchor: Option<UnitPrice>,
    groups: &[PriceTestGroup],
) -> bool {
    let (price, ceiling) = match (one.bid.ceiling_price, one.bid.price) {
        (Some(own), Some(quoted)) => (quoted, Some(own)),
        _ => (one.price, lot.ceiling_price),
    };
    groups.iter().all(|group| {
        group.tests.iter().any(|test| match &test.rule {
            PriceTest::WithinMultipleOfLowest(rule) => {
                let limit = lowest.scaled(rule.multiple).and_then(|limit| limit.rounded(rule.rounding));
                limit.is_ok_and(|limit| one.price <= limit)
            }
            PriceTest::WithinMultipleOfAnchor(rule) => anchor.is_some_and(|anchor| {
                let limit = anchor.scaled(rule.multiple).and_then(|limit| limit.rounded(rule.rounding));
                limit.is_ok_and(|limit| one.price <= limit)
            }),
            PriceTest::CutFromCeilingAtLeast(rule) => ceiling
                .and_then(|ceiling| price.cut_from(ceiling, rule.rounding))
                .is_some_and(|cut| cut >= rule.cut),
            PriceTest::AtMost(rule) => one.price <= rule.price,
            PriceTest::AtMostInGroup(rule) => {
                lot.group.as_ref() == Some(&rule.group) && one.price <= rule.price
            }
        })
    })
}

/// The highest of some prices over the lowest, when they differ.
fn ratio(prices: &[UnitPrice]) -> Option<Proportion> {
    let (lowest, highest) = (*prices.iter().min()?, *prices.iter().max()?);
    let steps =
        |price: UnitPrice| u128::try_from(price.in_steps(lowest.decimals().max(highest.decimals()))?).ok();
    if lowest < highest { Proportion::new(steps(highest)?, steps(lowest)?) } else { None }
}
