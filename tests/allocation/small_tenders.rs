//! Small tenders, built without files.

use std::collections::BTreeMap;

use jicai::diagnostics::{Place, Source};
use jicai::money::{Proportion, Quantity, UnitPrice};
use jicai::tender::{
    Bid, BidId, BidState, ControllerId, Date, Demand, Lot, LotId, Notice, Pick, Region, Role, Supplier,
    SupplierId, Tender, TenderKind, VolumeClass,
};

pub fn place(file: &str, line: usize) -> Place {
    let at = line.saturating_sub(1);
    Source::new(file, "\n".repeat(line)).place(at..at)
}

pub fn bid(supplier: &str, price: &str) -> Bid {
    Bid {
        id: BidId::new(format!("L1/{supplier}")),
        supplier_id: SupplierId::new(supplier),
        product: None,
        spec: None,
        content_ratio: Proportion::ONE,
        fill_ratio: Proportion::ONE,
        pack_count: Proportion::ONE,
        price: Some(UnitPrice::parse(price).unwrap()),
        ceiling_price: None,
        previous_price: None,
        capacity: None,
        min_quantity: None,
        fixed_cost: None,
        bands: Vec::new(),
        regional: Vec::new(),
        unit_group: None,
        quality_score: None,
        supply_score: None,
        own_active_ingredient: None,
        service_fee: None,
        approved_on: None,
        prior_volume: None,
        accepts_revival: None,
        preferred: None,
        preference_points: None,
        accepts_match: None,
        state: BidState::Valid,
        reason: None,
        place: place("bids.csv", 2),
    }
}

/// Demand of an institution of a region, for a supplier's brand.
pub fn brand(region: &str, institution: &str, supplier: &str, volume: &str) -> Demand {
    let named = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Demand {
        region: Region::new(region),
        volume: Quantity::parse(volume).unwrap(),
        content_ratio: Proportion::ONE,
        supplier_id: named(supplier).map(SupplierId::new),
        institution: named(institution),
        second_choice: None,
        place: place("demand.csv", 2),
    }
}

pub fn demand(region: &str, volume: &str) -> Demand {
    brand(region, "", "", volume)
}

pub fn pick(region: &str, supplier: &str, role: Role) -> Pick {
    Pick {
        region: Region::new(region),
        supplier_id: SupplierId::new(supplier),
        role,
        place: place("picks.csv", 2),
    }
}

pub fn lot(mut bids: Vec<Bid>, demand: Vec<Demand>) -> Lot {
    bids.sort_by(|one, other| one.id.cmp(&other.id));
    Lot {
        id: LotId::new("L1"),
        name: "L1".to_owned(),
        name_zh: None,
        unit: None,
        ceiling_price: None,
        reference_price: None,
        volume_class: VolumeClass::Ordinary,
        group: None,
        spread_rank: None,
        class_a_line: None,
        class_b_line: None,
        bids,
        demand,
        picks: Vec::new(),
        decisions: Vec::new(),
        expected: None,
        baselines: Vec::new(),
    }
}

pub fn tender(rules: &str, scale: &str, lots: Vec<Lot>) -> Tender {
    Tender {
        notice: Notice {
            id: "test".to_owned(),
            title: "Test".to_owned(),
            title_zh: None,
            kind: TenderKind::Drug,
            announced: Date::new(2021, 1, 15).unwrap(),
            currency: "CNY".to_owned(),
            rules: rules.to_owned(),
            volume_scale: Quantity::parse(scale).unwrap(),
            source: None,
            overrides: BTreeMap::new(),
            limits: BTreeMap::new(),
        },
        lots,
        suppliers: BTreeMap::new(),
        packages: Vec::new(),
        inputs: Vec::new(),
    }
}

/// Ten bids for a tablet, volumes in ten thousand tablets.
pub fn tablets() -> Tender {
    let mut double = bid("D", "0.8840");
    double.content_ratio = Proportion::parse("2").unwrap();
    let mut rejected = bid("H", "0.2500");
    rejected.state = BidState::Disqualified;
    let bids = vec![
        bid("A", "0.3000"),
        bid("B", "0.3600"),
        bid("C", "0.4100"),
        double,
        bid("E", "0.5600"),
        bid("F", "0.9000"),
        bid("G", "1.1000"),
        rejected,
        bid("I", "1.2000"),
        bid("J", "1.7000"),
    ];
    let volumes = ["1200", "900", "800", "600", "500", "300", "200"];
    let rows =
        volumes.iter().zip(1..).map(|(volume, number)| demand(&format!("P{number}"), volume)).collect();
    let mut lot = lot(bids, rows);
    lot.ceiling_price = Some(UnitPrice::parse("1.6").unwrap());
    lot.reference_price = Some(UnitPrice::parse("1.1").unwrap());
    let mut tender = tender("cn-drug-round-4", "10000", vec![lot]);
    for id in ["F", "G"] {
        let id = SupplierId::new(id);
        let supplier = Supplier {
            id: id.clone(),
            name: None,
            name_zh: None,
            controller: Some(ControllerId::new("F")),
            incumbent: None,
            capacity_value: None,
            capacity_volume: None,
            classes: Vec::new(),
            sanctioned_until: None,
        };
        tender.suppliers.insert(id, supplier);
    }
    tender
}

/// Two or three bids over four regions, under the rules of round 4 with volumes in whole units, so that parts must be
/// rounded.
pub fn small(bids: &[(&str, &str)]) -> Tender {
    let rows = vec![demand("P1", "400"), demand("P2", "300"), demand("P3", "200"), demand("P4", "101")];
    let mut lot = lot(bids.iter().map(|(supplier, price)| bid(supplier, price)).collect(), rows);
    lot.ceiling_price = Some(UnitPrice::parse("10").unwrap());
    let mut tender = tender("cn-drug-round-4", "1", vec![lot]);
    tender.notice.overrides.insert("volume_rounding".to_owned(), "half_up 0".to_owned());
    tender
}

/// Three hospitals in two regions that asked for nine brands.
pub fn stents() -> Tender {
    let prices = [
        ("S1", "469"),
        ("S2", "549"),
        ("S3", "590"),
        ("S4", "648"),
        ("S5", "755"),
        ("S6", "798"),
        ("S7", "1200"),
        ("S8", "2600"),
        ("S9", "2900"),
    ];
    let rows = vec![
        brand("P1", "H1", "S1", "100"),
        brand("P1", "H1", "S3", "200"),
        brand("P1", "H1", "S8", "100"),
        brand("P1", "H2", "S2", "150"),
        brand("P1", "H2", "S6", "50"),
        brand("P1", "H2", "S9", "200"),
        brand("P2", "H3", "S4", "80"),
        brand("P2", "H3", "S5", "120"),
    ];
    let mut lot = lot(prices.iter().map(|(supplier, price)| bid(supplier, price)).collect(), rows);
    lot.reference_price = Some(UnitPrice::parse("13000").unwrap());
    let mut tender = tender("cn-stents-2020", "1", vec![lot]);
    tender.notice.overrides.insert("max_winners".to_owned(), "7".to_owned());
    tender
}
