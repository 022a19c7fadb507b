//! The proof of a lot decided by least cost.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::figures::LotFigures;
use super::weighted::{Head, Rows, Weighted, Weights};
use crate::certify::Certificate;
use crate::model::{CoreLot, Proposal, Step};

/// The order of the fields is the order of the keys.
#[derive(Serialize)]
pub(super) struct LeastCost<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    awards: Vec<Award<'a>>,
    rows: Vec<Vec<&'a str>>,
    weights: Vec<Weights>,
    cases: Vec<CaseStep<'a>>,
}

/// Winners, cost in steps, and what each delivers to each region, in steps.
#[derive(Serialize)]
struct Award<'a> {
    winners: Vec<&'a str>,
    cost: String,
    volumes: Vec<(&'a str, &'a str, String)>,
}

/// A branch: the bid, and whether the side in which it wins (1) or loses (0) comes first. A case: its weights, those of
/// further rows, the bound that they give (null when they show that it is empty), and the bids that win in it.
#[derive(Serialize)]
#[serde(untagged)]
enum CaseStep<'a> {
    Branch(&'static str, &'a str, i128),
    Case(&'static str, usize, Weighted, Option<String>, Vec<&'a str>),
}

/// The branches that lead to a case: the bid's column, its value, and whether this is the second side.
#[derive(Default)]
struct Sides {
    open: Vec<(usize, i128, bool)>,
}

impl Sides {
    /// The bids that win on these sides, by column.
    fn winners(&self) -> impl Iterator<Item = usize> {
        let mut columns: Vec<usize> =
            self.open.iter().filter(|(_, value, _)| *value == 1).map(|(column, ..)| *column).collect();
        columns.sort_unstable();
        columns.into_iter()
    }

    /// Goes on to the next side after a case.
    fn turn(&mut self) {
        while self.open.pop_if(|(_, _, second)| *second).is_some() {}
        if let Some((_, value, second)) = self.open.last_mut() {
            (*value, *second) = (i128::from(*value == 0), true);
        }
    }
}

/// The awards of a lot, and the case distinction that shows that nothing is better.
pub(super) fn least_cost<'a>(
    lot: &LotFigures<'a>,
    certificate: &'a Certificate,
    core: &'a CoreLot,
) -> LeastCost<'a> {
    let names = names(core);
    let mut rows = Rows::named(|row| names.get(&row).cloned().unwrap_or_default());
    let weights = certificate.cases().weights.iter().map(|weights| rows.weights(weights)).collect();
    let mut bounds = certificate.bounds().iter();
    let mut sides = Sides::default();
    let mut case = |step: &Step| match step {
        Step::Branch { column, first } => {
            sides.open.push((*column, *first, false));
            CaseStep::Branch("branch", bid(core, *column), *first)
        }
        // Bids are the only decisions of such a lot; a split of anything else would be refused by every check.
        Step::Split { column, .. } => CaseStep::Branch("split", bid(core, *column), 0),
        Step::Case { weights, further } => {
            let bound = bounds.next().copied().flatten().map(|bound| bound.to_string());
            let winners = sides.winners().map(|column| bid(core, column)).collect();
            sides.turn();
            CaseStep::Case("case", *weights, rows.weighted(further), bound, winners)
        }
    };
    let cases = certificate.cases().steps.iter().map(&mut case).collect();
    LeastCost {
        head: Head::of(lot, "least_cost", certificate.steps()),
        awards: certificate.awards().iter().map(|award| award_of(core, award)).collect(),
        rows: rows.met,
        weights,
        cases,
    }
}

fn bid(core: &CoreLot, at: usize) -> &str {
    core.bidders.get(at).map_or("", |bidder| bidder.bid_id.as_str())
}

fn award_of<'a>(core: &'a CoreLot, award: &Proposal) -> Award<'a> {
    let layout = core.layout();
    let value = |column: usize| award.values.get(column).copied().unwrap_or(0);
    let wins = (0..core.bidders.len()).filter(|at| value(*at) == 1);
    let mut volumes = Vec::new();
    for (at, columns) in layout.delivers.iter().enumerate() {
        for (region, column) in core.regions.iter().zip(columns) {
            let volume = column.map_or(0, value);
            if volume != 0 {
                volumes.push((bid(core, at), region.as_str(), volume.to_string()));
            }
        }
    }
    Award { winners: wins.map(|at| bid(core, at)).collect(), cost: award.objective.to_string(), volumes }
}

/// The name of every row of the lot's model: its kind, then the bid and the region that it speaks of.
fn names(core: &CoreLot) -> BTreeMap<usize, Vec<&str>> {
    let layout = core.layout();
    let mut names = BTreeMap::new();
    for (row, region) in layout.demand.iter().zip(&core.regions) {
        names.insert(*row, vec!["demand", region.as_str()]);
    }
    for (at, links) in layout.link.iter().enumerate() {
        for (row, region) in links.iter().zip(&core.regions) {
            names.extend(row.map(|row| (row, vec!["winner-delivers", bid(core, at), region.as_str()])));
        }
    }
    let of_bids = [
        ("capacity", layout.capacity.clone()),
        ("largest-share", layout.share.clone()),
        ("least-quantity", layout.least.iter().copied().map(Some).collect()),
        ("not-winning", layout.barred.clone()),
    ];
    for (kind, rows) in of_bids {
        let named =
            rows.into_iter().enumerate().filter_map(|(at, row)| Some((row?, vec![kind, bid(core, at)])));
        names.extend(named);
    }
    names.insert(layout.min_winners, vec!["least-number-of-winners"]);
    names.extend(layout.max_winners.map(|row| (row, vec!["largest-number-of-winners"])));
    names
}
