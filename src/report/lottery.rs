//! A draw that anybody can repeat: from a seed that everybody knows, by SHA-256.
//!
//! Each option is written as the text `SEED/TENDER/LOT/OPTION`; the option whose text has the lowest SHA-256 comes first. An
//! option is a supplier, or, where whole awards cost the same, the suppliers of one award joined by `+`. Nothing else goes in:
//! no clock, no order of rows, no state. The evaluation itself never draws; what comes out here counts when somebody has
//! recorded it.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use crate::certify::{CertifiedAward, Tie, TieDecides};
use crate::screen::ScreenedLot;
use crate::tender::{LotId, Outcome, SupplierId};

/// What a seed draws for one tie of a lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lottery {
    /// The lot.
    pub lot_id: LotId,
    /// What the draw decides: `places`, `order` or `award`.
    pub decides: &'static str,
    /// How many places are to be filled, where places are drawn.
    pub places: Option<u32>,
    /// The options in the order of their names; empty when there are too many awards to list them all.
    pub options: Vec<Vec<SupplierId>>,
    /// The options as drawn, first to last.
    pub drawn: Vec<Drawn>,
    /// The rows of `decisions.csv` that record the draw: supplier and place.
    pub rows: Vec<(SupplierId, u32)>,
}

/// An option with the number that gives it its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Drawn {
    /// SHA-256 of the text, lower-case hexadecimal.
    pub sha256: String,
    /// The text, in UTF-8.
    pub text: String,
    /// The suppliers of the option.
    pub suppliers: Vec<SupplierId>,
}

/// What the seed draws for every tie of every lot that waits for a draw, in the order of the lots.
pub fn lotteries(award: &CertifiedAward, seed: &str) -> Vec<Lottery> {
    let tender = award.screened().notice.id.as_str();
    let waiting = award.lots().filter(|(_, lot)| lot.outcome == Outcome::DrawRequired);
    let mut all = Vec::new();
    for (screened, lot) in waiting {
        all.extend(lot.ties.iter().map(|tie| lottery(tender, screened, tie, seed)));
    }
    all
}

fn lottery(tender: &str, lot: &ScreenedLot, tie: &Tie, seed: &str) -> Lottery {
    let stated = &lot.comparable.lot;
    let suppliers = |bids: &[usize]| -> Vec<SupplierId> {
        let named: BTreeSet<&SupplierId> =
            bids.iter().filter_map(|bid| stated.bids.get(*bid)).map(|bid| &bid.supplier_id).collect();
        named.into_iter().cloned().collect()
    };
    let (decides, places, options): (_, _, BTreeSet<Vec<SupplierId>>) = match &tie.decides {
        TieDecides::Award { sets, complete } => {
            let listed = sets.iter().filter(|_| *complete);
            ("award", None, listed.map(|set| suppliers(set)).collect())
        }
        TieDecides::Places { places } => {
            ("places", Some(*places), tie.bids.iter().map(|bid| suppliers(&[*bid])).collect())
        }
        TieDecides::Order => ("order", None, tie.bids.iter().map(|bid| suppliers(&[*bid])).collect()),
    };
    let mut drawn: Vec<Drawn> =
        options.iter().map(|option| hashed(seed, tender, stated.id.as_str(), option)).collect();
    drawn.sort();
    let first = drawn.iter().map(|option| &option.suppliers);
    let rows = match &tie.decides {
        TieDecides::Award { .. } => first.take(1).flatten().map(|supplier| (supplier.clone(), 1)).collect(),
        TieDecides::Places { .. } | TieDecides::Order => {
            let number = places.and_then(|places| usize::try_from(places).ok()).unwrap_or(usize::MAX);
            first.flatten().cloned().zip(1_u32..).take(number).collect()
        }
    };
    Lottery {
        lot_id: stated.id.clone(),
        decides,
        places,
        options: options.into_iter().collect(),
        drawn,
        rows,
    }
}

fn hashed(seed: &str, tender: &str, lot: &str, suppliers: &[SupplierId]) -> Drawn {
    let option = suppliers.iter().map(SupplierId::as_str).collect::<Vec<_>>().join("+");
    let text = format!("{seed}/{tender}/{lot}/{option}");
    let sha256 = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    Drawn { sha256, text, suppliers: suppliers.to_vec() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_is_that_of_sha256sum() {
        // printf '%s' '20210203/t/L1/A+B' | sha256sum
        let found = hashed("20210203", "t", "L1", &[SupplierId::new("A"), SupplierId::new("B")]);
        assert_eq!(found.text, "20210203/t/L1/A+B");
        assert_eq!(found.sha256, "64839eee40338973a3a4159c69bff22392dfabbffbdabc5177e9db89d49d320a");
    }
}
