//! Our winners beside the published ones.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::tender::{Outcome, Reason, SupplierId, Verdict};

use super::expected::{Lot, reason_row};
use super::walk::Decides;

/// The comparison with `expected.csv`, or null without one.
pub(super) fn published(lots: &[Lot<'_>]) -> Value {
    let rows: Vec<(&str, Value)> = lots.iter().filter_map(row).collect();
    if rows.is_empty() {
        return Value::Null;
    }
    let number = |word: &str| rows.iter().filter(|(found, _)| *found == word).count();
    json!({
        "lots_compared": rows.len(),
        "agree": number("agrees"),
        "option_of_draw": number("option_of_draw"),
        "differ": number("differs"),
        "lots": rows.iter().map(|(_, row)| row.clone()).collect::<Vec<_>>(),
    })
}

fn row(lot: &Lot<'_>) -> Option<(&'static str, Value)> {
    let stated = lot.count.lot;
    let wanted: BTreeSet<&SupplierId> = stated.expected.as_ref()?.iter().collect();
    let certain = suppliers(lot, &lot.award.winners);
    let drawn = lot.award.outcome == Outcome::DrawRequired
        && lot.award.ties.iter().any(|tie| tie.decides != Decides::Order);
    let word = match drawn {
        true if can_be_drawn(lot, &wanted, &certain) => "option_of_draw",
        false if wanted == certain => "agrees",
        _ => "differs",
    };
    let differences = if word == "differs" { differences(lot, &wanted, &certain) } else { Vec::new() };
    Some((word, json!({"lot_id": stated.id.as_str(), "agreement": word, "differences": differences})))
}

fn suppliers<'a>(lot: &Lot<'a>, bids: &[usize]) -> BTreeSet<&'a SupplierId> {
    bids.iter().filter_map(|at| lot.count.lot.bids.get(*at)).map(|bid| &bid.supplier_id).collect()
}

/// Whether a draw can give exactly the wanted winners.
fn can_be_drawn(lot: &Lot<'_>, wanted: &BTreeSet<&SupplierId>, certain: &BTreeSet<&SupplierId>) -> bool {
    if !certain.is_subset(wanted) {
        return false;
    }
    let mut left: BTreeSet<&SupplierId> = wanted.difference(certain).copied().collect();
    for tie in &lot.award.ties {
        match &tie.decides {
            Decides::Order => {}
            Decides::Award(sets, _) => return sets.iter().any(|set| suppliers(lot, set) == *wanted),
            Decides::Places(places) => {
                let able: Vec<usize> = tie
                    .bids
                    .iter()
                    .copied()
                    .filter(|at| lot.award.status(&lot.count, *at) == "tied")
                    .collect();
                let names = suppliers(lot, &able);
                let here = names.intersection(&left).count();
                let unable = tie.bids.len().saturating_sub(names.len());
                if here > *places || places.saturating_sub(here) > unable {
                    return false;
                }
                left.retain(|supplier| !names.contains(supplier));
            }
        }
    }
    left.is_empty()
}

fn differences(lot: &Lot<'_>, wanted: &BTreeSet<&SupplierId>, certain: &BTreeSet<&SupplierId>) -> Vec<Value> {
    let tied: Vec<usize> =
        (0..lot.count.bids.len()).filter(|at| lot.award.status(&lot.count, *at) == "tied").collect();
    let open = suppliers(lot, &tied);
    let sure: BTreeSet<&SupplierId> =
        wanted.symmetric_difference(certain).copied().filter(|supplier| !open.contains(supplier)).collect();
    let differ = if sure.is_empty() { open } else { sure };
    differ.into_iter().map(|supplier| difference(lot, supplier, wanted.contains(supplier))).collect()
}

fn difference(lot: &Lot<'_>, supplier: &SupplierId, wanted: bool) -> Value {
    let worth = |at: &usize| {
        ["won", "tied open", "lost", "excluded"]
            .iter()
            .position(|words| words.contains(lot.award.status(&lot.count, *at)))
    };
    let of = |at: &usize| lot.count.lot.bids.get(*at).is_some_and(|bid| bid.supplier_id == *supplier);
    let best = (0..lot.count.bids.len()).filter(of).min_by_key(worth);
    json!({
        "supplier_id": supplier.as_str(),
        "bid_id": best.and_then(|at| lot.count.lot.bids.get(at)).map(|bid| bid.id.as_str()),
        "published_winner": wanted,
        "status": best.map(|at| lot.award.status(&lot.count, at)),
        "reason": best.and_then(|at| deciding(lot, at)).map(reason_row),
    })
}

/// The step that decided a bid: what bars it, else the last step that says what became of it.
pub(super) fn deciding<'a>(lot: &'a Lot<'_>, at: usize) -> Option<&'a Reason> {
    let bid = lot.count.bids.get(at)?;
    let bars = match lot.award.place(at) {
        Some(place) => place.fails,
        None => bid.excluded(),
    };
    let says = match lot.award.status(&lot.count, at) {
        "won" => Verdict::Pass,
        "tied" | "open" => Verdict::NotApplicable,
        _ => Verdict::Fail,
    };
    let mut saying = bid.steps.iter().rev().filter(|step| step.verdict == says);
    let last = saying.clone().next();
    saying.find(|step| Some(step.rule) == bars).or(last).or_else(|| bid.steps.last())
}
