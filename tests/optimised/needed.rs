//! Prices to win of random tenders, held against trying all awards at other prices.

use jicai::read::ReadOptions;
use jicai::tender::PriceToWin;

use super::folder::Folder;
use super::random::{Tender, best_on, tender};

/// Steps of a grid above a bid's price that are tried.
const MORE: i64 = 30;

/// Where no ceiling ends it, prices up to this one are tried.
const TOP: i64 = 100_000_000;

/// A price of so many steps is beyond all that is compared with it.
const HIGH: i64 = 100_000_000;

/// Decimals of prices on a fine grid.
const FINE: usize = 4;

/// The evaluation of a tender when prices are rounded to so many digits.
fn awarded(tender: &Tender, turned: bool, digits: usize) -> jicai::Evaluation {
    let written = tender.folder(turned).written();
    let notice = written.path().join("tender.toml");
    let stated = std::fs::read_to_string(&notice).unwrap();
    let rounded = format!("[parameters]\nprice_rounding = \"half_up {digits}\"");
    std::fs::write(&notice, stated.replacen("[parameters]", &rounded, 1)).unwrap();
    jicai::evaluate(written.path(), &ReadOptions::default()).unwrap()
}

/// What becomes of a bid.
#[derive(Debug, Clone, Copy, PartialEq)]
enum End {
    Wins,
    MayWin,
    Loses,
}

/// What becomes of a bid when its quoted prices move, by trying all awards.
fn end(tender: &Tender, lot: usize, bid: usize, by: i64) -> End {
    // Twice the content: prices are halved, and rounded half up.
    let by = if tender.lots[lot].bids[bid].double { (by + 1).div_euclid(2) } else { by };
    let moved = tender.moved(lot, bid, by);
    if moved.is_refused(lot, bid) {
        return End::Loses;
    }
    let sets = best_on(&moved, lot).unwrap_or_default();
    match sets.iter().filter(|set| set.contains(&bid)).count() {
        0 => End::Loses,
        count if count == sets.len() => End::Wins,
        _ => End::MayWin,
    }
}

/// What is wrong with a price to win, when prices of `tried` are tried out, in its steps.
fn wrong(found: &PriceToWin, tried: &[i64], end: impl Fn(i64) -> End) -> Option<String> {
    let (wins, may) = (steps(found, found.price), steps(found, found.may_win));
    match found.note.map(|note| note.name()) {
        None | Some("at_ceiling") if wins.is_some() => {}
        Some("no_price_wins") if wins.is_none() => {}
        // Where limits look at value, it may lose in between.
        Some("unlimited") if wins.is_none() && may.is_none() => {
            let seen = end(HIGH);
            return (seen != End::Wins).then(|| format!("{seen:?} at any price"));
        }
        note => return Some(format!("{note:?}")),
    }
    for (stated, wanted) in [(wins, End::Wins), (may, End::MayWin)] {
        let seen = stated.map(&end).filter(|seen| *seen != wanted);
        if let Some(seen) = seen {
            return Some(format!("{seen:?} at {stated:?}"));
        }
    }
    for price in tried {
        let seen = end(*price);
        let refuted = match seen {
            End::Wins => wins.is_none_or(|wins| *price > wins),
            End::MayWin => may.max(wins).is_none_or(|most| *price > most),
            End::Loses => false,
        };
        if refuted {
            return Some(format!("{seen:?} at {price}"));
        }
    }
    None
}

fn steps(found: &PriceToWin, price: Option<jicai::money::UnitPrice>) -> Option<i64> {
    price.map(|price| i64::try_from(price.in_steps(found.step_digits).unwrap()).unwrap())
}

/// What is wrong with the prices to win of a tender; how many were held, and how many prices a step higher were refuted.
fn held(seed: u64, fine: bool) -> Result<(usize, usize), String> {
    let tender = tender(seed);
    let digits = if fine { FINE.max(tender.price_digits) } else { tender.price_digits };
    let evaluation = awarded(&tender, seed.is_multiple_of(2), digits);
    let lots = jicai::price_to_win::of(&evaluation.award);
    let in_steps = tender.in_finer_money(digits - tender.price_digits);
    let (mut count, mut refuted) = (0, 0);
    for (lot, found) in lots.iter().enumerate() {
        let stated = &evaluation.award.screened().lots[lot].comparable.lot.bids;
        for bid in 0..found.len() {
            let id = Tender::bid_id(lot, bid);
            let found = found[stated.iter().position(|stated| stated.id.as_str() == id).unwrap()];
            let twice = if in_steps.lots[lot].bids[bid].double { 2 } else { 1 };
            let own = twice * in_steps.lots[lot].bids[bid].price;
            let around = steps(&found, found.may_win.or(found.price)).unwrap_or(own);
            let tried =
                if fine { vec![around - 1, around, around + 1, own] } else { (1..=own + MORE).collect() };
            // The lowest price of all is one step, or none.
            let least = own - twice * in_steps.can_fall(lot, bid);
            let most = TOP * 10_i64.pow(found.step_digits);
            let tried: Vec<i64> = tried.into_iter().filter(|price| (least..=most).contains(price)).collect();
            let end = |price: i64| end(&in_steps, lot, bid, price - own);
            if let Some(wrong) = wrong(&found, &tried, end) {
                return Err(format!("seed {seed}, bid {id}: {found:?}: {wrong}\n{}", tender.folder(false)));
            }
            count += 1;
            // The judge must be able to say no.
            let higher = found.price.and_then(|price| price.plus(step(found.step_digits)).ok());
            if higher.is_some() && self::wrong(&PriceToWin { price: higher, ..found }, &[], end).is_some() {
                refuted += 1;
            }
        }
    }
    Ok((count, refuted))
}

fn step(digits: u32) -> jicai::money::UnitPrice {
    jicai::money::UnitPrice::from_steps(1, digits).unwrap()
}

fn of(name: &str, or: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(or)
}

/// Seeds from `JICAI_RANDOM_FROM` on, `JICAI_RANDOM_TENDERS` of them. Many at once:
///
/// ```text
/// JICAI_RANDOM_TENDERS=2000 cargo test --release --test optimised price_to_win
/// ```
fn all_held(fine: bool) {
    let (from, count) = (of("JICAI_RANDOM_FROM", 0), of("JICAI_RANDOM_TENDERS", 30));
    let (mut stated, mut refuted, mut wrong) = (0, 0, Vec::new());
    for seed in from..from + count {
        match held(seed, fine) {
            Ok((more, no)) => (stated, refuted) = (stated + more, refuted + no),
            Err(why) => wrong.push(why),
        }
    }
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
    assert!(count < 30 || refuted * 10 > stated, "{refuted} of {stated}");
}

#[test]
fn every_price_of_a_coarse_grid_is_as_the_price_to_win_says() {
    all_held(false);
}

#[test]
fn just_below_at_and_just_above_the_price_to_win_the_awards_are_as_it_says() {
    all_held(true);
}

/// A lot of 100 in two regions; B asks 2.00 for whatever is not A's.
fn against_two(bids: &str, more: &[(&str, &str)], notice: &str) -> Folder {
    let folder = Folder::new()
        .notice(notice)
        .file("lots.csv", "lot_id,ceiling_price\nL,3\n")
        .file("demand.csv", "lot_id,region,volume\nL,Q,60\nL,R,40\n")
        .file("bids.csv", &format!("lot_id,supplier_id,price,capacity,fixed_cost\n{bids}L,B,2,,\n"));
    more.iter().fold(folder, |folder, (name, text)| folder.file(name, text))
}

/// What award.json says that A needed: the price, by how much all its prices move, the note.
fn needed(folder: &Folder) -> [Option<String>; 3] {
    let written = folder.written();
    let evaluation = jicai::evaluate(written.path(), &ReadOptions::default()).unwrap();
    assert_eq!(super::folder::findings(written.path(), &evaluation), [""; 0]);
    let jicai::Evaluation { award, allocation, savings, warnings } = &evaluation;
    for language in jicai::text::Language::ALL {
        jicai::report::report(award, allocation, savings, warnings, language).unwrap();
    }
    let found = award.prices_to_win(0)[0];
    let text = |price: Option<jicai::money::UnitPrice>| price.map(|price| price.to_string());
    [text(found.price), text(found.change), found.note.map(|note| note.name().to_owned())]
}

fn is(folder: &Folder, price: Option<&str>, change: Option<&str>, note: Option<&str>) {
    assert_eq!(needed(folder), [price, change, note].map(|text| text.map(str::to_owned)), "{folder:?}");
}

#[test]
fn bands_regions_and_packages_move_together() {
    // Bands of A: 2.50 up to 50, then 2.20. Only all 100 at less than 2.00 each, or 50 at less, displaces B: 2.20 moved below
    // 2.00 is 1.9999, and then its own price is 2.2999.
    let bands = "lot_id,supplier_id,min_quantity,max_quantity,price\nL,A,0,50,2.5\nL,A,51,100,2.2\n";
    let bands = against_two("L,A,2.5,,\n", &[("tiers.csv", bands)], "");
    is(&bands, Some("2.2999"), Some("-0.2001"), None);
    // In R it asks 2.10, in Q its own 2.50.
    let regional = [("regional_prices.csv", "lot_id,supplier_id,region,price\nL,A,R,2.1\n")];
    is(&against_two("L,A,2.5,,\n", &regional, ""), Some("2.3999"), Some("-0.1001"), None);
    // With a fixed cost of 20 it is cheapest to take it in both: 150 and 84 and 20, less 0.54 for each of 100, are 200.
    let charged = against_two("L,A,2.5,,20\n", &regional, "");
    is(&charged, Some("1.9599"), Some("-0.5401"), None);
    // It could have asked more in R, up to the ceiling of 3.00 for its own price.
    let winner = [("regional_prices.csv", "lot_id,supplier_id,region,price\nL,A,R,1.0\n")];
    is(&against_two("L,A,2.5,,\n", &winner, ""), Some("3.0000"), Some("0.5000"), Some("at_ceiling"));
}

#[test]
fn where_limits_look_at_value_a_dearer_bid_can_win() {
    // A delivers at most 50 and must have half of the value if it wins. At 1.00 it never has: B takes 60 at 2.00, C 40 at 2.50,
    // 220. From 2.00 on it has, with a volume of 200 ÷ (2 + its price), and costs what it asks above 2.00: 46 times 0.4347 are
    // just below 20. The 45 that would do at 2.4445 cost 20.0025.
    let limit = "[limit.half]\nkind = \"share\"\nof = \"value\"\nmin = \"0.5\"\nsuppliers = \"A\"\n";
    let folder = against_two("", &[], limit);
    let bids = "lot_id,supplier_id,price,capacity\nL,A,1,50\nL,B,2,60\nL,C,2.5,\n";
    is(&folder.file("bids.csv", bids), Some("2.4347"), None, None);
}
