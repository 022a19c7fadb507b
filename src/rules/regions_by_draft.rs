//! Rule `regions-by-draft`.

/// Winners pick their supply regions in turn.
///
/// # What it checks
/// Nothing; it says who picks at which turn. The winner of rank 1 takes the priority picks first; then all winners, in
/// order of rank, pick one region a turn until none is left. A sole winner serves all.
///
/// # Why
/// The better price has the better choice, and every winner is given something.
///
/// # Parameters
/// - `priority_picks` (count): how many regions rank 1 picks before the others.
///
/// # Example
/// 31 regions, four winners, one priority pick: 9, 8, 7 and 7 regions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionsByDraft {
    /// How many regions rank 1 picks before the others.
    pub priority_picks: u32,
}

impl RegionsByDraft {
    /// The rule's id.
    pub const ID: &'static str = "regions-by-draft";

    /// Which winner picks at each turn, by rank counted from 0; empty without winners.
    pub fn turns(&self, winners: usize, regions: usize) -> Vec<usize> {
        if winners == 0 {
            return Vec::new();
        }
        let priority = usize::try_from(self.priority_picks).unwrap_or(usize::MAX);
        let first = std::iter::repeat_n(0, priority.min(regions));
        first.chain((0..winners).cycle()).take(regions).collect()
    }
}
