//! proof.json: what is needed to check an award without a solver.
//!
//! A ranked lot is proved by its order: rank classes, places, who is kept out by which rule. A least-cost lot is proved by
//! its awards, with every volume, and a case distinction over who wins, each case closed by row weights. Rows are named
//! by kind, bid and region, so that a checker builds its own. A lot with further limits comes with its columns, rows and
//! objectives. Whole numbers are text.

mod general;
mod least_cost;
mod ranked;
mod weighted;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Serializer;

use super::figures::LotFigures;
use super::lines::Lines;
use crate::certify::{Certificate, CertifiedAward};
use crate::model::Shape;
use general::{General, general};
use least_cost::{LeastCost, least_cost};
use ranked::{Ranked, ranked};
use weighted::Head;

const SCHEMA: &str = "jicai-proof-1";
/// The kind of a proof by columns and rows.
const GENERAL: &str = "general";

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
    General(Box<General<'a>>),
    Linked(Linked<'a>),
}

/// A lot that is decided together with others: its proof stands at the first of them.
#[derive(Serialize)]
struct Linked<'a> {
    lot_id: &'a str,
    kind: &'static str,
    outcome: &'static str,
    with: &'a str,
}

/// The part of proof.json that proves one programme, as text.
pub fn programme_proof(certificate: &Certificate) -> Vec<u8> {
    let lot_id = certificate.lot().lot_id.as_str();
    let steps = certificate.steps().into();
    let head = Head { lot_id, kind: GENERAL, outcome: "", cost: None, bound: None, steps };
    let mut bytes = Vec::new();
    let mut writer = Serializer::with_formatter(&mut bytes, Lines::default());
    // As below.
    let _ = general(head, certificate).serialize(&mut writer);
    bytes
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
        Some(certificate) => match &certificate.lot().shape {
            Shape::Core(core) => LotProof::LeastCost(Box::new(least_cost(lot, certificate, core))),
            Shape::General(_) if certificate.lot().lot_id != lot.lot().id.as_str() => {
                LotProof::Linked(Linked {
                    lot_id: lot.lot().id.as_str(),
                    kind: "linked",
                    outcome: lot.award.outcome.name(),
                    with: &certificate.lot().lot_id,
                })
            }
            Shape::General(_) | Shape::Ranked(_) => {
                LotProof::General(Box::new(general(Head::of(lot, GENERAL, certificate.steps()), certificate)))
            }
        },
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
