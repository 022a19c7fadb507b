//! projection.html: what a projection says, for somebody who decides and does not compute.
//!
//! One file without script and without network. The headline stands first, with its baseline and its range; then how it
//! grows, who gains, what matters most, and all that it rests on (`rests_on`).

mod rests_on;

use maud::{Markup, PreEscaped, html};

use super::{ProjectionOf, against, too_large};
use crate::diagnostics::{Diagnostics, escape};
use crate::money::Money;
use crate::report::about::about_money;
use crate::report::html::{Shell, document};
use crate::report::reading::{Scaled, count, in_unit, money_column, percent, tender_title};
use crate::report::tables::{counts, for_page, payer_name};
use crate::rules::Status;
use crate::savings::projection::{Figures, PayersOfProjection};
use crate::text::{Language, fill, text};

/// What the page speaks of, and in which language.
struct Speaker<'a> {
    of: &'a ProjectionOf<'a>,
    payers: &'a PayersOfProjection,
    language: Language,
}

/// The page.
pub(super) fn page(
    of: &ProjectionOf<'_>,
    payers: &PayersOfProjection,
    charts: [Option<&str>; 2],
    language: Language,
) -> Result<String, Diagnostics> {
    let speaker = Speaker { of, payers, language };
    let [fan, factors] = charts;
    let title = tender_title(&of.award.screened().notice, language);
    let body = html! {
        main .projection {
            (speaker.header(&title))
            (speaker.banners())
            (speaker.headline()?)
            section #years {
                h2 { (speaker.word("section.years")) }
                (speaker.figure(fan))
                (speaker.by_year())
                p .note { (speaker.word("percentiles_do_not_add")) }
            }
            section #payers {
                h2 { (speaker.word("section.payers")) }
                (speaker.by_payer())
                (speaker.payers_by_year())
            }
            section #factors {
                h2 { (speaker.word("section.factors")) }
                @match factors {
                    Some(_) => (speaker.figure(factors)),
                    None => p { (speaker.word("nothing_moves")) },
                }
            }
            section #basis {
                h2 { (speaker.word("section.basis")) }
                (speaker.basis()?)
                (speaker.assumptions())
                (speaker.draws())
            }
        }
    };
    let title = format!("{} · {title}", speaker.word("kicker"));
    Ok(document(&Shell { language, title: &title, with_script: false }, &body))
}

impl Speaker<'_> {
    fn word(&self, key: &str) -> &'static str {
        text(self.language, &format!("projection.page.{key}"))
    }

    fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.language, &format!("projection.page.{key}"), values)
    }

    fn currency(&self) -> &str {
        &self.of.award.screened().notice.currency
    }

    fn about(&self, amount: Money) -> String {
        about_money(amount, self.currency(), self.language)
    }

    fn years(&self) -> String {
        self.of.projection.years.to_string()
    }

    fn header(&self, title: &str) -> Markup {
        let projection = self.of.projection;
        let screened = self.of.award.screened();
        let values = [
            ("id", &*escape(&screened.notice.id)),
            ("rules", &*escape(&screened.rules.id)),
            ("seed", &*escape(&projection.seed)),
            ("draws", &*self.draws_counted()),
        ];
        html! {
            header {
                p .kicker { (self.word("kicker")) }
                h1 { (title) }
                p .meta { (self.say("meta", &values)) }
            }
        }
    }

    fn draws_counted(&self) -> String {
        count(usize::try_from(self.of.projection.draws).unwrap_or(usize::MAX))
    }

    fn banners(&self) -> Markup {
        let screened = self.of.award.screened();
        let counts = counts(self.of.projection);
        let unread = self.of.profile.sources();
        let open = unread.iter().filter(|(_, cited)| cited.status == Status::Unverified).count();
        let rules = screened.rules.unverified().len();
        html! {
            @if screened.notice.is_illustrative() {
                p .banner { strong { (text(self.language, "page.illustrative")) } " " (self.word("illustrative")) }
            }
            @if counts.any {
                p .banner { strong { (self.word("unverified")) } " " (self.say("unverified_text", &counts.each())) }
            }
            @if open > 0 || rules > 0 {
                p .meta { (self.say("unverified_beside", &[
                    ("rules", &rules.to_string()),
                    ("payers", &open.to_string()),
                ])) }
            }
        }
    }

    /// The finding in one sentence, and the figures that it stands on.
    fn headline(&self) -> Result<Markup, Diagnostics> {
        let projection = self.of.projection;
        let Some(saving) = projection.saving() else { return Ok(html! {}) };
        let [low, central, high, p5, p50, p95] = for_page(&saving).map(|amount| self.about(amount));
        let (before, after) = projection.basis.year().map_err(too_large)?;
        let against = against(projection, self.language);
        let years = self.years();
        let [_, _, _, d5, d50, d95] = for_page(&projection.discounted()).map(|amount| self.about(amount));
        let rate = percent(projection.assumptions.discount.rate, 1);
        let coverage = projection.basis.coverage.map_or_else(|| "—".to_owned(), |share| percent(share, 1));
        let values = [
            ("years", &*years),
            ("p50", &p50),
            ("p5", &p5),
            ("p95", &p95),
            ("against", &against),
            ("coverage", &coverage),
        ];
        let key = if projection.years_of_term { "headline_term" } else { "headline" };
        Ok(html! {
            h2 #headline { (self.say(key, &values)) }
            dl .cards {
                (card(&p50, &self.say("card.median", &values)))
                (card(&central, &self.say("card.central", &[("low", &low), ("high", &high)])))
                (card(&d50, &self.say("card.discounted", &[("rate", &rate), ("p5", &d5), ("p95", &d95)])))
                (card(&self.about(after), &self.say("card.year", &[
                    ("before", &self.about(before)),
                    ("against", &against),
                ])))
            }
        })
    }

    fn figure(&self, svg: Option<&str>) -> Markup {
        let label = text(self.language, "page.chart");
        html! {
            @if let Some(svg) = svg {
                figure .scroll tabindex="0" role="group" aria-label=(label) { (PreEscaped(svg)) }
            }
        }
    }

    /// A table of amounts in one unit, in a frame that print keeps on one page; the exact figures are in projection.csv.
    fn table(&self, caption: &str, heads: &[String], rows: &[(String, Vec<Money>)]) -> Markup {
        let amounts = rows.iter().flat_map(|(_, amounts)| amounts.iter().map(|amount| Some(*amount)));
        let column: Scaled = money_column(amounts, self.language);
        let unit = in_unit(&column, self.currency(), self.language);
        let mut cells = column.cells.iter();
        let body: Vec<(&String, Vec<(&Money, String)>)> = rows
            .iter()
            .map(|(name, amounts)| {
                let own = amounts.iter().map(|amount| {
                    let cell = cells.next().and_then(Clone::clone).unwrap_or_else(|| "—".to_owned());
                    (amount, cell)
                });
                (name, own.collect())
            })
            .collect();
        let caption =
            fill(self.language, "projection.page.caption", &[("caption", caption), ("unit", &unit)]);
        html! {
            figure .scroll tabindex="0" role="group" aria-label=(caption) {
                table {
                    caption { (caption) }
                    thead {
                        tr {
                            @for (place, head) in heads.iter().enumerate() {
                                @if place == 0 { th scope="col" { (head) } } @else { th .n scope="col" { (head) } }
                            }
                        }
                    }
                    tbody {
                        @for (name, cells) in &body {
                            tr {
                                th scope="row" { (name) }
                                @for (exact, shown) in cells { td .n data-value=(exact) { (shown) } }
                            }
                        }
                    }
                }
            }
        }
    }

    fn heads(&self, first: &str) -> Vec<String> {
        let rest = ["low", "central", "high", "p5", "p50", "p95"];
        std::iter::once(first).chain(rest).map(|key| self.word(&format!("head.{key}")).to_owned()).collect()
    }

    fn by_year(&self) -> Markup {
        let projection = self.of.projection;
        let row = |name: String, figures: &Figures| (name, for_page(figures).to_vec());
        let mut rows: Vec<(String, Vec<Money>)> = projection
            .savings_by_year()
            .iter()
            .enumerate()
            .map(|(place, year)| row(self.year(place), year))
            .collect();
        rows.extend(projection.saving().map(|saving| row(self.word("all_years").to_owned(), &saving)));
        let rate = percent(projection.assumptions.discount.rate, 1);
        let name = self.say("discounted", &[("rate", &rate)]);
        rows.push(row(name, &projection.discounted()));
        self.table(self.word("table.years"), &self.heads("year"), &rows)
    }

    fn year(&self, place: usize) -> String {
        fill(self.language, "projection.fan.year", &[("year", &place.saturating_add(1).to_string())])
    }

    fn by_payer(&self) -> Markup {
        let mut rows: Vec<(String, Vec<Money>)> = Vec::new();
        for own in &self.payers.whole {
            let [low, central, high, _, p5, _, p50, _, p95] = own.figures;
            let name = payer_name(own, self.of.profile, self.language);
            rows.push((name, vec![low, central, high, p5, p50, p95]));
        }
        let all = self.word("all_payers").to_owned();
        rows.extend(self.of.projection.saving().map(|saving| (all, for_page(&saving).to_vec())));
        let caption = self.say("table.payers", &[("profile", &self.profile())]);
        self.table(&caption, &self.heads("payer"), &rows)
    }

    fn profile(&self) -> String {
        match self.language {
            Language::English => escape(&self.of.profile.named.title),
            Language::Chinese => escape(&self.of.profile.named.title_zh),
        }
    }

    /// The central path by year and payer: rows and columns add up.
    fn payers_by_year(&self) -> Markup {
        let central = |figures: &[Money; 9]| {
            let [_, central, ..] = figures;
            *central
        };
        let saving: Vec<Money> =
            self.of.projection.savings_by_year().iter().map(|year| central(&year.all())).collect();
        let row = |name: String, payers: &[crate::savings::projection::PayerFigures], all: Option<&Money>| {
            let cells = payers.iter().map(|own| central(&own.figures)).chain(all.copied());
            (name, cells.collect::<Vec<Money>>())
        };
        let years = self.payers.years.iter().zip(&saving).enumerate();
        let mut rows: Vec<(String, Vec<Money>)> =
            years.map(|(place, (payers, all))| row(self.year(place), payers, Some(all))).collect();
        let whole = self.of.projection.saving().map(|saving| central(&saving.all()));
        rows.push(row(self.word("all_years").to_owned(), &self.payers.whole, whole.as_ref()));
        let names = self.payers.whole.iter().map(|own| payer_name(own, self.of.profile, self.language));
        let heads: Vec<String> = std::iter::once(self.word("head.year").to_owned())
            .chain(names)
            .chain([self.word("all_payers").to_owned()])
            .collect();
        self.table(self.word("table.payers_by_year"), &heads, &rows)
    }
}

/// A figure with what it says.
fn card(figure: &str, label: &str) -> Markup {
    html! { div .card { dt { (label) } dd { (figure) } } }
}
