//! Volumes of which winners keep a part of their own, and a pool of the rest.

use std::collections::BTreeMap;

use crate::money::{Fraction, Inexact, Ratio, Rounding, split_volume};
use crate::rules::{AllocationRule, PoolBy, PoolTo, PriceClass, VolumeByLadder};
use crate::tender::{Region, Role, SupplierId};

use super::bids::Count;
use super::volumes::{Row, Volumes, row, settled};
use super::walk::{Award, Decides, Route};

/// A winner's parts of its own volume, and whether it takes from the pool.
struct Right {
    keeps: Ratio,
    gives_first: Ratio,
    /// The share of what falls to it that is agreed.
    agreed: Ratio,
    takes: bool,
    first: bool,
}

/// The rights of the winners, with the share that is agreed, the share of the losers' volume, what the pool goes by, and the
/// steps; `None` while a draw decides them.
#[allow(clippy::type_complexity, reason = "read at one place")]
fn rights(
    count: &Count<'_>,
    award: &Award,
) -> Option<(&'static str, Vec<Right>, Ratio, Ratio, PoolBy, Rounding)> {
    match &count.rules.allocation {
        AllocationRule::ByClass(rule) => {
            let rule = &rule.rule;
            let at = |shares: &[Ratio], class: PriceClass| {
                let place = PriceClass::WORDS.iter().position(|(_, word)| *word == class);
                place.and_then(|place| shares.get(place)).copied().unwrap_or(Ratio::ZERO)
            };
            let right = |winner: &usize| {
                let class = award.place(*winner)?.class?;
                let (keeps, gives_first) = (at(&rule.kept, class), at(&rule.to_first, class));
                let takes = rule.pool_to.contains(&class);
                let agreed = own_share(award, *winner);
                Some(Right { keeps, gives_first, agreed, takes, first: class == PriceClass::A1 })
            };
            let rights = award.winners.iter().map(right).collect::<Option<Vec<_>>>()?;
            Some(("by_class", rights, Ratio::ONE, rule.unselected, rule.pool_by, rule.rounding))
        }
        AllocationRule::ByLadder(rule) => {
            let rule = &rule.rule;
            let rungs = rungs(award);
            let is_tied = |tie: &super::walk::Tie| {
                tie.decides == Decides::Order && !alike(rule, award, &rungs, &tie.bids)
            };
            if award.ties.iter().any(is_tied) {
                return None;
            }
            let right = |(rung, winner): (&Option<usize>, &usize)| Right {
                keeps: rung.map_or(rule.without_place, |rung| step(rule, rung)),
                gives_first: Ratio::ZERO,
                agreed: own_share(award, *winner),
                takes: rung.is_some() || rule.pool_to == PoolTo::All,
                first: false,
            };
            let rights = rungs.iter().zip(&award.winners).map(right).collect();
            Some(("by_ladder", rights, rule.committed, Ratio::ONE, rule.pool_by, rule.rounding))
        }
        _ => None,
    }
}

fn own_share(award: &Award, winner: usize) -> Ratio {
    award.place(winner).and_then(|place| place.own_share).unwrap_or(Ratio::ONE)
}

/// For each winner how many of its unit that win by their place come before it; `None` for who wins without one.
fn rungs(award: &Award) -> Vec<Option<usize>> {
    let by_place = |at: &usize| matches!(award.route(*at), Route::Place | Route::Lowered(_));
    let unit = |at: &usize| award.place(*at).and_then(|place| place.unit);
    let rung = |(number, at): (usize, &usize)| {
        let before = award.winners.iter().take(number);
        by_place(at).then(|| before.filter(|other| by_place(other) && unit(other) == unit(at)).count())
    };
    award.winners.iter().enumerate().map(rung).collect()
}

fn step(rule: &VolumeByLadder, rung: usize) -> Ratio {
    let last = rule.ladder.len().saturating_sub(1);
    rule.ladder.get(rung.min(last)).copied().unwrap_or(Ratio::ZERO)
}

fn alike(rule: &VolumeByLadder, award: &Award, rungs: &[Option<usize>], tied: &[usize]) -> bool {
    let pairs = award.winners.iter().zip(rungs).filter(|(at, _)| tied.contains(at));
    let mut shares: Vec<Ratio> = pairs.filter_map(|(_, rung)| Some(step(rule, (*rung)?))).collect();
    shares.sort();
    shares.first() == shares.last()
}

/// Whether what tied winners keep depends on their order.
pub(super) fn order_matters(count: &Count<'_>, award: &Award, tied: &[usize]) -> bool {
    match &count.rules.allocation {
        AllocationRule::ByClass(_) => {
            tied.iter().any(|at| award.place(*at).is_none_or(|place| place.class.is_none()))
        }
        AllocationRule::ByLadder(rule) => !alike(&rule.rule, award, &rungs(award), tied),
        _ => false,
    }
}

/// What was reported in a region: for each winner, and for the others.
type Reported = (Vec<Fraction>, Fraction);

/// Gives out the volumes: exact parts of every region, summed for each winner; the sum of all in steps, given to the winners
/// by the largest remainder, and by each winner to its regions.
///
/// # Errors
/// [`Inexact`] when a volume cannot be held.
pub(super) fn by_right<'a>(count: &Count<'a>, award: &Award) -> Result<Volumes<'a>, Inexact> {
    let Some((basis, rights, agreed, of_others, by, rounding)) = rights(count, award) else {
        return Ok(Volumes { basis: "open", ..Volumes::default() });
    };
    let regions = reported(count, award)?;
    let own = |winner: usize| {
        Fraction::total(regions.values().filter_map(|(winners, _)| winners.get(winner).cloned()))
    };
    let nobody = rights.iter().all(|right| !right.takes);
    let takes = |right: &Right| right.takes || nobody;
    let weight = |(winner, right): (usize, &Right)| match (takes(right), by) {
        (false, _) => Fraction::zero(),
        (true, PoolBy::Reported) => own(winner),
        (true, PoolBy::Kept) => own(winner).times(&Fraction::from(right.keeps)),
    };
    let mut weights: Vec<Fraction> = rights.iter().enumerate().map(weight).collect();
    if weights.iter().all(Fraction::is_zero) {
        let one = |right| if takes(right) { Fraction::one() } else { Fraction::zero() };
        weights = rights.iter().map(one).collect();
    }
    let sum = Fraction::total(weights.iter().cloned());
    let has_first = rights.iter().any(|right| right.first);
    let choices = choices(count, award, &rights, of_others)?;
    let mut exact: BTreeMap<(usize, &Region), Fraction> = BTreeMap::new();
    for (region, (winners, others)) in &regions {
        let keeps = |winner: usize, right: &Right| {
            let own = winners.get(winner).cloned().unwrap_or_else(Fraction::zero);
            (own.times(&Fraction::from(right.keeps)), own.times(&Fraction::from(right.gives_first)))
        };
        let all = Fraction::total(winners.iter().cloned()).plus(&others.times(&Fraction::from(of_others)));
        let each = || rights.iter().enumerate().map(|(winner, right)| keeps(winner, right));
        let given = Fraction::total(each().map(|(_, given)| given));
        let mut pool = all.minus(&Fraction::total(each().map(|(kept, _)| kept)));
        if has_first {
            pool = pool.minus(&given);
        }
        let gone = choices.iter().filter(|((_, place), _)| place == region).map(|(_, part)| part.clone());
        pool = pool.minus(&Fraction::total(gone));
        for (winner, right) in rights.iter().enumerate() {
            let part = weights.get(winner).and_then(|weight| weight.over(&sum)).ok_or(Inexact)?;
            let mut volume = keeps(winner, right).0.plus(&pool.times(&part));
            if right.first {
                volume = volume.plus(&given);
            }
            let chosen = choices.get(&(winner, *region)).cloned().unwrap_or_else(Fraction::zero);
            let volume = volume.plus(&chosen).times(&Fraction::from(right.agreed));
            exact.insert((winner, *region), volume.times(&Fraction::from(agreed)));
        }
    }
    in_steps(basis, &exact, rights.len(), rounding)
}

/// The exact parts in steps.
fn in_steps<'a>(
    basis: &'static str,
    exact: &BTreeMap<(usize, &'a Region), Fraction>,
    winners: usize,
    rounding: Rounding,
) -> Result<Volumes<'a>, Inexact> {
    let of = |winner: usize| exact.iter().filter(move |((one, _), _)| *one == winner);
    let sums: Vec<Fraction> =
        (0..winners).map(|winner| Fraction::total(of(winner).map(|(_, part)| part.clone()))).collect();
    let total = Fraction::total(sums.iter().cloned()).to_quantity(rounding).ok_or(Inexact)?;
    let mut rows: Vec<Row<'a>> = Vec::new();
    for (winner, whole) in split_volume(total, &sums, rounding.digits)?.into_iter().enumerate() {
        let parts: Vec<Fraction> = of(winner).map(|(_, part)| part.clone()).collect();
        let places = of(winner).map(|((_, region), _)| *region);
        for (region, volume) in places.zip(split_volume(whole, &parts, rounding.digits)?) {
            rows.extend((!volume.is_zero()).then(|| row(region, Role::Main, winner, volume)));
        }
    }
    settled(basis, rows, winners, None)
}

/// What second choices give each winner in each region: what the brand that was asked for does not keep, or the losers' share.
fn choices<'a>(
    count: &Count<'a>,
    award: &Award,
    rights: &[Right],
    of_others: Ratio,
) -> Result<BTreeMap<(usize, &'a Region), Fraction>, Inexact> {
    let supplier = |at: &usize| count.lot.bids.get(*at).map(|bid| &bid.supplier_id);
    let of = |wanted: Option<&SupplierId>| -> Vec<usize> {
        let winners = award.winners.iter().enumerate();
        winners.filter(|(_, at)| wanted.is_some() && supplier(at) == wanted).map(|(place, _)| place).collect()
    };
    let nobody = rights.iter().all(|right| !right.takes);
    let mut given: BTreeMap<(usize, &Region), Fraction> = BTreeMap::new();
    for (row, volume) in &count.demand {
        let takes = |place: &usize| rights.get(*place).is_some_and(|right| right.takes || nobody);
        let to: Vec<usize> = of(row.second_choice.as_ref()).into_iter().filter(takes).collect();
        let brands = of(row.supplier_id.as_ref());
        let equal = vec![Fraction::one(); brands.len()];
        let part = if brands.is_empty() {
            Fraction::from(*volume).times(&Fraction::from(of_others))
        } else {
            let parts = split_volume(*volume, &equal, volume.decimals())?;
            let left = brands.iter().zip(parts).filter_map(|(place, part)| {
                let right = rights.get(*place)?;
                let left = Ratio::ONE.minus(right.keeps).ok()?.minus(right.gives_first).ok()?;
                Some(Fraction::from(part).times(&Fraction::from(left)))
            });
            Fraction::total(left)
        };
        let number = u32::try_from(to.len()).map_err(|_| Inexact)?;
        let Some(each) = part.over(&Fraction::whole(number)) else { continue };
        for place in to {
            let sum = given.entry((place, &row.region)).or_insert_with(Fraction::zero);
            *sum = sum.plus(&each);
        }
    }
    Ok(given)
}

/// What was reported, by region. What was asked of a supplier with several winning bids is split equally over them.
fn reported<'a>(count: &Count<'a>, award: &Award) -> Result<BTreeMap<&'a Region, Reported>, Inexact> {
    let mut regions: BTreeMap<&Region, Reported> = BTreeMap::new();
    for (demand, volume) in &count.demand {
        let bids = award.winners.iter().map(|at| count.lot.bids.get(*at).map(|bid| &bid.supplier_id));
        let asked: Vec<bool> =
            bids.map(|bid| demand.supplier_id.is_some() && bid == demand.supplier_id.as_ref()).collect();
        let none = || (vec![Fraction::zero(); asked.len()], Fraction::zero());
        let (winners, others) = regions.entry(&demand.region).or_insert_with(none);
        if !asked.contains(&true) {
            *others = others.plus(&Fraction::from(*volume));
            continue;
        }
        let one = |is: &bool| if *is { Fraction::one() } else { Fraction::zero() };
        let weights: Vec<Fraction> = asked.iter().map(one).collect();
        for (sum, part) in winners.iter_mut().zip(split_volume(*volume, &weights, volume.decimals())?) {
            *sum = sum.plus(&Fraction::from(part));
        }
    }
    Ok(regions)
}
