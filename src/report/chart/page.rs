//! A drawing as a list of shapes, in pixels, before anything is written.

/// Colour roles; the drawing's only accent is [`Ink::ACCENT`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ink(pub u8, pub u8, pub u8);

impl Ink {
    /// Text and lines.
    pub(super) const DARK: Self = Self(0x1a, 0x22, 0x33);
    /// Secondary text.
    pub(super) const GREY: Self = Self(0x59, 0x62, 0x72);
    /// Outline of what did not win.
    pub(super) const MIDDLE: Self = Self(0x7a, 0x83, 0x91);
    /// The row's track.
    pub(super) const TRACK: Self = Self(0xee, 0xf0, 0xf4);
    /// Grid lines.
    pub(super) const GRID: Self = Self(0xe2, 0xe5, 0xea);
    /// What won: dark, so that it stays darkest in grey print.
    pub(super) const WON: Self = Self(0x0b, 0x4a, 0x8f);
    /// The one accent: the ceiling, and what waits for a human.
    pub(super) const ACCENT: Self = Self(0xc2, 0x41, 0x0c);
    /// A price before the award.
    pub(super) const BEFORE: Self = Self(0x9a, 0xa5, 0xb5);
    /// What is saved: the lightest bar, also in grey print.
    pub(super) const SAVED: Self = Self(0xc3, 0xdb, 0xf0);
    /// The half of the draws in the middle of a fan: darker than the rest, also in grey print.
    pub(super) const HALF: Self = Self(0x86, 0xb0, 0xd8);
    /// Paper.
    pub(super) const PAPER: Self = Self(0xff, 0xff, 0xff);
}

/// Which end of a text its position names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Label {
    /// What is shown.
    pub text: String,
    /// The full text, when what is shown is cut.
    pub full: Option<String>,
    /// Position of the anchor, and of the base line.
    pub at: (f64, f64),
    /// Font size.
    pub size: f64,
    /// Bold or not.
    pub bold: bool,
    /// Which end `at` names.
    pub anchor: Anchor,
    /// Colour.
    pub ink: Ink,
}

/// One shape.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    /// Text.
    Label(Label),
    /// A straight line.
    Line {
        /// One end.
        from: (f64, f64),
        /// The other.
        to: (f64, f64),
        /// Colour.
        ink: Ink,
        /// Width in whole pixels.
        width: u32,
        /// Dashed or solid.
        dashed: bool,
    },
    /// A filled rectangle.
    Bar {
        /// Upper left corner.
        from: (f64, f64),
        /// Lower right corner.
        to: (f64, f64),
        /// Colour.
        ink: Ink,
    },
    /// A filled outline.
    Area {
        /// Its corners in turn.
        corners: Vec<(f64, f64)>,
        /// Colour.
        ink: Ink,
    },
    /// A bid.
    Bid {
        /// Centre.
        at: (f64, f64),
        /// Which mark.
        mark: super::ladder::Mark,
        /// Shown when a pointer rests on it; empty in the legend.
        label: String,
    },
}

/// A drawing.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Page {
    /// Width and height in pixels.
    pub size: (f64, f64),
    /// Shapes, from back to front.
    pub shapes: Vec<Shape>,
}
