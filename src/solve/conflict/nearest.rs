//! The nearest number of a limit at which there is an award, with all else as it is.

use super::trial::Trial;
use crate::money::Ratio;
use crate::tender::{LimitKind, Range};

/// A limit with the nearest number that allows an award.
pub(super) struct Nearest {
    pub(super) kind: LimitKind,
    /// The number; both of a limit with two sides.
    pub(super) shown: String,
    /// Whether it is proved that no nearer one would do.
    pub(super) is_proved: bool,
}

/// A number that allows an award, and whether the one before it is known to allow none.
type Found = Option<(u32, bool)>;

/// The nearest number, when `trial` says whether there is an award under a limit in the place of this one; `most` is the
/// largest count that can matter. `None` when no number would do, and for limits without one.
pub(super) fn nearest(kind: &LimitKind, most: u32, trial: &dyn Fn(LimitKind) -> Trial) -> Option<Nearest> {
    match kind {
        LimitKind::Winners(range) => count(*range, most, trial, &LimitKind::Winners),
        LimitKind::LotsPerSupplier(range) => count(*range, most, trial, &LimitKind::LotsPerSupplier),
        LimitKind::RegionsPerWinner(range) => count(*range, most, trial, &LimitKind::RegionsPerWinner),
        LimitKind::Share(measure, range) => share(*range, trial, &|range| LimitKind::Share(*measure, range)),
        LimitKind::ClassShare(measure, range) => {
            share(*range, trial, &|range| LimitKind::ClassShare(*measure, range))
        }
        LimitKind::Backups(backups) => {
            let fewer = |by: u32| trial(LimitKind::Backups(backups.saturating_sub(by)));
            let (by, is_proved) = first_open(0, *backups, &fewer)?;
            let left = backups.saturating_sub(by);
            Some(Nearest { kind: LimitKind::Backups(left), shown: left.to_string(), is_proved })
        }
        LimitKind::Reserve(share) => reserve(*share, trial),
        _ => None,
    }
}

fn count(
    range: Range<u32>,
    most: u32,
    trial: &dyn Fn(LimitKind) -> Trial,
    kind: &dyn Fn(Range<u32>) -> LimitKind,
) -> Option<Nearest> {
    if let (Some(least), Some(largest)) = (range.min, range.max)
        && least == largest
    {
        let exactly = |number: u32| kind(Range { min: Some(number), max: Some(number) });
        let far = most.max(least);
        let (found, is_proved) = around(least, far, &|number| trial(exactly(number)))?;
        return Some(Nearest { kind: exactly(found), shown: found.to_string(), is_proved });
    }
    let tell = |range: Range<u32>, found: (u32, bool)| {
        let shown =
            if range.min.is_some() && range.max.is_some() { range.to_string() } else { found.0.to_string() };
        Nearest { kind: kind(range), shown, is_proved: found.1 }
    };
    if let Some(own) = range.max {
        let with = |max: u32| Range { max: Some(max), ..range };
        if let Some(found) = first_open(own, most.max(own), &|max| trial(kind(with(max)))) {
            return Some(tell(with(found.0), found));
        }
    }
    let own = range.min?;
    let with = |by: u32| Range { min: Some(own.saturating_sub(by)), ..range };
    let (by, is_proved) = first_open(0, own, &|by| trial(kind(with(by))))?;
    Some(tell(with(by), (own.saturating_sub(by), is_proved)))
}

/// The number nearest to `own`, up to `far`, that allows an award; of two equally near the smaller.
fn around(own: u32, far: u32, trial: &dyn Fn(u32) -> Trial) -> Found {
    let mut is_proved = true;
    for by in 1..=far {
        let above = own.saturating_add(by);
        for number in [own.checked_sub(by), Some(above).filter(|above| *above <= far)].into_iter().flatten() {
            match trial(number) {
                Trial::Open => return Some((number, is_proved)),
                Trial::Closed => {}
                Trial::Unknown => is_proved = false,
            }
        }
    }
    None
}

/// The smallest number above `closed`, up to `far`, that allows an award; more room never takes one away, so halving finds
/// it.
pub(super) fn first_open(closed: u32, far: u32, trial: &dyn Fn(u32) -> Trial) -> Found {
    if far <= closed || trial(far) != Trial::Open {
        return None;
    }
    let (mut closed, mut open, mut is_proved) = (closed, far, true);
    while open.saturating_sub(closed) > 1 {
        let middle = closed.midpoint(open);
        match trial(middle) {
            Trial::Open => open = middle,
            found => (closed, is_proved) = (middle, found == Trial::Closed),
        }
    }
    Some((open, is_proved))
}

fn of_cents(cents: u32) -> Option<Ratio> {
    Ratio::from_steps(i128::from(cents), 2).ok()
}

/// A share in whole per cents, rounded down or up.
fn cents(share: Ratio, up: bool) -> Option<u32> {
    let digits = share.decimals().max(2);
    let one = 10_i128.checked_pow(digits.saturating_sub(2))?;
    let steps = share.in_steps(digits)?;
    let down = steps.checked_div_euclid(one)?;
    let whole = steps.checked_rem_euclid(one)? == 0;
    u32::try_from(if up && !whole { down.saturating_add(1) } else { down }).ok()
}

/// The same for shares, in whole per cents.
fn share(
    range: Range<Ratio>,
    trial: &dyn Fn(LimitKind) -> Trial,
    kind: &dyn Fn(Range<Ratio>) -> LimitKind,
) -> Option<Nearest> {
    let at = |range: Option<Range<Ratio>>| range.map_or(Trial::Unknown, |range| trial(kind(range)));
    let tell = |range: Range<Ratio>, share: Ratio, is_proved: bool| {
        let shown =
            if range.min.is_some() && range.max.is_some() { range.to_string() } else { share.to_string() };
        Nearest { kind: kind(range), shown, is_proved }
    };
    if let Some(own) = range.max {
        let with = |max: u32| Some(Range { max: Some(of_cents(max)?), ..range });
        if let Some((found, is_proved)) = first_open(cents(own, false)?, 100, &|max| at(with(max))) {
            return Some(tell(with(found)?, of_cents(found)?, is_proved));
        }
    }
    let own = cents(range.min?, true)?;
    let with = |less: u32| Some(Range { min: Some(of_cents(own.saturating_sub(less))?), ..range });
    let (less, is_proved) = first_open(0, own, &|less| at(with(less)))?;
    Some(tell(with(less)?, of_cents(own.saturating_sub(less))?, is_proved))
}

/// The least reserve that allows an award where there is none without.
pub(super) fn least_reserve(trial: &dyn Fn(LimitKind) -> Trial) -> Option<Nearest> {
    let with = |cents: u32| of_cents(cents).map(LimitKind::Reserve);
    let at = |cents: u32| with(cents).map_or(Trial::Unknown, trial);
    // Mostly more reserve leaves more room. Where least quantities stand against that, nearby numbers are tried.
    let found = first_open(0, 99, &at).or_else(|| around(0, MOST_TRIED, &at));
    let (found, is_proved) = found?;
    Some(Nearest { kind: with(found)?, shown: of_cents(found)?.to_string(), is_proved })
}

/// Reserves that are tried one by one.
const MOST_TRIED: u32 = 60;

/// A reserve can leave too much or too little to award.
fn reserve(own: Ratio, trial: &dyn Fn(LimitKind) -> Trial) -> Option<Nearest> {
    let with = |cents: u32| of_cents(cents).map(LimitKind::Reserve);
    let at = |cents: u32| with(cents).map_or(Trial::Unknown, trial);
    let (found, is_proved) = around(cents(own, false)?, 99, &at)?;
    Some(Nearest { kind: with(found)?, shown: of_cents(found)?.to_string(), is_proved })
}
