//! Rule `regions-per-winner`.

use super::Table;

/// How many regions a winner may and must serve, by number of winners.
///
/// # What it checks
/// Nothing; it limits the draft. A winner that has as many regions as `most` allows is passed over. No winner may pick when
/// the regions left are needed by those that have fewer than `least`. When every winner has as many as it may, the draft goes on
/// without `most`, for every region must be served.
///
/// # Why
/// No winner is to be left without a region, and none is to carry more than it can.
///
/// # Parameters
/// - `least` (regions): at least so many regions each, by number of winners that pick.
/// - `most` (regions): at most so many.
///
/// # Example
/// Four winners, seven regions, a priority pick and at most two each: 2, 2, 2 and 1 instead of 3, 2, 1 and 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionsPerWinner {
    /// Least number of regions by number of winners.
    pub least: Table<u32>,
    /// Greatest number of regions by number of winners.
    pub most: Table<u32>,
}

impl RegionsPerWinner {
    /// The rule's id.
    pub const ID: &'static str = "regions-per-winner";

    /// The turns of a draft within the limits, from the order in which winners would pick without them; as many as there are
    /// regions. `priority` turns come once before the cycle of all `winners`.
    pub fn turns(&self, winners: usize, priority: usize, regions: usize) -> Vec<usize> {
        if winners == 0 {
            return Vec::new();
        }
        let number = u32::try_from(winners).unwrap_or(u32::MAX);
        let limit = |table: &Table<u32>| table.at(number).and_then(|limit| usize::try_from(*limit).ok());
        let (least, most) = (limit(&self.least).unwrap_or(0), limit(&self.most).unwrap_or(usize::MAX));
        let mut held = vec![0_usize; winners];
        let mut turns = Vec::with_capacity(regions);
        let mut passed_over = 0_usize;
        let order = std::iter::repeat_n(0, priority).chain((0..winners).cycle());
        for picker in order {
            if turns.len() >= regions {
                break;
            }
            let own = held.get(picker).copied().unwrap_or(0);
            let others = held.iter().enumerate().filter(|(other, _)| *other != picker);
            let needed = others.fold(0_usize, |sum, (_, has)| sum.saturating_add(least.saturating_sub(*has)));
            let left = regions.saturating_sub(turns.len());
            let free = own < least || left > needed;
            let stuck = passed_over >= winners.saturating_add(priority);
            if stuck || (own < most && free) {
                turns.push(picker);
                held.iter_mut().skip(picker).take(1).for_each(|has| *has = has.saturating_add(1));
                passed_over = if stuck { passed_over } else { 0 };
            } else {
                passed_over = passed_over.saturating_add(1);
            }
        }
        turns
    }
}
