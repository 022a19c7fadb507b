//! A tender folder written for a test.

use std::collections::BTreeMap;

use jicai::Evaluation;
use jicai::diagnostics::Diagnostics;
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

    /// The folder on disk.
    pub fn written(&self) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in &self.files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        folder
    }

    /// What comes of it.
    pub fn try_evaluate(&self) -> Result<Evaluation, Diagnostics> {
        let folder = self.written();
        jicai::evaluate(folder.path(), &ReadOptions::default())
    }

    pub fn evaluate(&self) -> Evaluation {
        self.try_evaluate().unwrap_or_else(|faults| panic!("{faults:?}"))
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
