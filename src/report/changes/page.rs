//! The changes as a page for people.

use super::{BidChange, BidWord, Changes, LotChange, LotOutcome, Sheet, Sides, SupplierChange};
use crate::diagnostics::escape;
use crate::money::{Money, Ratio, Rounding};
use crate::report::reading::{count, money, money_column, percent, unit};
use crate::report::summary::columns::{Page, Side, aligned, shortened};
use crate::rules::sentence_of;
use crate::text::{Language, fill, text};

/// Columns of a name in a table.
pub(super) const NAME: usize = 34;
/// Columns of a title.
const TITLE: usize = 200;
/// Most suppliers that are listed on each side; the others are in the JSON.
const LISTED: usize = 12;
/// What stands where there is nothing to say.
pub(super) const NONE: &str = "-";
/// Decimals of a relative change.
pub(super) const RELATIVE: Rounding = Rounding::half_up(4);

impl Changes {
    /// The changes in text of at most 80 columns, ending in a line end.
    pub fn page(&self, language: Language) -> String {
        let mut page = Page::new(language);
        self.heading(&mut page);
        if self.lots.iter().all(|lot| lot.bids.is_empty() && lot.moved == Some(Money::ZERO))
            && self.suppliers.iter().all(|one| one.difference == Money::ZERO)
        {
            page.say("report.changes.nothing", &[]);
            return page.into_text();
        }
        self.in_short(&mut page);
        self.why(&mut page);
        self.lots_table(&mut page);
        self.suppliers_table(&mut page, "gains", |one| one.difference > Money::ZERO);
        self.suppliers_table(&mut page, "loses", |one| one.difference < Money::ZERO);
        self.bids(&mut page);
        page.into_text()
    }

    fn heading(&self, page: &mut Page) {
        let language = page.language;
        let title = |sheet: &Sheet| chosen(&sheet.tender.title, sheet.tender.title_zh.as_deref(), language);
        let one_tender = title(&self.before) == title(&self.after);
        if one_tender {
            page.item(0, &shortened(&title(&self.before), TITLE));
        }
        for (mark, sheet) in [("A", &self.before), ("B", &self.after)] {
            let rules = chosen(&sheet.rules.title, Some(&sheet.rules.title_zh), language);
            let values = [
                ("mark", mark),
                ("tender", &*shortened(&title(sheet), TITLE)),
                ("rules", &*shortened(&rules, TITLE)),
                ("id", &*shortened(&escape(&sheet.rules.id), NAME)),
            ];
            page.say(if one_tender { "report.changes.rules" } else { "report.changes.side" }, &values);
            if let Some(own) = &sheet.rules.instead_of {
                page.item(1, &fill(language, "report.changes.instead_of", &[("own", &escape(own))]));
            }
        }
        if self.before.illustrative || self.after.illustrative {
            page.say("report.summary.illustrative", &[]);
        }
        if self.before.tender.id != self.after.tender.id {
            page.say("report.changes.two_tenders", &[]);
        }
        page.blank();
    }

    fn in_short(&self, page: &mut Page) {
        let language = page.language;
        let currency = &self.before.tender.currency;
        let shown = |amount: Money| money(amount, currency, language);
        let totals = &self.totals;
        let [only_before, only_after] = totals.wins_only.map(count);
        let gain = self.suppliers.iter().filter(|one| one.difference > Money::ZERO).count();
        let lose = self.suppliers.iter().filter(|one| one.difference < Money::ZERO).count();
        page.say("report.changes.bids_in_short", &[("before", &only_before), ("after", &only_after)]);
        page.say("report.changes.suppliers_in_short", &[("gain", &count(gain)), ("lose", &count(lose))]);
        let [before, after] = totals.values;
        let values = [
            ("before", &*shown(before)),
            ("after", &*shown(after)),
            ("difference", &*signed(totals.difference, &shown, language)),
            ("relative", &*relative(totals.difference, before)),
            ("moved", &*shown(totals.moved)),
        ];
        page.say("report.changes.spending", &values);
        if let Some([volume, price]) = self.volume_and_price() {
            let values = [
                ("volume", &*signed(volume, &shown, language)),
                ("price", &*signed(price, &shown, language)),
            ];
            page.say("report.changes.parts", &values);
            if volume < Money::ZERO {
                page.say("report.changes.lower_volume", &[]);
            }
        }
        page.say("report.changes.moved", &values);
        if let Some([before, after]) = totals.at_same_volume
            && let Ok(difference) = after.minus(before)
        {
            let values = [
                ("before", &*shown(before)),
                ("after", &*shown(after)),
                ("difference", &*signed(difference, &shown, language)),
                ("relative", &*relative(difference, before)),
            ];
            page.say("report.changes.same_volume", &values);
        }
        self.left_out(page);
        self.assumed(page);
        page.blank();
    }

    /// Lots that are not in the sums, and why.
    fn left_out(&self, page: &mut Page) {
        let (language, totals) = (page.language, &self.totals);
        let shown = |amount: Money| money(amount, &self.before.tender.currency, language);
        let comma = text(language, "report.summary.comma");
        let list = |lots: &[String]| lots.iter().map(|lot| escape(lot)).collect::<Vec<_>>().join(comma);
        if !totals.open.is_empty() {
            page.say("report.changes.open", &[("lots", &list(&totals.open))]);
            let waits = |lot: &LotChange| lot.outcomes.contains(&LotOutcome::AnswerRequired);
            if self.lots.iter().any(waits) {
                page.say("report.changes.open_answers", &[]);
            }
        }
        for (mark, (lots, value)) in ["A", "B"].into_iter().zip(&totals.supplied_only) {
            if !lots.is_empty() {
                let values = [("mark", mark), ("lots", &*list(lots)), ("value", &*shown(*value))];
                page.say("report.changes.supplied_only", &values);
            }
        }
        for (mark, lots) in ["A", "B"].into_iter().zip(&totals.only) {
            if !lots.is_empty() {
                page.say("report.changes.only", &[("mark", mark), ("lots", &list(lots))]);
            }
        }
    }

    fn suppliers_table(&self, page: &mut Page, which: &str, is: impl Fn(&SupplierChange) -> bool) {
        let language = page.language;
        let mut listed: Vec<&SupplierChange> = self.suppliers.iter().filter(|one| is(one)).collect();
        if which == "loses" {
            listed.reverse();
        }
        if listed.is_empty() {
            return;
        }
        let more = listed.len().saturating_sub(LISTED);
        listed.truncate(LISTED);
        let amounts = listed.iter().flat_map(|one| [one.values[0], one.values[1], one.difference]).map(Some);
        let column = money_column(amounts, language);
        let cell = |at: usize| column.cells.get(at).cloned().flatten().unwrap_or_else(|| NONE.to_owned());
        let currency = unit(&self.before.tender.currency, language);
        let unit = fill(language, "report.changes.unit", &[("unit", &column.unit), ("currency", &currency)]);
        page.say(&format!("report.changes.{which}"), &[("unit", &unit)]);
        let head = ["head_supplier", "head_lots", "head_before", "head_after", "head_difference"];
        let head = head.map(|key| text(language, &format!("report.changes.{key}")).to_owned());
        let mut rows = vec![head.to_vec()];
        for (number, one) in listed.iter().enumerate() {
            let first = number.saturating_mul(3);
            rows.push(vec![
                shortened(&self.supplier(&one.supplier_id, language), NAME),
                format!("{} → {}", one.lots[0], one.lots[1]),
                cell(first),
                cell(first.saturating_add(1)),
                sign(one.difference, &cell(first.saturating_add(2))),
            ]);
        }
        let number = Side::Right;
        for line in aligned(&rows, &[Side::Left, number, number, number, number], 20) {
            page.line(&line);
        }
        if more > 0 {
            page.item(1, &fill(language, "report.changes.more", &[("count", &count(more))]));
        }
        page.blank();
    }

    /// Every bid whose status differs, with what decided it on each side.
    fn bids(&self, page: &mut Page) {
        let language = page.language;
        if self.lots.iter().all(|lot| lot.bids.is_empty()) {
            return;
        }
        page.say("report.changes.bids", &[]);
        for lot in self.lots.iter().filter(|lot| !lot.bids.is_empty()) {
            page.item(0, &lot_label(lot, language));
            for bid in &lot.bids {
                let word = |status: Option<BidWord>| match status {
                    Some(BidWord::Open) => text(language, "report.changes.bid_open"),
                    status => {
                        text(language, &format!("report.status.{}", status.map_or("no_bid", BidWord::name)))
                    }
                };
                let words = bid.statuses.map(word);
                let values = [
                    ("supplier", &*self.supplier(&bid.supplier_id, language)),
                    ("before", words[0]),
                    ("after", words[1]),
                ];
                page.item(1, &fill(language, "report.changes.bid", &values));
                for (mark, said) in ["A", "B"].into_iter().zip(said(bid, language)) {
                    if !said.is_empty() {
                        let values = [("mark", mark), ("reason", &*said)];
                        page.item(2, &fill(language, "report.changes.reason", &values));
                    }
                }
            }
        }
    }

    /// A supplier by its name where a report holds it, else by its id.
    fn supplier(&self, id: &str, language: Language) -> String {
        let known = |sheet: &Sheet| {
            let [plain, chinese] = sheet.names.get(id)?;
            Some(chosen(plain, Some(chinese), language)).filter(|name| !name.is_empty())
        };
        known(&self.before).or_else(|| known(&self.after)).unwrap_or_else(|| escape(id))
    }
}

/// The deciding steps of each side in sentences.
fn said(bid: &BidChange, language: Language) -> Sides<String> {
    let join = text(language, "report.changes.join");
    bid.reasons.each_ref().map(|steps| {
        let sentences: Vec<String> =
            steps.iter().map(|step| escape(&sentence_of(language, &step.read()))).collect();
        sentences.join(join)
    })
}

fn chosen(plain: &str, chinese: Option<&str>, language: Language) -> String {
    match (language, chinese) {
        (Language::Chinese, Some(chinese)) if !chinese.is_empty() => escape(chinese),
        _ => escape(plain),
    }
}

pub(super) fn lot_label(lot: &LotChange, language: Language) -> String {
    let [plain, chinese] = &lot.names;
    let name = chosen(plain, Some(chinese), language);
    let id = escape(&lot.lot_id);
    if id == name { name } else { format!("{id} {name}") }
}

fn relative(difference: Money, whole: Money) -> String {
    difference.share_of(whole, RELATIVE).map_or_else(|| NONE.to_owned(), with_sign)
}

pub(super) fn with_sign(change: Ratio) -> String {
    let shown = percent(change, 1);
    if change > Ratio::ZERO { format!("+{shown}") } else { shown }
}

/// How much more or less.
fn signed(difference: Money, shown: &impl Fn(Money) -> String, language: Language) -> String {
    let (key, size) = if difference < Money::ZERO {
        ("report.changes.less", Money::ZERO.minus(difference).unwrap_or(difference))
    } else {
        ("report.changes.more_by", difference)
    };
    fill(language, key, &[("amount", &shown(size))])
}

pub(super) fn sign(difference: Money, cell: &str) -> String {
    if difference > Money::ZERO { format!("+{cell}") } else { cell.to_owned() }
}
