//! Prices to win, tried out: at the price the bid wins, one step above it does not.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Finding;
use super::recount::{Filed, Walked};
use crate::money::UnitPrice;
use crate::rules::{AwardRule, RelatedBids, RuleSet};
use crate::tender::{Act, Bid, BidState, Limit, LimitKind, Lot, Measure, Package, Tender};

/// The keys of a bid that say what it would have needed.
pub(super) const PRICE_TO_WIN: [&str; 4] =
    ["price_to_win", "price_may_win", "price_to_win_note", "price_to_win_change"];

/// A price that no tender reaches: who wins at it wins at any.
const HIGHEST: i128 = 100_000_000;

/// Tries out the prices to win that award.json states, and takes those that hold into `counted`; a bid without a stated
/// price and without a reason is one that does not hold.
pub(super) fn hold(
    counted: &mut Value,
    award: &Value,
    tender: &Tender,
    rules: &RuleSet,
    findings: &mut Vec<Finding>,
) {
    let Ok(filed) = Filed::new(tender, rules) else { return };
    for (place, lot) in tender.lots.iter().enumerate() {
        let stated: BTreeMap<&str, &Value> = rows(award, place).map(|row| (id(row), row)).collect();
        let bids = counted.pointer_mut(&format!("/lots/{place}/bids")).and_then(Value::as_array_mut);
        let Some(bids) = bids else { continue };
        for row in bids {
            let Some(found) = stated.get(id(row)) else { continue };
            let Some(at) = lot.bids.iter().position(|bid| bid.id.as_str() == id(row)) else { continue };
            let packages = tender.packages.as_slice();
            let trial = Trial { lot, place, at, packages, filed: &filed };
            match trial.holds(found) {
                Some(true) => {
                    let Some(row) = row.as_object_mut() else { continue };
                    row.extend(PRICE_TO_WIN.map(|key| (key.to_owned(), found[key].clone())));
                }
                _ => findings.push(
                    Finding::new("price_to_win", "award.json")
                        .with("lot", lot.id.as_str())
                        .with("bid", id(row))
                        .with("found", found["price_to_win"].as_str().unwrap_or("-")),
                ),
            }
        }
    }
}

fn rows(award: &Value, lot: usize) -> impl Iterator<Item = &Value> {
    award["lots"][lot]["bids"].as_array().map(Vec::as_slice).unwrap_or_default().iter()
}

fn id(row: &Value) -> &str {
    row["bid_id"].as_str().unwrap_or_default()
}

/// One bid, to be tried at other prices.
struct Trial<'a> {
    lot: &'a Lot,
    place: usize,
    at: usize,
    packages: &'a [Package],
    filed: &'a Filed<'a>,
}

/// What became of a bid at a price.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Wins,
    Open,
    Loses,
}

impl Trial<'_> {
    /// Whether what is stated of the bid holds; `None` when a number cannot be read or held.
    fn holds(&self, stated: &Value) -> Option<bool> {
        let bid = self.lot.bids.get(self.at)?;
        let mut acts = self.lot.decisions.iter().filter(|row| row.supplier_id == bid.supplier_id);
        let gone = matches!(bid.state, BidState::Withdrawn | BidState::Disqualified)
            || acts.any(|row| matches!(row.act, Act::Withdrawn | Act::Disqualified));
        let price = |key: &str| match &stated[key] {
            Value::Null => Some(None),
            Value::String(text) => UnitPrice::parse(text).ok().map(Some),
            _ => None,
        };
        let (wins, may) = (price("price_to_win")?, price("price_may_win")?);
        let note = stated["price_to_win_note"].as_str();
        if gone || bid.state == BidState::Void {
            let word = if gone { "gone" } else { "no_usable_price" };
            let nothing = wins.is_none() && may.is_none() && stated["price_to_win_change"].is_null();
            return Some(nothing && note == Some(word));
        }
        if matches!(self.filed.rules().award, AwardRule::LeastCost { .. }) {
            return self.fits_its_status(stated, wins, may, note);
        }
        let step = self.step()?;
        let as_noted = match (wins, note) {
            (Some(price), note @ (None | Some("at_ceiling"))) => {
                self.is_above_ceiling(price.plus(step).ok()?)? == note.is_some()
            }
            (None, Some("no_price_wins")) => {
                self.end(step)? != End::Wins && self.end(bid.price?)? != End::Wins
            }
            (None, Some("unlimited")) => self.end(UnitPrice::from_steps(HIGHEST, 0).ok()?)? == End::Wins,
            _ => false,
        };
        let wins_there = match wins {
            Some(price) => self.end(price)? == End::Wins && self.end(price.plus(step).ok()?)? != End::Wins,
            None => true,
        };
        let may_there = match may {
            Some(price) => wins.is_none_or(|wins| wins < price) && self.end(price)? == End::Open,
            None => {
                wins.is_none_or(|wins| wins.plus(step).is_ok_and(|next| self.end(next) != Some(End::Open)))
            }
        };
        Some(as_noted && wins_there && may_there && stated["price_to_win_change"].is_null())
    }

    /// What becomes of the bid at a price.
    fn end(&self, price: UnitPrice) -> Option<End> {
        let mut lot = self.lot.clone();
        let bid = lot.bids.get_mut(self.at)?;
        let filed = bid.price.replace(price);
        let (id, supplier) = (bid.id.clone(), bid.supplier_id.clone());
        let comparable = |price: UnitPrice| {
            let rule = &self.filed.rules().comparable_price.rule;
            rule.convert(price, bid.content_ratio, bid.fill_ratio, bid.pack_count).ok()
        };
        // Its own draw was among those that were as low as it filed.
        if filed.and_then(comparable) != comparable(price) {
            lot.decisions.retain(|row| row.supplier_id != supplier || !matches!(row.act, Act::Draw(_)));
        }
        if self.equals_a_related_bid(price)? {
            return Some(End::Loses);
        }
        let Walked { winners, tied, open } = self.filed.walked_with(self.place, &lot)?;
        Some(if winners.contains_key(&id) {
            End::Wins
        } else if tied.contains_key(&id) || open.contains(&id) {
            End::Open
        } else {
            End::Loses
        })
    }

    /// Whether a price of the bid would be above its ceiling.
    fn is_above_ceiling(&self, price: UnitPrice) -> Option<bool> {
        let bid = self.lot.bids.get(self.at)?;
        let rule = &self.filed.rules().comparable_price.rule;
        let comparable = rule.convert(price, bid.content_ratio, bid.fill_ratio, bid.pack_count).ok()?;
        let above = match (bid.ceiling_price, self.lot.ceiling_price) {
            (Some(own), _) => price > own,
            (None, Some(ceiling)) => comparable > ceiling,
            (None, None) => false,
        };
        Some(above && self.filed.rules().ceiling.is_some())
    }

    /// Whether the bid would stand at the lowest price of its owner's other bids, which no tender may have.
    fn equals_a_related_bid(&self, price: UnitPrice) -> Option<bool> {
        let (rules, suppliers) = (self.filed.rules(), self.filed.suppliers());
        if rules.related_bids.rule.treatment == RelatedBids::Allow {
            return Some(false);
        }
        let owner = |bid: &Bid| {
            let controller =
                suppliers.get(&bid.supplier_id).and_then(|supplier| supplier.controller.as_ref());
            controller.map_or(bid.supplier_id.as_str(), |controller| controller.as_str()).to_owned()
        };
        let comparable = |bid: &Bid, price: UnitPrice| {
            let rule = &rules.comparable_price.rule;
            rule.convert(price, bid.content_ratio, bid.fill_ratio, bid.pack_count).ok()
        };
        let own = self.lot.bids.get(self.at)?;
        let is_gone = |bid: &Bid| {
            let mut acts = self.lot.decisions.iter().filter(|row| row.supplier_id == bid.supplier_id);
            acts.any(|row| matches!(row.act, Act::Withdrawn | Act::Disqualified))
        };
        let others = self.lot.bids.iter().enumerate().filter(|(at, bid)| {
            *at != self.at && bid.state == BidState::Valid && owner(bid) == owner(own) && !is_gone(bid)
        });
        let lowest = others.filter_map(|(_, bid)| comparable(bid, bid.price?)).min();
        Some(lowest.is_some() && lowest == comparable(own, price))
    }

    /// The prices of the bid beside its own: of bands, of regions, in packages.
    fn others(&self) -> Vec<UnitPrice> {
        let Some(bid) = self.lot.bids.get(self.at) else { return Vec::new() };
        let bands = bid.bands.iter().map(|band| band.price);
        let regional = bid.regional.iter().filter_map(|row| row.price);
        let packed = self.packages.iter().flat_map(|package| &package.bids);
        let packed = packed.filter(|member| member.bid_id == bid.id).filter_map(|member| member.price);
        bands.chain(regional).chain(packed).collect()
    }

    /// The step in which prices are tried.
    fn step(&self) -> Option<UnitPrice> {
        let least = self.filed.rules().comparable_price.rule.rounding.digits;
        let own = self.lot.bids.get(self.at)?.price?;
        let stated = self.others().into_iter().chain([own]).map(UnitPrice::decimals);
        UnitPrice::from_steps(1, stated.max()?.max(least)).ok()
    }

    /// Under least cost nothing is solved again; but who wins for certain wins at its own price, and who loses does not. Where
    /// no limit looks at prices or their order, who loses would have had to be cheaper.
    fn fits_its_status(
        &self,
        stated: &Value,
        wins: Option<UnitPrice>,
        may: Option<UnitPrice>,
        note: Option<&str>,
    ) -> Option<bool> {
        let own = self.lot.bids.get(self.at)?.price?;
        let change = match (wins, self.others().is_empty()) {
            (Some(wins), false) => Value::String(wins.minus(own).ok()?.to_string()),
            _ => Value::Null,
        };
        if stated["price_to_win_change"] != change {
            return Some(false);
        }
        let above = |price: UnitPrice| self.is_above_ceiling(price);
        let noted = match (note, wins) {
            (None, Some(wins)) | (Some("at_least"), Some(wins)) => !above(wins)?,
            (Some("at_ceiling"), Some(wins)) => !above(wins)? && above(wins.plus(self.step()?).ok()?)?,
            (Some("no_price_wins"), None) => true,
            (Some("not_found"), None) => return Some(may.is_none()),
            (Some("unlimited"), None) => !above(UnitPrice::from_steps(HIGHEST, 0).ok()?)?,
            _ => false,
        };
        let unlimited = note == Some("unlimited");
        let of_prices = |limit: &Limit| {
            matches!(
                limit.kind,
                LimitKind::Share(Measure::Value, _)
                    | LimitKind::ClassShare(Measure::Value, _)
                    | LimitKind::RankMonotone
                    | LimitKind::SharesByRank(_)
            )
        };
        let cheaper_only = !self.filed.rules().limits.iter().any(of_prices);
        let fits = match stated["status"].as_str()? {
            "won" => unlimited || wins.is_some_and(|wins| wins >= own),
            "lost" | "excluded" if cheaper_only => !unlimited && wins.is_none_or(|wins| wins < own),
            "lost" => wins != Some(own),
            _ => true,
        };
        Some(noted && fits && may.zip(wins).is_none_or(|(may, wins)| may > wins))
    }
}
