//! Rule `backups-in-turn`.

use std::collections::BTreeSet;

/// Winners pick the regions where they stand in, in turn.
///
/// # What it checks
/// Nothing; it says who may pick at which turn. When the main suppliers are settled, all that pick regions choose, in order of
/// rank and in turn, a region where they stand in: not one where they are main supplier or stand in already. Who can choose
/// none is passed over. There is no priority pick. With several backups a region, the first are all picked before the second.
///
/// # Why
/// A main supplier that fails must have somebody behind it, and that is never itself.
///
/// # Parameters
/// - `backups` (count): how many a region.
///
/// # Example
/// A serves P1, P2 and P7, B P3, C P4, D P5, E P6, largest first: backups are A P3, B P1, C P2, D P4, E P5, A P6, B P7.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupsInTurn {
    /// How many backups a region has.
    pub backups: u32,
}

impl BackupsInTurn {
    /// The rule's id.
    pub const ID: &'static str = "backups-in-turn";

    /// One round of backups: for each region, largest first, who stands in. `taken` says of each region who serves or stands in
    /// there already; everybody of `pickers` takes the first region left that is not its own.
    pub fn round(&self, pickers: usize, taken: &[BTreeSet<usize>]) -> Vec<Option<usize>> {
        let mut chosen: Vec<Option<usize>> = vec![None; taken.len()];
        let mut passed_over = 0;
        for picker in (0..pickers).cycle() {
            let mut open = chosen.iter_mut().zip(taken);
            match open.find(|(chosen, taken)| chosen.is_none() && !taken.contains(&picker)) {
                Some((place, _)) => {
                    *place = Some(picker);
                    passed_over = 0;
                }
                None => passed_over = usize::saturating_add(passed_over, 1),
            }
            if passed_over >= pickers {
                break;
            }
        }
        chosen
    }
}
