//! The fixed words of the tables, English and Chinese.

use crate::read::{Column, Field, Holds, TableKind};
use crate::tender::{Act, BidState, PackageTerms, Role, TenderKind, VolumeClass};

use super::cells::whole_number;

/// Words of one meaning; the first is the one that files should use.
pub(super) type Words<T> = &'static [(T, &'static [&'static str])];

pub(super) const KINDS: Words<TenderKind> =
    &[(TenderKind::Drug, &["drug", "药品"]), (TenderKind::Consumable, &["consumable", "医用耗材", "耗材"])];

pub(super) const STATES: Words<BidState> = &[
    (BidState::Valid, &["valid", "有效"]),
    (BidState::Void, &["void", "无效"]),
    (BidState::Withdrawn, &["withdrawn", "撤回"]),
    (BidState::Disqualified, &["disqualified", "取消资格"]),
];

pub(super) const VOLUME_CLASSES: Words<VolumeClass> =
    &[(VolumeClass::Ordinary, &["ordinary", "普通"]), (VolumeClass::Restricted, &["restricted", "限制"])];

pub(super) const ROLES: Words<Role> = &[
    (Role::Main, &["main", "主供"]),
    (Role::Backup(1), &["backup-1", "备供", "备供1", "第一备供"]),
    (Role::Backup(2), &["backup-2", "备供2", "第二备供"]),
];

pub(super) const ACTS: Words<Act> = &[
    (Act::Disqualified, &["disqualified", "取消资格"]),
    (Act::Withdrawn, &["withdrawn", "撤回"]),
    (Act::Negotiated, &["negotiated", "议价接受"]),
    (Act::NoAward, &["no-award", "不予中选"]),
    (Act::Draw(1), &["draw-1", "抽签-1"]),
];

pub(super) const PACKAGE_TERMS: Words<PackageTerms> = &[
    (PackageTerms::AllOrNothing, &["all-or-nothing", "整体中选"]),
    (PackageTerms::Discount, &["discount", "组合优惠"]),
];

pub(super) const BOOLEANS: Words<bool> =
    &[(true, &["true", "yes", "1", "是"]), (false, &["false", "no", "0", "否"])];

/// In the place of a price: there is no offer.
pub(super) const NOT_OFFERED: &[&str] = &["not_offered", "不供应", "不配送"];

/// `backup-3` or `备供3`: stands in in this place.
pub(super) fn backup(text: &str) -> Option<Role> {
    let text = text.trim().to_lowercase();
    let place = text.strip_prefix("backup-").or_else(|| text.strip_prefix("备供"))?;
    whole_number(place).map(Role::Backup)
}

/// `draw-2` or `抽签-2`: drawn in this place.
pub(super) fn draw(text: &str) -> Option<Act> {
    let text = text.trim().to_lowercase();
    let place = text.strip_prefix("draw-").or_else(|| text.strip_prefix("抽签-"))?;
    whole_number(place).map(Act::Draw)
}

/// The words that a column may hold, as files should use them; none where it may hold anything.
pub fn words_of(kind: TableKind, field: &Field) -> Vec<&'static str> {
    match (kind, field.column) {
        (TableKind::Bids, Column::State) => first(STATES),
        (_, Column::VolumeClass) => first(VOLUME_CLASSES),
        (_, Column::Role) => first(ROLES),
        (_, Column::Act) => first(ACTS),
        (_, Column::Terms) => first(PACKAGE_TERMS),
        _ if field.holds == Holds::Boolean => first(BOOLEANS),
        _ => Vec::new(),
    }
}

/// The word of each meaning that files should use.
pub(super) fn first<T>(words: Words<T>) -> Vec<&'static str> {
    words.iter().filter_map(|(_, same)| same.first().copied()).collect()
}
