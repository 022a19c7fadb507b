//! What a run tells the shell.

use crate::diagnostics::{Code, Diagnostics};
use crate::tender::Outcome;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All is done.
    Done,
    /// A human must act: a draw or an answer is required, nothing is awarded, or an award is not proved.
    HumanMustAct,
    /// The command line cannot be carried out as it stands.
    Usage,
    /// The tender has errors.
    InvalidInput,
    /// A report does not hold.
    NotVerified,
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
            Self::NotVerified => 4,
            Self::Internal => 70,
        }
    }

    /// How a run ends that an evaluation with this outcome was done in.
    pub(super) const fn of_outcome(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Awarded => Self::Done,
            Outcome::DrawRequired | Outcome::AnswerRequired | Outcome::NoAward | Outcome::Unproved => {
                Self::HumanMustAct
            }
        }
    }

    /// How a run ends that was stopped by these diagnostics: an internal error (group `09`) before all, then a report
    /// folder that cannot be written, then errors of the tender.
    pub(super) fn of_diagnostics(diagnostics: &Diagnostics) -> Self {
        if diagnostics.iter().any(|one| one.code.id().starts_with("E09")) {
            Self::Internal
        } else if diagnostics.iter().any(|one| is_about_the_report_folder(one.code)) {
            Self::Usage
        } else {
            Self::InvalidInput
        }
    }
}

/// Whether another report folder on the command line would help.
fn is_about_the_report_folder(code: Code) -> bool {
    matches!(
        code,
        Code::ReportNotAFolder
            | Code::ReportFolderForeign
            | Code::ReportFolderHoldsMore
            | Code::ReportNotPermitted
            | Code::ReportDiskFull
            | Code::ReportNotWritten
            | Code::ReportMissing
            | Code::ReportUnreadable
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Diagnostic;

    #[test]
    fn an_internal_error_outweighs_the_rest() {
        let of = |codes: &[&str]| {
            let all = codes.iter().map(|id| Diagnostic::new(Code::from_id(id).unwrap()));
            Exit::of_diagnostics(&all.collect()).code()
        };
        assert_eq!(of(&["E0001"]), 3);
        assert_eq!(of(&["E0001", "E0901"]), 70);
        assert_eq!(of(&["E0602"]), 2);
        assert_eq!(of(&["E0607"]), 3);
    }

    #[test]
    fn only_a_settled_award_is_done() {
        let codes = [Outcome::Awarded, Outcome::DrawRequired, Outcome::NoAward, Outcome::Unproved]
            .map(|outcome| Exit::of_outcome(outcome).code());
        assert_eq!(codes, [0, 1, 1, 1]);
    }
}
