//! JSON with one line for each element of a lot's lists: small enough to open, short enough to read.

use std::io;

use serde_json::ser::Formatter;

/// How deep lines are broken; what lies deeper stands on one line.
const BROKEN: usize = 4;

/// Breaks lines down to [`BROKEN`] levels.
#[derive(Default)]
pub(super) struct Lines {
    depth: usize,
    filled: bool,
}

impl Lines {
    fn begin<W: ?Sized + io::Write>(&mut self, to: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth = self.depth.saturating_add(1);
        self.filled = false;
        to.write_all(bracket)
    }

    fn end<W: ?Sized + io::Write>(&mut self, to: &mut W, bracket: &[u8]) -> io::Result<()> {
        let broken = self.depth <= BROKEN && self.filled;
        self.depth = self.depth.saturating_sub(1);
        if broken {
            self.line(to)?;
        }
        self.filled = true;
        to.write_all(bracket)
    }

    fn next<W: ?Sized + io::Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        if !first {
            to.write_all(b",")?;
        }
        self.filled = true;
        match (self.depth <= BROKEN, first) {
            (true, _) => self.line(to),
            (false, true) => Ok(()),
            (false, false) => to.write_all(b" "),
        }
    }

    fn line<W: ?Sized + io::Write>(&self, to: &mut W) -> io::Result<()> {
        to.write_all(b"\n")?;
        to.write_all(" ".repeat(self.depth.saturating_mul(2)).as_bytes())
    }
}

impl Formatter for Lines {
    fn begin_array<W: ?Sized + io::Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.begin(to, b"[")
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.end(to, b"]")
    }

    fn begin_array_value<W: ?Sized + io::Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.next(to, first)
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.begin(to, b"{")
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.end(to, b"}")
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.next(to, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, to: &mut W) -> io::Result<()> {
        to.write_all(b": ")
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize;
    use serde_json::{Serializer, json};

    use super::*;

    #[test]
    fn lists_of_a_lot_have_a_line_for_each_element() {
        let value = json!({"lots": [{"a": [[1, {"b": []}], []], "c": []}]});
        let mut bytes = Vec::new();
        value.serialize(&mut Serializer::with_formatter(&mut bytes, Lines::default())).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let shown = "{\n  \"lots\": [\n    {\n      \"a\": [\n        [1, {\"b\": []}],\n        []\n      ],\n      \"c\": []\n    }\n  ]\n}";
        assert_eq!(text, shown);
    }
}
