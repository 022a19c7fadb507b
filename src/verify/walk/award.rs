//! Who wins a lot at which price, and what a draw or an answer must still decide.

use crate::money::{Ratio, UnitPrice};
use crate::rules::{AllocationRule, PriceClass, Unit};
use crate::tender::Outcome;
use crate::verify::bids::Count;
use crate::verify::kept;
use crate::verify::ladder::shared_alike;
use crate::verify::regions::of_own_rules;

/// A bid's place in the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::verify) struct Place {
    /// 1 for the best of its unit.
    pub(in crate::verify) rank: u32,
    /// The rule that keeps the bid from winning.
    pub(in crate::verify) fails: Option<&'static str>,
    /// How it wins, should it win.
    pub(in crate::verify) route: Route,
    /// Its bidding unit, where the lot is divided.
    pub(in crate::verify) unit: Option<Unit>,
    /// Its class, should it win, where no draw decides it.
    pub(in crate::verify) class: Option<PriceClass>,
    /// The share of what falls to it that is agreed, where that is its own.
    pub(in crate::verify) own_share: Option<Ratio>,
}

/// How a bid wins, should it win.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::verify) enum Route {
    /// By its place, at its own price.
    Place,
    /// By its place, at a lower price that it takes.
    Lowered(UnitPrice),
    /// By its place, at the lowest price, which it takes.
    Matched(UnitPrice),
    /// Without a place, at a lower price that it takes; it picks no region.
    LoweredWithoutPlace(UnitPrice),
    /// Without a place, at its own price, which is far enough below the ceiling.
    Guaranteed,
    /// Without a place, at a published line or below it.
    AtLine(UnitPrice),
    /// Without a place and without volume.
    WithoutVolume,
    /// It has yet to answer, or a draw comes first.
    Open,
}

impl Route {
    /// The word in files.
    pub(in crate::verify) fn name(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Lowered(_) => "revived",
            Self::Matched(_) => "matched",
            Self::LoweredWithoutPlace(_) => "revived_without_place",
            Self::Guaranteed => "guaranteed",
            Self::AtLine(_) => "revived_at_line",
            Self::WithoutVolume => "without_volume",
            Self::Open => "open",
        }
    }

    /// The lower price that the bid takes.
    pub(in crate::verify) fn lowered(self) -> Option<UnitPrice> {
        match self {
            Self::Lowered(price)
            | Self::Matched(price)
            | Self::LoweredWithoutPlace(price)
            | Self::AtLine(price) => Some(price),
            Self::Place | Self::Guaranteed | Self::WithoutVolume | Self::Open => None,
        }
    }
}

/// Who wins a lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::verify) struct Award {
    pub(in crate::verify) outcome: Outcome,
    /// Places in the quota; `None` under a rule set that does not rank.
    pub(in crate::verify) places: Option<u32>,
    /// The price that limits are measured from.
    pub(in crate::verify) anchor: Option<UnitPrice>,
    /// Place of each bid, in the order of the lot's bids.
    pub(in crate::verify) ranks: Vec<Option<Place>>,
    /// The winners by rank, then by bid; those that win whatever is drawn.
    pub(in crate::verify) winners: Vec<usize>,
    pub(in crate::verify) ties: Vec<Tie>,
    pub(in crate::verify) share: Option<Ratio>,
    pub(in crate::verify) years: Option<u32>,
}

/// What a draw must decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::verify) struct Tie {
    pub(in crate::verify) bids: Vec<usize>,
    pub(in crate::verify) decides: Decides,
}

/// What a draw decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::verify) enum Decides {
    /// Which of the bids take so many places.
    Places(usize),
    /// In which order the bids, which all win, pick regions.
    Order,
    /// Which of these sets of winners, and whether they are all.
    Award(Vec<Vec<usize>>, bool),
}

impl Award {
    /// A bid's place in the order, where it has one.
    pub(in crate::verify) fn place(&self, at: usize) -> Option<Place> {
        self.ranks.get(at).copied().flatten()
    }

    /// How a bid wins, should it win.
    pub(in crate::verify) fn route(&self, at: usize) -> Route {
        self.place(at).map_or(Route::Place, |place| place.route)
    }

    /// The price of the representative specification at which a bid wins, should it win.
    pub(in crate::verify) fn price(&self, count: &Count<'_>, at: usize) -> Option<UnitPrice> {
        self.route(at).lowered().or_else(|| count.bids.get(at)?.price)
    }

    /// The winners that pick regions, as places in the list of winners.
    pub(in crate::verify) fn pickers(&self) -> Vec<usize> {
        let picks = |at: usize| {
            matches!(
                self.route(at),
                Route::Place | Route::Lowered(_) | Route::Matched(_) | Route::Guaranteed | Route::AtLine(_)
            )
        };
        self.winners.iter().enumerate().filter(|(_, at)| picks(**at)).map(|(place, _)| place).collect()
    }

    /// The word for what became of a bid.
    pub(in crate::verify) fn status(&self, count: &Count<'_>, at: usize) -> &'static str {
        let drawn = self.ties.iter().any(|tie| tie.decides != Decides::Order && tie.bids.contains(&at));
        let fails = self.place(at).is_some_and(|place| place.fails.is_some());
        match count.bids.get(at).and_then(|bid| bid.excluded()) {
            Some(_) => "excluded",
            None if self.winners.contains(&at) => "won",
            None if drawn && !fails => "tied",
            None if self.route(at) == Route::Open => "open",
            None => "lost",
        }
    }

    /// Adds the ties between winners of one rank, sees whether an answer or a draw is missing, and reads share and term by the
    /// number of winners.
    pub(in crate::verify) fn finish(mut self, count: &Count<'_>) -> Self {
        let unanswered = (0..self.ranks.len()).any(|at| self.route(at) == Route::Open);
        if unanswered && matches!(self.outcome, Outcome::Awarded | Outcome::NoAward) {
            self.outcome = Outcome::AnswerRequired;
        }
        if self.places.is_some() {
            let picking: Vec<usize> =
                self.pickers().iter().filter_map(|place| self.winners.get(*place).copied()).collect();
            let rank = |at: &usize| self.place(*at).map(|place| (place.unit, place.rank));
            let level =
                picking.chunk_by(|one, other| rank(one) == rank(other)).filter(|group| group.len() > 1);
            let ties = level.map(|group| Tie { bids: group.to_vec(), decides: Decides::Order });
            let ties: Vec<Tie> = ties.collect();
            self.ties.extend(ties);
        }
        if self.outcome == Outcome::Awarded && self.ties.iter().any(|tie| self.order_matters(count, tie)) {
            self.outcome = Outcome::DrawRequired;
        }
        let winners = self.number().filter(|number| *number > 0 && !unanswered);
        let class = count.lot.volume_class;
        let share = count.rules.agreed_share.as_ref().map(|rule| &rule.rule);
        self.share = winners.zip(share).and_then(|(winners, rule)| rule.share(class, winners));
        let term = count.rules.term.as_ref().map(|rule| &rule.rule.years);
        self.years = winners.zip(term).and_then(|(winners, years)| years.at(winners).copied());
        self
    }

    /// Whether volumes depend on the order of tied winners.
    fn order_matters(&self, count: &Count<'_>, tie: &Tie) -> bool {
        match &count.rules.allocation {
            AllocationRule::Draft(_) => count.lot.picks.is_empty() || of_own_rules(count, &self.winners),
            AllocationRule::OwnBrand(_)
            | AllocationRule::CheapestFirst(_)
            | AllocationRule::AtLeastCost(_) => false,
            AllocationRule::ByClass(_) | AllocationRule::ByLadder(_) => {
                kept::order_matters(count, self, &tie.bids)
            }
            rule => {
                let place = |at: &usize| self.winners.iter().position(|winner| winner == at);
                let tied: Vec<usize> = tie.bids.iter().filter_map(place).collect();
                !shared_alike(rule, self.winners.len(), &tied)
            }
        }
    }

    /// How many win with a volume, when no draw changes that.
    fn number(&self) -> Option<u32> {
        let mut number = self.winners.iter().filter(|at| self.route(**at) != Route::WithoutVolume).count();
        for tie in &self.ties {
            match tie.decides {
                Decides::Order => {}
                Decides::Award(..) => return None,
                Decides::Places(places) => {
                    let able = |at: &usize| self.place(*at).is_some_and(|place| place.fails.is_none());
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
