//! One page for those who decide: the headline saving with its baseline, who gains, what it rests on, and why two figures
//! of one saving differ. It prints on one sheet of A4, so every list on it has an end.

use maud::{Markup, PreEscaped, html};

use super::chart::{StripBar, strip};
use super::figures::{self, Totals, widest};
use super::files::{ReportFiles, sha256};
use super::html::{Shell, Subject, document};
use super::manifest::{MANIFEST, manifest};
use super::published_under_own_rules;
use super::reading::{count, headline_money, percent};
use crate::Evaluation;
use crate::allocate::Basis;
use crate::diagnostics::{Diagnostics, escape};
use crate::money::{Money, Ratio};
use crate::savings::{Baseline, Saving};
use crate::text::{Language, fill, text};

/// Baselines that the table names; the headline's is always among them.
const BASELINES: usize = 5;
/// Payers that the table names.
const PAYERS: usize = 6;

/// A saving split over payers, for the page.
#[derive(Debug, Clone)]
pub struct PolicyPayers {
    /// Who saves, by payer and scheme, in the two languages; with how much.
    pub rows: Vec<(PayerName, Money)>,
    /// Titles of the profiles, in English and in Chinese.
    pub profiles: Vec<(String, String)>,
    /// Parts of the profiles that nobody has read.
    pub unverified: usize,
}

/// Who saves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PayerName {
    /// The fund of a scheme, by its titles in English and in Chinese.
    FundOf(String, String),
    /// Critical-illness insurance, medical assistance or the patient, by its name in files.
    Other(&'static str),
}

/// A saving without the type of its baseline.
struct Against<'a> {
    name: String,
    saving: Saving<()>,
    source: Option<&'a str>,
}

/// Name of the baseline that the page takes when none is asked for: of the prices really paid before, the one known for
/// most winners; the ceiling only where neither is known.
pub fn policy_baseline(evaluation: &Evaluation) -> &'static str {
    let savings = &evaluation.savings;
    let paid = savings.totals.iter().filter(|saving| saving.baseline != Baseline::Ceiling);
    let known = paid.filter(|saving| saving.saving.is_some());
    // Of equal ones the first in the order of reports.
    let most = known.rev().max_by_key(|saving| saving.winners_covered).map(|saving| saving.baseline);
    most.or_else(|| widest(savings)).unwrap_or(Baseline::Reference).name()
}

/// The page in each language, in memory; [`super::folder::write`] puts them in their place. The headline saving is that
/// against `baseline`, a built-in one or one of baselines.csv.
///
/// # Errors
/// Sums over the tender that cannot be held exactly.
pub fn policy(
    evaluation: &Evaluation,
    baseline: &str,
    payers: Option<&PolicyPayers>,
) -> Result<ReportFiles, Diagnostics> {
    let Evaluation { award, allocation, savings, warnings } = evaluation;
    let lots = figures::lots(award, allocation, savings);
    let published = published_under_own_rules(award, &lots);
    let award_file = super::json::award_json(award, &lots, savings, published.as_ref(), warnings)?;
    let digest = sha256(award_file.as_bytes());
    let mut files = ReportFiles::new();
    for language in Language::ALL {
        let subject = Subject::new(award, &lots, savings, published.as_ref(), warnings, language);
        let page = Policy { subject: &subject, evaluation, baseline, payers, digest: &digest };
        files.add(&format!("policy-{}.html", language.code()), page.document()?);
    }
    let screened = award.screened();
    let listed = manifest(&screened.inputs, &screened.rules.id, &screened.rules.sha256, &files);
    files.add(MANIFEST, listed);
    Ok(files)
}

struct Policy<'a> {
    subject: &'a Subject<'a>,
    evaluation: &'a Evaluation,
    baseline: &'a str,
    payers: Option<&'a PolicyPayers>,
    digest: &'a str,
}

impl Policy<'_> {
    fn word(&self, key: &str) -> &'static str {
        text(self.subject.language, &format!("policy.{key}"))
    }

    fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.subject.language, &format!("policy.{key}"), values)
    }

    fn money(&self, amount: Money) -> String {
        headline_money(amount, &self.subject.screened().notice.currency, self.subject.language)
    }

    fn document(&self) -> Result<String, Diagnostics> {
        let title = format!("{} · {}", self.subject.title(), self.word("title"));
        let all = self.against();
        let headline = all.iter().find(|one| self.is_headline(one));
        let body = html! {
            main .policy {
                (self.head())
                (self.headline(headline))
                (self.baselines(&all))
                div .columns {
                    (self.gains())
                    (self.rests_on(headline)?)
                }
                (self.differ(&all, headline))
                footer { p .meta { (self.say("footer", &[("digest", self.digest)])) } }
            }
        };
        let shell = Shell { language: self.subject.language, title: &title, with_script: false };
        Ok(document(&shell, &body))
    }

    fn head(&self) -> Markup {
        let screened = self.subject.screened();
        let values = [
            ("id", &*escape(&screened.notice.id)),
            ("rules", &*escape(&screened.rules.id)),
            ("announced", &*screened.notice.announced.to_string()),
        ];
        html! {
            header {
                p .kicker { (self.word("title")) }
                h1 { (self.subject.title()) }
                p .meta { (self.say("meta", &values)) }
                @if screened.notice.is_illustrative() {
                    p .banner { strong { (self.subject.word("illustrative")) } " " (self.subject.word("illustrative_text")) }
                }
                @if let Some(own) = &screened.rules.instead_of {
                    p .banner { (self.say("instead", &[("own", &escape(own))])) }
                }
            }
        }
    }

    /// Every baseline, the built-in ones first.
    fn against(&self) -> Vec<Against<'_>> {
        let savings = self.subject.savings;
        let built_in = savings.totals.iter().map(|saving| Against {
            name: saving.baseline.name().to_owned(),
            saving: without_baseline(saving),
            source: None,
        });
        let stated = savings.stated.iter().map(|stated| Against {
            name: stated.total.baseline.clone(),
            saving: without_baseline(&stated.total),
            source: stated.sources.first().map(String::as_str),
        });
        built_in.chain(stated).collect()
    }

    fn is_headline(&self, one: &Against<'_>) -> bool {
        one.name == self.baseline
    }

    fn named(&self, one: &Against<'_>) -> String {
        let built_in = Baseline::ALL.into_iter().any(|baseline| baseline.name() == one.name);
        match built_in {
            true => text(self.subject.language, &format!("report.summary.against.{}", one.name)).to_owned(),
            false => {
                let name = [("name", &*escape(&one.name))];
                fill(self.subject.language, "report.summary.against_stated", &name)
            }
        }
    }

    fn headline(&self, headline: Option<&Against<'_>>) -> Markup {
        let Some((one, saving)) = headline.and_then(|one| Some((one, one.saving.saving?))) else {
            return html! { section .headline { p .figure { (self.word("unknown")) } } };
        };
        let of = &one.saving;
        let dearer = saving < Money::ZERO;
        let values = [
            ("against", &*self.named(one)),
            ("reference", &*self.money(of.reference_value)),
            ("covered", &*self.money(of.covered_value)),
            ("cut", &*shown(of.cut)),
            ("simple", &*shown(of.simple_cut)),
            ("coverage", &*shown(of.coverage)),
        ];
        let key = if dearer { "headline_dearer" } else { "headline" };
        let between = self.say("between", &[("cut", &shown(of.cut))]);
        let (before, after) = (self.money(of.reference_value), self.money(of.covered_value));
        let bars = [
            StripBar { name: self.word("before"), amount: of.reference_value, shown: &before },
            StripBar { name: self.word("after"), amount: of.covered_value, shown: &after },
        ];
        let picture = strip(&bars, &between, self.word("strip"), self.subject.language.code());
        html! {
            section .headline {
                p .figure { (self.money(saving)) }
                p { (self.say(key, &values)) }
                (PreEscaped(picture))
            }
        }
    }

    fn baselines(&self, all: &[Against<'_>]) -> Markup {
        let (first, rest): (Vec<&Against<'_>>, Vec<&Against<'_>>) =
            all.iter().partition(|one| self.is_headline(one));
        let left = BASELINES.saturating_sub(first.len());
        let more = rest.len().saturating_sub(left);
        let shown_rows = first.into_iter().chain(rest.into_iter().take(left));
        let heads = ["saving", "base", "cut", "simple", "coverage"];
        html! {
            section #baselines {
                h2 { (self.word("section.baselines")) }
                div .scroll tabindex="0" role="region" aria-label=(self.word("section.baselines")) { table .baselines {
                    thead {
                        tr {
                            th scope="col" { (self.word("baseline")) }
                            @for head in heads { th .n scope="col" { (self.word(&format!("head.{head}"))) } }
                        }
                    }
                    tbody {
                        @for one in shown_rows {
                            tr {
                                th scope="row" {
                                    (self.named(one))
                                    @if let Some(source) = one.source { small { (escape(source)) } }
                                }
                                (self.amount(one.saving.saving, self.word("not_known")))
                                (self.amount(one.saving.base_saving, "—"))
                                td .n { (shown(one.saving.cut)) }
                                td .n { (shown(one.saving.simple_cut)) }
                                td .n { (shown(one.saving.coverage)) }
                            }
                        }
                    }
                } }
                @if more > 0 { p .meta { (self.say("more", &[("count", &more.to_string())])) } }
            }
        }
    }

    /// A cell with an amount as it is read, and the exact one for programs.
    fn amount(&self, amount: Option<Money>, unknown: &str) -> Markup {
        match amount {
            Some(amount) => html! { td .n data-value=(amount) { (self.money(amount)) } },
            None => html! { td .n { (unknown) } },
        }
    }

    /// Who saves how much, where a profile says who pays what.
    fn gains(&self) -> Markup {
        let body = match self.payers {
            None => html! { p { (self.word("no_profile")) } },
            Some(payers) => self.payers_table(payers),
        };
        html! { section #gains { h2 { (self.word("section.gains")) } (body) } }
    }

    fn payers_table(&self, payers: &PolicyPayers) -> Markup {
        let chinese = self.subject.language == Language::Chinese;
        let name = |of: &PayerName| match of {
            PayerName::FundOf(english, title_zh) => {
                let scheme = escape(if chinese { title_zh } else { english });
                self.say("fund_of", &[("scheme", &scheme)])
            }
            PayerName::Other(payer) => {
                text(self.subject.language, &format!("savings.word.{payer}")).to_owned()
            }
        };
        let whole = Money::total(payers.rows.iter().map(|(_, amount)| *amount)).unwrap_or_default();
        let share = |amount: Money| shown(amount.share_of(whole, crate::money::Rounding::half_up(4)));
        let titles = payers.profiles.iter().map(|(english, title)| if chinese { title } else { english });
        let titles = titles.map(|title| escape(title)).collect::<Vec<_>>().join("; ");
        let unverified = payers.unverified.to_string();
        html! {
            div .scroll tabindex="0" role="region" aria-label=(self.word("section.gains")) { table .gains {
                tbody {
                    @for (payer, amount) in payers.rows.iter().take(PAYERS) {
                        tr {
                            th scope="row" { (name(payer)) }
                            (self.amount(Some(*amount), "—"))
                            td .n { (share(*amount)) }
                        }
                    }
                }
            } }
            p .meta { (self.say("split", &[("profiles", &titles), ("unverified", &unverified)])) }
        }
    }

    fn rests_on(&self, headline: Option<&Against<'_>>) -> Result<Markup, Diagnostics> {
        let screened = self.subject.screened();
        let rules = &screened.rules;
        let mut items = Vec::new();
        if let Some(one) = headline.filter(|one| one.saving.saving.is_some()) {
            let values = [
                ("covered", &*one.saving.winners_covered.to_string()),
                ("winners", &*one.saving.winners.to_string()),
                ("coverage", &*shown(one.saving.coverage)),
            ];
            let whole = one.saving.winners_covered == one.saving.winners;
            items.push(self.say(if whole { "basis.coverage_whole" } else { "basis.coverage" }, &values));
        }
        items.push(self.word("basis.volume").to_owned());
        let all = rules.parameters.len().saturating_add(rules.tables.len()).saturating_add(rules.used.len());
        let values = [("count", &*rules.unverified().len().to_string()), ("all", &*all.to_string())];
        items.push(
            self.say(
                if rules.unverified().is_empty() { "basis.verified" } else { "basis.unverified" },
                &values,
            ),
        );
        let overrides = rules.overrides().count();
        if overrides > 0 {
            items.push(self.say("basis.overrides", &[("count", &overrides.to_string())]));
        }
        let lots = &self.evaluation.allocation.lots;
        let simulated = lots.iter().filter(|lot| lot.basis == Basis::SimulatedDraft).count();
        if simulated > 0 {
            let values = [("count", &*count(simulated)), ("lots", &*count(lots.len()))];
            items.push(self.say("basis.simulated", &values));
        }
        let totals = Totals::of(self.subject.lots)?;
        if totals.lots_open > 0 {
            items.push(self.say("basis.open", &[("count", &totals.lots_open.to_string())]));
        }
        if let Some(published) = self.subject.published {
            let values =
                [("agree", &*published.agree().to_string()), ("lots", &*published.lots.len().to_string())];
            items.push(self.say("basis.published", &values));
        }
        Ok(html! {
            section {
                h2 { (self.word("section.basis")) }
                ul { @for item in &items { li { (item) } } }
            }
        })
    }

    /// Two figures of this award that differ, and the published example.
    fn differ(&self, all: &[Against<'_>], headline: Option<&Against<'_>>) -> Markup {
        let known = |one: &&Against<'_>| one.saving.saving.is_some();
        let other = all.iter().filter(known).filter(|one| !self.is_headline(one));
        let other = other.max_by_key(|one| one.saving.saving);
        let own = headline.filter(|one| known(one)).zip(other).map(|(one, other)| {
            let amount = |of: &Against<'_>| self.money(of.saving.saving.unwrap_or_default());
            let values = [
                ("one", &*amount(one)),
                ("against", &*self.named(one)),
                ("two", &*amount(other)),
                ("other", &*self.named(other)),
                ("coverage", &*shown(one.saving.coverage)),
                ("other_coverage", &*shown(other.saving.coverage)),
            ];
            self.say("own_figures", &values)
        });
        html! {
            section {
                h2 { (self.word("section.differ")) }
                @if let Some(own) = own { p { (own) } }
                p { (text(self.subject.language, "savings.stents.text")) }
            }
        }
    }
}

fn shown(share: Option<Ratio>) -> String {
    share.map_or_else(|| "—".to_owned(), |share| percent(share, 1))
}

fn without_baseline<B>(of: &Saving<B>) -> Saving<()> {
    Saving {
        baseline: (),
        reference_value: of.reference_value,
        covered_value: of.covered_value,
        saving: of.saving,
        cut: of.cut,
        simple_cut: of.simple_cut,
        coverage: of.coverage,
        winners_covered: of.winners_covered,
        winners: of.winners,
        base_saving: of.base_saving,
        highest: of.highest.clone(),
        lowest: of.lowest.clone(),
    }
}
