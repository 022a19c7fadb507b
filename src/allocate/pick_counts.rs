//! Recorded picks beside the draft: how many regions each winner has.

use super::picks::{Draft, Picked, supplier_of};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::tender::{Region, Role};

/// Says when a winner has more or fewer regions than the draft gives it.
pub(super) fn counts_by_draft(draft: &Draft, picks: &[Picked], warnings: &mut Diagnostics) {
    let has_volume = |region: &Region| draft.volumes.get(region).is_some_and(|volume| !volume.is_zero());
    let main = |winner: usize| {
        let serves =
            |pick: &&Picked| pick.winner == winner && pick.role == Role::Main && has_volume(&pick.region);
        picks.iter().filter(serves).count()
    };
    let recorded: Vec<usize> = (0..draft.counts.len()).map(main).collect();
    if in_any_order(&recorded, draft.unordered) == in_any_order(draft.counts, draft.unordered) {
        return;
    }
    let place = draft.lot.picks.iter().map(|pick| &pick.place).min_by_key(|place| (place.line, place.column));
    let warning = match place {
        Some(place) => Diagnostic::at(Code::PickCountsNotByDraft, place.clone()),
        None => Diagnostic::new(Code::PickCountsNotByDraft),
    };
    let listed = |counts: &[usize]| {
        let names = draft.winners.iter().filter_map(|bid| supplier_of(draft.lot, bid));
        let each: Vec<String> = names.zip(counts).map(|(name, count)| format!("{name} {count}")).collect();
        each.join(", ")
    };
    let warning = warning.with("lot", draft.lot.id.as_str()).with("recorded", listed(&recorded));
    warnings.push(warning.with("draft", listed(draft.counts)));
}

/// The counts, with those of winners whose order is not settled sorted among themselves.
fn in_any_order(counts: &[usize], unordered: &[Vec<usize>]) -> Vec<usize> {
    let mut counts = counts.to_vec();
    for group in unordered {
        let mut places = group.clone();
        places.sort_unstable();
        let mut of_group: Vec<usize> =
            places.iter().filter_map(|winner| counts.get(*winner).copied()).collect();
        of_group.sort_unstable();
        for (winner, count) in places.iter().zip(of_group) {
            if let Some(place) = counts.get_mut(*winner) {
                *place = count;
            }
        }
    }
    counts
}
