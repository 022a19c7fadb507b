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
//! | `changes` | two awards side by side |
//! | `projection` | projection.html, projection.csv and projection.json |
//! | `proof` | proof.json |
//! | `chart` | the charts, as SVG |
//! | `xlsx` | report.xlsx |
//! | `png` | the charts as PNG, on request |
//! | `pdf` | report.pdf, on request |
//! | `summary` | the page on the terminal |
//! | `about` | amounts in few digits |
//! | `reading` | exact values as people read them |
//! | `published` | our winners beside the published ones |
//! | `explained` | a lot or a bid step by step |
//! | `needed` | what a bid would have needed, in words |
//! | `draw` | what an open draw can give |
//! | `whatif` | scenarios, what each rule costs, frontiers |
//! | `tables` | computed tables that a command prints: effects, payers, retention, settlement, execution, projection |
//! | `policy` | one page for those who decide |
//! | `effects` | the folder on a change of spending: its waterfall |
//! | `execution` | the folder on execution: what was bought beside what was agreed |
//! | `figures` | a lot with all that the stages say of it, and the sums |
//! | `schema` | the shape of the files, for programs |
//! | `files` | the files of a report, in memory |
//! | `folder` | a report put in its place whole or not at all |

mod about;
pub mod changes;
pub mod chart;
mod conflict;
mod csv;
mod disk;
mod draw;
mod effects;
mod execution;
pub mod explained;
mod figures;
mod files;
pub mod folder;
#[cfg(any(feature = "png", feature = "pdf"))]
mod font;
mod html;
mod json;
mod letters;
mod limits;
mod lines;
pub mod lottery;
mod manifest;
mod needed;
mod notices;
pub mod pdf;
pub mod png;
mod policy;
pub mod projection;
mod proof;
mod published;
pub mod reading;
pub mod schema;
mod standing;
mod summary;
pub mod tables;
mod whatif;
mod xlsx;

pub use effects::EffectsOf;
pub use execution::execution;
pub use files::ReportFiles;
pub use letters::letters;
pub use manifest::MANIFEST;
pub use policy::{PayerName, PolicyPayers, policy, policy_baseline};
pub use proof::programme_proof;
pub use published::{Agreement, Difference, Published, PublishedLot};
pub use summary::summary;

use crate::allocate::Allocation;
use crate::certify::CertifiedAward;
use crate::diagnostics::Diagnostics;
use crate::savings::Savings;
use crate::text::Language;
use crate::whatif::WhatIf;

/// award.json alone.
///
/// # Errors
/// `E0607` when a sum over the tender cannot be held exactly.
pub fn award_file(
    award: &CertifiedAward,
    allocation: &Allocation,
    savings: &Savings,
    warnings: &Diagnostics,
) -> Result<String, Diagnostics> {
    let lots = figures::lots(award, allocation, savings);
    let published = published_under_own_rules(award, &lots);
    json::award_json(award, &lots, savings, published.as_ref(), warnings)
}

/// The baseline that a report leads with: the one that most winners have; `None` when no winner has any.
pub fn leading_baseline(savings: &Savings) -> Option<crate::savings::Baseline> {
    figures::widest(savings)
}

/// Every file of the report on an award, in memory; [`folder::write`] puts them in their place.
///
/// `language` is that of the charts, the page, the workbook and the public notices; award.json and the flat tables are the same in
/// every language.
///
/// # Errors
/// `E0607` when a sum over the tender cannot be held exactly; `E0620` when a workbook cannot hold the report.
pub fn report(
    award: &CertifiedAward,
    allocation: &Allocation,
    savings: &Savings,
    warnings: &Diagnostics,
    language: Language,
) -> Result<ReportFiles, Diagnostics> {
    report_with(award, allocation, savings, warnings, &WhatIf::default(), language)
}

/// The same with what was asked beside the award: scenarios, what each rule costs, frontiers.
///
/// # Errors
/// As [`report`].
pub fn report_with(
    award: &CertifiedAward,
    allocation: &Allocation,
    savings: &Savings,
    warnings: &Diagnostics,
    answers: &WhatIf,
    language: Language,
) -> Result<ReportFiles, Diagnostics> {
    let screened = award.screened();
    let lots = figures::lots(award, allocation, savings);
    let published = published_under_own_rules(award, &lots);
    let mut files = ReportFiles::new();
    let award_file = json::award_json(award, &lots, savings, published.as_ref(), warnings)?;
    let charts = chart::Charts::of(award, allocation, savings, language);
    let subject = html::Subject::new(award, &lots, savings, published.as_ref(), warnings, language);
    let told = whatif::Told::of(award, allocation, savings, answers)?;
    let what_if = chart::WhatIfCharts::of(award, &told, language);
    let digest = files::sha256(award_file.as_bytes());
    files.add("report.html", html::report_html(&subject, &charts, (&told, &what_if), &digest)?);
    let workbook =
        xlsx::report_xlsx(award, &lots, savings, (published.as_ref(), &told), warnings, &digest, language)?;
    files.add("report.xlsx", workbook);
    files.add("award.json", award_file);
    notices::add(&mut files, &subject);
    files.add("winners.csv", csv::winners_csv(award, &lots));
    files.add("decisions.csv", csv::decisions_csv(award, &lots));
    files.add("regions.csv", csv::regions_csv(award, &lots));
    files.add("savings.csv", csv::savings_csv(award, &lots, savings));
    for (name, svg) in charts.files() {
        files.add(name, svg);
    }
    for (name, svg) in what_if.files() {
        files.add(name, svg);
    }
    told.add_tables(&mut files, award, answers);
    files.add("proof.json", proof::proof_json(award, &lots));
    for input in &screened.inputs {
        files.add(&format!("inputs/{}", input.name), input.bytes.to_vec());
    }
    files.add(&format!("inputs/rules/{}.toml", screened.rules.id), screened.rules.text.as_str());
    let manifest = manifest::manifest(&screened.inputs, &screened.rules.id, &screened.rules.sha256, &files);
    files.add(MANIFEST, manifest);
    Ok(files)
}

/// award.json alone, as it stands in the report.
///
/// # Errors
/// `E0607` when a sum over the tender cannot be held exactly.
pub fn award_json(
    award: &CertifiedAward,
    allocation: &Allocation,
    savings: &Savings,
    warnings: &Diagnostics,
) -> Result<String, Diagnostics> {
    let lots = figures::lots(award, allocation, savings);
    json::award_json(award, &lots, savings, published_under_own_rules(award, &lots).as_ref(), warnings)
}

/// Our winners beside the published ones; `None` when the tender states no published result, or when another rule set
/// than its own was applied.
pub fn published(award: &CertifiedAward, allocation: &Allocation, savings: &Savings) -> Option<Published> {
    published_under_own_rules(award, &figures::lots(award, allocation, savings))
}

/// A published result is that of the tender's own rules; beside another rule set's award it would say nothing.
fn published_under_own_rules(award: &CertifiedAward, lots: &[figures::LotFigures<'_>]) -> Option<Published> {
    if award.screened().rules.instead_of.is_some() { None } else { published::compare(lots) }
}
