//! `[limit.NAME]`: limits on an award, in a rule set, a tender or a scenario.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use super::refusals::Refusals;
use super::section::{Section, Text, refuse_choice, text_of};
use super::unit::{share_list, whole};
use crate::diagnostics::{Code, Diagnostics, Source};
use crate::money::{Money, Ratio};
use crate::tender::{Limit, LimitKind, LotId, Measure, Range, Scope, SupplierId};

/// Keys that every kind of limit may have.
const COMMON: [&str; 8] = ["kind", "cite", "lots", "group", "suppliers", "class", "unit_group", "each"];

/// Where a limit counts: each lot by itself, or all of them together.
const EACH: [&str; 2] = ["lot", "tender"];

const MEASURES: [(&str, Measure); 2] = [("volume", Measure::Volume), ("value", Measure::Value)];

/// The limits of a TOML document: its tables `[limit.NAME]`, by name.
///
/// # Errors
/// Everything that is wrong with them, each with its place.
pub fn limits_of(source: &Source, root: &DeTable<'_>) -> Result<BTreeMap<String, Limit>, Diagnostics> {
    let mut refusals = Refusals::new(source);
    let limits = limits(&Section::new("tender.toml", 0..0, root), &mut refusals);
    if refusals.is_empty() { Ok(limits) } else { Err(refusals.found()) }
}

/// The limits of a document, by name.
pub(super) fn limits(root: &Section<'_>, refusals: &mut Refusals) -> BTreeMap<String, Limit> {
    let sections = root.sections("limit", refusals);
    let read = |section: &Section| Some((section.name.clone(), limit(section, refusals)?));
    sections.iter().filter_map(read).collect()
}

fn limit(section: &Section, refusals: &mut Refusals) -> Option<Limit> {
    let mut reader = LimitReader { section, refusals, keys: COMMON.to_vec() };
    let word = reader.required("kind")?;
    let kind = reader.kind(&word);
    let scope = reader.scope();
    let cite = reader.text("cite").map(|text| text.value);
    let place = reader.refusals.place(section.at.clone());
    if kind.is_some() {
        let keys = reader.keys;
        section.only(&keys, refusals);
    }
    Some(Limit { name: section.name.clone(), kind: kind?, scope: scope?, cite, place })
}

/// Reads the keys of one limit, and remembers which of them its kind has.
struct LimitReader<'r, 'd, 's> {
    section: &'r Section<'d>,
    refusals: &'r mut Refusals<'s>,
    keys: Vec<&'static str>,
}

impl LimitReader<'_, '_, '_> {
    fn required(&mut self, key: &str) -> Option<Text> {
        self.section.text(key, self.refusals)
    }

    fn text(&mut self, key: &'static str) -> Option<Text> {
        self.keys.push(key);
        if self.section.has(key) { self.section.text(key, self.refusals) } else { None }
    }

    /// What the limit says, by its word.
    fn kind(&mut self, word: &Text) -> Option<LimitKind> {
        Some(match word.value.as_str() {
            "none" => LimitKind::Lifted,
            "winners" => LimitKind::Winners(self.range("count", whole)?),
            "share" => LimitKind::Share(self.measure()?, self.range("share", share)?),
            "class-share" => LimitKind::ClassShare(self.measure()?, self.range("share", share)?),
            "shares-by-rank" => LimitKind::SharesByRank(self.shares_by_rank()?),
            "rank-monotone" => LimitKind::RankMonotone,
            "lots-per-supplier" => LimitKind::LotsPerSupplier(self.range("count", whole)?),
            "regions-per-winner" => LimitKind::RegionsPerWinner(self.range("count", whole)?),
            "one-supplier-per-region" => LimitKind::OneSupplierPerRegion,
            "backups" => LimitKind::Backups(self.one("exactly", "count", whole)?),
            "budget" => LimitKind::Budget(self.one("max", "money", money)?),
            "switching" => LimitKind::Switching(self.one("saves_more_than", "money", money)?),
            "preference" => LimitKind::Preference(self.one("margin", "share", below_one)?),
            "forced" => LimitKind::Forced,
            "forbidden" => LimitKind::Forbidden,
            "reserve" => LimitKind::Reserve(self.one("exactly", "share", below_one)?),
            "agreed-share" => LimitKind::AgreedShare(self.agreed_share()?),
            "related-as-one" => LimitKind::RelatedAsOne,
            _ => {
                refuse_choice("kind", word, LimitKind::WORDS.into_iter(), self.refusals);
                return None;
            }
        })
    }

    fn unfit(&mut self, text: &Text, unit: &str) {
        let values = [("name", self.section.name.as_str()), ("value", text.value.as_str()), ("unit", unit)];
        self.refusals.at(Code::RulesValueUnfit, text.at.clone(), &values);
    }

    fn value<T>(
        &mut self,
        key: &'static str,
        unit: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<Option<T>> {
        let Some(text) = self.text(key) else { return (!self.section.has(key)).then_some(None) };
        let value = parse(&text.value);
        if value.is_none() {
            self.unfit(&text, unit);
        }
        value.map(Some)
    }

    /// A number that must be there.
    fn one<T>(&mut self, key: &'static str, unit: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.keys.push(key);
        let text = self.required(key)?;
        let value = parse(&text.value);
        if value.is_none() {
            self.unfit(&text, unit);
        }
        value
    }

    /// `min` and `max`, or `exactly`.
    fn range<T: Copy + PartialOrd + ToString>(
        &mut self,
        unit: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<Range<T>> {
        let (min, max) = (self.value("min", unit, &parse), self.value("max", unit, &parse));
        let exactly = self.value("exactly", unit, &parse)?;
        let (min, max) = (exactly.or(min?), exactly.or(max?));
        let name = self.section.name.as_str();
        match (min, max) {
            (None, None) => {
                self.refusals.at(Code::LimitSaysNothing, self.section.at.clone(), &[("name", name)]);
                None
            }
            (Some(min), Some(max)) if min > max => {
                let (min, max) = (min.to_string(), max.to_string());
                let values = [("name", name), ("min", min.as_str()), ("max", max.as_str())];
                self.refusals.at(Code::LimitMinAboveMax, self.section.at.clone(), &values);
                None
            }
            (min, max) => Some(Range { min, max }),
        }
    }

    fn measure(&mut self) -> Option<Measure> {
        let Some(text) = self.text("of") else { return Some(Measure::Volume) };
        let known = MEASURES.iter().find(|(word, _)| *word == text.value);
        if known.is_none() {
            refuse_choice("of", &text, MEASURES.iter().map(|(word, _)| *word), self.refusals);
        }
        known.map(|(_, measure)| *measure)
    }

    /// Names parted by commas, or a list of names.
    fn names(&mut self, key: &'static str) -> Vec<String> {
        self.keys.push(key);
        let Some((_, value)) = self.section.entries().find(|(name, _)| name.value == key) else {
            return Vec::new();
        };
        if let DeValue::Array(items) = value.get_ref() {
            let one = |item| text_of(key, item, self.refusals).map(|text| text.value);
            return items.iter().filter_map(one).collect();
        }
        let Some(text) = self.text(key) else { return Vec::new() };
        text.value.split(',').map(|name| name.trim().to_owned()).collect()
    }

    fn scope(&mut self) -> Option<Scope> {
        let lots = self.names("lots").into_iter().map(LotId::new).collect();
        let suppliers = self.names("suppliers").into_iter().map(SupplierId::new).collect();
        let group = self.text("group").map(|text| text.value);
        let class = self.text("class").map(|text| text.value);
        let unit_group = self.text("unit_group").map(|text| text.value);
        let each = self.text("each");
        if let Some(text) = each.as_ref().filter(|text| !EACH.contains(&text.value.as_str())) {
            refuse_choice("each", text, EACH.into_iter(), self.refusals);
            return None;
        }
        let together = each.is_some_and(|text| text.value == "tender");
        Some(Scope { lots, group, suppliers, class, unit_group, together })
    }

    /// One list of shares for each number of winners, from 1; each comes to 1.
    fn shares_by_rank(&mut self) -> Option<Vec<Vec<Ratio>>> {
        self.keys.push("shares");
        let (_, value) = self.section.entries().find(|(name, _)| name.value == "shares").or_else(|| {
            self.required("shares");
            None
        })?;
        let DeValue::Array(items) = value.get_ref() else {
            let text = text_of("shares", value, self.refusals)?;
            return self.rank_shares(&text).map(|shares| vec![shares]);
        };
        let mut lists = Vec::new();
        for item in items.iter() {
            let text = text_of("shares", item, self.refusals)?;
            lists.push(self.rank_shares(&text)?);
        }
        Some(lists)
    }

    fn rank_shares(&mut self, text: &Text) -> Option<Vec<Ratio>> {
        // Where only some bids have a rank the others take what is left.
        let of_some = ["suppliers", "class", "unit_group"].iter().any(|key| self.section.has(key));
        let whole = |shares: &Vec<Ratio>| match Ratio::total(shares.iter().copied()) {
            Ok(total) if of_some => total <= Ratio::ONE,
            total => total == Ok(Ratio::ONE),
        };
        let falls = |shares: &Vec<Ratio>| shares.windows(2).all(|pair| matches!(pair, [a, b] if a >= b));
        let shares = share_list(&text.value).filter(whole).filter(falls);
        if shares.is_none() {
            self.unfit(text, "shares");
        }
        shares
    }

    /// The share for one winner, for two, and so on.
    fn agreed_share(&mut self) -> Option<Vec<Ratio>> {
        let parse = |text: &str| text.split(',').map(|part| share(part.trim())).collect::<Option<Vec<_>>>();
        self.one("shares", "shares", |text| parse(text).filter(|all| all.iter().all(|one| !one.is_zero())))
    }
}

fn share(text: &str) -> Option<Ratio> {
    Ratio::parse(text).ok().filter(|share| *share <= Ratio::ONE)
}

/// A share that leaves something.
fn below_one(text: &str) -> Option<Ratio> {
    share(text).filter(|share| *share < Ratio::ONE)
}

fn money(text: &str) -> Option<Money> {
    Money::parse(text).ok()
}
