//! What a command has to say, before anything of it is printed.

use std::fmt::Write as _;
use std::io::{self, ErrorKind, Write};

use super::exit::Exit;
use crate::diagnostics::{escape, width, wrap};
use crate::text::{Language, fill, text};

/// Columns of a page.
pub(super) const PAGE: usize = 80;

/// What a command has to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// For standard output.
    pub results: String,
    /// For standard error.
    pub messages: String,
    /// For the shell.
    pub exit: Exit,
}

impl Answer {
    /// Results and nothing else.
    pub(super) fn done(results: String) -> Self {
        Self { results, messages: String::new(), exit: Exit::Done }
    }

    /// A refusal: the message, and a way out for each of `ways`.
    pub(super) fn refused(language: Language, message: &str, ways: &[String], exit: Exit) -> Self {
        Self { results: String::new(), messages: refusal(language, message, ways), exit }
    }

    /// Writes it out. A reader that has closed the pipe has seen enough: that is no error.
    pub fn write(&self, language: Language, results: &mut dyn Write, messages: &mut dyn Write) -> Exit {
        // A message that nobody can be shown must not keep the results back.
        let _ = put(messages, &self.messages);
        match put(results, &self.results) {
            Ok(()) => self.exit,
            Err(fault) => {
                let message = fill(language, "cli.usage.not_printed", &[("reason", &fault.to_string())]);
                let ways = [text(language, "cli.usage.not_printed_help").to_owned()];
                let _ = put(messages, &refusal(language, &message, &ways));
                Exit::Internal
            }
        }
    }
}

fn put(to: &mut dyn Write, what: &str) -> io::Result<()> {
    match to.write_all(what.as_bytes()).and_then(|()| to.flush()) {
        Err(fault) if fault.kind() == ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

/// A message of the command line in the form of the diagnostics.
fn refusal(language: Language, message: &str, ways: &[String]) -> String {
    let mut shown = paragraph(&format!("{}: {message}", text(language, "errors.word.error")), 0);
    for way in ways {
        let lead = format!("  = {}: ", text(language, "errors.word.help"));
        let indent = columns(&lead);
        let body = paragraph(way, indent);
        let _ = write!(shown, "{lead}{}", body.trim_start());
    }
    shown
}

/// `text` as lines that end before the page does, each after `indent` blanks.
pub(super) fn paragraph(text: &str, indent: usize) -> String {
    let lines = wrap(text, PAGE.saturating_sub(indent));
    lines.iter().fold(String::new(), |mut shown, line| {
        let _ = writeln!(shown, "{}{line}", if line.is_empty() { String::new() } else { " ".repeat(indent) });
        shown
    })
}

/// Names with their descriptions in two columns, after two blanks.
pub(super) fn table(rows: &[(String, String)]) -> String {
    let widest =
        rows.iter().map(|(name, _)| columns(name)).filter(|width| *width <= WIDEST).max().unwrap_or(0);
    let indent = widest.saturating_add(4);
    rows.iter().fold(String::new(), |mut shown, (name, description)| {
        let body = paragraph(description, indent);
        let room = indent.checked_sub(columns(name).saturating_add(2)).filter(|room| *room >= 2);
        let _ = match room {
            Some(room) => write!(shown, "  {name}{}{}", " ".repeat(room), body.trim_start()),
            None => write!(shown, "  {name}\n{body}"),
        };
        shown
    })
}

/// The widest name that its description stands beside.
const WIDEST: usize = 24;

/// Columns of a terminal that a text takes.
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(width).sum()
}

/// The title of a section, on a line of its own.
pub(super) fn section(title: &str, language: Language) -> String {
    format!("\n{}\n", fill(language, "cli.help.section", &[("title", title)]))
}

/// A name with its value.
pub(super) fn pair(name: &str, value: &str, language: Language) -> String {
    fill(language, "cli.help.pair", &[("name", name), ("value", value)])
}

/// What a user wrote, made safe to show in a sentence.
pub(super) fn quoted(given: &str) -> String {
    format!("\"{}\"", escape(given))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Refusing(ErrorKind);

    impl Write for Refusing {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_closed_pipe_is_no_error_and_a_full_disk_is_one() {
        let answer = Answer::done("x".to_owned());
        let mut messages = Vec::new();
        let closed = answer.write(Language::English, &mut Refusing(ErrorKind::BrokenPipe), &mut messages);
        assert_eq!((closed, messages.len()), (Exit::Done, 0));
        let full = answer.write(Language::English, &mut Refusing(ErrorKind::StorageFull), &mut messages);
        assert_eq!(full, Exit::Internal);
        assert!(!messages.is_empty());
    }

    #[test]
    fn descriptions_stand_beside_short_names_and_under_long_ones() {
        let long = "n".repeat(30);
        let rows = [
            ("a".to_owned(), "one".to_owned()),
            ("bbb".to_owned(), "two".to_owned()),
            (long.clone(), "x".to_owned()),
        ];
        assert_eq!(table(&rows), format!("  a    one\n  bbb  two\n  {long}\n       x\n"));
    }
}
