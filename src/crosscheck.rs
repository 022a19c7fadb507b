//! The certified award beside the independent recount of the rules: they must name the same winners.

use std::collections::BTreeSet;

use crate::certify::{BidStatus, CertifiedAward, LotAward, TieDecides};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::screen::ScreenedLot;
use crate::tender::BidId;
use crate::verify::{Walked, walk};

/// Counts every ranked lot anew and compares the winners, and the bids that a draw must decide between.
///
/// # Errors
/// One fault for each lot where the two ways differ.
pub fn agree(award: &CertifiedAward) -> Result<(), Diagnostics> {
    let screened = award.screened();
    let mut errors = Diagnostics::new();
    for (lot, awarded) in award.lots() {
        let scale = screened.notice.volume_scale;
        let walked = walk(&lot.comparable.lot, &screened.rules, &screened.suppliers, scale);
        let Some(walked) = walked else { continue };
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

/// The award of a lot in the terms of the recount.
fn as_walked(lot: &ScreenedLot, awarded: &LotAward) -> Walked {
    let id = |at: &usize| lot.comparable.lot.bids.get(*at).map(|bid| bid.id.clone());
    let may_win = |at: &&usize| awarded.statuses.get(**at) == Some(&BidStatus::Tied);
    let tied = awarded.ties.iter().filter(|tie| tie.decides != TieDecides::Order).flat_map(|tie| &tie.bids);
    Walked {
        winners: awarded.winners.iter().filter_map(|winner| id(&winner.bid)).collect(),
        tied: tied.filter(may_win).filter_map(id).collect(),
    }
}
