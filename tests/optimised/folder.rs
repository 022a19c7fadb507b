//! A tender folder written for a test.

use std::collections::BTreeMap;

use jicai::Evaluation;
use jicai::read::ReadOptions;

/// Files of a tender.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    files: BTreeMap<String, String>,
}

impl Folder {
    /// A tender under `generic-optimised`; lots, bids and demand are still to be given.
    pub fn new() -> Self {
        Self::default().notice("")
    }

    /// The same with more in `tender.toml`.
    pub fn notice(self, more: &str) -> Self {
        let notice = format!(
            "[tender]\nid = \"t\"\ntitle = \"T\"\nkind = \"drug\"\nannounced = 2024-01-01\ncurrency = \"CNY\"\nrules = \"generic-optimised\"\n{more}"
        );
        self.file("tender.toml", &notice)
    }

    /// The same with a file.
    pub fn file(mut self, name: &str, text: &str) -> Self {
        self.files.insert(name.to_owned(), text.to_owned());
        self
    }

    /// The text of a file; blank when there is none.
    pub fn text(&self, name: &str) -> &str {
        self.files.get(name).map(String::as_str).unwrap_or_default()
    }

    /// The folder on disk.
    pub fn written(&self) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in &self.files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        folder
    }
}

impl std::fmt::Display for Folder {
    /// The files, but for what a rule set of its own shares with the one that is built in.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (name, text) in &self.files {
            let own = match name.ends_with("own.toml") {
                true => text.find("\n[limit.").map_or("", |from| &text[from..]),
                false => text,
            };
            writeln!(f, "--- {name}\n{}", own.trim_end())?;
        }
        Ok(())
    }
}

/// Winning suppliers with their volumes, lot by lot.
pub fn won(evaluation: &Evaluation) -> Vec<String> {
    let pairs = evaluation.award.lots().zip(&evaluation.allocation.lots);
    pairs
        .map(|((screened, _), allocation)| {
            let winner = |winner: &jicai::allocate::WinnerVolume| {
                let bid = &screened.comparable.lot.bids[winner.bid];
                format!("{} {}", bid.supplier_id, winner.agreed_volume)
            };
            allocation.winners.iter().map(winner).collect::<Vec<_>>().join(", ")
        })
        .collect()
}

/// The files of the report on an evaluation.
pub fn report(evaluation: &Evaluation) -> Vec<(String, Vec<u8>)> {
    let Evaluation { award, allocation, savings, warnings } = evaluation;
    let files =
        jicai::report::report(award, allocation, savings, warnings, jicai::text::Language::English).unwrap();
    files.iter().map(|(name, bytes)| (name.to_owned(), bytes.to_vec())).collect()
}

/// That report, judged against the folder by the independent check; what does not hold.
pub fn findings(folder: &std::path::Path, evaluation: &Evaluation) -> Vec<String> {
    let inputs = jicai::verify::Inputs::read(folder, &ReadOptions::default()).unwrap();
    let found = jicai::verify::judge(&report(evaluation).into_iter().collect(), &inputs).unwrap();
    found.findings.iter().map(|finding| format!("{finding:?}")).collect()
}
