//! Rule `agreed-share-by-incumbency`.

use super::Judged;
use crate::money::Ratio;
use crate::tender::{Fact, VolumeClass};

/// Which share of a winner's volume is agreed, by whether it supplies today.
///
/// # What it checks
/// Nothing by itself; it gives the share of what falls to a winner that is agreed: one for incumbents, one for newcomers, and
/// one for all winners of a lot of class `restricted`. Whether a supplier is an incumbent stands in `suppliers.csv`
/// (`incumbent`); a winner of which it is not known is an error.
///
/// # Why
/// Hospitals can commit more to a firm that has shown that it delivers than to one that has not.
///
/// # Parameters
/// - `incumbent` (share): of a winner that supplies today.
/// - `newcomer` (share): of one that does not.
/// - `restricted` (share): of any winner of a restricted lot.
///
/// # Example
/// 60 % for incumbents and 50 % for newcomers: of 1,000 units each, 600 and 500 are agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreedShareByIncumbency {
    /// Share of a winner that supplies today.
    pub incumbent: Ratio,
    /// Share of one that does not.
    pub newcomer: Ratio,
    /// Share of any winner of a restricted lot.
    pub restricted: Ratio,
}

impl AgreedShareByIncumbency {
    /// The rule's id.
    pub const ID: &'static str = "agreed-share-by-incumbency";

    /// The share agreed of a winner's volume.
    pub fn share(&self, incumbent: bool, class: VolumeClass) -> Ratio {
        match (class, incumbent) {
            (VolumeClass::Restricted, _) => self.restricted,
            (VolumeClass::Ordinary, true) => self.incumbent,
            (VolumeClass::Ordinary, false) => self.newcomer,
        }
    }

    /// What is recorded of a bid that wins, or may win by a draw.
    pub fn record(&self, incumbent: bool, class: VolumeClass) -> Judged {
        let facts = vec![
            Fact::new("incumbent", if incumbent { "yes" } else { "no" }),
            Fact::new("volume_class", class.name()),
            Fact::new("winner_share", self.share(incumbent, class)),
        ];
        Judged::when(true, facts)
    }
}
