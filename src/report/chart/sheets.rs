//! Where a drawing that is taller than a sheet of A4 is parted for print: between two rows, never through one.

use super::sheet::WIDTH;

/// Height of a part in parts of the width of the drawing: a sheet of A4 within its margins, less a heading.
const TALLEST: f64 = 1.3;

/// The parts from the top, each from where and how tall in whole pixels; none when the whole fits on one sheet. `rows` are the
/// places where a row begins.
pub(super) fn parts(height: f64, rows: &[f64]) -> Vec<(i32, i32)> {
    let tallest = WIDTH * TALLEST;
    // A little too tall is made to fit by the page's style.
    if height <= tallest * 1.15 {
        return Vec::new();
    }
    let mut parts = Vec::new();
    let mut from = 0.0;
    for pair in rows.windows(2) {
        let [own, next] = pair else { continue };
        if next - from > tallest && *own > from {
            parts.push((from, *own));
            from = *own;
        }
    }
    parts.push((from, height));
    parts.into_iter().map(|(from, to)| (pixels(from), pixels(to).saturating_sub(pixels(from)))).collect()
}

/// The drawing of each part: the whole, seen through a window. `None` when the text is no drawing of this program.
#[cfg(any(feature = "pdf", test))]
pub(in crate::report) fn drawings(svg: &str, parts: &[(i32, i32)]) -> Option<Vec<String>> {
    let (head, rest) = svg.split_once(" height=\"")?;
    let (_, rest) = rest.split_once(" viewBox=\"0 0 ")?;
    let (size, rest) = rest.split_once('"')?;
    let (width, _) = size.split_once(' ')?;
    let part = |(from, tall): &(i32, i32)| {
        format!("{head} height=\"{tall}\" viewBox=\"0 {from} {width} {tall}\"{rest}")
    };
    Some(parts.iter().map(part).collect())
}

/// Whole pixels, so that one part ends where the next begins.
fn pixels(place: f64) -> i32 {
    (0..=i32::from(u16::MAX)).take_while(|pixel| f64::from(*pixel) <= place).last().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_the_whole_through_a_window() {
        let svg = "<svg width=\"960\" height=\"3252\" viewBox=\"0 0 960 3252\" fill=\"x\"><g/></svg>";
        assert_eq!(
            drawings(svg, &[(1200, 700)]).unwrap(),
            ["<svg width=\"960\" height=\"700\" viewBox=\"0 1200 960 700\" fill=\"x\"><g/></svg>"]
        );
        assert_eq!(drawings("<html>", &[(0, 1)]), None);
    }

    #[test]
    fn parts_follow_each_other_between_rows_and_fit_on_a_sheet() {
        assert_eq!(parts(1400.0, &[100.0, 200.0]), []);
        let rows: Vec<f64> = (0..62).map(|row| 120.0 + 50.0 * f64::from(row)).collect();
        let found = parts(3252.0, &rows);
        assert_eq!(found.len(), 3);
        let mut reached = 0;
        for (from, tall) in &found {
            assert_eq!(*from, reached);
            reached = from + tall;
            assert!(*tall <= 1298, "{found:?}");
            assert!(*from == 0 || rows.contains(&f64::from(*from)), "{found:?}");
        }
        assert_eq!(reached, 3252);
    }
}
