//! The words that a key of award.json may hold, from the types that they name.

use crate::allocate::Basis;
use crate::certify::BidStatus;
use crate::report::published::Agreement;
use crate::rules::{PriceClass, Unit};
use crate::tender::{BidState, Outcome, PriceToWinNote, Role, Verdict};

/// The same words, or nothing.
pub(in crate::report) fn or_null(words: Vec<&'static str>) -> Vec<Option<&'static str>> {
    words.into_iter().map(Some).chain([None]).collect()
}

/// The names of all variants; one that is left out does not compile.
macro_rules! names {
    ($(#[$doc:meta])* $function:ident, $type:ty, $($variant:ident),+) => {
        $(#[$doc])*
        pub(in crate::report) fn $function() -> Vec<&'static str> {
            let name = |value: $type| match value {
                $(<$type>::$variant => value.name()),+
            };
            [$(<$type>::$variant),+].map(name).to_vec()
        }
    };
}

names!(
    /// How a tender or a lot ended.
    outcomes, Outcome, Awarded, DrawRequired, AnswerRequired, NoAward, Unproved
);
names!(
    /// What became of a bid.
    statuses, BidStatus, Won, Lost, Excluded, Tied, Open
);
names!(
    /// What was filed.
    states, BidState, Valid, Withdrawn, Disqualified, Void
);
names!(
    /// What a rule said of a bid.
    verdicts, Verdict, Pass, Fail, NotApplicable
);
names!(
    /// Where a distribution comes from.
    bases, Basis, SoleWinner, RecordedPicks, SimulatedDraft, OwnBrand, ByRank, ByCapacity, ByClass, ByLadder, LeastCost, Open
);
/// As what a supplier serves a region: the form of the word, since there can be any number of backups.
pub(in crate::report) fn roles() -> String {
    let form = |role: Role| match role {
        Role::Main | Role::OwnBrand => role.name(),
        Role::Backup(_) => "backup-[1-9][0-9]*".to_owned(),
    };
    format!("^({})$", [Role::Main, Role::OwnBrand, Role::Backup(1)].map(form).join("|"))
}

names!(
    /// Bidding units.
    units, Unit, A, B
);
names!(
    /// Classes of winners.
    classes, PriceClass, A1, A, B, C
);
names!(
    /// Whether winners are the published ones.
    agreements, Agreement, Agrees, OptionOfDraw, Differs
);
names!(
    /// What must be known beside a price to win.
    notes, PriceToWinNote, Gone, NoUsablePrice, NoPriceWins, AtCeiling, Unlimited, AtLeast, NotFound
);
