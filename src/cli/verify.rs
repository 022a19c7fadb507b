//! `jicai verify`.

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use serde_json::json;

use super::answer::{pair, paragraph, section};
use super::{Answer, Exit, encoding, wants_json};
use crate::diagnostics::{escape, json as diagnostics_json, plain};
use crate::read::ReadOptions;
use crate::text::{Language, fill, text};
use crate::verify::{Finding, Verification, verify as verify_report};

/// Checks a report and says what suffices to show each award, or what does not hold.
pub(super) fn verify(matches: &ArgMatches, language: Language) -> Answer {
    let encoding = match encoding(matches, language) {
        Ok(encoding) => encoding,
        Err(answer) => return answer,
    };
    let report = matches.get_one::<PathBuf>("report").map_or(Path::new(""), PathBuf::as_path);
    let tender = matches.get_one::<PathBuf>("tender").map(PathBuf::as_path);
    let options = ReadOptions { encoding, ..ReadOptions::default() };
    let wants_json = wants_json(matches);
    match verify_report(report, tender, &options) {
        Ok(found) => {
            let exit = if found.findings.is_empty() { Exit::Done } else { Exit::NotVerified };
            let results = if wants_json { as_json(&found, language) } else { page(&found, language) };
            Answer { results, messages: String::new(), exit }
        }
        Err(faults) => {
            let exit = Exit::of_diagnostics(&faults);
            let messages = if wants_json {
                diagnostics_json(&faults, language)
            } else {
                plain(&faults, language, false)
            };
            Answer { results: String::new(), messages, exit }
        }
    }
}

/// A finding in one sentence.
fn sentence(finding: &Finding, language: Language) -> String {
    let fault = finding.values.iter().find(|(name, _)| *name == "fault").map(|(_, fault)| fault.as_str());
    let fault = fault.map(|fault| text(language, &format!("verify.fault.{fault}"))).unwrap_or_default();
    let mut values: Vec<(&str, String)> =
        finding.values.iter().map(|(name, value)| (*name, escape(value))).collect();
    values.retain(|(name, _)| *name != "fault");
    values.extend([("file", escape(&finding.file)), ("fault", fault.to_owned())]);
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fill(language, &format!("verify.finding.{}", finding.what), &values)
}

fn page(found: &Verification, language: Language) -> String {
    let say = |key: &str| text(language, &format!("verify.page.{key}"));
    let mut page = String::new();
    for lot in &found.lots {
        let outcome = text(language, &format!("report.outcome.{}", lot.outcome.name()));
        page.push_str(&paragraph(&pair(&escape(&lot.lot_id), outcome, language), 0));
        for assertion in &lot.assertions {
            page.push_str(&paragraph(&escape(&assertion.sentence(language)), 2));
        }
        page.push('\n');
    }
    if let Some((rules, own)) = &found.instead_of {
        let values = [("rules", &*escape(rules)), ("own", &*escape(own))];
        page.push_str(&paragraph(&fill(language, "verify.page.instead_of", &values), 0));
    }
    page.push_str(&paragraph(&pair(say("manifest"), &found.manifest, language), 0));
    if found.findings.is_empty() {
        let lots = found.lots.len().to_string();
        page.push_str(&paragraph(&fill(language, "verify.page.holds", &[("lots", &lots)]), 0));
        return page;
    }
    let count = found.findings.len().to_string();
    page.push_str(&section(&fill(language, "verify.page.fails", &[("count", &count)]), language));
    for finding in &found.findings {
        page.push_str(&paragraph(&sentence(finding, language), 2));
    }
    page
}

fn as_json(found: &Verification, language: Language) -> String {
    let finding = |finding: &Finding| {
        let place = finding.values.iter().find(|(name, _)| *name == "place").map(|(_, place)| place);
        json!({"what": finding.what, "file": finding.file, "place": place, "message": sentence(finding, language)})
    };
    let lots = found.lots.iter().map(|lot| {
        let assertions: Vec<String> =
            lot.assertions.iter().map(|assertion| assertion.sentence(language)).collect();
        json!({"lot_id": lot.lot_id, "outcome": lot.outcome.name(), "assertions": assertions})
    });
    let value = json!({
        "schema": "jicai-verification-1",
        "tender": found.tender,
        "holds": found.findings.is_empty(),
        "manifest_sha256": found.manifest,
        "findings": found.findings.iter().map(finding).collect::<Vec<_>>(),
        "lots": lots.collect::<Vec<_>>(),
    });
    let mut text = serde_json::to_string_pretty(&value).unwrap_or_default();
    text.push('\n');
    text
}
