//! Words of the report in the language asked for.

use super::cell::Cell;
use crate::allocate::Basis;
use crate::certify::CertifiedAward;
use crate::diagnostics::escape;
use crate::report::figures::LotFigures;
use crate::report::reading::{lot_name, supplier_name, unit};
use crate::tender::{Bid, Role, SupplierId};
use crate::text::{Language, fill, text};

/// Looks words up for one report.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    /// The language asked for.
    pub(super) language: Language,
    award: &'a CertifiedAward,
}

impl<'a> Words<'a> {
    /// For a report on `award`.
    pub(super) fn new(award: &'a CertifiedAward, language: Language) -> Self {
        Self { language, award }
    }

    /// A text of the workbook by its key below `workbook`.
    pub(super) fn text(self, key: &str) -> &'static str {
        text(self.language, &format!("workbook.{key}"))
    }

    /// As [`Self::text`], with values.
    pub(super) fn fill(self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.language, &format!("workbook.{key}"), values)
    }

    /// As what a supplier serves a region.
    pub(super) fn role(self, role: Role) -> String {
        match role {
            Role::Backup(place @ 3..) => self.fill("role.backup-more", &[("place", &place.to_string())]),
            _ => self.text(&format!("role.{}", role.name())).to_owned(),
        }
    }

    /// The name of a sheet.
    pub(super) fn sheet(self, name: &str) -> &'static str {
        self.text(&format!("sheet.{name}"))
    }

    /// Heads of columns by their keys. A head that names the currency has it filled in.
    pub(super) fn heads(self, keys: &[&str]) -> Vec<String> {
        let currency = unit(&self.award.screened().notice.currency, self.language);
        keys.iter().map(|key| self.fill(&format!("head.{key}"), &[("currency", &currency)])).collect()
    }

    /// A text of the report by its key below `report`, such as `status.won`.
    pub(super) fn report(self, key: &str) -> &'static str {
        text(self.language, &format!("report.{key}"))
    }

    /// A lot's id and name.
    pub(super) fn lot(self, lot: &LotFigures<'_>) -> [Cell; 2] {
        [Cell::shown(lot.lot().id.as_str()), Cell::text(lot_name(lot.lot(), self.language))]
    }

    /// A supplier's id and name.
    pub(super) fn supplier(self, id: &SupplierId) -> [Cell; 2] {
        let name = supplier_name(&self.award.screened().suppliers, id, self.language);
        [Cell::shown(id.as_str()), Cell::text(name)]
    }

    /// A bid's supplier, its name, and the bid's id.
    pub(super) fn bid(self, bid: &Bid) -> [Cell; 3] {
        let [id, name] = self.supplier(&bid.supplier_id);
        [id, name, Cell::shown(bid.id.as_str())]
    }

    /// Where a distribution of volumes comes from.
    pub(super) fn basis(self, basis: Basis) -> &'static str {
        self.text(&format!("basis.{}", basis.name()))
    }

    /// One of two texts of a file that come in English and in Chinese.
    pub(super) fn chosen(self, english: &str, chinese: &str) -> String {
        match self.language {
            Language::English => escape(english),
            Language::Chinese => escape(chinese),
        }
    }
}
