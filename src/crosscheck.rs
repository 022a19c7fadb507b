//! The certified award beside the plain walk of the rules: they must name the same winners at the same prices.

use std::collections::BTreeMap;
use std::fmt::Display;

use crate::certify::{BidStatus, CertifiedAward, LotAward, TieDecides};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::screen::ScreenedLot;
use crate::tender::{BidId, Lot};
use crate::verify::{Walked, walked};

/// Walks the rules of every ranked lot and compares the winners with their prices, the bids that a draw must decide between,
/// and those that have yet to answer.
///
/// # Errors
/// One fault for each lot where the two ways differ.
pub fn agree(award: &CertifiedAward) -> Result<(), Diagnostics> {
    let screened = award.screened();
    let lots: Vec<&Lot> = screened.lots.iter().map(|lot| &lot.comparable.lot).collect();
    let scale = screened.notice.volume_scale;
    let all = walked(&lots, &screened.rules, &screened.suppliers, scale);
    let mut errors = Diagnostics::new();
    for ((lot, awarded), walked) in award.lots().zip(all) {
        let Some(walked) = walked else { continue };
        let certified = as_walked(lot, awarded);
        if walked != certified {
            errors.push(
                Diagnostic::new(Code::WalkDiffers)
                    .with("lot", lot.comparable.lot.id.as_str())
                    .with("detail", format!("{} / {}", shown(&certified), shown(&walked))),
            );
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

fn shown(found: &Walked) -> String {
    let open = found.open.iter().map(BidId::as_str).collect::<Vec<_>>().join(", ");
    format!("[{}] [{}] [{open}]", priced(&found.winners), priced(&found.tied))
}

fn priced(bids: &BTreeMap<BidId, impl Display>) -> String {
    bids.iter().map(|(bid, price)| format!("{bid} {price}")).collect::<Vec<_>>().join(", ")
}

/// The award of a lot in the terms of the walk.
fn as_walked(lot: &ScreenedLot, awarded: &LotAward) -> Walked {
    let bid = |at: usize| Some((lot.comparable.lot.bids.get(at)?.id.clone(), lot.award_price(at)?));
    let is = |at: usize, status: BidStatus| awarded.statuses.get(at) == Some(&status);
    let tied = awarded.ties.iter().filter(|tie| tie.decides != TieDecides::Order).flat_map(|tie| &tie.bids);
    let open = (0..lot.bids.len()).filter(|at| is(*at, BidStatus::Open));
    Walked {
        winners: awarded.winners.iter().filter_map(|winner| bid(winner.bid)).collect(),
        tied: tied.filter(|at| is(**at, BidStatus::Tied)).filter_map(|at| bid(*at)).collect(),
        open: open.filter_map(|at| Some(bid(at)?.0)).collect(),
    }
}
