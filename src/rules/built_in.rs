//! The rule sets that are built into the program.

use std::collections::BTreeMap;

use super::{RuleSet, load};
use crate::diagnostics::Diagnostics;
use crate::tender::Date;

macro_rules! built_in {
    ($($id:literal),* $(,)?) => {
        /// Id and text of each, by id.
        const BUILT_IN: &[(&str, &str)] =
            &[$(($id, include_str!(concat!("../../tenders/rules/", $id, ".toml")))),*];
    };
}

built_in!(
    "alliance-composite-score",
    "alliance-iol-2020",
    "cn-drug-4plus7-2018",
    "cn-drug-expansion-2019",
    "cn-drug-fujian-2023",
    "cn-drug-round-10",
    "cn-drug-round-11",
    "cn-drug-round-12",
    "cn-drug-round-2",
    "cn-drug-round-3",
    "cn-drug-round-4",
    "cn-drug-round-5",
    "cn-drug-round-7",
    "cn-drug-round-8",
    "cn-drug-round-9",
    "cn-insulin-2021",
    "cn-insulin-2024",
    "cn-joints-2021",
    "cn-spine-2022",
    "cn-stents-2020",
    "cn-stents-2022",
    "generic-cheapest-first-by-capacity",
    "generic-gdf-rank-bands",
    "generic-lowest-price-single",
    "generic-lowest-price-split",
    "generic-match-the-lowest",
    "generic-optimised",
    "generic-price-quality",
    "generic-price-quality-banded",
    "generic-price-quality-linear",
    "generic-za-80-20",
    "generic-za-90-10",
);

impl RuleSet {
    /// The ids of the built-in rule sets, sorted.
    pub fn built_in_ids() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(id, _)| *id)
    }

    /// The text of a built-in rule set.
    pub fn built_in_text(id: &str) -> Option<&'static str> {
        BUILT_IN.iter().find(|(known, _)| *known == id).map(|(_, text)| *text)
    }

    /// A built-in rule set, read as by [`Self::from_toml`].
    ///
    /// # Errors
    /// No built-in rule set has this id, it is not in force on the day, or an override does not fit.
    pub fn built_in(
        id: &str,
        announced: Option<Date>,
        overrides: &BTreeMap<String, String>,
    ) -> Result<Self, Diagnostics> {
        match Self::built_in_text(id) {
            Some(text) => Self::from_toml(&format!("{id}.toml"), text, announced, overrides),
            None => Err(load::unknown(id, Self::built_in_ids())),
        }
    }
}
