//! manifest.json: what went in and what came out, by SHA-256.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::files::{ReportFiles, sha256};
use super::json::pretty;
use crate::tender::InputFile;

/// Name of the manifest in a report folder.
pub const MANIFEST: &str = "manifest.json";
const SCHEMA: &str = "jicai-manifest-1";
/// What the schema of a manifest of any version begins with.
const SCHEMA_OF_ANY_VERSION: &str = "jicai-manifest-";

/// The order of the fields is the order of the keys.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Manifest<'a> {
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    program: Program,
    #[serde(skip_serializing_if = "Option::is_none")]
    rules: Option<Rules<'a>>,
    inputs: Vec<Entry<'a>>,
    files: Vec<Entry<'a>>,
    /// Of this file itself, counted with this field blank.
    sha256: &'static str,
}

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Program {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Rules<'a> {
    id: &'a str,
    sha256: &'a str,
}

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Entry<'a> {
    name: &'a str,
    sha256: String,
}

/// The manifest of `files`, which do not hold it yet: digests of every input, of the rule set and of every file, each
/// list by name, and the program that wrote them.
pub(super) fn manifest(
    inputs: &[InputFile],
    rules_id: &str,
    rules_sha256: &str,
    files: &ReportFiles,
) -> String {
    listed(inputs, Some(Rules { id: rules_id, sha256: rules_sha256 }), files)
}

/// The manifest of files that no rule set had a part in.
pub(super) fn manifest_without_rules(inputs: &[InputFile], files: &ReportFiles) -> String {
    listed(inputs, None, files)
}

/// The manifest of `files` with the inputs and the rule set that an earlier one of theirs names; `None` when `earlier` is
/// no manifest.
pub(super) fn listed_again(earlier: &[u8], files: &ReportFiles) -> Option<String> {
    let earlier: Earlier = serde_json::from_slice(earlier).ok()?;
    let inputs = earlier.inputs.iter().map(|input| Entry { name: &input.name, sha256: input.sha256.clone() });
    let rules = earlier.rules.as_ref().map(|rules| Rules { id: &rules.id, sha256: &rules.sha256 });
    Some(of_entries(inputs.collect(), rules, files))
}

/// The parts of a manifest that do not change when files are added.
#[derive(Deserialize)]
struct Earlier {
    rules: Option<EarlierRules>,
    inputs: Vec<EarlierInput>,
}

#[derive(Deserialize)]
struct EarlierRules {
    id: String,
    sha256: String,
}

#[derive(Deserialize)]
struct EarlierInput {
    name: String,
    sha256: String,
}

fn listed(inputs: &[InputFile], rules: Option<Rules<'_>>, files: &ReportFiles) -> String {
    let mut read: Vec<Entry<'_>> =
        inputs.iter().map(|input| Entry { name: &input.name, sha256: input.sha256.clone() }).collect();
    read.sort_by(|one, other| one.name.cmp(other.name));
    of_entries(read, rules, files)
}

fn of_entries(read: Vec<Entry<'_>>, rules: Option<Rules<'_>>, files: &ReportFiles) -> String {
    let written = files
        .iter()
        .filter(|(name, _)| *name != MANIFEST)
        .map(|(name, bytes)| Entry { name, sha256: sha256(bytes) });
    let blank = pretty(&Manifest {
        schema: SCHEMA,
        program: Program { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        rules,
        inputs: read,
        files: written.collect(),
        sha256: "",
    });
    let own = sha256(blank.as_bytes());
    match blank.strip_suffix("\"\"\n}\n") {
        Some(head) => format!("{head}\"{own}\"\n}}\n"),
        None => blank,
    }
}

/// The part of a manifest that tells which files a report folder holds.
#[derive(Deserialize)]
struct Listing {
    schema: String,
    files: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    name: String,
}

/// The names that a manifest of any version lists, the manifest itself included; `None` when `bytes` is no manifest.
pub(super) fn listed_files(bytes: &[u8]) -> Option<BTreeSet<String>> {
    let listing: Listing = serde_json::from_slice(bytes).ok()?;
    listing
        .schema
        .starts_with(SCHEMA_OF_ANY_VERSION)
        .then(|| listing.files.into_iter().map(|listed| listed.name).chain([MANIFEST.to_owned()]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_by_name_and_the_manifest_is_not_in_itself() {
        let mut files = ReportFiles::new();
        files.add("b.csv", "abc");
        files.add("a.json", "");
        files.add(MANIFEST, "an older one");
        let input =
            |name: &str| InputFile { name: name.to_owned(), sha256: "00".to_owned(), bytes: [].into() };
        let text = manifest(&[input("lots.csv"), input("bids.csv")], "round", "11", &files);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let names = |list: &str| -> Vec<String> {
            let entries = value.get(list).and_then(|list| list.as_array()).unwrap();
            entries.iter().map(|entry| entry["name"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(names("inputs"), ["bids.csv", "lots.csv"]);
        assert_eq!(names("files"), ["a.json", "b.csv"]);
        assert_eq!(value["files"][1]["sha256"], sha256(b"abc"));
        assert_eq!(value["rules"]["sha256"], "11");
        assert!(text.ends_with("}\n"));
        let listed = listed_files(text.as_bytes()).unwrap();
        assert_eq!(listed.into_iter().collect::<Vec<_>>(), ["a.json", "b.csv", MANIFEST]);
    }

    #[test]
    fn other_files_named_manifest_are_not_ours() {
        for other in ["", "{}", r#"{"schema":"other-1","files":[]}"#, r#"{"manifest_version":3}"#, "[1]"] {
            assert_eq!(listed_files(other.as_bytes()), None, "{other}");
        }
    }
}
