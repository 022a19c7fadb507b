//! The lots of two awards side by side, as a table for people.

use super::page::{NAME, NONE, RELATIVE, lot_label, sign, with_sign};
use super::{Changes, LotChange, LotOutcome};
use crate::money::Money;
use crate::report::reading::{count, money_column, unit};
use crate::report::summary::columns::{Page, Side, aligned, shortened};
use crate::text::{Language, fill, text};

impl Changes {
    /// One row for each lot in which something changes, those in which nothing does in one row, and the sum.
    pub(super) fn lots_table(&self, page: &mut Page) {
        let language = page.language;
        let word = |key: &str| text(language, &format!("report.changes.{key}")).to_owned();
        let currency = unit(&self.before.tender.currency, language);
        let totals = [self.totals.values[0], self.totals.values[1], self.totals.difference];
        let unchanged = self.unchanged();
        let is_same = |lot: &&LotChange| unchanged.contains(lot.lot_id.as_str());
        let lots: Vec<&LotChange> = self.lots.iter().filter(|lot| !is_same(lot)).collect();
        let alike = Money::total(self.lots.iter().filter(is_same).filter_map(|lot| lot.values[0]));
        let amounts = lots.iter().flat_map(|lot| [lot.values[0], lot.values[1], lot.difference]);
        let amounts = amounts.chain(totals.map(Some)).chain([alike.ok()]);
        let column = money_column(amounts, language);
        let cell = |at: usize| column.cells.get(at).cloned().flatten().unwrap_or_else(|| NONE.to_owned());
        let unit = fill(language, "report.changes.unit", &[("unit", &column.unit), ("currency", &currency)]);
        page.say("report.changes.lots", &[("unit", &*unit)]);
        let head = ["lot", "won", "before", "after", "difference", "volume", "price"];
        let mut rows = vec![head.map(|key| word(&format!("head_{key}"))).to_vec()];
        for (number, lot) in lots.iter().enumerate() {
            let first = number.saturating_mul(3);
            rows.push(vec![
                shortened(&lot_label(lot, language), NAME),
                won(lot, language),
                cell(first),
                cell(first.saturating_add(1)),
                lot.difference.map_or_else(
                    || NONE.to_owned(),
                    |difference| sign(difference, &cell(first.saturating_add(2))),
                ),
                volume_change(lot),
                price_change(lot),
            ]);
        }
        let first = lots.len().saturating_mul(3);
        if !unchanged.is_empty() {
            let same = cell(first.saturating_add(3));
            let values = [("count", &*count(unchanged.len()))];
            let label = fill(language, "report.changes.unchanged", &values);
            let blank = String::new;
            rows.push(vec![label, blank(), same.clone(), same, blank(), blank(), blank()]);
        }
        rows.push(vec![
            word("all"),
            String::new(),
            cell(first),
            cell(first.saturating_add(1)),
            sign(self.totals.difference, &cell(first.saturating_add(2))),
            String::new(),
            String::new(),
        ]);
        let number = Side::Right;
        for line in aligned(&rows, &[Side::Left, number, number, number, number, number, number], 16) {
            page.line(&line);
        }
        page.item(1, text(language, "report.changes.lots_key"));
        page.blank();
    }
}

/// How many win on each side, with a word for what is not settled.
fn won(lot: &LotChange, language: Language) -> String {
    let side = |outcome: LotOutcome, winners: usize| match outcome {
        LotOutcome::DrawRequired => {
            fill(language, "report.summary.won_draw", &[("count", &winners.to_string())])
        }
        LotOutcome::AnswerRequired => {
            fill(language, "report.summary.won_answer", &[("count", &winners.to_string())])
        }
        LotOutcome::Awarded | LotOutcome::NoAward | LotOutcome::Unproved => winners.to_string(),
    };
    let [before, after] = lot.outcomes;
    format!("{} → {}", side(before, lot.winners[0]), side(after, lot.winners[1]))
}

/// The change of the agreed volume, in percent.
fn volume_change(lot: &LotChange) -> String {
    let [Some(before), Some(after)] = lot.volumes else { return NONE.to_owned() };
    match after.minus(before).ok().and_then(|change| change.share_of(before, RELATIVE)) {
        Some(change) => with_sign(change),
        None => NONE.to_owned(),
    }
}

/// The change of the mean price of a unit, in percent.
fn price_change(lot: &LotChange) -> String {
    let [Some(before), Some(after)] = lot.means else { return NONE.to_owned() };
    match after.minus(before).ok().and_then(|change| change.share_of(before, RELATIVE)) {
        Some(change) => with_sign(change),
        None => NONE.to_owned(),
    }
}
