//! Shapes drawn by plotters.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use plotters::drawing::IntoDrawingArea;
use plotters::element::{Drawable, PointCollection};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor};
use plotters_backend::{BackendCoord, DrawingBackend, DrawingErrorKind};

use super::ladder::Mark;
use super::measure::{middle_cut, text_width};
use super::page::{Anchor, Ink, Label, Page, Shape};
use super::svg::{Alternative, Svg};

/// Radius of a dot in tenths of a pixel.
const RADIUS: u32 = 46;

/// The page as SVG.
pub(super) fn draw(page: &Page, alternative: &Alternative<'_>) -> String {
    let mut text = String::new();
    let size = (unsigned(tenth(page.size.0)), unsigned(tenth(page.size.1)));
    let area = Svg::begin(&mut text, size, alternative).into_drawing_area();
    // Writing to a text cannot fail.
    let _ = area.fill(&colour(Ink::PAPER));
    let apart = told_apart(&page.shapes);
    for (place, shape) in page.shapes.iter().enumerate() {
        let _ = area.draw(&Drawn(apart.get(&place).unwrap_or(shape)));
    }
    let _ = area.present();
    drop(area);
    text
}

/// Labels that are cut to the same text though they stand for different ones, each with its middle cut in place of its end; by
/// their places.
fn told_apart(shapes: &[Shape]) -> BTreeMap<usize, Shape> {
    let mut full_of: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let cut = |shape: &'_ Shape| if let Shape::Label(label) = shape { Some(label.clone()) } else { None };
    for shape in shapes {
        if let Shape::Label(Label { text, full: Some(full), .. }) = shape {
            full_of.entry(text).or_default().insert(full);
        }
    }
    let alike = |label: &Label| full_of.get(label.text.as_str()).is_some_and(|full| full.len() > 1);
    shapes
        .iter()
        .enumerate()
        .filter_map(|(place, shape)| {
            let label = cut(shape).filter(alike)?;
            let room = text_width(&label.text, label.size, label.bold);
            let text = middle_cut(label.full.as_deref()?, label.size, label.bold, room);
            Some((place, Shape::Label(Label { text, ..label })))
        })
        .collect()
}

/// A coordinate in whole tenths of a pixel.
#[allow(clippy::as_conversions, clippy::cast_possible_truncation, reason = "rounded first; `as` saturates")]
fn tenth(pixels: f64) -> i32 {
    (pixels * 10.0).round() as i32
}

fn unsigned(value: i32) -> u32 {
    u32::try_from(value).unwrap_or(0)
}

fn at(point: (f64, f64)) -> BackendCoord {
    (tenth(point.0), tenth(point.1))
}

fn colour(ink: Ink) -> RGBColor {
    RGBColor(ink.0, ink.1, ink.2)
}

/// A shape as an element of plotters.
struct Drawn<'a>(&'a Shape);

impl<'a> PointCollection<'a, BackendCoord> for &'a Drawn<'_> {
    type Point = BackendCoord;
    type IntoIter = [BackendCoord; 1];

    fn point_iter(self) -> Self::IntoIter {
        [(0, 0)]
    }
}

impl Drawable<Svg<'_>> for Drawn<'_> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        _: I,
        svg: &mut Svg<'_>,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        match self.0 {
            Shape::Label(label) => write(svg, label),
            Shape::Line { from, to, ink, width, dashed } => {
                svg.dashed = *dashed;
                svg.draw_line(at(*from), at(*to), &colour(*ink).stroke_width(width.saturating_mul(10)))
            }
            Shape::Bar { from, to, ink } => svg.draw_rect(at(*from), at(*to), &colour(*ink), true),
            Shape::Area { corners, ink } => {
                svg.fill_polygon(corners.iter().map(|corner| at(*corner)), &colour(*ink))
            }
            Shape::Bid { at: centre, mark, label } if label.is_empty() => draw_mark(svg, at(*centre), *mark),
            Shape::Bid { at: centre, mark, label } => {
                svg.open_named(label);
                let drawn = draw_mark(svg, at(*centre), *mark);
                svg.close_named();
                drawn
            }
        }
    }
}

fn write(svg: &mut Svg<'_>, label: &Label) -> Result<(), DrawingErrorKind<Infallible>> {
    svg.full.clone_from(&label.full);
    let weight = if label.bold { FontStyle::Bold } else { FontStyle::Normal };
    let side = match label.anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    let style = FontDesc::new(FontFamily::SansSerif, label.size, weight)
        .color(&colour(label.ink))
        .pos(Pos::new(side, VPos::Bottom));
    svg.draw_text(&label.text, &style, at(label.at))
}

fn draw_mark(
    svg: &mut Svg<'_>,
    centre: BackendCoord,
    mark: Mark,
) -> Result<(), DrawingErrorKind<Infallible>> {
    let ring = |svg: &mut Svg<'_>, ink: Ink, width: u32| {
        svg.draw_circle(centre, RADIUS, &colour(Ink::PAPER), true)?;
        svg.draw_circle(centre, RADIUS.saturating_sub(2), &colour(ink).stroke_width(width), false)
    };
    match mark {
        Mark::Won => svg.draw_circle(centre, RADIUS.saturating_add(4), &colour(Ink::WON), true),
        Mark::Lost => ring(svg, Ink::MIDDLE, 14),
        Mark::Tied => {
            ring(svg, Ink::ACCENT, 16)?;
            svg.draw_circle(centre, RADIUS.div_euclid(2), &colour(Ink::ACCENT), true)
        }
        Mark::Excluded => {
            let style = colour(Ink::GREY).stroke_width(14);
            let (x, y) = centre;
            for rise in [30, -30] {
                let from = (x.saturating_sub(30), y.saturating_sub(rise));
                svg.draw_path([from, (x.saturating_add(30), y.saturating_add(rise))], &style)?;
            }
            Ok(())
        }
    }
}
