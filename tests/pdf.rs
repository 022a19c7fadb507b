//! report.pdf: its numbers read back from the pages and compared with award.json; names stay text; every page carries
//! the digest. The pages are read by pdftotext, which `.ci/pdf` installs.

use std::path::{Path, PathBuf};

use jicai::Evaluation;
use jicai::diagnostics::Diagnostics;
use jicai::read::ReadOptions;
use jicai::report::pdf::Fonts;

fn home(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn evaluated(folder: &Path) -> Evaluation {
    jicai::evaluate(folder, &ReadOptions::default()).unwrap()
}

fn codes(faults: &Diagnostics) -> Vec<&str> {
    faults.iter().map(|fault| fault.code.id()).collect()
}

#[cfg(not(feature = "pdf"))]
#[test]
fn a_program_without_pages_says_so() {
    assert!(!evaluated(&home("tests/tenders/drug-9a")).award.screened().lots.is_empty());
    assert_eq!(codes(&Fonts::of(None).unwrap_err()), ["E0691"]);
}

#[cfg(feature = "pdf")]
mod pages {
    use std::fs;
    use std::process::Command;

    use jicai::money::{Money, Quantity, UnitPrice};
    use jicai::report::pdf::add_paper;
    use jicai::report::reading::{plain_money, plain_price, plain_volume};
    use jicai::report::{ReportFiles, report};
    use jicai::text::Language;
    use serde_json::Value;
    use tempfile::TempDir;

    use super::*;

    fn paper(folder: &Path, language: Language, font: Option<&Path>) -> Result<ReportFiles, Diagnostics> {
        let Evaluation { award, allocation, savings, warnings } = evaluated(folder);
        let mut files = report(&award, &allocation, &savings, &warnings, language).unwrap();
        add_paper(&mut files, &award, &allocation, &savings, &warnings, &Fonts::of(font)?, language)?;
        Ok(files)
    }

    /// The text of each page, as a reader of the file finds it.
    fn pages(files: &ReportFiles) -> Vec<String> {
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("report.pdf");
        fs::write(&file, files.get("report.pdf").unwrap()).unwrap();
        let read = Command::new("pdftotext").args(["-layout", "-enc", "UTF-8"]).arg(&file).arg("-").output();
        let text = String::from_utf8(read.expect("pdftotext: see .ci/pdf").stdout).unwrap();
        text.trim_end_matches('\u{c}').split('\u{c}').map(str::to_owned).collect()
    }

    fn words(line: &str) -> Vec<&str> {
        line.split_whitespace().collect()
    }

    /// Whether some line ends with these words.
    fn has_line(lines: &[&str], ending: &[String]) -> bool {
        lines.iter().any(|line| words(line).ends_with(&ending.iter().map(String::as_str).collect::<Vec<_>>()))
    }

    fn award(files: &ReportFiles) -> Value {
        serde_json::from_slice(files.get("award.json").unwrap()).unwrap()
    }

    fn shown(text: Option<String>) -> String {
        text.unwrap_or_else(|| "—".to_owned())
    }

    fn price(value: &Value) -> String {
        shown(value.as_str().map(|text| plain_price(UnitPrice::parse(text).unwrap())))
    }

    fn money(value: &Value) -> String {
        shown(value.as_str().map(|text| plain_money(Money::parse(text).unwrap())))
    }

    fn volume(value: &Value) -> String {
        shown(value.as_str().map(|text| plain_volume(Quantity::parse(text).unwrap())))
    }

    /// What award.json says of the winners and savings that no line of the pages says.
    fn unsaid(award: &Value, pages: &[String]) -> Vec<String> {
        let text = pages.join("\n");
        let lines: Vec<&str> = text.lines().collect();
        let mut missing = Vec::new();
        for lot in award["lots"].as_array().unwrap() {
            for winner in lot["winners"].as_array().unwrap() {
                let mut ending = vec![
                    price(&winner["price"]),
                    price(&winner["comparable_price"]),
                    volume(&winner["agreed_volume"]),
                    money(&winner["value"]),
                ];
                ending.push(shown(lot["term_years"].as_u64().map(|years| years.to_string())));
                if !has_line(&lines, &ending) {
                    missing.push(ending.join(" "));
                }
            }
            for bid in lot["bids"].as_array().unwrap() {
                let stated = price(&bid["price"]);
                if !lines.iter().any(|line| words(line).contains(&stated.as_str())) {
                    missing.push(stated);
                }
            }
        }
        for saving in award["totals"]["savings"].as_array().unwrap() {
            let amount = money(&saving["saving"]);
            if !lines.iter().any(|line| words(line).contains(&amount.as_str())) {
                missing.push(amount);
            }
        }
        missing
    }

    #[test]
    fn the_numbers_on_the_pages_are_those_of_award_json() {
        for tender in ["tenders/cn-drug-expansion-2019", "tenders/cn-stents-2020", "tests/tenders/drug-9a"] {
            for language in Language::ALL {
                let files = paper(&home(tender), language, None).unwrap();
                let (award, pages) = (award(&files), pages(&files));
                assert_eq!(unsaid(&award, &pages), [] as [&str; 0], "{tender}");
                // A figure changed in award.json is noticed.
                let mut wrong = award.clone();
                wrong["lots"][0]["winners"][0]["value"] = Value::from("1.01");
                assert_eq!(unsaid(&wrong, &pages).len(), 1, "{tender}");
            }
        }
    }

    #[test]
    fn every_page_carries_the_digest_and_its_number() {
        for language in Language::ALL {
            let files = paper(&home("tests/tenders/drug-9a"), language, None).unwrap();
            let manifest = String::from_utf8(files.get("manifest.json").unwrap().to_vec()).unwrap();
            assert!(manifest.contains("\"report.pdf\""));
            let manifest: Value = serde_json::from_str(&manifest).unwrap();
            let digest = manifest.to_string();
            let pages = pages(&files);
            assert!(pages.len() > 3);
            for (number, page) in (1..).zip(&pages) {
                let foot = page.lines().rev().find(|line| line.contains("SHA-256")).unwrap_or_default();
                let said = words(foot).into_iter().find(|word| word.len() == 64).unwrap_or_default();
                assert!(!said.is_empty() && digest.contains(said), "page {number}: {foot}");
                assert!(words(foot).contains(&number.to_string().as_str()), "page {number}: {foot}");
            }
        }
    }

    #[test]
    fn the_same_award_gives_the_same_bytes() {
        let once = || paper(&home("tests/tenders/drug-9a"), Language::Chinese, None).unwrap();
        assert!(once().get("report.pdf") == once().get("report.pdf"));
    }

    fn with_name(name: &str) -> TempDir {
        let folder = TempDir::new().unwrap();
        for entry in fs::read_dir(home("tests/tenders/drug-9a")).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
        }
        let table = format!("supplier_id,name,name_zh\nA,\"{name}\",\"{name}\"\n");
        fs::write(folder.path().join("suppliers.csv"), table).unwrap();
        folder
    }

    #[test]
    fn names_are_never_markup() {
        let name = "#evil[*<script>*] $x$ @ref #read('/etc')";
        let files = paper(with_name(name).path(), Language::English, None).unwrap();
        let text = pages(&files).join("\n");
        for piece in ["#evil[*<script>*]", "$x$", "@ref"] {
            assert!(text.contains(piece), "{piece}");
        }
    }

    #[test]
    fn a_character_without_a_shape_is_named() {
        let fault = paper(with_name("䓬药业").path(), Language::Chinese, None).unwrap_err();
        assert_eq!(codes(&fault), ["E0623"]);
        let said = fault.iter().next().unwrap().message(Language::English);
        assert!(said.contains("䓬 (U+44EC)"), "{said}");
    }

    #[test]
    fn a_file_that_is_no_font_is_refused() {
        let fault = Fonts::of(Some(&home("README.md"))).unwrap_err();
        assert_eq!(codes(&fault), ["E0621"]);
    }
}
