//! proof.json: what is needed to check an award without a solver.
//!
//! A ranked lot is proved by its order: rank classes, places, who is kept out by which rule. A least-cost lot is proved by
//! its awards, with every volume, and a case distinction over who wins, each case closed by row weights. Rows are named
//! by kind, bid and region, so that a checker builds its own. Whole numbers are text.

mod least_cost;
mod ranked;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Serializer;

use super::figures::LotFigures;
use super::lines::Lines;
use crate::certify::{Certificate, CertifiedAward};
use least_cost::{LeastCost, least_cost};
use ranked::{Ranked, ranked};

const SCHEMA: &str = "jicai-proof-1";

/// The order of the fields is the order of the keys.
#[derive(Serialize)]
struct ProofFile<'a> {
    schema: &'static str,
    tender: &'a str,
    rules: Rules<'a>,
    lots: Vec<LotProof<'a>>,
}

#[derive(Serialize)]
struct Rules<'a> {
    id: &'a str,
    sha256: &'a str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum LotProof<'a> {
    Ranked(Box<Ranked<'a>>),
    LeastCost(Box<LeastCost<'a>>),
}

/// proof.json as text.
pub(super) fn proof_json(award: &CertifiedAward, lots: &[LotFigures<'_>]) -> Vec<u8> {
    let screened = award.screened();
    let by_lot: BTreeMap<&str, &Certificate> = award
        .lots()
        .zip(award.certificates())
        .filter_map(|((lot, _), certificate)| Some((lot.comparable.lot.id.as_str(), certificate.as_ref()?)))
        .collect();
    let each = lots.iter().map(|lot| match by_lot.get(lot.lot().id.as_str()) {
        Some(certificate) => LotProof::LeastCost(Box::new(least_cost(lot, certificate))),
        None => LotProof::Ranked(Box::new(ranked(lot))),
    });
    let file = ProofFile {
        schema: SCHEMA,
        tender: &screened.notice.id,
        rules: Rules { id: &screened.rules.id, sha256: &screened.rules.sha256 },
        lots: each.collect(),
    };
    let mut bytes = Vec::new();
    // Structs of texts, numbers and lists always serialise.
    let _ = file.serialize(&mut Serializer::with_formatter(&mut bytes, Lines::default()));
    bytes.push(b'\n');
    bytes
}
