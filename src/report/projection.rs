//! The files of a projection: a page to read, a flat table, everything for programs, and two charts.

mod page;

use crate::certify::CertifiedAward;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, escape};
use crate::money::Inexact;
use crate::savings::Baseline;
use crate::savings::payers::Profile;
use crate::savings::projection::{PayersOfProjection, Projection, by_payer};
use crate::tender::InputFile;
use crate::text::{Language, fill, text};

use super::chart::{projection_factors, projection_fan};
use super::files::{ReportFiles, sha256};
use super::manifest::{MANIFEST, manifest};
use super::reading::tender_title;
use super::tables::{Tables, projection_page, projection_tables};

/// A projection with what it is of.
#[derive(Debug, Clone, Copy)]
pub struct ProjectionOf<'a> {
    /// The award.
    pub award: &'a CertifiedAward,
    /// What it is projected to save.
    pub projection: &'a Projection,
    /// Who pays.
    pub profile: &'a Profile,
    /// The text of the assumptions.
    pub assumptions: &'a str,
}

impl ProjectionOf<'_> {
    fn payers(&self) -> Result<PayersOfProjection, Diagnostics> {
        by_payer(self.projection, self.profile).map_err(too_large)
    }

    /// Everything as tables: what JSON and CSV hold.
    ///
    /// # Errors
    /// `E0742` when a sum cannot be held.
    pub fn tables(&self, language: Language) -> Result<Tables, Diagnostics> {
        let notice = &self.award.screened().notice;
        let payers = self.payers()?;
        projection_tables(&notice.id, &notice.currency, self.projection, &payers, language).map_err(too_large)
    }

    /// The page on the terminal.
    ///
    /// # Errors
    /// `E0742` when a sum cannot be held.
    pub fn page(&self, language: Language) -> Result<Tables, Diagnostics> {
        let title = tender_title(&self.award.screened().notice, language);
        let title = fill(language, "projection.title_of", &[("title", &title)]);
        projection_page(&title, self.projection, &self.payers()?, self.profile, language).map_err(too_large)
    }

    /// Every file, in memory; [`super::folder::write`] puts them in their place.
    ///
    /// # Errors
    /// `E0742` when a sum cannot be held.
    pub fn files(&self, language: Language) -> Result<ReportFiles, Diagnostics> {
        let mut files = ReportFiles::new();
        let tables = self.tables(language)?;
        let fan = projection_fan(self.award, self.projection, language);
        let factors = projection_factors(self.award, self.projection, language);
        let charts = [fan.as_deref(), factors.as_deref()];
        files.add("projection.html", page::page(self, &self.payers()?, charts, language)?);
        files.add("projection.csv", tables.csv());
        files.add("projection.json", tables.json());
        for (name, chart) in ["charts/projection-fan.svg", "charts/projection-factors.svg"].iter().zip(charts)
        {
            if let Some(chart) = chart {
                files.add(name, chart);
            }
        }
        files.add("inputs/assumptions.toml", self.assumptions);
        let screened = self.award.screened();
        let mut inputs = screened.inputs.clone();
        inputs.push(InputFile {
            name: "assumptions.toml".to_owned(),
            sha256: sha256(self.assumptions.as_bytes()),
            bytes: self.assumptions.as_bytes().into(),
        });
        files.add(MANIFEST, manifest(&inputs, &screened.rules.id, &screened.rules.sha256, &files));
        Ok(files)
    }
}

fn too_large(_: Inexact) -> Diagnostics {
    Diagnostic::new(Code::ProjectionTooLarge).into()
}

/// The baseline as it stands in a sentence.
pub(super) fn against(projection: &Projection, language: Language) -> String {
    let name = &projection.basis.baseline;
    if Baseline::ALL.iter().any(|own| own.name() == name) {
        return text(language, &format!("report.summary.against.{name}")).to_owned();
    }
    fill(language, "report.summary.against_stated", &[("name", &escape(name))])
}
