//! Columns, rows and objective of one lot.

use super::core::CoreLot;
use super::general::GeneralLot;
use super::ranked::RankedLot;
use super::whole::TooLarge;

/// The award model of a tender: one integer programme per lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwardModel {
    /// The lots, in the order in which they are reported.
    pub lots: Vec<LotModel>,
}

/// One lot as an integer programme, with the same lot in the field's words beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LotModel {
    /// The lot's id.
    pub lot_id: String,
    /// What is to be decided.
    pub columns: Vec<Column>,
    /// What an award must satisfy.
    pub rows: Vec<Row>,
    /// What is minimised or maximised.
    pub objective: Objective,
    /// What decides in turn among the awards that are best so far.
    pub then: Vec<Objective>,
    /// The lot as the field sees it, from which the rows were built.
    pub shape: Shape,
}

impl LotModel {
    /// All objectives, the one that counts first at the front.
    pub fn objectives(&self) -> impl Iterator<Item = &Objective> {
        std::iter::once(&self.objective).chain(&self.then)
    }

    /// The lot in which the next objective decides among the awards that reach the best values of those before it, each
    /// kept by a row of its own at the end; `None` when there is no further objective.
    pub fn in_turn(&self, best: &[i128]) -> Option<Self> {
        let objective = self.objectives().nth(best.len())?.clone();
        let mut lot = Self { objective, then: Vec::new(), ..self.clone() };
        for (number, (kept, &rhs)) in self.objectives().zip(best).enumerate() {
            let sense = match kept.direction {
                Direction::Minimise => Sense::Le,
                Direction::Maximise => Sense::Ge,
            };
            lot.rows.push(row("objective", format!("objective[{number}]"), kept.terms.clone(), sense, rhs));
        }
        Some(lot)
    }

    /// The columns of which an award is made: one per bid, 1 when the bid wins.
    pub fn winner_columns(&self) -> Vec<(usize, &str)> {
        match &self.shape {
            Shape::Ranked(lot) => {
                let layout = lot.layout();
                lot.candidates.iter().enumerate().map(|(b, c)| (layout.wins(b), c.bid_id.as_str())).collect()
            }
            Shape::Core(lot) => lot.bidders.iter().enumerate().map(|(b, c)| (b, c.bid_id.as_str())).collect(),
            Shape::General(lot) => lot.winners.iter().map(|(column, bid)| (*column, bid.as_str())).collect(),
        }
    }
}

/// A decision: one whole number between two bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What it decides, for instance `wins[lot/supplier]`.
    pub name: String,
    /// The smallest value allowed.
    pub lower: i128,
    /// The largest value allowed.
    pub upper: i128,
    /// True for yes-or-no decisions and counts, which a solver must branch on. Volumes are whole too, but come out whole
    /// by themselves once these are fixed.
    pub integer: bool,
}

/// A condition on the award: a weighted sum of columns against a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The id of the rule that made the row.
    pub rule: String,
    /// Which row of the rule it is, for instance `rank-order[A,B]`.
    pub label: String,
    /// Column number and coefficient; no column twice.
    pub terms: Vec<(usize, i128)>,
    /// How the sum compares with the right-hand side.
    pub sense: Sense,
    /// The right-hand side.
    pub rhs: i128,
}

/// How a row's sum compares with its right-hand side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// At most.
    Le,
    /// At least.
    Ge,
    /// Equal.
    Eq,
}

/// What is minimised or maximised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objective {
    /// Which way is better.
    pub direction: Direction,
    /// Column number and coefficient; no column twice.
    pub terms: Vec<(usize, i128)>,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Less is better.
    Minimise,
    /// More is better.
    Maximise,
}

/// The lot as the field sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Bids are ranked; places, screens and a share of the base volume follow.
    Ranked(RankedLot),
    /// All demand is met at least cost.
    Core(CoreLot),
    /// Columns and rows say it all.
    General(GeneralLot),
}

/// A lot that cannot be put into a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelFault {
    /// The lot.
    pub lot_id: String,
    /// What is wrong with it.
    pub kind: ModelFaultKind,
}

/// Why a lot cannot be put into a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModelFaultKind {
    /// The same bid stands twice in the lot.
    BidTwice(String),
    /// No share of the base volume is stated for this number of winners.
    ShareMissing(u32),
    /// A share of the base volume is stated twice for this number of winners.
    ShareTwice(u32),
    /// A bid stands in a bidding unit that the lot does not have.
    UnitUnknown(String),
    /// A number that must not be negative is.
    Negative,
    /// A denominator is not positive.
    Denominator,
    /// A bid states prices for another number of regions than the lot has.
    Regions(String),
    /// A column or a row has the name of another.
    NameTwice(String),
    /// A column's smallest value is above its largest.
    Bounds(String),
    /// Something names a column, bid or region that is not there, or the same column twice.
    Unknown(String),
    /// A number is too large for exact sums.
    TooLarge,
}

impl ModelFault {
    pub(super) fn new(lot_id: &str, kind: ModelFaultKind) -> Self {
        Self { lot_id: lot_id.to_owned(), kind }
    }
}

impl From<TooLarge> for ModelFaultKind {
    fn from(_: TooLarge) -> Self {
        Self::TooLarge
    }
}

/// A row under construction; keeps the builders short.
pub(super) fn row(rule: &str, label: String, terms: Vec<(usize, i128)>, sense: Sense, rhs: i128) -> Row {
    Row { rule: rule.to_owned(), label, terms, sense, rhs }
}

/// A yes-or-no column.
pub(super) fn yes_no(name: String) -> Column {
    Column { name, lower: 0, upper: 1, integer: true }
}
