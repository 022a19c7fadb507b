//! A drawing under construction: heading, labels that fit, notes.

use super::measure::{lines, shortened};
use super::page::{Anchor, Ink, Label, Page, Shape};
use crate::money::{Money, Rounding};

/// Width of the page.
pub(super) const WIDTH: f64 = 960.0;
/// White space around everything.
pub(super) const MARGIN: f64 = 24.0;
/// Font sizes.
pub(super) const TITLE: f64 = 20.0;
/// Size of what is read first after the title.
pub(super) const BODY: f64 = 13.0;
/// Size of the rest.
pub(super) const SMALL: f64 = 11.5;

/// Size, bold or not, colour.
pub(super) type Style = (f64, bool, Ink);

/// Shapes so far, and how far down they reach.
pub(super) struct Sheet {
    pub(super) shapes: Vec<Shape>,
    pub(super) y: f64,
}

impl Sheet {
    /// A sheet with its title and what stands under it.
    pub(super) fn new(title: &str, subtitle: &[String]) -> Self {
        let mut sheet = Self { shapes: Vec::new(), y: MARGIN - 4.0 };
        sheet.paragraph(title, (TITLE, true, Ink::DARK));
        sheet.y += 2.0;
        for line in subtitle {
            sheet.paragraph(line, (BODY, false, Ink::GREY));
        }
        sheet.y += 10.0;
        sheet
    }

    pub(super) fn label(&mut self, text: &str, at: (f64, f64), (size, bold, ink): Style, anchor: Anchor) {
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
    pub(super) fn fitted(
        &mut self,
        text: &str,
        at: (f64, f64),
        (size, bold, ink): Style,
        anchor: Anchor,
        room: f64,
    ) {
        let (shown, cut) = shortened(text, size, bold, room);
        let full = cut.then(|| text.to_owned());
        self.shapes.push(Shape::Label(Label { text: shown, full, at, size, bold, anchor, ink }));
    }

    /// Text in as many lines as it needs.
    pub(super) fn paragraph(&mut self, text: &str, style: Style) {
        let (size, bold, _) = style;
        for line in lines(text, size, bold, WIDTH - 2.0 * MARGIN) {
            self.y += size * 1.42;
            self.label(&line, (MARGIN, self.y - size * 0.3), style, Anchor::Start);
        }
    }

    pub(super) fn bar(&mut self, from: (f64, f64), to: (f64, f64), ink: Ink) {
        self.shapes.push(Shape::Bar { from, to, ink });
    }

    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), ink: Ink, dashed: bool) {
        self.shapes.push(Shape::Line { from, to, ink, width: if dashed { 2 } else { 1 }, dashed });
    }

    /// The page, with its notes at the foot.
    pub(super) fn finish(mut self, notes: &[String]) -> Page {
        self.y += 8.0;
        for note in notes {
            self.paragraph(note, (SMALL, false, Ink::GREY));
        }
        Page { size: (WIDTH, (self.y + MARGIN - 8.0).ceil()), shapes: self.shapes }
    }
}

/// `part` as a share of `whole`, for a length on paper; zero without a whole.
pub(super) fn part(part: Money, whole: Money) -> f64 {
    let steps = part.share_of(whole, Rounding::half_up(6)).and_then(|share| share.in_steps(6));
    steps.and_then(|steps| i32::try_from(steps).ok()).map_or(0.0, |steps| f64::from(steps) / 1e6)
}

/// A small count as a coordinate.
pub(super) fn number(count: usize) -> f64 {
    f64::from(u16::try_from(count).unwrap_or(u16::MAX))
}
