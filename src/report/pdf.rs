//! report.pdf: the report on paper, for signature.
//!
//! It has the parts that a bid evaluation report has: identification, process, opening prices as read, preliminary
//! examination, detailed comparison, proposed award, reasons for every rejection, savings, conflicts of interest,
//! signatures, annexes. The digest of award.json stands at the foot of each page. Every value goes to the typesetter as
//! data, none as markup. Without the feature `pdf` the program says so, and report.html prints well.
//!
//! | file | what |
//! | --- | --- |
//! | `paper` | what stands on the pages, as values |
//! | `content` | the parts in their order |
//! | `opening`, `bids`, `award`, `annex` | the parts |
//! | `words` | how things are named |
//! | `typeset` | the pages, by typst |
//! | `report.typ` | the layout |

#[cfg(feature = "pdf")]
mod annex;
#[cfg(feature = "pdf")]
mod award;
#[cfg(feature = "pdf")]
mod bids;
#[cfg(feature = "pdf")]
mod content;
#[cfg(feature = "pdf")]
mod opening;
#[cfg(feature = "pdf")]
mod paper;
#[cfg(feature = "pdf")]
mod typeset;
#[cfg(feature = "pdf")]
mod words;

#[cfg(not(feature = "pdf"))]
use std::path::Path;

use super::files::ReportFiles;
#[cfg(feature = "pdf")]
use super::manifest::{MANIFEST, manifest};
#[cfg(feature = "pdf")]
use super::{figures, files, html};
use crate::allocate::Allocation;
use crate::certify::CertifiedAward;
use crate::diagnostics::Diagnostics;
#[cfg(not(feature = "pdf"))]
use crate::diagnostics::{Code, Diagnostic};
use crate::savings::Savings;
use crate::text::Language;

#[cfg(feature = "pdf")]
pub use typeset::Fonts;

/// Name of the file in a report.
pub const REPORT: &str = "report.pdf";

/// Where pages get their letters from; there is none in a program that is built without the feature `pdf`.
#[cfg(not(feature = "pdf"))]
#[derive(Debug)]
pub enum Fonts {}

#[cfg(not(feature = "pdf"))]
impl Fonts {
    /// The fonts in `file`, or those in the program.
    ///
    /// # Errors
    /// `E0691`: this program has none.
    pub fn of(_: Option<&Path>) -> Result<Self, Diagnostics> {
        Err(Diagnostic::new(Code::PaperNotBuilt).into())
    }
}

/// The drawing that may be taller than a sheet, and what the names of its parts begin with.
#[cfg(feature = "pdf")]
const LADDER: &str = "charts/price-ladder.svg";
#[cfg(feature = "pdf")]
const LADDER_PART: &str = "charts/price-ladder-part-";

/// Adds report.pdf to a report, and names it in the manifest.
///
/// # Errors
/// `E0623` when the font lacks a character, `E0692` when the pages cannot be set.
#[cfg(not(feature = "pdf"))]
pub fn add_paper(
    _: &mut ReportFiles,
    _: &CertifiedAward,
    _: &Allocation,
    _: &Savings,
    _: &Diagnostics,
    fonts: &Fonts,
    _: Language,
) -> Result<(), Diagnostics> {
    match *fonts {}
}

/// Adds report.pdf to a report, and names it in the manifest.
///
/// # Errors
/// `E0623` when the font lacks a character, `E0692` when the pages cannot be set.
#[cfg(feature = "pdf")]
pub fn add_paper(
    report: &mut ReportFiles,
    award: &CertifiedAward,
    allocation: &Allocation,
    savings: &Savings,
    warnings: &Diagnostics,
    fonts: &Fonts,
    language: Language,
) -> Result<(), Diagnostics> {
    let lots = figures::lots(award, allocation, savings);
    let subject = html::Subject::new(award, &lots, savings, None, warnings, language);
    let digest = report.get("award.json").map(files::sha256).unwrap_or_default();
    let whole = report.get(LADDER).and_then(|svg| std::str::from_utf8(svg).ok()).unwrap_or_default();
    let parts = super::chart::ladder_on_sheets(award, allocation, whole, language);
    let parts: Vec<(String, String)> =
        (1_u32..).zip(parts).map(|(number, svg)| (format!("{LADDER_PART}{number:02}.svg"), svg)).collect();
    let charts = report
        .iter()
        .filter(|(name, _)| name.ends_with(".svg") && !name.starts_with("charts/lots/"))
        .filter(|(name, _)| parts.is_empty() || *name != LADDER)
        .chain(parts.iter().map(|(name, svg)| (name.as_str(), svg.as_bytes())))
        .collect::<std::collections::BTreeMap<&str, &[u8]>>();
    let names: Vec<&str> = charts.keys().copied().collect();
    let paper = content::paper(&subject, &digest, &names, fonts.families())?;
    let paper = serde_json::to_string(&paper).unwrap_or_default();
    let pages = typeset::typeset(&paper, &charts, fonts, &digest)?;
    report.add(REPORT, pages);
    let screened = award.screened();
    let listed = manifest(&screened.inputs, &screened.rules.id, &screened.rules.sha256, report);
    report.add(MANIFEST, listed);
    Ok(())
}
