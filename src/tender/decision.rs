//! Human acts that the evaluation takes as given.

use super::{Date, Region, SupplierId};
use crate::diagnostics::Place;

/// What somebody decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// The bid is excluded on qualification.
    Disqualified,
    /// The bid was taken back.
    Withdrawn,
    /// Drawn in this place among the bids it was tied with; 1 is first.
    Draw(u32),
    /// The pre-winner accepted the price cut asked of it.
    Negotiated,
    /// The committee awards nothing to this supplier.
    NoAward,
}

impl Act {
    /// The word in files.
    pub fn name(self) -> String {
        match self {
            Self::Disqualified => "disqualified".to_owned(),
            Self::Withdrawn => "withdrawn".to_owned(),
            Self::Draw(place) => format!("draw-{place}"),
            Self::Negotiated => "negotiated".to_owned(),
            Self::NoAward => "no-award".to_owned(),
        }
    }
}

/// One row of `decisions.csv`.
#[derive(Debug, Clone)]
pub struct Decision {
    /// Whom it concerns.
    pub supplier_id: SupplierId,
    /// Where, if it concerns one region only.
    pub region: Option<Region>,
    /// What was decided.
    pub act: Act,
    /// Who decided.
    pub by: Option<String>,
    /// When.
    pub on: Option<Date>,
    /// Why.
    pub why: Option<String>,
    /// Reference of the document.
    pub document: Option<String>,
    /// Where it stands in the file.
    pub place: Place,
}
