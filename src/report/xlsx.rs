//! report.xlsx: the award as a workbook, in the language asked for.
//!
//! Every sheet but one states the award as it was certified. The sheet of savings computes: its prices, volumes and
//! baselines are input, and value, savings, cuts and totals are formulas over them, each with its result beside it for
//! readers that do not calculate.
//!
//! | file | what |
//! | --- | --- |
//! | `cell` | a cell, and what kind of number it holds |
//! | `sheet` | a sheet as data |
//! | `write` | sheets as the bytes of a workbook |
//! | `size` | widths of columns and heights of rows |
//! | `format` | number formats and cell styles |
//! | `words` | words of the report in the language asked for |
//! | `formula` | the formulas, as text |
//! | `summary`, `winners`, `bids`, `steps`, `regions`, `volumes`, `draws`, `savings`, `savings_by_lot`, `rules`, `published`, `scenarios`, `rule_costs`, `frontier` | one sheet each |

mod baselines;
mod bids;
mod cell;
mod draws;
mod format;
mod formula;
mod frontier;
mod published;
mod regions;
mod rule_costs;
mod rules;
mod savings;
mod savings_by_lot;
mod scenarios;
mod sheet;
mod size;
mod steps;
mod summary;
mod volumes;
mod winners;
mod words;
mod write;

use super::figures::LotFigures;
use super::published::Published;
use super::whatif::Told;
use crate::certify::CertifiedAward;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::savings::Savings;
use crate::text::Language;
use words::Words;

/// What the sheets are made from.
struct Report<'a> {
    award: &'a CertifiedAward,
    lots: &'a [LotFigures<'a>],
    savings: &'a Savings,
    published: Option<&'a Published>,
    warnings: &'a Diagnostics,
    /// SHA-256 of award.json.
    digest: &'a str,
    words: Words<'a>,
}

/// The workbook as the bytes of a file; `digest` is the SHA-256 of award.json, which every printed page carries.
///
/// # Errors
/// `E0607` when a sum over the tender cannot be held exactly; `E0620` when the workbook's format cannot hold the report.
pub(super) fn report_xlsx(
    award: &CertifiedAward,
    lots: &[LotFigures<'_>],
    savings: &Savings,
    (published, told): (Option<&Published>, &Told),
    warnings: &Diagnostics,
    digest: &str,
    language: Language,
) -> Result<Vec<u8>, Diagnostics> {
    let words = Words::new(award, language);
    let report = Report { award, lots, savings, published, warnings, digest, words };
    let sheets = [
        Some(winners::sheet(&report)),
        Some(bids::sheet(&report)),
        Some(steps::sheet(&report)),
        Some(regions::sheet(&report)),
        Some(volumes::sheet(&report)?),
        draws::sheet(&report),
        Some(savings::sheet(&report)),
        Some(savings_by_lot::sheet(&report)),
        Some(baselines::sheet(&report)),
        Some(rules::sheet(&report)),
        published::sheet(&report),
        scenarios::sheet(&report, told),
        rule_costs::sheet(&report, told),
        frontier::sheet(&report, told),
    ];
    let mut sheets: Vec<sheet::Sheet> = sheets.into_iter().flatten().collect();
    let first = summary::sheet(&report, &sheets)?;
    sheets.insert(0, first);
    write::workbook(&sheets, &report)
        .map_err(|fault| Diagnostic::new(Code::WorkbookNotMade).with("reason", fault.to_string()).into())
}
