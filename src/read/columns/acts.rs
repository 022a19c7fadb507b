//! The columns of the tables of what people did and published.

use super::{Column, Field, Holds, LOT_ID, REGION, SUPPLIER_ID, optional, required};

pub(in crate::read) const PICKS: &[Field] = &[
    LOT_ID,
    REGION,
    SUPPLIER_ID.or(&["企业代码", "中选企业", "供应企业", "企业"]),
    optional(Column::Role, Holds::Word, "role", "供应角色").or(&["角色", "主备"]),
];

pub(in crate::read) const DECISIONS: &[Field] = &[
    LOT_ID,
    SUPPLIER_ID,
    Field { required: false, ..REGION },
    required(Column::Act, Holds::Word, "act", "决定").or(&["决定事项", "事项"]),
    optional(Column::By, Holds::Text, "by", "决定人").or(&["决定机构"]),
    optional(Column::On, Holds::Date, "on", "决定日期").or(&["日期"]),
    optional(Column::Why, Holds::Text, "why", "理由").or(&["原因", "事由"]),
    optional(Column::Document, Holds::Text, "document", "文件编号").or(&["文号", "文件"]),
];

pub(in crate::read) const EXPECTED: &[Field] = &[LOT_ID, SUPPLIER_ID.or(&["企业代码", "中选企业", "企业"])];

pub(in crate::read) const BASELINES: &[Field] = &[
    LOT_ID,
    Field { required: false, ..SUPPLIER_ID.or(&["企业代码", "企业"]) },
    required(Column::Baseline, Holds::Id, "baseline", "基期").or(&["基期价名称", "基期名称"]),
    required(Column::Price, Holds::Price, "price", "基期价").or(&["价格", "基期价格"]),
    optional(Column::Source, Holds::Text, "source", "来源").or(&["出处", "依据"]),
];
