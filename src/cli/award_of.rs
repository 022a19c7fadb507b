//! The award that a command starts from: of a tender folder, or of a report by the copies of its inputs.

use std::fs;
use std::path::Path;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::read::{ReadOptions, any_text_file};
use crate::report::{self, MANIFEST};
use crate::rules::RulesInstead;
use crate::{Evaluation, evaluate_under};

/// Evaluates a tender folder, or the copies of the inputs in a report folder. These must give the report's own award.
pub(super) fn evaluated(given: &Path, options: &ReadOptions) -> Result<Evaluation, Diagnostics> {
    let Some(report) = Report::at(given) else { return evaluate_under(given, options, None) };
    let instead = report.instead_of_own(given)?;
    let evaluation = evaluate_under(&given.join("inputs"), options, instead.as_ref())?;
    let Evaluation { award, allocation, savings, warnings } = &evaluation;
    if report::award_file(award, allocation, savings, warnings)? != report.award {
        let other = Diagnostic::new(Code::ProjectionOfOtherAward);
        return Err(other.with("file", given.join(AWARD).to_string_lossy()).into());
    }
    Ok(evaluation)
}

const AWARD: &str = "award.json";

/// A report folder: a manifest, an award, and copies of the inputs.
struct Report {
    award: String,
}

impl Report {
    fn at(folder: &Path) -> Option<Self> {
        let whole = folder.join(MANIFEST).is_file() && folder.join("inputs").is_dir();
        let award = fs::read_to_string(folder.join(AWARD)).ok().filter(|_| whole)?;
        Some(Self { award })
    }

    /// The rule set of the report, when it is another than the tender's own.
    fn instead_of_own(&self, folder: &Path) -> Result<Option<RulesInstead>, Diagnostics> {
        let award: serde_json::Value = serde_json::from_str(&self.award).unwrap_or_default();
        let rules = award.get("rules");
        let name = |key: &str| rules.and_then(|rules| rules.get(key)).and_then(serde_json::Value::as_str);
        let (Some(_), Some(id)) = (name("instead_of"), name("id")) else { return Ok(None) };
        if crate::rules::RuleSet::built_in_ids().any(|known| known == id) {
            return Ok(Some(RulesInstead::built_in(id)));
        }
        let file = folder.join("inputs").join("rules").join(format!("{id}.toml"));
        let (source, _) = any_text_file(&file, &ReadOptions::default())?;
        Ok(Some(RulesInstead {
            name: format!("{id}.toml"),
            text: Some(source.text().to_owned()),
            without_overrides: false,
        }))
    }
}
