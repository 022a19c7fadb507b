//! `explain`, and the guide to a rule set of one's own.

use jicai::rules::{case_file, rule_ids};
use jicai::text::Language;
use std::fs;
use tempfile::TempDir;

use crate::program::{EXPANSION, flat, jicai, json, path, printed, root, shown};

#[test]
fn every_lot_and_bid_is_explained_in_both_languages() {
    let tender = path(EXPANSION);
    let bids = fs::read_to_string(root().join(EXPANSION).join("bids.csv")).unwrap();
    let mut lots: Vec<&str> =
        bids.lines().skip(1).filter_map(|row| row.trim_start_matches('\u{feff}').split(',').next()).collect();
    lots.dedup();
    for (number, lot) in lots.iter().enumerate() {
        let language = Language::ALL[number % 2];
        let page = shown(&["explain", &tender, "--lot", lot, "--rules", "cn-drug-round-2"], language);
        assert!(page.contains(lot) && page.contains("GY-YD2019-2"), "{page}");
    }
    let step = |language, bid| {
        flat(&shown(
            &["explain", &tender, "--lot", "L01", "--bid", bid, "--rules", "cn-drug-round-2"],
            language,
        ))
    };
    let page = step(Language::English, "L01/jialin");
    for part in [
        "NOT THE TENDER'S OWN RULES",
        "Bid L01/jialin of Jialin Pharmaceutical (jialin): lost.",
        "5 bidders are counted on the lot",
        "6. At most a multiple of the lowest price: not passed",
        "0.4600 is above 1.8 times the lowest price 0.1200, a limit of 0.2160",
        "multiple of the lowest 1.8",
        "clause (unverified): Document GY-YD2019-2",
        "Result: the bid does not win, because 0.4600 is above 1.8 times",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(
        step(Language::Chinese, "jialin").contains("结果：未中选，原因是0.4600 高于最低价 0.1200 的 1.8 倍")
    );
    assert!(
        step(Language::English, "pfizer").contains("Result: the bid is kept out, because 3.5900 is above")
    );
    assert!(step(Language::English, "qilu-hainan").contains("Result: the bid wins: "));
    assert!(step(Language::English, "qilu-hainan").contains("supplied in"));
}

#[test]
fn what_cannot_be_explained_is_refused_with_a_way_out() {
    let tender = path(EXPANSION);
    for (arguments, said) in [
        (&["explain", &tender][..], "--lot"),
        (&["explain", &tender, "--lot", "L1"], "did you mean L"),
        (&["explain", &tender, "--lot", "L01", "--bid", "jialing"], "did you mean jialin?"),
        (&["explain", &tender, "--bid", "jialin"], "--lot"),
    ] {
        let answer = jicai(arguments, Language::English);
        assert_eq!((answer.exit.code(), answer.results.as_str()), (2, ""), "{arguments:?}");
        assert!(answer.messages.contains(said), "{said}: {}", answer.messages);
    }
}

#[test]
fn every_rule_prints_its_own_case_file() {
    for id in rule_ids() {
        let file = root().join("tests/rules").join(format!("{}.md", id.replace('-', "_")));
        assert_eq!(case_file(id), Some(fs::read_to_string(file).unwrap().as_str()), "{id}");
        for language in Language::ALL {
            let page = shown(&["explain", id], language);
            assert!(page.contains("\n  ## "), "{page}");
        }
    }
}

#[test]
fn the_guides_rule_set_works_exactly_as_printed() {
    let text = printed("docs/rules.md");
    assert_eq!(text, printed("docs/rules.zh.md"), "both languages print the same file");
    let place = TempDir::new().unwrap();
    let tender = place.path().join("my-tender");
    jicai(&["new", tender.to_str().unwrap()], Language::English);
    fs::write(place.path().join("province.toml"), &text).unwrap();
    let rules = place.path().join("province.toml");
    let (tender, rules) = (tender.to_str().unwrap(), rules.to_str().unwrap());
    let lot = flat(&shown(&["explain", tender, "--lot", "D1", "--rules", rules], Language::English));
    assert!(
        lot.contains("Volumes and regions: shares by rank") || lot.contains("one winner serves all"),
        "{lot}"
    );
    let page = shown(&["compare", tender, "--rules", "cn-drug-round-4", "--rules", rules], Language::Chinese);
    assert!(page.contains("示例省"));
}

#[test]
fn seven_bidders_five_places_sixty_per_cent_to_the_lowest() {
    let place = TempDir::new().unwrap();
    let tender = place.path();
    fs::write(tender.join("province.toml"), printed("docs/rules.md")).unwrap();
    let files = [
        (
            "tender.toml",
            "[tender]\nid = \"p\"\ntitle = \"p\"\nkind = \"drug\"\nannounced = 2026-02-01\ncurrency = \"CNY\"\nrules = \"province.toml\"\nsource = \"illustrative\"\n",
        ),
        ("lots.csv", "lot_id,name,ceiling_price\nL,A lot,1\n"),
        // 0.45 is 1.5 times the lowest; 0.55 is 45 % below the ceiling; 0.5501 is neither.
        (
            "bids.csv",
            "lot_id,supplier_id,price\nL,A,0.3\nL,B,0.45\nL,C,0.55\nL,D,0.5501\nL,E,0.56\nL,F,0.6\nL,G,0.7\nL,H,1.01\n",
        ),
        ("demand.csv", "lot_id,region,volume\nL,P1,700\nL,P2,301\n"),
    ];
    for (name, text) in files {
        fs::write(tender.join(name), text).unwrap();
    }
    let out = tender.join("out");
    let arguments =
        ["evaluate", tender.to_str().unwrap(), "--out", out.to_str().unwrap(), "--format", "json"];
    let award = json(&arguments);
    let lot = &award["lots"][0];
    assert_eq!(
        (lot["bidders"].as_u64(), lot["quota"].as_u64()),
        (Some(7), Some(5)),
        "H is above the ceiling"
    );
    let winners: Vec<(&str, &str)> = lot["winners"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["supplier_id"].as_str().unwrap(), one["agreed_volume"].as_str().unwrap()))
        .collect();
    assert_eq!(winners, [("A", "601"), ("B", "200"), ("C", "200")]);
    let volumes = |region: &str| -> u32 {
        let rows = lot["regions"].as_array().unwrap().iter().filter(|row| row["region"] == region);
        rows.map(|row| row["agreed_volume"].as_str().unwrap().parse::<u32>().unwrap()).sum()
    };
    assert_eq!((volumes("P1"), volumes("P2")), (700, 301));
    let status = |supplier: &str| {
        let bid = lot["bids"].as_array().unwrap().iter().find(|bid| bid["supplier_id"] == supplier).unwrap();
        bid["status"].as_str().unwrap().to_owned()
    };
    assert_eq!([status("D"), status("F"), status("H")], ["lost", "lost", "excluded"]);
}
