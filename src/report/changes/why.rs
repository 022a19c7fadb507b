//! Why two awards differ: which rule decided, what is price and what is volume, and what is only assumed.

use std::collections::{BTreeMap, BTreeSet};

use super::{BidChange, BidWord, Changes, LotChange, LotPart, Sheet};
use crate::diagnostics::escape;
use crate::money::Money;
use crate::report::reading::count;
use crate::report::summary::columns::Page;
use crate::rules::rule_title;
use crate::text::{fill, text};

/// How a bid ends on the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    WinsInB,
    WinsInA,
    NotDecided,
    LosesOtherwise,
}

impl Turn {
    fn of(bid: &BidChange) -> Self {
        let [before, after] = bid.statuses;
        let undecided = |side| matches!(side, Some(BidWord::Tied | BidWord::Open));
        match (before, after) {
            _ if undecided(before) || undecided(after) => Self::NotDecided,
            (_, Some(BidWord::Won)) => Self::WinsInB,
            (Some(BidWord::Won), _) => Self::WinsInA,
            _ => Self::LosesOtherwise,
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::WinsInB => "report.changes.why_wins_b",
            Self::WinsInA => "report.changes.why_wins_a",
            Self::NotDecided => "report.changes.why_open",
            Self::LosesOtherwise => "report.changes.why_other",
        }
    }
}

/// The rule that decided: that of the side on which the bid does not win.
fn rule(bid: &BidChange) -> Option<&str> {
    let [before, after] = &bid.reasons;
    let said = if bid.statuses[1] == Some(BidWord::Won) { before } else { after };
    said.first().or(before.first()).map(|step| step.rule.as_str())
}

impl Changes {
    /// How many bids each rule made end otherwise; the rule that decided most first.
    pub(super) fn why(&self, page: &mut Page) {
        let language = page.language;
        let mut rules: BTreeMap<&str, BTreeMap<Turn, usize>> = BTreeMap::new();
        for bid in self.lots.iter().flat_map(|lot| &lot.bids) {
            let Some(rule) = rule(bid) else { continue };
            let turns = rules.entry(rule).or_default().entry(Turn::of(bid)).or_default();
            *turns = turns.saturating_add(1);
        }
        if rules.is_empty() {
            return;
        }
        let mut rules: Vec<(usize, &str, BTreeMap<Turn, usize>)> =
            rules.into_iter().map(|(rule, turns)| (turns.values().sum(), rule, turns)).collect();
        rules.sort_by(|one, other| (other.0, one.1).cmp(&(one.0, other.1)));
        page.say("report.changes.why", &[]);
        let comma = text(language, "report.summary.comma");
        for (_, rule, turns) in rules {
            let turns =
                turns.into_iter().map(|(turn, bids)| fill(language, turn.key(), &[("bids", &count(bids))]));
            let turns = turns.collect::<Vec<_>>().join(comma);
            let values = [("rule", rule_title(language, rule)), ("turns", &*turns)];
            page.item(1, &fill(language, "report.changes.why_rule", &values));
        }
        page.blank();
    }

    /// How much of the change of spending is volume, and how much is price, when both are known.
    pub(super) fn volume_and_price(&self) -> Option<[Money; 2]> {
        let [before, after] = self.totals.at_same_volume?;
        let price = after.minus(before).ok()?;
        let volume = self.totals.difference.minus(price).ok()?;
        Some([volume, price])
    }

    /// What is only assumed on a side: drafts that were simulated, numbers that nobody has verified.
    pub(super) fn assumed(&self, page: &mut Page) {
        let language = page.language;
        let comma = text(language, "report.summary.comma");
        for (mark, sheet) in [("A", &self.before), ("B", &self.after)] {
            let drafted: Vec<String> = simulated(sheet).map(|lot| escape(&lot.lot_id)).collect();
            if !drafted.is_empty() {
                let values =
                    [("mark", mark), ("lots", &*drafted.join(comma)), ("count", &count(drafted.len()))];
                page.say("report.changes.assumed_draft", &values);
            }
            if !sheet.rules.unverified.is_empty() {
                let number = count(sheet.rules.unverified.len());
                let id = escape(&sheet.rules.id);
                page.say("report.changes.unverified", &[("mark", mark), ("count", &number), ("id", &id)]);
            }
        }
    }

    /// Lots in which nothing changes.
    pub(super) fn unchanged(&self) -> BTreeSet<&str> {
        self.lots.iter().filter(|lot| is_unchanged(lot)).map(|lot| lot.lot_id.as_str()).collect()
    }
}

fn simulated(sheet: &Sheet) -> impl Iterator<Item = &LotPart> {
    sheet.lots.iter().filter(|lot| lot.assumption)
}

fn is_unchanged(lot: &LotChange) -> bool {
    let nothing = |amount: Option<Money>| amount == Some(Money::ZERO);
    lot.bids.is_empty() && nothing(lot.difference) && nothing(lot.moved)
}
