//! The tree of cases as it grows: cases may be closed in any order, the proof lists them in the order of the tree.

use crate::model::whole::{TooLarge, add};
use crate::model::{LotModel, Step};

/// How a case is split: the column, the largest of its small values, and whether the large values come first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Split {
    pub(super) column: usize,
    pub(super) at: i128,
    pub(super) large_first: bool,
}

/// What became of a case.
#[derive(Debug, Clone, Copy)]
enum Then {
    Waits,
    Closed { weights: usize },
    Split { split: Split, first: usize },
}

/// A case: where it comes from, and how that narrowed a column.
#[derive(Debug)]
struct Case {
    from: Option<(usize, usize, (i128, i128))>,
    then: Then,
}

/// The cases, the root first.
#[derive(Debug)]
pub(super) struct Grown {
    cases: Vec<Case>,
}

impl Grown {
    pub(super) fn new() -> Self {
        Self { cases: vec![Case { from: None, then: Then::Waits }] }
    }

    /// The column bounds of a case.
    pub(super) fn bounds(&self, lot: &LotModel, case: usize) -> Vec<(i128, i128)> {
        let mut bounds: Vec<(i128, i128)> = lot.columns.iter().map(|c| (c.lower, c.upper)).collect();
        let mut at = case;
        while let Some((before, column, (lower, upper))) = self.cases.get(at).and_then(|case| case.from) {
            if let Some(place) = bounds.get_mut(column) {
                *place = (place.0.max(lower), place.1.min(upper));
            }
            at = before;
        }
        bounds
    }

    pub(super) fn close(&mut self, case: usize, weights: usize) {
        self.cases.get_mut(case).into_iter().for_each(|case| case.then = Then::Closed { weights });
    }

    /// Splits a case; the numbers of the side that comes first and of the other.
    pub(super) fn split(
        &mut self,
        case: usize,
        split: Split,
        before: (i128, i128),
    ) -> Result<(usize, usize), TooLarge> {
        let Split { column, at, large_first } = split;
        let (small, large) = ((before.0, at), (add(at, 1)?, before.1));
        let first = self.cases.len();
        for side in if large_first { [large, small] } else { [small, large] } {
            self.cases.push(Case { from: Some((case, column, side)), then: Then::Waits });
        }
        self.cases.get_mut(case).into_iter().for_each(|case| case.then = Then::Split { split, first });
        Ok((first, first.saturating_add(1)))
    }

    /// The steps of the proof.
    pub(super) fn steps(&self, lot: &LotModel) -> Vec<Step> {
        let (mut steps, mut open) = (Vec::new(), vec![0]);
        while let Some(case) = open.pop().and_then(|case| self.cases.get(case)) {
            match case.then {
                Then::Waits => {}
                Then::Closed { weights } => steps.push(Step::Case { weights, further: Vec::new() }),
                Then::Split { split: Split { column, at, large_first }, first } => {
                    let yes_no =
                        lot.columns.get(column).is_some_and(|c| c.integer && (c.lower, c.upper) == (0, 1));
                    steps.push(match yes_no {
                        true => Step::Branch { column, first: i128::from(large_first) },
                        false => Step::Split { column, at, large_first },
                    });
                    open.extend([first.saturating_add(1), first]);
                }
            }
        }
        steps
    }
}
