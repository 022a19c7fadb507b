//! Rule sets and one file per rule.
//!
//! A rule set is data: dated, cited parameters and tables, and the rules that use them ([`RuleSet::from_toml`]). A rule is
//! one file with one type: it takes plain numbers and gives a verdict with the numbers compared. It reads no file and no
//! clock and calls no other rule. A number from a legal text stands in a rule set, never in a rule.
//!
//! To add a rule: write its file, its row in `registry.rs`, its texts in `text/*/rules.toml` and its cases in
//! `tests/rules/`.

mod agreed_share_by_incumbency;
mod agreed_share_by_winners;
mod anchor;
mod anchor_below_mean;
mod anchor_of_lowest;
mod anchor_of_mean;
mod anchor_price;
mod backups_in_turn;
mod bidders_counted;
mod brand_volume_to_brand;
mod built_in;
mod case_files;
mod cited;
mod class_by_line;
mod class_by_rank;
mod comparable_price;
mod cost_statement_below_anchor;
mod cut_from_ceiling_at_least;
mod diff;
mod guaranteed_at_cut;
mod highest_price_excluded;
mod instead;
mod judged;
mod least_cost;
mod load;
mod places_by_bidders;
mod price_at_most;
mod price_at_most_first_unit;
mod price_at_most_in_group;
mod price_at_most_line;
mod price_not_above_ceiling;
mod price_test;
mod price_within_multiple_of_anchor;
mod price_within_multiple_of_lowest;
mod rank_by_comparable_price;
mod regions_by_draft;
mod regions_per_winner;
mod registry;
mod related_bids_count_once;
mod revival_at_line;
mod revival_of_fused;
mod revival_of_unshortlisted;
mod savings_against_baselines;
mod selected_without_volume;
mod sentence;
mod service_fee_at_most;
mod set;
mod sole_winner_or_negotiation;
mod table;
mod term_by_winners;
mod term_until;
mod units_by_demand;
mod usable_price;
mod volume_at_least_cost;
mod volume_by_class;
mod volume_by_ladder;
mod volume_by_own_brand;
mod volume_by_rank;

pub use agreed_share_by_incumbency::AgreedShareByIncumbency;
pub use agreed_share_by_winners::AgreedShareByWinners;
pub use anchor::{Anchor, AnchorPrices, AnchorSet, AnchorTerm};
pub use anchor_below_mean::AnchorBelowMean;
pub use anchor_of_lowest::AnchorOfLowest;
pub use anchor_of_mean::AnchorOfMean;
pub use anchor_price::{AnchorPrice, Join};
pub use backups_in_turn::BackupsInTurn;
pub use bidders_counted::{BiddersCounted, Counted};
pub use brand_volume_to_brand::BrandVolumeToBrand;
pub use case_files::case_file;
pub use cited::Citation;
pub use class_by_line::ClassByLine;
pub use class_by_rank::{ClassByRank, PriceClass};
pub use comparable_price::ComparablePrice;
pub use cost_statement_below_anchor::CostStatementBelowAnchor;
pub use cut_from_ceiling_at_least::CutFromCeilingAtLeast;
pub use diff::{ArgumentDiff, RuleDiff, RuleSetDiff, Stated};
pub use guaranteed_at_cut::GuaranteedAtCut;
pub use highest_price_excluded::{HighestPriceExcluded, SharedHighest, SpreadPlace};
pub use instead::RulesInstead;
pub use judged::Judged;
pub use least_cost::LeastCost;
pub use places_by_bidders::{PlacesByBidders, Quota};
pub use price_at_most::PriceAtMost;
pub use price_at_most_first_unit::{Binds, PriceAtMostFirstUnit};
pub use price_at_most_in_group::PriceAtMostInGroup;
pub use price_at_most_line::PriceAtMostLine;
pub use price_not_above_ceiling::PriceNotAboveCeiling;
pub use price_test::{PriceFacts, PriceTest};
pub use price_within_multiple_of_anchor::PriceWithinMultipleOfAnchor;
pub use price_within_multiple_of_lowest::PriceWithinMultipleOfLowest;
pub use rank_by_comparable_price::{RankByComparablePrice, RankFacts, TieBreakKey};
pub use regions_by_draft::RegionsByDraft;
pub use regions_per_winner::RegionsPerWinner;
pub use registry::rule_ids;
pub use related_bids_count_once::{RelatedBids, RelatedBidsCountOnce};
pub use revival_at_line::{LineAt, PriceLine, RevivalAtLine};
pub use revival_of_fused::{RevivalOfFused, SoleBase};
pub use revival_of_unshortlisted::{PriceLevel, RevivalOfUnshortlisted, Unshortlisted};
pub use savings_against_baselines::SavingsAgainstBaselines;
pub use selected_without_volume::SelectedWithoutVolume;
pub use sentence::{ReadReason, fact_name, fact_value, rule_title, sentence, sentence_of};
pub use service_fee_at_most::ServiceFeeAtMost;
pub use set::{
    AllocationRule, AwardRule, Cited, CitedTable, ClassRule, DraftStages, Parameter, PriceTestGroup,
    RankedStages, RuleSet, Status, UsedRule,
};
pub use sole_winner_or_negotiation::SoleWinnerOrNegotiation;
pub use table::Table;
pub use term_by_winners::TermByWinners;
pub use term_until::TermUntil;
pub use units_by_demand::{Unit, UnitFacts, UnitsByDemand};
pub use usable_price::UsablePrice;
pub use volume_at_least_cost::VolumeAtLeastCost;
pub use volume_by_class::{PoolBy, VolumeByClass};
pub use volume_by_ladder::{PoolTo, VolumeByLadder};
pub use volume_by_own_brand::VolumeByOwnBrand;
pub use volume_by_rank::VolumeByRank;
