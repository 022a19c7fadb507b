//! Small random tenders under scores, preference, capacity, matching and shares by rank: few different prices, blanks, ties.

use std::fmt::Write as _;

use tempfile::TempDir;

use super::tenders::{Random, folder};

/// Rule sets of alliances, and those that any buyer can use.
pub const ALLIANCES: [&str; 13] = [
    "alliance-iol-2020",
    "alliance-composite-score",
    "cn-drug-fujian-2023",
    "generic-lowest-price-single",
    "generic-lowest-price-split",
    "generic-gdf-rank-bands",
    "generic-match-the-lowest",
    "generic-price-quality",
    "generic-price-quality-linear",
    "generic-price-quality-banded",
    "generic-za-80-20",
    "generic-za-90-10",
    "generic-cheapest-first-by-capacity",
];

/// A random tender under one of them.
pub fn alliance(random: &mut Random, rules: &str) -> TempDir {
    let mut lots = String::from("lot_id,name,ceiling_price,volume_class\n");
    let mut bids = String::from(
        "lot_id,supplier_id,price,content_ratio,prior_volume,state,reason,capacity,quality_score,preferred,preference_points,accepts_match\n",
    );
    let mut demand = String::from("lot_id,region,supplier_id,volume\n");
    for lot in 0..1 + random.below(2) {
        let class = if random.one_in(4) { "restricted" } else { "ordinary" };
        writeln!(lots, "L{lot},Lot {lot},2.0,{class}").unwrap();
        let number = 1 + random.below(6);
        for bid in 0..number {
            let price = *random.pick(&["1.0", "1.0", "1.05", "1.1", "1.2", "1.4", "1.9", "2.0", "2.1"]);
            let ratio = *random.pick(&["1", "1", "1", "2"]);
            let volume = *random.pick(&["", "100", "200"]);
            let state = *random.pick(&["", "", "", "", "", "void", "withdrawn"]);
            let (price, reason) = if state == "void" { ("", "no price") } else { (price, "") };
            let capacity = *random.pick(&["", "10", "25", "40", "300"]);
            let quality = *random.pick(&["60", "60", "80", "81.5", "100", "59.9"]);
            let preferred = *random.pick(&["", "true", "false"]);
            let points = *random.pick(&["", "0", "4", "10"]);
            let answer = *random.pick(&["true", "true", "true", "false", ""]);
            writeln!(
                bids,
                "L{lot},S{bid},{price},{ratio},{volume},{state},{reason},{capacity},{quality},{preferred},{points},{answer}"
            )
            .unwrap();
        }
        for region in 0..1 + random.below(4) {
            for brand in 0..number {
                writeln!(demand, "L{lot},P{region},S{brand},{}", random.below(40)).unwrap();
            }
        }
    }
    let kind = if rules.contains("iol") { "consumable" } else { "drug" };
    let parameters = match rules {
        "generic-price-quality" if random.one_in(2) => {
            "[parameters]\nmax_winners = \"3\"\nshares_by_rank = \"0.6\"\ntie_break = \"none\"\n"
        }
        "generic-cheapest-first-by-capacity" if random.one_in(3) => "[parameters]\nplaces_share = \"0.5\"\n",
        _ => "",
    };
    let notice = format!(
        "[tender]\nid = \"random-alliance\"\ntitle = \"Random\"\ntitle_zh = \"随机\"\nkind = \"{kind}\"\nannounced = 2023-06-01\n\
         currency = \"CNY\"\nrules = \"{rules}\"\nvolume_scale = \"1\"\nsource = \"illustrative: random\"\n{parameters}"
    );
    folder(&[("tender.toml", notice), ("lots.csv", lots), ("bids.csv", bids), ("demand.csv", demand)])
}
