//! The proof of a lot decided by least cost.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::figures::LotFigures;
use crate::certify::{Certificate, Proof};
use crate::model::{CoreLot, Proposal, Purpose, RowWeights, Step, Steps};

/// The order of the fields is the order of the keys.
#[derive(Serialize)]
pub(super) struct LeastCost<'a> {
    lot_id: &'a str,
    kind: &'static str,
    outcome: &'static str,
    cost: Option<String>,
    bound: Option<String>,
    steps: StepSizes,
    awards: Vec<Award<'a>>,
    rows: Vec<Vec<&'a str>>,
    weights: Vec<Weights>,
    cases: Vec<CaseStep<'a>>,
}

/// Decimals of a step of volume and of a price.
#[derive(Serialize)]
pub(super) struct StepSizes {
    volume_digits: u32,
    price_digits: u32,
}

/// Winners, cost in steps, and what each delivers to each region, in steps.
#[derive(Serialize)]
struct Award<'a> {
    winners: Vec<&'a str>,
    cost: String,
    volumes: Vec<(&'a str, &'a str, String)>,
}

/// A number for each row, by its place in the list of rows.
pub(super) type Weighted = Vec<(usize, String)>;

#[derive(Serialize)]
struct Weights {
    purpose: &'static str,
    denominator: String,
    rows: Weighted,
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

/// The rows that a proof speaks of, each numbered when it is first met.
struct Rows<'a> {
    names: BTreeMap<usize, Vec<&'a str>>,
    numbers: BTreeMap<usize, usize>,
    met: Vec<Vec<&'a str>>,
}

impl<'a> Rows<'a> {
    fn weighted(&mut self, rows: &[(usize, i128)]) -> Weighted {
        rows.iter().map(|(row, weight)| (self.number(*row), weight.to_string())).collect()
    }

    fn number(&mut self, row: usize) -> usize {
        let next = self.met.len();
        let number = *self.numbers.entry(row).or_insert(next);
        if number == next {
            self.met.push(self.names.get(&row).cloned().unwrap_or_default());
        }
        number
    }
}

/// The awards of a lot, and the case distinction that shows that nothing is better.
pub(super) fn least_cost<'a>(
    lot: &LotFigures<'a>,
    certificate: &'a Certificate,
    core: &'a CoreLot,
) -> LeastCost<'a> {
    let mut rows = Rows { names: names(core), numbers: BTreeMap::new(), met: Vec::new() };
    let weights = certificate.cases().weights.iter().map(|weights| weights_of(weights, &mut rows)).collect();
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
    let (cost, bound) = match &lot.award.proof {
        Proof::Exact { cost } => (Some(cost), Some(cost)),
        Proof::Bound { cost, bound } => (Some(cost), Some(bound)),
        Proof::Rules | Proof::Nothing => (None, None),
    };
    LeastCost {
        lot_id: lot.lot().id.as_str(),
        kind: "least_cost",
        outcome: lot.award.outcome.name(),
        cost: cost.map(|cost| cost.to_string()),
        bound: bound.map(|bound| bound.to_string()),
        steps: StepSizes::of(certificate.steps()),
        awards: certificate.awards().iter().map(|award| award_of(core, award)).collect(),
        rows: rows.met,
        weights,
        cases,
    }
}

fn bid(core: &CoreLot, at: usize) -> &str {
    core.bidders.get(at).map_or("", |bidder| bidder.bid_id.as_str())
}

impl StepSizes {
    pub(super) fn of(steps: Steps) -> Self {
        Self { volume_digits: steps.volume_digits, price_digits: steps.price_digits }
    }
}

/// The word for what weights are used for.
pub(super) fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Bound => "bound",
        Purpose::NoAward => "no_award",
    }
}

fn weights_of(weights: &RowWeights, rows: &mut Rows<'_>) -> Weights {
    let purpose = purpose(weights.purpose);
    Weights { purpose, denominator: weights.denominator.to_string(), rows: rows.weighted(&weights.rows) }
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
