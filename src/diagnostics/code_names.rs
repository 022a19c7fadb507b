//! How a code is found by its number, and where its texts are.

use super::codes::Code;

impl Code {
    /// The code with this number, in any case of letters.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.id().eq_ignore_ascii_case(id))
    }

    /// The key of one of its texts: `message`, `help`, `explanation` or `example`.
    pub fn text_key(self, part: &str) -> String {
        format!("errors.{}.{part}", self.id())
    }
}
