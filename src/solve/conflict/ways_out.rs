//! What would have to give, one thing at a time, with all else as it is.
//!
//! Every way out is found as a change of the tender and tried as one: the award with the change is what the way out costs.

use std::collections::BTreeSet;

use super::amounts::Amounts;
use super::blocks::Block;
use super::elements::{Element, by_id, wanted};
use super::less::Change;
use super::nearest::{least_reserve, nearest};
use super::trial::{Trial, Trials};
use crate::model::language::in_force;
use crate::model::{Direction, Part, PartKind, WayOut};
use crate::money::{Money, Quantity, Ratio};
use crate::tender::{Band, Limit, LimitKind, Scope, SupplierId};

/// Of things that stand together so many are tried.
const MOST_TRIED: usize = 5;

/// What would have to be true for an award; the cheapest first. `others` are changes that settle other conflicts.
pub(super) fn ways_out(trials: &Trials<'_>, others: &[&Change], blocks: &[Block]) -> Vec<WayOut> {
    let search = Search { trials, others };
    let mut ways: Vec<WayOut> = blocks.iter().flat_map(|block| search.of_block(block)).collect();
    let key = |way: &WayOut| {
        let Part { what, name, region, .. } = way.part.clone();
        (way.cost.is_none(), way.cost, what, name, region)
    };
    ways.sort_by_key(key);
    ways
}

struct Search<'a, 't> {
    trials: &'t Trials<'a>,
    others: &'t [&'t Change],
}

impl<'a> Search<'a, '_> {
    fn amounts(&self) -> Amounts<'a, '_> {
        Amounts { trials: self.trials, others: self.others }
    }

    fn trial(&self, change: &Change) -> Trial {
        let changes: Vec<&Change> = self.others.iter().copied().chain([change]).collect();
        self.trials.of(&changes)
    }

    /// A change as a way out, when there is an award with it.
    fn way(&self, said: &Part, change: &Change, needed: Option<(String, bool)>) -> Option<WayOut> {
        let changes: Vec<&Change> = self.others.iter().copied().chain([change]).collect();
        if !self.trials.can_be_stated(&[change]) {
            return None;
        }
        self.trials.allow_to_end();
        let best = self.trials.best(&changes)?;
        let (needed, is_nearest) =
            needed.map_or((None, true), |(needed, is_proved)| (Some(needed), is_proved));
        Some(WayOut {
            part: said.clone(),
            needed,
            cost: best.paid.filter(|_| self.others.is_empty()),
            is_proved: is_nearest && best.is_proved,
        })
    }

    fn of_block(&self, block: &Block) -> Vec<WayOut> {
        match block.said.what {
            PartKind::NoBid => return Vec::new(),
            PartKind::Alternates if self.counts_winners() => return Vec::new(),
            PartKind::NoOffer => return self.of_region(&block.said),
            _ => {}
        }
        let mut elements: Vec<&Element> = block.elements.iter().collect();
        if elements.len() > MOST_TRIED {
            let number = |element: &&Element| Quantity::parse(element.said.stated.as_deref()?).ok();
            elements.sort_by_key(|element| std::cmp::Reverse(number(element)));
            elements.truncate(MOST_TRIED);
        }
        elements.into_iter().filter_map(|element| self.of_element(element)).collect()
    }

    /// A region that nobody offers in: somebody does, or it is left out.
    fn of_region(&self, said: &Part) -> Vec<WayOut> {
        let lots = self.trials.offered.lots.iter();
        let Some(lot) = lots.clone().find(|lot| lot.lot.id.as_str() == said.name) else { return Vec::new() };
        let mut ways = Vec::new();
        for bid in by_id(lot).into_iter().take(MOST_TRIED) {
            let own = Part::new(PartKind::NotOffered, bid.bid.id.as_str(), None);
            let own = Part { region: said.region.clone(), ..own };
            let change = Change::Offers(own.name.clone(), own.region.clone().unwrap_or_default());
            ways.extend(self.way(&own, &change, None));
        }
        ways.extend(self.demand(&Part { what: PartKind::Demand, ..said.clone() }));
        ways
    }

    fn of_element(&self, element: &Element) -> Option<WayOut> {
        let said = &element.said;
        let only = |id: &str| id == said.name;
        match &element.without {
            Change::Unmet(..) if said.region.is_some() => self.demand(said),
            Change::Unmet(..) => self.demand_of_lot(said),
            Change::Capacity(bid, _) => {
                let least = self.amounts().volume(&element.without, Direction::Minimise, &only)?;
                self.number(said, least, |least| Change::Capacity(bid.clone(), Some(least)))
            }
            Change::MinQuantity(bid, _) => {
                let most = self.amounts().volume(&element.without, Direction::Maximise, &only)?;
                self.number(said, most, |most| Change::MinQuantity(bid.clone(), Some(most)))
            }
            Change::SupplierVolume(id, _) => {
                let own = |bid: &str| self.is_of(bid, id);
                let least = self.amounts().volume(&element.without, Direction::Minimise, &own)?;
                self.number(said, least, |least| Change::SupplierVolume(id.clone(), Some(least)))
            }
            Change::SupplierValue(id, _) => {
                let own = |bid: &str| self.is_of(bid, id);
                let least = self.amounts().value(&element.without, &own)?;
                self.number(said, least, |least| Change::SupplierValue(id.clone(), Some(least)))
            }
            Change::AnyQuantity(bid) => self.bands(said, bid),
            without => match &element.limit {
                Some(limit) => self.limit(element, limit),
                None => self.way(said, without, None),
            },
        }
    }

    /// Whether a limit counts winners: two bids of one supplier would count as two.
    fn counts_winners(&self) -> bool {
        in_force(self.trials.offered.rules).iter().any(|one| {
            matches!(
                one.limit.kind,
                LimitKind::Winners(_)
                    | LimitKind::Backups(_)
                    | LimitKind::AgreedShare(_)
                    | LimitKind::SharesByRank(_)
                    | LimitKind::RankMonotone
            )
        })
    }

    fn number(
        &self,
        said: &Part,
        (number, is_proved): (Quantity, bool),
        change: impl Fn(Quantity) -> Change,
    ) -> Option<WayOut> {
        self.way(said, &change(number), Some((number.to_string(), is_proved)))
    }

    fn is_of(&self, bid: &str, supplier: &str) -> bool {
        let supplier = SupplierId::new(supplier);
        let mut bids = self.trials.offered.lots.iter().flat_map(|lot| &lot.bids);
        bids.any(|own| own.bid.id.as_str() == bid && own.bid.supplier_id == supplier)
    }

    fn demand(&self, said: &Part) -> Option<WayOut> {
        let (volume, is_proved) = self.amounts().demand(said)?;
        let change = Change::Demand(said.name.clone(), said.region.clone()?, volume);
        self.way(said, &change, Some((volume.to_string(), is_proved)))
    }

    /// The part of a lot's demand that can be awarded, the same of every region, in whole per cents.
    fn demand_of_lot(&self, said: &Part) -> Option<WayOut> {
        let lot = self.trials.offered.lots.iter().find(|lot| lot.lot.id.as_str() == said.name)?;
        // Where there is none without the demand, there is none with some of it.
        if self.trial(&Change::Unmet(said.name.clone(), wanted(lot))) == Trial::Closed {
            return None;
        }
        let limit = |kind: LimitKind| Limit {
            name: "reserve of the way out".to_owned(),
            kind,
            scope: Scope { lots: vec![lot.lot.id.clone()], ..Scope::default() },
            cite: None,
            place: crate::diagnostics::Place::file("tender.toml"),
        };
        let trial = |kind: LimitKind| self.trial(&Change::Limit(Box::new(limit(kind))));
        let found = least_reserve(&trial)?;
        let LimitKind::Reserve(kept) = found.kind else { return None };
        let part = Ratio::ONE.minus(kept).ok()?;
        self.way(said, &Change::Limit(Box::new(limit(found.kind))), Some((part.to_string(), found.is_proved)))
    }

    /// The volume nearest to a band that would do; the band is extended to it.
    fn bands(&self, said: &Part, id: &str) -> Option<WayOut> {
        let mut bids = self.trials.offered.lots.iter().flat_map(|lot| &lot.bids);
        let bid = bids.find(|bid| bid.bid.id.as_str() == id)?.bid;
        let own = |bid: &str| bid == id;
        let mut nearest: Option<(Quantity, (Quantity, bool), Change)> = None;
        let mut all_proved = true;
        for (number, Band { min_quantity: least, max_quantity: most, .. }) in bid.bands.iter().enumerate() {
            let change =
                |least: Quantity, most: Option<Quantity>| Change::Band(id.to_owned(), number, least, most);
            let lower = || {
                let open = change(Quantity::ZERO, *most);
                let found = self.amounts().volume(&open, Direction::Maximise, &own)?;
                Some((least.minus(found.0).ok()?, found, change(found.0, *most)))
            };
            let upper = || {
                let found = self.amounts().volume(&change(*least, None), Direction::Minimise, &own)?;
                Some((found.0.minus((*most)?).ok()?, found, change(*least, Some(found.0))))
            };
            for (far, found, change) in lower().into_iter().chain(upper()) {
                all_proved = all_proved && found.1;
                let (least, most) = ((*least).min(found.0), most.map(|most| most.max(found.0)));
                let held = |(other, band): (usize, &Band)| {
                    let has = |quantity: Quantity| {
                        band.min_quantity <= quantity && band.max_quantity.is_none_or(|most| quantity <= most)
                    };
                    let before = most.is_none_or(|most| band.min_quantity < most);
                    let overlaps = before && band.max_quantity.is_none_or(|own| least < own);
                    other != number && (has(found.0) || overlaps)
                };
                // The band has a price for it, or another one: two prices for one quantity cannot be stated.
                if far <= Quantity::ZERO || bid.bands.iter().enumerate().any(held) {
                    continue;
                }
                if nearest.as_ref().is_none_or(|(known, ..)| far < *known) {
                    nearest = Some((far, found, change));
                }
            }
        }
        let (_, found, change) = nearest?;
        self.way(said, &change, Some((found.0.to_string(), all_proved)))
    }

    fn limit(&self, element: &Element, limit: &Limit) -> Option<WayOut> {
        let said = &element.said;
        if matches!(limit.kind, LimitKind::Budget(_))
            && let Some((kind, is_proved)) = self.amounts().budget(limit)
            && let LimitKind::Budget(least) = &kind
        {
            let least: Money = *least;
            let needed = Some((least.to_string(), is_proved));
            let change = Change::Limit(Box::new(Limit { kind, ..limit.clone() }));
            let mut way = self.way(said, &change, needed)?;
            // An award keeps a budget of what it costs.
            if let Some(cost) = way.cost.filter(|cost| !is_proved && *cost < least) {
                way.needed = Some(cost.to_string());
            }
            return Some(way);
        }
        let lots = || self.trials.offered.lots.iter();
        let most = match limit.kind {
            LimitKind::LotsPerSupplier(_) => lots().count(),
            LimitKind::RegionsPerWinner(_) => {
                lots().flat_map(|lot| lot.regions.keys()).collect::<BTreeSet<_>>().len()
            }
            _ => lots().map(|lot| lot.bids.len()).sum(),
        };
        let most = u32::try_from(most).unwrap_or(u32::MAX);
        let trial =
            |kind: LimitKind| stated(element, limit, kind).map_or(Trial::Unknown, |own| self.trial(&own));
        match nearest(&limit.kind, most, &trial) {
            Some(found) => {
                let change = stated(element, limit, found.kind)?;
                self.way(said, &change, Some((found.shown, found.is_proved)))
            }
            None => self.way(said, &element.without, None),
        }
    }
}

/// A limit of another kind in the place of an element's: a limit, or a parameter of the rule set.
fn stated(element: &Element, limit: &Limit, kind: LimitKind) -> Option<Change> {
    Some(match (&element.without, kind) {
        (Change::Lift(_), kind) => Change::Limit(Box::new(Limit { kind, ..limit.clone() })),
        (Change::MinSuppliers(_), LimitKind::Winners(range)) => Change::MinSuppliers(range.min),
        (Change::MaxSuppliers(_), LimitKind::Winners(range)) => Change::MaxSuppliers(range.max),
        (Change::MaxShare(_), LimitKind::Share(_, range)) => Change::MaxShare(range.max),
        _ => return None,
    })
}
