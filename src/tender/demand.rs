//! What institutions reported, and who was picked to serve where.

use super::{Region, SupplierId};
use crate::diagnostics::Place;
use crate::money::{Proportion, Quantity};

/// Reported demand (报量): one row of `demand.csv`.
#[derive(Debug, Clone)]
pub struct Demand {
    /// Where.
    pub region: Region,
    /// Reported volume, in the tender's `volume_scale`, of the specification that was reported.
    pub volume: Quantity,
    /// Content of that specification relative to the representative one; volumes convert linearly.
    pub content_ratio: Proportion,
    /// The brand that was asked for.
    pub supplier_id: Option<SupplierId>,
    /// Who reported it.
    pub institution: Option<String>,
    /// Whom it takes for what the brand does not keep.
    pub second_choice: Option<SupplierId>,
    /// Where it stands in the file.
    pub place: Place,
}

/// What a supplier does in a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Main supplier (主供).
    Main,
    /// Supplies what was reported for its own brand, whoever the main supplier is.
    OwnBrand,
    /// Stands in (备供) in this place; 1 is first.
    Backup(u32),
}

impl Role {
    /// The word in files.
    pub fn name(self) -> String {
        match self {
            Self::Main => "main".to_owned(),
            Self::OwnBrand => "own-brand".to_owned(),
            Self::Backup(place) => format!("backup-{place}"),
        }
    }
}

/// One recorded pick: the region draft as it really went.
#[derive(Debug, Clone)]
pub struct Pick {
    /// Where.
    pub region: Region,
    /// Who.
    pub supplier_id: SupplierId,
    /// As what.
    pub role: Role,
    /// Where it stands in the file.
    pub place: Place,
}
