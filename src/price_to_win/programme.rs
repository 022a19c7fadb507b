//! The highest price at which a bid wins in a programme of its own, whatever limits there are.
//!
//! What the best award without the bid comes to does not depend on the bid's price. So a price is a winning one when some
//! award with the bid satisfies every row there and comes before that. A whole span of prices is asked at once, by the
//! programme that is kinder than at any price of the span ([`Between`]): where that has no such award, no price of the span
//! wins. Where it has one, the award itself says up to which price of the span it wins, and only what is above is left; or
//! where it cannot, and the span is cut there, so that neither part allows it again. Under cost alone this is the method of
//! Dinkelbach (On nonlinear fractional programming, Management Science 13, 1967), which ends after a few awards.
//!
//! Limits on value make the outcome come and go with the price: nothing here rests on a lower price being better. Where the
//! order of prices matters, to limits by rank, spans end where the bid is as low as another; and where another of its prices
//! reaches the ceiling.

use std::collections::BTreeSet;

use super::between::{Between, Holds, Named, Programme, programme};
use super::moved::Moved;
use super::quoted::Quoted;
use super::search::Highest;
use crate::model::LotModel;
use crate::money::UnitPrice;
use crate::solve::{Against, Allowance, Best, against, best, values};
use crate::tender::LimitKind;

/// Questions asked for one bid before the search is given up.
const MOST_QUESTIONS: usize = 400;

/// Cases in which a whole span of prices is asked about at first, or as many as the proof of the award itself has steps if
/// these are more. What allows all that any price of a wide span allows may take long to settle, where half of it is settled
/// at once; so cases are doubled with every third halving only, up to what is allowed.
const FIRST_CASES: usize = 250;

/// Prices from one to another that are not settled, and how often the span was halved to come to them.
#[derive(Debug, Clone, Copy)]
struct Open {
    low: i128,
    high: i128,
    halved: u32,
}

/// What is known of a bid's lots before it is asked.
pub(super) struct Known<'a> {
    /// Whether an award exists at all as the bids were filed.
    pub(super) any: bool,
    /// The best awards as filed, with the names of their columns.
    pub(super) awards: Vec<Named>,
    /// The bid's id.
    pub(super) bid: &'a str,
    /// Whether other bids enter or leave with the bid's price, so that the best award without it must be looked for.
    pub(super) others_depend: bool,
    /// Steps of the proof of the award as filed.
    pub(super) steps: usize,
}

/// What was found, and whether the search came to its end: if not, it wins there, and may win at higher prices.
pub(super) struct Found {
    pub(super) highest: Highest,
    pub(super) is_whole: bool,
}

/// What the best award without the bid comes to.
enum Without {
    Best(Vec<i128>),
    None,
    GivenUp,
}

struct Search<'a> {
    moved: &'a Moved<'a>,
    quoted: &'a Quoted<'a>,
    bid: &'a str,
    /// What the best award without the bid comes to; `None` when there is none.
    without: Option<Vec<i128>>,
    /// Awards that are known, with the bid among the winners.
    with: Vec<Named>,
    left: Allowance,
    first_cases: usize,
    found: Highest,
}

/// The highest prices up to `most` at which a bid wins; `None` when nothing is known.
pub(super) fn highest(
    moved: &Moved<'_>,
    quoted: &Quoted<'_>,
    most: i128,
    known: Known<'_>,
    left: Allowance,
) -> Option<Found> {
    let least = quoted.least()?;
    let whole = |highest| Some(Found { highest, is_whole: true });
    if most < least {
        return whole(Highest::default());
    }
    let wins = format!("wins[{}]", known.bid);
    let (with, without): (Vec<Named>, Vec<Named>) = known
        .awards
        .into_iter()
        .partition(|award| award.iter().any(|(name, value)| *name == wins && *value == 1));
    let mut search = Search {
        moved,
        quoted,
        bid: known.bid,
        without: None,
        with,
        left,
        first_cases: known.steps.max(FIRST_CASES),
        found: Highest::default(),
    };
    search.without = match without.first() {
        _ if !known.any && !known.others_depend => None,
        Some(award) if !known.others_depend => Some(search.comes_to(quoted.as_filed()?, award)?),
        _ => match search.best_without(quoted.as_filed()?.min(most))? {
            Without::Best(values) => Some(values),
            Without::None => None,
            // It wins where it stands, and nothing is known of higher prices.
            Without::GivenUp => return Some(Found { highest: Highest::default(), is_whole: false }),
        },
    };
    // From some price on nothing changes any more: what holds at the first of them holds at all.
    let last = search.settled_from(least, most)?;
    let mut spans = search.spans(least, last)?;
    let is_whole = search.run(&mut spans)?;
    let of_all = |price: Option<i128>| if price == Some(last) { Some(most) } else { price };
    let Highest { wins, may_win } = search.found;
    Some(Found { highest: Highest { wins: of_all(wins), may_win: of_all(may_win) }, is_whole })
}

impl Search<'_> {
    /// What an award comes to at a price.
    fn comes_to(&self, steps: i128, award: &Named) -> Option<Vec<i128>> {
        let Programme::Stands(model) = programme(self.moved, self.quoted, steps)? else { return None };
        let mut found = vec![0; model.columns.len()];
        for (name, value) in award {
            let at = model.columns.iter().position(|column| column.name == *name)?;
            *found.get_mut(at)? = *value;
        }
        values(&model, &found).ok()
    }

    /// What the best award without the bid comes to.
    fn best_without(&mut self, steps: i128) -> Option<Without> {
        let Programme::Stands(mut model) = programme(self.moved, self.quoted, steps)? else { return None };
        let (wins, _) = model.winner_columns().into_iter().find(|(_, id)| *id == self.bid)?;
        model.columns.get_mut(wins)?.upper = 0;
        Some(match best(&model, &[], &mut self.left).ok()? {
            Best::Award(award) => Without::Best(values(&model, &award).ok()?),
            Best::Nothing => Without::None,
            Best::GivenUp => Without::GivenUp,
        })
    }

    /// A price, at most `most`, from which on the bid ends alike at every price: what is compared with its own value, in rows
    /// and in the objectives, is smaller than the price of one step of volume.
    fn settled_from(&self, least: i128, most: i128) -> Option<i128> {
        let (Programme::Stands(one), Programme::Stands(other)) = (
            programme(self.moved, self.quoted, least)?,
            programme(self.moved, self.quoted, least.checked_add(1)?)?,
        ) else {
            return Some(most);
        };
        let known = self.without.iter().flatten().map(|value| value.checked_abs());
        let known = known.collect::<Option<Vec<_>>>()?.into_iter().max().unwrap_or(0);
        let beside = beside_own(&one, &other).and_then(|beside| beside.checked_add(known));
        let price =
            beside.and_then(|beside| UnitPrice::from_steps(beside, self.quoted.comparable_digits()).ok());
        let Some(price) = price else { return Some(most) };
        let own = self.quoted.highest_at_most(price, most)?.checked_add(least)?;
        // Nor does the order of prices change any more, nor what is above the ceiling.
        let others =
            self.prices_that_matter().into_iter().map(|price| self.quoted.highest_at_most(price, most));
        let others = others.collect::<Option<Vec<_>>>()?;
        let last = others.into_iter().chain(self.quoted.ceilings(most)?).fold(own, i128::max);
        Some(last.checked_add(1)?.min(most))
    }

    /// The spans of prices within which only coefficients differ, the highest last.
    fn spans(&self, least: i128, most: i128) -> Option<Vec<Open>> {
        // The last prices of spans.
        let mut ends: BTreeSet<i128> = self.quoted.ceilings(most)?.into_iter().collect();
        ends.insert(most);
        for price in self.prices_that_matter() {
            let below = self.quoted.highest_below(price, most)?;
            let at = self.quoted.highest_at_most(price, most)?;
            ends.extend([below, at]);
        }
        let mut from = least;
        let mut spans = Vec::with_capacity(ends.len());
        for end in ends.into_iter().filter(|end| (least..=most).contains(end)) {
            spans.push(Open { low: from, high: end, halved: 0 });
            from = end.checked_add(1)?;
        }
        Some(spans)
    }

    /// Prices of other bids of the lot beside which the order matters.
    fn prices_that_matter(&self) -> Vec<UnitPrice> {
        let Some(lot) = self.moved.screened.lots.get(self.moved.lot) else { return Vec::new() };
        let by_rank = |kind: &LimitKind| matches!(kind, LimitKind::SharesByRank(_) | LimitKind::RankMonotone);
        if !self.moved.screened.rules.limits.iter().any(|limit| by_rank(&limit.kind)) {
            return Vec::new();
        }
        let others = lot.comparable.bids.iter().enumerate().filter(|(at, _)| *at != self.moved.bid);
        others.filter_map(|(_, bid)| bid.comparable_price).collect()
    }

    /// Asks span by span, the highest first; whether the search came to its end.
    fn run(&mut self, open: &mut Vec<Open>) -> Option<bool> {
        for _ in 0..MOST_QUESTIONS {
            let Some(Open { low, high, halved }) = open.pop() else { return Some(true) };
            if low > high || self.found.wins.is_some_and(|wins| high <= wins) {
                continue;
            }
            let Programme::Stands(model) = programme(self.moved, self.quoted, low)? else {
                // The rules refuse it beside another; that is so at all prices of the span.
                continue;
            };
            let between = Between::new(self.moved, self.quoted, (low, high), self.bid, *model)?;
            if !self.ask(&between, halved, open)? {
                return Some(false);
            }
        }
        Some(open.is_empty())
    }

    /// Asks about one span, and leaves open what is not answered; whether the question was answered.
    fn ask(&mut self, between: &Between<'_>, halved: u32, open: &mut Vec<Open>) -> Option<bool> {
        let (low, high) = (between.low, between.high);
        let part = |low: i128, high: i128| Open { low, high, halved };
        let known = self.without.as_deref();
        let mut from = Vec::new();
        for award in &self.with {
            let Some(award) = between.values(award) else { continue };
            if let Holds::UpTo(price) = between.holds(&award, known, false)? {
                self.found.wins = self.found.wins.max(Some(price));
            }
            from.push(award);
        }
        if let Some(wins) = self.found.wins.filter(|wins| *wins >= low) {
            open.push(part(wins.checked_add(1)?, high));
            return Some(true);
        }
        let most_cases = match low < high {
            true => self
                .first_cases
                .saturating_mul(2_usize.saturating_pow(halved.div_euclid(3)))
                .min(self.left.most_cases),
            false => self.left.most_cases,
        };
        let mut left = Allowance { most_cases, ..self.left };
        let asked = against(&between.kinder, known, &from, &mut left).ok()?;
        self.left.work = left.work;
        let (award, level) = match asked {
            Against::Before(award) => (award, false),
            Against::Level(award) => (award, true),
            Against::After => return Some(true),
            // What is less kind may be less hard, and what is left open below a price that wins need not be known.
            Against::GivenUp if low < high && self.left.work > 0 => {
                open.extend(halves(low, high, halved));
                return Some(true);
            }
            Against::GivenUp => return Some(false),
        };
        match between.holds(&award, known, level)? {
            Holds::UpTo(price) => {
                let highest = if level { &mut self.found.may_win } else { &mut self.found.wins };
                *highest = (*highest).max(Some(price));
                open.push(part(price.checked_add(1)?, high));
            }
            Holds::NotAt(price) => open.extend([part(low, price), part(price.checked_add(1)?, high)]),
            Holds::Nowhere if low < high => open.extend(halves(low, high, halved)),
            // An award of a single price satisfies the programme of that price.
            Holds::Nowhere => return None,
        }
        if self.with.len() < 16 {
            self.with.push(named(&between.kinder, &award));
        }
        Some(true)
    }
}

/// The largest sum of a row or an objective, its right-hand side with it, beside what changes with the price between two
/// programmes; `None` when it cannot be held, or when more than coefficients differs.
fn beside_own(one: &LotModel, other: &LotModel) -> Option<i128> {
    if one.columns != other.columns || one.rows.len() != other.rows.len() {
        return None;
    }
    let sum = |terms: &[(usize, i128)], there: &[(usize, i128)], rhs: i128| {
        let mut same = terms.iter().filter(|term| there.contains(term));
        same.try_fold(rhs.checked_abs()?, |sum, (column, by)| {
            let column = one.columns.get(*column)?;
            let most = column.lower.checked_abs()?.max(column.upper.checked_abs()?);
            sum.checked_add(most.checked_mul(by.checked_abs()?)?)
        })
    };
    let mut largest = 0;
    for (row, there) in one.rows.iter().zip(&other.rows) {
        let rhs = if row.rhs == there.rhs { row.rhs } else { 0 };
        largest = largest.max(sum(&row.terms, &there.terms, rhs)?);
    }
    for (objective, there) in one.objectives().zip(other.objectives()) {
        largest = largest.max(sum(&objective.terms, &there.terms, 0)?);
    }
    Some(largest)
}

/// A span in two, the higher last, between prices of which one is as many times the lower end as the upper end is of it.
fn halves(low: i128, high: i128, halved: u32) -> [Open; 2] {
    let (first, last) = (low.max(1), high.max(1));
    let middle = first.checked_mul(last).map_or_else(|| low.midpoint(high), i128::isqrt);
    let middle = middle.clamp(low, high.saturating_sub(1).max(low));
    let halved = halved.saturating_add(1);
    [Open { low, high: middle, halved }, Open { low: middle.saturating_add(1), high, halved }]
}

/// An award by the names of its columns.
pub(super) fn named(lot: &LotModel, award: &[i128]) -> Named {
    let columns = lot.columns.iter().zip(award).filter(|(_, value)| **value != 0);
    columns.map(|(column, value)| (column.name.clone(), *value)).collect()
}
