//! Splits and bills by hand, and what a profile may not be.

use super::*;
use crate::diagnostics::Source;

const JIANGXI: &str = include_str!("../../../tenders/payers/cn-jiangxi-2022.toml");

fn jiangxi() -> Profile {
    Profile::built_in("cn-jiangxi-2022").unwrap()
}

fn money(text: &str) -> Money {
    Money::parse(text).unwrap()
}

fn whole(saving: Money) -> AreaSaving {
    AreaSaving { lot_id: "L".to_owned(), region: None, saving }
}

#[test]
fn the_parts_of_a_saving_add_up_to_it_and_follow_the_rates() {
    let of = |split: &SplitSaving, payer: Payer| {
        let parts = split.parts.iter().filter(|part| part.payer == payer).map(|part| part.saving);
        Money::total(parts).unwrap().to_string()
    };
    let split = split_saving(whole(money("3300000000")), &jiangxi()).unwrap();
    // Fund: half of the use is employees' (0.7 × 0.80 + 0.2 × 0.50 + 0.1 × 0.50 = 0.71), half residents' (0.62).
    assert_eq!(of(&split, Payer::Fund), "2194500000.00");
    // 1,105,500,000 left; of it 0.05 × 0.60, then of the rest 0.02 × 0.70.
    assert_eq!(of(&split, Payer::CriticalIllness), "33165000.00");
    assert_eq!(of(&split, Payer::Assistance), "15012690.00");
    assert_eq!(of(&split, Payer::Patient), "1057322310.00");
    for amount in ["0.01", "0.07", "100", "12345678.91", "0.0001", "0"] {
        for sign in [false, true] {
            let amount = if sign { Money::ZERO.minus(money(amount)).unwrap() } else { money(amount) };
            let split = split_saving(whole(amount), &jiangxi()).unwrap();
            assert_eq!(Money::total(split.parts.iter().map(|part| part.saving)), Ok(amount));
        }
    }
}

#[test]
fn the_uninsured_share_is_the_patients() {
    let mut profile = jiangxi();
    profile.insured_share = Ratio::parse("0.9").unwrap();
    let split = split_saving(whole(money("1000")), &profile).unwrap();
    let last = split.parts.last().unwrap();
    assert_eq!((last.place.as_ref(), last.payer, last.saving), (None, Payer::Patient, money("100")));
}

fn parts(kind: usize, amount: &str, standard: Option<&str>) -> [String; 4] {
    let profile = jiangxi();
    let insured = &profile.insured[kind];
    let setting = &profile.scheme_of(insured).unwrap().settings[0];
    let bill = Bill { amount: money(amount), standard: standard.map(money) };
    let parts = bill_parts(&profile, insured, setting, bill).unwrap();
    let all = [parts.fund, parts.critical_illness, parts.assistance, parts.patient];
    assert_eq!(Money::total(all), Ok(bill.amount));
    all.map(|part| part.to_string())
}

#[test]
fn bills_of_the_four_kinds_of_insured_by_hand() {
    // 60,000: the fund pays 0.80 or 0.70 of 59,400.
    assert_eq!(parts(0, "60000", None), ["47520.00", "0.00", "0.00", "12480.00"]);
    // 18,420 left, 2,420 above 16,000.
    assert_eq!(parts(1, "60000", None), ["41580.00", "1452.00", "0.00", "16968.00"]);
    // 10,420 above 8,000, at 0.65.
    assert_eq!(parts(2, "60000", None), ["41580.00", "6773.00", "0.00", "11647.00"]);
    // Assistance pays 0.70 of the 11,647 left.
    assert_eq!(parts(3, "60000", None), ["41580.00", "6773.00", "8152.90", "3494.10"]);
}

#[test]
fn deductible_cap_and_standard_on_both_sides() {
    assert_eq!(parts(0, "600", None), ["0.00", "0.00", "0.00", "600.00"]);
    assert_eq!(parts(0, "600.01", None), ["0.01", "0.00", "0.00", "600.00"]);
    assert_eq!(parts(0, "599.99", None), ["0.00", "0.00", "0.00", "599.99"]);
    // Assistance pays 50,000 at most: it would be 0.70 of more than 71,428.57.
    assert_eq!(parts(3, "720000", None)[2], "50000.00");
    assert_eq!(parts(0, "1000", Some("700")), ["80.00", "0.00", "0.00", "920.00"]);
    assert_eq!(parts(0, "1000", Some("1000.01")), parts(0, "1000", None));
}

#[test]
fn the_standard_of_a_product_far_above_the_award_comes_down() {
    let price = |text: &str| crate::money::UnitPrice::parse(text).unwrap();
    let of =
        |product: &str| first_year_standard(&jiangxi(), price("1"), price(product), money("300")).unwrap();
    // Above twice the award price: 30 % less; not below the award price.
    assert_eq!((of("0.9"), of("2"), of("2.01")), (money("300"), money("300"), money("210")));
    let mut steep = jiangxi();
    steep.payment_standard.first_year_cut = Ratio::parse("0.9").unwrap();
    assert_eq!(first_year_standard(&steep, price("1"), price("3"), money("300")), Some(money("100")));
}

fn codes(from: &str, to: &str) -> Vec<String> {
    assert!(JIANGXI.contains(from), "{from}");
    let text = JIANGXI.replacen(from, to, 1);
    let found = Profile::from_toml(&Source::new("own.toml", text)).unwrap_err();
    let place = |place: &crate::diagnostics::Place| format!("{}:{}", place.line, place.column);
    found
        .iter()
        .map(|one| format!("{} {}", one.code.id(), one.place.as_ref().map_or("-".to_owned(), place)))
        .collect()
}

#[test]
fn nonsense_is_refused_with_its_place() {
    let cases = [
        ("rate       = \"0.80\"", "rate       = \"1.01\"", "E0708 35:14"),
        ("share    = \"0.5\"", "share    = \"0.6\"", "E0709 24:12"),
        ("share      = \"0.7\"", "share      = \"0.6\"", "E0709 57:14"),
        ("scheme     = \"employees\"", "scheme     = \"employes\"", "E0711 29:14"),
        ("id       = \"residents\"", "id       = \"employees\"", "E0710 21:12"),
        ("from   = \"70\"", "from   = \"80\"", "E0712 177:1"),
        ("from   = \"0\"", "from   = \"10\"", "E0712 189:1"),
        ("above  = \"80\"\n", "", "E0706 171:1"),
        ("insured_share = \"1\"", "insured_share = 1", "E0707 8:17"),
        ("insured_share = \"1\"", "insured_share = \"1%\"", "E0707 8:17"),
        ("insured_share", "insured_shar", "E0705 8:1"),
        ("[profile]", "[profile", "E0703 4:9"),
        ("file_by_day          = \"5\"", "file_by_day          = \"31\"", "E0707 196:24"),
        ("days_in_year         = \"365\"", "days_in_year         = \"12\"", "E0707 202:24"),
        ("status        = \"unverified\"", "status        = \"maybe\"", "E0707 10:17"),
    ];
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(from, to, expected)| !codes(from, to).iter().any(|code| code == expected))
        .map(|(from, to, _)| format!("{to}: {:?}", codes(from, to)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(Profile::built_in("cn-jiangxi").unwrap_err().iter().next().unwrap().code.id(), "E0704");
}
