//! Marks that would cover each other are stacked.

/// Distance between the centres of two marks that do not touch.
pub(super) const STEP: f64 = 10.8;

/// The level of each mark above (negative) or below (positive) the middle line, so that no two are closer than
/// [`STEP`]. The marks are given by their position along the line, in the order in which they take their places.
pub(super) fn levels(positions: &[f64]) -> Vec<i16> {
    let mut placed: Vec<(f64, i16)> = Vec::with_capacity(positions.len());
    for position in positions {
        let free = |level: i16| {
            placed.iter().all(|(other, taken)| *taken != level || (other - position).abs() >= STEP)
        };
        let level = outwards().find(|level| free(*level)).unwrap_or(i16::MAX);
        placed.push((*position, level));
    }
    placed.into_iter().map(|(_, level)| level).collect()
}

/// 0, -1, 1, -2, 2 …
fn outwards() -> impl Iterator<Item = i16> {
    std::iter::once(0).chain((1..i16::MAX).flat_map(|level| [level.saturating_neg(), level]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_touch_are_stacked_and_others_stay_on_the_line() {
        assert_eq!(levels(&[10.0, 10.0, 15.0, 40.0, 51.0]), [0, -1, 1, 0, 0]);
        assert_eq!(levels(&[1.0; 5]), [0, -1, 1, -2, 2]);
    }
}
