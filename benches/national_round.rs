//! A national round, generated from a fixed seed: 62 lots, 31 regions, 3 to 30 bidders. Measures the exact engine and the
//! good_lp engine on the same lots in the same run, checks that they agree, and prints seconds and ratio.
//!
//! One run for rank-decided lots, one for lots decided by least cost. The exact engine's time is given with and without
//! the certificate.

use std::time::{Duration, Instant};

use jicai::certify::{Outcome, ProofKind, certify_lot};
use jicai::model::{
    CoreBidder, CoreLot, CoreRules, LotModel, ModelFault, RankedCandidate, RankedLot, RankedRules, Share,
};
use jicai::solve::{Engine, Exact, Linear, agree};

const LOTS: u32 = 62;
const REGIONS: u32 = 31;

/// A fixed sequence of numbers (splitmix64; Steele, Lea, Flood 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn between(&mut self, low: i128, high: i128) -> i128 {
        low + i128::from(self.next()) % (high - low + 1)
    }

    fn bidders(&mut self) -> i128 {
        self.between(3, 30)
    }

    /// A number of one digit and so many zeros.
    fn sized(&mut self, zeros_from: i128, zeros_to: i128) -> i128 {
        let zeros = self.between(zeros_from, zeros_to);
        (0..zeros).fold(self.between(1, 9), |number, _| number * 10)
    }
}

/// Ranked lots: about one bid in ten above the ceiling, one in five beyond the screens, some tied.
fn ranked_round(random: &mut Random) -> Result<Vec<LotModel>, ModelFault> {
    let mut lots = Vec::new();
    for number in 1..=LOTS {
        let n = random.bidders();
        let candidates = (0..n).map(|b| RankedCandidate {
            bid_id: format!("bid-{b:02}"),
            unit: 0,
            order_class: u32::try_from(random.between(1, 3 * n)).unwrap_or(0),
            shortlist_barred_by: (random.between(1, 10) == 1).then(|| "ceiling".to_owned()),
            win_barred_by: (random.between(1, 5) == 1).then(|| "multiple-of-lowest".to_owned()),
            without_place: None,
        });
        let candidates = candidates.collect();
        let shares = [50, 50, 60, 70, 80, 80, 80, 80, 80, 80].into_iter().zip(1..);
        let lot = RankedLot {
            lot_id: format!("lot-{number:02}"),
            candidates,
            places: vec![u32::try_from((n + 1) / 2).unwrap_or(0).min(10)],
            shares: shares.map(|(numerator, winners)| Share { winners, numerator }).collect(),
            share_denominator: 100,
            base_volume: random.sized(5, 8),
            rules: RankedRules {
                order: "lowest-first".to_owned(),
                places: "quota".to_owned(),
                award: "screens".to_owned(),
                share: "agreed-share".to_owned(),
            },
        };
        lots.push(lot.into_model()?);
    }
    Ok(lots)
}

/// Least-cost lots: capacities, least quantities, set-up costs, at most a few winners; in one lot of four, prices differ
/// by region and not every bidder offers everywhere.
fn least_cost_round(random: &mut Random) -> Result<Vec<LotModel>, ModelFault> {
    let mut lots = Vec::new();
    for number in 1..=LOTS {
        let size = random.sized(3, 7);
        let demand: Vec<i128> = (0..REGIONS).map(|_| random.between(size / 4, size * 4)).collect();
        let total: i128 = demand.iter().sum();
        let price = random.sized(2, 5);
        let regional = number % 4 == 0;
        let bidders = (0..random.bidders()).map(|b| {
            let own = random.between(price * 6 / 10, price * 2);
            let mut offer = |_| match (regional, regional && random.between(1, 8) == 1) {
                (false, _) => Some(own),
                (true, true) => None,
                (true, false) => Some(random.between(own * 9 / 10, own * 11 / 10)),
            };
            let price = (0..REGIONS).map(&mut offer).collect();
            CoreBidder {
                bid_id: format!("bid-{b:02}"),
                barred_by: None,
                capacity: Some(random.between(total * 15 / 100, total * 6 / 10)),
                min_quantity: total / 20,
                fixed_cost: total * own / 100,
                price,
            }
        });
        let bidders: Vec<CoreBidder> = bidders.collect();
        let lot = CoreLot {
            lot_id: format!("lot-{number:02}"),
            max_winners: Some(u32::try_from(bidders.len() / 2 + 2).unwrap_or(2)),
            bidders,
            regions: (1..=REGIONS).map(|r| format!("region-{r:02}")).collect(),
            demand,
            min_winners: 2,
            max_share: None,
            rules: CoreRules {
                demand: "meet-demand".to_owned(),
                capacity: "capacity".to_owned(),
                min_quantity: "least-quantity".to_owned(),
                winners: "number-of-winners".to_owned(),
                share: "largest-share".to_owned(),
            },
        };
        lots.push(lot.into_model()?);
    }
    Ok(lots)
}

/// Runs one round through both engines; false when anything differs or is not proved.
fn measure(title: &str, lots: &[LotModel]) -> bool {
    let mut time = [Duration::ZERO; 3];
    let mut counts = [0_u32; 4];
    let (mut fine, mut cases) = (true, 0);
    for lot in lots {
        let start = Instant::now();
        let exact = Exact::default().solve(lot);
        time[0] += start.elapsed();
        let start = Instant::now();
        let linear = Linear.solve(lot);
        time[1] += start.elapsed();
        let (Ok(exact), Ok(linear)) = (&exact, &linear) else {
            println!("  {}: exact {:?}, linear {:?}", lot.lot_id, exact.err(), linear.err());
            fine = false;
            continue;
        };
        if let Err(fault) = agree(lot, ("exact", exact), ("linear", linear)) {
            println!("  {fault:?}");
            fine = false;
        }
        let start = Instant::now();
        let certified = certify_lot(lot, exact);
        time[2] += start.elapsed();
        cases += exact.proof.steps.len();
        match certified {
            Ok(certified) => {
                fine &= !matches!(certified.proof(), ProofKind::Bound { .. });
                counts[match certified.outcome() {
                    Outcome::Awarded => 0,
                    Outcome::DrawRequired(_) => 1,
                    Outcome::NoAward => 2,
                    Outcome::Unproved => 3,
                }] += 1;
            }
            Err(fault) => {
                println!("  {fault:?}");
                fine = false;
            }
        }
    }
    let columns: usize = lots.iter().map(|lot| lot.columns.len()).sum();
    let rows: usize = lots.iter().map(|lot| lot.rows.len()).sum();
    let [exact, linear, certify] = time.map(|t| t.as_secs_f64());
    println!("{title}: {} lots, {columns} columns, {rows} rows, {cases} proof steps", lots.len());
    println!("  awarded {}, draw {}, no award {}, unproved {}", counts[0], counts[1], counts[2], counts[3]);
    println!("  exact    {exact:9.4} s   with certificate {:9.4} s", exact + certify);
    println!("  good_lp  {linear:9.4} s   ratio {:9.1}", linear / exact);
    fine
}

fn main() {
    let mut random = Random(20_260_101);
    let rounds = (ranked_round(&mut random), least_cost_round(&mut random));
    let (Ok(ranked), Ok(least_cost)) = rounds else {
        println!("the round cannot be put into a model: {rounds:?}");
        std::process::exit(70);
    };
    let fine = [measure("ranked", &ranked), measure("least cost", &least_cost)];
    if fine != [true, true] {
        println!("the engines differ, or an award is not proved");
        std::process::exit(70);
    }
}
