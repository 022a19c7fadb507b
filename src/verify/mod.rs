//! The independent check of a report: a second, short way from the same inputs to the same numbers.
//!
//! It shares with the main path the reading and validation of files, the exact numbers, the data types and the rule set's
//! parameters. Prices, ranks, verdicts, winners, volumes, savings and totals are counted anew here, and what the report
//! says must be what is counted. No solver and no certificate of the main path is used. Of its model only the columns and rows
//! of lots in the whole bidding language are shared: that they are those of the inputs is checked by building them again, and
//! every award is held against bids and limits as they are worded, without them. `docs/verify.md` says what is checked, by
//! which formula, and what is taken on trust.
//!
//! | file | what |
//! | --- | --- |
//! | `report` | the files of a report and its manifest |
//! | `bids` | comparable prices, bidders, the rules before the ranking |
//! | `walk` | the plain walk of a ranked round: what every rule says of each bid, winners and their prices |
//! | `units` | the bidding units of a lot |
//! | `kept` | volumes of which winners keep a part of their own |
//! | `recount` | every lot of a tender, one after the other |
//! | `part` | the last step of every bid where cost decides |
//! | `volumes`, `ladder`, `regions`, `brands` | agreed volumes, picked regions, volumes that follow brands |
//! | `savings` | savings and their coverage |
//! | `price_to_win` | prices to win, tried out by the walk |
//! | `draws` | what an open draw can give |
//! | `published` | our winners beside the published ones |
//! | `expected` | award.json as it must be |
//! | `programme`, `cases`, `proof` | least-cost lots: rows, case distinction, proof.json |
//! | `linked`, `limits`, `served`, `paid` | lots in the whole bidding language: programme and proof, limits and prices as they are worded |
//! | `general`, `derived` | lots whose columns and rows stand in proof.json; rows that follow from these |
//! | `tables` | the CSV files |
//! | `difference` | two JSON values compared |
//! | `strict` | JSON without repeated keys |
//! | `assertions` | what suffices to show the award, with its numbers |

mod assertions;
mod bids;
mod brands;
mod cases;
mod derived;
mod difference;
mod draws;
mod expected;
mod general;
mod kept;
mod ladder;
mod limits;
mod linked;
mod paid;
mod part;
mod price_to_win;
mod programme;
mod proof;
mod published;
mod recount;
mod regions;
mod report;
mod savings;
mod served;
mod strict;
mod tables;
mod units;
mod volumes;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Value, json};

use crate::diagnostics::Diagnostics;
use crate::money::Inexact;
use crate::read::ReadOptions;
use crate::rules::RuleSet;
use crate::tender::{Act, Tender};

pub use assertions::{Assertion, LotAssertions};
pub use recount::{Walked, walked};
pub use report::{Report, self_digest};

use difference::differences;
use expected::{Lot as Counted, expected};
use recount::{proof_lots, recount};
use report::Manifest;

/// Keys of award.json that are not counted anew: warnings say where a reader should look, and decide nothing; what stands
/// against an award, and what would have to give, takes solving again, while that there is none is proved.
const TRUSTED: [&str; 2] = ["warnings", "conflicts"];

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verification {
    /// The tender's id, as far as it was read.
    pub tender: String,
    /// SHA-256 of manifest.json, to be compared with what the office has published.
    pub manifest: String,
    /// The rule set of the report and the tender's own, when they differ.
    pub instead_of: Option<(String, String)>,
    /// What does not hold; nothing when all does.
    pub findings: Vec<Finding>,
    /// What suffices to show the award, lot by lot.
    pub lots: Vec<LotAssertions>,
}

/// One thing that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The key of its text: `verify.finding.WHAT`.
    pub what: &'static str,
    /// The file in which it was found.
    pub file: String,
    /// Values of its text.
    pub values: Vec<(&'static str, String)>,
}

impl Finding {
    fn new(what: &'static str, file: &str) -> Self {
        Self { what, file: file.to_owned(), values: Vec::new() }
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.values.push((name, value.into()));
        self
    }
}

pub use general::{Proved, programme_proof};

/// The inputs that a report is checked against.
#[derive(Debug, Clone)]
pub struct Inputs {
    tender: Tender,
}

impl Inputs {
    /// Reads and validates a tender folder.
    ///
    /// # Errors
    /// Every fault of the folder's files.
    pub fn read(folder: &Path, options: &ReadOptions) -> Result<Self, Diagnostics> {
        let tables = crate::read::read(folder, options)?;
        let (mut tender, _) = crate::validate::validate(&tables)?;
        if tender.notice.rules.ends_with(".toml") {
            let (_, input) = crate::read::text_file(folder, &tender.notice.rules, options)?;
            tender.inputs.push(input);
            tender.inputs.sort_by(|one, other| one.name.cmp(&other.name));
        }
        Ok(Self { tender })
    }
}

/// Checks the report in a folder against the tender in `tender`, or against the report's own copy of it.
///
/// # Errors
/// `E0608` when the folder holds no report; every fault of the tender's files.
pub fn verify(
    report: &Path,
    tender: Option<&Path>,
    options: &ReadOptions,
) -> Result<Verification, Diagnostics> {
    let files = Report::read(report)?;
    let (_, found) = files.manifest();
    if !found.is_empty() {
        return Ok(Verification { manifest: files.digest(), findings: found, ..Verification::default() });
    }
    let own = report.join("inputs");
    let inputs = Inputs::read(tender.unwrap_or(&own), options)?;
    judge(&files, &inputs)
}

/// Checks the files of a report against inputs.
///
/// # Errors
/// Every fault of the rule set with the tender's overrides.
pub fn judge(files: &Report, inputs: &Inputs) -> Result<Verification, Diagnostics> {
    let tender = &inputs.tender;
    let (manifest, mut findings) = files.manifest();
    let mut verification = Verification {
        tender: tender.notice.id.clone(),
        manifest: files.digest(),
        ..Verification::default()
    };
    let Some(manifest) = manifest.filter(|_| findings.is_empty()) else {
        verification.findings = findings;
        return Ok(verification);
    };
    same_inputs(&manifest, tender, &mut findings);
    let name = format!("inputs/rules/{}.toml", manifest.rules_id);
    let text = files.text(&name).unwrap_or_default();
    let (award, proof) = (files.json("award.json", &mut findings), files.json("proof.json", &mut findings));
    let instead = award["rules"].get("instead_of").is_some();
    if !(if instead { is_built_in_or_own(&text, &manifest.rules_id) } else { is_the_tenders(&text, tender) })
    {
        findings.push(Finding::new("rules", &name).with("rules", tender.notice.rules.as_str()));
    }
    // Under other rules the tender's parameters can be left out; award.json then lists none.
    let left_out = instead && award["overrides"].as_array().is_some_and(Vec::is_empty);
    let none = BTreeMap::new();
    let overrides = if left_out { &none } else { &tender.notice.overrides };
    let mut rules = RuleSet::from_toml(&name, &text, Some(tender.notice.announced), overrides)?;
    rules.instead_of = instead.then(|| tender.notice.rules.clone());
    rules.limit_by(&tender.notice.limits);
    verification.instead_of = rules.instead_of.clone().map(|own| (rules.id.clone(), own));
    let fitting;
    let tender = if instead {
        fitting = with_fitting_acts(tender, &rules);
        &fitting
    } else {
        tender
    };
    if (&rules.id, &rules.sha256) != (&manifest.rules_id, &manifest.rules_sha256) {
        findings.push(Finding::new("rules", &name).with("rules", rules.id.as_str()));
    }
    let lots = recount(tender, &rules, &proof, &mut findings);
    match lots.and_then(|lots| Ok((expected(tender, &lots)?, lots))) {
        Ok((mut counted, lots)) => {
            price_to_win::hold(&mut counted, &award, tender, &rules, &mut findings);
            differences("award.json", &award, &counted, &TRUSTED, &mut findings);
            let rows = lots.iter().zip(proof_lots(&proof)).map(|(lot, found)| proof_row(lot, found));
            let header = json!({
                "schema": "jicai-proof-1",
                "tender": tender.notice.id,
                "rules": {"id": rules.id, "sha256": rules.sha256},
                "lots": rows.collect::<Vec<_>>(),
            });
            differences("proof.json", &proof, &header, &[], &mut findings);
            tables::tables(files, tender, &lots, &counted, &mut findings);
            verification.lots = lots.iter().map(assertions::of_lot).collect();
        }
        Err(Inexact) => findings.push(Finding::new("too_large", "award.json")),
    }
    verification.findings = findings;
    Ok(verification)
}

/// The rule set's text is that of the tender: its own file, or the built-in one that it names.
fn is_the_tenders(text: &str, tender: &Tender) -> bool {
    let named = tender.notice.rules.as_str();
    if !named.ends_with(".toml") {
        return RuleSet::built_in_text(named) == Some(text);
    }
    let own = tender.inputs.iter().find(|input| input.name == named);
    own.is_some_and(|input| {
        let bytes = input.bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&input.bytes);
        bytes == text.as_bytes()
    })
}

/// A rule set that stands in the place of the tender's: one that has the id of a built-in one must be that.
fn is_built_in_or_own(text: &str, id: &str) -> bool {
    RuleSet::built_in_text(id).is_none_or(|built_in| built_in == text)
}

/// The tender without the acts recorded under its own rules that have no meaning under these; all of a lot or none.
fn with_fitting_acts(tender: &Tender, rules: &RuleSet) -> Tender {
    let mut fitting = tender.clone();
    for lot in &mut fitting.lots {
        let count = bids::count(lot, rules, &tender.suppliers, tender.notice.volume_scale);
        if !count.is_ok_and(|count| walk::acts_fit(&count)) {
            lot.decisions.retain(|act| matches!(act.act, Act::Disqualified | Act::Withdrawn));
        }
    }
    fitting
}

/// The inputs are those that the manifest names, byte by byte.
fn same_inputs(manifest: &Manifest, tender: &Tender, findings: &mut Vec<Finding>) {
    let read: BTreeMap<&str, &str> =
        tender.inputs.iter().map(|input| (input.name.as_str(), input.sha256.as_str())).collect();
    let named: BTreeMap<&str, &str> =
        manifest.inputs.iter().map(|(name, sha256)| (name.as_str(), sha256.as_str())).collect();
    let all: BTreeSet<&&str> = read.keys().chain(named.keys()).collect();
    for name in all.into_iter().filter(|name| read.get(**name) != named.get(**name)) {
        findings.push(Finding::new("input", name));
    }
}

/// The proof of a lot as it must be. The parts of a least-cost proof that were walked are taken as they stand.
fn proof_row(lot: &Counted<'_>, found: &Value) -> Value {
    if lot.award.places.is_some() {
        return proof::ranked_row(lot);
    }
    let walked = |key: &str| found.get(key).cloned().unwrap_or_default();
    let id = lot.count.lot.id.as_str();
    match lot.proved_at.as_deref() {
        Some(with) if with != id => {
            return json!({"lot_id": id, "kind": "linked", "outcome": lot.award.outcome.name(), "with": with});
        }
        Some(_) => {
            let mut row = json!({
                "lot_id": id,
                "kind": "general",
                "outcome": lot.award.outcome.name(),
                "cost": expected::text(lot.cost.map(|(cost, _)| cost)),
                "bound": expected::text(lot.cost.map(|(_, bound)| bound)),
                "steps": walked("steps"),
                "programme": walked("programme"),
                "awards": walked("awards"),
                "rows": walked("rows"),
                "weights": walked("weights"),
                "cases": walked("cases"),
            });
            // Only where there are such rows.
            if let Some((derived, parts)) = found.get("derived").zip(row.as_object_mut()) {
                parts.insert("derived".to_owned(), derived.clone());
            }
            return row;
        }
        None => {}
    }
    json!({
        "lot_id": lot.count.lot.id.as_str(),
        "kind": "least_cost",
        "outcome": lot.award.outcome.name(),
        "cost": expected::text(lot.cost.map(|(cost, _)| cost)),
        "bound": expected::text(lot.cost.map(|(_, bound)| bound)),
        "steps": walked("steps"),
        "awards": walked("awards"),
        "rows": walked("rows"),
        "weights": walked("weights"),
        "cases": walked("cases"),
    })
}
