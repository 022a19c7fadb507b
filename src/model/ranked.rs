//! Lots decided by rank: places go to the best bids, screens decide which of them win, and the number of winners sets
//! the share of the base volume.

use std::collections::BTreeSet;

use super::programme::{
    Column, Direction, LotModel, ModelFault, ModelFaultKind, Objective, Row, Sense, Shape, row, yes_no,
};
use super::whole::mul;

/// A lot decided by rank.
///
/// A bid that may not be shortlisted never takes a place. In each bidding unit the best of the others are shortlisted, as many
/// as the unit has places. A shortlisted bid wins if it passes its screens; one that fails is not replaced. A bid may also win
/// without a place, by a rule of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankedLot {
    /// The lot's id.
    pub lot_id: String,
    /// The bids.
    pub candidates: Vec<RankedCandidate>,
    /// How many bids may be shortlisted in each bidding unit; a lot that is not divided has one.
    pub places: Vec<u32>,
    /// The share of the base volume for each number of winners; every number from 1 to what can win must be there.
    pub shares: Vec<Share>,
    /// What the shares' numerators are to be divided by.
    pub share_denominator: i128,
    /// The base volume, in the tender's smallest step.
    pub base_volume: i128,
    /// The rules that make the rows.
    pub rules: RankedRules,
}

/// One bid on a lot decided by rank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankedCandidate {
    /// The bid's id.
    pub bid_id: String,
    /// The bidding unit whose places it competes for, from 0.
    pub unit: usize,
    /// Its rank class in its unit: smaller is better; equal means tied after all tie-break keys of the rule set.
    pub order_class: u32,
    /// The rule that keeps the bid from the shortlist, if one does.
    pub shortlist_barred_by: Option<String>,
    /// The rule that keeps a shortlisted bid from winning, if one does.
    pub win_barred_by: Option<String>,
    /// How the bid wins without a place, if it does.
    pub without_place: Option<WithoutPlace>,
}

/// How a bid wins without a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithoutPlace {
    /// The rule by which it wins.
    pub rule: String,
    /// Whether it counts among the winners by which the share is read.
    pub counts: bool,
}

/// The share of the base volume for a number of winners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// The number of winners.
    pub winners: u32,
    /// The numerator of the share; the denominator is the lot's.
    pub numerator: i128,
}

/// The ids of the rules that make the rows of a lot decided by rank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankedRules {
    /// A better bid is shortlisted before a worse one.
    pub order: String,
    /// How many may be shortlisted.
    pub places: String,
    /// A shortlisted bid that passes its screens wins.
    pub award: String,
    /// The share of the base volume by number of winners.
    pub share: String,
}

/// Tied bids at the edge of the shortlist: any `places` of them may take the places that are left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// The tied bids, by id.
    pub tied: Vec<String>,
    /// How many of them are shortlisted.
    pub places: u32,
}

impl Tie {
    /// Every choice of bids that may take the places, in the order of the bids' ids; `None` when there are more than
    /// `limit`.
    pub fn options(&self, limit: usize) -> Option<Vec<Vec<String>>> {
        let places = usize::try_from(self.places).ok()?;
        let mut chosen: Vec<Vec<String>> = vec![Vec::new()];
        for (seen, bid) in self.tied.iter().enumerate() {
            let after = self.tied.len().saturating_sub(seen).saturating_sub(1);
            let mut grown = Vec::new();
            for choice in chosen {
                let open = places.saturating_sub(choice.len());
                if open > 0 {
                    grown.push([choice.as_slice(), std::slice::from_ref(bid)].concat());
                }
                if open <= after {
                    grown.push(choice);
                }
            }
            if grown.len() > limit {
                return None;
            }
            chosen = grown;
        }
        Some(chosen)
    }
}

/// Where the columns of a lot decided by rank stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RankedLayout {
    bids: usize,
    most: usize,
}

impl RankedLayout {
    /// Bid `b` is shortlisted.
    pub fn shortlisted(self, b: usize) -> usize {
        b
    }

    /// Bid `b` wins.
    pub fn wins(self, b: usize) -> usize {
        self.bids.saturating_add(b)
    }

    /// There are exactly `k` winners.
    pub fn winners_are(self, k: usize) -> usize {
        self.bids.saturating_mul(2).saturating_add(k)
    }

    /// The agreed volume, in steps times the share denominator.
    pub fn agreed(self) -> usize {
        self.winners_are(self.most).saturating_add(1)
    }

    /// The number of columns.
    pub fn columns(self) -> usize {
        self.agreed().saturating_add(1)
    }

    /// The largest number of winners that the model knows.
    pub fn most_winners(self) -> usize {
        self.most
    }
}

impl RankedLot {
    /// Where the columns stand.
    pub fn layout(&self) -> RankedLayout {
        let bids = self.candidates.len();
        let by_place = bids.min(usize::try_from(self.all_places()).unwrap_or(usize::MAX));
        let added = self.candidates.iter().filter(|c| c.without_place.as_ref().is_some_and(|w| w.counts));
        RankedLayout { bids, most: bids.min(by_place.saturating_add(added.count())) }
    }

    /// The places of all units together.
    pub fn all_places(&self) -> u32 {
        self.places.iter().fold(0, |sum, places| sum.saturating_add(*places))
    }

    /// The agreed volume for a number of winners, in steps times the share denominator; `None` when no share is stated
    /// or the product is too large. No winner, no volume.
    pub fn agreed_volume(&self, winners: usize) -> Option<i128> {
        if winners == 0 {
            return Some(0);
        }
        let share = self.shares.iter().find(|s| usize::try_from(s.winners) == Ok(winners))?;
        mul(share.numerator, self.base_volume).ok()
    }

    /// The integer programme of the lot. Bids are put in the order of their ids, so that the order in which they were
    /// read does not matter.
    ///
    /// # Errors
    /// A bid twice, a share missing or twice, a negative number, a denominator that is not positive.
    pub fn into_model(mut self) -> Result<LotModel, ModelFault> {
        self.candidates.sort_by(|a, b| a.bid_id.cmp(&b.bid_id));
        self.check().map_err(|kind| ModelFault::new(&self.lot_id, kind))?;
        let layout = self.layout();
        let mut rows = Vec::new();
        self.shortlist_rows(&mut rows);
        self.winner_rows(&mut rows);
        self.share_rows(&mut rows).map_err(|kind| ModelFault::new(&self.lot_id, kind))?;
        let columns = self.columns().map_err(|kind| ModelFault::new(&self.lot_id, kind))?;
        let terms = (0..self.candidates.len()).map(|b| (layout.shortlisted(b), 1)).collect();
        let objective = Objective { direction: Direction::Maximise, terms };
        Ok(LotModel {
            lot_id: self.lot_id.clone(),
            columns,
            rows,
            objective,
            then: Vec::new(),
            shape: Shape::Ranked(self),
        })
    }

    fn check(&self) -> Result<(), ModelFaultKind> {
        let pairs = self.candidates.iter().zip(self.candidates.iter().skip(1));
        if let Some((twice, _)) = pairs.into_iter().find(|(a, b)| a.bid_id == b.bid_id) {
            return Err(ModelFaultKind::BidTwice(twice.bid_id.clone()));
        }
        if self.share_denominator <= 0 {
            return Err(ModelFaultKind::Denominator);
        }
        if self.base_volume < 0 || self.shares.iter().any(|s| s.numerator < 0) {
            return Err(ModelFaultKind::Negative);
        }
        let mut seen = BTreeSet::new();
        for share in &self.shares {
            if !seen.insert(share.winners) {
                return Err(ModelFaultKind::ShareTwice(share.winners));
            }
        }
        if let Some(c) = self.candidates.iter().find(|c| c.unit >= self.places.len()) {
            return Err(ModelFaultKind::UnitUnknown(c.bid_id.clone()));
        }
        let most = u32::try_from(self.layout().most_winners()).unwrap_or(u32::MAX);
        match (1..=most).find(|k| !seen.contains(k)) {
            Some(winners) => Err(ModelFaultKind::ShareMissing(winners)),
            None => Ok(()),
        }
    }

    fn columns(&self) -> Result<Vec<Column>, ModelFaultKind> {
        let mut columns = Vec::new();
        columns.extend(self.candidates.iter().map(|c| yes_no(format!("shortlisted[{}]", c.bid_id))));
        columns.extend(self.candidates.iter().map(|c| yes_no(format!("wins[{}]", c.bid_id))));
        let most = self.layout().most_winners();
        columns.extend((0..=most).map(|k| yes_no(format!("winners-are[{k}]"))));
        let volumes = (0..=most).map(|k| self.agreed_volume(k)).collect::<Option<Vec<_>>>();
        let upper = volumes.ok_or(ModelFaultKind::TooLarge)?.into_iter().max().unwrap_or(0);
        columns.push(Column { name: "agreed-volume".to_owned(), lower: 0, upper, integer: false });
        Ok(columns)
    }

    /// Who may be shortlisted, in which order, and how many.
    fn shortlist_rows(&self, rows: &mut Vec<Row>) {
        let layout = self.layout();
        for (b, candidate) in self.candidates.iter().enumerate() {
            if let Some(rule) = &candidate.shortlist_barred_by {
                let label = format!("not-shortlisted[{}]", candidate.bid_id);
                rows.push(row(rule, label, vec![(layout.shortlisted(b), 1)], Sense::Eq, 0));
            }
        }
        for (unit, places) in self.places.iter().enumerate() {
            let classes = self.classes(unit);
            for (better, worse) in classes.iter().zip(classes.iter().skip(1)) {
                for (&b, &c) in better.iter().flat_map(|b| worse.iter().map(move |c| (b, c))) {
                    let label = format!("rank-order[{},{}]", self.bid_id(b), self.bid_id(c));
                    let terms = vec![(layout.shortlisted(b), 1), (layout.shortlisted(c), -1)];
                    rows.push(row(&self.rules.order, label, terms, Sense::Ge, 0));
                }
            }
            let label = if unit == 0 { "places".to_owned() } else { format!("places[{unit}]") };
            let terms = self.of_unit(unit).map(|b| (layout.shortlisted(b), 1)).collect();
            rows.push(row(&self.rules.places, label, terms, Sense::Le, i128::from(*places)));
        }
    }

    /// The bids of a unit; positions in `candidates`.
    pub fn of_unit(&self, unit: usize) -> impl Iterator<Item = usize> {
        self.candidates.iter().enumerate().filter(move |(_, c)| c.unit == unit).map(|(b, _)| b)
    }

    /// Which of the shortlisted win.
    fn winner_rows(&self, rows: &mut Vec<Row>) {
        let layout = self.layout();
        for (b, candidate) in self.candidates.iter().enumerate() {
            let (wins, shortlisted) = (layout.wins(b), layout.shortlisted(b));
            let (award, bid) = (&self.rules.award, &candidate.bid_id);
            if let Some(without) = &candidate.without_place {
                let label = format!("wins-without-place[{bid}]");
                rows.push(row(&without.rule, label, vec![(wins, 1)], Sense::Eq, 1));
                continue;
            }
            let both = vec![(wins, 1), (shortlisted, -1)];
            rows.push(row(award, format!("winner-is-shortlisted[{bid}]"), both.clone(), Sense::Le, 0));
            match &candidate.win_barred_by {
                Some(rule) => {
                    rows.push(row(rule, format!("not-winning[{bid}]"), vec![(wins, 1)], Sense::Eq, 0))
                }
                None => rows.push(row(award, format!("shortlisted-wins[{bid}]"), both, Sense::Ge, 0)),
            }
        }
    }

    /// The number of winners, and the volume that goes with it.
    fn share_rows(&self, rows: &mut Vec<Row>) -> Result<(), ModelFaultKind> {
        let (layout, rule) = (self.layout(), &self.rules.share);
        let numbers = 0..=layout.most_winners();
        let one = numbers.clone().map(|k| (layout.winners_are(k), 1)).collect();
        rows.push(row(rule, "one-number-of-winners".to_owned(), one, Sense::Eq, 1));
        let counts = |c: &RankedCandidate| c.without_place.as_ref().is_none_or(|without| without.counts);
        let counted = self.candidates.iter().enumerate().filter(|(_, c)| counts(c));
        let mut count: Vec<_> = counted.map(|(b, _)| (layout.wins(b), 1)).collect();
        let mut agreed = vec![(layout.agreed(), 1)];
        for k in numbers {
            let volume = self.agreed_volume(k).ok_or(ModelFaultKind::TooLarge)?;
            let winners = i128::try_from(k).map_err(|_| ModelFaultKind::TooLarge)?;
            count.push((layout.winners_are(k), winners.saturating_neg()));
            agreed.push((layout.winners_are(k), volume.saturating_neg()));
        }
        rows.push(row(rule, "number-of-winners".to_owned(), count, Sense::Eq, 0));
        rows.push(row(rule, "agreed-volume".to_owned(), agreed, Sense::Eq, 0));
        Ok(())
    }

    /// The bids of a unit that may be shortlisted, best class first; positions in `candidates`.
    fn classes(&self, unit: usize) -> Vec<Vec<usize>> {
        let mut open: Vec<_> = self
            .candidates
            .iter()
            .enumerate()
            .filter(|(_, c)| c.unit == unit && c.shortlist_barred_by.is_none())
            .map(|(b, c)| (c.order_class, b))
            .collect();
        open.sort_unstable();
        open.chunk_by(|a, b| a.0 == b.0).map(|class| class.iter().map(|&(_, b)| b).collect()).collect()
    }

    fn bid_id(&self, b: usize) -> &str {
        self.candidates.get(b).map_or("", |c| c.bid_id.as_str())
    }
}
