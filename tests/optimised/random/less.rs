//! A random tender with some of what an award must keep left out, as the report on a conflict means it.

use std::collections::BTreeSet;

use super::tender::{Kind, Limit, Stated, Tender};

/// One thing that an award must keep, as a report names it.
#[derive(Debug, Clone, PartialEq)]
pub struct Thing {
    pub what: &'static str,
    pub name: String,
    /// Blank: no region, or all of them.
    pub region: String,
    /// The regions, where any one of them is enough.
    pub any_of: Vec<String>,
    /// Whether it stands for all of its kind: those of the lot with this name, or all.
    pub several: bool,
}

/// What can be left out, and what a report has for regions and lots that nobody offers in.
pub const WHATS: [&str; 12] = [
    "limit",
    "parameter",
    "package",
    "demand",
    "no_bid",
    "no_offer",
    "capacity_volume",
    "capacity_value",
    "capacity",
    "min_quantity",
    "bands",
    "not_offered",
];

impl Thing {
    fn new(what: &'static str, name: String) -> Self {
        Self { what, name, region: String::new(), any_of: Vec::new(), several: false }
    }

    /// The same in one region.
    pub fn at(self, region: usize) -> Self {
        Self { region: format!("R{region}"), any_of: Vec::new(), ..self }
    }

    /// A part of a conflict in award.json; `None` for what holds whatever is left out.
    pub fn of(part: &serde_json::Value) -> Option<Self> {
        let word = |key: &str| part[key].as_str().unwrap_or_default().to_owned();
        let what = *WHATS.iter().find(|what| part["what"] == **what)?;
        let several = !part["count"].is_null() && what != "demand";
        let regions = part["any_of"].as_array().into_iter().flatten();
        let any_of = regions.map(|region| region.as_str().unwrap().to_owned()).collect();
        Some(Self { what, name: word("name"), region: word("region"), any_of, several })
    }
}

/// Things that are kept.
struct Kept<'a>(&'a [Thing]);

impl Kept<'_> {
    fn has(&self, what: &str, id: &str, lot: &str) -> bool {
        self.0.iter().any(|own| {
            let all = own.several && (own.name.is_empty() || own.name == lot);
            own.what == what && (all || own.name == id)
        })
    }

    fn has_in(&self, what: &str, (id, lot): (&str, &str), region: usize) -> bool {
        let region = format!("R{region}");
        let here = |own: &Thing| match own.any_of.is_empty() {
            true => own.region.is_empty() || own.region == region,
            false => own.any_of.contains(&region),
        };
        self.0.iter().any(|own| here(own) && Kept(std::slice::from_ref(own)).has(what, id, lot))
    }

    fn limit(&self, at: usize, limit: &Limit) -> bool {
        match limit.stated {
            Stated::Parameter => self.has("parameter", limit.kind.parameter(), ""),
            _ => self.has("limit", &format!("n{at}"), ""),
        }
    }
}

impl Tender {
    /// Everything on these lots that an award must keep and that could be otherwise.
    pub fn things(&self, lots: &[usize]) -> Vec<Thing> {
        let mut all = Vec::new();
        for (at, limit) in self.limits.iter().enumerate() {
            let binds = !matches!(limit.kind, Kind::Switching(_) | Kind::Preference(_));
            if binds && limit.stated != Stated::Lifted && lots.iter().any(|lot| self.covers(limit, *lot)) {
                all.push(match limit.stated {
                    Stated::Parameter => Thing::new("parameter", limit.kind.parameter().to_owned()),
                    _ => Thing::new("limit", format!("n{at}")),
                });
            }
        }
        for (at, package) in self.packages.iter().enumerate() {
            if package.bids.iter().any(|(lot, ..)| lots.contains(lot)) {
                all.push(Thing::new("package", format!("P{at}")));
            }
        }
        all.extend(lots.iter().map(|lot| Thing::new("demand", format!("L{lot}"))));
        for (at, supplier) in self.suppliers.iter().enumerate() {
            let bids = |lot: &usize| self.lots[*lot].bids.iter().any(|bid| bid.supplier == at);
            if lots.iter().any(bids) {
                let id = || format!("S{at}");
                all.extend(supplier.most_volume.map(|_| Thing::new("capacity_volume", id())));
                all.extend(supplier.most_value.map(|_| Thing::new("capacity_value", id())));
            }
        }
        all.extend(lots.iter().flat_map(|lot| self.things_of_bids(*lot)));
        all
    }

    fn things_of_bids(&self, lot: usize) -> Vec<Thing> {
        let mut all = Vec::new();
        for (own, bid) in self.lots[lot].bids.iter().enumerate() {
            if self.lots[lot].is_above_ceiling(bid.price) {
                continue;
            }
            let thing = |what: &'static str| Thing::new(what, Self::bid_id(lot, own));
            all.extend(bid.capacity.map(|_| thing("capacity")));
            all.extend(bid.least.map(|_| thing("min_quantity")));
            all.extend((!bid.bands.is_empty()).then(|| thing("bands")));
            let refused = (0..bid.regional.len()).filter(|region| bid.regional[*region] == Some(None));
            let wanted = refused.filter(|region| self.lots[lot].demand[*region] > 0);
            all.extend(wanted.map(|region| thing("not_offered").at(region)));
        }
        all
    }

    /// The tender with no more than these things: demand need not be met, limits do not hold, bids and suppliers can
    /// deliver any quantity, a bid offers at its own price where it did not offer. Its price bands then run up to each
    /// other: the first from 0, the last without end.
    pub fn with_only(&self, things: &[Thing]) -> Self {
        let (kept, mut less) = (Kept(things), self.clone());
        for (at, limit) in less.limits.iter_mut().enumerate() {
            if !kept.limit(at, limit) {
                limit.stated = Stated::Lifted;
            }
        }
        let packages = std::mem::take(&mut less.packages).into_iter().enumerate();
        let stays = packages.filter(|(at, _)| kept.has("package", &format!("P{at}"), ""));
        less.packages = stays.map(|(_, own)| own).collect();
        for (at, supplier) in less.suppliers.iter_mut().enumerate() {
            let id = format!("S{at}");
            supplier.most_volume = supplier.most_volume.filter(|_| kept.has("capacity_volume", &id, ""));
            supplier.most_value = supplier.most_value.filter(|_| kept.has("capacity_value", &id, ""));
        }
        for (at, lot) in less.lots.iter_mut().enumerate() {
            kept.on_lot(at, lot);
        }
        less
    }
}

impl Tender {
    /// The suppliers with several bids on a lot, of which one can win.
    pub fn alternates(&self, lot: usize) -> BTreeSet<usize> {
        let lot = &self.lots[lot];
        let open = lot.bids.iter().filter(|bid| !lot.is_above_ceiling(bid.price));
        let suppliers: Vec<usize> = open.map(|bid| bid.supplier).collect();
        let count = |supplier: usize| suppliers.iter().filter(|own| **own == supplier).count();
        suppliers.iter().copied().filter(|supplier| count(*supplier) > 1).collect()
    }

    /// The tender when all bids of a supplier on a lot can win together.
    pub fn with_together(&self, lot: usize, supplier: usize) -> Self {
        let mut less = self.clone();
        less.lots[lot].together.insert(supplier);
        less
    }
}

impl Kept<'_> {
    fn on_lot(&self, at: usize, lot: &mut super::tender::Lot) {
        let name = format!("L{at}");
        let wants = |region: &usize| {
            ["demand", "no_bid", "no_offer"].iter().any(|what| self.has_in(what, (&name, &name), *region))
        };
        lot.unmet = (0..lot.demand.len()).filter(|region| !wants(region)).collect();
        for (own, bid) in lot.bids.iter_mut().enumerate() {
            let id = Tender::bid_id(at, own);
            bid.capacity = bid.capacity.filter(|_| self.has("capacity", &id, &name));
            bid.least = bid.least.filter(|_| self.has("min_quantity", &id, &name));
            if !self.has("bands", &id, &name) {
                let next = bid.bands.iter().skip(1).map(|band| Some(band.least));
                let ends: Vec<Option<i64>> = next.chain([None]).collect();
                bid.bands.iter_mut().zip(ends).for_each(|(band, end)| band.most = end);
                bid.bands.iter_mut().take(1).for_each(|band| band.least = 0);
            }
            for (region, stated) in bid.regional.iter_mut().enumerate() {
                // That nobody offers there says that this bid does not.
                let says = self.has_in("not_offered", (&id, &name), region)
                    || self.has_in("no_offer", (&name, &name), region);
                if *stated == Some(None) && !says {
                    *stated = None;
                }
            }
        }
    }
}
