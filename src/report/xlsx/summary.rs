//! The first sheet: what to know first, the outcome, the savings, and what stands on the other sheets.

use super::Report;
use super::cell::{Cell, Kind};
use super::sheet::{Paper, Sheet};
use crate::diagnostics::{Diagnostic, Diagnostics, escape};
use crate::report::figures::Totals;
use crate::report::reading::{tender_title, unit};
use crate::savings::Saving;
use crate::tender::Outcome;
use crate::text::text;

/// Names and values, one pair a row.
struct Page<'a, 'b> {
    report: &'a Report<'b>,
    rows: Vec<Vec<Cell>>,
}

impl Page<'_, '_> {
    fn section(&mut self, key: &str) {
        let head = self.report.words.text(&format!("summary.{key}")).to_owned();
        self.headed(head);
    }

    fn headed(&mut self, head: String) {
        self.rows.push(Vec::new());
        self.rows.push(vec![Cell::Section(head), Cell::Section(String::new())]);
    }

    fn pair(&mut self, key: &str, value: Cell) {
        let currency = unit(&self.report.award.screened().notice.currency, self.report.words.language);
        let name = self.report.words.fill(&format!("head.{key}"), &[("currency", &currency)]);
        self.rows.push(vec![Cell::text(name), value]);
    }

    /// A sentence in the column of values.
    fn say(&mut self, sentence: String) {
        self.rows.push(vec![Cell::Blank, Cell::text(sentence)]);
    }

    fn alarm(&mut self, sentence: String) {
        self.rows.push(vec![Cell::Blank, Cell::Alarm(sentence)]);
    }
}

/// The summary; `sheets` are the others.
pub(super) fn sheet(report: &Report<'_>, sheets: &[Sheet]) -> Result<Sheet, Diagnostics> {
    let mut page = Page { report, rows: Vec::new() };
    let notice = &report.award.screened().notice;
    page.rows.push(vec![Cell::Title(tender_title(notice, report.words.language))]);
    first(&mut page);
    tender(&mut page);
    outcome(&mut page)?;
    for saving in &report.savings.totals {
        let head = page.report.words.text(&format!("summary.against.{}", saving.baseline.name()));
        savings(&mut page, head.to_owned(), saving);
    }
    for stated in &report.savings.stated {
        let name = escape(&stated.total.baseline);
        let head = page.report.words.fill("summary.against_stated", &[("baseline", &name)]);
        savings(&mut page, head, &stated.total);
    }
    published(&mut page);
    warnings(&mut page);
    reading(&mut page, sheets);
    let name = report.words.sheet("summary");
    Ok(Sheet { name, above: page.rows, heads: Vec::new(), rows: Vec::new(), paper: Paper::Upright })
}

/// What a reader must know before anything else.
fn first(page: &mut Page<'_, '_>) {
    let screened = page.report.award.screened();
    let words = page.report.words;
    let unverified = screened.rules.unverified();
    if !unverified.is_empty() {
        let count = unverified.len().to_string();
        let names = unverified.iter().map(|name| escape(name)).collect::<Vec<_>>().join(", ");
        page.alarm(words.fill("summary.unverified", &[("count", &count), ("names", &names)]));
    }
    if screened.notice.is_illustrative() {
        page.alarm(words.text("summary.illustrative").to_owned());
    }
    for parameter in screened.rules.overrides() {
        let own = parameter.overridden_from.as_deref().unwrap_or_default();
        let values = [
            ("name", &*escape(&parameter.name)),
            ("value", &*escape(&parameter.value)),
            ("own", &*escape(own)),
        ];
        page.alarm(words.fill("summary.override", &values));
    }
}

fn tender(page: &mut Page<'_, '_>) {
    let screened = page.report.award.screened();
    let (notice, rules, words) = (&screened.notice, &screened.rules, page.report.words);
    page.section("tender");
    page.pair("tender_id", Cell::shown(&notice.id));
    page.pair("announced", Cell::text(notice.announced.to_string()));
    page.pair("currency", Cell::shown(&notice.currency));
    page.pair("source", Cell::shown_if(notice.source.as_deref()));
    page.pair("rule_set", Cell::shown(&rules.id));
    page.pair("rule_set_title", Cell::text(words.chosen(&rules.title, &rules.title_zh)));
    page.pair("rule_set_cite", Cell::shown(&rules.cite));
    page.pair("digest", Cell::text(page.report.digest));
}

fn outcome(page: &mut Page<'_, '_>) -> Result<(), Diagnostics> {
    let (award, words) = (page.report.award, page.report.words);
    let totals = Totals::of(page.report.lots)?;
    page.section("outcome");
    page.pair("outcome", Cell::text(words.report(&format!("outcome.{}", award.outcome().name()))));
    page.pair("lots", Cell::number(Kind::Count, page.report.lots.len()));
    for outcome in [Outcome::Awarded, Outcome::DrawRequired, Outcome::NoAward, Outcome::Unproved] {
        let count = award.lots().filter(|(_, lot)| lot.outcome == outcome).count();
        let name = words.report(&format!("outcome.{}", outcome.name()));
        let name = words.fill("summary.lots_of_outcome", &[("outcome", name)]);
        page.rows.push(vec![Cell::text(name), Cell::number(Kind::Count, count)]);
    }
    let bids: usize = award.lots().map(|(lot, _)| lot.bids.len()).sum();
    let winners: usize = award.lots().map(|(_, lot)| lot.winners.len()).sum();
    page.pair("bids", Cell::number(Kind::Count, bids));
    page.pair("winners", Cell::number(Kind::Count, winners));
    page.pair("agreed_volume", Cell::number(Kind::Volume, totals.agreed_volume));
    page.pair("award_value", Cell::number(Kind::Money, totals.award_value));
    page.pair("cost", Cell::number(Kind::Money, totals.paid));
    if totals.lots_open > 0 {
        page.alarm(words.fill("summary.open", &[("count", &totals.lots_open.to_string())]));
    }
    Ok(())
}

fn savings<B>(page: &mut Page<'_, '_>, head: String, saving: &Saving<B>) {
    page.headed(head);
    if saving.saving.is_none() {
        page.say(page.report.words.text("summary.saving_unknown").to_owned());
    }
    page.pair("reference_value", Cell::number_if(Kind::Money, saving.saving.map(|_| saving.reference_value)));
    page.pair("covered_value", Cell::number(Kind::Money, saving.covered_value));
    page.pair("saving", Cell::number_if(Kind::Money, saving.saving));
    page.pair("weighted_cut", Cell::number_if(Kind::Share, saving.cut));
    page.pair("simple_cut", Cell::number_if(Kind::Share, saving.simple_cut));
    page.pair("coverage", Cell::number_if(Kind::Share, saving.coverage));
    page.pair("winners_covered", Cell::number(Kind::Count, saving.winners_covered));
    page.pair("winners", Cell::number(Kind::Count, saving.winners));
}

fn published(page: &mut Page<'_, '_>) {
    let Some(published) = page.report.published else { return };
    page.section("published");
    page.pair("lots_compared", Cell::number(Kind::Count, published.lots.len()));
    page.pair("lots_agree", Cell::number(Kind::Count, published.agree()));
    page.pair("lots_option", Cell::number(Kind::Count, published.options_of_draws()));
    page.pair("lots_differ", Cell::number(Kind::Count, published.differ()));
}

/// Warnings without their lines, which depend on the order of rows in a file.
fn warnings(page: &mut Page<'_, '_>) {
    if page.report.warnings.warnings() == 0 {
        return;
    }
    page.section("warnings");
    let file = |warning: &Diagnostic| warning.place.as_ref().map(|place| place.file.clone());
    let mut sorted: Vec<&Diagnostic> = page.report.warnings.iter().collect();
    sorted.sort_by_cached_key(|warning| (warning.code.id(), file(warning), warning.args.clone()));
    let language = page.report.words.language;
    for warning in sorted {
        page.rows.push(vec![Cell::text(warning.code.id()), Cell::text(warning.message(language))]);
    }
}

/// What stands on the other sheets, and how to read their numbers.
fn reading(page: &mut Page<'_, '_>, sheets: &[Sheet]) {
    let words = page.report.words;
    page.section("sheets");
    for sheet in sheets {
        page.rows
            .push(vec![Cell::text(sheet.name), Cell::text(text(words.language, &about(sheet, page.report)))]);
    }
    page.section("digits");
    let own = page.rows.iter().flatten().filter(|cell| cell.beyond_a_spreadsheet().is_some()).count();
    let marked = sheets.iter().map(Sheet::cells_beyond).sum::<usize>().saturating_add(own);
    if marked == 0 {
        page.say(words.text("summary.all_exact").to_owned());
    } else {
        page.alarm(words.fill("summary.marked", &[("count", &marked.to_string())]));
        let exact: Vec<String> = page.rows.iter().filter_map(|row| exact_pair(row)).collect();
        for line in exact {
            page.say(line);
        }
    }
    page.say(words.text("note.savings").to_owned());
}

/// A value of the summary that a spreadsheet cannot keep, in full.
fn exact_pair(row: &[Cell]) -> Option<String> {
    let [Cell::Text(name), value] = row else { return None };
    Some(format!("{name} = {}", value.beyond_a_spreadsheet()?))
}

/// The key of the sentence on a sheet.
fn about(sheet: &Sheet, report: &Report<'_>) -> String {
    const NAMES: [&str; 11] = [
        "winners",
        "bids",
        "steps",
        "regions",
        "volumes",
        "draws",
        "savings",
        "savings_by_lot",
        "baselines",
        "rules",
        "published",
    ];
    let name = NAMES.into_iter().find(|name| report.words.sheet(name) == sheet.name).unwrap_or("summary");
    format!("workbook.about.{name}")
}
