//! `lots.csv`: what is awarded.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostics, nearest};
use crate::money::UnitPrice;
use crate::read::{Column, Table};
use crate::tender::{Lot, LotId, VolumeClass};

use super::cells::RowReader;
use super::seen::Seen;
use super::words::VOLUME_CLASSES;

/// The lots, without anything that other tables say of them.
pub(super) fn lots(table: &Table, faults: &mut Diagnostics) -> BTreeMap<LotId, Lot> {
    let mut lots = BTreeMap::new();
    let mut seen = Seen::default();
    for row in table.rows() {
        let mut reader = RowReader::new(row, faults);
        if let Some(lot) = lot(&mut reader)
            && seen.check(lot.id.clone(), &mut reader, Column::LotId, Code::LotTwice)
        {
            lots.insert(lot.id.clone(), lot);
        }
    }
    lots
}

fn lot(reader: &mut RowReader<'_, '_>) -> Option<Lot> {
    let id = reader.id(Column::LotId);
    let name = reader.text(Column::Name);
    let name_zh = reader.text(Column::NameZh);
    let unit = reader.text(Column::Unit);
    let ceiling_price = reader.number(Column::CeilingPrice, UnitPrice::parse_positive);
    let reference_price = reader.number(Column::ReferencePrice, UnitPrice::parse_positive);
    let volume_class = reader
        .word(Column::VolumeClass, VOLUME_CLASSES, Code::VolumeClassUnknown)
        .unwrap_or(VolumeClass::Ordinary);
    let group = reader.text(Column::Group);
    let spread_rank = reader.count(Column::SpreadRank);
    let class_a_line = reader.number(Column::ClassALine, UnitPrice::parse_positive);
    let class_b_line = reader.number(Column::ClassBLine, UnitPrice::parse_positive);
    let id = LotId::new(id?);
    Some(Lot {
        name: name.or_else(|| name_zh.clone()).unwrap_or_else(|| id.as_str().to_owned()),
        id,
        name_zh,
        unit,
        ceiling_price,
        reference_price,
        volume_class,
        group,
        spread_rank,
        class_a_line,
        class_b_line,
        bids: Vec::new(),
        demand: Vec::new(),
        picks: Vec::new(),
        decisions: Vec::new(),
        expected: None,
        baselines: Vec::new(),
    })
}

/// The lot that a row of another table is about; a fault when `lots.csv` has none with this id.
pub(super) fn lot_of<'l>(
    reader: &mut RowReader<'_, '_>,
    lots: &'l mut BTreeMap<LotId, Lot>,
) -> Option<&'l mut Lot> {
    let id = LotId::new(reader.id(Column::LotId)?);
    if !lots.contains_key(&id) {
        let near = nearest(id.as_str(), lots.keys().map(LotId::as_str)).map(str::to_owned);
        reader.fault_with(Column::LotId, Code::LotUnknown, |fault| match near {
            Some(near) => fault.with("near", near),
            None => fault,
        });
    }
    lots.get_mut(&id)
}
