//! What a projection rests on: where it starts, what is assumed, how it is drawn.

use maud::{Markup, html};

use super::super::{against, too_large};
use super::Speaker;
use crate::diagnostics::{Diagnostics, escape};
use crate::report::reading::percent;
use crate::report::tables::{drawn_from, shown_value};
use crate::rules::Status;
use crate::text::text;

impl Speaker<'_> {
    /// Where the projection starts, and what it leaves out.
    pub(super) fn basis(&self) -> Result<Markup, Diagnostics> {
        let projection = self.of.projection;
        let basis = &projection.basis;
        let (before, after) = basis.year().map_err(too_large)?;
        let coverage = basis.coverage.map_or_else(|| "—".to_owned(), |share| percent(share, 1));
        let against = against(projection, self.language);
        let shown = [before, after].map(|amount| self.about(amount));
        let values = [
            ("against", &*against),
            ("before", &*shown[0]),
            ("after", &*shown[1]),
            ("coverage", &*coverage),
            ("lots", &*basis.lots.len().to_string()),
            ("left_out", &*basis.lots_left_out.to_string()),
            ("years", &*self.years()),
            ("term", &*basis.longest_term().map_or_else(|| "—".to_owned(), |term| term.to_string())),
        ];
        let without_term = basis.lots.iter().filter(|lot| lot.term_years.is_none()).count();
        let parts = ["start", "formula", "renewals", "paths", "together", "constant_prices", "not_in_it"];
        Ok(html! {
            ul {
                @for part in parts { li { (self.say(&format!("basis.{part}"), &values)) } }
                @if basis.lots_left_out > 0 { li { (self.say("basis.lots_left_out", &values)) } }
                @if without_term > 0 {
                    li { (self.say("basis.without_term", &[("count", &without_term.to_string())])) }
                }
            }
        })
    }

    /// Every assumption with its distribution and source.
    pub(super) fn assumptions(&self) -> Markup {
        let heads = ["factor", "low", "central", "high", "distribution", "source"];
        let assumptions = &self.of.projection.assumptions;
        let caption = self.say("table.assumptions", &[("id", &escape(&assumptions.named.id))]);
        let word = |key: &str| text(self.language, &format!("savings.word.{key}"));
        let status = |status: Status| {
            let name = if status == Status::Verified { "verified" } else { "unverified" };
            html! { span class={ "mark " (name) } { (word(name)) } " " }
        };
        let rate = &assumptions.discount;
        html! {
            div .scroll tabindex="0" role="region" aria-label=(caption) {
                table {
                    caption { (caption) }
                    thead {
                        tr {
                            @for (place, head) in heads.into_iter().enumerate() {
                                @if (1..=3).contains(&place) {
                                    th .n scope="col" { (self.word(&format!("head.{head}_value"))) }
                                } @else {
                                    th scope="col" { (self.word(&format!("head.{head}"))) }
                                }
                            }
                        }
                    }
                    tbody {
                        @for (factor, year, assumption) in assumptions.each() {
                            tr {
                                th scope="row" {
                                    (word(factor.name()))
                                    @if let Some(year) = year {
                                        small { (self.say("from_year", &[("year", &year.to_string())])) }
                                    }
                                }
                                @for value in [assumption.low, assumption.central, assumption.high] {
                                    td .n { (shown_value(value)) }
                                }
                                td {
                                    (word(assumption.distribution.name()))
                                    @let from = drawn_from(assumption);
                                    @if !from.is_empty() { small { (from) } }
                                }
                                td { (status(assumption.cited.status)) (escape(&assumption.cited.cite)) }
                            }
                        }
                        tr {
                            th scope="row" { (word("discount")) }
                            td .n { "—" }
                            td .n { (shown_value(rate.rate)) }
                            td .n { "—" }
                            td { (word("fixed")) }
                            @match &rate.cited {
                                Some(cited) => td { (status(cited.status)) (escape(&cited.cite)) },
                                None => td { (self.word("given")) },
                            }
                        }
                    }
                }
            }
        }
    }

    pub(super) fn draws(&self) -> Markup {
        let projection = self.of.projection;
        let error = projection.saving().map(|saving| self.about(saving.drawn.standard_error));
        let values = [
            ("draws", &*self.draws_counted()),
            ("plain", &*projection.draws.to_string()),
            ("seed", &*escape(&projection.seed)),
            ("error", error.as_deref().unwrap_or("—")),
            ("years", &*self.years()),
            ("baseline", &*escape(&projection.basis.baseline)),
            ("profile", &*escape(&self.of.profile.named.id)),
            ("rate", &*projection.assumptions.discount.rate.to_string()),
        ];
        html! {
            p { (self.say("draws", &values)) }
            p .note { (self.say("again", &values)) }
            p .note { (self.word("exact")) }
        }
    }
}
