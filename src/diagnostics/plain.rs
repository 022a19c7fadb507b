//! Diagnostics as text, for people.

use std::fmt::Write as _;

use crate::text::{Language, text};

use super::collection::Diagnostics;
use super::diagnostic::Diagnostic;
use super::escape::escape;
use super::severity::Severity;
use super::source::Place;
use super::wrap::{width, wrap};

/// Columns of the page.
const PAGE: usize = 80;

/// All diagnostics as text of 80 columns, a blank line between two.
///
/// ```text
/// error[E0301]: price "1,200.00" has a thousands mark
///   --> bids.csv:12:7
///    |
/// 12 | A,S1,"1,200.00"
///    |      ^^^^^^^^^^
///    = help: write 1200.00
/// ```
///
/// `colour` adds terminal colours.
pub fn plain(diagnostics: &Diagnostics, language: Language, colour: bool) -> String {
    let shown: Vec<String> = diagnostics.iter().map(|diagnostic| one(diagnostic, language, colour)).collect();
    shown.join("\n")
}

/// One diagnostic with its line of the file.
fn one(diagnostic: &Diagnostic, language: Language, colour: bool) -> String {
    let severity = diagnostic.severity();
    let word = match severity {
        Severity::Error => text(language, "errors.word.error"),
        Severity::Warning => text(language, "errors.word.warning"),
    };
    let paint = Paint { on: colour, severity };
    let head = format!("{word}[{}]", diagnostic.code.id());
    let mut lines = wrap(&format!("{head}: {}", diagnostic.message(language)), PAGE).into_iter();
    let first = lines.next().unwrap_or_default();
    let mut shown = format!("{}{}\n", paint.strong(&head), first.strip_prefix(&head).unwrap_or(&first));
    for line in lines {
        let _ = writeln!(shown, "  {line}");
    }
    let mut margin = String::from(" ");
    if let Some(place) = &diagnostic.place {
        let digits = place.line.to_string().len();
        let arrow = " ".repeat(digits);
        let _ = writeln!(shown, "{arrow}--> {}:{}:{}", escape(&place.file), place.line, place.column);
        margin = " ".repeat(digits.saturating_add(1));
        if !place.excerpt.is_empty() {
            shown.push_str(&snippet(place, &margin, paint));
        }
    }
    shown.push_str(&help(diagnostic, language, &margin));
    shown
}

fn help(diagnostic: &Diagnostic, language: Language, margin: &str) -> String {
    let lead = format!("{margin}= {}: ", text(language, "errors.word.help"));
    let indent = lead.chars().map(width).sum();
    let lines = wrap(&diagnostic.help(language), PAGE.saturating_sub(indent));
    let mut shown = String::new();
    for (number, line) in lines.iter().enumerate() {
        let before = if number == 0 { lead.clone() } else { " ".repeat(indent) };
        let _ = writeln!(shown, "{before}{line}");
    }
    shown
}

/// The line of the file, with the offending text marked under it.
fn snippet(place: &Place, margin: &str, paint: Paint) -> String {
    let room = PAGE.saturating_sub(margin.len()).saturating_sub(2);
    let (line, before, under) = fit(place, room);
    let mark = "^".repeat(under.max(1));
    format!(
        "{margin}|\n{number} | {line}\n{margin}| {blank}{mark}\n",
        number = place.line,
        blank = " ".repeat(before),
        mark = paint.strong(&mark),
    )
}

/// The excerpt in at most `room` columns, the columns before the offending text, and its width.
fn fit(place: &Place, room: usize) -> (String, usize, usize) {
    let shown: Vec<String> = place.excerpt.chars().map(|character| escape(&character.to_string())).collect();
    let wide = |part: &[String]| -> usize { part.iter().flat_map(|shown| shown.chars()).map(width).sum() };
    let (lead, rest) = shown.split_at_checked(place.span.start).unwrap_or((&shown, &[]));
    let (span, tail) = rest.split_at_checked(place.span.len()).unwrap_or((rest, &[]));
    // One column on each side is kept for the mark of a cut.
    let room = room.saturating_sub(2);
    let span_room = room.saturating_sub(wide(lead).min(room / 4));
    let span_shown = first_fitting(span, span_room);
    let left = room.saturating_sub(wide(span_shown));
    let tail_wanted = wide(tail).min(left / 2);
    let lead_shown = last_fitting(lead, left.saturating_sub(tail_wanted));
    let tail_shown = if span_shown.len() < span.len() {
        &[]
    } else {
        first_fitting(tail, left.saturating_sub(wide(lead_shown)))
    };
    let cut_before = place.cut_before || lead_shown.len() < lead.len();
    let shown_after = span_shown.len().saturating_add(tail_shown.len());
    let cut_after = place.cut_after || shown_after < span.len().saturating_add(tail.len());
    let mut line = String::new();
    if cut_before {
        line.push('…');
    }
    [lead_shown, span_shown, tail_shown].into_iter().flatten().for_each(|shown| line.push_str(shown));
    if cut_after {
        line.push('…');
    }
    let before = wide(lead_shown).saturating_add(usize::from(cut_before));
    (line, before, wide(span_shown))
}

fn first_fitting(part: &[String], room: usize) -> &[String] {
    let count = fitting(part.iter(), room);
    part.get(..count).unwrap_or(part)
}

fn last_fitting(part: &[String], room: usize) -> &[String] {
    let count = fitting(part.iter().rev(), room);
    part.get(part.len().saturating_sub(count)..).unwrap_or(part)
}

/// How many of `parts` fit into `room` columns.
fn fitting<'a>(parts: impl Iterator<Item = &'a String>, room: usize) -> usize {
    parts
        .scan(0_usize, |used, part| {
            *used = used.saturating_add(part.chars().map(width).sum());
            Some(*used)
        })
        .take_while(|used| *used <= room)
        .count()
}

/// Terminal colours, when they are asked for.
#[derive(Clone, Copy)]
struct Paint {
    on: bool,
    severity: Severity,
}

impl Paint {
    fn strong(self, text: &str) -> String {
        let colour = match (self.on, self.severity) {
            (false, _) => return text.to_owned(),
            (true, Severity::Error) => 31,
            (true, Severity::Warning) => 33,
        };
        format!("\u{1b}[1;{colour}m{text}\u{1b}[0m")
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, reason = "offsets in short texts")]
mod tests {
    use super::*;
    use crate::diagnostics::{Code, Source, json};

    fn unknown_file(line: &str, offending: &str) -> Diagnostics {
        let source = Source::new("bids.csv", format!("a\n{line}\n"));
        let start = source.text().find(offending).unwrap();
        let place = source.place(start..start + offending.len());
        Diagnostic::at(Code::FileUnknown, place).with("near", "x.csv").into()
    }

    #[test]
    fn the_mark_stands_under_the_text() {
        let shown = plain(&unknown_file("甲,\"1,200\",乙", "\"1,200\""), Language::English, false);
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines[0], "error[E0006]: bids.csv is not a file of the format");
        assert_eq!(
            &lines[1..],
            [
                " --> bids.csv:2:3",
                "  |",
                "2 | 甲,\"1,200\",乙",
                "  |    ^^^^^^^",
                "  = help: did you mean x.csv? otherwise move it out of the folder",
            ]
        );
    }

    #[test]
    fn hidden_characters_are_escaped_and_the_mark_is_as_wide_as_the_escape() {
        let diagnostics = unknown_file("A,S\u{202e}1,x", "S\u{202e}1");
        let shown = plain(&diagnostics, Language::Chinese, false);
        assert!(shown.contains("2 | A,S\\u{202e}1,x\n  |   ^^^^^^^^^^\n"), "{shown}");
        assert!(!shown.contains('\u{202e}'));
        let written = json(&diagnostics, Language::English);
        assert!(!written.contains('\u{202e}') && written.contains("S\\\\u{202e}1"), "{written}");
    }

    #[test]
    fn no_line_is_wider_than_the_page() {
        let long = format!("{}ZZ{}", "价格".repeat(200), "x".repeat(300));
        for offending in ["ZZ", "xxx", &"x".repeat(300), "价格价格", &"价格".repeat(200)] {
            let shown = plain(&unknown_file(&long, offending), Language::English, false);
            for line in shown.lines() {
                assert!(line.chars().map(width).sum::<usize>() <= PAGE, "{line}");
            }
            let marked = shown.lines().nth(4).unwrap();
            assert!(marked.contains('^'));
        }
    }

    #[test]
    fn the_order_of_discovery_does_not_matter() {
        let one = unknown_file("x,y", "x").into_iter().next().unwrap();
        let two = unknown_file("x,y", "y").into_iter().next().unwrap();
        let forwards: Diagnostics = [one.clone(), two.clone()].into_iter().collect();
        let mut backwards = Diagnostics::new();
        backwards.push(two);
        backwards.push(one);
        assert_eq!(forwards, backwards);
        assert_eq!(json(&Diagnostics::new(), Language::English), "[]\n");
    }
}
