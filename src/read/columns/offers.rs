//! The columns of the tables that say more of a bid than one price.

use super::{Column, Field, Holds, LOT_ID, REGION, SUPPLIER_ID, optional, required};

const BID_ID: Field = optional(Column::BidId, Holds::Id, "bid_id", "申报编号").or(&["报价编号"]);

pub(in crate::read) const TIERS: &[Field] = &[
    LOT_ID,
    SUPPLIER_ID,
    BID_ID,
    required(Column::MinQuantity, Holds::Volume, "min_quantity", "最小数量").or(&["数量下限"]),
    optional(Column::MaxQuantity, Holds::Volume, "max_quantity", "最大数量").or(&["数量上限"]),
    required(Column::Price, Holds::Price, "price", "申报价").or(&["分段价", "报价"]),
    optional(Column::FixedCost, Holds::Money, "fixed_cost", "固定费用"),
];

pub(in crate::read) const REGIONAL_PRICES: &[Field] = &[
    LOT_ID,
    SUPPLIER_ID,
    BID_ID,
    REGION,
    optional(Column::Price, Holds::Price, "price", "申报价").or(&["地区价", "报价"]),
    optional(Column::NotOffered, Holds::Boolean, "not_offered", "不供应").or(&["不配送"]),
];

pub(in crate::read) const PACKAGES: &[Field] = &[
    required(Column::PackageId, Holds::Id, "package_id", "组合编号").or(&["组合"]),
    LOT_ID,
    SUPPLIER_ID,
    BID_ID,
    optional(Column::Terms, Holds::Word, "terms", "组合条件").or(&["条件"]),
    optional(Column::Price, Holds::Price, "price", "组合价").or(&["申报价"]),
];
