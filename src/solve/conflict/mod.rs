//! Why lots have no award, and what would have to give.
//!
//! A conflict is found by leaving things out one after the other and solving again (deletion filter; Chinneck and Dravnieks,
//! "Locating minimal infeasible constraint sets in linear programs", ORSA Journal on Computing 3, 1991): what can be left out
//! while there is still no award is not part of it. Everything left out is left out of the tender, not of the rows, so that
//! column bounds and links follow.
//!
//! | file | what |
//! | --- | --- |
//! | `parts` | what an award must keep, and the tender without it |
//! | `ways_out` | the nearest number at which there is an award |

mod parts;
mod ways_out;

use super::{Engine, Exact};
use crate::model::language::input::Offered;
use crate::model::language::{Group, Language, language};
use crate::model::{Claim, Conflict, Objective, Sense};
use parts::{Kept, parts};

/// More parts than this are not looked at one by one.
const MOST_PARTS: usize = 150;

/// What stands against any award of a group of lots; `None` when the group is too large to tell, or when there is an award.
pub fn conflict(offered: &Offered<'_>, group: &Group) -> Option<Conflict> {
    let all = parts(offered, group);
    if all.len() > MOST_PARTS || !is_closed(offered, group, &Kept::all(&all)) {
        return None;
    }
    let forward = reduced(offered, group, &all, (0..all.len()).collect());
    let backward = reduced(offered, group, &all, (0..all.len()).rev().collect());
    let kept = if backward.len() < forward.len() { backward } else { forward };
    let found: Vec<_> =
        all.iter().enumerate().filter(|(at, _)| kept.contains(at)).map(|(_, part)| part).collect();
    let mut ways_out: Vec<_> =
        found.iter().filter_map(|part| ways_out::way_out(offered, group, &all, part)).collect();
    ways_out.sort_by(|one, other| {
        let key =
            |way: &crate::model::WayOut| (way.cost.is_none(), way.cost, way.part.what, way.part.name.clone());
        key(one).cmp(&key(other))
    });
    let lot = |at: &usize| offered.lots.get(*at).map(|lot| lot.lot.id.as_str().to_owned());
    Some(Conflict {
        lots: group.lots.iter().filter_map(lot).collect(),
        parts: found.into_iter().map(|part| part.said.clone()).collect(),
        ways_out,
    })
}

/// What is left when everything is left out, in this order, that can be.
fn reduced(offered: &Offered<'_>, group: &Group, all: &[parts::Element], order: Vec<usize>) -> Vec<usize> {
    let mut kept: Vec<usize> = (0..all.len()).collect();
    for at in order {
        let fewer: Vec<usize> = kept.iter().copied().filter(|own| *own != at).collect();
        let without = Kept::of(all, &fewer);
        if is_closed(offered, group, &without) {
            kept = fewer;
        }
    }
    kept
}

/// Whether it is known that there is no award when only these parts are kept.
fn is_closed(offered: &Offered<'_>, group: &Group, kept: &Kept<'_>) -> bool {
    let Some(mut built) = built(offered, group, kept) else { return false };
    built.model.objective = Objective { terms: Vec::new(), ..built.model.objective };
    built.model.then.clear();
    let found = Exact::default().solve(&built.model);
    found.is_ok_and(|found| found.claim == Claim::NoAward)
}

/// The programme with these parts only.
fn built(offered: &Offered<'_>, group: &Group, kept: &Kept<'_>) -> Option<Language> {
    let less = kept.tender(offered)?;
    let mut built = language(&less.offered(offered), group).ok()?;
    let open = kept.open_demands();
    for row in built.model.rows.iter_mut().filter(|row| open.contains(&row.label)) {
        row.sense = Sense::Le;
    }
    Some(built)
}
