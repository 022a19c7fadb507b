//! The highest price at which a bid wins, found without trying them all.
//!
//! A whole span of prices is judged at once; where the answer may differ within it, the span is cut. A cut goes on down to
//! single prices where it must, so that nothing rests on the outcome being higher for lower prices: under anchors taken from
//! a mean, exclusion of the highest price, or revival it need not be.

use super::span::Stop;

/// Spans judged before the search is given up. A search of a usual lot takes some dozens; one that takes more than this compares
/// two lines that run beside each other.
const MOST_SPANS: usize = 20_000;

/// What becomes of a bid in every price of a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It wins for certain.
    Wins,
    /// A draw, or an answer that is not recorded, decides.
    MayWin,
    /// It does not win.
    Loses,
}

/// The highest prices, in steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Highest {
    /// At which the bid wins for certain.
    pub(super) wins: Option<i128>,
    /// Above that, at which it may win.
    pub(super) may_win: Option<i128>,
}

/// The highest of the prices `1..=most` at which a bid wins. `fate` judges a span, both ends included, and says near which
/// price to cut it when it cannot.
pub(super) fn highest(
    most: i128,
    mut fate: impl FnMut(i128, i128) -> Result<Fate, (Stop, Option<i128>)>,
) -> Result<Highest, Stop> {
    let mut found = Highest::default();
    let mut open = vec![(1, most)];
    let mut judged = 0_usize;
    while let Some((low, high)) = open.pop() {
        if low > high {
            continue;
        }
        judged = judged.saturating_add(1);
        if judged > MOST_SPANS {
            return Err(Stop::Inexact);
        }
        match fate(low, high) {
            Ok(Fate::Wins) => {
                found.wins = Some(high);
                break;
            }
            Ok(Fate::MayWin) => found.may_win = found.may_win.or(Some(high)),
            Ok(Fate::Loses) => {}
            Err((Stop::Undecided(_), near)) if low < high => {
                match near.filter(|at| (low..=high).contains(at)) {
                    // The single price goes between its two sides; what is higher is looked at first.
                    Some(at) => {
                        open.extend([(low, at.saturating_sub(1)), (at, at), (at.saturating_add(1), high)])
                    }
                    None => {
                        let middle = low.midpoint(high);
                        open.extend([(low, middle), (middle.saturating_add(1), high)]);
                    }
                }
            }
            Err((stop, _)) => return Err(stop),
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Judges a span by trying all its prices.
    fn by_trying(of: impl Fn(i128) -> Fate) -> impl FnMut(i128, i128) -> Result<Fate, (Stop, Option<i128>)> {
        move |low, high| {
            let first = of(low);
            let same = (low..=high).all(|price| of(price) == first);
            if same { Ok(first) } else { Err((Stop::Undecided(None), None)) }
        }
    }

    #[test]
    fn an_outcome_that_comes_and_goes_is_followed_to_its_highest_price() {
        let comes_and_goes = |price: i128| match price {
            1..=40 | 71..=73 => Fate::Wins,
            41 | 90 => Fate::MayWin,
            _ => Fate::Loses,
        };
        let found = highest(100, by_trying(comes_and_goes)).unwrap();
        assert_eq!(found, Highest { wins: Some(73), may_win: Some(90) });
        assert_eq!(
            highest(72, by_trying(comes_and_goes)).unwrap(),
            Highest { wins: Some(72), may_win: None }
        );
        let never = highest(100, by_trying(|_| Fate::Loses)).unwrap();
        assert_eq!(never, Highest::default());
    }

    #[test]
    fn a_cut_at_a_named_price_loses_no_price() {
        let judged = |low: i128, high: i128| match (low, high) {
            (8.., _) => Ok(Fate::Loses),
            (7, 7) => Ok(Fate::MayWin),
            (_, ..=6) => Ok(Fate::Wins),
            _ => Err((Stop::Undecided(None), Some(7))),
        };
        assert_eq!(highest(1000, judged).unwrap(), Highest { wins: Some(6), may_win: Some(7) });
    }
}
