//! What an award must keep, and the tender without some of it.

use std::collections::BTreeMap;

use crate::model::language::input::{BidOffered, LotOffered, Offered, covers};
use crate::model::language::{Group, in_force};
use crate::model::{Part, PartKind};
use crate::rules::{AwardRule, RuleSet};
use crate::tender::{Bid, Limit, LimitKind, Lot, Package, Range, Supplier, SupplierId};

/// One thing that an award must keep.
#[derive(Debug, Clone)]
pub(super) struct Element {
    pub(super) said: Part,
    /// The stated limit.
    pub(super) limit: Option<Limit>,
}

/// Which elements are kept.
pub(super) struct Kept<'a> {
    without: Vec<&'a Element>,
    /// Limits in the place of those of the same name.
    instead: Vec<Limit>,
}

impl<'a> Kept<'a> {
    pub(super) fn all(_: &'a [Element]) -> Self {
        Self { without: Vec::new(), instead: Vec::new() }
    }

    /// Only the elements at these places.
    pub(super) fn of(all: &'a [Element], kept: &[usize]) -> Self {
        let gone = all.iter().enumerate().filter(|(at, _)| !kept.contains(at));
        Self { without: gone.map(|(_, element)| element).collect(), instead: Vec::new() }
    }

    /// All, with a limit in the place of the one of the same name.
    pub(super) fn with(limit: Limit) -> Self {
        Self { without: Vec::new(), instead: vec![limit] }
    }

    /// All but one.
    pub(super) fn but(element: &'a Element) -> Self {
        Self { without: vec![element], instead: Vec::new() }
    }
}

/// A tender with some of what it states left out.
pub(super) struct Less {
    rules: RuleSet,
    suppliers: BTreeMap<SupplierId, Supplier>,
    packages: Vec<Package>,
    lots: Vec<LessLot>,
}

struct LessLot {
    lot: Lot,
    bids: Vec<Bid>,
}

fn part(what: PartKind, name: &str, stated: Option<String>) -> Part {
    Part { what, name: name.to_owned(), region: None, kind: None, stated, cite: None }
}

fn element(said: Part) -> Element {
    Element { said, limit: None }
}

/// The name of the row of a demand.
pub(super) fn demand_row(part: &Part) -> String {
    format!("demand[{},{}]", part.name, part.region.as_deref().unwrap_or_default())
}

/// Everything that an award of a group must keep and that could be otherwise.
pub(super) fn parts(offered: &Offered<'_>, group: &Group) -> Vec<Element> {
    let mut all = Vec::new();
    for at in &group.lots {
        let Some(lot) = offered.lots.get(*at) else { continue };
        for bid in &lot.bids {
            let (id, filed) = (bid.bid.id.as_str(), bid.bid);
            let capacity = filed.capacity.map(|most| part(PartKind::Capacity, id, Some(most.to_string())));
            let least = filed.min_quantity.filter(|least| !least.is_zero());
            let least = least.map(|least| part(PartKind::MinQuantity, id, Some(least.to_string())));
            all.extend(capacity.into_iter().chain(least).map(element));
        }
    }
    suppliers(offered, group, &mut all);
    let here = |package: &&Package| {
        package.bids.iter().any(|bid| {
            group.lots.iter().filter_map(|at| offered.lots.get(*at)).any(|lot| lot.lot.id == bid.lot_id)
        })
    };
    let packages = offered.packages.iter().filter(here);
    all.extend(packages.map(|package| element(part(PartKind::Package, &package.id, None))));
    limits(offered, group, &mut all);
    for at in &group.lots {
        let Some(lot) = offered.lots.get(*at) else { continue };
        for (region, volume) in lot.regions.iter().filter(|(_, volume)| !volume.is_zero()) {
            let mut said = part(PartKind::Demand, lot.lot.id.as_str(), Some(volume.to_string()));
            said.region = Some(region.as_str().to_owned());
            all.push(element(said));
        }
    }
    all
}

fn suppliers(offered: &Offered<'_>, group: &Group, all: &mut Vec<Element>) {
    for (id, supplier) in offered.suppliers {
        let lots = group.lots.iter().filter_map(|at| offered.lots.get(*at));
        if !lots.flat_map(|lot| &lot.bids).any(|bid| bid.bid.supplier_id == *id) {
            continue;
        }
        let volume = supplier.capacity_volume.map(|most| (PartKind::SupplierVolume, most));
        let value = supplier.capacity_value.map(|most| (PartKind::SupplierValue, most));
        for (what, most) in volume.into_iter().chain(value) {
            all.push(element(part(what, id.as_str(), Some(most.to_string()))));
        }
    }
}

fn limits(offered: &Offered<'_>, group: &Group, all: &mut Vec<Element>) {
    for one in in_force(offered.rules) {
        let limit = one.limit.into_owned();
        let lots = || group.lots.iter().filter_map(|at| offered.lots.get(*at));
        if !lots().any(|lot| covers(&limit.scope, lot.lot)) || !binds(&limit.kind) {
            continue;
        }
        let stated = offered.rules.limits.iter().any(|own| own.name == limit.name);
        let what = if stated { PartKind::Limit } else { PartKind::Parameter };
        let said = Part {
            kind: Some(limit.kind.name()),
            cite: limit.cite.clone(),
            ..part(what, &limit.name, number(&limit.kind))
        };
        all.push(Element { said, limit: Some(limit) });
    }
}

/// Whether a limit can stand against an award at all.
fn binds(kind: &LimitKind) -> bool {
    !matches!(
        kind,
        LimitKind::Lifted | LimitKind::Switching(_) | LimitKind::Preference(_) | LimitKind::Reserve(_)
    )
}

fn sides<T: ToString>(range: &Range<T>) -> String {
    let side =
        |word: &str, side: &Option<T>| side.as_ref().map(|side| format!("{word} {}", side.to_string()));
    [side(">=", &range.min), side("<=", &range.max)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The numbers of a limit, as they are shown.
pub(super) fn number(kind: &LimitKind) -> Option<String> {
    match kind {
        LimitKind::Winners(range)
        | LimitKind::LotsPerSupplier(range)
        | LimitKind::RegionsPerWinner(range) => Some(sides(range)),
        LimitKind::Share(_, range) | LimitKind::ClassShare(_, range) => Some(sides(range)),
        LimitKind::Backups(backups) => Some(backups.to_string()),
        LimitKind::Budget(most) => Some(format!("<= {most}")),
        _ => None,
    }
}

impl Kept<'_> {
    /// The rows of the demands that are left out.
    pub(super) fn open_demands(&self) -> Vec<String> {
        let demands = self.without.iter().filter(|element| element.said.what == PartKind::Demand);
        demands.map(|element| demand_row(&element.said)).collect()
    }

    /// The tender with what is kept only.
    pub(super) fn tender(&self, offered: &Offered<'_>) -> Option<Less> {
        let mut less = Less {
            rules: offered.rules.clone(),
            suppliers: offered.suppliers.clone(),
            packages: offered.packages.to_vec(),
            lots: offered
                .lots
                .iter()
                .map(|lot| LessLot {
                    lot: lot.lot.clone(),
                    bids: lot.bids.iter().map(|bid| bid.bid.clone()).collect(),
                })
                .collect(),
        };
        for element in &self.without {
            less.leave_out(element)?;
        }
        for limit in &self.instead {
            less.rules.limits.retain(|own| own.name != limit.name);
            less.rules.limits.push(limit.clone());
            less.set_parameter(&limit.name, Some(&limit.kind));
        }
        less.rules.limits.sort_by(|one, other| one.name.cmp(&other.name));
        Some(less)
    }
}

impl Less {
    fn leave_out(&mut self, element: &Element) -> Option<()> {
        let name = element.said.name.as_str();
        let mut bids = self.lots.iter_mut().flat_map(|lot| &mut lot.bids);
        match element.said.what {
            PartKind::Capacity => bids.find(|bid| bid.id.as_str() == name)?.capacity = None,
            PartKind::MinQuantity => bids.find(|bid| bid.id.as_str() == name)?.min_quantity = None,
            PartKind::SupplierVolume => {
                self.suppliers.get_mut(&SupplierId::new(name))?.capacity_volume = None;
            }
            PartKind::SupplierValue => {
                self.suppliers.get_mut(&SupplierId::new(name))?.capacity_value = None;
            }
            PartKind::Package => self.packages.retain(|package| package.id != name),
            PartKind::Limit => self.rules.limits.retain(|limit| limit.name != name),
            PartKind::Parameter => self.set_parameter(name, None),
            // A demand that need not be met stays the most that can be delivered: see `open_demands`.
            PartKind::Demand => {}
        }
        Some(())
    }

    /// Sets one of the limits that stand in the parameters of the rule set, or lifts it.
    fn set_parameter(&mut self, name: &str, kind: Option<&LimitKind>) {
        let AwardRule::LeastCost { limits } = &mut self.rules.award else { return };
        let rule = &mut limits.rule;
        match (name, kind) {
            ("suppliers", None) => (rule.min_suppliers, rule.max_suppliers) = (None, None),
            ("suppliers", Some(LimitKind::Winners(range))) => {
                (rule.min_suppliers, rule.max_suppliers) = (range.min, range.max);
                self.rules.limits.retain(|limit| limit.name != name);
            }
            ("max_share", None) => rule.max_share = None,
            ("max_share", Some(LimitKind::Share(_, range))) => {
                rule.max_share = range.max;
                self.rules.limits.retain(|limit| limit.name != name);
            }
            ("one_supplier_per_region", _) => rule.one_supplier_per_region = kind.is_some(),
            _ => {}
        }
    }

    /// The same as offered, for the builder of programmes.
    pub(super) fn offered<'a>(&'a self, offered: &Offered<'a>) -> Offered<'a> {
        let lot = |(less, stated): (&'a LessLot, &LotOffered<'a>)| LotOffered {
            lot: &less.lot,
            regions: stated.regions.clone(),
            bids: less
                .bids
                .iter()
                .zip(&stated.bids)
                .map(|(bid, own)| BidOffered { bid, price: own.price, barred_by: own.barred_by })
                .collect(),
        };
        Offered {
            rules: &self.rules,
            suppliers: &self.suppliers,
            packages: &self.packages,
            lots: self.lots.iter().zip(&offered.lots).map(lot).collect(),
        }
    }
}
