//! The case file of each rule: its specification in worked cases, which the tests run and `explain` prints.

/// Rule ids with their case files.
const CASE_FILES: &[(&str, &str)] = &[
    ("agreed-share-by-winners", include_str!("../../tests/rules/agreed_share_by_winners.md")),
    ("anchor-below-mean", include_str!("../../tests/rules/anchor_below_mean.md")),
    ("anchor-of-lowest", include_str!("../../tests/rules/anchor_of_lowest.md")),
    ("anchor-of-mean", include_str!("../../tests/rules/anchor_of_mean.md")),
    ("anchor-price", include_str!("../../tests/rules/anchor_price.md")),
    ("backups-in-turn", include_str!("../../tests/rules/backups_in_turn.md")),
    ("bidders-counted", include_str!("../../tests/rules/bidders_counted.md")),
    ("brand-volume-to-brand", include_str!("../../tests/rules/brand_volume_to_brand.md")),
    ("class-by-line", include_str!("../../tests/rules/class_by_line.md")),
    ("class-by-rank", include_str!("../../tests/rules/class_by_rank.md")),
    ("comparable-price", include_str!("../../tests/rules/comparable_price.md")),
    ("cost-statement-below-anchor", include_str!("../../tests/rules/cost_statement_below_anchor.md")),
    ("cut-from-ceiling-at-least", include_str!("../../tests/rules/cut_from_ceiling_at_least.md")),
    ("guaranteed-at-cut", include_str!("../../tests/rules/guaranteed_at_cut.md")),
    ("highest-price-excluded", include_str!("../../tests/rules/highest_price_excluded.md")),
    ("least-cost", include_str!("../../tests/rules/least_cost.md")),
    ("places-by-bidders", include_str!("../../tests/rules/places_by_bidders.md")),
    ("price-at-most", include_str!("../../tests/rules/price_at_most.md")),
    ("price-at-most-first-unit", include_str!("../../tests/rules/price_at_most_first_unit.md")),
    ("price-at-most-in-group", include_str!("../../tests/rules/price_at_most_in_group.md")),
    ("price-at-most-line", include_str!("../../tests/rules/price_at_most_line.md")),
    ("price-not-above-ceiling", include_str!("../../tests/rules/price_not_above_ceiling.md")),
    ("price-within-multiple-of-anchor", include_str!("../../tests/rules/price_within_multiple_of_anchor.md")),
    ("price-within-multiple-of-lowest", include_str!("../../tests/rules/price_within_multiple_of_lowest.md")),
    ("rank-by-comparable-price", include_str!("../../tests/rules/rank_by_comparable_price.md")),
    ("regions-by-draft", include_str!("../../tests/rules/regions_by_draft.md")),
    ("regions-per-winner", include_str!("../../tests/rules/regions_per_winner.md")),
    ("related-bids-count-once", include_str!("../../tests/rules/related_bids_count_once.md")),
    ("revival-at-line", include_str!("../../tests/rules/revival_at_line.md")),
    ("revival-of-fused", include_str!("../../tests/rules/revival_of_fused.md")),
    ("revival-of-unshortlisted", include_str!("../../tests/rules/revival_of_unshortlisted.md")),
    ("savings-against-baselines", include_str!("../../tests/rules/savings_against_baselines.md")),
    ("selected-without-volume", include_str!("../../tests/rules/selected_without_volume.md")),
    ("service-fee-at-most", include_str!("../../tests/rules/service_fee_at_most.md")),
    ("sole-winner-or-negotiation", include_str!("../../tests/rules/sole_winner_or_negotiation.md")),
    ("term-by-winners", include_str!("../../tests/rules/term_by_winners.md")),
    ("term-until", include_str!("../../tests/rules/term_until.md")),
    ("units-by-demand", include_str!("../../tests/rules/units_by_demand.md")),
    ("usable-price", include_str!("../../tests/rules/usable_price.md")),
    ("volume-at-least-cost", include_str!("../../tests/rules/volume_at_least_cost.md")),
    ("volume-by-class", include_str!("../../tests/rules/volume_by_class.md")),
    ("volume-by-ladder", include_str!("../../tests/rules/volume_by_ladder.md")),
    ("volume-by-own-brand", include_str!("../../tests/rules/volume_by_own_brand.md")),
    ("volume-by-rank", include_str!("../../tests/rules/volume_by_rank.md")),
];

/// The case file of a rule, in Markdown.
pub fn case_file(rule: &str) -> Option<&'static str> {
    CASE_FILES.iter().find(|(id, _)| *id == rule).map(|(_, text)| *text)
}
