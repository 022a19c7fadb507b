//! What a round does to prices and quality before it ranks.

use super::{Cited, PreferenceMargin, PreferencePoints, PriceScore, QualityPoints, QualityScoreAtLeast};

/// What a round does to prices and quality before it ranks; each is there or not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scoring {
    /// The least quality.
    pub least_quality: Option<Cited<QualityScoreAtLeast>>,
    /// The margin between prices of bids that are preferred and of others.
    pub margin: Option<Cited<PreferenceMargin>>,
    /// Points for the price.
    pub price: Option<Cited<PriceScore>>,
    /// Points for quality.
    pub quality: Option<Cited<QualityPoints>>,
    /// Points for preference.
    pub preference: Option<Cited<PreferencePoints>>,
}
