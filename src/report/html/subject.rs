//! What a page is about, and how things are named on it.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::anchor;
use crate::certify::{BidStatus, CertifiedAward};
use crate::diagnostics::{Diagnostics, escape};
use crate::money::{Money, Quantity, UnitPrice};
use crate::report::figures::LotFigures;
use crate::report::published::Published;
use crate::report::reading::{
    lot_name, plain_money, plain_price, plain_volume, region_name, supplier_name, tender_title, unit,
};
use crate::savings::Savings;
use crate::screen::Screened;
use crate::tender::{Bid, Region, Role, SupplierId};
use crate::text::{Language, fill, text};

/// An evaluated tender, the lots by id, and the language to speak of it.
pub(in crate::report) struct Subject<'a> {
    /// Who won, why.
    pub award: &'a CertifiedAward,
    /// The lots with all that the stages say of them.
    pub lots: &'a [LotFigures<'a>],
    /// What it saves.
    pub savings: &'a Savings,
    /// The comparison with the published result.
    pub published: Option<&'a Published>,
    /// What a reader should know.
    pub warnings: &'a Diagnostics,
    /// Language of the page.
    pub language: Language,
    sources: Vec<&'a str>,
}

impl<'a> Subject<'a> {
    /// A page's subject; every source that a rule or a step cites gets its number here.
    pub(in crate::report) fn new(
        award: &'a CertifiedAward,
        lots: &'a [LotFigures<'a>],
        savings: &'a Savings,
        published: Option<&'a Published>,
        warnings: &'a Diagnostics,
        language: Language,
    ) -> Self {
        let rules = &award.screened().rules;
        let steps = lots.iter().flat_map(|lot| &lot.screened.bids).flat_map(|bid| &bid.reasons);
        let sources: BTreeSet<&str> = std::iter::once(rules.cite.as_str())
            .chain(rules.parameters.iter().map(|parameter| parameter.cite.as_str()))
            .chain(rules.tables.iter().map(|table| table.cite.as_str()))
            .chain(rules.citations().into_iter().map(|(_, cite, _)| cite))
            .chain(rules.limits.iter().filter_map(|limit| limit.cite.as_deref()))
            .chain(steps.map(|reason| reason.cite.as_str()))
            .collect();
        Self { award, lots, savings, published, warnings, language, sources: sources.into_iter().collect() }
    }

    /// The screened tender.
    pub(in crate::report) fn screened(&self) -> &'a Screened {
        self.award.screened()
    }

    /// A text of the page.
    pub(in crate::report) fn word(&self, key: &str) -> &'static str {
        text(self.language, &format!("page.{key}"))
    }

    /// A text of the page with its values.
    pub(in crate::report) fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.language, &format!("page.{key}"), values)
    }

    /// As what a supplier serves a region.
    pub(in crate::report) fn role(&self, role: Role) -> String {
        match role {
            Role::Backup(place @ 3..) => {
                self.say("notice.role.backup_more", &[("place", &place.to_string())])
            }
            _ => self.word(&format!("notice.role.{}", role.name().replace('-', "_"))).to_owned(),
        }
    }

    /// The tender's title.
    pub(in crate::report) fn title(&self) -> String {
        tender_title(&self.screened().notice, self.language)
    }

    /// The currency as people write it.
    pub(in crate::report) fn currency(&self) -> String {
        unit(&self.screened().notice.currency, self.language)
    }

    /// Id and name of a lot.
    pub(in crate::report) fn lot_label(&self, lot: &LotFigures<'_>) -> String {
        format!("{} {}", escape(lot.lot().id.as_str()), lot_name(lot.lot(), self.language))
    }

    /// A lot's id and name as a link to its section.
    pub(super) fn lot_link(&self, lot: &LotFigures<'_>) -> Markup {
        html! { a href={ "#" (anchor::lot(&lot.lot().id)) } { (self.lot_label(lot)) } }
    }

    /// A supplier's name.
    pub(in crate::report) fn supplier(&self, id: &SupplierId) -> String {
        supplier_name(&self.screened().suppliers, id, self.language)
    }

    /// The supplier of a bid as a link to the bid's row.
    pub(super) fn bid_link(&self, bid: &Bid) -> Markup {
        html! { a href={ "#" (anchor::bid(&bid.id)) } { (self.supplier(&bid.supplier_id)) } }
    }

    /// A region's name.
    pub(in crate::report) fn region(&self, region: &Region) -> String {
        region_name(region, self.language)
    }

    /// What became of a bid, as a mark that reads in grey too.
    pub(super) fn status(&self, status: BidStatus) -> Markup {
        let word = text(self.language, &format!("report.status.{}", status.name()));
        html! { span class={ "mark " (status.name()) } { (word) } }
    }

    /// The number of a source, counted from 1.
    pub(in crate::report) fn source_number(&self, cite: &str) -> usize {
        self.sources.binary_search(&cite).unwrap_or_default().saturating_add(1)
    }

    /// The number of a source, as a link to it.
    pub(in crate::report) fn source(&self, cite: &str) -> Markup {
        let number = self.source_number(cite);
        html! { a href={ "#" (anchor::source(number)) } { "[" (number) "]" } }
    }

    /// Every source, by its number less one.
    pub(in crate::report) fn sources(&self) -> &[&'a str] {
        &self.sources
    }
}

/// A cell with a price, in full.
pub(super) fn price_cell(price: Option<UnitPrice>) -> Markup {
    number_cell(price.map(|price| (price.to_string(), plain_price(price))))
}

/// A cell with a volume, in full.
pub(super) fn volume_cell(volume: Option<Quantity>) -> Markup {
    number_cell(volume.map(|volume| (volume.to_string(), plain_volume(volume))))
}

/// A cell with an amount of money, in full.
pub(in crate::report) fn money_cell(amount: Option<Money>) -> Markup {
    number_cell(amount.map(|amount| (amount.to_string(), plain_money(amount))))
}

/// A cell with a number: how it is shown, and where that is not all its exact form for the script and for other programs.
pub(in crate::report) fn number_cell(number: Option<(String, String)>) -> Markup {
    html! {
        @match number {
            Some((exact, shown)) if exact == shown.replace(',', "") => td .n { (shown) },
            Some((exact, shown)) => td .n data-value=(exact) { (shown) },
            None => td .n { "—" },
        }
    }
}
