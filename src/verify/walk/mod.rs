//! The plain walk of a ranked round's rules over one lot: what every rule says of each bid with the numbers compared, who
//! wins, and at which price.
//!
//! It starts from the bids as counted (`bids`) and the rule set's numbers. No model, no screens, no engine: of a rule it takes
//! the parameters and the id, never a verdict. `evaluate` holds its award against it, `verify` its whole report.
//!
//! | step | file | what |
//! | --- | --- | --- |
//! | 0 | `merit` | least quality, preference margin, points, score |
//! | 1 | `order` | who is before whom: price or score, keys, recorded draws |
//! | 2 | `shortlist` | how many places, who is set apart, who is within them, where a lot stands by its spread |
//! | 3 | `price` | anchor, price tests, cost statement, highest price |
//! | 4 | `mod` | negotiation of the lowest bid |
//! | 5 | `saved`, `second_chance` | who wins by a guarantee, or by lowering its price; what caps the second unit |
//! | 6 | `classes` | the class of each winner |
//! | 7 | `award` | winners, ties, what is still open, share and term |
//!
//! To add a rule: (a) write what it says of one bid as a function that ends in `bid.say(Rule::ID, verdict, facts, cite)`, with
//! the facts in the order in which the rule's own file records them; (b) call it at its turn in [`Round::bid`], for a rule
//! that looks at one bid, or in [`walk`], for one that looks at all of a lot; (c) if it keeps the bid from winning, set
//! `fails` to its id; if it lets it win otherwise, set `route`. A rule on the order belongs into `order`, one on volumes into
//! `super::volumes`, one on least-cost lots into `super::programme`. (d) Say it in docs/verify.md, at the same step.

mod award;
mod classes;
mod merit;
mod order;
mod price;
mod saved;
mod second_chance;
mod shortlist;

pub(super) use award::{Award, Decides, Place, Route, Tie};
pub(super) use merit::{Merit, weigh};
pub(super) use order::acts_fit;
pub(super) use shortlist::{Shortlist, SpreadRank, spread_ranks};

use price::{Against, Anchor, anchor, explain_costs, highest, test};
use second_chance::{Walker, match_lowest, of_the_too_dear, of_those_beyond};
use shortlist::Seat;

use super::bids::{BidCount, Count, kept};
use crate::money::{Inexact, Quantity, UnitPrice};
use crate::rules::{
    AwardRule, Cited, PlacesByBidders, PlacesByCapacity, PriceTestGroup, Quota, RankedStages, Ranking,
    SelectedWithoutVolume, SoleWinnerOrNegotiation,
};
use crate::tender::{Act, Bid, Fact, Lot, Outcome, Verdict};

/// The rules of a round with what is known of the lot before they look at a bid.
struct Round<'r> {
    rank: &'r Ranking,
    places: &'r Cited<PlacesByBidders>,
    negotiation: Option<&'r Cited<SoleWinnerOrNegotiation>>,
    tests: &'r [PriceTestGroup],
    stages: &'r RankedStages,
    lot: &'r Lot,
    bidders: u32,
    list: &'r Shortlist,
    anchor: Option<Anchor>,
    spread: Option<SpreadRank>,
}

/// Walks a lot: records what every rule says of each bid, and finds the winners. `spread` says where the lot stands by its
/// spread. `None` under a rule set that does not rank.
///
/// # Errors
/// [`Inexact`] when a limit cannot be held.
pub(super) fn walk(
    count: &mut Count<'_>,
    lists: &[Shortlist],
    spread: Option<SpreadRank>,
) -> Result<Option<Award>, Inexact> {
    let AwardRule::Ranked { stages, .. } = &count.rules.award else { return Ok(None) };
    let (mut walkers, mut anchors, mut highest) = (Vec::new(), Vec::new(), None);
    for (number, list) in lists.iter().enumerate() {
        let (anchor, of_unit) = unit(count, list, spread, (number > 0).then_some(highest))?;
        highest = highest.or(of_unit.iter().filter_map(Walker::wins_at).max());
        anchors.push(anchor);
        walkers.push(of_unit);
    }
    if let (Some(rule), [all]) = (&stages.classes, walkers.as_mut_slice()) {
        classes::classes(count, all, rule)?;
    }
    if let Some(rule) = &count.rules.incumbency {
        walkers.iter_mut().flatten().for_each(|walker| saved::own_share(count, walker, rule));
    }
    let mut award = awarded(count.bids.len(), lists, &walkers);
    award.anchor = anchors.first().copied().flatten();
    Ok(Some(award.finish(count)))
}

/// Walks the bids of one unit. `highest` is the highest award price of the unit before it, where there is one.
fn unit(
    count: &mut Count<'_>,
    list: &Shortlist,
    spread: Option<SpreadRank>,
    highest: Option<Option<UnitPrice>>,
) -> Result<(Option<UnitPrice>, Vec<Walker>), Inexact> {
    let AwardRule::Ranked { rank, places, negotiation, tests, stages } = &count.rules.award else {
        return Ok((None, Vec::new()));
    };
    let (lot, bidders, negotiation) = (count.lot, list.bidders, negotiation.as_ref());
    let (anchor, base) = (anchor(stages, list)?, count.base);
    let round = Round { rank, places, negotiation, tests, stages, lot, bidders, list, anchor, spread };
    let mut walkers = Vec::new();
    let mut before = 0_u32;
    for group in &list.order {
        let tied = u32::try_from(group.len()).map_err(|_| Inexact)?;
        for at in group {
            let bid = count.bids.get_mut(*at).ok_or(Inexact)?;
            walkers.push(round.bid(bid, *at, before.saturating_add(1), tied, base)?);
        }
        before = before.saturating_add(tied);
    }
    let anchor = round.anchor.map(|anchor| anchor.price);
    if let Some((rule, highest)) = stages.unit_cap.as_ref().zip(highest) {
        saved::cap(count, &mut walkers, highest, rule);
    }
    if let Some(rule) = &stages.guaranteed {
        saved::guaranteed(count, &mut walkers, rule);
    }
    if let Some(rule) = &stages.fused_revival {
        of_the_too_dear(count, &mut walkers, list.places, anchor, rule)?;
    }
    if let Some(rule) = &stages.match_lowest {
        match_lowest(count, &mut walkers, rule);
    }
    if let Some(rule) = &stages.unshortlisted_revival {
        of_those_beyond(count, &mut walkers, list.places, rule)?;
    }
    if let Some(rule) = &stages.line_revival {
        saved::of_line(count, &mut walkers, highest.flatten(), (stages, rule))?;
    }
    Ok((anchor, walkers))
}

impl Round<'_> {
    /// One bid up to the second chances.
    fn bid(
        &self,
        bid: &mut BidCount<'_>,
        at: usize,
        rank: u32,
        tied: u32,
        base: Quantity,
    ) -> Result<Walker, Inexact> {
        let price = bid.price.ok_or(Inexact)?;
        let (position, seat) = self.list.seat(rank, tied);
        let by = match bid.merit.score {
            Some(score) => Fact::new("score", score),
            None => Fact::new("comparable_price", bid.compared().ok_or(Inexact)?),
        };
        let mut facts = vec![by, Fact::new("rank", rank)];
        facts.extend((tied > 1).then(|| Fact::new("tied_bids", tied)));
        bid.say(self.rank.id(), Verdict::Pass, facts, self.rank.cite());
        if let Some((rule, line)) = self.stages.without_volume.as_ref().zip(self.list.line) {
            let mut facts = vec![Fact::new("comparable_price", price), Fact::new("line", line)];
            facts.push(Fact::new("deviations", rule.rule.deviations));
            facts.push(Fact::new("divisor", rule.rule.divisor.name()));
            let verdict = if price < line { Verdict::Pass } else { Verdict::NotApplicable };
            bid.say(SelectedWithoutVolume::ID, verdict, facts, &rule.cite);
        }
        let route = if seat == Seat::Apart { Route::WithoutVolume } else { Route::Place };
        let place = Place { rank, fails: None, route, unit: self.list.unit, class: None, own_share: None };
        let mut walker = Walker { at, price, seat, place, too_dear: false, barred: false };
        if seat != Seat::Apart {
            self.seated(bid, position, seat, tied);
            self.needed(bid, rank, base);
        }
        if let Seat::Within { .. } = seat {
            self.within(bid, &mut walker)?;
        }
        Ok(walker)
    }

    /// Records whether a bid is within the places; at the edge that is for a draw to say.
    fn seated(&self, bid: &mut BidCount<'_>, position: u32, seat: Seat, tied: u32) {
        let mut facts = vec![Fact::new("rank", position), Fact::new("bidders", self.bidders)];
        facts.push(Fact::new("places", self.list.quota));
        if let Quota::Share { share, mode } = &self.places.rule.quota {
            facts.extend([Fact::new("quota_share", *share), Fact::new("rounding_mode", mode.name())]);
        }
        let edge = seat == Seat::Within { edge: true };
        facts.extend(edge.then(|| Fact::new("tied_bids", tied)));
        facts.extend((self.list.apart > 0).then(|| Fact::new("set_apart", self.list.apart)));
        let verdict = if edge { Verdict::NotApplicable } else { kept(position <= self.list.quota) };
        bid.say(PlacesByBidders::ID, verdict, facts, &self.places.cite);
    }

    /// Records whether it takes the bid to deliver the base volume; one beyond the quota is not asked.
    fn needed(&self, bid: &mut BidCount<'_>, rank: u32, base: Quantity) {
        let Some(rule) = self.stages.capacity.as_ref().filter(|_| rank <= self.list.quota) else { return };
        let before = self.list.delivered.get(&rank).copied().flatten();
        let mut facts: Vec<Fact> =
            before.map(|before| Fact::new("capacity_before", before)).into_iter().collect();
        facts.push(Fact::new("base_volume", base));
        bid.say(PlacesByCapacity::ID, kept(before.is_some_and(|before| before < base)), facts, &rule.cite);
    }

    /// Records what the rules on bids within the places say. Of those that a bid fails the negotiation is what keeps it from
    /// winning, else the price tests, else the highest price.
    fn within(&self, bid: &mut BidCount<'_>, walker: &mut Walker) -> Result<(), Inexact> {
        let price = walker.price;
        let anchor = self.anchor.as_ref().map(|anchor| anchor.price);
        bid.steps.extend(self.anchor.iter().flat_map(|anchor| anchor.steps.clone()));
        let lowest = self.list.lowest().unwrap_or(price);
        let against = Against { lot: self.lot, lowest, anchor, bidders: self.bidders };
        let mut dear = None;
        for group in self.tests {
            let failed = test(bid, price, against, group)?;
            dear = dear.or(failed);
        }
        if let Some((rule, anchor)) = self.stages.cost_statement.as_ref().zip(anchor) {
            explain_costs(bid, price, anchor, &rule.cite);
        }
        let highest = self
            .stages
            .highest_excluded
            .as_ref()
            .and_then(|rule| highest(bid, price, self.list, self.spread, (&rule.rule, &rule.cite)));
        let mut talks = None;
        if let Some(rule) = self.negotiation.filter(|_| walker.place.rank == 1) {
            let (passed, facts) = negotiated(self.lot, bid.bid, self.bidders, rule.rule.bidders);
            bid.say(SoleWinnerOrNegotiation::ID, kept(passed), facts, &rule.cite);
            talks = (!passed).then_some(SoleWinnerOrNegotiation::ID);
        }
        walker.place.fails = talks.or(dear).or(highest);
        walker.too_dear = dear.is_some() && talks.is_none() && highest.is_none();
        Ok(())
    }
}

/// Whether the lowest bid may win: with enough bidders, or after a negotiation that is recorded and not refused.
fn negotiated(lot: &Lot, bid: &Bid, bidders: u32, needed: u32) -> (bool, Vec<Fact>) {
    let act =
        |act: Act| lot.decisions.iter().find(|row| row.supplier_id == bid.supplier_id && row.act == act);
    let (agreed, refused) = (act(Act::Negotiated), act(Act::NoAward));
    let done = agreed.is_some() && refused.is_none();
    let mut facts = vec![Fact::new("bidders", bidders), Fact::new("required_bidders", needed)];
    facts.extend((bidders < needed).then(|| Fact::new("negotiated", if done { "yes" } else { "no" })));
    let document = agreed.or(refused).and_then(|act| act.document.as_ref());
    facts.extend(document.map(|document| Fact::new("decision", document)));
    (bidders >= needed || done, facts)
}

/// Who wins, unit by unit, and the tie over the last place of a unit, if one of the tied could win.
fn awarded(bids: usize, lists: &[Shortlist], walkers: &[Vec<Walker>]) -> Award {
    let mut ranks = vec![None; bids];
    let (mut winners, mut ties) = (Vec::new(), Vec::new());
    for (list, walkers) in lists.iter().zip(walkers) {
        let (won, tie) = of_unit(list, walkers, &mut ranks);
        winners.extend(won);
        ties.extend(tie);
    }
    let outcome = match (ties.is_empty(), winners.is_empty()) {
        (false, _) => Outcome::DrawRequired,
        (true, true) => Outcome::NoAward,
        (true, false) => Outcome::Awarded,
    };
    let places = lists.iter().fold(0_u32, |sum, list| sum.saturating_add(list.places));
    let (places, anchor) = (Some(places), None);
    Award { outcome, places, anchor, ranks, winners, ties, share: None, years: None }
}

/// The winners of one unit in their order, and its tie.
fn of_unit(list: &Shortlist, walkers: &[Walker], ranks: &mut [Option<Place>]) -> (Vec<usize>, Option<Tie>) {
    let (mut winners, mut edge, mut certain) = (Vec::new(), Vec::new(), 0_usize);
    for walker in walkers {
        ranks.get_mut(walker.at).into_iter().for_each(|place| *place = Some(walker.place));
        let able = walker.place.fails.is_none();
        match (walker.seat, walker.place.route) {
            (Seat::Within { edge: true }, _) => edge.push((walker.at, able)),
            (Seat::Within { edge: false }, _) => {
                certain = certain.saturating_add(1);
                winners.extend(able.then_some(walker.at));
            }
            (Seat::Apart, _)
            | (Seat::Beyond, Route::LoweredWithoutPlace(_) | Route::Guaranteed | Route::AtLine(_)) => {
                winners.push(walker.at);
            }
            (Seat::Beyond, _) => {}
        }
    }
    winners.sort_by_key(|at| (ranks.get(*at).copied().flatten().map(|place: Place| place.rank), *at));
    edge.sort_unstable();
    let tie = edge.iter().any(|(_, able)| *able).then(|| {
        let left = usize::try_from(list.places).unwrap_or(usize::MAX).saturating_sub(certain);
        let bids = edge.iter().map(|(at, _)| *at).collect();
        Tie { bids, decides: Decides::Places(left) }
    });
    (winners, tie)
}
