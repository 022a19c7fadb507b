//! What a rule says of one bid, before it is recorded with its citation.

use crate::tender::{Fact, Reason, Verdict};

/// A verdict with the numbers that were compared, in the order of reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// What the rule says.
    pub verdict: Verdict,
    /// The numbers and words it compared.
    pub facts: Vec<Fact>,
}

impl Judged {
    /// Pass when the rule is `kept`, else fail.
    pub fn when(kept: bool, facts: Vec<Fact>) -> Self {
        Self { verdict: if kept { Verdict::Pass } else { Verdict::Fail }, facts }
    }

    /// The rule does not concern the bid, or a number it needs is unknown.
    pub fn not_applicable(facts: Vec<Fact>) -> Self {
        Self { verdict: Verdict::NotApplicable, facts }
    }

    /// Whether what comes of it waits for somebody's answer, or for a draw that comes first.
    pub fn is_open(&self) -> bool {
        self.facts.iter().any(|fact| fact.name == "answer")
    }

    /// As a step of the evaluation, with the rule's id and where it is written down.
    pub fn recorded(self, rule: &'static str, cite: impl Into<String>) -> Reason {
        Reason { rule, verdict: self.verdict, facts: self.facts, cite: cite.into() }
    }
}
