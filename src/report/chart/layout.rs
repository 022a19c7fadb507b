//! Where everything stands: a ladder becomes shapes.

use super::ladder::{Ladder, LadderBid, LadderLot, Mark, Millionths, WHOLE};
use super::measure::{lines, shortened, text_width};
use super::page::{Anchor, Ink, Label, Page, Shape};
use super::swarm::{STEP, levels};

/// Width of the page.
const WIDTH: f64 = 960.0;
/// White space around everything.
const MARGIN: f64 = 24.0;
/// Left end of the scale; lot names stand to its left.
const LEFT: f64 = 316.0;
/// Width of the last column.
const CUT_COLUMN: f64 = 76.0;
/// Width of the strip for bids beyond the scale's end, when there are any.
const ABOVE_STRIP: f64 = 112.0;
/// Marks side by side in that strip.
const ABOVE_ACROSS: usize = 3;
/// Half the height of a row without stacked marks.
const HALF_ROW: f64 = 20.0;
/// Half the length of the line at the cut-off.
const HALF_CUT_OFF: f64 = 13.0;
/// Lots above which the scale is repeated at the top.
const TALL: usize = 12;
/// Where grid lines stand, and what is written at them.
const GRID: [(Millionths, &str); 6] =
    [(0, "0%"), (200_000, "20%"), (400_000, "40%"), (600_000, "60%"), (800_000, "80%"), (WHOLE, "100%")];
/// Font sizes.
const TITLE: f64 = 20.0;
const BODY: f64 = 13.0;
const SMALL: f64 = 11.5;

/// The page under construction: shapes so far, and how far down they reach.
struct Drawing<'a> {
    ladder: &'a Ladder,
    shapes: Vec<Shape>,
    /// What lies under the ceiling and the marks.
    tracks: Vec<Shape>,
    y: f64,
    /// Right end of the scale.
    right: f64,
}

/// Every shape of the ladder.
pub(super) fn layout(ladder: &Ladder) -> Page {
    layout_and_rows(ladder).0
}

/// The same with where each row begins: there a drawing that is taller than a sheet may be parted.
pub(super) fn layout_and_rows(ladder: &Ladder) -> (Page, Vec<f64>) {
    let strip = if ladder.has_above() { ABOVE_STRIP } else { 0.0 };
    let right = WIDTH - MARGIN - CUT_COLUMN - strip - 12.0;
    let mut drawing = Drawing { ladder, shapes: Vec::new(), tracks: Vec::new(), y: MARGIN, right };
    drawing.heading();
    drawing.legend();
    drawing.column_heads();
    let rows_top = drawing.y;
    let grid_at = drawing.shapes.len();
    let rows: Vec<Row> = ladder.lots.iter().map(|lot| Row::new(lot, right)).collect();
    let mut begins = Vec::with_capacity(rows.len());
    for (lot, row) in ladder.lots.iter().zip(&rows) {
        begins.push(drawing.y);
        drawing.row(lot, row);
    }
    drawing.grid(grid_at, rows_top);
    drawing.ticks(6);
    drawing.notes();
    (Page { size: (WIDTH, (drawing.y + MARGIN - 8.0).ceil()), shapes: drawing.shapes }, begins)
}

/// What a row needs before it is drawn.
struct Row {
    /// Room above and below its middle line.
    above: f64,
    below: f64,
    /// Position of each bid, relative to the middle line.
    bids: Vec<(f64, f64)>,
}

impl Row {
    fn new(lot: &LadderLot, right: f64) -> Self {
        let inside: Vec<f64> =
            lot.bids.iter().filter(|bid| !bid.above).map(|bid| position(bid.share, right)).collect();
        let mut inside =
            inside.iter().copied().zip(levels(&inside)).map(|(x, level)| (x, f64::from(level) * STEP));
        let mut beyond = strip_places(lot, right).into_iter();
        let bids: Vec<(f64, f64)> =
            lot.bids.iter().filter_map(|bid| if bid.above { beyond.next() } else { inside.next() }).collect();
        let reach = |down: f64| bids.iter().map(|(_, y)| y * down + STEP * 0.9).fold(HALF_ROW, f64::max);
        Self { above: reach(-1.0), below: reach(1.0), bids }
    }

    fn height(&self) -> f64 {
        self.above + self.below
    }
}

/// Places of the bids beyond the scale's end: a block of a few marks across, centred on the middle line.
fn strip_places(lot: &LadderLot, right: f64) -> Vec<(f64, f64)> {
    let count = lot.bids.iter().filter(|bid| bid.above).count();
    let column = || (0_i16..).take(ABOVE_ACROSS).map(f64::from);
    let row_count = f64::from(i16::try_from(count.div_ceil(ABOVE_ACROSS)).unwrap_or(i16::MAX));
    let offset = (row_count - 1.0) / 2.0;
    (0_i16..)
        .flat_map(|row| column().map(move |column| (column, f64::from(row))))
        .take(count)
        .map(|(column, row)| (right + 16.0 + column * STEP, (row - offset) * STEP))
        .collect()
}

/// Position of a share on the scale.
fn position(share: Millionths, right: f64) -> f64 {
    LEFT + (right - LEFT) * f64::from(share.clamp(0, WHOLE)) / f64::from(WHOLE)
}

impl Drawing<'_> {
    fn label(&mut self, text: &str, at: (f64, f64), style: (f64, bool, Ink), anchor: Anchor) {
        let (size, bold, ink) = style;
        self.shapes.push(Shape::Label(Label {
            text: text.to_owned(),
            full: None,
            at,
            size,
            bold,
            anchor,
            ink,
        }));
    }

    /// A label that is cut to its room; the full text stays with it.
    fn fitted(&mut self, text: &str, at: (f64, f64), style: (f64, bool, Ink), anchor: Anchor, room: f64) {
        let (size, bold, ink) = style;
        let (shown, cut) = shortened(text, size, bold, room);
        let full = cut.then(|| text.to_owned());
        self.shapes.push(Shape::Label(Label { text: shown, full, at, size, bold, anchor, ink }));
    }

    fn paragraph(&mut self, text: &str, style: (f64, bool, Ink)) {
        let (size, bold, _) = style;
        for line in lines(text, size, bold, WIDTH - 2.0 * MARGIN) {
            self.y += size * 1.42;
            self.label(&line, (MARGIN, self.y - size * 0.3), style, Anchor::Start);
        }
    }

    fn heading(&mut self) {
        let ladder = self.ladder;
        self.paragraph(&ladder.title, (TITLE, true, Ink::DARK));
        self.y += 2.0;
        for line in &ladder.subtitle {
            self.paragraph(line, (BODY, false, Ink::GREY));
        }
        self.y += 8.0;
    }

    fn legend(&mut self) {
        let words = &self.ladder.words;
        let mut x = MARGIN;
        self.y += 10.0;
        let marks = [
            (Mark::Won, &words.won),
            (Mark::Tied, &words.tied),
            (Mark::Lost, &words.lost),
            (Mark::Excluded, &words.excluded),
        ];
        let entries = marks
            .into_iter()
            .filter(|(mark, _)| self.ladder.has(*mark))
            .map(|(mark, word)| (Some(mark), word))
            .chain(
                self.ladder.lots.iter().any(|lot| lot.cut_off.is_some()).then_some((None, &words.cut_off)),
            );
        for (mark, word) in entries {
            let width = 14.0 + text_width(word, BODY, false);
            if x > MARGIN && x + width > WIDTH - MARGIN {
                x = MARGIN;
                self.y += 20.0;
            }
            let middle = (x + 5.0, self.y);
            self.shapes.push(match mark {
                Some(mark) => Shape::Bid { at: middle, mark, label: String::new() },
                None => cut_off_line(middle, 8.0),
            });
            let room = WIDTH - MARGIN - x - 14.0;
            self.fitted(word, (x + 14.0, self.y + 4.5), (BODY, false, Ink::DARK), Anchor::Start, room);
            x += width + 22.0;
        }
        self.y += 14.0;
    }

    /// Heads of the scale's end, the strip and the last column; one or two lines, aligned at the bottom.
    fn column_heads(&mut self) {
        let words = &self.ladder.words;
        let whole = vec![words.whole.clone()];
        let above = lines(&words.above, SMALL, false, ABOVE_STRIP - 14.0);
        let cut = lines(&words.cut, SMALL, false, CUT_COLUMN);
        let above = if self.ladder.has_above() { above } else { Vec::new() };
        let height = f64::from(u8::try_from(above.len().max(cut.len()).max(1)).unwrap_or(u8::MAX)) * 15.0;
        let bottom = self.y + height;
        let heads = [
            (vec![words.detail.clone()], LEFT - 16.0, Anchor::End, (SMALL, false, Ink::GREY)),
            (whole, self.right - 6.0, Anchor::End, (SMALL, true, Ink::ACCENT)),
            (above, self.right + 10.0, Anchor::Start, (SMALL, false, Ink::GREY)),
            (cut, WIDTH - MARGIN, Anchor::End, (SMALL, false, Ink::GREY)),
        ];
        for (head, x, anchor, style) in heads {
            let mut y = bottom;
            for line in head.iter().rev() {
                self.label(line, (x, y), style, anchor);
                y -= 15.0;
            }
        }
        self.y = bottom + 6.0;
        if self.ladder.lots.len() > TALL {
            self.ticks(5);
        }
        self.y += 4.0;
    }

    fn row(&mut self, lot: &LadderLot, row: &Row) {
        let middle = self.y + row.above;
        let room = LEFT - MARGIN - 16.0;
        let (name_y, detail) = if lot.detail.is_empty() { (4.5, false) } else { (-2.0, true) };
        self.fitted(&lot.name, (LEFT - 16.0, middle + name_y), (BODY, true, Ink::DARK), Anchor::End, room);
        if detail {
            self.detail(lot, (LEFT - 16.0, middle + 13.0), room);
        }
        self.tracks.push(Shape::Bar {
            from: (LEFT, middle - 2.5),
            to: (self.right, middle + 2.5),
            ink: Ink::TRACK,
        });
        if let Some(share) = lot.cut_off.filter(|share| (0..=WHOLE).contains(share)) {
            let reach = HALF_CUT_OFF.max(row.above.min(row.below) - 6.0);
            self.shapes.push(cut_off_line((position(share, self.right), middle), reach));
        }
        // Those placed last lie on top; winners come first in the order of places.
        for (bid, (x, y)) in lot.bids.iter().zip(&row.bids).rev() {
            self.shapes.push(Shape::Bid { at: (*x, middle + y), mark: bid.mark, label: bid.label.clone() });
        }
        self.above_labels(lot, middle);
        let style = (BODY, true, Ink::DARK);
        self.fitted(&lot.cut, (WIDTH - MARGIN, middle + 4.5), style, Anchor::End, CUT_COLUMN);
        self.y += row.height();
    }

    /// Unit and volume, or the volume alone where both have no room: a figure is never cut.
    fn detail(&mut self, lot: &LadderLot, at: (f64, f64), room: f64) {
        let style = (SMALL, false, Ink::GREY);
        if text_width(&lot.detail, SMALL, false) <= room {
            return self.label(&lot.detail, at, style, Anchor::End);
        }
        let (text, cut) = shortened(&lot.short_detail, SMALL, false, room);
        let full = (cut || lot.short_detail != lot.detail).then(|| lot.detail.clone());
        let (size, bold, ink) = style;
        self.shapes.push(Shape::Label(Label { text, full, at, size, bold, anchor: Anchor::End, ink }));
    }

    /// How many bids lie beyond the scale's end, and how far.
    fn above_labels(&mut self, lot: &LadderLot, middle: f64) {
        let above: Vec<&LadderBid> = lot.bids.iter().filter(|bid| bid.above).collect();
        let shares = || above.iter().map(|bid| bid.share);
        let (Some(least), Some(most)) = (shares().min(), shares().max()) else {
            return;
        };
        let last = (1_u8..).take(ABOVE_ACROSS.min(above.len())).last().unwrap_or(1);
        let x = self.right + 16.0 + STEP * f64::from(last);
        let room = WIDTH - MARGIN - CUT_COLUMN - x;
        let style = (SMALL - 1.0, false, Ink::GREY);
        let range = whole_percents(least, most);
        if above.len() == 1 {
            self.fitted(&range, (x, middle + 4.0), style, Anchor::Start, room);
        } else {
            self.fitted(&format!("×{}", above.len()), (x, middle - 3.0), style, Anchor::Start, room);
            self.fitted(&range, (x, middle + 10.0), style, Anchor::Start, room);
        }
    }

    /// Grid and ceiling, put behind the rows that were drawn since `at`.
    fn grid(&mut self, at: usize, top: f64) {
        let bottom = self.y + 2.0;
        let line = |x: f64, ink, dashed, top| Shape::Line {
            from: (x, top),
            to: (x, bottom),
            ink,
            width: if dashed { 2 } else { 1 },
            dashed,
        };
        let mut behind: Vec<Shape> = GRID
            .iter()
            .take(5)
            .map(|(share, _)| line(position(*share, self.right), Ink::GRID, false, top))
            .collect();
        behind.append(&mut self.tracks);
        let head = if self.ladder.lots.len() > TALL { 40.0 } else { 18.0 };
        behind.push(line(self.right, Ink::ACCENT, true, top - head));
        self.shapes.splice(at..at, behind);
    }

    /// Percentages under (or over) the first `count` of six grid lines. The last is the scale's end: over it stands its name.
    fn ticks(&mut self, count: usize) {
        self.y += 16.0;
        for (share, percent) in GRID.iter().take(count) {
            let at = (position(*share, self.right), self.y);
            let ink = if *share == WHOLE { Ink::ACCENT } else { Ink::GREY };
            self.label(percent, at, (SMALL, *share == WHOLE, ink), Anchor::Middle);
        }
        self.y += 6.0;
    }

    fn notes(&mut self) {
        self.y += 10.0;
        let ladder = self.ladder;
        for note in &ladder.notes {
            self.paragraph(note, (SMALL, false, Ink::GREY));
        }
    }
}

fn cut_off_line((x, y): (f64, f64), reach: f64) -> Shape {
    Shape::Line { from: (x, y - reach), to: (x, y + reach), ink: Ink::DARK, width: 2, dashed: false }
}

/// A range of shares beyond the scale's end in whole percent, away from 100 so that it never reads as the ceiling.
fn whole_percents(least: Millionths, most: Millionths) -> String {
    let percent = |share: Millionths| share.saturating_add(9_999).div_euclid(10_000);
    let (least, most) = (percent(least), percent(most));
    match (least > 999, most > 999) {
        (true, _) => ">999%".to_owned(),
        (false, true) => format!("{least}–>999%"),
        (false, false) if least == most => format!("{least}%"),
        (false, false) => format!("{least}–{most}%"),
    }
}
