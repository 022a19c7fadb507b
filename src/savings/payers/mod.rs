//! Who pays: schemes of basic insurance, critical-illness insurance, medical assistance, and the patient.
//!
//! | file | what |
//! | --- | --- |
//! | `profile` | a payer profile from its TOML |
//! | `part` | one table of it |
//! | `split` | a saving split by rates |
//! | `case` | one bill before and after, for each kind of insured |

mod case;
mod part;
mod profile;
mod split;

use crate::money::{Money, Ratio};
use crate::rules::Status;

pub use case::{Bill, BillParts, bill_parts, first_year_standard};
pub use split::{AreaSaving, Payer, PayerShare, SplitSaving, split_saving};

/// How a place pays for care. Every number has a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Id and titles.
    pub named: Named,
    /// Where it comes from as a whole.
    pub cited: Cited,
    /// Share of use by people with basic insurance; the rest is paid by patients.
    pub insured_share: Ratio,
    /// Schemes of basic insurance; their shares add up to one.
    pub schemes: Vec<Scheme>,
    /// The second layer.
    pub critical_illness: Layer,
    /// The third layer.
    pub assistance: Layer,
    /// Kinds of insured people, for illustrations.
    pub insured: Vec<Insured>,
    /// How the payment standard of products outside the award comes down.
    pub payment_standard: PaymentStandard,
    /// Bands of scores for the retention of surplus, from the highest down to zero.
    pub retention: Vec<Band>,
    /// How suppliers are paid.
    pub settlement: Settlement,
}

impl Profile {
    /// Every part with its source, in the order of the file.
    pub fn sources(&self) -> Vec<(String, &Cited)> {
        let mut all = vec![("profile".to_owned(), &self.cited)];
        for scheme in &self.schemes {
            all.push((format!("scheme {}", scheme.named.id), &scheme.cited));
            let settings = scheme.settings.iter();
            all.extend(
                settings.map(|of| (format!("setting {} {}", scheme.named.id, of.named.id), &of.cited)),
            );
        }
        all.push(("critical_illness".to_owned(), &self.critical_illness.cited));
        all.push(("assistance".to_owned(), &self.assistance.cited));
        all.extend(self.insured.iter().map(|one| (format!("insured {}", one.named.id), &one.cited)));
        all.push(("payment_standard".to_owned(), &self.payment_standard.cited));
        all.extend((1_usize..).zip(&self.retention).map(|(at, one)| (format!("retention {at}"), &one.cited)));
        all.push(("settlement".to_owned(), &self.settlement.cited));
        all
    }

    /// The scheme of a kind of insured.
    pub fn scheme_of(&self, insured: &Insured) -> Option<&Scheme> {
        self.schemes.iter().find(|scheme| scheme.named.id == insured.scheme)
    }
}

/// An id with its titles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Id in files.
    pub id: String,
    /// English title.
    pub title: String,
    /// Chinese title.
    pub title_zh: String,
}

/// Where numbers come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// The source.
    pub cite: String,
    /// Whether somebody has read it.
    pub status: Status,
}

/// A scheme of basic insurance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme {
    /// Id and titles.
    pub named: Named,
    /// Share of insured use.
    pub share: Ratio,
    /// Where care is given; the shares add up to one.
    pub settings: Vec<Setting>,
    /// Source of the share.
    pub cited: Cited,
}

/// A setting of care under a scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Id and titles.
    pub named: Named,
    /// Share of the scheme's use.
    pub share: Ratio,
    /// What the patient pays first.
    pub deductible: Money,
    /// What the fund pays of the rest.
    pub rate: Ratio,
    /// The most that the fund pays.
    pub cap: Option<Money>,
    /// Source.
    pub cited: Cited,
}

/// A layer above basic insurance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    /// Share of what is left to patients that lies in this layer's reach, for the split by rates.
    pub share_reached: Ratio,
    /// What the patient pays first.
    pub deductible: Money,
    /// What the layer pays of the rest.
    pub rate: Ratio,
    /// The most that it pays.
    pub cap: Option<Money>,
    /// Source.
    pub cited: Cited,
}

/// A kind of insured people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insured {
    /// Id and titles.
    pub named: Named,
    /// Id of the scheme.
    pub scheme: String,
    /// Their critical-illness deductible as a multiple of the usual one.
    pub critical_deductible_multiple: Ratio,
    /// Their critical-illness rate.
    pub critical_rate: Ratio,
    /// Whether the usual cap holds for them.
    pub critical_capped: bool,
    /// Whether medical assistance pays for them.
    pub assistance: bool,
    /// Source.
    pub cited: Cited,
}

/// How the payment standard of products outside the award comes down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentStandard {
    /// Above this multiple of the award price the first year's cut is asked for.
    pub far_above: Ratio,
    /// The cut.
    pub first_year_cut: Ratio,
    /// Source.
    pub cited: Cited,
}

/// A band of scores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// Its lower bound.
    pub bound: Ratio,
    /// Whether the bound itself is in it.
    pub includes_bound: bool,
    /// Share of the surplus that the hospital keeps.
    pub share: Ratio,
    /// Source.
    pub cited: Cited,
}

impl Band {
    /// Whether a score is not below the band.
    pub fn reached_by(&self, score: Ratio) -> bool {
        if self.includes_bound { score >= self.bound } else { score > self.bound }
    }
}

/// How suppliers are paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// Day of the month by which last month's invoices are filed.
    pub file_by_day: u32,
    /// Working days in which the hospital confirms them.
    pub confirm_working_days: u32,
    /// Working days after that in which the fund pays.
    pub pay_working_days: u32,
    /// Share of the contract that is paid at its start.
    pub prepaid_share: Ratio,
    /// Days from the end of the month of delivery to payment, in the old practice.
    pub old_days_outstanding: u32,
    /// Interest a year.
    pub interest_rate: Ratio,
    /// Days that a year of interest has.
    pub days_in_year: u32,
    /// Source.
    pub cited: Cited,
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
