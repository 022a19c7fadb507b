//! The certified award beside the plain walk of the rules: they must name the same winners.

use std::collections::BTreeSet;

use super::walk::{Walked, walk};
use crate::certify::{CertifiedAward, LotAward, TieDecides};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::screen::ScreenedLot;
use crate::tender::BidId;

/// Walks the rules of every ranked lot and compares the winners, and the bids that a draw must decide between.
///
/// # Errors
/// One fault for each lot where the two ways differ.
pub fn agree(award: &CertifiedAward) -> Result<(), Diagnostics> {
    let screened = award.screened();
    let mut errors = Diagnostics::new();
    for (lot, awarded) in award.lots() {
        let Some(walked) = walk(&lot.comparable.lot, &screened.rules, &screened.suppliers) else { continue };
        let certified = as_walked(lot, awarded);
        if walked != certified {
            let names =
                |bids: &BTreeSet<BidId>| bids.iter().map(BidId::as_str).collect::<Vec<_>>().join(", ");
            let shown = |found: &Walked| format!("[{}] [{}]", names(&found.winners), names(&found.tied));
            errors.push(
                Diagnostic::new(Code::WalkDiffers)
                    .with("lot", lot.comparable.lot.id.as_str())
                    .with("detail", format!("{} / {}", shown(&certified), shown(&walked))),
            );
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// The award of a lot in the terms of the walk.
fn as_walked(lot: &ScreenedLot, awarded: &LotAward) -> Walked {
    let id = |at: &usize| lot.comparable.lot.bids.get(*at).map(|bid| bid.id.clone());
    let may_win = |at: &&usize| {
        awarded.statuses.get(**at).is_some_and(|status| *status == crate::certify::BidStatus::Tied)
    };
    let tied = awarded.ties.iter().filter(|tie| tie.decides != TieDecides::Order).flat_map(|tie| &tie.bids);
    Walked {
        winners: awarded.winners.iter().filter_map(|winner| id(&winner.bid)).collect(),
        tied: tied.filter(may_win).filter_map(id).collect(),
    }
}
