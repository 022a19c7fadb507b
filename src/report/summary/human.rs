//! What waits for a human: draws, lots without an award, awards that are not proved.

use std::collections::BTreeSet;

use super::columns::Page;
use super::{NAME, lot_label, supplier_label};
use crate::certify::{CertifiedAward, LotAward, Proof, Tie, TieDecides};
use crate::diagnostics::escape;
use crate::report::conflict::{self, ConflictWords};
use crate::report::reading::{money, plain_price};
use crate::screen::{Route, ScreenedLot};
use crate::tender::Outcome;
use crate::text::{fill, text};

/// Most sets of winners that are listed.
const SETS: usize = 4;

/// Every lot that is not settled, with what is to be done.
pub(super) fn to_do(page: &mut Page, award: &CertifiedAward) {
    if award.outcome() == Outcome::Awarded {
        return;
    }
    page.say("report.summary.human", &[]);
    let mut ways_out = BTreeSet::new();
    for (lot, lot_award) in award.lots() {
        match lot_award.outcome {
            Outcome::Awarded => {}
            Outcome::DrawRequired => {
                ways_out.extend(lot_award.ties.iter().map(way_out));
                draw(page, award, lot, lot_award);
            }
            Outcome::AnswerRequired => answer(page, award, lot),
            Outcome::NoAward | Outcome::Unproved if is_told_before(award, lot) => {}
            Outcome::NoAward => {
                let label = lot_label(lot, page.language, NAME);
                let found = conflict::of_lot(award, lot.comparable.lot.id.as_str(), page.language);
                if found.is_empty() {
                    page.item(1, &fill(page.language, "report.summary.no_award", &[("lot", &label)]));
                }
                found.iter().for_each(|found| no_award(page, &label, found));
                with_it(page, award, lot);
            }
            Outcome::Unproved => {
                let label = lot_label(lot, page.language, NAME);
                let found = conflict::of_lot(award, lot.comparable.lot.id.as_str(), page.language);
                if found.is_empty() {
                    unproved(page, award, lot, lot_award);
                }
                found.iter().for_each(|found| no_award(page, &label, found));
                with_it(page, award, lot);
            }
        }
    }
    for key in ways_out {
        page.item(1, text(page.language, key));
    }
    page.blank();
}

/// The lots of a conflict in which a lot stands, in their order; none where nothing is told of it.
fn lots_of<'a>(award: &'a CertifiedAward, lot: &ScreenedLot) -> &'a [String] {
    let id = lot.comparable.lot.id.as_str();
    let own = award.conflicts().iter().find(|conflict| conflict.lots.iter().any(|own| own == id));
    own.map_or(&[], |conflict| &conflict.lots)
}

/// Whether what stands against an award is said at the first of the lots that are decided together.
fn is_told_before(award: &CertifiedAward, lot: &ScreenedLot) -> bool {
    lots_of(award, lot).first().is_some_and(|first| first != lot.comparable.lot.id.as_str())
}

/// The other lots of which the same holds.
fn with_it(page: &mut Page, award: &CertifiedAward, lot: &ScreenedLot) {
    let others: Vec<String> = lots_of(award, lot).iter().skip(1).map(|other| escape(other)).collect();
    if !others.is_empty() {
        let lots = others.join(text(page.language, "report.summary.comma"));
        page.item(1, &fill(page.language, "report.conflict.same_lots", &[("lots", &lots)]));
    }
}

/// The text that says how a tie is settled.
pub(in crate::report) fn way_out(tie: &Tie) -> &'static str {
    match tie.decides {
        TieDecides::Places { .. } | TieDecides::Order => "report.summary.record_draw",
        TieDecides::Award { .. } => "report.summary.record_choice",
    }
}

/// What cannot hold together on a lot, and what would have to give.
fn no_award(page: &mut Page, label: &str, found: &ConflictWords) {
    let values = [("lot", label), ("heading", &*found.heading)];
    page.item(1, &fill(page.language, "report.conflict.said_of_lot", &values));
    found.parts.iter().chain(&found.note).for_each(|said| page.item(2, said));
    if !found.ways.is_empty() {
        page.item(1, &found.ways_heading);
    }
    found.ways.iter().for_each(|said| page.item(2, said));
}

fn draw(page: &mut Page, award: &CertifiedAward, lot: &ScreenedLot, lot_award: &LotAward) {
    let language = page.language;
    for tie in &lot_award.ties {
        let label = lot_label(lot, language, NAME);
        let price = tie.bids.first().and_then(|bid| lot.comparable.bids.get(*bid)?.comparable_price);
        let places = match tie.decides {
            TieDecides::Places { places } => places.to_string(),
            TieDecides::Order | TieDecides::Award { .. } => String::new(),
        };
        let key = match tie.decides {
            TieDecides::Places { .. } => "report.summary.draw_places",
            TieDecides::Order => "report.summary.draw_order",
            TieDecides::Award { .. } => "report.summary.draw_award",
        };
        let values = [
            ("lot", &*label),
            ("count", &*tie.bids.len().to_string()),
            ("places", &*places),
            ("price", &*price.map(plain_price).unwrap_or_default()),
        ];
        page.item(1, &fill(language, key, &values));
        who(page, award, lot, tie);
    }
}

/// The bidders whose answer is missing.
fn answer(page: &mut Page, award: &CertifiedAward, lot: &ScreenedLot) {
    let label = lot_label(lot, page.language, NAME);
    let bids: Vec<usize> = (0..lot.bids.len()).filter(|bid| lot.route(*bid) == Route::Open).collect();
    let values = [("lot", &*label), ("count", &*bids.len().to_string())];
    page.item(1, &fill(page.language, "report.summary.answer_required", &values));
    page.item(2, &names(page, award, lot, &bids));
}

/// The suppliers of some bids.
fn names(page: &Page, award: &CertifiedAward, lot: &ScreenedLot, bids: &[usize]) -> String {
    let comma = text(page.language, "report.summary.comma");
    let bids = bids.iter().filter_map(|bid| lot.comparable.lot.bids.get(*bid));
    bids.map(|bid| supplier_label(award, &bid.supplier_id, page.language)).collect::<Vec<_>>().join(comma)
}

/// The tied suppliers, or the sets of winners that cost the same.
fn who(page: &mut Page, award: &CertifiedAward, lot: &ScreenedLot, tie: &Tie) {
    let language = page.language;
    match &tie.decides {
        TieDecides::Places { .. } | TieDecides::Order => page.item(2, &names(page, award, lot, &tie.bids)),
        TieDecides::Award { sets, .. } => {
            for set in sets.iter().take(SETS) {
                page.item(2, &names(page, award, lot, set));
            }
            let more = sets.len().saturating_sub(SETS);
            if more > 0 {
                page.item(2, &fill(language, "report.summary.more_sets", &[("count", &more.to_string())]));
            }
        }
    }
}

fn unproved(page: &mut Page, award: &CertifiedAward, lot: &ScreenedLot, lot_award: &LotAward) {
    let language = page.language;
    let currency = escape(&award.screened().notice.currency);
    let label = lot_label(lot, language, NAME);
    let text = match lot_award.proof {
        Proof::Bound { cost, bound } => {
            let values = [
                ("lot", &*label),
                ("cost", &*money(cost, &currency, language)),
                ("bound", &*money(bound, &currency, language)),
            ];
            fill(language, "report.summary.unproved_bound", &values)
        }
        Proof::Nothing => fill(language, "report.summary.unproved_nothing", &[("lot", &label)]),
        Proof::Rules | Proof::Exact { .. } => fill(language, "report.summary.unproved", &[("lot", &label)]),
    };
    page.item(1, &text);
}
