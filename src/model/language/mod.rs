//! The bidding language and the limits as columns and rows: price bands, prices by region, packages, alternates, limits
//! within a lot and across lots, objectives in turn.
//!
//! | file | what |
//! | --- | --- |
//! | `input` | what the programme is built from |
//! | `groups` | which lots are decided together |
//! | `check` | whether the limits fit the tender and each other |
//! | `steps` | whole-number steps |
//! | `in_force` | the limits in force |
//! | `build` | a programme under construction |
//! | `base` | bids, demand, packages, capacities |
//! | `bands` | price bands that meet in one quantity |
//! | `counts` | limits that count |
//! | `shares` | limits on shares |
//! | `money` | budgets, and what prices are compared as |
//! | `objectives` | what is minimised or maximised |
//! | `view` | what the columns mean |
//! | `offered` | the input, from a screened tender |

mod bands;
mod base;
mod build;
mod check;
mod counts;
mod groups;
mod in_force;
pub mod input;
mod money;
mod objectives;
mod offered;
mod shares;
mod steps;
mod view;

pub use check::check;
pub use groups::{Group, groups};
pub use in_force::{InForce, in_force, rule_of};
pub use offered::offered;
pub use steps::{comparable, within_ceiling};
pub use view::{BidView, Delivery, LotView, Offer, Switch};

use std::collections::BTreeMap;

use super::Steps;
use super::general::{Delivery as Reading, GeneralLot};
use super::programme::{LotModel, Objective};
use super::whole::{TooLarge, mul, sub};
use crate::rules::{AwardRule, Criterion};
use crate::tender::{Limit, LimitKind};
use build::Build;
use input::Offered;

/// What rows between suppliers' lots name as their rule.
pub(super) const SUPPLIERS: &str = "suppliers";

/// What rows of packages name as their rule.
pub(super) const PACKAGES: &str = "packages";

/// What rows of objectives name as their rule.
pub(super) const OBJECTIVES: &str = "objectives";

/// A programme of some lots, with what its columns mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    /// The programme.
    pub model: LotModel,
    /// The lots.
    pub lots: Vec<LotView>,
    /// What is paid, fixed costs included, in cost steps.
    pub paid: Vec<(usize, i128)>,
    /// What is compared, in cost steps: the criterion `cost`.
    pub compared: Vec<(usize, i128)>,
    /// The whole-number steps.
    pub steps: Steps,
    /// The criteria, in turn.
    pub criteria: Vec<Criterion>,
    /// Whether the award switches away from incumbents, limit by limit.
    pub switches: Vec<Switch>,
}

/// The programme of some lots of a tender.
///
/// # Errors
/// [`TooLarge`] when a number leaves the range of exact sums.
pub fn language(offered: &Offered<'_>, group: &Group) -> Result<Language, TooLarge> {
    language_in(offered, group, 0)
}

/// The same with prices counted in steps of `10^-price_digits` or finer, so that programmes of the same lots at different
/// prices can be held against each other.
///
/// # Errors
/// As [`language()`].
pub fn language_in(offered: &Offered<'_>, group: &Group, price_digits: u32) -> Result<Language, TooLarge> {
    let own = Offered {
        lots: group.lots.iter().filter_map(|at| offered.lots.get(*at)).cloned().collect(),
        ..offered.clone()
    };
    let all = in_force(own.rules);
    let concerned: Vec<&InForce<'_>> = all
        .iter()
        .filter(|one| own.lots.iter().any(|lot| input::covers(&one.limit.scope, lot.lot)))
        .collect();
    let limits: Vec<&Limit> = concerned.iter().map(|one| &*one.limit).collect();
    let steps = steps::steps(&own, &limits, price_digits);
    let as_one = limits.iter().any(|limit| limit.kind == LimitKind::RelatedAsOne);
    let mut build = Build::new(&own, steps, as_one);
    for lot in &own.lots {
        let wanted = wanted(lot, &limits, steps)?;
        build.lot(lot, wanted)?;
    }
    build.awarded_volumes(&concerned)?;
    build.packages()?;
    build.capacities()?;
    for one in &concerned {
        build.limit(one)?;
    }
    finish(build, &own)
}

/// What must be awarded of a lot: its demand without the reserve.
fn wanted(lot: &input::LotOffered<'_>, limits: &[&Limit], steps: Steps) -> Result<base::Wanted, TooLarge> {
    let here = || limits.iter().filter(|limit| input::covers(&limit.scope, lot.lot));
    let one_supplier = here().any(|limit| limit.kind == LimitKind::OneSupplierPerRegion);
    let mut demand = Vec::new();
    for volume in lot.regions.values() {
        let whole = steps.of_volume(*volume)?;
        let mut left = whole;
        for limit in here() {
            if let LimitKind::Reserve(share) = &limit.kind {
                left = sub(left, steps::part_below(whole, *share)?)?;
            }
        }
        demand.push(left);
    }
    Ok(base::Wanted { demand, one_supplier })
}

impl Build<'_> {
    /// The demand rows of every lot: all of it, or the part that goes with the number of winners.
    fn awarded_volumes(&mut self, limits: &[&InForce<'_>]) -> Result<(), TooLarge> {
        for lot in 0..self.lots.len() {
            let by_winners = limits.iter().find_map(|one| match &one.limit.kind {
                LimitKind::AgreedShare(shares) => {
                    let here = self.lots_in(&one.limit).into_iter().flatten().any(|at| at == lot);
                    here.then_some((*one, shares.clone()))
                }
                _ => None,
            });
            match by_winners {
                Some((limit, shares)) => self.agreed_share(limit, lot, &shares)?,
                None => self.demand(lot, &[], 1)?,
            }
        }
        Ok(())
    }

    /// The rows of a limit.
    fn limit(&mut self, one: &InForce<'_>) -> Result<(), TooLarge> {
        match &one.limit.kind {
            LimitKind::Lifted
            | LimitKind::Reserve(_)
            | LimitKind::AgreedShare(_)
            | LimitKind::RelatedAsOne => Ok(()),
            LimitKind::OneSupplierPerRegion => self.one_for_all_lots(one),
            LimitKind::Winners(range) => self.winners(one, *range),
            LimitKind::Share(measure, range) => self.share(one, *measure, *range),
            LimitKind::ClassShare(measure, range) => self.class_share(one, *measure, *range),
            LimitKind::SharesByRank(lists) => self.shares_by_rank(one, lists),
            LimitKind::RankMonotone => self.rank_monotone(one),
            LimitKind::LotsPerSupplier(range) => self.lots_per_supplier(one, *range),
            LimitKind::RegionsPerWinner(range) => self.regions_per_winner(one, *range),
            LimitKind::Backups(backups) => self.backups(one, *backups),
            LimitKind::Budget(most) => self.budget(one, *most),
            LimitKind::Switching(amount) => self.switching(one, *amount),
            LimitKind::Preference(margin) => self.preference(one, *margin),
            LimitKind::Forced => self.forced(one, true),
            LimitKind::Forbidden => self.forced(one, false),
        }
    }
}

/// The finished programme.
fn finish(mut build: Build<'_>, offered: &Offered<'_>) -> Result<Language, TooLarge> {
    let criteria = match &offered.rules.award {
        AwardRule::LeastCost { limits } => limits.rule.objectives.clone(),
        AwardRule::Ranked { .. } => vec![Criterion::Cost],
    };
    let mut objectives: Vec<Objective> = Vec::new();
    for criterion in &criteria {
        objectives.push(build.objective(*criterion)?);
        if *criterion == Criterion::Cost {
            objectives.extend(build.fewest_switches()?);
        }
    }
    let compared = build.objective(Criterion::Cost)?.terms;
    let paid = build.paid()?.terms();
    let Build { columns, rows, lots, steps, switches, .. } = build;
    let lot_id = lots.first().map(|lot| lot.lot_id.clone()).unwrap_or_default();
    let reading = reading(&lots);
    let model = LotModel::general(&lot_id, columns, rows, objectives, reading).map_err(|_| TooLarge)?;
    Ok(Language { model, lots, paid, compared, steps, criteria, switches })
}

/// How winners and volumes are read from the columns.
fn reading(lots: &[LotView]) -> GeneralLot {
    let mut winners: Vec<(usize, String)> =
        lots.iter().flat_map(|lot| &lot.bids).map(|bid| (bid.wins, bid.bid_id.clone())).collect();
    winners.sort_by(|one, other| one.1.cmp(&other.1));
    let places: BTreeMap<&str, usize> =
        winners.iter().enumerate().map(|(place, (_, bid))| (bid.as_str(), place)).collect();
    let (mut regions, mut delivers) = (Vec::new(), Vec::new());
    for lot in lots {
        let first = regions.len();
        let name = |region: &String| match lots {
            [_] => region.clone(),
            _ => format!("{}/{region}", lot.lot_id),
        };
        regions.extend(lot.regions.iter().map(name));
        for bid in &lot.bids {
            let Some(place) = places.get(bid.bid_id.as_str()) else { continue };
            for offer in &bid.offers {
                for (region, delivery) in offer.delivers.iter().enumerate() {
                    delivers.extend(delivery.as_ref().map(|delivery| Reading {
                        column: delivery.column,
                        bid: *place,
                        region: first.saturating_add(region),
                        volume: delivery.steps,
                    }));
                }
            }
        }
    }
    GeneralLot { winners, regions, delivers }
}

impl Language {
    /// What an award pays and is compared as for one lot: sums over the columns of its bids. The amount of switching counts
    /// for the first lot, of those that it is about, in which the award switches.
    ///
    /// # Errors
    /// [`TooLarge`] when a sum does not fit.
    pub fn cost_of(&self, lot: usize, values: &[i128]) -> Result<i128, TooLarge> {
        let own = self.columns_of(lot, values);
        let mut total = 0;
        for (column, by) in &self.compared {
            if own.contains(column) {
                let value = *values.get(*column).ok_or(TooLarge)?;
                total = super::whole::add(total, mul(value, *by)?)?;
            }
        }
        Ok(total)
    }

    /// The columns that speak of one lot.
    fn columns_of(&self, lot: usize, values: &[i128]) -> std::collections::BTreeSet<usize> {
        let mut own = std::collections::BTreeSet::new();
        let Some(view) = self.lots.get(lot) else { return own };
        for bid in &view.bids {
            own.insert(bid.wins);
            for offer in &bid.offers {
                own.insert(offer.taken);
                own.extend(offer.delivers.iter().flatten().map(|delivery| delivery.column));
            }
        }
        let here = |switch: &&Switch| switch.first_lot(values) == Some(lot);
        own.extend(self.switches.iter().filter(here).map(|switch| switch.column));
        own
    }
}
