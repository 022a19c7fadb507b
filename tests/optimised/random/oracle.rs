//! The best awards of a random tender by trying all, read off the documentation and nothing else.
//!
//! Lots that a package, a supplier's capacity or a limit speaks of together are tried together. Volumes are tried in whole
//! steps: those in which the quantities are stated, and where a limit takes parts of them, in tenths for each such part.

use std::collections::BTreeSet;

use super::given::{Given, LotAward};
use super::limits::Won;
use super::tender::{Bid, Tender};
use super::text::decimal;
use super::together::Together;

/// The best awards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Best {
    /// As prices are compared.
    pub cost: String,
    /// Whether several sets of winners are best.
    pub draw: bool,
    /// For each lot its sets of winning bids.
    pub lots: Vec<BTreeSet<BTreeSet<usize>>>,
}

impl Tender {
    /// The lots of the parts of the tender that have no award.
    pub fn without_award(&self) -> Vec<Vec<usize>> {
        self.parts().into_iter().filter(|part| part.best().is_none()).map(|part| part.lots).collect()
    }

    /// Whether lots that are decided together have an award; `None` when there are too many to try.
    pub fn is_open(&self, lots: &[usize]) -> Option<bool> {
        self.together(lots.to_vec(), &self.limits_in_force()).is_open()
    }
}

/// The best awards of a tender; `None` when there is none.
pub fn best(tender: &Tender) -> Option<Best> {
    let mut lots = vec![BTreeSet::new(); tender.lots.len()];
    let (mut cost, mut draw) = (0, false);
    for part in tender.parts() {
        let (own, sets) = part.best()?;
        // In hundredths of a stated step, and tenths of margins.
        cost += own * (100 / part.fine);
        draw = draw || sets.len() > 1;
        for (place, lot) in part.lots.iter().enumerate() {
            lots[*lot] = sets.iter().map(|set| set[place].clone()).collect();
        }
    }
    Some(Best { cost: decimal(cost, tender.price_digits + tender.volume_digits + 3), draw, lots })
}

/// The sets of winning bids of a lot in the best awards of all lots that are decided with it; `None` when there is none.
pub fn best_on(tender: &Tender, lot: usize) -> Option<BTreeSet<BTreeSet<usize>>> {
    let parts = tender.parts();
    let part = parts.iter().find(|part| part.lots.contains(&lot)).unwrap();
    let place = part.lots.iter().position(|at| *at == lot).unwrap();
    let (_, sets) = part.best()?;
    Some(sets.iter().map(|set| set[place].clone()).collect())
}

/// Awards of a lot that are tried, at most, when only looking for any.
const MOST_OF_LOT: usize = 200_000;

/// Awards of several lots together that are tried, at most.
const MOST_TRIED: usize = 3_000_000;

/// The winning bids of every lot of some.
type Sets = BTreeSet<Vec<BTreeSet<usize>>>;

impl Together<'_> {
    fn best(&self) -> Option<(i64, Sets)> {
        let each: Vec<Vec<LotAward>> = self.lots.iter().map(|lot| self.lot_awards(*lot)).collect();
        let mut chosen: Vec<Vec<&LotAward>> = vec![Vec::new()];
        for awards in &each {
            chosen = chosen
                .into_iter()
                .flat_map(|before| awards.iter().map(move |award| [&before[..], &[award]].concat()))
                .collect();
        }
        let mut found: Option<(Vec<i64>, i64, Sets)> = None;
        for awards in chosen {
            let Some((values, cost)) = self.judge(&awards) else { continue };
            let won = |award: &&LotAward| (0..award.len()).filter(|bid| award[*bid].volume > 0).collect();
            let sets: Vec<BTreeSet<usize>> = awards.iter().map(won).collect();
            match &mut found {
                Some((best, _, all)) if *best == values => {
                    all.insert(sets);
                }
                Some((best, ..)) if *best < values => {}
                _ => found = Some((values, cost, BTreeSet::from([sets]))),
            }
        }
        found.map(|(_, cost, sets)| (cost, sets))
    }

    fn is_open(&self) -> Option<bool> {
        let mut each = Vec::new();
        for lot in &self.lots {
            let awards = (self.count(*lot) <= MOST_OF_LOT).then(|| self.lot_awards(*lot))?;
            if awards.is_empty() {
                return Some(false);
            }
            each.push(awards);
        }
        let all = each.iter().map(Vec::len).try_fold(1_usize, usize::checked_mul)?;
        (all <= MOST_TRIED).then(|| self.any(&each, &mut Vec::new()))
    }

    /// Whether some choice of awards of the lots, one each, keeps everything.
    fn any<'w>(&self, each: &'w [Vec<LotAward>], chosen: &mut Vec<&'w LotAward>) -> bool {
        let Some(awards) = each.get(chosen.len()) else { return self.judge(chosen).is_some() };
        awards.iter().any(|award| {
            chosen.push(award);
            let found = self.any(each, chosen);
            chosen.pop();
            found
        })
    }

    /// What is paid for a bid: value and fixed cost.
    fn paid(&self, at: usize, bid: &Bid, given: &Given, packed: Option<i64>) -> Option<(i64, i64)> {
        let lot = &self.tender.lots[at];
        let fixed = bid.fixed * self.fine;
        if let Some(price) = packed {
            return (!lot.is_above_ceiling(price)).then_some((price * given.volume, fixed));
        }
        if bid.bands.is_empty() {
            return Some((given.value, fixed));
        }
        let holds = bid.bands.iter().filter(|band| {
            given.volume >= band.least * self.fine
                && band.most.is_none_or(|most| given.volume <= most * self.fine)
                && !lot.is_above_ceiling(band.price)
        });
        // In a quantity where two bands meet, the cheaper.
        holds
            .map(|band| (band.price * given.volume, fixed + band.fixed * self.fine))
            .min_by_key(|(value, fixed)| value + fixed)
    }

    pub fn won<'w>(&'w self, awards: &'w [&'w LotAward]) -> Option<Won<'w>> {
        let place = |lot: usize| self.lots.iter().position(|own| *own == lot);
        let wins = |lot: usize, bid: usize| place(lot).is_some_and(|lot| awards[lot][bid].volume > 0);
        let mut prices = Vec::new();
        for package in &self.tender.packages {
            let won = package.bids.iter().filter(|(lot, bid, _)| wins(*lot, *bid)).count();
            if package.all_or_nothing && won != 0 && won != package.bids.len() {
                return None;
            }
            if won == package.bids.len() {
                let own = |(lot, bid, price): &(usize, usize, Option<i64>)| Some(((*lot, *bid), (*price)?));
                prices.extend(package.bids.iter().filter_map(own));
            }
        }
        let mut paid = Vec::new();
        for (lot, award) in self.lots.iter().zip(awards) {
            let own = |(bid, given): (usize, &Given)| {
                let packed = prices.iter().find(|(at, _)| *at == (*lot, bid)).map(|(_, price)| *price);
                match given.volume {
                    0 => Some((0, 0)),
                    _ => self.paid(*lot, &self.tender.lots[*lot].bids[bid], given, packed),
                }
            };
            paid.push(award.iter().enumerate().map(own).collect::<Option<Vec<_>>>()?);
        }
        Some(Won { case: self, awards, paid })
    }

    /// Objectives of an award in turn (less is better), with its compared cost in tenths of steps; `None` when it breaks
    /// something.
    fn judge(&self, awards: &[&LotAward]) -> Option<(Vec<i64>, i64)> {
        let won = self.won(awards)?;
        if !won.within_capacities() || !self.limits.iter().all(|limit| won.keeps(limit)) {
            return None;
        }
        let cost = won.compared();
        let value = |name: &&str| match *name {
            "fewer-winners" => won.winners(),
            "more-winners" => -won.winners(),
            "equal-shares" => won.largest_volumes(),
            "incumbents" => -won.of_incumbents(),
            "quality" => -won.quality(),
            "volume" => -won.all_volume(),
            other => panic!("no objective {other}"),
        };
        let with_switches = |name: &&str| match *name {
            "cost" => vec![cost, won.all_switches()],
            _ => vec![value(name)],
        };
        Some((self.tender.objectives.iter().flat_map(with_switches).collect(), cost))
    }
}
