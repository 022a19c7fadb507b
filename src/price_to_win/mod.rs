//! What each bid would have needed: the highest price at which it wins, all else equal.
//!
//! In a ranked round the rules are walked on whole spans of prices at once, and a span is cut where the answer differs within it
//! (`search`); nothing rests on cheaper always being better, which anchors taken from a mean, exclusion of the highest price and
//! revival make untrue. On a core lot under least cost there is one threshold, which is approached by solving the lot again
//! (`least_cost`); where bids and limits say more, spans of prices are asked whether any price of them can win (`programme`).
//!
//! | file | what |
//! | --- | --- |
//! | `search` | the highest price with an outcome, by cutting spans |
//! | `span` | prices that lie between two |
//! | `field` | what stays the same while one price moves |
//! | `entry` | who is ranked, in which order |
//! | `limit` | limits that move with the subject's own price |
//! | `ranked` | what becomes of a bid of a ranked round |
//! | `least_cost` | the threshold on a core lot under least cost |
//! | `programme` | the highest price in a programme, whatever limits there are |
//! | `between` | a programme while prices lie between two |
//! | `moved` | lots with the prices of one bid moved |
//! | `anew` | a bid at another price, evaluated through every stage |
//! | `parallel` | work shared among threads |
//! | `quoted` | prices of the quoted pack, in steps |

mod anew;
mod between;
mod entry;
mod field;
mod least_cost;
mod limit;
mod moved;
mod parallel;
mod programme;
mod quoted;
mod ranked;
mod search;
mod span;

pub use parallel::shared_out;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::certify::{BidStatus, Certificate, CertifiedAward, LotAward};
use crate::model::{AwardModel, CoreLot, Proposal, Steps};
use crate::money::{Proportion, UnitPrice};
use crate::rules::{AwardRule, PriceTest, Ranking, RelatedBidsCountOnce, RuleSet};
use crate::screen::{Screened, ScreenedLot};
use crate::solve::Allowance;
use crate::tender::{BidState, Outcome, PriceToWin, PriceToWinNote};

use anew::{Anew, Trace};
use entry::Subject;
use field::Field;
use moved::Moved;
use programme::{Found, Known};
use quoted::Quoted;
use search::{Fate, Highest, highest};
use span::{Span, Stop};

/// Columns of a programme beyond which lots are not solved again for each bid.
const MOST_COLUMNS: usize = 5_000;

/// Work for the price of one bid, and of all bids of a tender: steps of the simplex method times rows and columns.
/// A second does some thirty million of these.
const MOST_WORK: (usize, usize) = (200_000_000, 1_500_000_000);

/// Cases of one search.
const MOST_CASES: usize = 4_000;

/// The price to win of every bid of an award, in the order of its lots and of their bids; found when it is asked for the first
/// time, and kept with the award.
pub fn of(award: &CertifiedAward) -> &[Vec<PriceToWin>] {
    of_watched(award, &|_, _| {})
}

/// The same, where somebody looks on: told after each bid how many are done, and of how many.
pub fn of_watched<'a>(
    award: &'a CertifiedAward,
    watch: &(dyn Fn(usize, usize) + Sync),
) -> &'a [Vec<PriceToWin>] {
    award.prices_to_win_or(|| match crate::model::model(award.screened()) {
        Ok(model) => watched(award, &model, watch),
        // An award without a model cannot have been certified.
        Err(_) => Vec::new(),
    })
}

/// The price to win of every bid, in the order of the award's lots and of their bids.
///
/// The work is shared among threads; which thread does what changes nothing in the result.
pub fn prices_to_win(award: &CertifiedAward, model: &AwardModel) -> Vec<Vec<PriceToWin>> {
    watched(award, model, &|_, _| {})
}

fn watched(
    award: &CertifiedAward,
    model: &AwardModel,
    watch: &(dyn Fn(usize, usize) + Sync),
) -> Vec<Vec<PriceToWin>> {
    let (screened, award_of) = (award.screened(), award);
    let bids = screened.lots.iter().map(|lot| lot.bids.len()).sum();
    let rules = &screened.rules;
    let spreads = spreads(&screened.lots, rules);
    let groups = groups(screened);
    let works: Vec<Work<'_>> = screened
        .lots
        .iter()
        .zip(award.lots().map(|(_, award)| award))
        .enumerate()
        .map(|(at, (lot, award))| {
            let others = spreads.iter().enumerate().filter(|(other, _)| *other != at);
            let others = others.filter_map(|(_, spread)| *spread).collect();
            let group = groups.iter().zip(&model.lots).find(|(group, _)| group.contains(&at));
            let core = group.and_then(|(_, model)| least_cost::core(&model.shape));
            let columns = group.map_or(0, |(_, model)| model.columns.len());
            let lots = group.map(|(group, _)| group.clone()).unwrap_or_default();
            let field = Field::new(lot, rules, others);
            let certificate = award_of.certificates().get(at).and_then(Option::as_ref);
            Work { award, certificate, screened, at, lots, columns, bids, lot, rules, field, core }
        })
        .collect();
    let tasks: Vec<(&Work<'_>, usize)> =
        works.iter().flat_map(|work| (0..work.lot.bids.len()).map(move |bid| (work, bid))).collect();
    let each = if matches!(rules.award, AwardRule::LeastCost { .. }) { 1 } else { 8 };
    let done = AtomicUsize::new(0);
    let task = |(work, bid): &(&Work<'_>, usize)| {
        let price = work.price_to_win(*bid);
        watch(done.fetch_add(1, Ordering::Relaxed).saturating_add(1), tasks.len());
        price
    };
    let mut found = shared_out(&tasks, each, task).into_iter();
    works.iter().map(|work| found.by_ref().take(work.lot.bids.len()).collect()).collect()
}

/// The lots that each programme of the model decides.
fn groups(screened: &Screened) -> Vec<Vec<usize>> {
    crate::model::groups(screened).into_iter().map(|group| group.lots).collect()
}

/// Whether the walk of spans knows every rule of the set.
fn knows(rules: &RuleSet) -> bool {
    let AwardRule::Ranked { rank, tests, stages, .. } = &rules.award else { return false };
    let scoring = &stages.scoring;
    let plain = scoring.least_quality.is_none() && scoring.margin.is_none();
    let mut tests = tests.iter().flat_map(|group| &group.tests);
    matches!(rank, Ranking::ByPrice(_))
        && plain
        && tests.all(|test| !matches!(test.rule, PriceTest::CutWithFewBidders(_) | PriceTest::AtMostLine(_)))
        && stages.capacity.is_none()
        && stages.match_lowest.is_none()
        && stages.units.is_none()
        && stages.unit_cap.is_none()
        && stages.guaranteed.is_none()
        && stages.line_revival.is_none()
        && rules.service_fee.is_none()
}

/// The spread of every lot as filed, where a rule asks for it.
fn spreads(lots: &[ScreenedLot], rules: &RuleSet) -> Vec<Option<Proportion>> {
    let asked = matches!(&rules.award, AwardRule::Ranked { stages, .. } if stages.highest_excluded.is_some());
    let of = |lot: &ScreenedLot| {
        let field = Field::new(lot, rules, Vec::new()).filter(|_| asked)?;
        field.spread_as_filed().ok().flatten()
    };
    lots.iter().map(of).collect()
}

/// A lot with what its bids have in common.
struct Work<'a> {
    award: &'a LotAward,
    screened: &'a Screened,
    /// Its place among the lots.
    at: usize,
    /// The lots that are decided together with it, itself among them.
    lots: Vec<usize>,
    /// Columns of their model.
    columns: usize,
    /// Bids of the tender.
    bids: usize,
    /// What proves the award, and which awards are the best.
    certificate: Option<&'a Certificate>,
    lot: &'a ScreenedLot,
    rules: &'a RuleSet,
    field: Option<Field<'a>>,
    core: Option<&'a CoreLot>,
}

impl Work<'_> {
    fn price_to_win(&self, bid: usize) -> PriceToWin {
        let rule = &self.rules.comparable_price.rule;
        let quoted = Quoted::new(&self.lot.comparable, bid, &self.screened.packages, rule);
        let (Some(field), Some(quoted)) = (&self.field, quoted) else {
            return PriceToWin::none(PriceToWinNote::NotFound, rule.rounding.digits);
        };
        let none = |note| PriceToWin::none(note, quoted.digits);
        match field.states.get(bid) {
            Some(BidState::Withdrawn | BidState::Disqualified) => return none(PriceToWinNote::Gone),
            Some(BidState::Void) | None => return none(PriceToWinNote::NoUsablePrice),
            Some(BidState::Valid) => {}
        }
        let limit = self.rules.ceiling.as_ref().map(|_| quoted.at_ceiling());
        let (most, capped) = match limit {
            Some(Ok(Some(most))) => (most, true),
            Some(Err(_)) => return none(PriceToWinNote::NotFound),
            Some(Ok(None)) | None => (quoted.largest(), false),
        };
        let whole = |highest| Found { highest, is_whole: true };
        let found = match &self.rules.award {
            AwardRule::Ranked { .. } if knows(self.rules) => {
                self.in_ranks(field, &quoted, bid, most).map(whole)
            }
            AwardRule::Ranked { .. } => self.in_ranks_anew(&quoted, bid, most).map(whole),
            AwardRule::LeastCost { .. } => self.at_least_cost(field, &quoted, bid, most),
        };
        let Some(Found { highest: mut found, is_whole }) = found else {
            return none(PriceToWinNote::NotFound);
        };
        // A recorded draw among cheapest awards stands at the price that was filed.
        let least_cost = matches!(self.rules.award, AwardRule::LeastCost { .. });
        let won = least_cost && self.award.statuses.get(bid) == Some(&BidStatus::Won);
        let own = quoted.as_filed().filter(|_| won);
        if own > found.wins {
            found = Highest { wins: own, may_win: found.may_win.filter(|may| Some(*may) > own) };
        }
        let note = match found.wins {
            Some(price) if price >= most && capped => Some(PriceToWinNote::AtCeiling),
            Some(price) if price >= most => Some(PriceToWinNote::Unlimited),
            Some(_) if is_whole => None,
            Some(_) => Some(PriceToWinNote::AtLeast),
            None if is_whole => Some(PriceToWinNote::NoPriceWins),
            None => return none(PriceToWinNote::NotFound),
        };
        let shown = |steps: Option<i128>| steps.and_then(|steps| quoted.price(steps));
        let wins = found.wins.filter(|_| note != Some(PriceToWinNote::Unlimited));
        let change = wins.filter(|_| quoted.several()).and_then(|steps| quoted.price(quoted.change(steps)?));
        let (price, may_win) = (shown(wins), shown(found.may_win));
        PriceToWin { price, change, may_win, step_digits: quoted.digits, note }
    }

    fn in_ranks(&self, field: &Field<'_>, quoted: &Quoted<'_>, bid: usize, most: i128) -> Option<Highest> {
        let fate = |low: i128, high: i128| -> Result<Fate, (Stop, Option<i128>)> {
            let span = |low: i128, high: i128| -> Option<(Span, Span)> {
                let asked = Span { low: quoted.price(low)?, high: quoted.price(high)? };
                let low = quoted.comparable(asked.low)?;
                let high = if asked.is_point() { low } else { quoted.comparable(asked.high)? };
                Some((asked, Span { low, high }))
            };
            let Some((asked, comparable)) = span(low, high) else { return Err((Stop::Inexact, None)) };
            field.fate(&Subject { at: bid, quoted: asked, comparable }).map_err(|stop| {
                let near = match stop {
                    Stop::Undecided(Some(near)) => quoted.near(near),
                    _ => None,
                };
                (stop, near)
            })
        };
        highest(most, fate).ok()
    }

    fn anew(&self, bid: usize) -> Anew<'_> {
        Anew(self.moved(bid))
    }

    fn moved(&self, bid: usize) -> Moved<'_> {
        Moved { screened: self.screened, lots: &self.lots, lot: self.at, bid }
    }

    /// In ranks, by evaluating anew at the ends of spans.
    fn in_ranks_anew(&self, quoted: &Quoted<'_>, bid: usize, most: i128) -> Option<Highest> {
        let anew = self.anew(bid);
        let mut tried: BTreeMap<i128, (Fate, Trace)> = BTreeMap::new();
        let mut at = |steps: i128| match tried.get(&steps) {
            Some(found) => Some(found.clone()),
            None => {
                let found = anew.at(quoted, steps)?;
                tried.insert(steps, found.clone());
                Some(found)
            }
        };
        let meets = anew.meets(quoted, most);
        let fate = |low: i128, high: i128| {
            let (Some((fate, one)), Some((_, other))) = (at(low), at(high)) else {
                return Err((Stop::Inexact, None));
            };
            if one == other {
                return Ok(fate);
            }
            // Beside another bid's price the order changes, and mostly more with it.
            let from = meets.partition_point(|meet| *meet <= low);
            let within = meets.get(from..meets.partition_point(|meet| *meet < high)).unwrap_or_default();
            let middle = within.get(within.len().midpoint(0)).copied();
            Err((Stop::Undecided(None), middle))
        };
        highest(most, fate).ok()
    }

    /// Under least cost: on a core lot that prices alone decide by its own engine, else, or where that gives up, in the
    /// programme.
    fn at_least_cost(&self, field: &Field<'_>, quoted: &Quoted<'_>, bid: usize, most: i128) -> Option<Found> {
        if self.core.is_some_and(least_cost::by_prices) && !quoted.several() {
            let found = self.on_a_core_lot(field, quoted, bid, most);
            if let Some(highest) = found {
                return Some(Found { highest, is_whole: true });
            }
        }
        self.in_a_programme(field, quoted, bid, most)
    }

    fn in_a_programme(
        &self,
        field: &Field<'_>,
        quoted: &Quoted<'_>,
        bid: usize,
        most: i128,
    ) -> Option<Found> {
        if self.lots.is_empty() || self.columns > MOST_COLUMNS || self.award.outcome == Outcome::Unproved {
            return None;
        }
        let related = field.related(bid);
        let mut most = most;
        if let Some(lowest) = related.iter().map(|(_, price)| *price).min() {
            // At its related bid's price or above, the bid does not stand.
            most = most.min(quoted.highest_below(lowest, most)?);
        }
        let awards = self.certificate.map(|certificate| {
            let named = |award: &Proposal| programme::named(certificate.lot(), &award.values);
            certificate.awards().iter().map(named).collect::<Vec<_>>()
        });
        let known = Known {
            any: self.award.outcome != Outcome::NoAward,
            awards: awards.unwrap_or_default(),
            bid: self.lot.comparable.lot.bids.get(bid)?.id.as_str(),
            others_depend: !related.is_empty(),
            steps: self.certificate.map_or(0, |certificate| certificate.cases().steps.len()),
        };
        let (each, all) = MOST_WORK;
        let work = each.min(all.checked_div(self.bids).unwrap_or(each));
        let left = Allowance { most_cases: MOST_CASES, work };
        programme::highest(&self.moved(bid), quoted, most, known, left)
    }

    fn on_a_core_lot(
        &self,
        field: &Field<'_>,
        quoted: &Quoted<'_>,
        bid: usize,
        most: i128,
    ) -> Option<Highest> {
        let core = self.core?;
        let digits = quoted.comparable_digits().max(self.price_digits());
        let mut core = least_cost::in_finer_steps(core, digits.checked_sub(self.price_digits())?)?;
        let place = |at: usize| {
            let id = self.lot.comparable.lot.bids.get(at)?.id.as_str();
            core.bidders.iter().position(|bidder| bidder.bid_id == id)
        };
        let own = place(bid)?;
        let rivals: Vec<(usize, UnitPrice)> = field.related(bid);
        let merged: Vec<usize> = rivals.iter().filter_map(|(at, _)| place(*at)).collect();
        let mut most = most;
        if let Some(lowest) = rivals.iter().map(|(_, price)| *price).min() {
            // At its related bid's price or above, the bid does not stand.
            most = most.min(quoted.highest_below(lowest, most)?);
        }
        core.bidders.get_mut(own)?.barred_by = None;
        for at in merged {
            core.bidders.get_mut(at)?.barred_by = Some(RelatedBidsCountOnce::ID.to_owned());
        }
        let top = quoted.comparable(quoted.price(most)?)?.in_steps(digits)?;
        if most < 1 || top < 1 {
            return Some(Highest::default());
        }
        let found = least_cost::highest(&core, own, top)?;
        let steps = |comparable: Option<i128>| match comparable {
            Some(comparable) => {
                let limit = UnitPrice::from_steps(comparable, digits).ok()?;
                Some(quoted.highest_at_most(limit, most)?).filter(|steps| *steps > 0).map(Some)
            }
            None => Some(None),
        };
        let wins = steps(found.wins).flatten();
        let may_win = steps(found.may_win).flatten().filter(|steps| wins.is_none_or(|wins| *steps > wins));
        Some(Highest { wins, may_win })
    }

    fn price_digits(&self) -> u32 {
        Steps::of(self.lot, self.rules).price_digits
    }
}
