//! A lot whose winners draft regions: brand volumes, main suppliers, backups.

use std::collections::{BTreeMap, BTreeSet};

use super::lot::{Row, Start};
use super::picks::{Picked, Recorded};
use super::{Basis, LotAllocation, draft};
use crate::money::{Inexact, Quantity, split_largest_remainder};
use crate::rules::{DraftStages, RegionsByDraft};
use crate::tender::{Region, Role};

/// What of each region goes to whom before and in the draft.
pub(super) struct Parted {
    /// For each region the part that was reported for the brand of each winner, by rank from 0.
    brands: BTreeMap<Region, Vec<Quantity>>,
    /// For each region what its main supplier gets.
    rest: BTreeMap<Region, Quantity>,
}

/// Who picks at each turn, by rank among those that pick.
pub(super) fn turns(
    rule: &RegionsByDraft,
    stages: &DraftStages,
    pickers: usize,
    regions: usize,
) -> Vec<usize> {
    match &stages.regions_per_winner {
        Some(limits) => {
            let priority = usize::try_from(rule.priority_picks).unwrap_or(usize::MAX);
            limits.rule.turns(pickers, priority.min(regions), regions)
        }
        None => rule.turns(pickers, regions),
    }
}

/// Gives out the volume of a lot by its draft, recorded or simulated.
///
/// # Errors
/// [`Inexact`] when a number needs more than 28 digits.
pub(super) fn drafted(
    start: &Start,
    rule: &RegionsByDraft,
    recorded: Recorded,
) -> Result<LotAllocation, Inexact> {
    let parted = parted(start)?;
    let stages = &start.rules.draft;
    // Every region is drafted, also one that reported a volume of zero: so it was in all published lots that hold one (rounds 1
    // and 2). Recorded picks may leave it out; then it took no turn.
    let takes_a_turn = |region: &Region| match &recorded {
        Recorded::Picks(picks) => {
            let picked = |pick: &Picked| pick.role == Role::Main && pick.region == *region;
            start.has_volume(region) || picks.iter().any(picked)
        }
        Recorded::Nothing => true,
    };
    let regions = start.lot.region_volumes.iter().filter(|(region, _)| takes_a_turn(region));
    let (names, volumes): (Vec<&Region>, Vec<Quantity>) =
        regions.map(|(region, volume)| (region, *volume)).unzip();
    let pickers = &start.pickers;
    let of_main = |region: &Region| parted.rest.get(region).copied().unwrap_or_default();
    let open: Vec<Quantity> = names.iter().map(|region| of_main(region)).collect();
    let turns = turns(rule, stages, pickers.len(), open.len());
    let prices = pickers.iter().map(|winner| start.prices.get(*winner).copied().ok_or(Inexact));
    let mut range = draft::spending_range(&turns, &prices.collect::<Result<Vec<_>, _>>()?, &open)?;
    let brands = brand_rows(start, &parted);
    for row in &brands {
        let value = start.value(row.winner, row.volume)?.1;
        range.least = range.least.plus(value)?;
        range.greatest = range.greatest.plus(value)?;
    }
    let range = (pickers.len() > 1).then_some(range);
    let main = |region: &Region, winner: usize| Row {
        region: region.clone(),
        winner,
        role: Role::Main,
        volume: of_main(region),
    };
    if let Recorded::Picks(picks) = recorded {
        let rows = picks.into_iter().filter_map(|pick| {
            let winner = *pickers.get(pick.winner)?;
            let stands_in =
                Row { region: pick.region.clone(), winner, role: pick.role, volume: Quantity::ZERO };
            Some(if pick.role == Role::Main { main(&pick.region, winner) } else { stands_in })
        });
        let basis = if start.winners.len() == 1 { Basis::SoleWinner } else { Basis::RecordedPicks };
        return start.allocation(basis, rows.chain(brands).collect(), range);
    }
    if !start.award.ties.is_empty() {
        return Ok(super::lot::open(range));
    }
    if let [sole] = pickers.as_slice() {
        let basis = if start.winners.len() == 1 { Basis::SoleWinner } else { Basis::SimulatedDraft };
        let rows = names.iter().map(|region| main(region, *sole)).chain(brands);
        return start.allocation(basis, rows.collect(), None);
    }
    let served = draft::simulate(&turns, &volumes);
    let mut rows: Vec<Row> = brands;
    for (region, picker) in names.iter().zip(&served) {
        let winner = picker.and_then(|picker| pickers.get(picker));
        rows.extend(winner.map(|winner| main(region, *winner)));
    }
    rows.extend(backups(start, &names, &volumes, &served));
    start.allocation(Basis::SimulatedDraft, rows, range)
}

/// The agreed volume of every region, parted into winners' brands and the rest where the rule set says so.
fn parted(start: &Start) -> Result<Parted, Inexact> {
    if start.rules.draft.brand_volume.is_none() {
        return Ok(Parted { brands: BTreeMap::new(), rest: start.agreed.regions.clone() });
    }
    let mut reported: BTreeMap<&Region, Vec<Quantity>> = BTreeMap::new();
    for row in &start.lot.demand {
        let weights = reported
            .entry(&row.region)
            .or_insert_with(|| vec![Quantity::ZERO; start.winners.len().saturating_add(1)]);
        let brand = start.winners.iter().position(|bid| {
            let supplier = start.lot.lot.bids.get(*bid).map(|bid| &bid.supplier_id);
            row.supplier_id.is_some() && supplier == row.supplier_id.as_ref()
        });
        // A winner without volume supplies nothing; what was asked of it goes to the main supplier.
        let brand = brand.filter(|winner| !start.without_volume.contains(winner));
        let place = weights.get_mut(brand.unwrap_or(start.winners.len())).ok_or(Inexact)?;
        *place = place.plus(row.volume)?;
    }
    let mut parted = Parted { brands: BTreeMap::new(), rest: BTreeMap::new() };
    for (region, weights) in reported {
        let agreed = start.agreed.regions.get(region).copied().unwrap_or_default();
        let digits = match start.rules.volume_rounding() {
            Some(rounding) => rounding.digits,
            None => weights.iter().chain([&agreed]).map(|volume| volume.decimals()).max().unwrap_or(0),
        };
        let mut parts = split_largest_remainder(agreed, &weights, digits)?;
        parted.rest.insert(region.clone(), parts.pop().unwrap_or_default());
        parted.brands.insert(region.clone(), parts);
    }
    Ok(parted)
}

fn brand_rows(start: &Start, parted: &Parted) -> Vec<Row> {
    let mut rows = Vec::new();
    for (region, parts) in &parted.brands {
        for (winner, volume) in parts.iter().enumerate().filter(|(_, volume)| !volume.is_zero()) {
            rows.push(Row { region: region.clone(), winner, role: Role::OwnBrand, volume: *volume });
        }
    }
    rows.retain(|row| row.winner < start.winners.len());
    rows
}

/// Simulated backups: round after round everybody takes the largest region left where it neither serves nor stands in.
fn backups(start: &Start, names: &[&Region], volumes: &[Quantity], served: &[Option<usize>]) -> Vec<Row> {
    let Some(rule) = &start.rules.draft.backups else { return Vec::new() };
    let mut regions: Vec<(usize, Quantity)> = volumes.iter().copied().enumerate().collect();
    regions.sort_by_key(|(_, volume)| std::cmp::Reverse(*volume));
    let main = |region: usize| served.get(region).copied().flatten();
    let mut taken: Vec<BTreeSet<usize>> =
        regions.iter().map(|(region, _)| main(*region).into_iter().collect()).collect();
    let mut rows = Vec::new();
    // Nobody stands in for a region twice: there are fewer rounds than winners.
    for (role, _) in (1..=rule.rule.backups).map(Role::Backup).zip(&start.pickers) {
        let chosen = rule.rule.round(start.pickers.len(), &taken);
        for (((region, _), taken), picker) in regions.iter().zip(&mut taken).zip(chosen) {
            let Some(picker) = picker else { continue };
            taken.insert(picker);
            let winner = start.pickers.get(picker).zip(names.get(*region));
            rows.extend(winner.map(|(winner, region)| Row {
                region: (*region).clone(),
                winner: *winner,
                role,
                volume: Quantity::ZERO,
            }));
        }
    }
    rows
}
