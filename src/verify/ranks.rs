//! The order of the bids, the places, the tests that a winner must pass, and who wins.

use crate::money::{Inexact, Quantity, Ratio, Rounding, UnitPrice};
use crate::rules::{
    AllocationRule, AwardRule, CutFromCeilingAtLeast, PlacesByBidders, PriceAtMost, PriceAtMostInGroup,
    PriceTest, PriceTestGroup, PriceWithinMultipleOfLowest, Quota, RankByComparablePrice,
    SoleWinnerOrNegotiation, TieBreakKey,
};
use crate::tender::{Act, Bid, Fact, Lot, Outcome, Verdict};

use super::bids::{Count, kept};
use super::volumes::{of_own_rules, shared_alike};

/// A bid's place in the order: its rank, and how many share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// 1 for the best.
    pub(super) rank: u32,
    /// How many bids share it.
    pub(super) tied: u32,
    /// The rule that keeps the bid from winning.
    pub(super) fails: Option<&'static str>,
}

/// Who wins a lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Award {
    pub(super) outcome: Outcome,
    /// Places in the quota.
    pub(super) places: Option<u32>,
    /// Rank of each bid, in the order of the lot's bids.
    pub(super) ranks: Vec<Option<Place>>,
    /// The winners by rank, then by bid; those that win whatever is drawn.
    pub(super) winners: Vec<usize>,
    pub(super) ties: Vec<Tie>,
    pub(super) share: Option<Ratio>,
    pub(super) years: Option<u32>,
}

/// What a draw must decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tie {
    pub(super) bids: Vec<usize>,
    pub(super) decides: Decides,
}

/// What a draw decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Decides {
    /// Which of the bids take so many places.
    Places(usize),
    /// In which order the bids, which all win, pick regions.
    Order,
    /// Which of these sets of winners.
    Award(Vec<Vec<usize>>),
}

impl Award {
    /// The word for what became of a bid.
    pub(super) fn status(&self, count: &Count<'_>, at: usize) -> &'static str {
        let drawn = self.ties.iter().any(|tie| tie.decides != Decides::Order && tie.bids.contains(&at));
        let excluded = count.bids.get(at).and_then(|bid| bid.excluded());
        match self.ranks.get(at).copied().flatten() {
            _ if excluded.is_some() => "excluded",
            _ if self.winners.contains(&at) => "won",
            Some(Place { fails: Some(_), .. }) => "lost",
            _ if drawn => "tied",
            _ => "lost",
        }
    }

    /// Adds the ties between winners of one rank, and reads share and term by the number of winners.
    pub(super) fn finish(mut self, count: &Count<'_>) -> Self {
        let rank = |at: &usize| self.ranks.get(*at).copied().flatten().map(|place| place.rank);
        if self.places.is_some() {
            let groups = self.winners.chunk_by(|one, other| rank(one) == rank(other));
            let level = groups.filter(|group| group.len() > 1);
            let ties: Vec<Tie> =
                level.map(|group| Tie { bids: group.to_vec(), decides: Decides::Order }).collect();
            self.ties.extend(ties);
        }
        let order_matters = |tie: &Tie| match &count.rules.allocation {
            AllocationRule::Draft(_) => count.lot.picks.is_empty() || of_own_rules(count, &self.winners),
            AllocationRule::ByRank(rule) => {
                let place = |at: &usize| self.winners.iter().position(|winner| winner == at);
                let tied: Vec<usize> = tie.bids.iter().filter_map(place).collect();
                !shared_alike(&rule.rule, self.winners.len(), &tied)
            }
            AllocationRule::OwnBrand(_)
            | AllocationRule::ByClass(_)
            | AllocationRule::ByLadder(_)
            | AllocationRule::AtLeastCost(_) => false,
        };
        if self.outcome == Outcome::Awarded && self.ties.iter().any(order_matters) {
            self.outcome = Outcome::DrawRequired;
        }
        let winners = self.number().filter(|number| *number > 0);
        let class = count.lot.volume_class;
        let share = count.rules.agreed_share.as_ref().map(|rule| &rule.rule);
        self.share = winners.zip(share).and_then(|(winners, rule)| rule.share(class, winners));
        let term = count.rules.term.as_ref().map(|rule| &rule.rule.years);
        self.years = winners.zip(term).and_then(|(winners, years)| years.at(winners).copied());
        self
    }

    /// How many win, when no draw changes that.
    fn number(&self) -> Option<u32> {
        let mut number = self.winners.len();
        for tie in &self.ties {
            match tie.decides {
                Decides::Order => {}
                Decides::Award(_) => return None,
                Decides::Places(places) => {
                    let able = |at: &usize| {
                        self.ranks.get(*at).copied().flatten().is_some_and(|place| place.fails.is_none())
                    };
                    number = number.saturating_add(places);
                    if !tie.bids.iter().all(able) {
                        return None;
                    }
                }
            }
        }
        u32::try_from(number).ok()
    }
}

/// A group of bids that share a rank, beside the numbers of its lot.
#[derive(Clone, Copy)]
struct Level {
    rank: u32,
    tied: u32,
    places: u32,
    lowest: UnitPrice,
}

impl Level {
    fn within(self) -> bool {
        self.rank <= self.places
    }

    /// Whether the last place lies inside the group.
    fn is_edge(self) -> bool {
        self.within() && self.rank.saturating_add(self.tied).saturating_sub(1) > self.places
    }
}

/// Ranks a lot, records what every rule says, and finds the winners; `None` under a rule set that does not rank.
///
/// # Errors
/// [`Inexact`] when a limit cannot be held.
pub(super) fn ranked(count: &mut Count<'_>) -> Result<Option<Award>, Inexact> {
    let AwardRule::Ranked { rank, places: quota, .. } = &count.rules.award else { return Ok(None) };
    let places = places(&quota.rule.quota, count.bidders)?.min(count.bidders);
    let order = order(count, &rank.rule.tie_break);
    let lowest = order.first().and_then(|group| count.bids.get(*group.first()?)?.price);
    let mut ranks = vec![None; count.bids.len()];
    let (mut winners, mut ties, mut taken) = (Vec::new(), Vec::new(), 0_u32);
    let lowest = lowest.unwrap_or_default();
    for group in order {
        let tied = u32::try_from(group.len()).map_err(|_| Inexact)?;
        let level = Level { rank: taken.saturating_add(1), tied, places, lowest };
        let mut able = Vec::new();
        for at in &group {
            let fails = judge(count, *at, level)?;
            ranks.get_mut(*at).into_iter().for_each(|place| {
                *place = Some(Place { rank: level.rank, tied, fails });
            });
            able.extend((fails.is_none() && level.within()).then_some(*at));
        }
        if !level.is_edge() {
            winners.extend(able);
        } else if !able.is_empty() {
            let left = usize::try_from(places.saturating_sub(taken)).map_err(|_| Inexact)?;
            ties.push(Tie { bids: group, decides: Decides::Places(left) });
        }
        taken = taken.saturating_add(tied);
    }
    let outcome = match (ties.is_empty(), winners.is_empty()) {
        (false, _) => Outcome::DrawRequired,
        (true, true) => Outcome::NoAward,
        (true, false) => Outcome::Awarded,
    };
    let award = Award { outcome, places: Some(places), ranks, winners, ties, share: None, years: None };
    Ok(Some(award.finish(count)))
}

/// The places for so many bidders, by the table or as a share of them; none without bidders.
fn places(quota: &Quota, bidders: u32) -> Result<u32, Inexact> {
    match quota {
        Quota::Table(table) => Ok(table.at(bidders).copied().unwrap_or(0)),
        Quota::Share { share, mode } => {
            let whole = Rounding { digits: 0, mode: *mode };
            let places = share.scaled(Ratio::from_steps(bidders.into(), 0)?)?.rounded(whole)?;
            places.in_steps(0).and_then(|places| u32::try_from(places).ok()).ok_or(Inexact)
        }
    }
}

/// Whether every draw, negotiation and refusal recorded for a lot has a meaning under the rules: each draw is of a bid
/// that is tied, and the places drawn in a group are 1, 2, … without a gap.
pub(super) fn acts_fit(count: &Count<'_>) -> bool {
    let acts = || count.lot.decisions.iter();
    let drawn = acts().filter(|act| matches!(act.act, Act::Draw(_))).count();
    let AwardRule::Ranked { rank, negotiation, .. } = &count.rules.award else {
        return acts().all(|act| matches!(act.act, Act::Disqualified | Act::Withdrawn));
    };
    let asked = acts().any(|act| matches!(act.act, Act::Negotiated | Act::NoAward));
    let mut used = 0_usize;
    for group in levels(count, &rank.rule.tie_break).iter().filter(|group| group.len() > 1) {
        let mut places: Vec<u32> =
            group.iter().filter_map(|at| draw_of(count.lot, &count.lot.bids, *at)).collect();
        places.sort_unstable();
        used = used.saturating_add(places.len());
        if places.iter().zip(1_u32..).any(|(place, wanted)| *place != wanted) {
            return false;
        }
    }
    used == drawn && (negotiation.is_some() || !asked)
}

/// Records the order, the places and, within them, the tests of one bid; the rule that keeps it from winning.
fn judge(count: &mut Count<'_>, at: usize, level: Level) -> Result<Option<&'static str>, Inexact> {
    let AwardRule::Ranked { rank, places, negotiation, tests, .. } = &count.rules.award else {
        return Ok(None);
    };
    let (lot, bidders) = (count.lot, count.bidders);
    let Some(bid) = count.bids.get_mut(at) else { return Ok(None) };
    let Some(price) = bid.price else { return Ok(None) };
    let mut facts = vec![Fact::new("comparable_price", price), Fact::new("rank", level.rank)];
    facts.extend((level.tied > 1).then(|| Fact::new("tied_bids", level.tied)));
    bid.say(RankByComparablePrice::ID, Verdict::Pass, facts, &rank.cite);
    let mut facts =
        vec![Fact::new("rank", level.rank), Fact::new("bidders", bidders), Fact::new("places", level.places)];
    if let Quota::Share { share, mode } = &places.rule.quota {
        facts.extend([Fact::new("quota_share", *share), Fact::new("rounding_mode", mode.name())]);
    }
    facts.extend(level.is_edge().then(|| Fact::new("tied_bids", level.tied)));
    let verdict = if level.is_edge() { Verdict::NotApplicable } else { kept(level.within()) };
    bid.say(PlacesByBidders::ID, verdict, facts, &places.cite);
    let mut fails = None;
    if level.within() {
        for group in tests {
            let failed = test(bid, lot, price, level.lowest, group)?;
            fails = fails.or(failed);
        }
        if let Some(rule) = negotiation.as_ref().filter(|_| level.rank == 1) {
            let (passed, facts) = negotiated(lot, bid.bid, bidders, rule.rule.bidders);
            bid.say(SoleWinnerOrNegotiation::ID, kept(passed), facts, &rule.cite);
            fails = if passed { fails } else { Some(SoleWinnerOrNegotiation::ID) };
        }
    }
    Ok(fails)
}

/// The bids that no rule excludes, best first; bids that nothing tells apart stand together.
fn order(count: &Count<'_>, keys: &[TieBreakKey]) -> Vec<Vec<usize>> {
    levels(count, keys).into_iter().flat_map(|group| drawn(count.lot, &count.lot.bids, group)).collect()
}

/// The order before any draw.
fn levels(count: &Count<'_>, keys: &[TieBreakKey]) -> Vec<Vec<usize>> {
    let price = |at: &usize| count.bids.get(*at).and_then(|bid| bid.price);
    let open =
        (0..count.bids.len()).filter(|at| count.bids.get(*at).is_some_and(|bid| bid.excluded().is_none()));
    let mut groups = split(open.filter(|at| price(at).is_some()).collect(), price);
    // A key that is unknown of one bid of a group settles nothing there, and no later key is asked.
    let mut closed: Vec<usize> = Vec::new();
    for key in keys {
        let merit = |at: &usize| count.bids.get(*at).and_then(|bid| merit(count, bid.bid, *key));
        let mut next = Vec::new();
        for group in groups {
            if group.iter().any(|at| merit(at).is_none() || closed.contains(at)) {
                if group.len() > 1 {
                    closed.extend(&group);
                }
                next.push(group);
            } else {
                next.extend(split(group, merit));
            }
        }
        groups = next;
    }
    groups
}

/// The group by `key`, the smallest first.
fn split<K: Ord>(mut group: Vec<usize>, key: impl Fn(&usize) -> K) -> Vec<Vec<usize>> {
    group.sort_by_key(|at| (key(at), *at));
    group.chunk_by(|one, other| key(one) == key(other)).map(<[usize]>::to_vec).collect()
}

/// What a key says of a bid, the smaller the better: the steps of a number below zero, or a day.
fn merit(count: &Count<'_>, bid: &Bid, key: TieBreakKey) -> Option<(i128, String)> {
    let more = |steps: Option<i128>| Some((steps?.checked_neg()?, String::new()));
    match key {
        TieBreakKey::LargerPriorVolume => more(bid.prior_volume?.in_steps(10)),
        TieBreakKey::HigherQualityScore => more(bid.quality_score?.in_steps(10)),
        TieBreakKey::HigherSupplyScore => more(bid.supply_score?.in_steps(10)),
        TieBreakKey::OwnActiveIngredient => more(Some(i128::from(bid.own_active_ingredient?))),
        TieBreakKey::EarlierApproval => Some((0, bid.approved_on?.to_string())),
        TieBreakKey::LargerOwnDemand => {
            let own = |row: &&(&crate::tender::Demand, Quantity)| {
                row.0.supplier_id.as_ref() == Some(&bid.supplier_id)
            };
            let mut asked = count.demand.iter().filter(own).map(|(_, volume)| *volume).peekable();
            asked.peek()?;
            more(Quantity::total(asked).ok()?.in_steps(14))
        }
    }
}

/// A tied group after the draws that are recorded: those drawn, by place, then the others together.
fn drawn(lot: &Lot, bids: &[Bid], group: Vec<usize>) -> Vec<Vec<usize>> {
    if group.len() < 2 {
        return vec![group];
    }
    let place = |at: &usize| draw_of(lot, bids, *at);
    let (mut first, rest): (Vec<usize>, Vec<usize>) = group.into_iter().partition(|at| place(at).is_some());
    first.sort_by_key(|at| (place(at), *at));
    first.into_iter().map(|at| vec![at]).chain(Some(rest).filter(|rest| !rest.is_empty())).collect()
}

/// The place in which a bid was drawn.
fn draw_of(lot: &Lot, bids: &[Bid], at: usize) -> Option<u32> {
    let supplier = &bids.get(at)?.supplier_id;
    let mut acts = lot.decisions.iter().filter(|act| act.supplier_id == *supplier);
    acts.find_map(|act| if let Act::Draw(place) = act.act { Some(place) } else { None })
}

/// Records every test of a group, of which one must be passed; the rule that bars the bid is the group's first.
fn test(
    bid: &mut super::bids::BidCount<'_>,
    lot: &Lot,
    price: UnitPrice,
    lowest: UnitPrice,
    group: &PriceTestGroup,
) -> Result<Option<&'static str>, Inexact> {
    let mut passed = false;
    for test in &group.tests {
        let (rule, verdict, mut facts) = match &test.rule {
            PriceTest::WithinMultipleOfLowest(rule) => {
                let limit = lowest.scaled(rule.multiple)?.rounded(rule.rounding)?;
                let numbers = [("comparable_price", price.to_string()), ("lowest_price", lowest.to_string())];
                let limits = [("multiple", rule.multiple.to_string()), ("limit", limit.to_string())];
                let facts = numbers.into_iter().chain(limits).map(|(name, value)| Fact::new(name, value));
                (PriceWithinMultipleOfLowest::ID, kept(price <= limit), facts.collect())
            }
            PriceTest::CutFromCeilingAtLeast(rule) => {
                let (price, ceiling) = bid.against.map_or((price, None), |(price, top)| (price, Some(top)));
                let cut = ceiling.and_then(|ceiling| price.cut_from(ceiling, rule.rounding));
                let mut facts = vec![Fact::new("price", price)];
                facts.extend(ceiling.map(|ceiling| Fact::new("ceiling_price", ceiling)));
                facts.extend(cut.map(|cut| Fact::new("cut", cut)));
                facts.push(Fact::new("required_cut", rule.cut));
                let verdict = cut.map_or(Verdict::NotApplicable, |cut| kept(cut >= rule.cut));
                (CutFromCeilingAtLeast::ID, verdict, facts)
            }
            // A rule set with an anchor is refused before anything is counted.
            PriceTest::WithinMultipleOfAnchor(_) | PriceTest::AtMostLine(_) => continue,
            PriceTest::AtMostInGroup(rule) => {
                let facts = vec![
                    Fact::new("comparable_price", price),
                    Fact::new("limit", rule.price),
                    Fact::new("limit_group", &rule.group),
                ];
                let concerned = lot.group.as_ref() == Some(&rule.group);
                let verdict = if concerned { kept(price <= rule.price) } else { Verdict::NotApplicable };
                (PriceAtMostInGroup::ID, verdict, facts)
            }
            PriceTest::AtMost(rule) => {
                let facts = vec![Fact::new("comparable_price", price), Fact::new("limit", rule.price)];
                (PriceAtMost::ID, kept(price <= rule.price), facts)
            }
        };
        facts.extend(group.name.as_ref().map(|name| Fact::new("any_of", name)));
        passed = passed || verdict == Verdict::Pass;
        bid.say(rule, verdict, facts, &test.cite);
    }
    Ok(if passed { None } else { group.tests.first().map(|test| test.rule.id()) })
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
