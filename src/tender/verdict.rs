//! What a rule said of a bid, with the numbers it compared.

/// What a rule says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The bid keeps the rule.
    Pass,
    /// The bid breaks the rule.
    Fail,
    /// The rule does not concern the bid, or a number it needs is unknown.
    NotApplicable,
}

impl Verdict {
    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::NotApplicable => "not_applicable",
        }
    }
}

/// One number or word that a rule compared: its name in the text catalogue (`rules.fact.NAME`) and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Name, such as `comparable_price`.
    pub name: &'static str,
    /// Value, as text.
    pub value: String,
}

impl Fact {
    /// A named value.
    pub fn new(name: &'static str, value: impl ToString) -> Self {
        Self { name, value: value.to_string() }
    }
}

/// One step of the evaluation of a bid, as it is recorded and reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The rule's id.
    pub rule: &'static str,
    /// What it said.
    pub verdict: Verdict,
    /// The numbers it compared, in the order of reading.
    pub facts: Vec<Fact>,
    /// Where the rule is written down.
    pub cite: String,
}

/// How a lot ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Winners are settled and proved.
    Awarded,
    /// A tie that the rules do not settle.
    DrawRequired,
    /// A bidder has not said whether it takes a revival price.
    AnswerRequired,
    /// Nobody can win.
    NoAward,
    /// An award was found but not proved best.
    Unproved,
}

impl Outcome {
    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Awarded => "awarded",
            Self::DrawRequired => "draw_required",
            Self::AnswerRequired => "answer_required",
            Self::NoAward => "no_award",
            Self::Unproved => "unproved",
        }
    }
}
