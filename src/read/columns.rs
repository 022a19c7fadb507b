//! The columns of every table: the one list that reading, checking and the documentation use.

mod acts;
mod offers;

pub use super::kind::TableKind;
pub(super) use acts::{BASELINES, DECISIONS, EXPECTED, PICKS};
pub(super) use offers::{PACKAGES, REGIONAL_PRICES, TIERS};

/// What a column is about. The same word means the same in every table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are those of the columns")]
pub enum Column {
    AcceptsRevival,
    AcceptsMatch,
    Preferred,
    PreferencePoints,
    Act,
    AgreedVolume,
    ApprovedOn,
    Baseline,
    BidId,
    By,
    Capacity,
    CapacityValue,
    CapacityVolume,
    CeilingPrice,
    Class,
    ClassALine,
    ClassBLine,
    ContentRatio,
    Controller,
    CycleDone,
    Document,
    FillRatio,
    FixedCost,
    FundRatio,
    Group,
    Incumbent,
    Institution,
    InsuredShare,
    LotId,
    MaxQuantity,
    MinQuantity,
    Month,
    Name,
    NameZh,
    NotOffered,
    On,
    OwnActiveIngredient,
    PackCount,
    PackageId,
    PreviousPrice,
    Price,
    PriceBefore,
    PriorVolume,
    Product,
    QualityScore,
    Reason,
    ReferencePrice,
    Region,
    Role,
    SanctionedUntil,
    Score,
    SecondChoice,
    ServiceFee,
    Source,
    Spec,
    SpreadRank,
    State,
    SupplierId,
    SupplyScore,
    Terms,
    Unit,
    UnitGroup,
    Volume,
    VolumeClass,
    Why,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holds {
    /// An id: text without blanks around it, control or invisible characters.
    Id,
    /// Any text.
    Text,
    /// A price or an amount of money: above zero, up to 10 decimals.
    Price,
    /// An amount of money that may be zero, up to 10 decimals.
    Money,
    /// A volume: zero or more, up to 4 decimals.
    Volume,
    /// A ratio: above zero, a decimal of up to 10 places or a fraction such as `1/3`.
    Ratio,
    /// A score: zero or more, up to 10 decimals.
    Score,
    /// A whole number from 1.
    Count,
    /// Yes or no.
    Boolean,
    /// A day, as in `2019-08-01`.
    Date,
    /// A month, as in `2019-08`.
    Month,
    /// One word of a fixed list.
    Word,
}

/// One column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// What it is about.
    pub column: Column,
    /// Its English heading.
    pub name: &'static str,
    /// Its Chinese heading.
    pub chinese: &'static str,
    /// Other headings that offices use for it.
    pub synonyms: &'static [&'static str],
    /// What its cells hold.
    pub holds: Holds,
    /// Whether the table cannot do without the column.
    pub required: bool,
}

impl Field {
    /// Every heading that names this column.
    pub fn headings(&self) -> impl Iterator<Item = &'static str> {
        [self.name, self.chinese].into_iter().chain(self.synonyms.iter().copied())
    }
}

/// A column that the table cannot do without.
const fn required(column: Column, holds: Holds, name: &'static str, chinese: &'static str) -> Field {
    Field { column, name, chinese, synonyms: &[], holds, required: true }
}

/// A column that may be absent.
const fn optional(column: Column, holds: Holds, name: &'static str, chinese: &'static str) -> Field {
    Field { column, name, chinese, synonyms: &[], holds, required: false }
}

impl Field {
    /// The same with other headings for it.
    const fn or(mut self, synonyms: &'static [&'static str]) -> Self {
        self.synonyms = synonyms;
        self
    }
}

const LOT_ID: Field = required(Column::LotId, Holds::Id, "lot_id", "采购单元编号").or(&[
    "采购单元",
    "品种编号",
    "品种序号",
    "采购单元代码",
    "竞价单元编号",
]);
const SUPPLIER_ID: Field =
    required(Column::SupplierId, Holds::Id, "supplier_id", "企业编号").or(&["企业代码", "申报企业", "企业"]);
const CONTENT_RATIO: Field =
    optional(Column::ContentRatio, Holds::Ratio, "content_ratio", "含量比").or(&["含量比例", "含量系数"]);
const REGION: Field =
    required(Column::Region, Holds::Id, "region", "供应地区").or(&["地区", "省份", "省级地区"]);

pub(super) const LOTS: &[Field] = &[
    LOT_ID,
    optional(Column::Name, Holds::Text, "name", "名称").or(&[
        "采购单元名称",
        "品种名称",
        "药品名称",
        "通用名",
    ]),
    optional(Column::NameZh, Holds::Text, "name_zh", "中文名称"),
    optional(Column::Unit, Holds::Text, "unit", "计量单位").or(&["单位", "最小计量单位"]),
    optional(Column::CeilingPrice, Holds::Price, "ceiling_price", "最高有效申报价").or(&["最高限价", "限价"]),
    optional(Column::ReferencePrice, Holds::Price, "reference_price", "参考价")
        .or(&["集采前均价", "加权均价"]),
    optional(Column::VolumeClass, Holds::Word, "volume_class", "采购量类别").or(&["约定采购量类别"]),
    optional(Column::Group, Holds::Text, "group", "分组").or(&["组别"]),
    optional(Column::SpreadRank, Holds::Count, "spread_rank", "价差排名").or(&["价差比排名"]),
    optional(Column::ClassALine, Holds::Price, "class_a_line", "A类价格线").or(&["A类中选线"]),
    optional(Column::ClassBLine, Holds::Price, "class_b_line", "B类价格线").or(&["B类中选线"]),
];

pub(super) const BIDS: &[Field] = &[
    LOT_ID,
    SUPPLIER_ID,
    optional(Column::BidId, Holds::Id, "bid_id", "申报编号").or(&["报价编号"]),
    optional(Column::Product, Holds::Text, "product", "产品名称").or(&["产品", "商品名"]),
    optional(Column::Spec, Holds::Text, "spec", "规格").or(&["规格型号", "申报规格"]),
    CONTENT_RATIO,
    optional(Column::FillRatio, Holds::Ratio, "fill_ratio", "装量比").or(&["装量比例", "装量系数"]),
    optional(Column::PackCount, Holds::Ratio, "pack_count", "包装数量比").or(&["包装数量比例", "包装系数"]),
    required(Column::Price, Holds::Price, "price", "申报价").or(&["申报价格", "申报单价", "报价"]),
    optional(Column::CeilingPrice, Holds::Price, "ceiling_price", "本规格最高有效申报价").or(&[
        "最高有效申报价",
        "最高限价",
        "限价",
    ]),
    optional(Column::PreviousPrice, Holds::Price, "previous_price", "原价").or(&["原采购价", "集采前价格"]),
    optional(Column::Capacity, Holds::Volume, "capacity", "供应能力").or(&["产能", "首年供应能力"]),
    optional(Column::MinQuantity, Holds::Volume, "min_quantity", "最小供应量").or(&["最低供应量"]),
    optional(Column::FixedCost, Holds::Money, "fixed_cost", "固定费用"),
    optional(Column::UnitGroup, Holds::Text, "unit_group", "竞价单元").or(&["竞价组"]),
    optional(Column::QualityScore, Holds::Score, "quality_score", "质量得分").or(&["质量分", "综合评分"]),
    optional(Column::SupplyScore, Holds::Score, "supply_score", "供应评分").or(&["供应得分", "信用评分"]),
    optional(Column::OwnActiveIngredient, Holds::Boolean, "own_active_ingredient", "自产原料药")
        .or(&["原料药自产", "是否自产原料药"]),
    optional(Column::ServiceFee, Holds::Money, "service_fee", "伴随服务费").or(&["伴随服务费用"]),
    optional(Column::ApprovedOn, Holds::Date, "approved_on", "获批日期").or(&["批准日期", "过评日期"]),
    optional(Column::PriorVolume, Holds::Volume, "prior_volume", "上年采购量")
        .or(&["历史采购量", "既往采购量"]),
    optional(Column::AcceptsRevival, Holds::Boolean, "accepts_revival", "接受复活价")
        .or(&["是否接受复活价", "接受复活"]),
    optional(Column::AcceptsMatch, Holds::Boolean, "accepts_match", "接受最低价").or(&["是否跟价", "跟价"]),
    optional(Column::Preferred, Holds::Boolean, "preferred", "享受优惠").or(&["是否享受优惠", "价格优惠"]),
    optional(Column::PreferencePoints, Holds::Score, "preference_points", "优惠得分")
        .or(&["优惠加分", "政策加分"]),
    optional(Column::State, Holds::Word, "state", "状态").or(&["申报状态"]),
    optional(Column::Reason, Holds::Text, "reason", "原因").or(&["理由"]),
];

pub(super) const DEMAND: &[Field] = &[
    LOT_ID,
    REGION,
    required(Column::Volume, Holds::Volume, "volume", "报量").or(&["采购需求量", "需求量", "采购量计算基数"]),
    CONTENT_RATIO,
    Field { required: false, ..SUPPLIER_ID.or(&["企业代码", "报量企业", "企业"]) },
    optional(Column::Institution, Holds::Id, "institution", "医疗机构").or(&["机构", "医疗机构名称"]),
    optional(Column::SecondChoice, Holds::Id, "second_choice", "第二选择").or(&["替代企业", "次选企业"]),
];

pub(super) const SUPPLIERS: &[Field] = &[
    SUPPLIER_ID,
    optional(Column::Name, Holds::Text, "name", "企业名称").or(&["名称"]),
    optional(Column::NameZh, Holds::Text, "name_zh", "企业中文名称").or(&["中文名称"]),
    optional(Column::Controller, Holds::Id, "controller", "实际控制人").or(&["控制人"]),
    optional(Column::Incumbent, Holds::Boolean, "incumbent", "现供应企业").or(&["是否在供", "现供"]),
    optional(Column::CapacityValue, Holds::Volume, "capacity_value", "总供应能力").or(&["总产能"]),
    optional(Column::CapacityVolume, Holds::Volume, "capacity_volume", "总供应量").or(&["总供应数量"]),
    optional(Column::Class, Holds::Text, "class", "企业类别").or(&["类别"]),
    optional(Column::SanctionedUntil, Holds::Date, "sanctioned_until", "暂停资格截止日期")
        .or(&["禁止申报截止日期"]),
];

pub(super) const PURCHASES: &[Field] = &[
    LOT_ID,
    required(Column::Product, Holds::Id, "product", "产品").or(&["产品名称", "商品名", "通用名"]),
    optional(Column::Spec, Holds::Id, "spec", "规格组").or(&["规格", "规格型号"]),
    optional(Column::Unit, Holds::Text, "unit", "可比单位").or(&["单位", "计量单位"]),
    CONTENT_RATIO,
    required(Column::Volume, Holds::Volume, "volume", "采购量").or(&["数量", "实际采购量"]),
    required(Column::Price, Holds::Price, "price", "价格").or(&["单价", "采购价"]),
];

pub(super) const RETENTION: &[Field] = &[
    required(Column::Institution, Holds::Id, "institution", "医疗机构").or(&["机构", "医疗机构名称"]),
    required(Column::Product, Holds::Id, "product", "产品").or(&["产品名称", "通用名"]),
    required(Column::AgreedVolume, Holds::Volume, "agreed_volume", "约定采购量").or(&["约定量"]),
    required(Column::PriceBefore, Holds::Price, "price_before", "集采前均价").or(&["集采前加权均价"]),
    required(Column::Volume, Holds::Volume, "volume", "实际采购量").or(&["采购量"]),
    required(Column::Price, Holds::Price, "price", "中选价").or(&["中选均价", "价格"]),
    required(Column::FundRatio, Holds::Ratio, "fund_ratio", "基金实际支付比例").or(&["基金支付比例"]),
    required(Column::InsuredShare, Holds::Ratio, "insured_share", "参保用量占比").or(&["参保占比"]),
    required(Column::Score, Holds::Score, "score", "考核得分").or(&["得分", "考核分"]),
    optional(Column::CycleDone, Holds::Boolean, "cycle_done", "已完成采购周期").or(&["已满周期"]),
];

pub(super) const ACTUAL: &[Field] = &[
    LOT_ID,
    REGION,
    optional(Column::Institution, Holds::Id, "institution", "医疗机构").or(&["机构", "医疗机构名称"]),
    SUPPLIER_ID.or(&["企业代码", "供应企业", "生产企业", "企业"]),
    optional(Column::Product, Holds::Text, "product", "产品").or(&["产品名称", "商品名"]),
    required(Column::Month, Holds::Month, "month", "月份").or(&["采购月份", "年月"]),
    required(Column::Volume, Holds::Volume, "volume", "实际采购量").or(&["采购量", "数量"]),
    required(Column::Price, Holds::Price, "price", "实际采购价").or(&["采购价", "价格", "单价"]),
];

#[cfg(test)]
mod tests;
