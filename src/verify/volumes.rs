//! Agreed volumes, and how they are parted among the winners.

use std::collections::BTreeMap;

use crate::model::language::input::covers;
use crate::money::{Inexact, Money, Quantity, Ratio, Rounding, UnitPrice, split_largest_remainder};
use crate::rules::AllocationRule;
use crate::tender::{Limit, LimitKind, Outcome, Region, Role};

use super::bids::Count;
use super::brands::by_brand;
use super::kept::by_right;
use super::ladder::{shared_alike, weights};
use super::regions::drafted;
use super::walk::{Award, Decides, Tie};

/// Who supplies how much, where.
#[derive(Debug, Clone, Default)]
pub(super) struct Volumes<'a> {
    /// The word for where the distribution comes from.
    pub(super) basis: &'static str,
    /// Volume of each winner, in the order of the award's winners; empty while nothing can be given out.
    pub(super) winners: Vec<Quantity>,
    /// Rows by region, role and winner.
    pub(super) rows: Vec<Row<'a>>,
    /// Least and greatest spending over all drafts.
    pub(super) range: Option<(Money, Money)>,
    /// What each winner is paid for its volume, where that is not its price times its volume.
    pub(super) values: Option<Vec<Money>>,
}

/// One winner in one region.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row<'a> {
    pub(super) region: &'a Region,
    pub(super) role: Role,
    /// Place in the award's list of winners.
    pub(super) winner: usize,
    pub(super) volume: Quantity,
    /// What it costs, where that is not the winner's price times its volume.
    pub(super) value: Option<Money>,
}

/// What a least-cost award gives a winner.
#[derive(Debug, Clone)]
pub(super) struct Planned {
    pub(super) total: Quantity,
    /// Volume and value by region, as places in the lot's regions, where prices or limits go by region.
    pub(super) regions: Option<Vec<(usize, Quantity, Money)>>,
    /// Its price in every region that it offers in, as places in the lot's regions.
    pub(super) offers: Vec<(usize, UnitPrice)>,
}

/// Gives out the agreed volume of a lot. `planned` is what a least-cost award gives each winner.
///
/// # Errors
/// [`Inexact`] when a number cannot be held.
pub(super) fn volumes<'a>(
    count: &Count<'a>,
    award: &Award,
    planned: &[Planned],
) -> Result<Volumes<'a>, Inexact> {
    let open = Volumes { basis: "open", ..Volumes::default() };
    let share = match (award.share, &count.rules.agreed_share) {
        (Some(share), _) => share,
        (None, None) => Ratio::ONE,
        (None, Some(_)) => return Ok(open),
    };
    let who_is_open = award.outcome == Outcome::AnswerRequired
        || (award.outcome == Outcome::DrawRequired && award.ties.is_empty())
        || award.ties.iter().any(|tie| tie.decides != Decides::Order);
    if award.pickers().is_empty() || who_is_open {
        return Ok(open);
    }
    let prices = prices(count, award)?;
    let agreed = agreed(count, share)?;
    match &count.rules.allocation {
        AllocationRule::Draft(rule) => drafted(count, award, &rule.rule, &agreed),
        AllocationRule::AtLeastCost(_) if planned.iter().all(|one| one.regions.is_some()) => {
            by_region(count, award, planned)
        }
        AllocationRule::CheapestFirst(rule) => cheapest_first(count, award, rule.rule.rounding, &agreed),
        AllocationRule::ByClass(_) | AllocationRule::ByLadder(_) => by_right(count, award),
        _ if award.winners.len() == 1 => {
            let rows = agreed.iter().map(|(region, volume)| row(region, Role::Main, 0, *volume));
            settled("sole_winner", rows.collect(), 1, None)
        }
        AllocationRule::OwnBrand(rule) => {
            let total = Quantity::total(agreed.values().copied())?.rounded(rule.rule.rounding)?;
            let least = prices.iter().min();
            let cheapest: Vec<bool> = prices.iter().map(|price| Some(price) == least).collect();
            let rows = by_brand(count, award, &rule.rule, total, &cheapest)?;
            settled("own_brand", rows, prices.len(), None)
        }
        AllocationRule::AtLeastCost(_) => {
            let volumes = &count.regions;
            let totals: Vec<Quantity> = planned.iter().map(|one| one.total).collect();
            let digits = totals.iter().chain(volumes.values()).map(|volume| volume.decimals()).max();
            spread_rows("least_cost", &totals, volumes, digits.unwrap_or(0))
        }
        rule => by_rank(award, rule, &agreed),
    }
}

/// Who delivers how much where is part of the award.
fn by_region<'a>(count: &Count<'a>, award: &Award, planned: &[Planned]) -> Result<Volumes<'a>, Inexact> {
    let regions: Vec<&Region> = count.regions.keys().copied().collect();
    let (mut rows, mut values) = (Vec::new(), Vec::new());
    for (winner, one) in planned.iter().enumerate() {
        let own = one.regions.as_deref().unwrap_or_default();
        values.push(Money::total(own.iter().map(|(_, _, value)| *value))?);
        for (region, volume, value) in own {
            let place = regions.get(*region).ok_or(Inexact)?;
            rows.push(Row { value: Some(*value), ..row(place, Role::Main, winner, *volume) });
        }
    }
    let here = |limit: &&Limit| covers(&limit.scope, count.lot);
    let asked = count.rules.limits.iter().filter(here).map(|limit| match limit.kind {
        LimitKind::Backups(backups) => backups,
        _ => 0,
    });
    let asked = asked.max().unwrap_or(0);
    let as_one = count.rules.limits.iter().any(|limit| limit.kind == LimitKind::RelatedAsOne);
    let owner = |at: &usize| {
        let bid = count.bids.get(*at)?;
        Some(if as_one { bid.owner } else { bid.bid.supplier_id.as_str() })
    };
    let owners: Vec<&str> = award.winners.iter().map(owner).collect::<Option<_>>().ok_or(Inexact)?;
    for (number, region) in regions.iter().enumerate() {
        rows.extend(standing_in(number, asked, planned, &owners).into_iter().map(|(role, winner)| Row {
            value: Some(Money::ZERO),
            ..row(region, role, winner, Quantity::ZERO)
        }));
    }
    Ok(Volumes { values: Some(values), ..settled("least_cost", rows, planned.len(), None)? })
}

/// Who stands in for the main supplier of a region: the cheapest there first, those at one price in one place. `owners` are
/// those for whom the winners count: whoever counts as one with the main supplier does not stand in for it, and of those who
/// count as one the cheapest does.
fn standing_in(region: usize, asked: u32, planned: &[Planned], owners: &[&str]) -> Vec<(Role, usize)> {
    let serves = |one: &Planned| one.regions.iter().flatten().any(|(served, ..)| *served == region);
    let whole: Vec<(&Planned, &str)> = planned.iter().zip(owners.iter().copied()).collect();
    let main: Vec<&str> = whole.iter().filter(|(one, _)| serves(one)).map(|(_, owner)| *owner).collect();
    let mut others: Vec<(UnitPrice, usize, &str)> = Vec::new();
    for (winner, (one, owner)) in whole.iter().enumerate() {
        let offer = one.offers.iter().find(|(offered, _)| *offered == region);
        others.extend(offer.filter(|_| !main.contains(owner)).map(|(_, price)| (*price, winner, *owner)));
    }
    others.sort();
    if main.is_empty() {
        return Vec::new();
    }
    let mut named: Vec<(Role, usize)> = Vec::new();
    // By price: who was named so far, and the place of those at the price before.
    let mut before: BTreeMap<&str, UnitPrice> = BTreeMap::new();
    for (price, winner, owner) in others {
        if before.get(owner).is_some_and(|first| *first < price) {
            continue;
        }
        before.insert(owner, price);
        let cheaper = before.values().filter(|other| **other < price).count();
        match u32::try_from(cheaper) {
            Ok(cheaper) if cheaper < asked => named.push((Role::Backup(cheaper.saturating_add(1)), winner)),
            _ => break,
        }
    }
    named
}

/// The totals of the winners spread over the regions.
fn spread_rows<'a>(
    basis: &'static str,
    totals: &[Quantity],
    regions: &BTreeMap<&'a Region, Quantity>,
    digits: u32,
) -> Result<Volumes<'a>, Inexact> {
    let volumes: Vec<Quantity> = regions.values().copied().collect();
    let mut rows = Vec::new();
    for (region, parts) in regions.keys().zip(spread(totals, &volumes, digits)?) {
        let given = parts.into_iter().enumerate().filter(|(_, volume)| !volume.is_zero());
        rows.extend(given.map(|(winner, volume)| row(region, Role::Main, winner, volume)));
    }
    settled(basis, rows, totals.len(), None)
}

/// Rank by rank what each can deliver of what is left; those of one rank in proportion to what each can take of it. What
/// nobody can deliver is left out of every region.
fn cheapest_first<'a>(
    count: &Count<'a>,
    award: &Award,
    rounding: Rounding,
    agreed: &BTreeMap<&'a Region, Quantity>,
) -> Result<Volumes<'a>, Inexact> {
    let mut left = Quantity::total(agreed.values().copied())?;
    let rank = |at: &usize| award.place(*at).map(|place| place.rank);
    let mut totals = Vec::new();
    for group in award.winners.chunk_by(|one, other| rank(one) == rank(other)) {
        let most =
            |at: &usize| count.lot.bids.get(*at).and_then(|bid| bid.capacity).unwrap_or(left).min(left);
        let most: Vec<Quantity> = group.iter().map(most).collect();
        let given = left.min(Quantity::total(most.iter().copied())?);
        let finest = most.iter().chain([&given]).map(|volume| volume.decimals()).max().unwrap_or(0);
        totals.extend(split_largest_remainder(given, &most, rounding.digits.max(finest))?);
        left = left.minus(given)?;
    }
    let regions: Vec<Quantity> = agreed.values().copied().collect();
    let finest = totals.iter().chain(&regions).map(|volume| volume.decimals()).max().unwrap_or(0);
    let digits = rounding.digits.max(finest);
    let given = split_largest_remainder(Quantity::total(totals.iter().copied())?, &regions, digits)?;
    let regions = agreed.keys().copied().zip(given).collect();
    spread_rows("by_capacity", &totals, &regions, digits)
}

/// The listed shares to the first ranks, what they leave in equal parts to the others.
fn by_rank<'a>(
    award: &Award,
    rule: &AllocationRule,
    agreed: &BTreeMap<&'a Region, Quantity>,
) -> Result<Volumes<'a>, Inexact> {
    let place = |at: &usize| award.winners.iter().position(|winner| winner == at);
    let open = |tie: &Tie| {
        let tied: Vec<usize> = tie.bids.iter().filter_map(place).collect();
        !shared_alike(rule, award.winners.len(), &tied)
    };
    if award.ties.iter().any(open) {
        return Ok(Volumes { basis: "open", ..Volumes::default() });
    }
    let total = Quantity::total(agreed.values().copied())?;
    let (weights, rounding) = weights(rule, award.winners.len())?;
    let digits = rounding.digits.max(total.decimals());
    let totals = split_largest_remainder(total, &weights, digits)?;
    spread_rows("by_rank", &totals, agreed, digits)
}

/// Award prices of the winners, in their order.
pub(super) fn prices(count: &Count<'_>, award: &Award) -> Result<Vec<UnitPrice>, Inexact> {
    award.winners.iter().map(|at| award.price(count, *at).ok_or(Inexact)).collect()
}

pub(super) fn row(region: &Region, role: Role, winner: usize, volume: Quantity) -> Row<'_> {
    Row { region, role, winner, volume, value: None }
}

pub(super) fn settled<'a>(
    basis: &'static str,
    mut rows: Vec<Row<'a>>,
    winners: usize,
    range: Option<(Money, Money)>,
) -> Result<Volumes<'a>, Inexact> {
    rows.sort();
    let of = |winner| Quantity::total(rows.iter().filter(|row| row.winner == winner).map(|row| row.volume));
    let winners = (0..winners).map(of).collect::<Result<_, _>>()?;
    Ok(Volumes { basis, winners, rows, range, values: None })
}

/// The share of every region's base volume; where volumes are rounded the total is, and the regions follow it by the
/// largest remainder.
fn agreed<'a>(count: &Count<'a>, share: Ratio) -> Result<BTreeMap<&'a Region, Quantity>, Inexact> {
    let exact = count.regions.values().map(|base| base.scaled(share)).collect::<Result<Vec<_>, _>>()?;
    let parts = match count.rules.volume_rounding() {
        None => exact,
        Some(rounding) => {
            let total = Quantity::total(exact.iter().copied())?.rounded(rounding)?;
            split_largest_remainder(total, &exact, rounding.digits)?
        }
    };
    Ok(count.regions.keys().copied().zip(parts).collect())
}

/// Each region split in proportion to what every winner still has to deliver.
pub(super) fn spread(
    totals: &[Quantity],
    regions: &[Quantity],
    digits: u32,
) -> Result<Vec<Vec<Quantity>>, Inexact> {
    let mut left = totals.to_vec();
    let mut all = Vec::new();
    for region in regions {
        let parts = split_largest_remainder(*region, &left, digits)?;
        left = left.iter().zip(&parts).map(|(left, part)| left.minus(*part)).collect::<Result<_, _>>()?;
        all.push(parts);
    }
    if left.iter().all(|left| left.is_zero()) { Ok(all) } else { Err(Inexact) }
}

/// Whether the lot waits for a draw before its volumes can be given out.
pub(super) fn is_open(award: &Award, volumes: &Volumes<'_>) -> bool {
    volumes.basis == "open" && award.outcome != Outcome::NoAward
}
