//! The files of a report, and the manifest that names each by its digest.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Finding, strict};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};

const MANIFEST: &str = "manifest.json";

/// Files that a desktop leaves in folders without being asked.
const LEFT_BY_DESKTOPS: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// The files of a report by name, with forward slashes.
#[derive(Debug, Clone, Default)]
pub struct Report {
    files: BTreeMap<String, Vec<u8>>,
}

/// What a manifest says.
pub(super) struct Manifest {
    pub(super) rules_id: String,
    pub(super) rules_sha256: String,
    /// Inputs: name and digest.
    pub(super) inputs: Vec<(String, String)>,
}

impl FromIterator<(String, Vec<u8>)> for Report {
    fn from_iter<I: IntoIterator<Item = (String, Vec<u8>)>>(files: I) -> Self {
        Self { files: files.into_iter().collect() }
    }
}

impl Report {
    /// Reads every file below a folder.
    ///
    /// # Errors
    /// `E0608` when the folder has no manifest, `E0609` when the system refuses a file.
    pub fn read(folder: &Path) -> Result<Self, Diagnostics> {
        let shown = folder.to_string_lossy();
        if !folder.join(MANIFEST).is_file() {
            return Err(Diagnostic::new(Code::ReportMissing).with("folder", shown).into());
        }
        let mut report = Self::default();
        report.read_folder(folder, "").map_err(|fault| {
            let refused = Diagnostic::new(Code::ReportUnreadable).with("folder", shown);
            Diagnostics::from(refused.with("reason", fault.kind().to_string()))
        })?;
        Ok(report)
    }

    fn read_folder(&mut self, folder: &Path, prefix: &str) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                self.read_folder(&entry.path(), &format!("{name}/"))?;
            } else {
                self.files.insert(name, fs::read(entry.path())?);
            }
        }
        Ok(())
    }

    /// The bytes of a file.
    pub(super) fn get(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(Vec::as_slice)
    }

    /// A file as text.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        String::from_utf8(self.get(name)?.to_vec()).ok()
    }

    /// A file as JSON; null, with a finding, when it is not.
    pub(super) fn json(&self, name: &str, findings: &mut Vec<Finding>) -> Value {
        self.get(name).and_then(strict::parse).unwrap_or_else(|| {
            findings.push(Finding::new("not_json", name));
            Value::Null
        })
    }

    /// SHA-256 of manifest.json.
    pub(super) fn digest(&self) -> String {
        self.get(MANIFEST).map(sha256).unwrap_or_default()
    }

    /// The manifest, and every file that is not as it says.
    pub(super) fn manifest(&self) -> (Option<Manifest>, Vec<Finding>) {
        let mut findings = Vec::new();
        let text = self.text(MANIFEST).unwrap_or_default();
        let parsed = strict::parse(text.as_bytes()).unwrap_or_default();
        if self_digest(&text).as_deref() != Some(text.as_str()) || parsed["schema"] != "jicai-manifest-1" {
            findings.push(Finding::new("manifest", MANIFEST));
        }
        let (Some(inputs), Some(files)) = (entries(&parsed["inputs"]), entries(&parsed["files"])) else {
            findings.push(Finding::new("manifest", MANIFEST));
            findings.dedup();
            return (None, findings);
        };
        for (name, digest) in &files {
            match self.get(name) {
                None => findings.push(Finding::new("missing", name)),
                Some(bytes) if sha256(bytes) != *digest => findings.push(Finding::new("digest", name)),
                Some(_) => {}
            }
        }
        let listed: BTreeSet<&str> = files.iter().map(|(name, _)| name.as_str()).chain([MANIFEST]).collect();
        let of_desktops =
            |name: &&str| LEFT_BY_DESKTOPS.iter().any(|left| name.rsplit('/').next() == Some(left));
        let unlisted = self.files.keys().map(String::as_str).filter(|name| !listed.contains(name));
        findings
            .extend(unlisted.filter(|name| !of_desktops(name)).map(|name| Finding::new("stranger", name)));
        let copies = || files.iter().filter(|(name, _)| name.starts_with("inputs/"));
        let copied = |name: &str, digest: &str| {
            copies().any(|(copy, own)| copy.strip_prefix("inputs/") == Some(name) && own == digest)
        };
        let lost = inputs.iter().filter(|(name, digest)| !copied(name, digest));
        findings.extend(lost.map(|(name, _)| Finding::new("copy", name)));
        let word = |key: &str| parsed["rules"][key].as_str().unwrap_or_default().to_owned();
        let (rules_id, rules_sha256) = (word("id"), word("sha256"));
        if !copied(&format!("rules/{rules_id}.toml"), &rules_sha256) {
            findings.push(Finding::new("copy", &format!("rules/{rules_id}.toml")));
        }
        (Some(Manifest { rules_id, rules_sha256, inputs }), findings)
    }
}

/// Names with digests; `None` when it is no such list.
fn entries(list: &Value) -> Option<Vec<(String, String)>> {
    let entry =
        |entry: &Value| Some((entry["name"].as_str()?.to_owned(), entry["sha256"].as_str()?.to_owned()));
    list.as_array()?.iter().map(entry).collect()
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A manifest with its own digest in its last line: SHA-256 of the text in which that digest is blank. `None` when the text
/// has no such line.
pub fn self_digest(manifest: &str) -> Option<String> {
    let head = manifest.strip_suffix("\"\n}\n")?;
    let (head, digest) = head.rsplit_once("  \"sha256\": \"")?;
    let last_line = head.ends_with('\n') && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
    let with = |digest: &str| format!("{head}  \"sha256\": \"{digest}\"\n}}\n");
    last_line.then(|| with(&sha256(with("").as_bytes())))
}
