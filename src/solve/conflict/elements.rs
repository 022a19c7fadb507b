//! What an award must keep and what could be otherwise.

use std::collections::BTreeMap;

use super::less::Change;
use crate::model::language::in_force;
use crate::model::language::input::{BidOffered, LotOffered, Offered, covers};
use crate::model::{Part, PartKind};
use crate::money::Quantity;
use crate::rules::LeastCost;
use crate::tender::{Band, Limit, LimitKind, Range, SupplierId};

/// One thing that an award must keep.
#[derive(Debug, Clone)]
pub(super) struct Element {
    pub(super) said: Part,
    /// The tender without it.
    pub(super) without: Change,
    /// The stated limit.
    pub(super) limit: Option<Limit>,
    /// The lot that it belongs to, if it belongs to one.
    pub(super) lot: Option<String>,
}

impl Element {
    fn new(said: Part, without: Change) -> Self {
        Self { said, without, limit: None, lot: None }
    }

    fn of_lot(self, lot: &LotOffered<'_>) -> Self {
        Self { lot: Some(lot.lot.id.as_str().to_owned()), ..self }
    }
}

/// Everything that an award must keep and that could be otherwise: what the tender states first, then what it needs, then
/// what bids and suppliers can do. By names, whatever the order of the rows.
pub(super) fn elements(offered: &Offered<'_>) -> Vec<Element> {
    let mut all = limits(offered);
    let package =
        |id: &String| Element::new(Part::new(PartKind::Package, id, None), Change::NoPackage(id.clone()));
    all.extend(offered.packages.iter().filter(|own| is_here(offered, own)).map(|own| package(&own.id)));
    all.extend(offered.lots.iter().filter_map(|lot| demand(lot, wanted(lot))));
    suppliers(offered, &mut all);
    let of_bids: [fn(&LotOffered<'_>, &BidOffered<'_>) -> Vec<Element>; 4] =
        [capacity, min_quantity, bands, not_offered];
    for of_bid in of_bids {
        for lot in &offered.lots {
            let own = by_id(lot).into_iter().flat_map(|bid| of_bid(lot, bid));
            all.extend(own.map(|element| element.of_lot(lot)));
        }
    }
    all
}

fn is_here(offered: &Offered<'_>, package: &crate::tender::Package) -> bool {
    package.bids.iter().any(|bid| offered.lots.iter().any(|lot| lot.lot.id == bid.lot_id))
}

/// Whether a bid can win at all, as far as it goes by itself.
pub(super) fn can_win(bid: &BidOffered<'_>) -> bool {
    bid.barred_by.is_none() && bid.price.is_some()
}

/// The bids that can win, by id.
pub(super) fn by_id<'l, 'a>(lot: &'l LotOffered<'a>) -> Vec<&'l BidOffered<'a>> {
    let mut bids: Vec<&BidOffered<'a>> = lot.bids.iter().filter(|bid| can_win(bid)).collect();
    bids.sort_by(|one, other| one.bid.id.cmp(&other.bid.id));
    bids
}

/// The regions of a lot that need something.
pub(super) fn wanted(lot: &LotOffered<'_>) -> Vec<String> {
    let needs = lot.regions.iter().filter(|(_, volume)| !volume.is_zero());
    needs.map(|(region, _)| region.as_str().to_owned()).collect()
}

/// The demand of a lot in some of its regions.
pub(super) fn demand(lot: &LotOffered<'_>, regions: Vec<String>) -> Option<Element> {
    let volume = |region: &String| Some(lot.regions.iter().find(|(own, _)| own.as_str() == region)?.1);
    let total = Quantity::total(regions.iter().filter_map(volume).copied()).ok()?;
    let id = lot.lot.id.as_str();
    let mut said = Part::new(PartKind::Demand, id, Some(total.to_string()));
    match regions.as_slice() {
        [] => return None,
        [only] => said.region = Some(only.clone()),
        several => said.count = Some(several.len()),
    }
    Some(Element::new(said, Change::Unmet(id.to_owned(), regions)).of_lot(lot))
}

fn suppliers(offered: &Offered<'_>, all: &mut Vec<Element>) {
    let bids = |id: &SupplierId| {
        offered.lots.iter().flat_map(|lot| &lot.bids).any(|bid| bid.bid.supplier_id == *id && can_win(bid))
    };
    let here = || offered.suppliers.iter().filter(|(id, _)| bids(id));
    for (id, supplier) in here() {
        if let Some(most) = supplier.capacity_volume {
            let said = Part::new(PartKind::SupplierVolume, id.as_str(), Some(most.to_string()));
            all.push(Element::new(said, Change::SupplierVolume(id.as_str().to_owned(), None)));
        }
    }
    for (id, supplier) in here() {
        if let Some(most) = supplier.capacity_value {
            let said = Part::new(PartKind::SupplierValue, id.as_str(), Some(most.to_string()));
            all.push(Element::new(said, Change::SupplierValue(id.as_str().to_owned(), None)));
        }
    }
}

fn capacity(_: &LotOffered<'_>, bid: &BidOffered<'_>) -> Vec<Element> {
    let id = bid.bid.id.as_str();
    let said = |most: Quantity| Part::new(PartKind::Capacity, id, Some(most.to_string()));
    let most = bid.bid.capacity;
    most.map(|most| Element::new(said(most), Change::Capacity(id.to_owned(), None))).into_iter().collect()
}

fn min_quantity(_: &LotOffered<'_>, bid: &BidOffered<'_>) -> Vec<Element> {
    let id = bid.bid.id.as_str();
    let said = |least: Quantity| Part::new(PartKind::MinQuantity, id, Some(least.to_string()));
    let least = bid.bid.min_quantity.filter(|least| !least.is_zero());
    least
        .map(|least| Element::new(said(least), Change::MinQuantity(id.to_owned(), None)))
        .into_iter()
        .collect()
}

fn bands(_: &LotOffered<'_>, bid: &BidOffered<'_>) -> Vec<Element> {
    let id = bid.bid.id.as_str();
    let bounded =
        bid.bid.bands.iter().any(|band| !band.min_quantity.is_zero() || band.max_quantity.is_some());
    let said = || Part::new(PartKind::Bands, id, Some(stated_bands(&bid.bid.bands)));
    bounded.then(|| Element::new(said(), Change::AnyQuantity(id.to_owned()))).into_iter().collect()
}

/// The quantities of price bands, as `0-100, 150-`.
fn stated_bands(bands: &[Band]) -> String {
    let band = |band: &Band| {
        let end = band.max_quantity.map(|most| most.to_string()).unwrap_or_default();
        format!("{}-{end}", band.min_quantity)
    };
    bands.iter().map(band).collect::<Vec<_>>().join(", ")
}

fn not_offered(lot: &LotOffered<'_>, bid: &BidOffered<'_>) -> Vec<Element> {
    let id = bid.bid.id.as_str();
    let refused = bid.bid.regional.iter().filter(|row| row.price.is_none());
    let needed = wanted(lot);
    let mut regions: Vec<&str> = refused.map(|row| row.region.as_str()).collect();
    regions.retain(|region| needed.iter().any(|own| own == region));
    regions.sort_unstable();
    let element = |region: &str| {
        let said = Part { region: Some(region.to_owned()), ..Part::new(PartKind::NotOffered, id, None) };
        Element::new(said, Change::Offers(id.to_owned(), region.to_owned()))
    };
    regions.into_iter().map(element).collect()
}

/// Suppliers with several bids on a lot, of which one can win. That always holds, for it is what several bids mean; it is
/// named where an award would be possible otherwise.
pub(super) fn alternates(lot: &LotOffered<'_>) -> Vec<Element> {
    let mut bids: BTreeMap<&SupplierId, usize> = BTreeMap::new();
    for bid in lot.bids.iter().filter(|bid| can_win(bid)) {
        let count = bids.entry(&bid.bid.supplier_id).or_default();
        *count = count.saturating_add(1);
    }
    let lot_id = lot.lot.id.as_str();
    let element = |(supplier, count): (&SupplierId, usize)| {
        let mut said = Part::new(PartKind::Alternates, supplier.as_str(), Some(lot_id.to_owned()));
        said.count = Some(count);
        let change = Change::Together(lot_id.to_owned(), supplier.as_str().to_owned());
        Element::new(said, change).of_lot(lot)
    };
    bids.into_iter().filter(|(_, count)| *count > 1).map(element).collect()
}

fn limits(offered: &Offered<'_>) -> Vec<Element> {
    let mut all = Vec::new();
    for one in in_force(offered.rules) {
        let is_stated = one.rule() != LeastCost::ID;
        let limit = one.limit.into_owned();
        if !offered.lots.iter().any(|lot| covers(&limit.scope, lot.lot)) || !binds(&limit.kind) {
            continue;
        }
        if is_stated {
            let said = Part {
                kind: Some(limit.kind.name()),
                cite: limit.cite.clone(),
                ..Part::new(PartKind::Limit, &limit.name, limit.kind.numbers())
            };
            let without = Change::Lift(limit.name.clone());
            all.push(Element { limit: Some(limit), ..Element::new(said, without) });
        } else {
            all.extend(parameters(offered, &limit));
        }
    }
    all
}

/// The parameters of the rule set that a limit of its own comes from.
fn parameters(offered: &Offered<'_>, limit: &Limit) -> Vec<Element> {
    let side = |kind: LimitKind, name: &str, without: Change| {
        let own = offered.rules.parameters.iter().find(|own| own.name == name);
        let said = Part {
            kind: Some(kind.name()),
            cite: own.filter(|own| own.overridden_from.is_none()).map(|own| own.cite.clone()),
            ..Part::new(PartKind::Parameter, name, kind.numbers())
        };
        let limit = Limit { name: name.to_owned(), kind, ..limit.clone() };
        Element { limit: Some(limit), ..Element::new(said, without) }
    };
    let mut all = Vec::new();
    match &limit.kind {
        LimitKind::Winners(Range { min, max }) => {
            let least = min.map(|min| LimitKind::Winners(Range { min: Some(min), max: None }));
            all.extend(least.map(|kind| side(kind, "min_suppliers", Change::MinSuppliers(None))));
            let most = max.map(|max| LimitKind::Winners(Range { min: None, max: Some(max) }));
            all.extend(most.map(|kind| side(kind, "max_suppliers", Change::MaxSuppliers(None))));
        }
        LimitKind::Share(..) => all.push(side(limit.kind.clone(), "max_share", Change::MaxShare(None))),
        _ => all.push(side(limit.kind.clone(), "one_supplier_per_region", Change::SeveralPerRegion)),
    }
    all
}

/// Whether a limit can stand against an award at all.
fn binds(kind: &LimitKind) -> bool {
    !matches!(kind, LimitKind::Lifted | LimitKind::Switching(_) | LimitKind::Preference(_))
}
