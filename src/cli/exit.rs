//! What a run tells the shell.

use crate::diagnostics::Diagnostics;
use crate::tender::Outcome;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All is done.
    Done,
    /// A human must act: a draw is required, nothing is awarded, or an award is not proved.
    HumanMustAct,
    /// The command line cannot be carried out as it stands.
    Usage,
    /// The tender has errors.
    InvalidInput,
    /// Internal error, or the results could not be written out.
    Internal,
}

impl Exit {
    /// The code for the shell.
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::HumanMustAct => 1,
            Self::Usage => 2,
            Self::InvalidInput => 3,
            Self::Internal => 70,
        }
    }

    /// How a run ends that an evaluation with this outcome was done in.
    pub(super) const fn of_outcome(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Awarded => Self::Done,
            Outcome::DrawRequired | Outcome::NoAward | Outcome::Unproved => Self::HumanMustAct,
        }
    }

    /// How a run ends that was stopped by these diagnostics: an internal error (group `09`) before all, then a report
    /// folder that cannot be written (group `06`), then errors of the tender.
    pub(super) fn of_diagnostics(diagnostics: &Diagnostics) -> Self {
        let group = |number: &str| {
            diagnostics
                .iter()
                .any(|one| one.code.id().strip_prefix('E').is_some_and(|id| id.starts_with(number)))
        };
        if group("09") {
            Self::Internal
        } else if group("06") {
            Self::Usage
        } else {
            Self::InvalidInput
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Code, Diagnostic};

    #[test]
    fn an_internal_error_outweighs_the_rest() {
        let of = |codes: &[&str]| {
            let all = codes.iter().map(|id| Diagnostic::new(Code::from_id(id).unwrap()));
            Exit::of_diagnostics(&all.collect()).code()
        };
        assert_eq!(of(&["E0001"]), 3);
        assert_eq!(of(&["E0001", "E0901"]), 70);
    }

    #[test]
    fn only_a_settled_award_is_done() {
        let codes = [Outcome::Awarded, Outcome::DrawRequired, Outcome::NoAward, Outcome::Unproved]
            .map(|outcome| Exit::of_outcome(outcome).code());
        assert_eq!(codes, [0, 1, 1, 1]);
    }
}
