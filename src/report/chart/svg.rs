//! The backend that plotters draws on: SVG with names on marks, dashes and a list of fonts.
//!
//! plotters' own SVG backend knows one font name, no dashes and no text alternative. Positions come in tenths of a
//! pixel, since plotters' coordinates are whole numbers.

use std::convert::Infallible;
use std::fmt::Write as _;

use plotters::style::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
};

/// Fonts in the order of preference; the first ones cover Chinese and Latin alike.
const FONTS: &str = "'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',\
                     'Hiragino Sans GB','WenQuanYi Micro Hei','Segoe UI','Helvetica Neue',Arial,sans-serif";

/// Size and colour of text that states none.
const SIZE: &str = "13";
const TEXT: &str = "#1a2233";

/// Tenths of a pixel.
pub(super) const TENTHS: i32 = 10;

/// Title and text alternative of a drawing.
pub(super) struct Alternative<'a> {
    /// What the ids of title and description begin with: several drawings can stand on one page.
    pub id: &'a str,
    /// Title.
    pub title: &'a str,
    /// The drawing in words.
    pub description: &'a str,
    /// Language code of both.
    pub language: &'a str,
}

/// An SVG text in the making.
pub(super) struct Svg<'a> {
    text: &'a mut String,
    size: (u32, u32),
    /// The full text of the next label, and whether the next line is dashed.
    pub(super) full: Option<String>,
    pub(super) dashed: bool,
    open: bool,
}

impl<'a> Svg<'a> {
    /// Begins a drawing of `size` tenths of a pixel.
    pub(super) fn begin(text: &'a mut String, size: (u32, u32), alternative: &Alternative<'_>) -> Self {
        let (width, height) = (size.0.div_ceil(10), size.1.div_ceil(10));
        let _ = write!(
            text,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" lang=\"{language}\" xml:lang=\"{language}\" \
             width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-family=\"{FONTS}\" \
             font-size=\"{SIZE}\" fill=\"{TEXT}\" \
             aria-labelledby=\"{id}-title {id}-desc\">\n\
             <title id=\"{id}-title\">{title}</title>\n\
             <desc id=\"{id}-desc\">{description}</desc>\n",
            id = escaped(alternative.id),
            language = escaped(alternative.language),
            title = escaped(alternative.title),
            description = escaped(alternative.description),
        );
        Self { text, size, full: None, dashed: false, open: true }
    }

    /// Begins a group of shapes that carries a name.
    pub(super) fn open_named(&mut self, name: &str) {
        let _ = writeln!(self.text, "<g><title>{}</title>", escaped(name));
    }

    /// Ends a group.
    pub(super) fn close_named(&mut self) {
        self.text.push_str("</g>\n");
    }

    fn paint<S: BackendStyle>(style: &S, fill: bool) -> String {
        let colour = hex(style.color());
        if fill {
            format!("fill=\"{colour}\"")
        } else {
            format!("fill=\"none\" stroke=\"{colour}\" stroke-width=\"{}\"", tenths_of(style.stroke_width()))
        }
    }
}

/// `text` as XML: marked characters written as entities, characters that XML forbids replaced.
fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut safe, character| {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            control if control.is_control() => safe.push('\u{fffd}'),
            plain => safe.push(plain),
        }
        safe
    })
}

fn hex(colour: BackendColor) -> String {
    let (red, green, blue) = colour.rgb;
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// A number of tenths as a decimal.
fn tenths(value: i32) -> String {
    let (whole, part) = (value.div_euclid(TENTHS), value.rem_euclid(TENTHS));
    match (part, whole) {
        (0, _) => whole.to_string(),
        (_, 0..) => format!("{whole}.{part}"),
        // Below zero the digit after the point counts towards zero.
        _ => format!("-{}.{}", whole.saturating_add(1).saturating_abs(), TENTHS.saturating_sub(part)),
    }
}

fn tenths_of(value: u32) -> String {
    tenths(i32::try_from(value).unwrap_or(i32::MAX))
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Svg<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        if self.open {
            self.text.push_str("</svg>\n");
            self.open = false;
        }
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        let (x, y) = (tenths(point.0), tenths(point.1));
        let _ = writeln!(
            self.text,
            "<rect x=\"{x}\" y=\"{y}\" width=\"0.1\" height=\"0.1\" fill=\"{}\"/>",
            hex(color)
        );
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        let width = tenths_of(style.stroke_width());
        let width = if width == "1" { String::new() } else { format!(" stroke-width=\"{width}\"") };
        let dashes = if std::mem::take(&mut self.dashed) { " stroke-dasharray=\"4 3\"" } else { "" };
        let _ = writeln!(
            self.text,
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"{}\"{width}{dashes}/>",
            tenths(from.0),
            tenths(from.1),
            tenths(to.0),
            tenths(to.1),
            hex(style.color()),
        );
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let _ = writeln!(
            self.text,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" {}/>",
            tenths(upper_left.0),
            tenths(upper_left.1),
            tenths(bottom_right.0.saturating_sub(upper_left.0)),
            tenths(bottom_right.1.saturating_sub(upper_left.1)),
            Self::paint(style, fill),
        );
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let points: Vec<String> =
            path.into_iter().map(|(x, y)| format!("{},{}", tenths(x), tenths(y))).collect();
        let _ = writeln!(
            self.text,
            "<polyline points=\"{}\" {} stroke-linecap=\"round\"/>",
            points.join(" "),
            Self::paint(style, false)
        );
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Drawn {
        let points: Vec<String> =
            corners.into_iter().map(|(x, y)| format!("{},{}", tenths(x), tenths(y))).collect();
        let _ =
            writeln!(self.text, "<polygon points=\"{}\" {}/>", points.join(" "), Self::paint(style, true));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let _ = writeln!(
            self.text,
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" {}/>",
            tenths(center.0),
            tenths(center.1),
            tenths_of(radius),
            Self::paint(style, fill),
        );
        Ok(())
    }

    /// The position is that of the base line; vertical anchors are not used.
    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, pos: BackendCoord) -> Drawn {
        // What the root states is not said again: a page of many lots has tens of thousands of labels.
        let anchor = match style.anchor().h_pos {
            HPos::Left => "",
            HPos::Center => " text-anchor=\"middle\"",
            HPos::Right => " text-anchor=\"end\"",
        };
        let size = style.size().to_string();
        let size = if size == SIZE { String::new() } else { format!(" font-size=\"{size}\"") };
        let fill = hex(style.color());
        let fill = if fill == TEXT { String::new() } else { format!(" fill=\"{fill}\"") };
        let weight = if matches!(style.style(), FontStyle::Bold) { " font-weight=\"700\"" } else { "" };
        let title =
            self.full.take().map(|full| format!("<title>{}</title>", escaped(&full))).unwrap_or_default();
        let _ = writeln!(
            self.text,
            "<text x=\"{}\" y=\"{}\"{size}{anchor}{fill}{weight}>{title}{}</text>",
            tenths(pos.0),
            tenths(pos.1),
            escaped(text),
        );
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenths_are_decimals_on_both_sides_of_zero() {
        let shown: Vec<String> = [0, 7, 10, 123, -7, -10, -123].into_iter().map(tenths).collect();
        assert_eq!(shown, ["0", "0.7", "1", "12.3", "-0.7", "-1", "-12.3"]);
    }

    #[test]
    fn what_xml_forbids_is_replaced() {
        assert_eq!(escaped("a<b>&\"'\u{1}\u{ffff}"), "a&lt;b&gt;&amp;&quot;&#39;\u{fffd}\u{fffd}");
    }
}
