//! What is written, one file per format.
//!
//! | file | what |
//! | --- | --- |
//! | `json` | award.json |
//! | `csv` | winners.csv, decisions.csv, regions.csv, savings.csv |
//! | `lines` | the line breaks of proof.json |
//! | `manifest` | manifest.json |
//! | `html` | report.html |
//! | `notices` | the public notices: proposed winners, supply list |
//! | `letters` | letters to unsuccessful bidders |
//! | `proof` | proof.json |
//! | `chart` | the charts, as SVG |
//! | `summary` | the page on the terminal |
//! | `reading` | exact values as people read them |
//! | `published` | our winners beside the published ones |
//! | `draw` | what an open draw can give |
//! | `figures` | a lot with all that the stages say of it, and the sums |
//! | `files` | the files of a report, in memory |
//! | `folder` | a report put in its place whole or not at all |

pub mod chart;
mod csv;
mod disk;
mod draw;
mod figures;
mod files;
pub mod folder;
mod html;
mod json;
mod letters;
mod lines;
mod manifest;
mod notices;
mod proof;
mod published;
pub mod reading;
mod standing;
mod summary;

pub use files::ReportFiles;
pub use letters::letters;
pub use manifest::MANIFEST;
pub use published::{Agreement, Difference, Published, PublishedLot};
pub use summary::summary;

use crate::allocate::Allocation;
use crate::certify::CertifiedAward;
use crate::diagnostics::Diagnostics;
use crate::savings::Savings;
use crate::text::Language;

/// Every file of the report on an award, in memory; [`folder::write`] puts them in their place.
///
/// `language` is that of the charts, the page and the public notices; award.json and the flat tables are the same in
/// every language.
///
/// # Errors
/// `E0607` when a sum over the tender cannot be held exactly.
pub fn report(
    award: &CertifiedAward,
    allocation: &Allocation,
    savings: &Savings,
    warnings: &Diagnostics,
    language: Language,
) -> Result<ReportFiles, Diagnostics> {
    let screened = award.screened();
    let lots = figures::lots(award, allocation, savings);
    let published = published::compare(&lots);
    let mut files = ReportFiles::new();
    let award_file = json::award_json(award, &lots, savings, published.as_ref(), warnings)?;
    let charts = chart::Charts::of(award, allocation, savings, language);
    let subject = html::Subject::new(award, &lots, savings, published.as_ref(), warnings, language);
    files.add("report.html", html::report_html(&subject, &charts, &files::sha256(award_file.as_bytes()))?);
    files.add("award.json", award_file);
    notices::add(&mut files, &subject);
    files.add("winners.csv", csv::winners_csv(award, &lots));
    files.add("decisions.csv", csv::decisions_csv(award, &lots));
    files.add("regions.csv", csv::regions_csv(award, &lots));
    files.add("savings.csv", csv::savings_csv(award, &lots, savings));
    for (name, svg) in charts.files() {
        files.add(name, svg);
    }
    files.add("proof.json", proof::proof_json(award, &lots));
    for input in &screened.inputs {
        files.add(&format!("inputs/{}", input.name), input.bytes.to_vec());
    }
    files.add(&format!("inputs/rules/{}.toml", screened.rules.id), screened.rules.text.as_str());
    let manifest = manifest::manifest(&screened.inputs, &screened.rules.id, &screened.rules.sha256, &files);
    files.add(MANIFEST, manifest);
    Ok(files)
}

/// Our winners beside the published ones; `None` when the tender states no published result.
pub fn published(award: &CertifiedAward, allocation: &Allocation, savings: &Savings) -> Option<Published> {
    published::compare(&figures::lots(award, allocation, savings))
}
