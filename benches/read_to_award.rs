//! A generated national round as a tender folder: 62 lots, 31 regions, 3 to 30 bidders a lot, about 1,000 bids. Measures the
//! whole way from the files to the certified award, its volumes and savings, on one core; the prices to win that a report adds;
//! and the check of the written report without a solver. Prints the best of five runs beside the slowest.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use jicai::model::model;
use jicai::price_to_win::prices_to_win;
use jicai::read::ReadOptions;
use jicai::report::{folder, report};
use jicai::text::Language;
use jicai::verify::verify;

const LOTS: u64 = 62;
const REGIONS: u64 = 31;
const RUNS: usize = 5;

/// A fixed sequence of numbers (splitmix64; Steele, Lea, Flood 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit
    }
}

/// The round's files, and how many bids they hold.
fn write_round(folder: &Path) -> std::io::Result<usize> {
    let mut random = Random(20_260_101);
    let mut lots = String::from("lot_id,name,ceiling_price,reference_price\n");
    let mut bids = String::from("lot_id,supplier_id,content_ratio,price,previous_price\n");
    let mut demand = String::from("lot_id,region,volume,content_ratio\n");
    let mut count = 0;
    for lot in 1..=LOTS {
        let _ = writeln!(lots, "L{lot:02},Lot {lot},10.0000,8.5000");
        for supplier in 0..3 + random.below(28) {
            let ratio = [1, 1, 1, 2][usize::try_from(random.below(4)).unwrap_or(0)];
            let (price, before) = (1 + random.below(60_000), 60_000 + random.below(40_000));
            let _ = writeln!(
                bids,
                "L{lot:02},S{supplier:02},{ratio},{}.{:04},{}.{:04}",
                price / 10_000,
                price % 10_000,
                before / 10_000,
                before % 10_000
            );
            count += 1;
        }
        for region in 1..=REGIONS {
            for ratio in 1..=2 {
                let volume = 1 + random.below(900_000);
                let _ =
                    writeln!(demand, "L{lot:02},R{region:02},{}.{:02},{ratio}", volume / 100, volume % 100);
            }
        }
    }
    let notice = "[tender]\nid = \"round\"\ntitle = \"Generated round\"\nkind = \"drug\"\nannounced = 2021-01-15\n\
                  currency = \"CNY\"\nrules = \"cn-drug-round-4\"\nvolume_scale = \"10000\"\nsource = \"illustrative: generated\"\n";
    let files = [("tender.toml", notice), ("lots.csv", &lots), ("bids.csv", &bids), ("demand.csv", &demand)];
    files.into_iter().try_for_each(|(name, text)| std::fs::write(folder.join(name), text))?;
    Ok(count)
}

fn main() {
    let Ok(folder) = tempfile::tempdir() else { fail("there is no temporary folder") };
    let Ok(bids) = write_round(folder.path()) else { fail("the round cannot be written") };
    let round = format!("{LOTS} lots, {REGIONS} regions, {bids} bids");
    let evaluated = measured(&format!("read to certified award: {round}"), || {
        jicai::evaluate(folder.path(), &ReadOptions::default())
            .unwrap_or_else(|faults| fail(&format!("{:?}", faults.iter().next())))
    });
    let jicai::Evaluation { award, allocation, savings, warnings } = evaluated;
    let Ok(programmes) = model(award.screened()) else { fail("there is no model") };
    measured(&format!("prices to win, for the report: {round}"), || prices_to_win(&award, &programmes));
    let Ok(files) = report(&award, &allocation, &savings, &warnings, Language::English) else {
        fail("the report cannot be made")
    };
    let target = folder.path().join("report");
    if folder::write(&files, &target).is_err() {
        fail("the report cannot be written")
    }
    let verified = measured(&format!("check of the written report: {round}"), || {
        verify(&target, None, &ReadOptions::default()).unwrap_or_else(|_| fail("the report cannot be read"))
    });
    if !verified.findings.is_empty() {
        fail(&format!("{:?}", verified.findings.first()));
    }
}

/// Does the work several times and prints the best and the slowest run.
fn measured<T>(what: &str, work: impl Fn() -> T) -> T {
    let mut seconds = Vec::new();
    let mut done = None;
    for _ in 0..RUNS {
        let start = Instant::now();
        done = Some(work());
        seconds.push(start.elapsed().as_secs_f64());
    }
    seconds.sort_by(f64::total_cmp);
    println!("{what}: best {:.3} s, slowest {:.3} s", seconds[0], seconds[RUNS - 1]);
    done.unwrap_or_else(|| fail("nothing was done"))
}

fn fail(why: &str) -> ! {
    println!("{why}");
    std::process::exit(70)
}
